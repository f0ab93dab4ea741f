"""What Viterbi decoding asks of the transitions of a chain, however they are stored.

Scores are relative: after every step the best one is taken off all, so that they keep the digits that decide
however long the chain is. The log-probability is summed along the path afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.arrays import Floats

Indices = NDArray[np.intp]

#: Scores of the states at one step: float64, the best one 0.
Scores = NDArray[np.float64]


class Transitions(Protocol):
    """An N by N matrix of log-probabilities; entry i, j is that of going from i to j."""

    @property
    def n(self) -> int: ...

    def run(self, before: Scores, emission: Floats | None, rows: Scores) -> int:
        """Fills the rows with the scores of the next steps; how many of them have a possible state."""

    def incoming(self, target: int) -> tuple[Indices | None, Floats]:
        """The sources from which the target may be reached, ascending (None: all), and their entries."""

    def trace(self, rows: Scores, which: Indices, state: int) -> Indices:
        """The best states before `state`; the step l of the path has the scores rows[which[l]]."""

    def entries(self, sources: Indices, targets: Indices) -> Floats:
        """The entries at pairs of states."""


def for_kernels(values: Floats) -> Floats:
    """In C order; float16, which machine code does not read, as float32."""
    return np.ascontiguousarray(values, dtype=np.float32 if values.dtype == np.float16 else None)


def run_steps(
    step: Callable[[Scores, Scores], Any], before: Scores, emission: Floats | None, rows: Scores
) -> int:
    """`Transitions.run`, where `step(before, out)` writes the best score of each target."""
    for t, out in enumerate(rows):
        step(before, out)
        if not finish(None if emission is None else emission[t], out):
            return t
        before = out
    return len(rows)


def finish(emission: Floats | None, out: Scores) -> bool:
    """Adds the emission, then takes the best score from all. False where no state is possible."""
    if emission is not None:
        out += emission
    top = np.maximum.reduce(out)
    if top == -np.inf:
        return False
    out -= top
    return True


def trace_steps(transitions: Transitions, rows: Scores, which: Indices, state: int) -> Indices:
    """`Transitions.trace`: the lowest source wins a tie, since `argmax` returns the first."""
    states = np.empty(len(which), dtype=np.intp)
    for t in range(len(which) - 1, -1, -1):
        sources, weights = transitions.incoming(state)
        delta = rows[which[t]]
        if sources is None:
            state = int(np.argmax(delta + weights))
        else:
            state = int(sources[np.argmax(delta[sources] + weights)])
        states[t] = state
    return states
