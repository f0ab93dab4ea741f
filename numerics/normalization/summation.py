"""One order of summation, which NumPy and the compiled kernels both follow, so that they agree to the bit.

A slab is cut into chunks of CHUNK elements. Within a chunk element i is added to lane i mod LANES, in
ascending order; the lanes of a chunk, then the chunks of a slab, then the slabs of a group are added by a
tree of halves. So the error of a sum grows as the logarithm of the number of chunks.
"""

from __future__ import annotations

import numpy as np

from numerics.arrays import Floats

LANES = 16
CHUNK = 256 * LANES

#: What the mean square of a group is taken about: zero; its mean, by a second pass only where the first lost
#: digits; its mean, by two passes in any case; or it is given, and the mean too.
ABOUT_ZERO, ABOUT_MEAN, ABOUT_MEAN_TWICE, GIVEN = range(4)
#: One pass suffices while it leaves at least this fraction of a sum of squares: it loses ten bits of 53.
LOSSY = 1024.0


def fold(terms: Floats) -> Floats:
    """The sum over axis 0 by a tree of halves: t[i] += t[i + h], where h is half the extent, rounded up.

    Overwrites `terms`. The sum of zeros is +0.
    """
    m = len(terms)
    while m > 1:
        h = (m + 1) // 2
        terms[: m - h] += terms[h:m]
        m = h
    total: Floats = terms[0] + 0.0
    return total


def chunk_sums(values: Floats) -> Floats:
    """The sums over the chunks of the last axis: (..., s) to (..., number of chunks)."""
    rows = values.reshape(-1, values.shape[-1])
    whole = rows.shape[1] // CHUNK * CHUNK
    parts = []
    if whole:
        parts.append(_lane_sums(rows[:, :whole].reshape(-1, CHUNK)).reshape(len(rows), -1))
    if whole < rows.shape[1]:
        parts.append(_lane_sums(rows[:, whole:])[:, None])
    return np.concatenate(parts, axis=1).reshape(*values.shape[:-1], -1)


def row_sums(rows: Floats) -> Floats:
    """The sum over axis 0 in ascending order. Overwrites `rows`."""
    if rows.shape[1] == 1:  # NumPy would take the only column for a row, and add in pairs
        total: Floats = np.add.accumulate(rows, axis=0)[-1]
    else:
        total = np.add.reduce(rows, axis=0)
    return total


def _lane_sums(chunks: Floats) -> Floats:
    """The sums of the rows of (k, at most CHUNK), each in lanes."""
    length = chunks.shape[1]
    lanes = min(LANES, length)
    whole = length - length % lanes
    # NumPy adds in ascending order along any axis but the last, and along a last axis in pairs.
    sums = np.add.reduce(chunks[:, :whole].reshape(-1, whole // lanes, lanes), axis=1)
    sums[:, : length - whole] += chunks[:, whole:]
    return fold(np.ascontiguousarray(sums.T))
