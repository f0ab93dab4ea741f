"""Statistics and normalization in NumPy alone. `compiled` has the same, equal to the bit.

x is (A, G, B, S), float32 or float64; all arithmetic is in float64, and rounded once where it is stored.
Slabs have a gamma and a beta for each channel, where (g, b) is channel (g B + b) modulo their number; rows,
which are slabs with A = B = 1, have them for each element.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numerics.arrays import Floats
from numerics.normalization.boxes import boxes, deviation_sums, deviations, together
from numerics.normalization.summation import ABOUT_MEAN_TWICE, ABOUT_ZERO, GIVEN, LOSSY


def measure(x: Floats, how: int, mean: Floats, spread: Floats) -> None:
    """Fills in the mean of each group, and the mean square about it. `how` is as in `summation`."""
    for groups in together(x):
        measure_groups(x[:, groups], how, mean[groups], spread[groups])


def normalize_slabs(
    x: Floats, how: int, eps: float, gamma: Floats, beta: Floats, mean: Floats, spread: Floats, y: Floats
) -> None:
    """y = (x - mean) / sqrt(spread + eps) gamma + beta."""
    channels = slab_channels(x, gamma)
    for groups in together(x):
        part, out, m = x[:, groups], y[:, groups], mean[groups]
        measure_groups(part, how, m, spread[groups])
        scale = reciprocal_roots(spread[groups], eps)[:, None] * gamma[channels[groups]]
        shift = beta[channels[groups]]
        for box, work in boxes(part):
            deviations(part, box, m, work)
            work *= scale[box[1], box[2], None]
            work += shift[box[1], box[2], None]
            out[box] = work


def normalize_rows(
    x: Floats, how: int, eps: float, gamma: Floats, beta: Floats, mean: Floats, spread: Floats, y: Floats
) -> None:
    """The same."""
    for groups in together(x):
        part, out, m = x[:, groups], y[:, groups], mean[groups]
        measure_groups(part, how, m, spread[groups])
        scale = reciprocal_roots(spread[groups], eps)
        for box, work in boxes(part):
            deviations(part, box, m, work)
            work *= scale[box[1], None, None]
            work *= gamma[box[3]]
            work += beta[box[3]]
            out[box] = work


def measure_groups(x: Floats, how: int, mean: Floats, spread: Floats) -> None:
    count = x.size // x.shape[1]
    if how == GIVEN:
        return
    pivot = x[0, :, 0, 0].astype(np.float64)
    if how != ABOUT_MEAN_TWICE:
        pivot[:] = 0.0
    total, squares = deviation_sums(x, pivot)
    if how == ABOUT_ZERO:
        mean[:], spread[:] = 0.0, squares / count
        return
    shift = total / count
    rest = squares - total * shift
    again = (rest * LOSSY < squares) | (how == ABOUT_MEAN_TWICE)
    if again.any():
        pivot = np.where(again, pivot + shift, pivot)
        total, squares = deviation_sums(x, pivot)
        shift = np.where(again, total / count, shift)
        rest = np.where(again, squares - total * shift, rest)
    mean[:] = pivot + shift
    spread[:] = np.where(rest < 0.0, 0.0, rest / count)


def reciprocal_roots(spread: Floats, eps: float) -> Floats:
    root = np.sqrt(spread + eps)
    return np.divide(1.0, root, out=np.zeros_like(root), where=root > 0.0)


def slab_channels(x: Floats, gamma: Floats) -> NDArray[np.intp]:
    """The channel of each slab, (G, B)."""
    _, groups, inner, _ = x.shape
    return np.arange(groups * inner).reshape(groups, inner) % max(1, gamma.size)
