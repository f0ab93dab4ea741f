"""An instance of a context: a size for each dimension, and a value for everything that is free.

What is defined has no value here but a `Rule`, by which it is evaluated forward. A random variable has
one value in each `Outcome` of a finite law, so that every mean is an exact finite sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from lemmata.kernel.context import Statement
from lemmata.kernel.terms import Dim, Index, Natural, Ref, Sort, Term
from lemmata.refute.errors import UnknownName
from lemmata.refute.functions import Concrete, Entries, Entry
from lemmata.refute.values import Value


@dataclass(frozen=True)
class Rule:
    """`name[indices] = body` for all values of the binders: a definition, or a hypothesis used as one."""

    name: str
    binders: tuple[tuple[str, Sort], ...]
    indices: tuple[Index, ...]
    body: Term

    def match(self, entry: Entry, naturals: Mapping[str, int]) -> dict[str, int] | None:
        """The values of the binders which make this rule speak of the entry, if there are any."""
        sorts = dict(self.binders)
        found: dict[str, int] = {}
        for index, position in zip(self.indices, entry, strict=True):
            if index.name not in sorts:
                if naturals.get(index.name, 0) + index.offset != position:
                    return None
            elif found.setdefault(index.name, position - index.offset) != position - index.offset:
                return None
        return found if all(_may_be(sorts[name], value) for name, value in found.items()) else None


def _may_be(sort: Sort, value: int) -> bool:
    return value >= (sort.minimum if isinstance(sort, Natural) else 1)


def rule_of(statement: Statement, *, swapped: bool = False) -> Rule | None:
    """The equation read from left to right (or from right to left) as a rule, if that side is an entry."""
    left, right = statement.left, statement.right
    if swapped:
        left, right = right, left
    if statement.relation != "=" or not isinstance(left, Ref):
        return None
    return Rule(left.name, statement.binders, left.indices, right)


@dataclass(frozen=True)
class Outcome:
    """One outcome of the joint law of all random variables."""

    probability: Value
    tensors: Mapping[str, Entries]


@dataclass(frozen=True)
class Instance:
    """A concrete Γ. A family has values up to time `tail`, and keeps the last of them for ever."""

    dims: Mapping[str, int]
    naturals: Mapping[str, int] = field(default_factory=dict)
    tensors: Mapping[str, Entries] = field(default_factory=dict)
    functions: Mapping[str, Concrete] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    rules: tuple[Rule, ...] = ()
    families: frozenset[str] = frozenset()
    tail: int = 0

    def size(self, dim: Dim) -> int:
        """A dimension as a number."""
        if isinstance(dim, int):
            return dim
        if dim not in self.dims:
            raise UnknownName(f"the dimension {dim!r} is not declared; known are {sorted(self.dims)}")
        return self.dims[dim]

    def rule(self, name: str, entry: Entry) -> tuple[Rule, dict[str, int]] | None:
        """The first rule which gives this entry, and the values of its binders."""
        for rule in self.rules:
            if rule.name == name and (binders := rule.match(entry, self.naturals)) is not None:
                return rule, binders
        return None

    def values_of(self, sort: Sort, upto: int) -> range:
        """What an index runs over; the natural numbers end at `upto`."""
        if isinstance(sort, Natural):
            return range(sort.minimum, max(upto, sort.minimum) + 1)
        return range(1, self.size(sort) + 1)

    def assignments(self, binders: tuple[tuple[str, Sort], ...], upto: int) -> Iterator[dict[str, int]]:
        """All values of the binders, the last one fastest."""
        names = [name for name, _ in binders]
        for values in product(*(self.values_of(sort, upto) for _, sort in binders)):
            yield dict(zip(names, values, strict=True))
