"""Exact pruning: a step which looks at few of the N² transitions, and knows that the others do not matter.

The sources are taken by falling score, as in the threshold algorithm. When those up to some score are done,
an entry a of target j from any other source gives at most bound + a, where `bound` is the highest score left.
So the best score of j is certain once it is at least bound + ceiling[j], where no entry of j that was not
looked at exceeds the ceiling. The ceilings are the highest entries of the columns; where that is not enough,
the few highest entries of every column are listed and looked at first, and the ceilings fall below them.
Rounding keeps the order of numbers, hence all this holds for floating-point sums, to the bit.

Source: Fagin, Lotem and Naor (2003), "Optimal aggregation algorithms for middleware", section 4.
"""

from __future__ import annotations

import numpy as np

from numerics.arrays import Floats
from numerics.decoding.dense import Dense
from numerics.decoding.shortlists import Shortlists, empty_lists, shortlists
from numerics.decoding.transitions import Indices, Scores, finish

_LEAST = 400  # states from which steps in parts are faster, by machine code
_LEAST_FOR_NUMPY = 2000
_FIRST = 16  # sources that are taken first; then four times as many, up to N / 8
_LONGEST_PAUSE = 64  # dense steps between two attempts
_WORTH_LISTING = 64  # steps that are left when the lists, which cost as much as 6 to 10 of them, are made


def pruned(dense: Dense, highest: Floats, steps: int) -> Dense | Pruned:
    """The transitions for so many steps, in parts where that may pay; `highest` is that of each column."""
    least = _LEAST if dense.numba else _LEAST_FOR_NUMPY
    return dense if dense.n < least else Pruned(dense, highest, steps)


class Pruned:
    """Dense transitions between at least 128 states, with steps in parts where those are certain.

    It learns from the steps it has made: when to try, and which entries to list.
    """

    def __init__(self, dense: Dense, highest: Floats, steps: int) -> None:
        self.dense = dense
        self._highest = highest
        self._lists = empty_lists(dense.matrix, highest)
        self._left = steps
        self._pause = 1
        self._failures = 0
        self._patience = 3  # failures before lists are made

    @property
    def n(self) -> int:
        return self.dense.n

    def incoming(self, target: int) -> tuple[None, Floats]:
        return self.dense.incoming(target)

    def trace(self, rows: Scores, which: Indices, state: int) -> Indices:
        return self.dense.trace(rows, which, state)

    def entries(self, sources: Indices, targets: Indices) -> Floats:
        return self.dense.entries(sources, targets)

    def run(self, before: Scores, emission: Floats | None, rows: Scores) -> int:
        given = np.empty((len(rows), 0)) if emission is None else emission
        self._left -= len(rows)
        filled = 0
        while True:
            start = before if filled == 0 else rows[filled - 1]
            pruned, gave_up = self._prune(start, given[filled:], rows[filled:])
            filled += pruned
            if not gave_up:
                return filled
            stop = min(len(rows), filled + self._pause_after(pruned))
            start = before if filled == 0 else rows[filled - 1]
            part = None if emission is None else emission[filled:stop]
            wanted, done = stop - filled, self.dense.run(start, part, rows[filled:stop])
            filled += done
            if done < wanted or filled == len(rows):
                return filled
            self._learn(rows[filled - 1], given[filled - 1], self._left + len(rows) - filled)

    def _pause_after(self, pruned: int) -> int:
        """Attempts that fail are made ever more rarely, so that they never cost much."""
        self._pause = 1 if pruned > self._pause else min(2 * self._pause, _LONGEST_PAUSE)
        return self._pause

    def _learn(self, row: Scores, emission: Floats, left: int) -> None:
        """Lists the entries that would have been needed, if that may pay."""
        self._failures += 1
        if self._failures < self._patience or left < _WORTH_LISTING:
            return
        self._failures, self._patience = 0, 2 * self._patience
        with np.errstate(invalid="ignore"):  # an impossible emission hides the best score: NaN, not used
            usual = row - emission if emission.size else row
        self._lists = empty_lists(self.dense.matrix, self._highest)  # the old ones make room for the new
        self._lists = shortlists(self.dense.matrix, self._highest, usual, self.dense.numba)

    def _prune(self, before: Scores, emission: Floats, rows: Scores) -> tuple[int, bool]:
        """Steps while they are certain: how many, and whether the next one is left to the dense step."""
        if self.dense.numba:
            from numerics.decoding import compiled_pruning

            filled, gave_up = compiled_pruning.run_pruned(
                self.dense.matrix, tuple(self._lists), _FIRST, before, emission, rows
            )
            return int(filled), bool(gave_up)
        for t, out in enumerate(rows):
            if not _step(self.dense.matrix, self._lists, before, out):
                return t, True
            if not finish(emission[t] if emission.size else None, out):
                return t, False
            before = out
        return len(rows), False


def _step(matrix: Floats, lists: Shortlists, delta: Scores, out: Scores) -> bool:
    """out[j] = the maximum over all i of delta[i] + matrix[i, j]; False where it is not certain."""
    n = len(delta)
    _best_of_lists(lists, delta, out)
    order = np.argsort(-delta, kind="stable")
    done, end = 0, _FIRST
    while True:
        _raise_by_rows(matrix, delta, order[done:end], out)
        done = end
        unsure = np.flatnonzero(delta[order[done]] + lists.ceiling > out)
        if len(unsure) <= max(n // 32, min(2 * done, n // 8)):
            _raise_unsure(matrix, delta, order[done:], lists.ceiling, unsure, out)
            return True
        if done == n // 8:
            return False
        end = min(4 * done, n // 8)


def _best_of_lists(lists: Shortlists, delta: Scores, out: Scores) -> None:
    out.fill(-np.inf)
    listed = np.flatnonzero(lists.starts[1:] > lists.starts[:-1])
    if len(listed):
        scores = delta[lists.sources]
        scores += lists.entries
        out[listed] = np.maximum.reduceat(scores, lists.starts[listed])


def _raise_by_rows(matrix: Floats, delta: Scores, order: Indices, out: Scores) -> None:
    height = max(1, len(out) // 128)  # rows copied at a time, a small part of the matrix
    for start in range(0, len(order), height):
        part = order[start : start + height]
        scores = matrix[part].astype(np.float64, copy=False)
        scores += delta[part, None]
        np.maximum(out, np.maximum.reduce(scores, axis=0), out=out)


def _raise_unsure(
    matrix: Floats, delta: Scores, order: Indices, ceiling: Scores, unsure: Indices, out: Scores
) -> None:
    """Finishes the few targets which a source that was not looked at may still improve."""
    height = len(out) // 32
    for start in range(0, len(order), height):
        part = order[start : start + height]
        unsure = unsure[delta[part[0]] + ceiling[unsure] > out[unsure]]
        if not len(unsure):
            return
        scores = matrix[np.ix_(part, unsure)] + delta[part, None]
        out[unsure] = np.maximum(out[unsure], scores.max(axis=0))
