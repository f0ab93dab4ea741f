"""Slabs (A, G, B, S) in boxes which fit a cache, and sums over them in the order of `summation`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

import numpy as np

from numerics.arrays import Floats
from numerics.normalization.summation import CHUNK, chunk_sums, fold

_BOX = 8 * CHUNK
#: Groups are taken together up to this many elements, which a second cache holds for the passes over them.
_TOGETHER = 1 << 17
Box = tuple[slice, slice, slice, slice]


def together(x: Floats) -> Iterator[slice]:
    """The groups, as many at a time as stay in a cache between one pass and the next."""
    total = x.shape[1]
    step = max(1, _TOGETHER // (x.size // max(1, total) or 1))
    for low in range(0, total, step):
        yield slice(low, min(low + step, total))


def boxes(x: Floats) -> Iterator[tuple[Box, Floats]]:
    """The boxes of at most _BOX elements which make up x, each with a buffer of its shape."""
    room, steps = _BOX, []
    for extent in (x.shape[3], x.shape[2], x.shape[1], x.shape[0]):
        steps.append(max(1, min(extent, room)))
        room //= steps[-1]
    buffer = np.empty(prod(steps))
    ranges = zip(x.shape, reversed(steps), strict=True)
    for a, g, b, s in product(*([slice(i, min(i + n, end)) for i in range(0, end, n)] for end, n in ranges)):
        shape = tuple(part.stop - part.start for part in (a, g, b, s))
        yield (a, g, b, s), buffer[: prod(shape)].reshape(shape)


def deviations(x: Floats, box: Box, mean: Floats, work: Floats) -> None:
    """work = x - mean, in float64."""
    np.copyto(work, x[box])
    work -= mean[box[1], None, None]


def deviation_sums(x: Floats, pivot: Floats) -> tuple[Floats, Floats]:
    """For each group the sums of d and of d squared, d = x - pivot."""
    first, second = _by_chunks(x), _by_chunks(x)
    for box, work in boxes(x):
        deviations(x, box, pivot, work)
        first[_chunks(box)] = chunk_sums(work)
        work *= work
        second[_chunks(box)] = chunk_sums(work)
    return _over_slabs(first), _over_slabs(second)


def gradient_sums(dy: Floats, x: Floats, mean: Floats, gamma: Floats | None) -> tuple[Floats, Floats]:
    """For each group and each b the sums of h and of h (x - mean), (G, B); h = dy gamma, or dy."""
    first, second = _by_chunks(x), _by_chunks(x)
    for box, work in boxes(x):
        h = dy[box].astype(np.float64)
        if gamma is not None:
            h *= gamma[box[3]]
        deviations(x, box, mean, work)
        work *= h
        first[_chunks(box)] = chunk_sums(h)
        second[_chunks(box)] = chunk_sums(work)
    return fold(_over_chunks(first)), fold(_over_chunks(second))


def _by_chunks(x: Floats) -> Floats:
    """Room for a sum of each chunk."""
    return np.empty((*x.shape[:3], -(-x.shape[3] // CHUNK)))


def _chunks(box: Box) -> Box:
    """Where the sums of the chunks of a box are."""
    a, g, b, s = box
    return a, g, b, slice(s.start // CHUNK, -(-s.stop // CHUNK))


def _over_chunks(sums: Floats) -> Floats:
    return fold(np.moveaxis(sums, -1, 0).copy())


def _over_slabs(sums: Floats) -> Floats:
    """(A, G, B, chunks) to (G,)."""
    slabs = _over_chunks(sums)
    return fold(slabs.transpose(0, 2, 1).reshape(-1, slabs.shape[1]).copy())
