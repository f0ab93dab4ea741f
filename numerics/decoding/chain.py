"""A Markov chain of known length, and the best sequences of states through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.arrays import Floats
from numerics.decoding.batch import batch_lattices
from numerics.decoding.dense import Dense
from numerics.decoding.lattice import Lattice, no_path
from numerics.decoding.paths import Rows, best_path, best_paths
from numerics.decoding.pruning import Pruned
from numerics.decoding.sums import exact_sum
from numerics.decoding.transitions import Transitions, for_kernels
from numerics.errors import NoPathError


class Decoded(NamedTuple):
    """The best sequences of states, numbered from 0, and their log-probabilities in nats."""

    states: NDArray[np.intp]
    log_prob: Any


@dataclass(frozen=True)
class Chain:
    """A chain of `steps` steps, of which the k best sequences are wanted."""

    transitions: Transitions
    initial: Floats
    steps: int
    k: int
    dtype: np.dtype[Any]

    @np.errstate(over="ignore")  # a score below all floats counts as impossible; machine code does not warn
    def decode(self, emission: Floats | None) -> Decoded:
        return self._best(None if self.steps == 0 else self._lattice(emission), emission)

    @np.errstate(over="ignore")
    def decode_batch(self, emission: Floats) -> Decoded:
        """Each sequence by itself; sequences that do not exist are padded."""
        shape = (len(emission), self.steps) if self.k == 1 else (len(emission), self.k, self.steps)
        states = np.full(shape, -1, dtype=np.intp)
        log_prob = np.full(shape[:-1], -np.inf, dtype=self.dtype)
        for sequence, lattice in enumerate(self._lattices(emission)):
            found = self._best(lattice, emission[sequence])
            at = (sequence,) if self.k == 1 else (sequence, slice(len(found.states)))
            states[at], log_prob[at] = found
        return Decoded(states, log_prob)

    def _lattice(self, emission: Floats | None) -> Lattice:
        given = None if emission is None else for_kernels(emission)
        return Lattice(self.transitions, self.initial, given, self.steps)

    def _lattices(self, emission: Floats) -> Iterator[Rows | None]:
        if self.steps == 0:
            yield from [None] * len(emission)
        elif isinstance(self.transitions, Dense | Pruned):  # together they read the matrix once
            dense = self.transitions.dense
            yield from batch_lattices(dense, self.initial, for_kernels(emission))
        else:
            for sequence, part in enumerate(emission):
                try:
                    yield self._lattice(part)
                except NoPathError as error:
                    raise no_path(error.step, sequence) from None

    def _best(self, lattice: Rows | None, emission: Floats | None) -> Decoded:
        if lattice is None:
            paths = [np.empty(0, dtype=np.intp)]
        elif self.k == 1:
            paths = [best_path(self.transitions, lattice)]
        else:
            paths = best_paths(self.transitions, lattice, self.k)
        log_probs = [self._log_prob(path, emission) for path in paths]
        if self.k == 1:
            return Decoded(paths[0], log_probs[0])
        return Decoded(np.stack(paths), np.array(log_probs, dtype=self.dtype))

    def _log_prob(self, path: NDArray[np.intp], emission: Floats | None) -> Any:
        terms = [self.initial[path[:1]], self.transitions.entries(path[:-1], path[1:])]
        if emission is not None:
            terms.append(emission[np.arange(len(path)), path])
        return exact_sum(np.concatenate([part.astype(np.float64) for part in terms]), self.dtype)
