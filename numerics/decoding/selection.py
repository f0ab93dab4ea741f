"""The b best of an array of scores, in one pass over them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.arrays import Floats, as_count, as_floats, require_log_probabilities
from numerics.compiling import use_numba
from numerics.decoding.transitions import Indices, for_kernels

_BLOCK = 2048  # scores of which first only the maximum is looked at


class Selected(NamedTuple):
    """Where the best scores are, and what they are; best first."""

    rows: Indices
    columns: Indices
    values: Floats


def select_top(scores: ArrayLike, b: int) -> Selected:
    """The b greatest of s_ij; of equal ones first the lowest row, and there the lowest column.

    `scores` is (B, N), log-probabilities in nats. -inf, which is probability zero, is never selected.

    Returns Selected(rows, columns, values), each of length min(b, the number of scores that are not -inf), in
    the order of the values; equal values are in the order of their places. The values have the dtype of the
    scores.

    Raises NotFiniteError for NaN and +inf, with the position; ArgumentError for b < 0; ShapeError.

    A score can be among the b best only where its block has one of the b highest maxima; so the scores are
    read once, and few of them are compared with each other.

    >>> rows, columns, values = select_top([[-1.0, -3.0, -2.0], [-2.0, -9.0, -1.0]], 4)
    >>> rows, columns, values
    (array([0, 1, 0, 1]), array([0, 2, 2, 0]), array([-1., -1., -2., -2.]))

    Source: the selection step of beam search, as in Lowerre (1976), "The HARPY speech recognition system".
    """
    wanted = as_count("b", b)
    given = as_floats("scores", scores, shape=(None, None))
    flat = for_kernels(given).ravel()
    maxima = _block_maxima(flat)
    if not np.all(maxima < np.inf):  # a block with NaN has NaN for its maximum
        require_log_probabilities("scores", given)
    places = _best_places(flat, maxima, wanted)
    rows, columns = np.divmod(places, max(1, given.shape[1]))
    return Selected(rows, columns, given[rows, columns])


def _block_maxima(flat: Floats) -> Floats:
    """The maximum of each block, of which the last may be shorter; NaN where there is one in it."""
    whole = len(flat) // _BLOCK
    maxima = np.empty(-(-len(flat) // _BLOCK), dtype=flat.dtype)
    blocks = flat[: whole * _BLOCK].reshape(whole, _BLOCK)
    if use_numba(flat.size):
        from numerics.decoding import compiled_selection

        compiled_selection.block_maxima(blocks, maxima)
    else:
        np.maximum.reduce(blocks, axis=1, out=maxima[:whole])
    if whole < len(maxima):
        maxima[whole] = np.max(flat[whole * _BLOCK :])
    return maxima


def _best_places(flat: Floats, maxima: Floats, wanted: int) -> NDArray[np.intp]:
    """The places of the best scores, best first, the lowest place first where they are equal."""
    # Each of these blocks has a score that comes before all scores of the other blocks.
    chosen = _greatest(maxima, wanted)
    if not len(chosen):
        return chosen
    scores = np.concatenate([flat[block * _BLOCK : (block + 1) * _BLOCK] for block in chosen.tolist()])
    least = np.min(maxima[chosen]) if len(chosen) == wanted else -np.inf
    able = np.flatnonzero(scores >= least)
    able = able[_greatest(scores[able], wanted)]
    order = able[np.argsort(-scores[able], kind="stable")]
    best: NDArray[np.intp] = chosen[order // _BLOCK] * _BLOCK + order % _BLOCK
    return best


def _greatest(values: Floats, wanted: int) -> NDArray[np.intp]:
    """The places of the greatest that are not -inf, ascending; of equal values the first are taken."""
    if not wanted:
        return np.empty(0, dtype=np.intp)
    least = -np.inf
    if wanted < len(values):
        least = np.partition(values, len(values) - wanted)[len(values) - wanted]
    above = np.flatnonzero(values > least)
    if least == -np.inf:
        return above
    equal = np.flatnonzero(values == least)[: wanted - len(above)]
    return np.sort(np.concatenate([above, equal]))
