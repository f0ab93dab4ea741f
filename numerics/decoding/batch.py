"""Many sequences through the same dense transitions: each part of the matrix is read once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from numerics.arrays import Floats
from numerics.decoding.dense import Dense, Tiles, short_buffers
from numerics.decoding.lattice import ROOM, Part, no_path
from numerics.decoding.transitions import Scores, finish


@dataclass(frozen=True)
class Filled:
    """A lattice whose rows are all there."""

    rows: Scores

    @property
    def length(self) -> int:
        return len(self.rows)

    @property
    def final(self) -> Scores:
        final: Scores = self.rows[-1]
        return final

    def parts(self) -> Iterator[Part]:
        yield Part(0, self.rows, np.arange(len(self.rows)))


def batch_lattices(
    transitions: Dense, initial: Floats, emission: Floats, room: int = ROOM
) -> Iterator[Filled]:
    """The lattice of each sequence of the emissions (S, T, N), as many at a time as fit into `room` bytes."""
    count, length, n = emission.shape
    size = max(1, room // (8 * length * n))
    for start in range(0, count, size):
        part = emission[start : start + size]
        rows = np.empty(part.shape)
        for sequence, row in enumerate(rows[:, 0]):
            row[:] = initial
            if not finish(part[sequence, 0], row):
                raise no_path(1, start + sequence)
        _fill(transitions, part, rows, start)
        yield from map(Filled, rows)


def _fill(transitions: Dense, emission: Floats, rows: Scores, start: int) -> None:
    if transitions.numba:
        from numerics.decoding import compiled

        sequence, step = compiled.run_batch(transitions.matrix, emission, rows)
        if step:
            raise no_path(step + 1, start + sequence)
        return
    tiles = Tiles(transitions.matrix)
    with short_buffers(transitions.n):
        for step in range(1, rows.shape[1]):
            tiles.best_of_batch(rows[:, step - 1], rows[:, step])
            for sequence, row in enumerate(rows[:, step]):
                if not finish(emission[sequence, step], row):
                    raise no_path(step + 1, start + sequence)
