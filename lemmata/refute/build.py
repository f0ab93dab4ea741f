"""Instances which satisfy a context by construction, and are checked for it.

Free values are drawn, laws are made from the given moments, what is defined follows forward. Equational
hypotheses which are linear in some variable are then satisfied by solving for it. What is left is
checked, and values for which a hypothesis is not certain are given up.
"""

from __future__ import annotations

from collections.abc import Mapping

from lemmata.kernel.terms import Natural
from lemmata.refute.choices import Choices
from lemmata.refute.draw import draw_function, draw_tensor, entries_of, size_of
from lemmata.refute.errors import CannotTell, NotAnInstance, Undefined
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.instances import Instance, Outcome
from lemmata.refute.laws import Coordinate, Wanted, draw_law
from lemmata.refute.moments import Moment, position
from lemmata.refute.problem import Problem
from lemmata.refute.repair import repaired
from lemmata.refute.satisfy import MARGIN, satisfies
from lemmata.refute.values import Value, is_exact

Sizes = Mapping[str, int]


def build(problem: Problem, dims: Sizes, naturals: Sizes, choices: Choices, meter: Meter) -> Instance:
    """The instance made from the choices; NotAnInstance if it does not certainly satisfy the context."""
    if problem.unsupported:
        raise NotAnInstance(problem.unsupported)

    def assemble(chosen: Choices) -> Instance:
        return _assemble(problem, dims, naturals, chosen, meter)

    instance = assemble(choices)
    if satisfies(problem, instance, meter):
        return instance
    if not problem.equations:
        raise NotAnInstance("a hypothesis does not hold")
    return repaired(problem, instance, choices, assemble, meter)


def _assemble(problem: Problem, dims: Sizes, naturals: Sizes, choices: Choices, meter: Meter) -> Instance:
    naturals = {**naturals, **_choices_within(problem, dims, naturals)}
    tail = max([*naturals.values(), *(minimum + 3 for _, minimum in problem.context.naturals), 3]) + MARGIN
    structured = bool(problem.equations)
    functions = {
        function.name: draw_function(function, dims, choices) for function in problem.context.functions
    }
    tensors = {
        variable.name: draw_tensor(
            variable,
            entries_of(variable.shape, dims, tail),
            choices,
            problem.bounds.get(variable.name, ()),
            structured=structured,
        )
        for variable in problem.free
    }
    families = frozenset(
        variable.name
        for variable in problem.context.variables
        if any(isinstance(axis, Natural) for axis in variable.shape)
    )
    instance = Instance(dims, naturals, tensors, functions, (), problem.rules, families, tail)
    if not problem.random:
        return instance
    outcomes = _outcomes(problem, instance, choices, meter)
    return Instance(dims, naturals, tensors, functions, outcomes, problem.rules, families, tail)


def _choices_within(problem: Problem, dims: Sizes, naturals: Sizes) -> dict[str, int]:
    """The indices which are the same throughout, each within its dimension."""
    return {name: min(naturals[name], size_of(dim, dims)) for name, dim in problem.context.choices}


def _outcomes(problem: Problem, instance: Instance, choices: Choices, meter: Meter) -> tuple[Outcome, ...]:
    coordinates: list[Coordinate] = [
        (variable.name, entry)
        for variable in problem.random
        for entry in entries_of(variable.shape, instance.dims, 0)
    ]
    evaluator = Evaluator(instance, meter, problem.notes)
    wanted = Wanted({}, {})
    for moment in sorted(problem.moments.values(), key=lambda moment: len(moment.entries)):
        for at in instance.assignments(moment.binders, 0):
            _want(moment, at, evaluator, wanted, choices)
    return draw_law(coordinates, wanted, choices)


def _want(moment: Moment, at: dict[str, int], evaluator: Evaluator, wanted: Wanted, choices: Choices) -> None:
    value = _certain_value(moment, at, evaluator)
    naturals = dict(evaluator.instance.naturals)
    places = [position(entry, {**naturals, **at}) for entry in moment.entries]
    if len(places) == 1:
        wanted.means.setdefault(places[0], value)
        return
    if not moment.central:
        means = [_mean_of(place, wanted, choices) for place in places]
        value = value - means[0] * means[1]
    wanted.covariances.setdefault((places[0], places[1]), value)


def _mean_of(place: Coordinate, wanted: Wanted, choices: Choices) -> Value:
    return wanted.means[place] if place in wanted.means else choices.take(("mean", *place))


def _certain_value(moment: Moment, at: dict[str, int], evaluator: Evaluator) -> Value:
    try:
        value = evaluator.at(moment.value, at)
    except (Undefined, CannotTell) as error:
        raise NotAnInstance(f"a given moment has no value: {error}") from error
    if not is_exact(value):
        raise NotAnInstance("a given moment is not rational")
    return value
