"""`plain_gradients` as machine code, in the manner of `compiled`.

What is kept on disk is renewed when this file changes, but not when `compiled` or `summation` does: then
touch this one too.
"""

from __future__ import annotations

import numpy as np

from numerics.compiling import compiled
from numerics.normalization.compiled import (
    ABOUT_ZERO,
    BLOCK,
    CHUNK,
    LANES,
    TERMS,
    fold,
    fold_lanes,
    group_moments,
    reciprocal_root,
    workspace,
)


@compiled
def gradient_slabs(dy, x, how, eps, gamma, mean, spread, dgamma, dbeta, dx, limit):  # type: ignore[no-untyped-def]
    outer, groups, inner, length = x.shape
    count, work, beyond = outer * inner * length, workspace(x), False
    by_slab, by_channel = np.empty(2 * outer), np.empty(2 * inner)
    for g in range(groups):
        mean[g], spread[g] = group_moments(x, g, how, work)
        m, s = mean[g], reciprocal_root(spread[g] + eps)
        for b in range(inner):
            channel = (g * inner + b) % gamma.size
            for a in range(outer):
                by_slab[a], by_slab[outer + a] = slab_products(dy[a, g, b], x[a, g, b], m, work)
            first, second = fold(by_slab, 0, outer), fold(by_slab, outer, outer)
            dbeta[channel] += first
            dgamma[channel] += s * second
            by_channel[b], by_channel[inner + b] = gamma[channel] * first, gamma[channel] * second
        first, second = fold(by_channel, 0, inner), fold(by_channel, inner, inner)
        q = 0.0 if how == ABOUT_ZERO else s * (first / count)
        r = s * (s * (second / count)) * s
        for a in range(outer):
            for b in range(inner):
                p = s * gamma[(g * inner + b) % gamma.size]
                v, w, out = x[a, g, b], dy[a, g, b], dx[a, g, b]
                for i in range(v.size):
                    value = (np.float64(w[i]) * p - q) - (np.float64(v[i]) - m) * r
                    out[i] = value
                    beyond |= not abs(value) <= limit
    return beyond


@compiled
def gradient_rows(dy, x, how, eps, gamma, mean, spread, dgamma, dbeta, dx, limit):  # type: ignore[no-untyped-def]
    work, beyond = workspace(x), False
    for g in range(x.shape[1]):
        mean[g], spread[g] = group_moments(x, g, how, work)
        m, s = mean[g], reciprocal_root(spread[g] + eps)
        v, w, out = x[0, g, 0], dy[0, g, 0], dx[0, g, 0]
        first, second = weighted_slab_products(w, v, m, gamma, work)
        q = 0.0 if how == ABOUT_ZERO else s * (first / v.size)
        r = s * (s * (second / v.size)) * s
        # Two loops: of one, the compiler would have too many arrays to tell apart, and would use no vectors.
        for i in range(v.size):
            h = np.float64(w[i])
            dgamma[i] += (np.float64(v[i]) - m) * s * h
            dbeta[i] += h
        for i in range(v.size):
            value = (np.float64(w[i]) * np.float64(gamma[i]) * s - q) - (np.float64(v[i]) - m) * r
            out[i] = value
            beyond |= not abs(value) <= limit
    return beyond


@compiled
def slab_products(dy, x, pivot, work):  # type: ignore[no-untyped-def]
    """The sums of dy and of dy (x - pivot) over a slab."""
    at, chunks = 2 * LANES, (x.size + CHUNK - 1) // CHUNK
    for c in range(chunks):
        start, stop = c * CHUNK, min(x.size, (c + 1) * CHUNK)
        for i in range(2 * LANES):
            work[i] = 0.0
        while start + BLOCK <= stop:
            v, w = x[start : start + BLOCK], dy[start : start + BLOCK]
            for i in range(LANES):
                first, second = work[i], work[i + LANES]
                for k in range(TERMS):
                    h = np.float64(w[i + k * LANES])
                    first += h
                    second += (np.float64(v[i + k * LANES]) - pivot) * h
                work[i], work[i + LANES] = first, second
            start += BLOCK
        while start + LANES <= stop:
            v, w = x[start : start + LANES], dy[start : start + LANES]
            for i in range(LANES):
                h = np.float64(w[i])
                work[i] += h
                work[i + LANES] += (np.float64(v[i]) - pivot) * h
            start += LANES
        for i in range(stop - start):
            h = np.float64(dy[start + i])
            work[i] += h
            work[i + LANES] += (np.float64(x[start + i]) - pivot) * h
        work[at + c], work[at + chunks + c] = fold_lanes(work, x.size)
    return fold(work, at, chunks), fold(work, at + chunks, chunks)


@compiled
def weighted_slab_products(dy, x, pivot, gamma, work):  # type: ignore[no-untyped-def]
    """The same with dy gamma for dy."""
    at, chunks = 2 * LANES, (x.size + CHUNK - 1) // CHUNK
    for c in range(chunks):
        start, stop = c * CHUNK, min(x.size, (c + 1) * CHUNK)
        for i in range(2 * LANES):
            work[i] = 0.0
        while start + BLOCK <= stop:
            v, w, weight = x[start : start + BLOCK], dy[start : start + BLOCK], gamma[start : start + BLOCK]
            for i in range(LANES):
                first, second = work[i], work[i + LANES]
                for k in range(TERMS):
                    h = np.float64(w[i + k * LANES]) * np.float64(weight[i + k * LANES])
                    first += h
                    second += (np.float64(v[i + k * LANES]) - pivot) * h
                work[i], work[i + LANES] = first, second
            start += BLOCK
        while start + LANES <= stop:
            v, w, weight = x[start : start + LANES], dy[start : start + LANES], gamma[start : start + LANES]
            for i in range(LANES):
                h = np.float64(w[i]) * np.float64(weight[i])
                work[i] += h
                work[i + LANES] += (np.float64(v[i]) - pivot) * h
            start += LANES
        for i in range(stop - start):
            h = np.float64(dy[start + i]) * np.float64(gamma[start + i])
            work[i] += h
            work[i + LANES] += (np.float64(x[start + i]) - pivot) * h
        work[at + c], work[at + chunks + c] = fold_lanes(work, x.size)
    return fold(work, at, chunks), fold(work, at + chunks, chunks)
