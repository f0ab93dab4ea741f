"""A step over all N² transitions, by machine code or by NumPy in tiles which stay in the cache."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from numerics.arrays import Floats
from numerics.decoding.transitions import Indices, Scores, run_steps, trace_steps

_SMALLEST_TILE = 2**19  # bytes; below, the calls cost more than the sums
_LARGEST_TILE = 2**20
_TILES_AT_ONCE = 16  # whose best scores are kept, to be compared at once


@dataclass(frozen=True)
class Dense:
    """Transitions as an array of float32 or float64 in C order; `numba` says who does the steps."""

    matrix: Floats
    numba: bool

    @property
    def n(self) -> int:
        return len(self.matrix)

    @property
    def dense(self) -> Dense:
        return self

    def run(self, before: Scores, emission: Floats | None, rows: Scores) -> int:
        if self.numba:
            from numerics.decoding import compiled

            given = np.empty((len(rows), 0)) if emission is None else emission
            return int(compiled.run_dense(self.matrix, before, given, rows))
        tiles = Tiles(self.matrix)
        with short_buffers(self.n):
            return run_steps(tiles.best, before, emission, rows)

    def incoming(self, target: int) -> tuple[None, Floats]:
        return None, self.matrix[:, target]

    def trace(self, rows: Scores, which: Indices, state: int) -> Indices:
        if self.numba:
            from numerics.decoding import compiled

            states = np.empty(len(which), dtype=np.intp)
            compiled.trace_dense(self.matrix, rows, which, state, states)
            return states
        return trace_steps(self, rows, which, state)

    def entries(self, sources: Indices, targets: Indices) -> Floats:
        return self.matrix[sources, targets]


class Tiles:
    """The matrix cut into runs of source rows, and the room for their scores; made once for many steps."""

    def __init__(self, matrix: Floats) -> None:
        n = len(matrix)
        size = min(_LARGEST_TILE, max(_SMALLEST_TILE, matrix.nbytes // 32))
        height = max(1, min(n, size // (8 * n)))
        self._tiles = [(slice(i, i + height), matrix[i : i + height]) for i in range(0, n, height)]
        self._scores = np.empty((height, n))
        self._best = np.empty((min(len(self._tiles), _TILES_AT_ONCE), n))

    def best(self, delta: Scores, out: Scores) -> None:
        """out[j] = the maximum over i of delta[i] + matrix[i, j]."""
        out.fill(-np.inf)
        for start in range(0, len(self._tiles), _TILES_AT_ONCE):
            tiles = self._tiles[start : start + _TILES_AT_ONCE]
            for (rows, tile), best in zip(tiles, self._best, strict=False):
                scores = self._scores[: len(tile)]
                np.add(tile, delta[rows, None], out=scores)
                np.maximum.reduce(scores, axis=0, out=best)
            np.maximum(out, np.maximum.reduce(self._best[: len(tiles)], axis=0), out=out)

    def best_of_batch(self, deltas: Scores, outs: Scores) -> None:
        """`best` for many sequences; each tile is read once for all of them."""
        outs.fill(-np.inf)
        for rows, tile in self._tiles:
            scores, best = self._scores[: len(tile)], self._best[0]
            for delta, out in zip(deltas, outs, strict=True):
                np.add(tile, delta[rows, None], out=scores)
                np.maximum(out, np.maximum.reduce(scores, axis=0, out=best), out=out)


@contextmanager
def short_buffers(n: int) -> Iterator[None]:
    """Keeps NumPy from copying the broadcast scores through a buffer, as it does for rows shorter than one.

    Measured on NumPy 2.4: the sum takes 0.37 ns an entry with the default of 8192 and 0.20 with this.
    """
    if not 256 <= n <= 8192:
        yield
        return
    before = np.setbufsize((n - 1) // 16 * 16)
    try:
        yield
    finally:
        np.setbufsize(before)
