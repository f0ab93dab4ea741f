"""Normalizations of (batch, channels, *features), with a gamma and a beta for each channel."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from numerics.arrays import Floats, as_count, as_floats
from numerics.errors import ArgumentError
from numerics.normalization.layout import Layout, over_axes, over_channels
from numerics.normalization.moments import Moments, as_moments, channel_axes
from numerics.normalization.parameters import as_eps, parameters
from numerics.normalization.task import Gradients, Task


def batch_norm(
    x: ArrayLike,
    *,
    gamma: ArrayLike | None = None,
    beta: ArrayLike | None = None,
    eps: float = 1e-5,
    moments: Moments | None = None,
) -> Floats:
    """y = γ (x - m) / √(v + ε) + β, with the mean m and the population variance v of each channel.

    Parameters
    ----------
    x: (batch, channels, *features); m and v are over the batch and the features.
    gamma, beta: (channels,); left out, ones and zeros.
    eps: ε, finite and at least 0, in the unit of the variance.
    moments: a mean and a variance, (channels,), to be taken for m and v: those of training, for inference.

    Returns
    -------
    y, in the shape and the dtype of `x`. It is worked out in float64 and rounded once. A channel whose
    elements are all equal, or which has only one, becomes β exactly.

    Raises
    ------
    DegenerateError: v + ε is 0, or so small that it has no digits; `position` is the channel.
    NotFiniteError: NaN or an infinity, with its position. ArgumentError: an option out of range, squares
    beyond float64, or results beyond the dtype. ShapeError, also where a channel has no element;
    ElementTypeError.

    >>> batch_norm([[1.0, 7.0], [3.0, 7.0]], beta=[0.0, 5.0], eps=1.25)
    array([[-0.66666667,  5.        ],
           [ 0.66666667,  5.        ]])

    Source: Ioffe and Szegedy (2015), Batch normalization, Algorithm 1; with given moments, Algorithm 2.
    """
    array = as_floats("x", x)
    task = _task(array, over_axes(array, channel_axes(array)), gamma, beta, eps)
    if moments is None:
        return task.forward()
    found = as_moments("moments", moments, array.shape[1])
    mean, variance = (np.array(part, dtype=np.float64) for part in found)
    return task.forward((mean, variance))


def batch_norm_grad(
    dy: ArrayLike, x: ArrayLike, *, gamma: ArrayLike | None = None, eps: float = 1e-5
) -> Gradients:
    """The gradients of a loss with respect to x, γ and β, from `dy`, that with respect to y = batch_norm(x).

    With x̂ = (x - m) / √(v + ε), and means over a channel: dx = γ (dy - mean(dy) - x̂ mean(dy x̂)) / √(v + ε),
    dγ = Σ dy x̂ and dβ = Σ dy. The moments are those of `x`, and depend on it; they are worked out again.

    `dy` has the shape of `x`; `gamma` and `eps` are what y was worked out with. Returns
    Gradients(x, gamma, beta): the first in the dtype of `x`, the others (channels,) in that of `gamma`.
    Without `gamma` they are the gradients at γ = 1, in the dtype of `x`.

    Raises what `batch_norm` raises, for `dy` too.

    >>> batch_norm_grad([[1.0], [0.0], [0.0]], [[1.0], [2.0], [3.0]], eps=0.0).gamma
    array([-1.22474487])

    Source: Ioffe and Szegedy (2015), Batch normalization, section 3.
    """
    array = as_floats("x", x)
    return _gradients(dy, array, over_axes(array, channel_axes(array)), gamma, eps)


def instance_norm(
    x: ArrayLike, *, gamma: ArrayLike | None = None, beta: ArrayLike | None = None, eps: float = 1e-5
) -> Floats:
    """y = γ (x - m) / √(v + ε) + β, with the mean m and the population variance v of each feature map.

    `x` is (batch, channels, *features), `gamma` and `beta` (channels,); m and v are over the features alone.
    Arguments, results and errors are otherwise those of `batch_norm`; `position` is (example, channel).

    >>> instance_norm([[[1.0, 3.0], [5.0, 5.0]]], eps=1.25).round(4).tolist()
    [[[-0.6667, 0.6667], [0.0, 0.0]]]

    Source: Ulyanov, Vedaldi and Lempitsky (2016), Instance normalization, equation (3).
    """
    array = as_floats("x", x)
    channel_axes(array)
    task = _task(array, over_channels(array, 1), gamma, beta, eps)
    return task.forward()


def instance_norm_grad(
    dy: ArrayLike, x: ArrayLike, *, gamma: ArrayLike | None = None, eps: float = 1e-5
) -> Gradients:
    """The gradients for `instance_norm`: as `batch_norm_grad`, with means over a channel of an example.

    >>> dy, x = [[[1.0, 0.0, 0.0]]], [[[1.0, 2.0, 3.0]]]
    >>> instance_norm_grad(dy, x, eps=0.0).beta
    array([1.])
    """
    array = as_floats("x", x)
    channel_axes(array)
    return _gradients(dy, array, over_channels(array, 1), gamma, eps)


def group_norm(
    x: ArrayLike,
    groups: int,
    *,
    gamma: ArrayLike | None = None,
    beta: ArrayLike | None = None,
    eps: float = 1e-5,
) -> Floats:
    """y = γ (x - m) / √(v + ε) + β, with the mean m and the population variance v of each group of channels.

    `x` is (batch, channels, *features), `gamma` and `beta` (channels,). The channels of an example are
    cut into `groups` runs of equal length; m and v are over the channels of a group and their features.
    Arguments, results and errors are otherwise those of `batch_norm`; `position` is (example, group).
    ArgumentError where `groups` does not divide the channels.

    >>> group_norm([[1.0, 3.0, 5.0, 5.0]], 2, eps=1.25).round(4)
    array([[-0.6667,  0.6667,  0.    ,  0.    ]])

    Source: Wu and He (2018), Group normalization, equations (1)-(3), (6) and (7).
    """
    array = as_floats("x", x)
    task = _task(array, _by_groups(array, groups), gamma, beta, eps)
    return task.forward()


def group_norm_grad(
    dy: ArrayLike, x: ArrayLike, groups: int, *, gamma: ArrayLike | None = None, eps: float = 1e-5
) -> Gradients:
    """The gradients for `group_norm`: as `batch_norm_grad`, with means of γ dy over a group of an example.

    With h = γ dy: dx = (h - mean(h) - x̂ mean(h x̂)) / √(v + ε), dγ = Σ dy x̂ and dβ = Σ dy.

    >>> group_norm_grad([[1.0, 0.0]], [[1.0, 3.0]], 1, eps=0.0).gamma
    array([-1.,  0.])
    """
    array = as_floats("x", x)
    return _gradients(dy, array, _by_groups(array, groups), gamma, eps)


def _by_groups(x: Floats, groups: int) -> Layout:
    channel_axes(x)
    count, channels = as_count("groups", groups, least=1), x.shape[1]
    if channels % count:
        raise ArgumentError(f"groups is {count}; needed is a divisor of the {channels} channels")
    return over_channels(x, channels // count)


def _task(x: Floats, layout: Layout, gamma: ArrayLike | None, beta: ArrayLike | None, eps: float) -> Task:
    scales = parameters(x, (x.shape[1],), gamma, beta, by_element=False)
    return Task(x, layout, scales, as_eps(eps))


def _gradients(dy: ArrayLike, x: Floats, layout: Layout, gamma: ArrayLike | None, eps: float) -> Gradients:
    task = _task(x, layout, gamma, None, eps)
    return task.backward(as_floats("dy", dy, shape=x.shape))
