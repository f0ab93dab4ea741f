"""Decoding from left to right: greedily, and with a beam."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.arrays import as_count
from numerics.decoding.chain import Decoded
from numerics.decoding.models import Model, next_words
from numerics.decoding.selection import select_top
from numerics.decoding.sums import exact_sum
from numerics.decoding.transitions import Indices, Scores
from numerics.errors import NoPathError


def greedy(model: Model, length: int) -> Decoded:
    """w_t = argmax_j log p(w_t = j | w_1 … w_{t-1}), one word after another; the lowest wins a tie.

    `model` maps prefixes (B, t), words numbered from 0, to log-probabilities (B, N) in nats; `length` is T.
    Returns Decoded(states, log_prob), (T,) and a scalar. The sequence need not be the most probable one.

    Raises NoPathError, with its `step` counted from 1, where all words after the chosen ones have probability
    zero: a dead end of this search, which another sequence may avoid. ShapeError, ElementTypeError and
    NotFiniteError for what the model returns; ArgumentError for `length`.

    >>> from numerics.decoding import tree_model
    >>> tree = tree_model({"the": -0.5, "a": -1.0, "the cat": -2.0, "a dog": -0.25})
    >>> best = greedy(tree, 2)
    >>> tree.text(best.states), float(best.log_prob)
    ('the cat', -2.5)
    """
    found = beam_search(model, 1, length)
    return Decoded(found.states[0], found.log_prob[0])


def beam_search(model: Model, width: int, length: int) -> Decoded:
    """Of the B best sequences of t - 1 words, prolonged by every word, the B best: for t = 1, …, T.

    `model` maps prefixes (K, t), words numbered from 0, to log-probabilities (K, N) in nats; `width` is B,
    `length` is T. Returns Decoded(states, log_prob), (K, T) and (K,), best first, where K is `width`, or less
    where fewer sequences have a probability above zero. No sequence comes twice. Equally probable ones are in
    the order of the beams that they prolong, and then of their words.

    The search starts with one beam. Algorithms are also printed with B equal beams at the start; then the B
    best are B times the same sequence, and the search is greedy.

    The sequences found need not be the most probable ones, except where the beam is as wide as the tree.
    Scores are added in float64, relative to the best, so that long sequences keep the digits that decide;
    `log_prob` is the sum along the sequence, rounded once.

    Raises NoPathError, with its `step` counted from 1, where all words after all beams have probability zero:
    a dead end of this search, which a wider beam may avoid. ShapeError, ElementTypeError and NotFiniteError
    for what the model returns; ArgumentError for `width` and `length`.

    >>> from numerics.decoding import tree_model
    >>> tree = tree_model({"the": -0.5, "a": -1.0, "the cat": -2.0, "a dog": -0.25})
    >>> best = beam_search(tree, 2, 2)
    >>> [tree.text(states) for states in best.states], best.log_prob.tolist()
    (['a dog', 'the cat'], [-1.25, -2.5])

    Source: Lowerre (1976), "The HARPY speech recognition system"; for language models Graves (2012),
    "Sequence transduction with recurrent neural networks", Algorithm 1.
    """
    width, length = as_count("width", width, least=1), as_count("length", length)
    states = np.empty((1, 0), dtype=np.intp)
    terms = np.empty((1, 0))
    scores, words, dtype = np.zeros(1), None, np.dtype(np.float64)
    for step in range(1, length + 1):
        following = next_words(model, states, words)
        words, dtype = following.shape[1], following.dtype
        with np.errstate(over="ignore"):  # what leaves the floats counts as impossible
            best = select_top(scores[:, None] + following, width)
        if not len(best.rows):
            raise NoPathError(
                f"no path: at step {step} every word after every beam has probability zero", step
            )
        chosen = following[best.rows, best.columns].astype(np.float64)
        states = np.column_stack([states[best.rows], best.columns])
        terms = np.column_stack([terms[best.rows], chosen])
        scores = best.values - best.values[0]
    return _best_first(states, terms, dtype)


def _best_first(states: Indices, terms: Scores, dtype: np.dtype[Any]) -> Decoded:
    """By the exact sums, which may tell what the running ones did not."""
    log_prob = np.array([exact_sum(row, dtype) for row in terms], dtype=dtype)
    order = np.argsort(-log_prob, kind="stable")
    return Decoded(states[order], log_prob[order])
