"""The Jacobian of the last state with respect to the first, for any number of steps."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.arrays import Floats, as_floats, require_finite
from numerics.errors import ShapeError
from numerics.recurrent.activations import Activation
from numerics.recurrent.cell import square


class Jacobian(NamedTuple):
    """One matrix a sequence: `mantissa` (B, n, n) times 2 to the power `exponent` (B,).

    The largest element of a mantissa is in [1/2, 1), or 0; so the product of any number of steps has its
    digits, also where it is no float. `dtype` is the element type that the states and the weights have.
    """

    mantissa: NDArray[np.float64]
    exponent: NDArray[np.int64]
    dtype: np.dtype[np.floating]

    def matrix(self) -> Floats:
        """∂h_T/∂h_0, (B, n, n), in the element type of the states; [k, i, j] is ∂(h_T)_i/∂(h_0)_j.

        Elements below the least float are 0. Raises NotFiniteError, with the position, for one beyond the
        largest.
        """
        with np.errstate(over="ignore", under="ignore"):
            whole = _scaled(self.mantissa, self.exponent[:, None, None]).astype(self.dtype)
        require_finite(f"jacobian in {self.dtype}", whole)
        return whole

    def norm(self) -> NDArray[np.float64]:
        """The operator norms, (B,): the largest singular values. Rounded and raised as `matrix`."""
        norms = _scaled(self._mantissa_norm(), self.exponent)
        require_finite("norm", norms)
        return norms

    def log_norm(self) -> NDArray[np.float64]:
        """The natural logarithms of the operator norms, (B,); -inf where the Jacobian is 0."""
        with np.errstate(divide="ignore"):
            logs: NDArray[np.float64] = np.log(self._mantissa_norm()) + self.exponent * math.log(2)
        return logs

    def _mantissa_norm(self) -> NDArray[np.float64]:
        norms: NDArray[np.float64] = np.linalg.norm(self.mantissa, ord=2, axis=(1, 2))
        return norms


def jacobian(w: ArrayLike, h: ArrayLike, *, activation: Activation) -> Jacobian:
    """∂h_T/∂h_0 = W D(h_{T-1}) ⋯ W D(h_0), with D(h) = diag σ'(h), for h_t = W σ(h_{t-1}) + U x_t + b.

    `w` is (n, n), and `h` (T + 1, B, n) are h_0, …, h_T, as `states` returns them; h_T is not used. T = 0
    gives the identity. Computed in float64, with one exponent a product: an element keeps its digits unless
    it is 2^1022 times smaller than the largest one of the same product.

    Raises ShapeError, ElementTypeError, and NotFiniteError with the position.

    >>> import numpy as np
    >>> from numerics.recurrent import identity
    >>> far = jacobian([[2.0]], np.zeros((5001, 1, 1)), activation=identity)
    >>> far.mantissa.ravel(), far.exponent
    (array([0.5]), array([5001]))
    >>> jacobian([[2.0]], np.zeros((5, 1, 1)), activation=identity).matrix().ravel()
    array([16.])

    Source: Pascanu, Mikolov and Bengio (2013), equation (5).
    """
    weights, visited, dtype = _checked(w, h)
    return _product(weights, visited[:-1], activation, dtype, slopes_first=True)


def activated_jacobian(w: ArrayLike, h: ArrayLike, *, activation: Activation) -> Jacobian:
    """∂g_T/∂g_0 = D(h_T) W ⋯ D(h_1) W, with D(h) = diag σ'(h), for g_t = σ(h_t), h_t = W g_{t-1} + U x_t + b.

    Arguments, results and errors are those of `jacobian`; here h_0 is not used. The two are the same but for
    their ends: D(h_T) ∂h_T/∂h_0 = ∂g_T/∂g_0 D(h_0).

    >>> from numerics.recurrent import relu
    >>> activated_jacobian([[3.0]], [[[0.0]], [[1.0]], [[-1.0]]], activation=relu).matrix().ravel()
    array([0.])
    """
    weights, visited, dtype = _checked(w, h)
    return _product(weights, visited[1:], activation, dtype, slopes_first=False)


def _checked(
    w: ArrayLike, h: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], np.dtype[np.floating]]:
    weights = square("w", w)
    n = len(weights)
    visited = as_floats("h", h, shape=(None, None, n))
    if not len(visited):
        raise ShapeError(f"h: its shape is {visited.shape}; needed is (T + 1, any, {n}) with T at least 0")
    require_finite("w", weights)
    require_finite("h", visited)
    dtype = np.result_type(weights, visited)
    return weights.astype(np.float64), visited.astype(np.float64, copy=False), dtype


def _product(
    weights: NDArray[np.float64],
    visited: NDArray[np.float64],
    activation: Activation,
    dtype: np.dtype[np.floating],
    *,
    slopes_first: bool,
) -> Jacobian:
    """The product over the states of W D, or of D W, the first state rightmost; rescaled at every factor."""
    scaled, power = _rescaled(weights)
    batch, n = visited.shape[1:]
    product, exponent = _rescaled(np.broadcast_to(np.eye(n), (batch, n, n)))
    with np.errstate(all="ignore"):  # what leaves the floats is found, and named, below
        for slopes in activation.derivative(visited)[..., None]:
            factor = scaled @ (slopes * product) if slopes_first else slopes * (scaled @ product)
            product, shift = _rescaled(factor)
            exponent += shift + power
    require_finite("mantissa of the jacobian", product)
    return Jacobian(product, exponent, dtype)


def _rescaled(matrices: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The matrices over the powers of two that bring their largest elements into [1/2, 1); the powers."""
    power = np.frexp(np.abs(matrices).max(axis=(-2, -1)))[1]
    return np.ldexp(matrices, -power[..., None, None]), power.astype(np.int64)


def _scaled(mantissa: NDArray[np.float64], exponent: NDArray[np.int64]) -> NDArray[np.float64]:
    within = np.clip(exponent, -5000, 5000).astype(np.intc)  # what ldexp takes, and beyond all floats
    with np.errstate(over="ignore", under="ignore"):
        whole: NDArray[np.float64] = np.ldexp(mantissa, within)
    return whole
