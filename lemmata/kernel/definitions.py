"""Definitions which say nothing new: each value is fixed by values fixed before it.

A definition `v[i] = body` mentions only variables which are not defined, or defined before. A run of
recurrences with nothing between them may refer to each other: at a step, to earlier times, or to the
same time of those defined before; at a start, to the starts of those defined before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.errors import IllFormed
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import Index, Natural, Ref, Sort
from lemmata.kernel.wellformed import require


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a variable is defined: its run of definitions, and its place among all."""

    run: int
    position: int
    parts: frozenset[str]


def check_definitions(context: Context) -> None:
    """Raise IllFormed unless the definitions are conservative."""
    axes = {variable.name: variable.shape for variable in context.variables}
    plain = {v.name for v in context.variables if not v.properties and not v.moments}
    runs = _runs(context, axes)
    places: dict[str, _Place] = {}
    for position, (label, statement) in enumerate(context.definitions):
        name, part = _head(label, statement, axes)
        require(name in plain, f"{label}: a defined variable has no properties and no moments of its own")
        known = places.get(name)
        if known is None:
            places[name] = _Place(runs[position], position, frozenset({part}))
        else:
            require(part not in known.parts and "all" not in (part, *known.parts), f"{name} is defined twice")
            places[name] = _Place(known.run, known.position, known.parts | {part})
    for label, statement in context.definitions:
        for reference in _references(statement, places):
            require(
                _is_before(statement, reference, places), f"{label}: {reference.name} is not defined before"
            )


def _head(label: str, statement: Statement, axes: dict[str, tuple[Sort, ...]]) -> tuple[str, str]:
    """The variable and the part of it (`start`, `step` or `all`) which a definition defines."""
    left = statement.left
    require(
        statement.relation == "=" and isinstance(left, Ref), f"{label}: a definition is `variable = term`"
    )
    if not isinstance(left, Ref):
        raise IllFormed(label)
    binders = [Index(name) for name, _ in statement.binders]
    sorts = tuple(sort for _, sort in statement.binders)
    shape = axes[left.name]
    if left.indices[:1] == (Index("", 0),) and shape[:1] == (Natural(0),):
        require(
            (*left.indices[1:],) == tuple(binders) and sorts == shape[1:],
            f"{label}: the start needs all entries",
        )
        return left.name, "start"
    require(left.indices == tuple(binders), f"{label}: the indices on the left are the binders, in order")
    if shape[:1] == (Natural(0),) and sorts[:1] == (Natural(1),):
        require(sorts[1:] == shape[1:], f"{label}: the step needs all entries")
        return left.name, "step"
    require(sorts == shape, f"{label}: the definition needs all entries")
    return left.name, "all"


def _runs(context: Context, axes: dict[str, tuple[Sort, ...]]) -> list[int]:
    """For each definition the number of its run: recurrences next to each other share one."""
    parts = [_head(label, statement, axes)[1] for label, statement in context.definitions]
    runs = [0]
    for before, here in pairwise(parts):
        runs.append(runs[-1] + ("all" in (before, here)))
    return runs


def _references(statement: Statement, places: dict[str, _Place]) -> Iterator[Ref]:
    for part in subterms(statement.right):
        if isinstance(part, Ref) and part.name in places:
            yield part


def _is_before(statement: Statement, reference: Ref, places: dict[str, _Place]) -> bool:
    left = statement.left
    if not isinstance(left, Ref):
        return False
    own, other = places[left.name], places[reference.name]
    if own.run != other.run or "all" in own.parts:
        return other.run < own.run
    time, at = left.indices[0], reference.indices[0]
    if not time.name:
        return at == Index("", 0) and other.position < own.position
    if at == Index("", 0):
        return True
    return at.name == time.name and (at.offset < 0 or (at.offset == 0 and other.position < own.position))
