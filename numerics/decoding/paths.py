"""Paths traced back through a lattice: the best one, and the k best."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from numerics.arrays import Floats
from numerics.decoding.lattice import Part
from numerics.decoding.transitions import Indices, Scores, Transitions


def best_path(transitions: Transitions, lattice: Rows) -> Indices:
    """The best sequence of states; the lowest state wins a tie, at the end and at each step back."""
    state = int(np.argmax(lattice.final))
    found = [np.array([state])]
    known = lattice.length - 1
    for part in lattice.parts():
        found.append(transitions.trace(part.rows, part.which[: known - part.start], state))
        known = part.start
        state = int(found[-1][0]) if len(found[-1]) else state
    return np.concatenate(found[::-1])


class Rows(Protocol):
    """The scores at all steps of a chain; see `lattice.Lattice`."""

    @property
    def length(self) -> int: ...

    @property
    def final(self) -> Scores: ...

    def parts(self) -> Iterator[Part]: ...


@dataclass(frozen=True)
class Branch:
    """All paths that end with `ending`, written backwards: from the last state to the first that is fixed.

    `loss` is by how much the best of them is worse than the best path of all.
    """

    loss: float
    ending: list[int]

    def __lt__(self, other: Branch) -> bool:
        return (self.loss, self.ending) < (other.loss, other.ending)


def best_paths(transitions: Transitions, lattice: Rows, k: int) -> list[Indices]:
    """The k best sequences of states, best first; fewer where no more are possible.

    The paths that are left are always divided among branches which share none, and the best path of a branch
    follows the lattice from its ending back. Following it from the best branch divides that one further
    (Lawler 1972, "A procedure for computing the K best solutions to discrete optimization problems").
    """
    losses = -lattice.final
    branches = [Branch(float(losses[s]), [int(s)]) for s in _smallest(losses, k, np.inf)]
    paths: list[Indices] = []
    while branches:
        best, *branches = branches
        paths.append(_follow(transitions, lattice, best, branches, k - len(paths) - 1))
    return paths


def _follow(
    transitions: Transitions, lattice: Rows, branch: Branch, others: list[Branch], room: int
) -> Indices:
    """The best path of the branch. What else is in it joins the others, of which the best `room` are kept."""
    backwards = list(branch.ending)
    del others[room:]
    for part in lattice.parts():
        for step in range(lattice.length - len(backwards) - 1, part.start - 1, -1):
            sources, entries = transitions.incoming(backwards[-1])
            delta = part.rows[part.which[step - part.start]]
            scores = (delta if sources is None else delta[sources]) + entries
            best = int(np.argmax(scores))
            if room:
                losses = branch.loss + (scores[best] - scores)
                losses[best] = np.inf
                limit = others[-1].loss if len(others) == room else np.inf
                for at in _smallest(losses, room, limit):
                    source = int(at if sources is None else sources[at])
                    insort(others, Branch(float(losses[at]), [*backwards, source]))
                del others[room:]
            backwards.append(best if sources is None else int(sources[best]))
    return np.array(backwards[::-1])


def _smallest(losses: Floats, count: int, limit: float) -> Indices:
    """The places of the `count` smallest finite losses up to a limit, the lowest place first among equals."""
    places = np.flatnonzero((losses <= limit) & (losses < np.inf))
    return places[np.argsort(losses[places], kind="stable")[:count]]
