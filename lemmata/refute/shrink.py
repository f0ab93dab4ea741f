"""From a failure to the simplest: smaller sizes first, then simpler functions, then simpler numbers.

Simplicity is one stated order (`cost`): the sizes of the dimensions, the times, whether both sides are
exact, then the numbers: 0, 1, −1, 2, ..., fractions last. Every change is tried on the choices, the
instance is built again with its hypotheses, and kept if the statement certainly fails there too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from lemmata.refute.build import build
from lemmata.refute.choices import Choice, Choices
from lemmata.refute.errors import NotAnInstance, OutOfWork
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.functions import Entry
from lemmata.refute.instances import Instance
from lemmata.refute.judge import Failure, judge, side
from lemmata.refute.problem import Problem
from lemmata.refute.satisfy import is_certain
from lemmata.refute.values import Value, exact, fraction, is_exact, precision

#: The numbers which are tried, the simplest first.
SIMPLE: tuple[Value, ...] = tuple(
    exact(Fraction(text)) for text in "0 1 -1 2 -2 3 -3 1/2 -1/2 3/2 1/3 1/4".split()
)
#: How many new instances are drawn at each smaller size.
_REDRAWS = 12


@dataclass(frozen=True)
class Found:
    """A failure, and the choices of the instance at which it was found."""

    dims: dict[str, int]
    naturals: dict[str, int]
    choices: Mapping[Choice, Value]
    instance: Instance
    failure: Failure


@dataclass(frozen=True)
class Used:
    """What the evaluation of both sides at the failure looked at: entries and functions."""

    entries: tuple[tuple[str, Entry], ...]
    functions: tuple[str, ...]

    def uses(self, choice: Choice) -> bool:
        """Whether a choice may matter: it is for a variable or a function in use."""
        names = {name for name, _ in self.entries} | set(self.functions)
        return choice[1] in names or any(part in names for part in choice[2:])


def used(problem: Problem, found: Found) -> Used:
    """What matters for a failure."""
    evaluator = Evaluator(found.instance, Meter(10**7), problem.notes)
    with precision(found.failure.bits):
        side(evaluator, problem.statement, found.failure.binders, found.failure.outcome)
    return Used(tuple(evaluator.touched), tuple(evaluator.applied))


def retry(
    problem: Problem, dims: dict[str, int], naturals: dict[str, int], choices: Choices, meter: Meter
) -> Found | None:
    """The failure at the instance built from these choices, if there is an instance and a failure."""
    try:
        instance = build(problem, dims, naturals, choices, meter)
    except NotAnInstance:
        return None
    failure = judge(problem, instance, meter).failure
    if failure is None or not is_certain(problem, instance, meter):
        return None
    return Found(dims, naturals, choices.taken, instance, failure)


def shrink(problem: Problem, found: Found, meter: Meter) -> Found:
    """The simplest failure that greedy changes reach within the work allowed."""
    try:
        found = _smaller(problem, found, meter)
        while (simpler := _simpler(problem, found, meter)) is not None:
            found = simpler
    except OutOfWork:
        pass
    return found
