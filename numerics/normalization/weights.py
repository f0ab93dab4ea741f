"""Weight normalization: the direction of a weight vector and its length, apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from numerics.arrays import Floats, as_floats, first_true, require_finite
from numerics.errors import DegenerateError
from numerics.normalization.layout import reduced_axes
from numerics.normalization.rounding import rounded


class WeightGradients(NamedTuple):
    """The derivatives of a loss with respect to the direction u and to the length g."""

    u: Floats
    g: Floats


def weight_norm(u: ArrayLike, g: ArrayLike, axes: int | tuple[int, ...]) -> Floats:
    """w = g u / ‖u‖, for each of many vectors u.

    The elements of a vector are along `axes` of `u`, one or several; there is a vector for each index of the
    others, and `g` has their shape. (In a matrix (outputs, inputs) the weights of an output are along axis
    1, and `g` is (outputs,).) Returns w, in the shape and the dtype of `u`. ‖u‖ is found without overflow or
    underflow, in float64.

    Raises DegenerateError for a vector of zeros, with its index along the other axes as `position`;
    NotFiniteError; ArgumentError for `axes`, and where w exceeds the dtype; ShapeError; ElementTypeError.

    >>> weight_norm([[3.0, 4.0], [0.0, -1e-200]], [10.0, 2.0], axes=1)
    array([[ 6.,  8.],
           [ 0., -2.]])

    Source: Salimans and Kingma (2016), Weight normalization, equation (2).
    """
    vectors = _vectors(u, g, axes)
    with np.errstate(all="ignore"):
        w = vectors.length * vectors.unit
    return rounded("w", w, vectors.u.dtype, {})


def weight_norm_grad(
    dw: ArrayLike, u: ArrayLike, g: ArrayLike, axes: int | tuple[int, ...]
) -> WeightGradients:
    """du = g / ‖u‖ (dw - u (uᵀ dw) / ‖u‖²) and dg = uᵀ dw / ‖u‖, from `dw`, the gradient with respect to w.

    `dw` has the shape of `u`; the rest is as for `weight_norm`. Returns WeightGradients(u, g), each in the
    shape and the dtype of what it is the gradient of. du is orthogonal to u: a step along it never shrinks u.

    Raises what `weight_norm` raises, for `dw` too.

    >>> weight_norm_grad([[1.0, 0.0]], [[3.0, 4.0]], [10.0], axes=1)
    WeightGradients(u=array([[ 1.28, -0.96]]), g=array([0.6]))

    Source: Salimans and Kingma (2016), Weight normalization, equation (3); proved in proofs/normalization.py,
    `weight_norm_gradient`.
    """
    vectors = _vectors(u, g, axes)
    given = as_floats("dw", dw, shape=vectors.u.shape)
    require_finite("dw", given)
    wide = given.astype(np.float64)
    with np.errstate(all="ignore"):
        along = np.sum(wide * vectors.unit, axis=vectors.axes, keepdims=True)
        across = vectors.length * (wide - vectors.unit * along)
        du = np.ldexp(across / vectors.norm, -vectors.exponent)
    return WeightGradients(
        rounded("the gradient of u", du, vectors.u.dtype, {}),
        rounded("the gradient of g", along.reshape(vectors.g.shape), vectors.g.dtype, {}),
    )


class _Vectors(NamedTuple):
    """u = unit norm 2^exponent; all but u and g are float64, and have the reduced axes with extent 1."""

    u: Floats
    g: Floats
    axes: tuple[int, ...]
    unit: Floats
    norm: Floats
    exponent: Floats
    length: Floats


def _vectors(u: ArrayLike, g: ArrayLike, axes: int | tuple[int, ...]) -> _Vectors:
    array = as_floats("u", u)
    over = reduced_axes("u", array, axes)
    kept = tuple(n for i, n in enumerate(array.shape) if i not in over)
    length = as_floats("g", g, shape=kept)
    require_finite("u", array)
    require_finite("g", length)
    wide = array.astype(np.float64)
    most = np.max(np.abs(wide), axis=over, keepdims=True, initial=0.0)
    zero = most.reshape(kept) == 0
    if zero.any():
        position = first_true(zero)
        raise DegenerateError(f"u: the vector at {position} is 0; needed is a direction", position)
    exponent = np.frexp(most)[1]
    np.ldexp(wide, -exponent, out=wide)  # the largest element is now from 1/2 to 1
    norm = np.sqrt(np.sum(wide * wide, axis=over, keepdims=True))
    wide /= norm
    return _Vectors(array, length, over, wide, norm, exponent, length.astype(np.float64).reshape(most.shape))
