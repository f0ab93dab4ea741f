"""Steps over the stored transitions alone: a sparse matrix, or its diagonals where they are a band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.arrays import Floats, as_floats, require_log_probabilities
from numerics.compiling import use_numba
from numerics.decoding.transitions import Indices, Scores, run_steps, trace_steps
from numerics.errors import NotFiniteError, ShapeError

_LARGEST_TILE = 2**20  # bytes

#: A band is used where its diagonals have at most this many entries for each one that is stored.
_BAND_WASTE = 1.5


@dataclass(frozen=True)
class Sparse:
    """Stored entries column by column: those into j are `starts[j]` to `starts[j + 1]`, sources ascending."""

    data: Floats
    indices: Indices
    starts: Indices
    numba: bool

    @property
    def n(self) -> int:
        return len(self.starts) - 1

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.data.dtype

    def run(self, before: Scores, emission: Floats | None, rows: Scores) -> int:
        if self.numba:
            from numerics.decoding import compiled

            given = np.empty((len(rows), 0)) if emission is None else emission
            return int(compiled.run_sparse(self.data, self.indices, self.starts, before, given, rows))
        return run_steps(Columns(self).best, before, emission, rows)

    def incoming(self, target: int) -> tuple[Indices, Floats]:
        stored = slice(self.starts[target], self.starts[target + 1])
        return self.indices[stored], self.data[stored]

    def trace(self, rows: Scores, which: Indices, state: int) -> Indices:
        if self.numba:
            from numerics.decoding import compiled

            states = np.empty(len(which), dtype=np.intp)
            compiled.trace_sparse(self.data, self.indices, self.starts, rows, which, state, states)
            return states
        return trace_steps(self, rows, which, state)

    def entries(self, sources: Indices, targets: Indices) -> Floats:
        columns = np.repeat(np.arange(self.n), np.diff(self.starts))
        return self.data[np.searchsorted(columns * self.n + self.indices, targets * self.n + sources)]


class Columns:
    """NumPy's step over stored entries; made once for many steps."""

    def __init__(self, matrix: Sparse) -> None:
        self._matrix = matrix
        self._filled = np.flatnonzero(np.diff(matrix.starts))
        self._starts = matrix.starts[self._filled]
        self._scores = np.empty(len(matrix.data))

    def best(self, delta: Scores, out: Scores) -> None:
        np.take(delta, self._matrix.indices, out=self._scores, mode="clip")  # "raise" would copy
        self._scores += self._matrix.data
        out.fill(-np.inf)
        if len(self._filled):
            out[self._filled] = np.maximum.reduceat(self._scores, self._starts)


@dataclass(frozen=True)
class Banded:
    """The same entries as diagonals: `diagonals[d, j]` is that from j + lowest + d to j, -inf where none is.

    The main diagonal is among them, so that `lowest` is not positive and every source has its place.
    """

    stored: Sparse
    diagonals: Floats
    lowest: int

    @property
    def n(self) -> int:
        return self.stored.n

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.stored.dtype

    def run(self, before: Scores, emission: Floats | None, rows: Scores) -> int:
        height, n = self.diagonals.shape
        padded = np.full(height + n - 1, -np.inf)
        inner = padded[-self.lowest :][:n]
        if self.stored.numba:
            from numerics.decoding import compiled

            inner[:] = before
            given = np.empty((len(rows), 0)) if emission is None else emission
            return int(compiled.run_banded(self.diagonals, padded, -self.lowest, given, rows))
        tile = max(1, _LARGEST_TILE // (8 * n))
        windows = np.lib.stride_tricks.sliding_window_view(padded, n)
        scores = np.empty((min(tile, height), n))

        def step(delta: Scores, out: Scores) -> None:
            inner[:] = delta
            out.fill(-np.inf)
            for d in range(0, height, tile):
                part = self.diagonals[d : d + tile]
                np.add(part, windows[d : d + tile], out=scores[: len(part)])
                np.maximum(out, np.maximum.reduce(scores[: len(part)], axis=0), out=out)

        return run_steps(step, before, emission, rows)

    def incoming(self, target: int) -> tuple[Indices, Floats]:
        return self.stored.incoming(target)

    def trace(self, rows: Scores, which: Indices, state: int) -> Indices:
        return self.stored.trace(rows, which, state)

    def entries(self, sources: Indices, targets: Indices) -> Floats:
        return self.stored.entries(sources, targets)


def from_scipy(name: str, given: Any, n: int, steps: int) -> Sparse | Banded:
    """Transitions from a SciPy sparse matrix; an entry which is not stored is -inf, the logarithm of zero."""
    if tuple(given.shape) != (n, n):
        raise ShapeError(f"{name}: its shape is {tuple(given.shape)}; needed is ({n}, {n})")
    columns = given.tocsc(copy=True)
    columns.sum_duplicates()
    data = as_floats(name, columns.data)
    _require_entries(name, data, columns)
    stored = Sparse(
        data,
        columns.indices.astype(np.intp),
        columns.indptr.astype(np.intp),
        use_numba(len(data) * steps),
    )
    return _as_band(stored) or stored


def _require_entries(name: str, data: Floats, columns: Any) -> None:
    """Raises NotFiniteError where a stored entry is NaN or +inf, with its row and column."""
    try:
        require_log_probabilities(name, data)
    except NotFiniteError as error:
        (at,) = error.position
        row, column = int(columns.indices[at]), int(np.searchsorted(columns.indptr, at, side="right")) - 1
        raise NotFiniteError(
            f"{name}[{row}, {column}] is {data[at]}; needed is a finite number or -inf", (row, column)
        ) from None


def _as_band(stored: Sparse) -> Banded | None:
    """The entries as diagonals, where these are few."""
    targets = np.repeat(np.arange(stored.n), np.diff(stored.starts))
    offsets = stored.indices - targets
    lowest, highest = min(0, offsets.min(initial=0)), max(0, offsets.max(initial=0))
    height = int(highest - lowest) + 1
    if height * stored.n > _BAND_WASTE * len(stored.data):
        return None
    diagonals = np.full((height, stored.n), -np.inf, dtype=stored.data.dtype)
    diagonals[offsets - lowest, targets] = stored.data
    return Banded(stored, diagonals, int(lowest))
