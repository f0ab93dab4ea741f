"""What all normalizations are: y = (x - mean) / sqrt(spread + eps) gamma + beta; and its gradient."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from numerics.arrays import Floats, empty_aligned, require_finite
from numerics.compiling import use_numba
from numerics.errors import ArgumentError, DegenerateError
from numerics.normalization import plain, plain_gradients
from numerics.normalization.layout import Layout
from numerics.normalization.parameters import Parameters
from numerics.normalization.rounding import may_exceed, rounded
from numerics.normalization.summation import ABOUT_MEAN, ABOUT_MEAN_TWICE, ABOUT_ZERO, GIVEN

#: A smaller variance has lost digits to underflow, in the squares of which it is the mean.
_LEAST = 2.0**-960


class Gradients(NamedTuple):
    """The derivatives of a loss with respect to x, gamma and beta."""

    x: Floats
    gamma: Floats
    beta: Floats


@dataclass(frozen=True)
class Task:
    """Groups of elements, each to be divided by the root of its variance, or of its mean square."""

    x: Floats
    layout: Layout
    parameters: Parameters
    eps: float
    centred: bool = True

    @property
    def how(self) -> int:
        """float32 is far from the error of one pass in float64; float64 itself is given the second."""
        if not self.centred:
            return ABOUT_ZERO
        return ABOUT_MEAN_TWICE if self.x.dtype == np.float64 else ABOUT_MEAN

    def forward(self, given: tuple[Floats, Floats] | None = None) -> Floats:
        """y. The mean and the spread of each group may be given."""
        parameters, layout = self.parameters, self.layout
        how, (mean, spread) = (self.how, _room(layout)) if given is None else (GIVEN, given)
        slabs = kernel_floats(layout.apart(self.x))
        y = empty_aligned(slabs.shape, _stored(self.x))
        kernels = _kernels(self.x.size)
        run = kernels.normalize_rows if parameters.by_element else kernels.normalize_slabs
        with np.errstate(all="ignore"):
            run(slabs, how, self.eps, parameters.gamma, parameters.beta, mean, spread, y)
        self._require_spread(spread)
        checked = given is not None or may_exceed(self.x.dtype, parameters.largest, layout.count)
        return rounded("y", layout.together(y), self.x.dtype, {"x": self.x} if checked else None)

    def backward(self, dy: Floats) -> Gradients:
        """The gradients, from that with respect to y."""
        gamma, layout = self.parameters.gamma, self.layout
        slabs, given = (kernel_floats(layout.apart(part)) for part in (self.x, dy))
        wide = np.result_type(slabs, given)
        slabs, given = slabs.astype(wide, copy=False), given.astype(wide, copy=False)
        dx = empty_aligned(slabs.shape, _stored(self.x))
        dgamma, dbeta = np.zeros(gamma.size), np.zeros(gamma.size)
        mean, spread = _room(layout)
        kernels = _gradient_kernels(self.x.size)
        run = kernels.gradient_rows if self.parameters.by_element else kernels.gradient_slabs
        limit = float(np.finfo(self.x.dtype).max)
        with np.errstate(all="ignore"):
            beyond = run(given, slabs, self.how, self.eps, gamma, mean, spread, dgamma, dbeta, dx, limit)
        self._require_spread(spread)
        inputs = {"dy": dy}
        return Gradients(
            rounded("the gradient of x", layout.together(dx), self.x.dtype, inputs if beyond else None),
            self.parameters.like_gamma("the gradient of gamma", dgamma, inputs),
            self.parameters.like_gamma("the gradient of beta", dbeta, inputs),
        )

    def _require_spread(self, spread: Floats) -> None:
        """The statistics tell what was wrong with x, without a pass over it."""
        require_moments(self.x, self.layout, spread)
        if spread.min(initial=_LEAST) + self.eps < _LEAST:
            group = int(np.argmax(spread + self.eps < _LEAST))
            position, name = self.layout.position(group), "variance" if self.centred else "mean square"
            raise DegenerateError(
                f"x: the {name} of group {position} is {spread[group]:g} and eps is {self.eps:g}; "
                f"needed is a sum of at least {_LEAST:g}, to divide by its root",
                position,
            )


def measured(x: Floats, layout: Layout) -> tuple[Floats, Floats]:
    """The mean and the population variance of each group, in float64."""
    mean, spread = _room(layout)
    with np.errstate(all="ignore"):
        _kernels(x.size).measure(kernel_floats(layout.apart(x)), ABOUT_MEAN_TWICE, mean, spread)
    require_moments(x, layout, spread)
    return mean, spread


def require_moments(x: Floats, layout: Layout, spread: Floats) -> None:
    """Raises NotFiniteError for x, or ArgumentError where its squares exceed float64."""
    if not spread.max(initial=0.0) < np.inf:
        require_finite("x", x)
        position = layout.position(int(np.argmax(~np.isfinite(spread))))
        raise ArgumentError(f"x: the squares in group {position} exceed float64; needed are smaller elements")


def kernel_floats(x: Floats) -> Floats:
    """float16, which machine code does not read, as float32."""
    return x.astype(np.float32) if x.dtype == np.float16 else x


def _kernels(work: int) -> ModuleType:
    """Compiled where that is worth the loading, or in NumPy: the results are the same."""
    if use_numba(work):
        from numerics.normalization import compiled

        return compiled
    return plain


def _gradient_kernels(work: int) -> ModuleType:
    if use_numba(work):
        from numerics.normalization import compiled_gradients

        return compiled_gradients
    return plain_gradients


def _stored(x: Floats) -> np.dtype[Any]:
    """What a kernel stores: float16 is rounded from float64, and once."""
    return np.dtype(np.float64) if x.dtype == np.float16 else x.dtype


def _room(layout: Layout) -> tuple[Floats, Floats]:
    groups = layout.slabs[1]
    return np.empty(groups), np.empty(groups)
