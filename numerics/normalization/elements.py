"""Normalizations over some axes, with a gamma and a beta for each element that is normalized together."""

from __future__ import annotations

from numpy.typing import ArrayLike

from numerics.arrays import Floats, as_floats
from numerics.errors import ShapeError
from numerics.normalization.layout import over_elements, reduced_axes
from numerics.normalization.parameters import as_eps, parameters
from numerics.normalization.task import Gradients, Task

Axes = int | tuple[int, ...] | None


def layer_norm(
    x: ArrayLike,
    axes: Axes = None,
    *,
    gamma: ArrayLike | None = None,
    beta: ArrayLike | None = None,
    eps: float = 1e-5,
) -> Floats:
    """y = γ (x - m) / √(v + ε) + β, with the mean m and the population variance v over some axes.

    Parameters
    ----------
    x: any shape.
    axes: one or several of its axes, over which m and v are; left out, all but the first, which is the batch.
        For (batch, time, features) as in a transformer, -1.
    gamma, beta: in the shape of these axes, in ascending order; left out, ones and zeros.
    eps: ε, finite and at least 0, in the unit of the variance.

    Returns
    -------
    y, in the shape and the dtype of `x`. It is worked out in float64 and rounded once. Elements that are all
    equal, or one element by itself, become β exactly. An empty batch has an empty result.

    Raises
    ------
    DegenerateError: v + ε is 0, or so small that it has no digits; `position` is along the other axes.
    NotFiniteError: NaN or an infinity, with its position. ArgumentError: axes or an option out of range,
    squares beyond float64, or results beyond the dtype. ShapeError, also where there is nothing to take a
    mean of; ElementTypeError.

    >>> layer_norm([[1.0, 3.0], [5.0, 5.0]], beta=[0.0, 1.0], eps=1.25).round(4).tolist()
    [[-0.6667, 1.6667], [0.0, 1.0]]

    Source: Ba, Kiros and Hinton (2016), Layer normalization, equation (3); ε as in batch normalization.
    """
    task = _task(x, axes, gamma, beta, eps, centred=True)
    return task.forward()


def layer_norm_grad(
    dy: ArrayLike, x: ArrayLike, axes: Axes = None, *, gamma: ArrayLike | None = None, eps: float = 1e-5
) -> Gradients:
    """The gradients of a loss with respect to x, γ and β, from `dy`, that with respect to y = layer_norm(x).

    With x̂ = (x - m) / √(v + ε), h = γ dy, and means over the `axes`:
    dx = (h - mean(h) - x̂ mean(h x̂)) / √(v + ε); dγ = Σ dy x̂ and dβ = Σ dy over the other axes.

    `dy` has the shape of `x`; `axes`, `gamma` and `eps` are what y was worked out with. Returns
    Gradients(x, gamma, beta): the first in the dtype of `x`, the others in the shape of the axes and the
    dtype of `gamma`. Without `gamma` they are the gradients at γ = 1, in the dtype of `x`.

    Raises what `layer_norm` raises, for `dy` too.

    >>> layer_norm_grad([[1.0, 0.0]], [[1.0, 3.0]], eps=0.0).gamma
    array([-1.,  0.])

    Source: Ba, Kiros and Hinton (2016), Layer normalization; the chain rule as in Ioffe and Szegedy (2015).
    """
    return _gradients(dy, x, axes, gamma, eps, centred=True)


def rms_norm(x: ArrayLike, axes: Axes = None, *, gamma: ArrayLike | None = None, eps: float = 1e-5) -> Floats:
    """y = γ x / √(mean(x²) + ε), with the mean over some axes.

    Arguments, results and errors are those of `layer_norm`, without β: no mean is subtracted.

    >>> rms_norm([[3.0, -4.0]], eps=0.0).round(4)
    array([[ 0.8485, -1.1314]])

    Source: Zhang and Sennrich (2019), Root mean square layer normalization, equation (4).
    """
    task = _task(x, axes, gamma, None, eps, centred=False)
    return task.forward()


def rms_norm_grad(
    dy: ArrayLike, x: ArrayLike, axes: Axes = None, *, gamma: ArrayLike | None = None, eps: float = 1e-5
) -> Gradients:
    """The gradients for `rms_norm`: dx = (h - x̂ mean(h x̂)) / √(mean(x²) + ε), with x̂ = x / √(mean(x²) + ε).

    Arguments, results and errors are those of `layer_norm_grad`; `beta` is the gradient with respect to a β
    that is added to y, at β = 0.

    >>> rms_norm_grad([[1.0, 0.0]], [[3.0, -4.0]], eps=0.0).x.round(4)
    array([[0.181 , 0.1358]])

    Source: Zhang and Sennrich (2019), Root mean square layer normalization, section 4.2.
    """
    return _gradients(dy, x, axes, gamma, eps, centred=False)


def _task(
    x: ArrayLike,
    axes: Axes,
    gamma: ArrayLike | None,
    beta: ArrayLike | None,
    eps: float,
    *,
    centred: bool,
) -> Task:
    array = as_floats("x", x)
    if axes is None:
        if array.ndim < 2:
            raise ShapeError(f"x: its shape is {array.shape}; needed is (batch, *features), or the axes")
        axes = tuple(range(1, array.ndim))
    over = reduced_axes("x", array, axes)
    layout = over_elements(array, over)
    shape = tuple(array.shape[i] for i in over)
    scales = parameters(array, shape, gamma, beta, by_element=True)
    return Task(array, layout, scales, as_eps(eps), centred)


def _gradients(
    dy: ArrayLike, x: ArrayLike, axes: Axes, gamma: ArrayLike | None, eps: float, *, centred: bool
) -> Gradients:
    task = _task(x, axes, gamma, None, eps, centred=centred)
    return task.backward(as_floats("dy", dy, shape=task.x.shape))
