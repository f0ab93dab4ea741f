"""`plain_gradients` as machine code, in the manner of `compiled`.

What is kept on disk is renewed when this file changes, but not when `compiled` or `summation` does: then
touch this one too.
"""

from __future__ import annotations

import numpy as np

from numerics.compiling import compiled, inlined
from numerics.normalization.compiled import (
    ABOUT_ZERO,
    BLOCK,
    BOTH,
    CHUNK,
    LANES,
    ONE,
    TERMS,
    TWO,
    ZERO,
    Place,
    chunks_of,
    extents_of,
    fold,
    fold_lanes,
    group_moments,
    reciprocal_root,
    workspace,
)


@compiled
def gradient_slabs(dy, x, how, eps, gamma, mean, spread, dgamma, dbeta, dx, limit):  # type: ignore[no-untyped-def]
    v, w, out, extents, work = x.reshape(-1), dy.reshape(-1), dx.reshape(-1), extents_of(x), workspace(x)
    outer, groups, inner, length = extents
    count, channels, beyond = np.float64(outer * inner * length), Place(gamma.size), False
    by_slab, by_channel = np.empty(TWO * outer), np.empty(TWO * inner)
    for g in range(groups):
        mean[g], spread[g] = group_moments(v, extents, g, how, work)
        m, s = mean[g], reciprocal_root(spread[g] + eps)
        for b in range(inner):
            channel = (g * inner + b) % channels
            for a in range(outer):
                begin = ((a * groups + g) * inner + b) * length
                by_slab[a], by_slab[outer + a] = slab_products(w, v, begin, length, m, None, work)
            first, second = fold(by_slab, ZERO, outer), fold(by_slab, outer, outer)
            dbeta[channel] += first
            dgamma[channel] += s * second
            by_channel[b], by_channel[inner + b] = gamma[channel] * first, gamma[channel] * second
        first, second = fold(by_channel, ZERO, inner), fold(by_channel, inner, inner)
        q = 0.0 if how == ABOUT_ZERO else s * (first / count)
        r = s * (s * (second / count)) * s
        for a in range(outer):
            for b in range(inner):
                p = s * gamma[(g * inner + b) % channels]
                begin = ((a * groups + g) * inner + b) * length
                for i in range(begin, begin + length):
                    value = (np.float64(w[i]) * p - q) - (np.float64(v[i]) - m) * r
                    out[i] = value
                    beyond |= not abs(value) <= limit
    return beyond


@compiled
def gradient_rows(dy, x, how, eps, gamma, mean, spread, dgamma, dbeta, dx, limit):  # type: ignore[no-untyped-def]
    v, w, out, extents, work = x.reshape(-1), dy.reshape(-1), dx.reshape(-1), extents_of(x), workspace(x)
    length, beyond = extents[3], False
    count = np.float64(length)
    for g in range(extents[1]):
        mean[g], spread[g] = group_moments(v, extents, g, how, work)
        m, s = mean[g], reciprocal_root(spread[g] + eps)
        begin = g * length
        first, second = slab_products(w, v, begin, length, m, gamma, work)
        q = 0.0 if how == ABOUT_ZERO else s * (first / count)
        r = s * (s * (second / count)) * s
        # Two loops: of one, the compiler would have too many arrays to tell apart, and would use no vectors.
        for i in range(length):
            h = np.float64(w[begin + i])
            dgamma[i] += (np.float64(v[begin + i]) - m) * s * h
            dbeta[i] += h
        for i in range(length):
            h = np.float64(w[begin + i]) * np.float64(gamma[i])
            value = (h * s - q) - (np.float64(v[begin + i]) - m) * r
            out[begin + i] = value
            beyond |= not abs(value) <= limit
    return beyond


@inlined
def slab_products(dy, x, begin, length, pivot, gamma, work):  # type: ignore[no-untyped-def]
    """The sums of h and of h (x - pivot) over a slab; h is dy gamma, or dy where gamma is None."""
    chunks = chunks_of(length)
    for c in range(chunks):
        start, stop = begin + c * CHUNK, begin + min(length, (c + ONE) * CHUNK)
        for i in range(BOTH):
            work[i] = 0.0
        while start + BLOCK <= stop:
            for i in range(LANES):
                first, second = work[i], work[i + LANES]
                for k in range(TERMS):
                    at = start + i + k * LANES
                    h = weighted(dy, at, gamma, at - begin)
                    first += h
                    second += (np.float64(x[at]) - pivot) * h
                work[i], work[i + LANES] = first, second
            start += BLOCK
        while start < stop:
            for i in range(min(LANES, stop - start)):
                h = weighted(dy, start + i, gamma, start + i - begin)
                work[i] += h
                work[i + LANES] += (np.float64(x[start + i]) - pivot) * h
            start += LANES
        work[BOTH + c], work[BOTH + chunks + c] = fold_lanes(work, length)
    return fold(work, BOTH, chunks), fold(work, BOTH + chunks, chunks)


@inlined
def weighted(dy, at, gamma, i):  # type: ignore[no-untyped-def]
    h = np.float64(dy[at])
    if gamma is not None:
        h *= np.float64(gamma[i])
    return h
