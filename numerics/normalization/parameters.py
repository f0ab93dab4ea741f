"""gamma, beta and eps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from numerics.arrays import Floats, as_floats, require_finite
from numerics.errors import ArgumentError
from numerics.normalization.rounding import rounded

#: So few that they stay in the nearest cache in float64, which spares their conversion in every group.
_FEW = 2048


@dataclass(frozen=True)
class Parameters:
    """gamma as the kernels take it, and as it was given."""

    gamma: Floats
    given: Floats
    by_element: bool

    def like(self, name: str, gradient: Floats, inputs: Mapping[str, Floats]) -> Floats:
        """A gradient in the shape and dtype of gamma."""
        return rounded(name, gradient.reshape(self.given.shape), self.given, inputs)


def parameters(
    x: Floats, shape: tuple[int, ...], gamma: ArrayLike | None, beta: ArrayLike | None, *, by_element: bool
) -> tuple[Parameters, Floats]:
    """gamma (without it, ones) and beta (without it, zeros), which have this shape and are finite."""
    scale = _parameter("gamma", gamma, np.ones(shape, x.dtype))
    shift = _parameter("beta", beta, np.zeros(shape, x.dtype))
    narrow = by_element and scale.size > _FEW and np.result_type(x, scale, shift) != np.float64
    kind = np.float32 if narrow else np.float64
    flat, added = (np.ascontiguousarray(part, dtype=kind).reshape(-1) for part in (scale, shift))
    return Parameters(flat, scale, by_element), added


def _parameter(name: str, given: ArrayLike | None, default: Floats) -> Floats:
    if given is None:
        return default
    values = as_floats(name, given, shape=default.shape)
    require_finite(name, values)
    return values


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
