"""The attack on a statement: instances from the simplest on, until one breaks it or the work is used up.

The search is deterministic: every instance is drawn from a generator of its own, seeded by its number,
and it stops by counted work, never by the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Natural
from lemmata.refute.build import build
from lemmata.refute.choices import Choices
from lemmata.refute.counterexample import Counterexample
from lemmata.refute.descend import Start, descended
from lemmata.refute.errors import NotAnInstance, OutOfWork
from lemmata.refute.evaluate import Meter
from lemmata.refute.instances import Instance
from lemmata.refute.judge import judge, last_time
from lemmata.refute.present import present
from lemmata.refute.problem import Problem
from lemmata.refute.satisfy import is_certain
from lemmata.refute.schedule import Budget, Draw, schedule
from lemmata.refute.shrink import Found, shrink
from lemmata.refute.structure import as_written
from lemmata.refute.values import PRECISIONS, precision

#: One instance may use this part of all the work; where it needs more, no larger one is tried.
_SHARES = 4


@dataclass(frozen=True)
class Attack:
    """What an attack found: a counterexample, or how many instances agree, of which sizes, and how."""

    counterexample: Counterexample | None
    instances: int
    dims: str
    method: str
    note: str = ""
    found: Found | None = field(default=None, repr=False)

    @property
    def agrees(self) -> bool:
        return self.counterexample is None

    def to_record(self) -> dict[str, Any]:
        """The cross-check of a record, in plain JSON values."""
        return {
            "instances": self.instances,
            "dims": self.dims,
            "method": self.method,
            "agrees": self.agrees,
        }


class _Tally:
    """What was tried so far."""

    def __init__(self, problem: Problem) -> None:
        statement = problem.statement
        last = last_time(statement)
        self.times = {
            as_written(name): range(sort.minimum, last + 1)
            for name, sort in statement.binders
            if isinstance(sort, Natural) and statement.relation != "->"
        }
        self.sizes: dict[str, set[int]] = {}
        self.instances = 0
        self.bits = 0
        self.note = ""
        self.starts: list[Start] = []
        self.unsettled = problem.unsettled

    def count(self, draw: Draw, bits: int) -> None:
        self.instances += 1
        self.bits = max(self.bits, bits)
        for name, size in {**draw.dims, **draw.naturals}.items():
            self.sizes.setdefault(name, set()).add(size)
        for name, times in self.times.items():
            self.sizes.setdefault(name, set()).update(times)

    def attack(self, counterexample: Counterexample | None) -> Attack:
        shown = (f"{name} = {', '.join(map(str, sorted(sizes)))}" for name, sizes in self.sizes.items())
        method = f"exact rationals and balls of {self.bits} bits" if self.bits else "exact rationals"
        method += f"; {self.unsettled}" if self.unsettled and self.instances else ""
        note = "" if self.instances else self.note
        return Attack(counterexample, self.instances, "; ".join(shown), method, note)


def attack(context: Context, statement: Statement, budget: Budget | None = None) -> Attack:
    """Look for an instance of the context at which the statement certainly fails.

    Returns the simplest counterexample found, or how many instances agree (0 if none was found that
    satisfies the hypotheses; `note` says why, where that is known).
    """
    budget = budget or Budget()
    problem = Problem(context, statement)
    tally = _Tally(problem)
    if problem.unsupported:
        tally.note = problem.unsupported
        return tally.attack(None)
    with precision(PRECISIONS[0]):
        found = _search(problem, budget, tally)
        if found is None:
            return tally.attack(None)
        simplest = shrink(problem, found, Meter(budget.shrink_work))
        return replace(tally.attack(present(problem, simplest)), found=simplest)


def _search(problem: Problem, budget: Budget, tally: _Tally) -> Found | None:
    """A failure; one where the sides differ is preferred to one where a side is undefined."""
    left, too_large = budget.work, float("inf")
    undefined: Found | None = None
    for draw in schedule(problem, budget):
        if tally.instances >= budget.instances or left <= 0:
            break
        if sum(draw.dims.values()) >= too_large:
            continue
        share = Meter(min(left, budget.work // _SHARES))
        before = share.left
        try:
            found = _try(problem, draw, share, tally)
        except OutOfWork as stopped:
            tally.note = str(stopped)
            too_large = sum(draw.dims.values())
            found = None
        left -= before - share.left
        if found is not None and found.failure.kind == "differs":
            return found
        undefined = undefined or found
    return undefined or descended(problem, budget, tally.starts)


def _try(problem: Problem, draw: Draw, meter: Meter, tally: _Tally) -> Found | None:
    choices = Choices(random=Random(draw.number), rung=draw.rung)
    try:
        instance = build(problem, draw.dims, draw.naturals, choices, meter)
    except NotAnInstance as reason:
        tally.note = tally.note or str(reason)
        return None
    return _judged(problem, draw, instance, choices, meter, tally)


def _judged(
    problem: Problem, draw: Draw, instance: Instance, choices: Choices, meter: Meter, tally: _Tally
) -> Found | None:
    judgement = judge(problem, instance, meter)
    if judgement.failure is not None and problem.unsettled:
        tally.note = problem.unsettled
    elif judgement.failure is not None and is_certain(problem, instance, meter):
        tally.count(draw, judgement.bits)
        return Found(dict(draw.dims), dict(draw.naturals), choices.taken, instance, judgement.failure)
    if judgement.agrees:
        tally.count(draw, judgement.bits)
        tally.starts.append(Start(draw.dims, draw.naturals, Choices(choices.taken)))
    return None
