"""Means and variances, of an array and along training."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from numerics.arrays import Floats, as_floats, require_finite
from numerics.errors import ArgumentError, ShapeError
from numerics.normalization.layout import over_axes, reduced_axes
from numerics.normalization.parameters import as_number
from numerics.normalization.rounding import rounded
from numerics.normalization.task import measured


class Moments(NamedTuple):
    """A mean and a variance for each group."""

    mean: Floats
    variance: Floats


def moments(x: ArrayLike, axes: int | tuple[int, ...]) -> Moments:
    """The mean m = Σ x_i / n and the population variance Σ (x_i - m)² / n, over some axes.

    `x` has any shape; `axes` is one or several of its axes, negative ones counted from the end. Returns
    Moments(mean, variance), each in the shape of the axes that are left and in the dtype of `x`. The variance
    has the square of the unit of `x`.

    Two passes in float64: the second sums the deviations d from the first mean, and corrects for its error,
    Σ d² - (Σ d)² / n. So the variance is good to a few units in the last place however large the mean is.
    Where all elements are equal, the mean is that element and the variance 0, exactly.

    Raises NotFiniteError, with its position in `x`; ArgumentError for `axes`, and where the variance exceeds
    the dtype; ShapeError where there is nothing to take the mean of; ElementTypeError.

    >>> import numpy as np
    >>> mean, variance = moments(1e8 + np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 5.0, 5.0, 5.0]]), axes=-1)
    >>> (mean - 1e8).tolist(), variance.tolist()
    ([2.5, 5.0], [1.25, 0.0])

    Source: Chan, Golub and LeVeque (1983), Algorithms for computing the sample variance, equation (1.7).
    """
    array = as_floats("x", x)
    layout = over_axes(array, reduced_axes("x", array, axes))
    found = (part.reshape(layout.groups) for part in measured(array, layout))
    inputs = {"x": array}
    mean, variance = (
        rounded(name, part, array.dtype, inputs) for name, part in zip(Moments._fields, found, strict=True)
    )
    return Moments(mean, variance)


def running_moments(running: Moments, x: ArrayLike, *, momentum: float, unbiased: bool) -> Moments:
    """r ← (1 - μ) r + μ b: the moments of the channels along training, brought on by those of a batch.

    `running` holds the r so far, mean and variance (C,); `x` is the batch, (batch, channels, *features),
    whose moments per channel are the b. `momentum` is μ in [0, 1], the weight of the *new* batch: 0 keeps
    what there was, 1 forgets it. (That is the convention of PyTorch; in Keras the momentum is 1 - μ.)

    `unbiased` says which variance of the batch is taken. False: the population variance, divided by the
    number of elements n a channel, which is the one that `batch_norm` takes. True: n / (n - 1)
    times that, whose expectation is the variance of what the batch was drawn from; so does PyTorch.

    Returns Moments in the dtype of `running`, for `batch_norm(x, moments=…)`; they are new arrays.

    Raises ArgumentError for `momentum`, for a variance below 0, and for `unbiased` where n = 1;
    NotFiniteError; ShapeError; ElementTypeError.

    >>> before = Moments([0.0], [1.0])
    >>> after = running_moments(before, [[2.0], [4.0]], momentum=0.25, unbiased=True)
    >>> after.mean.tolist(), after.variance.tolist()
    ([0.75], [1.25])

    Source: Ioffe and Szegedy (2015), Batch normalization, Algorithm 2, with the moving averages of its
    section 3.1.
    """
    batch = as_floats("x", x)
    layout = over_axes(batch, channel_axes(batch))
    before = as_moments("running", running, batch.shape[1])
    weight = as_number("momentum", momentum, 1.0)
    mean, variance = measured(batch, layout)
    if unbiased:
        if layout.count == 1:
            raise ArgumentError(
                f"unbiased: x, whose shape is {batch.shape}, has 1 element a channel; needed are at least 2"
            )
        variance *= layout.count / (layout.count - 1)
    inputs = {"x": batch}
    after = [
        rounded(f"running.{name}", (1 - weight) * old.astype(np.float64) + weight * new, old.dtype, inputs)
        for name, old, new in zip(Moments._fields, before, (mean, variance), strict=True)
    ]
    return Moments(*after)


def as_moments(name: str, given: Moments, channels: int) -> Moments:
    """A finite mean and a finite variance of at least 0 for each channel."""
    mean, variance = (
        as_floats(f"{name}.{field}", part, shape=(channels,))
        for field, part in zip(Moments._fields, given, strict=True)
    )
    require_finite(f"{name}.mean", mean)
    require_finite(f"{name}.variance", variance)
    if np.any(variance < 0):
        channel = int(np.argmax(variance < 0))
        raise ArgumentError(f"{name}.variance[{channel}] is {variance[channel]}; needed is at least 0")
    return Moments(mean, variance)


def channel_axes(x: Floats) -> tuple[int, ...]:
    """All axes but that of the channels, of (batch, channels, *features)."""
    if x.ndim < 2:
        raise ShapeError(f"x: its shape is {x.shape}; needed is (batch, channels, *features)")
    return (0, *range(2, x.ndim))
