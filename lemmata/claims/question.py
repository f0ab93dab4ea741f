"""What is asked: statements under hypotheses, and the time there is for them."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import perf_counter

from lemmata.language.expr import Statement

Hypotheses = tuple[tuple[str, Statement], ...]


@dataclass(frozen=True)
class Question:
    """All that is claimed, under which hypotheses; what is claimed as it was written, with sums without end;
    and, where it is of parts of complex numbers, of which numbers, and of which part each statement is."""

    statements: tuple[Statement, ...]
    hypotheses: Hypotheses
    written: tuple[Statement, ...] = ()
    complexes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Clock:
    """Tells whether some seconds are over; with None, never."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.end = inf if seconds is None else perf_counter() + seconds

    def is_over(self) -> bool:
        return perf_counter() > self.end
