"""The steps of Viterbi decoding as machine code: imported only where numba is installed.

Each does what its NumPy counterpart in `dense` or `sparse` does: one addition, then a maximum.
Neither depends on an order, so the results agree to the bit. Eight source rows are taken at a time, since the
best scores are then read and written once for eight transitions.
"""

from __future__ import annotations

import numpy as np

from numerics.compiling import compiled

_TILE = 512  # destinations whose best scores, with eight rows of transitions, stay in the first cache


@compiled
def raise_by_sources(matrix, delta, sources, left, right, out):  # type: ignore[no-untyped-def]
    """out is raised to the maximum over the sources i of delta[i] + matrix[i, j]; j is from left to right."""
    # Rows first, then their parts: a part of a matrix is not known to be contiguous, and not vectorised.
    n = right - left
    at = 0
    while at + 8 <= sources.shape[0]:
        i0, i1, i2, i3 = sources[at], sources[at + 1], sources[at + 2], sources[at + 3]
        i4, i5, i6, i7 = sources[at + 4], sources[at + 5], sources[at + 6], sources[at + 7]
        a0, a1, a2, a3 = matrix[i0][left:], matrix[i1][left:], matrix[i2][left:], matrix[i3][left:]
        a4, a5, a6, a7 = matrix[i4][left:], matrix[i5][left:], matrix[i6][left:], matrix[i7][left:]
        d0, d1, d2, d3 = delta[i0], delta[i1], delta[i2], delta[i3]
        d4, d5, d6, d7 = delta[i4], delta[i5], delta[i6], delta[i7]
        for j in range(n):
            best = out[j]
            score = d0 + a0[j]
            best = score if score > best else best
            score = d1 + a1[j]
            best = score if score > best else best
            score = d2 + a2[j]
            best = score if score > best else best
            score = d3 + a3[j]
            best = score if score > best else best
            score = d4 + a4[j]
            best = score if score > best else best
            score = d5 + a5[j]
            best = score if score > best else best
            score = d6 + a6[j]
            best = score if score > best else best
            score = d7 + a7[j]
            best = score if score > best else best
            out[j] = best
        at += 8
    while at < sources.shape[0]:
        row = matrix[sources[at]][left:]
        d = delta[sources[at]]
        for j in range(n):
            score = d + row[j]
            out[j] = score if score > out[j] else out[j]
        at += 1


@compiled
def maximum(values):  # type: ignore[no-untyped-def]
    """The largest value; four running maxima, for one would wait for itself at each comparison."""
    a = b = c = d = -np.inf
    n = values.shape[0]
    i = 0
    while i + 4 <= n:
        a = values[i] if values[i] > a else a
        b = values[i + 1] if values[i + 1] > b else b
        c = values[i + 2] if values[i + 2] > c else c
        d = values[i + 3] if values[i + 3] > d else d
        i += 4
    while i < n:
        a = values[i] if values[i] > a else a
        i += 1
    a = b if b > a else a
    c = d if d > c else c
    return c if c > a else a


@compiled
def finish(emission, out):  # type: ignore[no-untyped-def]
    """Adds the emission, then takes the best score from all. False where no state is possible."""
    if emission.shape[0] > 0:
        for j in range(out.shape[0]):
            out[j] += emission[j]
    top = maximum(out)
    if top == -np.inf:
        return False
    for j in range(out.shape[0]):
        out[j] -= top
    return True


@compiled
def run_dense(matrix, before, emission, rows):  # type: ignore[no-untyped-def]
    """Fills the rows of a lattice one after another; the number of rows which have a possible state."""
    n = matrix.shape[0]
    every = np.arange(n)
    for t in range(rows.shape[0]):
        rows[t] = -np.inf
        raise_by_sources(matrix, before if t == 0 else rows[t - 1], every, 0, n, rows[t])
        if not finish(emission[t], rows[t]):
            return t
    return rows.shape[0]


@compiled
def trace_dense(matrix, rows, which, state, states):  # type: ignore[no-untyped-def]
    """Fills the states before `state`, from the last to the first; the lowest source wins a tie."""
    for t in range(which.shape[0] - 1, -1, -1):
        delta = rows[which[t]]
        best = -np.inf
        source = 0
        for i in range(delta.shape[0]):
            score = delta[i] + matrix[i, state]
            if score > best:
                best = score
                source = i
        state = source
        states[t] = state


@compiled
def run_sparse(data, indices, starts, before, emission, rows):  # type: ignore[no-untyped-def]
    """`run_dense` over stored entries, column by column: those of j are starts[j] to starts[j + 1]."""
    for t in range(rows.shape[0]):
        best_of_entries(data, indices, starts, before if t == 0 else rows[t - 1], rows[t])
        if not finish(emission[t], rows[t]):
            return t
    return rows.shape[0]


@compiled
def best_of_entries(data, indices, starts, delta, out):  # type: ignore[no-untyped-def]
    """out[j] = the maximum of delta[i] + entry over the stored entries of column j."""
    for j in range(out.shape[0]):
        a = b = c = d = -np.inf
        at = starts[j]
        end = starts[j + 1]
        while at + 4 <= end:
            score = delta[indices[at]] + data[at]
            a = score if score > a else a
            score = delta[indices[at + 1]] + data[at + 1]
            b = score if score > b else b
            score = delta[indices[at + 2]] + data[at + 2]
            c = score if score > c else c
            score = delta[indices[at + 3]] + data[at + 3]
            d = score if score > d else d
            at += 4
        while at < end:
            score = delta[indices[at]] + data[at]
            a = score if score > a else a
            at += 1
        a = b if b > a else a
        c = d if d > c else c
        out[j] = c if c > a else a


@compiled
def trace_sparse(data, indices, starts, rows, which, state, states):  # type: ignore[no-untyped-def]
    """`trace_dense` over stored entries, whose sources ascend."""
    for t in range(which.shape[0] - 1, -1, -1):
        delta = rows[which[t]]
        best = -np.inf
        source = 0
        for at in range(starts[state], starts[state + 1]):
            score = delta[indices[at]] + data[at]
            if score > best:
                best = score
                source = indices[at]
        state = source
        states[t] = state


@compiled
def run_banded(diagonals, padded, start, emission, rows):  # type: ignore[no-untyped-def]
    """`run_dense` over diagonals; `padded` has the scores before from `start` on, and -inf on both sides."""
    n = rows.shape[1]
    for t in range(rows.shape[0]):
        best_of_diagonals(diagonals, padded, rows[t])
        if not finish(emission[t], rows[t]):
            return t
        padded[start : start + n] = rows[t]
    return rows.shape[0]


@compiled
def best_of_diagonals(diagonals, padded, out):  # type: ignore[no-untyped-def]
    """out[j] = the maximum over d of padded[j + d] + diagonals[d, j]."""
    out[:] = -np.inf
    n = out.shape[0]
    d = 0
    while d + 4 <= diagonals.shape[0]:
        a0, a1, a2, a3 = diagonals[d], diagonals[d + 1], diagonals[d + 2], diagonals[d + 3]
        p0, p1, p2, p3 = padded[d:], padded[d + 1 :], padded[d + 2 :], padded[d + 3 :]
        for j in range(n):
            best = out[j]
            score = p0[j] + a0[j]
            best = score if score > best else best
            score = p1[j] + a1[j]
            best = score if score > best else best
            score = p2[j] + a2[j]
            best = score if score > best else best
            score = p3[j] + a3[j]
            best = score if score > best else best
            out[j] = best
        d += 4
    while d < diagonals.shape[0]:
        for j in range(n):
            score = padded[d + j] + diagonals[d, j]
            out[j] = score if score > out[j] else out[j]
        d += 1


@compiled
def step_batch(matrix, every, rows, t):  # type: ignore[no-untyped-def]
    """The best scores of step t of all sequences."""
    n = matrix.shape[0]
    rows[:, t] = -np.inf
    for i in range(0, n, 8):
        sources = every[i : i + 8]
        for left in range(0, n, _TILE):
            right = min(n, left + _TILE)
            for s in range(rows.shape[0]):
                raise_by_sources(matrix, rows[s, t - 1], sources, left, right, rows[s, t][left:])


@compiled
def run_batch(matrix, emission, rows):  # type: ignore[no-untyped-def]
    """Fills the steps of all sequences; the sequence and step without a possible state, or 0, 0."""
    every = np.arange(matrix.shape[0])
    for t in range(1, rows.shape[1]):
        step_batch(matrix, every, rows, t)
        for s in range(rows.shape[0]):
            if not finish(emission[s, t], rows[s, t]):
                return s, t
    return 0, 0
