"""Whether an instance certainly satisfies its context."""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.kernel.context import Statement
from lemmata.refute.cycles import round_of_times, settled
from lemmata.refute.draw import entries_of
from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.functions import Entries
from lemmata.refute.instances import Instance, Rule
from lemmata.refute.largest import is_largest
from lemmata.refute.linear import determinant, is_definite, rank, rows_of
from lemmata.refute.problem import Problem
from lemmata.refute.values import Value, compare, is_exact, sign

#: How far beyond the times in use a family has values of its own.
MARGIN = 2


def satisfies(problem: Problem, instance: Instance, meter: Meter) -> bool:
    """Whether every hypothesis and every property certainly holds."""
    evaluator = Evaluator(instance, meter, problem.notes)
    try:
        return all(
            _holds(problem, number, statement, evaluator)
            for number, (_, statement) in enumerate(problem.context.hypotheses)
        ) and _has_properties(problem, evaluator)
    except (Undefined, CannotTell):
        return False


def _holds(problem: Problem, number: int, statement: Statement, evaluator: Evaluator) -> bool:
    rule = problem.solved.get(number)
    upto = settled(problem, evaluator.instance)
    if number in problem.of_recurrences:
        times = round_of_times(problem, evaluator)
        if times is None and not problem.unsettled:
            return False
        upto = times[-1] if times is not None else upto
    return all(
        (rule is not None and _by_construction(rule, at, evaluator.instance))
        or compare(
            statement.relation,
            evaluator.at(statement.left, at, outcome),
            evaluator.at(statement.right, at, outcome),
        )
        is True
        or is_largest(problem.context, statement, evaluator, at, outcome)
        for at, outcome in places(problem, statement, evaluator.instance, upto)
    )


def places(
    problem: Problem, statement: Statement, instance: Instance, upto: int
) -> Iterator[tuple[dict[str, int], int | None]]:
    """Where a statement is evaluated: each value of its binders, in each outcome if it depends on that."""
    outcomes: list[int | None] = [None]
    if problem.varies(statement.left) or problem.varies(statement.right):
        outcomes = list(range(len(instance.outcomes)))
    for at in instance.assignments(statement.binders, upto):
        for outcome in outcomes:
            yield at, outcome


def _by_construction(rule: Rule, at: dict[str, int], instance: Instance) -> bool:
    """Whether the entry of which the hypothesis speaks is computed from this hypothesis."""
    known = {**instance.naturals, **at}
    entry = tuple(known.get(index.name, 0) + index.offset for index in rule.indices)
    found = instance.rule(rule.name, entry)
    return found is not None and found[0] is rule


def _has_properties(problem: Problem, evaluator: Evaluator) -> bool:
    return all(
        not variable.properties & PROPERTIES
        or "random" in variable.properties
        or _is_proper(variable.properties, _values(problem, variable.name, evaluator))
        for variable in problem.context.variables
    )


def _values(problem: Problem, name: str, evaluator: Evaluator, outcome: int | None = None) -> Entries:
    instance = evaluator.instance
    shape = problem.variables[name].shape
    return {
        entry: evaluator.entry(name, entry, outcome)
        for entry in entries_of(shape, instance.dims, instance.tail)
    }


PROPERTIES = frozenset(
    {"positive", "nonnegative", "integer", "symmetric", "invertible", "psd", "spd", "onehot", "fullrank"}
)


def _is_proper(properties: frozenset[str], entries: Entries) -> bool:
    if "positive" in properties and not all(sign(value) == 1 for value in entries.values()):
        return False
    if "nonnegative" in properties and not all(sign(value) in (0, 1) for value in entries.values()):
        return False
    if "symmetric" in properties and not all(entries[entry] == entries[entry[::-1]] for entry in entries):
        return False
    if "onehot" in properties and not _is_one_hot(entries):
        return False
    if "integer" in properties and not all(is_exact(value) and value.q == 1 for value in entries.values()):
        return False
    if not properties & {"invertible", "psd", "spd", "fullrank"} or not all(map(is_exact, entries.values())):
        return not properties & {"invertible", "psd", "spd", "fullrank"}
    rows = rows_of(entries)
    if "invertible" in properties and sign(determinant(rows)) not in (1, -1):
        return False
    if "fullrank" in properties and rank(rows) != min(len(rows), len(rows[0])):
        return False
    return not properties & {"psd", "spd"} or is_definite(rows, strictly="spd" in properties)


def _is_one_hot(entries: Entries) -> bool:
    """Whether along the last axis one entry is 1, and the others are 0."""
    hot: dict[tuple[int, ...], int] = {}
    for entry, value in entries.items():
        if value not in (0, 1):
            return False
        hot[entry[:-1]] = hot.get(entry[:-1], 0) + int(value == 1)
    return all(count == 1 for count in hot.values())


def residuals(problem: Problem, instance: Instance, meter: Meter) -> list[Value] | None:
    """Left minus right of every equational hypothesis, if all are exact."""
    evaluator = Evaluator(instance, meter, problem.notes)
    try:
        found = [
            evaluator.at(statement.left, at, outcome) - evaluator.at(statement.right, at, outcome)
            for statement in problem.equations
            for at, outcome in places(problem, statement, instance, settled(problem, instance))
        ]
    except (Undefined, CannotTell):
        return None
    return found if all(map(is_exact, found)) else None


def is_certain(problem: Problem, instance: Instance, meter: Meter) -> bool:
    """Whether every definition which is no recurrence has a value everywhere: else Γ itself fails here."""
    evaluator = Evaluator(instance, meter, problem.notes)
    try:
        for name in sorted(problem.defined):
            for outcome in range(len(instance.outcomes)) if instance.outcomes else [None]:
                _values(problem, name, evaluator, outcome)
    except CannotTell:
        return False
    return True
