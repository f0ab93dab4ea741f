"""The bound of the Jacobian under which gradients vanish."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from numerics.arrays import as_count, require_finite
from numerics.recurrent.activations import Activation
from numerics.recurrent.cell import square


class JacobianBound(NamedTuple):
    """The bound δ^T: `delta` is δ = γ‖W‖, `log_delta` its logarithm, -inf where W is 0, and `steps` T."""

    delta: float
    log_delta: float
    steps: int

    def bound(self) -> float:
        """δ^T; inf, which still is a bound, beyond the largest float, and 0 below the least."""
        with np.errstate(over="ignore", under="ignore"):
            return float(np.float64(self.delta) ** self.steps)

    def log_bound(self) -> float:
        """T log δ, for any T; 0 for T = 0."""
        return self.steps * self.log_delta if self.steps else 0.0


def jacobian_bound(w: ArrayLike, steps: int, *, activation: Activation) -> JacobianBound:
    """‖∂h_T/∂h_0‖ ≤ δ^T, where δ = γ √λ1(WᵀW) = γ‖W‖, whatever the inputs and the states.

    `w` is (n, n), `steps` is T, and γ the bound of |σ'|; the norms are the largest singular values. The
    gradients vanish where δ < 1. That δ > 1 is necessary for them to explode, and not sufficient.

    Raises ShapeError, ElementTypeError, NotFiniteError for weights that are not finite or whose norm is no
    float, and ArgumentError for `steps`.

    >>> from numerics.recurrent import sigmoid
    >>> tight = jacobian_bound([[0.0, 2.0], [-2.0, 0.0]], 10, activation=sigmoid)
    >>> tight.delta, round(tight.bound() * 2**10, 12)
    (0.5, 1.0)

    Source: Pascanu, Mikolov and Bengio (2013), equations (6)-(7).
    """
    weights = square("w", w)
    require_finite("w", weights)
    count = as_count("steps", steps)
    norm = np.linalg.norm(weights.astype(np.float64), ord=2)
    require_finite("norm of w", np.asarray(norm))
    with np.errstate(all="ignore"):  # the logarithm of 0, and a delta that is no float
        log_delta = math.log(activation.gamma) + np.log(norm)
        delta = activation.gamma * norm
    return JacobianBound(float(delta), float(log_delta), count)
