"""The states of a recurrent cell, in both forms."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.arrays import Floats, as_floats, require_finite
from numerics.errors import ShapeError
from numerics.recurrent.activations import Activation


def states(
    x: ArrayLike, h0: ArrayLike, w: ArrayLike, u: ArrayLike, b: ArrayLike, *, activation: Activation
) -> Floats:
    """h_t = W σ(h_{t-1}) + U x_t + b for t = 1, …, T, with h_0 in front.

    The inputs `x` are (T, B, m), `h0` is (B, n), `w` (n, n), `u` (n, m) and `b` (n,), with n at least 1; T, B
    and m may be 0. Returns (T + 1, B, n): [t] is h_t, so [0] is `h0`, and [1:] are the T states that were
    computed. They are computed in float64, and returned in the widest element type of the arguments.

    g_t = σ(h_t) are the states of the other form, `activated_states`, from g_0 = σ(h_0).

    Raises ShapeError, ElementTypeError, and NotFiniteError for an argument that is not finite or a state that
    leaves the floats; the first index of its position is then the step.

    >>> from numerics.recurrent import relu
    >>> states([[[1.0]], [[2.0]]], [[-3.0]], [[10.0]], [[1.0]], [0.5], activation=relu).ravel().tolist()
    [-3.0, 1.5, 17.5]

    Source: Pascanu, Mikolov and Bengio (2013), On the difficulty of training recurrent neural networks,
    equation (2).
    """
    parts = _checked(x, h0, w, u, b)
    found = _driven(parts)
    transposed = parts.w.T
    with np.errstate(all="ignore"):  # what leaves the floats is found, and named, in the result
        for t in range(1, len(found)):
            found[t] += activation.value(found[t - 1]) @ transposed
    return _rounded(found, parts.dtype)


def activated_states(
    x: ArrayLike, g0: ArrayLike, w: ArrayLike, u: ArrayLike, b: ArrayLike, *, activation: Activation
) -> Floats:
    """g_t = σ(W g_{t-1} + U x_t + b) for t = 1, …, T, with g_0 in front.

    Arguments, results and errors are those of `states`, with g for h.

    >>> from numerics.recurrent import relu
    >>> x = [[[1.0]], [[2.0]]]
    >>> activated_states(x, [[0.0]], [[10.0]], [[1.0]], [0.5], activation=relu).ravel().tolist()
    [0.0, 1.5, 17.5]

    Source: Elman (1990), Finding structure in time.
    """
    parts = _checked(x, g0, w, u, b, start="g0")
    found = _driven(parts)
    transposed = parts.w.T
    with np.errstate(all="ignore"):
        for t in range(1, len(found)):
            found[t] = activation.value(found[t] + found[t - 1] @ transposed)
    return _rounded(found, parts.dtype)


class _Parts(NamedTuple):
    """The element type of the result, and the arguments in float64."""

    dtype: np.dtype[np.floating]
    x: NDArray[np.float64]
    start: NDArray[np.float64]
    w: NDArray[np.float64]
    u: NDArray[np.float64]
    b: NDArray[np.float64]


def _checked(
    x: ArrayLike, h0: ArrayLike, w: ArrayLike, u: ArrayLike, b: ArrayLike, *, start: str = "h0"
) -> _Parts:
    weights = square("w", w)
    n = len(weights)
    inputs = as_floats("x", x, shape=(None, None, None))
    _, batch, m = inputs.shape
    first = as_floats(start, h0, shape=(batch, n))
    of_inputs = as_floats("u", u, shape=(n, m))
    bias = as_floats("b", b, shape=(n,))
    given = {"x": inputs, start: first, "w": weights, "u": of_inputs, "b": bias}
    for name, array in given.items():
        require_finite(name, array)
    doubles = (array.astype(np.float64, copy=False) for array in given.values())
    return _Parts(np.result_type(*given.values()), *doubles)


def square(name: str, values: ArrayLike) -> Floats:
    """The values as a square array of at least one row. Raises ShapeError and ElementTypeError."""
    array = as_floats(name, values)
    if array.ndim != 2 or array.shape[0] != array.shape[1] or not array.size:
        raise ShapeError(f"{name}: its shape is {array.shape}; needed is (n, n) with n at least 1")
    return array


def _driven(parts: _Parts) -> NDArray[np.float64]:
    """The start, and U x_t + b after it."""
    steps, batch, _ = parts.x.shape
    found = np.empty((steps + 1, batch, len(parts.w)))
    found[0] = parts.start
    with np.errstate(all="ignore"):
        np.matmul(parts.x, parts.u.T, out=found[1:])
        found[1:] += parts.b
    return found


def _rounded(found: NDArray[np.float64], dtype: np.dtype[np.floating]) -> Floats:
    with np.errstate(over="ignore", under="ignore"):
        rounded = found.astype(dtype, copy=False)
    require_finite(f"states in {dtype}", rounded)
    return rounded
