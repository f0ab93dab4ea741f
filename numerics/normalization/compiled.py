"""`plain` as machine code, imported only where numba is installed: the same operations in the same order.

A group stays in the nearest cache from its statistics to its result. The loops over the terms of a lane have
a constant length, so that the compiler unrolls them and keeps the sums of eight lanes in a register; nothing
is reassociated or contracted, since the compiler is not allowed to. A slab is a run of the flat array, from
an unsigned place on: cut out as an array its references would be counted, which takes as long as five hundred
elements, and for a signed place the compiler would provide for counting from the end, and use no vectors.
"""

from __future__ import annotations

import numpy as np

from numerics.compiling import compiled, inlined
from numerics.normalization import summation

Place = np.uintp
ZERO, ONE, TWO = Place(0), Place(1), Place(2)
LANES = Place(summation.LANES)
BOTH = Place(2 * summation.LANES)  # the lanes of two sums
CHUNK = Place(summation.CHUNK)
TERMS = Place(16)  # of a lane that are added at a time
BLOCK = Place(16 * summation.LANES)
LOSSY = summation.LOSSY
ABOUT_ZERO = summation.ABOUT_ZERO
ABOUT_MEAN = summation.ABOUT_MEAN
ABOUT_MEAN_TWICE = summation.ABOUT_MEAN_TWICE
GIVEN = summation.GIVEN


@compiled
def measure(x, how, mean, spread):  # type: ignore[no-untyped-def]
    flat, extents, work = x.reshape(-1), extents_of(x), workspace(x)
    for g in range(extents[1]):
        mean[g], spread[g] = group_moments(flat, extents, g, how, work)


@compiled
def normalize_slabs(x, how, eps, gamma, beta, mean, spread, y):  # type: ignore[no-untyped-def]
    flat, out, extents, work = x.reshape(-1), y.reshape(-1), extents_of(x), workspace(x)
    outer, groups, inner, length = extents
    channels = Place(gamma.size)
    for g in range(groups):
        if how != GIVEN:
            mean[g], spread[g] = group_moments(flat, extents, g, how, work)
        m, s = mean[g], reciprocal_root(spread[g] + eps)
        for a in range(outer):
            for b in range(inner):
                channel = (g * inner + b) % channels
                p, q = s * gamma[channel], beta[channel]
                begin = ((a * groups + g) * inner + b) * length
                for i in range(begin, begin + length):
                    out[i] = (np.float64(flat[i]) - m) * p + q


@compiled
def normalize_rows(x, how, eps, gamma, beta, mean, spread, y):  # type: ignore[no-untyped-def]
    flat, out, extents, work = x.reshape(-1), y.reshape(-1), extents_of(x), workspace(x)
    length = extents[3]
    for g in range(extents[1]):
        mean[g], spread[g] = group_moments(flat, extents, g, how, work)
        m, s = mean[g], reciprocal_root(spread[g] + eps)
        begin = g * length
        for i in range(length):
            value = (np.float64(flat[begin + i]) - m) * s
            out[begin + i] = value * np.float64(gamma[i]) + np.float64(beta[i])


@compiled
def extents_of(x):  # type: ignore[no-untyped-def]
    """(A, G, B, S)."""
    return Place(x.shape[0]), Place(x.shape[1]), Place(x.shape[2]), Place(x.shape[3])


@compiled
def workspace(x):  # type: ignore[no-untyped-def]
    """Room for two sums of each lane, then of each chunk of a slab, then of each slab of a group."""
    outer, _, inner, length = extents_of(x)
    return np.empty(BOTH + TWO * (chunks_of(length) + outer * inner))


@compiled
def chunks_of(length):  # type: ignore[no-untyped-def]
    return (length + CHUNK - ONE) // CHUNK


@compiled
def reciprocal_root(value):  # type: ignore[no-untyped-def]
    root = np.sqrt(value)
    return 1.0 / root if root > 0.0 else 0.0


@inlined
def group_moments(x, extents, g, how, work):  # type: ignore[no-untyped-def]
    """The mean of a group, and the mean square about it."""
    outer, _, inner, length = extents
    count, pivot = np.float64(outer * inner * length), 0.0
    if how == ABOUT_MEAN_TWICE:
        pivot = np.float64(x[g * inner * length])
        total, squares = group_deviations(x, extents, g, pivot, work)
    else:
        total, squares = deviations_from(x, extents, g, 0.0, work)  # the compiler leaves the difference out
    if how == ABOUT_ZERO:
        return 0.0, squares / count
    shift = total / count
    rest = squares - total * shift
    if how == ABOUT_MEAN_TWICE or rest * LOSSY < squares:
        pivot += shift
        total, squares = group_deviations(x, extents, g, pivot, work)
        shift = total / count
        rest = squares - total * shift
    return pivot + shift, 0.0 if rest < 0.0 else rest / count


@compiled
def group_deviations(x, extents, g, pivot, work):  # type: ignore[no-untyped-def]
    return deviations_from(x, extents, g, pivot, work)


@inlined
def deviations_from(x, extents, g, pivot, work):  # type: ignore[no-untyped-def]
    """The sums of d and of d squared over a group, d = x - pivot."""
    outer, groups, inner, length = extents
    slabs, at = outer * inner, BOTH + TWO * chunks_of(length)
    for a in range(outer):
        for b in range(inner):
            slab, begin = at + a * inner + b, ((a * groups + g) * inner + b) * length
            work[slab], work[slab + slabs] = slab_deviations(x, begin, length, pivot, work)
    return fold(work, at, slabs), fold(work, at + slabs, slabs)


@inlined
def slab_deviations(x, begin, length, pivot, work):  # type: ignore[no-untyped-def]
    """The sums of d and of d squared over a slab, d = x - pivot."""
    chunks = chunks_of(length)
    for c in range(chunks):
        start, stop = begin + c * CHUNK, begin + min(length, (c + ONE) * CHUNK)
        for i in range(BOTH):
            work[i] = 0.0
        while start + BLOCK <= stop:
            for i in range(LANES):
                first, second = work[i], work[i + LANES]
                for k in range(TERMS):
                    d = np.float64(x[start + i + k * LANES]) - pivot
                    first += d
                    second += d * d
                work[i], work[i + LANES] = first, second
            start += BLOCK
        while start + LANES <= stop:
            for i in range(LANES):
                d = np.float64(x[start + i]) - pivot
                work[i] += d
                work[i + LANES] += d * d
            start += LANES
        for i in range(stop - start):
            d = np.float64(x[start + i]) - pivot
            work[i] += d
            work[i + LANES] += d * d
        work[BOTH + c], work[BOTH + chunks + c] = fold_lanes(work, length)
    return fold(work, BOTH, chunks), fold(work, BOTH + chunks, chunks)


@compiled
def fold(terms, start, m):  # type: ignore[no-untyped-def]
    """As in `summation`, of the m terms from a start."""
    while m > ONE:
        h = (m + ONE) // TWO
        for i in range(start, start + m - h):
            terms[i] += terms[i + h]
        m = h
    return terms[start] + 0.0


@inlined
def fold_lanes(work, length):  # type: ignore[no-untyped-def]
    """The sums of both kinds of lanes, of which as many are used as there are elements, and at most all."""
    if length < LANES:
        return fold(work, ZERO, length), fold(work, LANES, length)
    h = LANES // TWO
    while h >= ONE:
        for i in range(h):
            work[i] += work[i + h]
            work[i + LANES] += work[i + LANES + h]
        h //= TWO
    return work[ZERO] + 0.0, work[LANES] + 0.0
