"""Satisfying equational hypotheses by solving for a variable in which they are linear.

`u·v = 0` is solved for v, `A B = B A` for B: the change of each free entry by 1 gives a linear system.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lemmata.refute.choices import Choice, Choices
from lemmata.refute.errors import NotAnInstance
from lemmata.refute.evaluate import Meter
from lemmata.refute.instances import Instance
from lemmata.refute.linear import solve
from lemmata.refute.problem import Problem
from lemmata.refute.satisfy import residuals, satisfies
from lemmata.refute.values import ONE, Value

#: What is solved for has at most so many entries.
_MOST_UNKNOWNS = 12

Assemble = Callable[[Choices], Instance]


def repaired(
    problem: Problem, instance: Instance, choices: Choices, assemble: Assemble, meter: Meter
) -> Instance:
    """The instance with one of the free variables changed; NotAnInstance if that does not help."""
    mentioned = frozenset[str]().union(
        *(
            problem.reach(side, problem.rules)
            for statement in problem.equations
            for side in (statement.left, statement.right)
        )
    )
    for variable in reversed(problem.free):
        slots = [slot for slot in choices.taken if slot[:2] == ("entry", variable.name)]
        if variable.name in mentioned and 0 < len(slots) <= _MOST_UNKNOWNS:
            changed = _solved_for(slots, problem, instance, choices, assemble, meter)
            found = assemble(changed) if changed else None
            if changed and found is not None and satisfies(problem, found, meter):
                choices.replace(changed)
                return found
    raise NotAnInstance("no values were found which satisfy the hypotheses")


def _solved_for(
    slots: list[Choice],
    problem: Problem,
    instance: Instance,
    choices: Choices,
    assemble: Assemble,
    meter: Meter,
) -> Choices | None:
    before = dict(choices.taken)

    def moved(changes: Mapping[Choice, Value]) -> list[Value] | None:
        return residuals(problem, assemble(Choices({**before, **changes})), meter)

    here = residuals(problem, instance, meter)
    columns = [moved({slot: before[slot] + ONE}) for slot in slots]
    if here is None or any(column is None for column in columns):
        return None
    moves = [[more - less for more, less in zip(column or [], here, strict=True)] for column in columns]
    rows = [list(row) for row in zip(*moves, strict=True)]
    steps = solve(rows, [-entry for entry in here], len(slots))
    if steps is None:
        return None
    return Choices({**before, **{slot: before[slot] + step for slot, step in zip(slots, steps, strict=True)}})
