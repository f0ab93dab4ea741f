"""The numbers from which an instance is built: drawn once, remembered, and then made simpler.

An instance is rebuilt from edited choices, with the same constructions, so that what is made simpler
still satisfies the hypotheses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from lemmata.refute.values import Value, exact

#: What a number is for: ("entry", "W", (1, 2)), ("function", "σ"), ("mean", "x", (1,)), ...
Choice = tuple[Any, ...]

#: What numbers are drawn from, the simplest first; later instances use later pools.
POOLS: tuple[tuple[Value, ...], ...] = tuple(
    tuple(exact(Fraction(text)) for text in row.split())
    for row in (
        "1 2 -1 0 3",
        "0 1",
        "1/2 2 -1 -1/2 3",
        "1 2 3 -1 -2 -3 0",
        "2 -2 1/3 -3/2 5 1 0",
        "0 0 1 -1",
    )
)


class Choices:
    """Takes a known number for a choice, or draws one from a pool, or takes the first of the pool."""

    def __init__(
        self, known: Mapping[Choice, Value] | None = None, random: Random | None = None, rung: int = 0
    ) -> None:
        self.known = dict(known or {})
        self.taken: dict[Choice, Value] = {}
        self.random = random
        self.pool = POOLS[rung % len(POOLS)]
        self.rung = rung

    def take(self, choice: Choice, pool: Sequence[Value] = ()) -> Value:
        """The number for a choice."""
        if choice not in self.known:
            self.known[choice] = self._draw(choice[0], pool or self.pool)
        self.taken[choice] = self.known[choice]
        return self.known[choice]

    def _draw(self, kind: str, pool: Sequence[Value]) -> Value:
        """The first entry, and the first σ, go through their pool in order: a lone one meets them all."""
        if self.random is None:
            return pool[0]
        is_first = all(taken[0] != kind for taken in self.taken)
        if kind == "function" and is_first:
            return pool[(self.rung + 1) % len(pool)]
        if kind == "entry" and is_first:
            return pool[self.rung // len(POOLS) % len(pool)]
        return self.random.choice(pool)

    def suggest(self, choice: Choice, value: Value) -> None:
        """What a choice is to be, unless it is known already."""
        self.known.setdefault(choice, value)

    def replace(self, other: Choices) -> None:
        """Take over the numbers of other choices."""
        self.known.update(other.known)
        self.taken = dict(other.taken)
