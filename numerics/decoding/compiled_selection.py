"""`selection` as machine code: imported only where numba is installed."""

from __future__ import annotations

import numpy as np

from numerics.compiling import compiled

_LANES = 64


@compiled
def block_maxima(blocks, maxima):  # type: ignore[no-untyped-def]
    """The maximum of each row, whose length is a multiple of 256; NaN where there is one in it."""
    lanes = np.empty(_LANES, blocks.dtype)
    unable = np.empty(_LANES, np.uint8)  # booleans would be slower in float32
    for b in range(blocks.shape[0]):
        lanes[:] = -np.inf
        unable[:] = 0
        for start in range(0, blocks.shape[1], 4 * _LANES):
            raise_lanes(blocks[b, start : start + 4 * _LANES], lanes, unable)
        best = lanes[0]
        nan = np.uint8(0)
        for i in range(_LANES):
            best = max(best, lanes[i])
            nan |= unable[i]
        maxima[b] = np.nan if nan else best


@compiled
def raise_lanes(row, lanes, unable):  # type: ignore[no-untyped-def]
    """Raises each lane to the highest of its four scores; marks those with NaN, which exceeds nothing."""
    for i in range(_LANES):
        s0, s1, s2, s3 = row[i], row[i + _LANES], row[i + 2 * _LANES], row[i + 3 * _LANES]
        best = lanes[i]
        best = s0 if s0 > best else best
        best = s1 if s1 > best else best
        best = s2 if s2 > best else best
        best = s3 if s3 > best else best
        lanes[i] = best
        unable[i] |= (s0 != s0) | (s1 != s1) | (s2 != s2) | (s3 != s3)
