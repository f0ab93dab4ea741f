"""`plain` as machine code, imported only where numba is installed: the same operations in the same order.

A group stays in the nearest cache from its statistics to its result. The loops over the terms of a lane have
a constant length, so that the compiler unrolls them and keeps the sums of eight lanes in a register; nothing
is reassociated or contracted, since the compiler is not allowed to. Functions are few and long, since calls
and the counting of references take as long as a row of a thousand elements.
"""

from __future__ import annotations

import numpy as np

from numerics.compiling import compiled
from numerics.normalization import summation

LANES = summation.LANES
CHUNK = summation.CHUNK
LOSSY = summation.LOSSY
ABOUT_ZERO = summation.ABOUT_ZERO
ABOUT_MEAN = summation.ABOUT_MEAN
ABOUT_MEAN_TWICE = summation.ABOUT_MEAN_TWICE
GIVEN = summation.GIVEN
TERMS = 16  # of a lane that are added at a time
BLOCK = TERMS * LANES


@compiled
def measure(x, how, mean, spread):  # type: ignore[no-untyped-def]
    work = workspace(x)
    for g in range(x.shape[1]):
        mean[g], spread[g] = group_moments(x, g, how, work)


@compiled
def normalize_slabs(x, how, eps, gamma, beta, mean, spread, y):  # type: ignore[no-untyped-def]
    outer, groups, inner, _ = x.shape
    work = workspace(x)
    for g in range(groups):
        if how != GIVEN:
            mean[g], spread[g] = group_moments(x, g, how, work)
        m, s = mean[g], reciprocal_root(spread[g] + eps)
        for a in range(outer):
            for b in range(inner):
                channel = (g * inner + b) % gamma.size
                p, q = s * gamma[channel], beta[channel]
                v, out = x[a, g, b], y[a, g, b]
                for i in range(v.size):
                    out[i] = (np.float64(v[i]) - m) * p + q


@compiled
def normalize_rows(x, how, eps, gamma, beta, mean, spread, y):  # type: ignore[no-untyped-def]
    work = workspace(x)
    for g in range(x.shape[1]):
        mean[g], spread[g] = group_moments(x, g, how, work)
        m, s = mean[g], reciprocal_root(spread[g] + eps)
        v, out = x[0, g, 0], y[0, g, 0]
        for i in range(v.size):
            out[i] = (np.float64(v[i]) - m) * s * np.float64(gamma[i]) + np.float64(beta[i])


@compiled
def workspace(x):  # type: ignore[no-untyped-def]
    """Room for two sums of each lane, then of each chunk of a slab, then of each slab of a group."""
    return np.empty(2 * (LANES + (x.shape[3] + CHUNK - 1) // CHUNK + x.shape[0] * x.shape[2]))


@compiled
def reciprocal_root(value):  # type: ignore[no-untyped-def]
    root = np.sqrt(value)
    return 1.0 / root if root > 0.0 else 0.0


@compiled
def group_moments(x, g, how, work):  # type: ignore[no-untyped-def]
    """The mean of a group, and the mean square about it."""
    outer, _, inner, length = x.shape
    slabs = outer * inner
    count, at = slabs * length, 2 * (LANES + (length + CHUNK - 1) // CHUNK)
    pivot = np.float64(x[0, g, 0, 0]) if how == ABOUT_MEAN_TWICE else 0.0
    shift, rest = 0.0, 0.0
    for sweep in range(2):
        if slabs == 1:
            total, squares = slab_deviations(x[0, g, 0], pivot, work)
        else:
            for a in range(outer):
                for b in range(inner):
                    slab = at + a * inner + b
                    work[slab], work[slab + slabs] = slab_deviations(x[a, g, b], pivot, work)
            total, squares = fold(work, at, slabs), fold(work, at + slabs, slabs)
        if how == ABOUT_ZERO:
            return 0.0, squares / count
        shift = total / count
        rest = squares - total * shift
        if sweep == 1 or (how == ABOUT_MEAN and not rest * LOSSY < squares):
            break
        pivot += shift
    return pivot + shift, 0.0 if rest < 0.0 else rest / count


@compiled
def slab_deviations(x, pivot, work):  # type: ignore[no-untyped-def]
    """The sums of d and of d squared over a slab, d = x - pivot."""
    at, chunks = 2 * LANES, (x.size + CHUNK - 1) // CHUNK
    for c in range(chunks):
        start, stop = c * CHUNK, min(x.size, (c + 1) * CHUNK)
        for i in range(2 * LANES):
            work[i] = 0.0
        while start + BLOCK <= stop:
            v = x[start : start + BLOCK]
            for i in range(LANES):
                first, second = work[i], work[i + LANES]
                for k in range(TERMS):
                    d = np.float64(v[i + k * LANES]) - pivot
                    first += d
                    second += d * d
                work[i], work[i + LANES] = first, second
            start += BLOCK
        while start + LANES <= stop:
            v = x[start : start + LANES]
            for i in range(LANES):
                d = np.float64(v[i]) - pivot
                work[i] += d
                work[i + LANES] += d * d
            start += LANES
        for i in range(stop - start):
            d = np.float64(x[start + i]) - pivot
            work[i] += d
            work[i + LANES] += d * d
        work[at + c], work[at + chunks + c] = fold_lanes(work, x.size)
    return fold(work, at, chunks), fold(work, at + chunks, chunks)


@compiled
def fold(terms, start, m):  # type: ignore[no-untyped-def]
    """As in `summation`, of the m terms from a start."""
    while m > 1:
        h = (m + 1) // 2
        for i in range(start, start + m - h):
            terms[i] += terms[i + h]
        m = h
    return terms[start] + 0.0


@compiled
def fold_lanes(work, length):  # type: ignore[no-untyped-def]
    """The sums of both kinds of lanes, of which as many are used as there are elements, and at most all."""
    if length < LANES:
        return fold(work, 0, length), fold(work, LANES, length)
    h = LANES // 2
    while h >= 1:
        for i in range(h):
            work[i] += work[i + h]
            work[i + LANES] += work[i + LANES + h]
        h //= 2
    return work[0] + 0.0, work[LANES] + 0.0
