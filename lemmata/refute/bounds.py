"""Bounds on the entries of a variable: where a hypothesis compares them with a number, numbers are drawn for
which it holds. Else few instances would satisfy hypotheses such as 0 <= ρ < 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Num, Ref, Term
from lemmata.refute.values import Value, exact

#: Drawn from where the numbers that an instance would take are all out of bounds.
SPARE = tuple(
    exact(Fraction(top, bottom))
    for top, bottom in ((1, 2), (1, 1), (2, 1), (0, 1), (-1, 1), (1, 3), (3, 4), (9, 10), (1, 10), (1, 100))
) + tuple(exact(Fraction(number)) for number in (3, 10, 100, -2, -10))


@dataclass(frozen=True)
class Bound:
    """Each entry stands in this relation to the number (`is_left`: the entry on the left)."""

    relation: str
    number: Fraction
    is_left: bool

    def holds(self, value: Value) -> bool:
        """Whether a rational number keeps the bound."""
        left, right = (value, exact(self.number)) if self.is_left else (exact(self.number), value)
        if self.relation == "<":
            return bool(left < right)
        return bool(left <= right) if self.relation == "<=" else bool(left != right)


Bounds = Mapping[str, tuple[Bound, ...]]


def bounds_of(context: Context) -> Bounds:
    """The bounds which hypotheses put on all entries of a variable, by its name."""
    found: dict[str, tuple[Bound, ...]] = {}
    for _, statement in context.hypotheses:
        for name, bound in _bounds(statement):
            found[name] = (*found.get(name, ()), bound)
    return found


def _bounds(statement: Statement) -> Iterator[tuple[str, Bound]]:
    if statement.relation not in ("<", "<=", "!="):
        return
    for entry, other, is_left in (
        (statement.left, statement.right, True),
        (statement.right, statement.left, False),
    ):
        if isinstance(entry, Ref) and isinstance(other, Num) and _is_every_entry(entry, statement):
            yield entry.name, Bound(statement.relation, other.value, is_left)


def _is_every_entry(entry: Term, statement: Statement) -> bool:
    """Whether the indices are the binders, each but once."""
    names = [index.name for index in entry.indices if not index.offset] if isinstance(entry, Ref) else []
    binders = [name for name, _ in statement.binders]
    return sorted(names) == sorted(binders) and len(names) == len(getattr(entry, "indices", ()))


def within(pool: Sequence[Value], bounds: Sequence[Bound]) -> tuple[Value, ...]:
    """The numbers of the pool which keep the bounds; where none does, spare ones; the pool if those fail."""
    for numbers in (pool, SPARE):
        kept = tuple(value for value in numbers if all(bound.holds(value) for bound in bounds))
        if kept:
            return kept
    return tuple(pool)
