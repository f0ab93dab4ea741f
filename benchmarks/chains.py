"""Markov chains to decode."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Logs = NDArray[np.float64]


class Chain(NamedTuple):
    """Log-probabilities of the transitions (N, N), of the first state (N,), and of what is seen (…, T, N)."""

    log_transition: Logs
    log_initial: Logs
    log_emission: Logs

    @property
    def n(self) -> int:
        return len(self.log_initial)

    @property
    def transitions(self) -> int:
        """N² for each step from one state to the next, of all sequences."""
        *batch, steps, _ = self.log_emission.shape
        sequences = batch[0] if batch else 1
        return int(sequences * (steps - 1) * self.n**2)


def dirichlet(n: int, seed: int = 0) -> Logs:
    """Every row drawn from the Dirichlet distribution with all parameters 1."""
    rows = np.random.default_rng(seed).standard_exponential((n, n))
    rows /= rows.sum(axis=1, keepdims=True)
    return np.log(rows, out=rows)


def level_chain(n: int, steps: int, *sequences: int) -> Chain:
    """A chain in which every transition may be the best one, so that none can be left out.

    A row is Dirichlet(1) times some height, and what is missing to 1 goes to state 0, which is never seen.
    The emissions take the heights back: the more probable a row, the lower the score of its state.
    """
    rng = np.random.default_rng(2)
    height = rng.normal(0, 3, n)
    height -= height.max() + 0.01
    rows = dirichlet(n)
    rows += height[:, None]
    rows[:, 0] = np.logaddexp(rows[:, 0], np.log(-np.expm1(height)))
    seen = rng.normal(0, 0.3, (*sequences, steps, n)) - height
    seen -= seen.max()
    seen[..., 0] = -np.inf
    return Chain(rows, uniform(n), seen)


def zipf_bigrams(n: int, seed: int = 0) -> Logs:
    """Counts of pairs of words in a text of 50 N words, smoothed by 0.01, divided by the sum of their row.

    The words have probabilities in proportion to 1 / rank. The next word is one of twenty that go well with
    the word, as often as not, or else any.
    """
    rng = np.random.default_rng(seed)
    words = 1 / np.arange(1, n + 1)
    words /= words.sum()
    rows = np.empty((n, n))
    for i, row in enumerate(rows):
        chance = words / 2
        np.add.at(chance, rng.integers(0, n, size=20), 1 / 40)
        row[:] = rng.multinomial(int(50 * n * words[i]) + 1, chance / chance.sum())
    rows += 0.01
    rows /= rows.sum(axis=1, keepdims=True)
    return np.log(rows, out=rows)


def emissions(*shape: int, spread: float, seed: int = 1) -> Logs:
    """Normal, of this standard deviation, and at most 0 so that they are logarithms of probabilities."""
    drawn = np.random.default_rng(seed).normal(0, spread, shape)
    drawn -= drawn.max()
    return drawn


def uniform(n: int) -> Logs:
    return np.full(n, -np.log(n))
