"""From an instance at which an inequality holds towards one at which it fails.

Instances drawn at random seldom come close to the edge of several hypotheses at once. So one number at a time
is changed, and the change is kept where the hypotheses still hold and right minus left has not become larger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random

from flint import arb

from lemmata.refute.build import build
from lemmata.refute.choices import Choice, Choices
from lemmata.refute.draw import size_of
from lemmata.refute.errors import NotAnInstance, OutOfWork
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.judge import judge, last_time, sides
from lemmata.refute.problem import Problem
from lemmata.refute.satisfy import places
from lemmata.refute.schedule import Budget, schedule
from lemmata.refute.shrink import Found, candidates, mattering, retry
from lemmata.refute.values import Value, exact

#: The relations between whose sides there is a slack.
INEQUALITIES = ("<=", "<")
#: Descents begin at sizes up to this, and from so many drawn instances of the same sizes.
_LARGEST, _ALIKE = 2, 2
#: Of those drawn, no more than so many are looked at.
_FIRST = 24
#: So many ways are gone from each.
_WAYS = 2
#: So many changes are made on the way at most.
_STEPS = 48


@dataclass(frozen=True)
class Start:
    """The sizes and the choices of an instance."""

    dims: dict[str, int]
    naturals: dict[str, int]
    choices: Choices


@dataclass(frozen=True)
class _Here:
    """An instance, the slacks at it (the smallest first), and what they were worked out from.

    A slack is right minus left at one place. Rounding is harmless: only a judge says that a statement fails.
    """

    start: Start
    slacks: tuple[float, ...]
    evaluator: Evaluator = field(compare=False)


def descended(problem: Problem, budget: Budget, drawn: Sequence[Start]) -> Found | None:
    """A failure at a plain instance, or reached from there or from one of those drawn, the smallest first."""
    if problem.unsettled or not budget.descent_work or not _has_inequalities(problem):
        return None
    starts = [*_plain(problem, budget), *_few_alike(drawn[:_FIRST])]
    starts.sort(key=lambda start: sum(start.dims.values()))
    for number, start in enumerate(starts * _WAYS):
        found = _descend(problem, start, Random(number), Meter(budget.descent_work // len(starts)))
        if found is not None:
            return found
    return None


def _has_inequalities(problem: Problem) -> bool:
    given = (statement for _, statement in problem.context.hypotheses)
    return any(statement.relation in INEQUALITIES for statement in (problem.statement, *given))


def _plain(problem: Problem, budget: Budget) -> Iterator[Start]:
    """For each of the small sizes: all numbers 1, all numbers 0."""
    draws = {f"{draw.dims} {draw.naturals}": draw for draw in schedule(problem, budget)}
    for draw in draws.values():
        if max(draw.dims.values(), default=1) <= _LARGEST:
            yield from (Start(draw.dims, draw.naturals, Choices(rung=rung)) for rung in (0, 1))


def _few_alike(drawn: Sequence[Start]) -> list[Start]:
    """Some of the instances drawn, a few of the same sizes."""
    met: Counter[str] = Counter()
    found = []
    for start in drawn:
        met[f"{start.dims} {start.naturals}"] += 1
        if met[f"{start.dims} {start.naturals}"] <= _ALIKE:
            found.append(start)
    return found


def _descend(problem: Problem, start: Start, random: Random, meter: Meter) -> Found | None:
    """A failure here, or one to which changes of one number at a time lead within the work allowed."""
    with suppress(OutOfWork):
        here = _at(problem, start, meter)
        seen: set[_Place] = set()
        while here is not None and len(seen) < _STEPS:
            if _may_fail(problem, here):
                return retry(problem, here.start.dims, here.start.naturals, here.start.choices, meter)
            seen.add(_place(here.start))
            here = _next(problem, here, seen, random, meter)
    return None


def _may_fail(problem: Problem, here: _Here) -> bool:
    smallest = min(here.slacks, default=1.0)
    return smallest < 0 or (smallest == 0 and problem.statement.relation == "<")


def _next(problem: Problem, here: _Here, seen: set[_Place], random: Random, meter: Meter) -> _Here | None:
    """The first new neighbour whose slacks are no larger, in a random order."""
    starts = list(_neighbours(problem, here))
    random.shuffle(starts)
    for start in starts:
        if _place(start) in seen:
            continue
        there = _at(problem, start, meter)
        if there is not None and there.slacks <= here.slacks:
            return there
    return None


_Place = tuple[object, ...]


def _place(start: Start) -> _Place:
    return (*start.naturals.items(), *((c, str(v)) for c, v in start.choices.known.items()))


def _neighbours(problem: Problem, here: _Here) -> Iterator[Start]:
    start = here.start
    for name, dim in problem.context.choices:
        yield from (_moved(start, name, place + 1) for place in range(size_of(dim, start.dims)))
    matters = set(mattering(here.evaluator, start.choices.taken))
    families = here.evaluator.instance.families
    for choice in start.choices.taken:
        if choice[1] in families and choice not in matters:
            continue
        for value in _others(problem, here, choice):
            if value != start.choices.taken[choice]:
                yield replace(start, choices=Choices({**start.choices.taken, choice: value}))


def _others(problem: Problem, here: _Here, choice: Choice) -> Sequence[Value]:
    """The values which a choice may have: those of a word say where its 1 is, others may not be negative."""
    variable = problem.variables.get(choice[1])
    properties = frozenset[str]() if choice[0] != "entry" or variable is None else variable.properties
    if variable is not None and "onehot" in properties:
        return [exact(place) for place in here.evaluator.instance.values_of(variable.shape[-1], 0)]
    if properties & {"positive", "nonnegative"}:
        return [value for value in candidates(choice) if value >= 0]
    return candidates(choice)


def _moved(start: Start, name: str, place: int) -> Start:
    return replace(start, naturals={**start.naturals, name: place}, choices=Choices(start.choices.taken))


def _at(problem: Problem, start: Start, meter: Meter) -> _Here | None:
    """The slacks over all values of the binders; None where a hypothesis or a side has no answer.

    Other relations have no slack but where they fail, so that all changes are as good.
    """
    try:
        instance = build(problem, start.dims, start.naturals, start.choices, meter)
    except NotAnInstance:
        return None
    evaluator = Evaluator(instance, meter, problem.notes)
    if problem.statement.relation not in INEQUALITIES:
        failed = judge(problem, instance, meter).failure is not None
        return _Here(start, (-1.0,) if failed else (), evaluator)
    slacks: list[float] = []
    for at, outcome in places(problem, problem.statement, instance, last_time(problem.statement)):
        left, right = sides(evaluator, problem.statement, at, outcome)
        if left is None or right is None or left.undefined or right.undefined:
            return None
        slacks.append(float(arb(right.value - left.value)))
    return _Here(start, tuple(sorted(slacks)), evaluator)
