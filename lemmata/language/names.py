"""Names for bound indices, which no author's name can be.

A binder is named by its height, the number of binders below it that are nested: `k%1`, `k%2`, ... So the
same expression has the same names wherever it stands, and no binder has the name of one around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lemmata.kernel.substitute import Fresh, children
from lemmata.kernel.terms import (
    ONE,
    ZERO,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    Index,
    Integral,
    Inverse,
    Lambda,
    Limit,
    Maximum,
    Ref,
    Sum,
    Term,
)

Renaming = Mapping[str, str]


class Plain(Fresh):
    """Names that a certificate may contain, new each time."""

    def __init__(self, budget: int = 3_000_000) -> None:
        super().__init__(budget)

    def name(self) -> str:
        return f"n%{super().name()[1:]}"


def tidied(term: Term) -> Term:
    """The term with its binders named by height. No binder may have a name that is free in the term."""
    return _Tidy().term(term, {})


class _Tidy:
    """Renames from the outside in; heights are worked out once."""

    def __init__(self) -> None:
        self.heights: dict[int, int] = {}

    def height(self, term: Term) -> int:
        known = self.heights.get(id(term))
        if known is None:
            inner = max(map(self.height, children(term)), default=0)
            binds = isinstance(
                term, Sum | Maximum | Inverse | Determinant | Derivative | Call | Limit | Integral
            )
            known = self.heights[id(term)] = inner + binds
        return known

    def term(self, term: Term, names: Renaming) -> Term:
        match term:
            case Count(index):
                return Count(_index(index, names))
            case Ref(name, indices):
                return Ref(names.get(name, name), _indices(indices, names))
            case Delta(left, right):
                return _delta(_index(left, names), _index(right, names))
            case Sum(index, dim, body) | Maximum(index, dim, body):
                new = f"k%{self.height(term)}"
                return type(term)(new, dim, self.term(body, {**names, index: new}))
            case Inverse(row, column, _, body, at):
                inner = {**names, row: f"r%{self.height(term)}", column: f"c%{self.height(term)}"}
                (p, q) = _indices(at, names)
                return replace(
                    term, row=inner[row], column=inner[column], body=self.term(body, inner), at=(p, q)
                )
            case Determinant(row, column, _, body):
                inner = {**names, row: f"r%{self.height(term)}", column: f"c%{self.height(term)}"}
                return replace(term, row=inner[row], column=inner[column], body=self.term(body, inner))
            case Call():
                return self.call(term, names)
            case Derivative(variable, body, wrt, at):
                new = f"x%{self.height(term)}"
                inside = self.term(body, {**names, variable: new})
                return Derivative(
                    new, inside, _indices(wrt, names), self.tensor(at, self.height(term), names)
                )
            case Limit(variable, body, at, side):
                new = f"x%{self.height(term)}"
                inside = self.term(body, {**names, variable: new})
                return Limit(new, inside, tuple(self.term(end, names) for end in at), side)
            case Integral(variable, body, lower, upper):
                new = f"x%{self.height(term)}"
                inside = self.term(body, {**names, variable: new})
                ends = (tuple(self.term(part, names) for part in end) for end in (lower, upper))
                return Integral(new, inside, *ends)
        return self.rebuilt(term, names)

    def rebuilt(self, term: Term, names: Renaming) -> Term:
        """A node that binds nothing, with its parts renamed."""
        changes: dict[str, Any] = {}
        for name in type(term).__match_args__:
            value = getattr(term, name)
            if isinstance(value, tuple):
                changes[name] = tuple(self.term(part, names) for part in value)
            elif isinstance(value, Term):
                changes[name] = self.term(value, names)
        return replace(term, **changes)

    def call(self, term: Call, names: Renaming) -> Term:
        arguments = tuple(self.tensor(argument, self.height(term), names) for argument in term.arguments)
        partials = tuple((slot, _indices(entry, names)) for slot, entry in term.partials)
        return Call(term.function, _indices(term.output, names), arguments, partials)

    def tensor(self, tensor: Lambda, height: int, names: Renaming) -> Lambda:
        new = {name: f"k%{height}{chr(ord('a') + place)}" for place, (name, _) in enumerate(tensor.indices)}
        indices = tuple((new[name], dim) for name, dim in tensor.indices)
        return Lambda(indices, self.term(tensor.body, {**names, **new}))


def _delta(left: Index, right: Index) -> Term:
    """The delta of two numbers, as where an index was given a value, is a number; the kernel has no other."""
    if left.name or right.name:
        return Delta(left, right)
    return ONE if left.offset == right.offset else ZERO


def _index(index: Index, names: Renaming) -> Index:
    return Index(names.get(index.name, index.name), index.offset)


def _indices(indices: tuple[Index, ...], names: Renaming) -> tuple[Index, ...]:
    return tuple(_index(index, names) for index in indices)
