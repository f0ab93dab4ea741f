"""The best scores of all states at all steps, in bounded memory.

A long chain is cut into blocks. Only the first row of each block is kept, and the block is worked out again
when the path is traced back through it: twice the time for the square root of the memory, only where the rows
would not fit. A homogeneous chain whose scores come back to what they were p steps ago, to the bit, repeats
itself from there on, and is not followed any further.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from numerics.arrays import Floats
from numerics.decoding.transitions import Indices, Scores, Transitions, finish
from numerics.errors import NoPathError

#: Bytes of scores kept at once.
ROOM = 2**28

_FIRST_LOOK = 32  # steps before a homogeneous chain is first looked at for a repetition


class Part(NamedTuple):
    """Steps `start`, `start` + 1, ... of the chain, from 0; the scores of the l-th are rows[which[l]]."""

    start: int
    rows: Scores
    which: Indices


class Lattice:
    """The scores of a chain of `length` steps (at least 1), whose first row is `initial` plus emission."""

    def __init__(
        self,
        transitions: Transitions,
        initial: Floats,
        emission: Floats | None,
        length: int,
        room: int = ROOM,  # bytes
    ) -> None:
        self._transitions = transitions
        self._emission = emission
        self._length = length
        rows_in_room = max(2, room // (8 * transitions.n))
        self._height = length if length <= rows_in_room else rows_in_room // 2
        first = initial.astype(np.float64)
        if not finish(None if emission is None else emission[0], first):
            raise no_path(1)
        self._firsts = [first]
        self._last = self._block(0)
        while (start := self._last.start + len(self._last.which)) < length:
            first = np.empty_like(first)
            self._run(start, self._last.rows[-1], first[None])
            self._firsts.append(first)
            self._last = self._block(len(self._firsts) - 1)

    @property
    def length(self) -> int:
        return self._length

    @property
    def final(self) -> Scores:
        """The scores of the states at the last step."""
        final: Scores = self._last.rows[self._last.which[-1]]
        return final

    def parts(self) -> Iterator[Part]:
        """The blocks, from the last to the first."""
        yield self._last
        for block in range(len(self._firsts) - 2, -1, -1):
            yield self._block(block)

    def _block(self, block: int) -> Part:
        start = block * self._height
        rows = np.empty((min(self._height, self._length - start), self._transitions.n))
        rows[0] = self._firsts[block]
        if self._emission is None:
            return self._until_it_repeats(start, rows)
        self._run(start + 1, rows[0], rows[1:])
        return Part(start, rows, np.arange(len(rows)))

    def _until_it_repeats(self, start: int, rows: Scores) -> Part:
        """Brent's way: the rows that follow are compared with one that is moved up at growing distances."""
        anchor, end = 0, 1
        while end < len(rows):
            stop = min(len(rows), max(end + _FIRST_LOOK, 2 * end))
            self._run(start + end, rows[end - 1], rows[end:stop])
            period = _first_equal(rows[anchor + 1 : stop], rows[anchor])
            if period:
                which = np.arange(self._length - start)
                which[anchor:] = anchor + (which[anchor:] - anchor) % period
                return Part(start, rows[: anchor + period], which)
            anchor, end = stop - 1, stop
        return Part(start, rows, np.arange(len(rows)))

    def _run(self, start: int, before: Scores, rows: Scores) -> None:
        emission = None if self._emission is None else self._emission[start : start + len(rows)]
        filled = self._transitions.run(before, emission, rows)
        if filled < len(rows):
            raise no_path(start + filled + 1)


def _first_equal(rows: Scores, row: Scores) -> int:
    """The place of the first row that equals this one, counted from 1, or 0."""
    for at in np.flatnonzero(rows[:, 0] == row[0]):
        if np.array_equal(rows[at], row):
            return int(at) + 1
    return 0


def no_path(step: int, sequence: int | None = None) -> NoPathError:
    """The error for a step, counted from 1, of a chain or of a sequence of a batch."""
    where = f"step {step}" if sequence is None else f"step {step} of sequence {sequence}"
    return NoPathError(f"no path: at {where} every state has probability zero", step)
