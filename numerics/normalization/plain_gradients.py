"""Gradients of the normalizations in NumPy alone. `compiled_gradients` has the same, equal to the bit."""

from __future__ import annotations

import numpy as np

from numerics.arrays import Floats
from numerics.normalization.boxes import boxes, deviations, gradient_sums, together
from numerics.normalization.plain import measure_groups, reciprocal_roots, slab_channels
from numerics.normalization.summation import ABOUT_ZERO, fold, row_sums


def gradient_slabs(
    dy: Floats,
    x: Floats,
    how: int,
    eps: float,
    gamma: Floats,
    mean: Floats,
    spread: Floats,
    dgamma: Floats,
    dbeta: Floats,
    dx: Floats,
    limit: float,
) -> bool:
    """Fills in dx, and adds to dgamma and dbeta. True where an element of dx exceeds the limit.

    With s = 1 / sqrt(spread + eps), d = x - mean and h = dy gamma, where the means are over a group,
    dx = s (h - mean(h) - d s^2 mean(h d)), without mean(h) where the spread is about zero.
    """
    channels, beyond = slab_channels(x, gamma), False
    for groups in together(x):
        part, given, out, m = x[:, groups], dy[:, groups], dx[:, groups], mean[groups]
        measure_groups(part, how, m, spread[groups])
        scale = reciprocal_roots(spread[groups], eps)
        first, second = gradient_sums(given, part, m, None)
        np.add.at(dbeta, channels[groups], first)  # in the order of the groups
        np.add.at(dgamma, channels[groups], scale[:, None] * second)
        here = gamma[channels[groups]]
        p = scale[:, None] * here
        q, r = _terms(part, how, scale, fold((here * first).T.copy()), fold((here * second).T.copy()))
        for box, work in boxes(part):
            h = given[box].astype(np.float64)
            h *= p[box[1], box[2], None]
            deviations(part, box, m, work)
            beyond |= _finish(h, work, q[box[1]], r[box[1]], out[box], limit)
    return beyond


def gradient_rows(
    dy: Floats,
    x: Floats,
    how: int,
    eps: float,
    gamma: Floats,
    mean: Floats,
    spread: Floats,
    dgamma: Floats,
    dbeta: Floats,
    dx: Floats,
    limit: float,
) -> bool:
    """The same."""
    beyond = False
    for groups in together(x):
        part, given, out, m = x[:, groups], dy[:, groups], dx[:, groups], mean[groups]
        measure_groups(part, how, m, spread[groups])
        scale = reciprocal_roots(spread[groups], eps)
        first, second = gradient_sums(given, part, m, gamma)
        q, r = _terms(part, how, scale, first[:, 0], second[:, 0])
        for box, work in boxes(part):
            _, g, _, s = box
            h = given[box].astype(np.float64)
            deviations(part, box, m, work)
            _add_rows(dgamma[s], (work * scale[g, None, None] * h)[0, :, 0])
            _add_rows(dbeta[s], h[0, :, 0].copy())
            h *= gamma[s]
            h *= scale[g, None, None]
            beyond |= _finish(h, work, q[g], r[g], out[box], limit)
    return beyond


def _terms(x: Floats, how: int, scale: Floats, first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """From the sums of h and of h d of each group, s mean(h) and s^3 mean(h d)."""
    count = x.size // x.shape[1]
    if how == ABOUT_ZERO:
        first = np.zeros_like(first)
    return scale * (first / count), scale * (scale * (second / count)) * scale


def _finish(h: Floats, work: Floats, q: Floats, r: Floats, dx: Floats, limit: float) -> bool:
    """dx = (h - q) - work r. Whether one exceeds the limit."""
    h -= q[:, None, None]
    work *= r[:, None, None]
    h -= work
    dx[:] = h
    return not bool(np.all(np.abs(h) <= limit))


def _add_rows(total: Floats, rows: Floats) -> None:
    rows[0] += total
    total[:] = row_sums(rows)
