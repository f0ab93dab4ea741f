"""All sequences, one after another: the measure of the other ways of decoding, for small sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.arrays import Floats, as_count
from numerics.decoding.chain import Decoded
from numerics.decoding.models import Model, next_words
from numerics.decoding.sums import exact_sum
from numerics.decoding.transitions import Indices
from numerics.errors import ArgumentError, ElementTypeError, NoPathError, ShapeError

_AT_ONCE = 2**14  # prefixes that are asked for together, to bound the memory


def exhaustive(model: Model, length: int, *, k: int = 1) -> Decoded:
    """The k sequences of the greatest log p(w_1 … w_T) among all N^T of them.

    `model` maps prefixes (B, t), words numbered from 0, to log-probabilities (B, N) in nats; `length` is T.
    Returns Decoded(states, log_prob): (T,) and a scalar for k = 1, otherwise (K, T) and (K,), best first,
    where K <= k is the number of sequences whose probability is not zero. Probabilities are compared exactly;
    equal ones are in the order of their last word, then of the one before, and so on, as in `viterbi`.

    Raises NoPathError where every sequence has probability zero; its `step`, counted from 1, is the first at
    which no prefix is left. ShapeError, ElementTypeError and NotFiniteError for what the model returns;
    ArgumentError for `length` and `k`. Takes time N^T.

    >>> from numerics.decoding import tree_model
    >>> tree = tree_model({"the": -0.5, "a": -1.0, "the cat": -2.0, "a dog": -0.25})
    >>> best = exhaustive(tree, 2)
    >>> tree.text(best.states), float(best.log_prob)
    ('a dog', -1.25)
    """
    length, k = as_count("length", length), as_count("k", k, least=1)
    search = _Search(model, length)
    kept = _Prefixes(np.empty((0, length), dtype=np.intp), np.empty((0, length)))
    for found in search.sequences(_Prefixes(np.empty((1, 0), dtype=np.intp), np.empty((1, 0)))):
        kept = kept.joined(found).contenders(k)
        if len(kept.states) > 2 * k + _AT_ONCE:  # many are equally probable: only their order decides
            kept = kept.at(kept.in_order()[:k])
    if not len(kept.states):
        step = search.longest + 1
        raise NoPathError(f"no path: at step {step} every word after every prefix has probability zero", step)
    best = kept.at(kept.in_order()[:k])
    log_prob = np.array([exact_sum(row, search.dtype) for row in best.terms], dtype=search.dtype)
    return Decoded(best.states[0], log_prob[0]) if k == 1 else Decoded(best.states, log_prob)


def sequence_log_prob(model: Model, sequence: ArrayLike) -> Any:
    """log p(w_1 … w_T) = Σ_t log p(w_t | w_1 … w_{t-1}), in nats, rounded once; -inf for probability zero.

    `sequence` is (T,), words numbered from 0. Returns a scalar of the dtype of the model's log-probabilities
    (float64 for T = 0). Raises ShapeError and ElementTypeError for a sequence that is not a row of whole
    numbers, ArgumentError for a word that the model does not know, and what the model's results may raise.

    >>> from numerics.decoding import tree_model
    >>> tree = tree_model({"the": -0.5, "a": -1.0, "the cat": -2.0, "a dog": -0.25})
    >>> float(sequence_log_prob(tree, [0, 2])), float(sequence_log_prob(tree, [0, 3]))
    (-2.5, -inf)
    """
    states = np.asarray(sequence)
    if states.size == 0 and states.ndim == 1:
        return np.float64(0.0)
    if states.ndim != 1:
        raise ShapeError(f"sequence: its shape is {states.shape}; needed is (T,)")
    if states.dtype.kind not in "iu":
        raise ElementTypeError(f"sequence: elements are {states.dtype}; needed are whole numbers")
    terms: list[float] = []
    words = None
    for t, word in enumerate(states.tolist()):
        following = next_words(model, states[None, :t].astype(np.intp), words)
        words = following.shape[1]
        if not 0 <= word < words:
            raise ArgumentError(f"sequence[{t}] is {word}; needed is a word from 0 to {words - 1}")
        terms.append(float(following[0, word]))
    return exact_sum(np.array(terms), following.dtype)


@dataclass(frozen=True)
class _Prefixes:
    """Prefixes (B, t), and the log-probabilities of their words."""

    states: Indices
    terms: NDArray[np.float64]

    def joined(self, others: _Prefixes) -> _Prefixes:
        return _Prefixes(
            np.concatenate([self.states, others.states]), np.concatenate([self.terms, others.terms])
        )

    def at(self, which: list[int]) -> _Prefixes:
        return _Prefixes(self.states[which], self.terms[which])

    def contenders(self, k: int) -> _Prefixes:
        """Those which may be among the k best, whatever the sums lost by rounding."""
        if len(self.states) <= k:
            return self
        with np.errstate(over="ignore"):
            sums, sizes = self.terms.sum(axis=1), np.abs(self.terms).sum(axis=1)
        lost = np.where(np.isfinite(sizes), sizes * (self.terms.shape[1] * np.finfo(np.float64).eps), np.inf)
        least = np.partition(sums - lost, -k)[-k]
        may = sums + lost >= least if np.all(np.isfinite(lost)) else np.ones(len(sums), dtype=bool)
        return _Prefixes(self.states[may], self.terms[may])

    def in_order(self) -> list[int]:
        """The best first, compared as rational numbers; then by the last word, the one before, and so on."""
        totals = [sum(map(Fraction, row), Fraction(0)) for row in self.terms.tolist()]
        return sorted(range(len(totals)), key=lambda i: (-totals[i], self.states[i, ::-1].tolist()))


class _Search:
    """Depth first through the tree of the prefixes whose probability is not zero."""

    def __init__(self, model: Model, length: int) -> None:
        self._model = model
        self._length = length
        self._words: int | None = None
        self.dtype: np.dtype[Any] = np.dtype(np.float64)
        self.longest = 0

    def sequences(self, root: _Prefixes) -> Iterator[_Prefixes]:
        """The sequences of the full length, some at a time."""
        waiting = [root]
        while waiting:
            prefixes = waiting.pop()
            self.longest = max(self.longest, prefixes.states.shape[1])
            if prefixes.states.shape[1] == self._length:
                yield prefixes
            elif len(prefixes.states) * (self._words or 1) > _AT_ONCE and len(prefixes.states) > 1:
                half = len(prefixes.states) // 2
                waiting += [
                    _Prefixes(prefixes.states[part], prefixes.terms[part])
                    for part in (slice(half, None), slice(half))
                ]
            else:
                longer = self._longer(prefixes)
                waiting += [longer] if len(longer.states) else []

    def _longer(self, prefixes: _Prefixes) -> _Prefixes:
        following: Floats = next_words(self._model, prefixes.states, self._words)
        self._words, self.dtype = following.shape[1], following.dtype
        rows, words = np.nonzero(following > -np.inf)
        chosen = following[rows, words].astype(np.float64)
        return _Prefixes(
            np.column_stack([prefixes.states[rows], words]), np.column_stack([prefixes.terms[rows], chosen])
        )
