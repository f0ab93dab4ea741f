"""Lines which are proved where something is not 0: a determinant, as other matrices are limits of those where
it is not; or a number, as the line is proved where it is 0, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lemmata.derive.matrices.density import regular_matrices
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Cases, Dense, Step
from lemmata.kernel.conditions import Condition, conditions
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import ZERO, Ref

if TYPE_CHECKING:
    from lemmata.derive.lines import LineResult

#: Proves the line in another context.
Again = Callable[[Searcher], "LineResult"]


def without_gap(searcher: Searcher, found: LineResult, again: Again) -> LineResult | None:
    """The line proved without the missing conditions, if that is found."""
    return _by_density(searcher, found, again) or _by_zero(searcher, found, again)


def _by_density(searcher: Searcher, found: LineResult, again: Again) -> LineResult | None:
    """The line proved where some matrices are invertible, of which others are limits: all of which the
    missing conditions speak, as most often all are needed; else one of them."""
    single = [[pair] for pair in regular_matrices(searcher, found.claim, found.needs)]
    every = _one_after_the_other(searcher, found) if len(single) > 1 else []
    for assumed in (every, *single) if len(every) > 1 else single:
        labels = [(f"{found.task.label} dense {name}", name) for name, _ in assumed]
        inside = searcher
        for (label, _), (_, assumption) in zip(labels, assumed, strict=True):
            inside = _assuming(inside, label, assumption)
        inner = again(inside)
        if inner.outcome == "proved":
            steps = inner.steps
            for label, name in reversed(labels):
                steps = (Step(found.task.label, found.claim, Dense(label, name, steps)),)
            return replace(inner, context=searcher.context, steps=steps, needs=(), follows=found.follows)
    return None


def _one_after_the_other(searcher: Searcher, found: LineResult) -> list[tuple[str, Statement]]:
    """Matrices of which each may be taken as invertible where those before it are."""
    chosen: dict[str, Statement] = {}
    while True:
        possible = regular_matrices(searcher, found.claim, found.needs)
        new = next((pair for pair in possible if pair[0] not in chosen), None)
        if new is None:
            return list(chosen.items())
        chosen[new[0]] = new[1]
        searcher = _assuming(searcher, f"{found.task.label} dense {new[0]}", new[1])


def _by_zero(searcher: Searcher, found: LineResult, again: Again) -> LineResult | None:
    """The line proved where a number is 0, and where it is not."""
    for number in numbers_not_zero(searcher, found):
        label = f"{found.task.label} zero {number.name}"
        cases = (Statement((), "=", number, ZERO), Statement((), "!=", number, ZERO))
        first = again(_assuming(searcher, label, cases[0]))
        second = again(_assuming(searcher, label, cases[1])) if first.outcome == "proved" else first
        if second.outcome == "proved":
            step = Step(found.task.label, found.claim, Cases(label, cases[0], first.steps, second.steps))
            return replace(second, context=searcher.context, steps=(step,), needs=(), follows=found.follows)
    return None


def _assuming(searcher: Searcher, label: str, assumption: Statement) -> Searcher:
    return replace(searcher, context=searcher.context.assume(label, assumption))


def numbers_not_zero(searcher: Searcher, found: LineResult) -> Iterator[Ref]:
    """The variables which the missing conditions want not to be 0, though the line means something there."""
    normalizer = searcher.environment().normalizer(found.claim.binders)
    own = {_number(need) for need in conditions(searcher.context, normalizer, found.claim)}
    for number in map(_number, found.needs):
        if number is not None and number not in own:
            yield number


def _number(need: Condition) -> Ref | None:
    """The variable which a condition wants not to be 0."""
    match need:
        case Condition(Statement(_, "!=", Ref(_, ()) as number, right), _, False) if right == ZERO:
            return number
    return None
