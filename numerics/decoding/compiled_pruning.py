"""`pruning` and `shortlists` as machine code: imported only where numba is installed."""

from __future__ import annotations

import numpy as np

from numerics.compiling import compiled
from numerics.decoding.compiled import best_of_entries, finish, raise_by_sources

# Sources are ordered by bins of |score|, 32 to each power of two from 2^-8 to 2^12; in between by index.
# The bits of a float, read as an integer, ascend with it.
_SIGN = 0x7FFFFFFFFFFFFFFF
_SHIFT = 47  # 52 bits of mantissa, of which five are kept
_FIRST = (1023 - 8) << 5
_BINS = 20 << 5


@compiled
def run_pruned(matrix, lists, first, before, emission, rows):  # type: ignore[no-untyped-def]
    """As `Pruned._prune`: the number of rows filled, and whether the next one is left to the dense step."""
    n = matrix.shape[0]
    bins, order = np.empty(n, np.int64), np.empty(n, np.int64)
    ends, tops = np.empty(_BINS + 1, np.int64), np.empty(_BINS)
    for t in range(rows.shape[0]):
        delta = before if t == 0 else rows[t - 1]
        order_by_score(delta, bins, ends, tops, order)
        if not best_of_few(matrix, lists, first, delta, bins, tops, order, rows[t]):
            return t, True
        if not finish(emission[t], rows[t]):
            return t, False
    return rows.shape[0], False


@compiled
def order_by_score(delta, bins, ends, tops, order):  # type: ignore[no-untyped-def]
    """The sources by falling bin of score, and the highest score of each bin."""
    ends[:] = 0
    tops[:] = -np.inf
    bits = delta.view(np.int64)
    for i in range(delta.shape[0]):
        b = ((bits[i] & _SIGN) >> _SHIFT) - _FIRST
        b = min(max(b, 0), _BINS - 1)
        bins[i] = b
        ends[b + 1] += 1
        tops[b] = max(tops[b], delta[i])
    for b in range(_BINS):
        ends[b + 1] += ends[b]
    for i in range(delta.shape[0]):
        b = bins[i]
        order[ends[b]] = i
        ends[b] += 1


@compiled
def best_of_few(matrix, lists, first, delta, bins, tops, order, out):  # type: ignore[no-untyped-def]
    """As `Pruned._step`."""
    ceiling, starts, sources, entries = lists
    n = out.shape[0]
    if entries.shape[0] > 0:
        best_of_entries(entries, sources, starts, delta, out)
    else:
        out[:] = -np.inf
    done, end = 0, first
    while True:
        raise_by_sources(matrix, delta, order[done:end], 0, n, out)
        done = end
        bound = tops[bins[order[done]]]
        unsure = 0
        for j in range(n):
            unsure += 1 if bound + ceiling[j] > out[j] else 0
        if unsure == 0:
            return True
        if unsure <= max(n // 32, min(2 * done, n // 8)):
            raise_unsure(matrix, delta, order[done:], ceiling, bound, unsure, out)
            return True
        if done == n // 8:
            return False
        end = min(4 * done, n // 8)


@compiled
def raise_unsure(matrix, delta, sources, ceiling, bound, unsure, out):  # type: ignore[no-untyped-def]
    """Finishes the few targets which a source that was not looked at may still improve."""
    targets = np.empty(unsure, np.int64)
    ceilings, bests = np.empty(unsure), np.empty(unsure)
    at = 0
    for j in range(out.shape[0]):
        if bound + ceiling[j] > out[j]:
            targets[at], ceilings[at], bests[at] = j, ceiling[j], out[j]
            at += 1
    for i in sources:
        d = delta[i]
        may_improve = 0
        for at in range(unsure):
            may_improve += 1 if d + ceilings[at] > bests[at] else 0
        if may_improve > 0:
            row = matrix[i]
            for at in range(unsure):
                score = d + row[targets[at]]
                bests[at] = score if score > bests[at] else bests[at]
    for at in range(unsure):
        out[targets[at]] = bests[at]


@compiled
def count_above(matrix, ceiling, counts):  # type: ignore[no-untyped-def]
    """Adds to counts[j] how many entries of column j are above its ceiling."""
    for i in range(matrix.shape[0]):
        row = matrix[i]
        for j in range(row.shape[0]):
            counts[j] += 1 if row[j] > ceiling[j] else 0


@compiled
def list_above(matrix, ceiling, at, sources, entries):  # type: ignore[no-untyped-def]
    """Writes those entries of column j, and their rows, from at[j] on."""
    for i in range(matrix.shape[0]):
        row = matrix[i]
        for j in range(row.shape[0]):
            if row[j] > ceiling[j]:
                sources[at[j]] = i
                entries[at[j]] = row[j]
                at[j] += 1
