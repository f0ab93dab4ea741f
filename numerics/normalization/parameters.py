"""gamma, beta and eps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.arrays import Floats, as_floats, empty_aligned, require_finite
from numerics.errors import ArgumentError
from numerics.normalization.rounding import rounded

#: So few that they stay in the nearest cache in float64, which spares their conversion in every group.
_FEW = 2048


@dataclass(frozen=True)
class Parameters:
    """gamma and beta as the kernels take them, flat; and as they were given."""

    gamma: Floats
    beta: Floats
    largest: tuple[float, float]
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    by_element: bool

    def like_gamma(self, name: str, gradient: Floats, inputs: Mapping[str, Floats]) -> Floats:
        """A gradient in the shape and dtype of gamma."""
        return rounded(name, gradient.reshape(self.shape), self.dtype, inputs)


def parameters(
    x: Floats, shape: tuple[int, ...], gamma: ArrayLike | None, beta: ArrayLike | None, *, by_element: bool
) -> Parameters:
    """gamma (without it, ones) and beta (without it, zeros), which have this shape and are finite."""
    scale = None if gamma is None else as_floats("gamma", gamma, shape=shape)
    shift = None if beta is None else as_floats("beta", beta, shape=shape)
    count = prod(shape)
    narrow = all(part is None or part.itemsize < 8 for part in (x, scale, shift))
    kind: np.dtype[Any] = np.dtype(np.float32 if by_element and narrow and count > _FEW else np.float64)
    flat = _flat(scale, 1.0, count, kind), _flat(shift, 0.0, count, kind)
    largest = _largest("gamma", flat[0], scale), _largest("beta", flat[1], shift)
    return Parameters(*flat, largest, shape, x.dtype if scale is None else scale.dtype, by_element)


def _flat(given: Floats | None, default: float, count: int, kind: np.dtype[Any]) -> Floats:
    flat = empty_aligned((count,), kind)
    flat[:] = default if given is None else given.reshape(-1)
    return flat


def _largest(name: str, flat: Floats, given: Floats | None) -> float:
    """The largest magnitude. Raises NotFiniteError."""
    largest = float(np.abs(flat).max(initial=0.0))
    if given is not None and not largest < math.inf:
        require_finite(name, given)
    return largest


def as_eps(value: object) -> float:
    """A finite number of at least 0. Raises ArgumentError."""
    return as_number("eps", value, math.inf)


def as_number(name: str, value: object, most: float) -> float:
    """A finite number from 0 to `most`. Raises ArgumentError."""
    number = isinstance(value, Real | np.floating | np.integer) and not isinstance(value, bool)
    if not number or not 0 <= float(value) <= most or not math.isfinite(value):  # type: ignore[arg-type]
        needed = "of at least 0" if most == math.inf else f"from 0 to {most:g}"
        raise ArgumentError(f"{name} is {value!r}; needed is a finite number {needed}")
    return float(value)  # type: ignore[arg-type]
