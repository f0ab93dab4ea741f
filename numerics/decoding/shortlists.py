"""For every target the few sources with its highest entries, found in one pass over the matrix."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.arrays import Floats
from numerics.decoding.transitions import Scores

#: The entries that are listed, as a share of the matrix; with their sources they take 2 to 3 % of its memory.
SHARE = 0.015

_SAMPLE = 16  # rows from which the ceilings are chosen
_BLOCKS = 64  # parts of the matrix that NumPy looks at one after another, to bound the memory


class Shortlists(NamedTuple):
    """Entries starts[j] to starts[j + 1] are those of target j; no other entry of j exceeds ceiling[j]."""

    ceiling: Scores
    starts: NDArray[np.int64]
    sources: NDArray[np.int32]
    entries: Floats


def empty_lists(matrix: Floats, highest: Floats) -> Shortlists:
    """Lists without entries: the ceiling of a target is its highest entry."""
    n = len(matrix)
    return Shortlists(
        highest.astype(np.float64),
        np.zeros(n + 1, dtype=np.int64),
        np.empty(0, dtype=np.int32),
        np.empty(0, dtype=matrix.dtype),
    )


def shortlists(matrix: Floats, highest: Floats, usual: Scores, numba: bool) -> Shortlists:
    """Lists for targets whose best scores differ as those of `usual` do; only differences matter.

    A ceiling is the best score minus a margin, the same for all targets, since a list is enough for a step
    where the best score is not below the ceiling plus the highest score of an unlisted source.
    """
    nothing = empty_lists(matrix, highest)
    ceiling = _ceiling(matrix, nothing.ceiling, usual)
    counts = np.zeros(len(matrix), dtype=np.int64)
    if numba:
        from numerics.decoding import compiled_pruning

        compiled_pruning.count_above(matrix, ceiling, counts)
    else:
        for _, block in _blocks(matrix):
            counts += np.count_nonzero(block > ceiling, axis=0)
    starts = np.concatenate([[0], np.cumsum(counts)])
    total = int(starts[-1])
    if total > 2 * SHARE * matrix.size:  # the sample was not like the rest
        return nothing
    lists = Shortlists(ceiling, starts, np.empty(total, np.int32), np.empty(total, matrix.dtype))
    if numba:
        compiled_pruning.list_above(matrix, ceiling, starts[:-1].copy(), lists.sources, lists.entries)
    else:
        _list_above(matrix, lists)
    return lists


def _ceiling(matrix: Floats, highest: Scores, usual: Scores) -> Scores:
    """The best scores minus the margin that leaves `SHARE` of the sampled entries above."""
    rows = np.linspace(0, len(matrix) - 1, _SAMPLE).astype(np.intp)
    known = np.isfinite(usual)
    below = usual[known] - matrix[np.ix_(rows, known)]
    place = int(SHARE * len(rows) * len(matrix))
    if place >= below.size:
        return highest
    margin = np.partition(below, place, axis=None)[place]
    return np.minimum(np.where(known, usual - margin, np.inf), highest)


def _blocks(matrix: Floats) -> Any:
    height = -(-len(matrix) // _BLOCKS)
    return ((start, matrix[start : start + height]) for start in range(0, len(matrix), height))


def _list_above(matrix: Floats, lists: Shortlists) -> None:
    at = lists.starts[:-1].copy()
    for start, block in _blocks(matrix):
        targets, rows = np.nonzero((block > lists.ceiling).T)
        counts = np.bincount(targets, minlength=len(at))
        first = np.cumsum(counts) - counts  # of each target, among those of this block
        place = (at - first)[targets] + np.arange(len(targets))
        lists.sources[place] = rows + start
        lists.entries[place] = block[rows, targets]
        at += counts
