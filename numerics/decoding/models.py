"""Language models: what follows a prefix, as log-probabilities in nats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.arrays import Floats, as_floats, require_log_probabilities
from numerics.decoding.transitions import Indices
from numerics.errors import ArgumentError, ShapeError

#: From prefixes (B, t), words numbered from 0, to log p(w_{t+1} = j | w_1 … w_t) as (B, N).
Model = Callable[[Indices], ArrayLike]

_ROUNDING = 1e-9  # of log-probabilities which should add up to one


def next_words(model: Model, prefixes: Indices, words: int | None = None) -> Floats:
    """What the model says of the words after these prefixes, checked; `words` is N, where it is known.

    Raises ShapeError, ElementTypeError and NotFiniteError; each names the step, counted from 1.
    """
    count, length = prefixes.shape
    name = f"model at step {length + 1}"
    found = as_floats(name, model(prefixes.copy()))
    if found.shape != (count, words or found.shape[-1] if found.ndim else 0) or not found.shape[-1]:
        wanted = "N with N at least 1" if words is None else str(words)
        raise ShapeError(f"{name}: its shape is {found.shape}; needed is ({count}, {wanted})")
    require_log_probabilities(name, found)
    return found


@dataclass(frozen=True, eq=False)
class MarkovModel:
    """A first-order language model (bigrams): the next word depends on the last one only."""

    log_transition: Floats
    log_initial: Floats

    def __call__(self, prefixes: Indices) -> Floats:
        """(B, N) for prefixes (B, t)."""
        if not prefixes.shape[1]:
            return np.broadcast_to(self.log_initial, (len(prefixes), len(self.log_initial)))
        following: Floats = self.log_transition[prefixes[:, -1]]
        return following


def markov_model(log_transition: ArrayLike, log_initial: ArrayLike) -> MarkovModel:
    """The model of `viterbi`: w_1 is drawn from `log_initial`, w_t from the row w_{t-1} of `log_transition`.

    (N, N) and (N,), in nats, with N at least 1; -inf is probability zero. Raises ShapeError,
    ElementTypeError, and NotFiniteError for NaN and +inf.

    >>> import numpy as np
    >>> model = markov_model(np.log([[0.5, 0.5], [0.25, 0.75]]), np.log([0.5, 0.5]))
    >>> np.exp(model(np.array([[0, 1], [1, 0]]))).round(2).tolist()
    [[0.25, 0.75], [0.5, 0.5]]

    Source: Shannon (1948), "A mathematical theory of communication", section 3.
    """
    initial = as_floats("log_initial", log_initial, shape=(None,))
    if not len(initial):
        raise ShapeError("log_initial: its shape is (0,); needed is at least one word")
    transition = as_floats("log_transition", log_transition, shape=(len(initial), len(initial)))
    require_log_probabilities("log_initial", initial)
    require_log_probabilities("log_transition", transition)
    return MarkovModel(transition, initial)


@dataclass(frozen=True, eq=False)
class TreeModel:
    """A language model as a tree: a word that has no edge has probability zero there."""

    words: tuple[str, ...]
    _following: Mapping[tuple[int, ...], Mapping[int, float]] = field(repr=False)

    def __call__(self, prefixes: Indices) -> NDArray[np.float64]:
        """(B, N) for prefixes (B, t)."""
        found = np.full((len(prefixes), len(self.words)), -np.inf)
        for row, prefix in zip(found, prefixes.tolist(), strict=True):
            for word, log_prob in self._following.get(tuple(prefix), {}).items():
                row[word] = log_prob
        return found

    def text(self, states: Sequence[int] | NDArray[Any]) -> str:
        """The words of a sequence: `the green rectangle`."""
        return " ".join(self.words[state] for state in states)


def tree_model(edges: Mapping[str, float]) -> TreeModel:
    """A model given by the edges of its tree: the words from the root, and the log-probability of the last.

    `edges` are finite numbers of nats, at most 0; the probabilities of the edges that leave a node add up to
    at most 1, and less where improbable words are left out. The words are numbered in the order in which they
    first appear, so equally probable ones are chosen in this order.

    Raises ArgumentError for an edge without words, one given twice, one that hangs at no other, a
    log-probability that is none, and probabilities which exceed 1.

    >>> tree = tree_model({"the": -0.5, "a": -1.0, "the cat": -2.0, "a dog": -0.25})
    >>> tree.words
    ('the', 'a', 'cat', 'dog')
    >>> tree.text([1, 3])
    'a dog'
    """
    paths: dict[tuple[str, ...], float] = {}
    for text, given in edges.items():
        path = tuple(text.split())
        if path in paths:  # two spellings of it, which differ in their spaces
            raise ArgumentError(f"edges: {' '.join(path)!r} is given twice, as {paths[path]} and {given}")
        paths[path] = float(given)
    words: dict[str, int] = {}
    following: dict[tuple[int, ...], dict[int, float]] = {}
    for path, log_prob in paths.items():
        _check_edge(path, log_prob, paths)
        numbers = [words.setdefault(word, len(words)) for word in path]
        following.setdefault(tuple(numbers[:-1]), {})[numbers[-1]] = log_prob
    names = tuple(words)
    for node, leaving in following.items():
        total = fsum(np.exp(list(leaving.values())))
        if total > 1 + _ROUNDING:
            where = " ".join(names[word] for word in node) or "the root"
            raise ArgumentError(f"edges: the probabilities after {where!r} add up to {total:.6g}; at most 1")
    if not words:
        raise ArgumentError("edges: there are none; needed is at least one")
    return TreeModel(names, following)


def _check_edge(path: tuple[str, ...], log_prob: float, paths: Mapping[tuple[str, ...], float]) -> None:
    text = " ".join(path)
    if not path:
        raise ArgumentError("edges: an edge without a word; needed are the words from the root")
    if not -np.inf < log_prob <= 0:
        raise ArgumentError(f"edges: {text!r} has {log_prob}; needed is a finite log-probability, at most 0")
    if len(path) > 1 and path[:-1] not in paths:
        raise ArgumentError(f"edges: {text!r} hangs at {' '.join(path[:-1])!r}, to which no edge leads")
