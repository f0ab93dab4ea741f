"""Comparing a theorem with its numeric counterpart, at instances of the theorem."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import numpy as np

from lemmata.kernel.context import Context
from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.terms import Natural
from lemmata.language.depend import free_places
from lemmata.language.expr import Expr, Statement
from lemmata.refute.build import build
from lemmata.refute.choices import Choices
from lemmata.refute.counterpart import Comparison, Counterpart
from lemmata.refute.errors import CannotTell, NotAnInstance, OutOfWork, Undefined
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.instances import Instance
from lemmata.refute.judge import last_time
from lemmata.refute.matrices import Here, Matrices
from lemmata.refute.point import Point
from lemmata.refute.problem import Problem
from lemmata.refute.schedule import Budget, Draw, schedule
from lemmata.refute.values import PRECISIONS, precision

#: What the function needs is often an inequality, which few of the instances drawn satisfy: so draw many,
COUNTERPARTS = Budget(instances=60, work=200_000)
_ENOUGH = 12  # and stop here.
_DRAWS_OF_A_POOL = 8  # so that each pool meets every size

#: Floating-point results count as equal when they are this close, relative to 1 + the value.
_CLOSE = 1e-9


def compare(
    statement: Statement,
    kernel_statement: KernelStatement,
    context: Context,
    counterpart: Counterpart,
    budget: Budget = COUNTERPARTS,
) -> Comparison:
    """Call the counterpart at instances of the context, and compare with both sides of the statement.

    The call returns what both sides of an equation are, or a pair (left, right) for any other relation;
    where the statement speaks of a random variable, one value for each of `Point.samples`.
    """
    problem = Problem(context, kernel_statement)
    meter, done, sizes, difference = Meter(budget.work), 0, _Sizes(), ""
    with precision(PRECISIONS[0]):
        for draw in schedule(problem, budget):
            if done >= min(budget.instances, _ENOUGH) or difference:
                break
            choices = Choices(random=Random(draw.number), rung=draw.rung // _DRAWS_OF_A_POOL)
            try:
                instance = build(problem, draw.dims, draw.naturals, choices, meter)
                difference = _difference(problem, statement, instance, counterpart, meter)
            except (NotAnInstance, Undefined, CannotTell):
                continue
            except OutOfWork:
                break
            done += 1
            sizes.count(draw)
    return Comparison(counterpart.name, done, str(sizes), difference)


class _Sizes:
    """The dimensions that were tried."""

    def __init__(self) -> None:
        self._tried: dict[str, set[int]] = {}

    def count(self, draw: Draw) -> None:
        for name, size in draw.dims.items():
            self._tried.setdefault(name, set()).add(size)

    def __str__(self) -> str:
        shown = (f"{name} = {', '.join(map(str, sorted(tried)))}" for name, tried in self._tried.items())
        return "; ".join(shown)


def _difference(
    problem: Problem, statement: Statement, instance: Instance, counterpart: Counterpart, meter: Meter
) -> str:
    """Where the counterpart differs at this instance, in words; empty where it does not."""
    matrices = Matrices(Evaluator(instance, meter, problem.notes))
    for places in _places(problem.statement, statement, instance):
        point = Point(matrices, Here({**instance.naturals, **places}))
        wanted = [_value(problem, point, side) for side in (statement.left, statement.right)]
        if not all(np.all(np.isfinite(side)) for side in wanted):
            raise CannotTell("a value that is no float")
        found = _called(counterpart, point, statement)
        if isinstance(found, str):
            return f"{_where(instance, places)}{found}"
        for side, theirs, ours in zip(("left", "right"), wanted, found, strict=True):
            if np.shape(theirs) != np.shape(ours) or not np.allclose(ours, theirs, rtol=_CLOSE, atol=_CLOSE):
                return (
                    f"{_where(instance, places)}the {side} side is {_shown(theirs)}, the function gives "
                    f"{_shown(ours)}"
                )
    return ""


def _places(lowered: KernelStatement, statement: Statement, instance: Instance) -> Iterator[dict[str, int]]:
    """Where a statement about all times, or about every value of an index, is looked at; the indices of the
    entries of its sides are not among them."""
    last = last_time(lowered)
    ranges = {
        name: range(sort.minimum, last + 1) for name, sort in lowered.binders if isinstance(sort, Natural)
    }
    for name, dim in sorted(free_places(statement)):
        if not isinstance(dim, Natural):
            ranges[name] = range(1, instance.size(dim) + 1)
    for values in product(*ranges.values()):
        yield dict(zip(ranges, values, strict=True))


def _value(problem: Problem, point: Point, side: Expr) -> Any:
    kernel = problem.statement
    if problem.varies(kernel.left) or problem.varies(kernel.right):
        return point.samples(side)
    return point(side)


def _called(counterpart: Counterpart, point: Point, statement: Statement) -> tuple[Any, Any] | str:
    """What the counterpart gives for both sides, or why it gives nothing."""
    try:
        found = counterpart.call(point)
    except (NotAnInstance, Undefined, CannotTell, OutOfWork):
        raise
    except Exception as error:  # whatever another's function raises belongs into the report
        return f"the function raises {type(error).__name__}: {error}"
    if statement.relation == "==":
        return found, found
    if not isinstance(found, tuple) or len(found) != 2:
        return (
            f"the function gives {_shown(found)}; for `{statement.relation}` a pair (left, right) is needed"
        )
    return found


def _where(instance: Instance, places: dict[str, int]) -> str:
    sizes = {**instance.dims, **instance.naturals, **places}
    return f"at {', '.join(f'{name} = {size}' for name, size in sizes.items())}: " if sizes else ""


def _shown(value: Any) -> str:
    return np.array2string(np.asarray(value), precision=10, separator=", ").replace("\n", "")
