"""Names: free indices, and the one substitution of the kernel, which never captures.

`Substitution.apply` replaces free indices, tensor variables, functions and dimensions, and gives every
binder above a replaced place a fresh name. Fresh names contain `#`, which no name in a certificate may
contain, so no inserted term can be captured. What has nothing to replace stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import Any

from lemmata.kernel.errors import TooLarge
from lemmata.kernel.terms import (
    Add,
    Apply,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    Dim,
    Expectation,
    Index,
    Integral,
    Inverse,
    Lambda,
    Limit,
    Maximum,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
    keep,
)

#: What binds an index or a variable.
BINDERS = (Sum, Maximum, Inverse, Determinant, Call, Derivative, Limit, Integral)


class Fresh:
    """A source of names that occur nowhere else, in the order of their age, and the meter of the work done
    for one check."""

    def __init__(self, budget: int = 80_000) -> None:
        self._next = 0
        self._left = budget

    def name(self) -> str:
        self._next += 1
        return f"#{self._next:07d}"

    @property
    def left(self) -> int:
        """How much work may still be done; negative once the budget was passed."""
        return self._left

    def allow(self, amount: int) -> None:
        """Allow more work."""
        self._left += amount

    def spend(self, amount: int = 1) -> None:
        """Count work; raises TooLarge when the budget of this check is used up."""
        self._left -= amount
        if self._left < 0:
            raise TooLarge("the work limit of the kernel was reached")


def children(term: Term) -> tuple[Term, ...]:
    """The direct sub-terms, without regard to binding."""
    match term:
        case Add(parts) | Mul(parts):
            return parts
        case Ref() | Num() | Count() | Delta():
            return ()
        case Pow(base, exponent):
            return (base, exponent)
        case Sum() | Maximum() | Inverse() | Determinant() | Expectation():
            return (term.body,)
        case Apply():
            return (term.argument,)
        case Call():
            return tuple(argument.body for argument in term.arguments)
        case Derivative():
            return (term.body, term.at.body)
        case Limit():
            return (term.body, *term.at)
        case Integral():
            return (term.body, *term.lower, *term.upper)


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything below it, from the left to the right, each before what is below it."""
    waiting = [term]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(children(part)))


def nesting(term: Term) -> int:
    """How many limits and integrals are in each other at most; remembered."""
    known = term._nesting
    if known is None:
        inner = max(map(nesting, children(term)), default=0)
        known = keep(term, "_nesting", inner + isinstance(term, Limit | Integral))
    return known


def mentions(term: Term, name: str) -> bool:
    """Whether the tensor variable occurs."""
    return any(isinstance(part, Ref) and part.name == name for part in subterms(term))


def outcome_depends(term: Term, names: frozenset[str]) -> bool:
    """Whether one of the random variables occurs, other than under a mean."""
    if isinstance(term, Expectation):
        return False
    if isinstance(term, Ref):
        return term.name in names
    return any(outcome_depends(child, names) for child in children(term))


def free_indices(term: Term) -> frozenset[str]:
    """The names of the free indices; remembered with the term."""
    known = term._free
    if known is None:
        known = keep(term, "_free", _free_indices(term))
    return known


def _free_indices(term: Term) -> frozenset[str]:
    match term:
        case Ref(_, indices):
            return _names(*indices)
        case Add() | Mul() | Pow() | Num():
            return frozenset().union(*map(free_indices, children(term)))
        case Sum(index, _, body) | Maximum(index, _, body):
            return free_indices(body) - {index}
        case Count(index):
            return _names(index)
        case Delta(left, right):
            return _names(left, right)
        case Inverse(row, column, _, body, at):
            return free_indices(body) - {row, column} | _names(*at)
        case Determinant(row, column, _, body):
            return free_indices(body) - {row, column}
        case Call(_, output, arguments, partials):
            outside = _names(*output, *(index for _, entry in partials for index in entry))
            return outside.union(*map(_free_in_lambda, arguments))
        case Derivative(_, body, wrt, at):
            return free_indices(body) | _names(*wrt) | _free_in_lambda(at)
    return frozenset().union(*map(free_indices, children(term)))


def _free_in_lambda(entry: Lambda) -> frozenset[str]:
    return free_indices(entry.body) - {name for name, _ in entry.indices}


def _names(*indices: Index) -> frozenset[str]:
    return frozenset(index.name for index in indices if index.name)


def _no_change() -> dict[str, Any]:
    return {}


@dataclass(eq=False)
class Substitution:
    """What to put for free indices, tensor variables, functions and dimensions, all at once."""

    fresh: Fresh
    indices: Mapping[str, Index] = field(default_factory=_no_change)
    tensors: Mapping[str, Lambda] = field(default_factory=_no_change)
    functions: Mapping[str, str] = field(default_factory=_no_change)
    dims: Mapping[str, Dim] = field(default_factory=_no_change)
    all_binders: bool = False

    def apply(self, term: Term) -> Term:
        """The term after substitution, with fresh names for the binders above what was replaced (or for
        all of them)."""
        self.fresh.spend()
        if self._leaves(term):
            return term
        match term:
            case Num():
                return term
            case Count(index):
                return Count(self.index(index))
            case Ref(name, indices):
                return self._ref(name, tuple(map(self.index, indices)))
            case Delta(left, right):
                return Delta(self.index(left), self.index(right))
            case Add(parts):
                return Add(tuple(map(self.apply, parts)))
            case Mul(parts):
                return Mul(tuple(map(self.apply, parts)))
            case Pow(base, exponent):
                return Pow(self.apply(base), self.apply(exponent))
            case Expectation(body):
                return Expectation(self.apply(body))
            case Apply(function, order, argument):
                return Apply(self.function(function), order, self.apply(argument))
            case Sum(name, dim, body) | Maximum(name, dim, body):
                inner, (new,) = self._under(name)
                return type(term)(new, self.dim(dim), inner.apply(body))
            case Inverse(row, column, dim, body, (first, second)):
                inner, (i, j) = self._under(row, column)
                at = (self.index(first), self.index(second))
                return Inverse(i, j, self.dim(dim), inner.apply(body), at, term.symmetric)
            case Determinant(row, column, dim, body):
                inner, (i, j) = self._under(row, column)
                return Determinant(i, j, self.dim(dim), inner.apply(body))
            case Call(function, output, arguments, partials):
                slots = tuple((slot, tuple(map(self.index, entry))) for slot, entry in partials)
                values = tuple(map(self.entries, arguments))
                return Call(self.function(function), tuple(map(self.index, output)), values, slots)
            case Derivative(variable, body, wrt, at):
                new, inside = self._below(variable, at.indices, body)
                return Derivative(new, inside, tuple(map(self.index, wrt)), self.entries(at))
            case Limit(variable, body, at, side):
                new, inside = self._below(variable, (), body, nesting(term))
                return Limit(new, inside, tuple(map(self.apply, at)), side)
            case Integral(variable, body, lower, upper):
                new, inside = self._below(variable, (), body, nesting(term))
                return Integral(new, inside, tuple(map(self.apply, lower)), tuple(map(self.apply, upper)))

    def _below(
        self, variable: str, axes: tuple[tuple[str, Dim], ...], body: Term, height: int = 0
    ) -> tuple[str, Term]:
        """A new name for a bound variable, and the body with it."""
        new = self._real_name(variable, body, height) if height and self.all_binders else self.fresh.name()
        return new, replace(self, tensors={**self.tensors, variable: _renamed(new, axes)}).apply(body)

    def _real_name(self, variable: str, body: Term, height: int) -> str:
        """The name of a real variable where all binders get new names: by how many are nested below it, so
        that it is always the same. It is none that will be free in the body."""
        around: set[str] = set()
        for name in names_of(body) - {variable}:
            put = self.tensors.get(name)
            around |= {name} if put is None else names_of(put.body)
        return next(name for name in (f"#x{k}" for k in count(height)) if name not in around)

    def _leaves(self, term: Term) -> bool:
        """Whether there is nothing to replace."""
        if self.all_binders and binds(term):
            return False
        if self.indices and not free_indices(term).isdisjoint(self.indices):
            return False
        return not self._replaced or all(map(names_of(term).isdisjoint, self._replaced))

    @cached_property
    def _replaced(self) -> tuple[Mapping[str, object], ...]:
        """What is replaced but indices: of each kind that there is."""
        return tuple(filter(None, (self.tensors, self.functions, self.dims)))

    def entries(self, tensor: Lambda) -> Lambda:
        """The same for a tensor given by its entries."""
        inner, names = self._under(*(name for name, _ in tensor.indices))
        dims = (self.dim(dim) for _, dim in tensor.indices)
        return Lambda(tuple(zip(names, dims, strict=True)), inner.apply(tensor.body))

    def index(self, index: Index) -> Index:
        put = self.indices.get(index.name)
        if put is None:
            return index
        return Index(put.name, put.offset + index.offset) if index.offset else put

    def function(self, name: str) -> str:
        return self.functions.get(name, name)

    def dim(self, dim: Dim) -> Dim:
        return self.dims.get(dim, dim) if isinstance(dim, str) else dim

    def _ref(self, name: str, indices: tuple[Index, ...]) -> Term:
        tensor = self.tensors.get(name)
        return Ref(name, indices) if tensor is None else entry_of(tensor, indices, self.fresh)

    def _under(self, *names: str) -> tuple[Substitution, list[str]]:
        new = [self.fresh.name() for _ in names]
        indices = {**self.indices, **dict(zip(names, map(Index, new), strict=True))}
        inner = Substitution(self.fresh, indices, self.tensors, self.functions, self.dims, self.all_binders)
        return inner, new


def at_number(term: Term, variable: str, value: Term, fresh: Fresh) -> Term:
    """The term with a value for a real variable."""
    return Substitution(fresh, tensors={variable: Lambda((), value)}).apply(term)


class _Labels(Fresh):
    """Names which are free nowhere, the same for the same term."""

    def name(self) -> str:
        return f"~{super().name()[1:]}"


def relabelled(term: Term) -> Term:
    """The same for all terms which differ only by the names of what they bind."""
    return freshened(_Labels(), term)


def is_same(first: Term, second: Term) -> bool:
    """Whether two terms are the same but for the names of what they bind."""
    return relabelled(first) == relabelled(second)


def freshened(fresh: Fresh, term: Term) -> Term:
    """The term with fresh names for all its binders."""
    return Substitution(fresh, all_binders=True).apply(term)


def is_total(term: Term) -> bool:
    """Whether the term is made of sums, products and maxima of entries, so that it is defined everywhere;
    remembered."""
    known = term._total
    if known is None:
        match term:
            case Pow(_, Num(value)):
                simple = value >= 0 and value.denominator == 1
            case _:
                simple = isinstance(term, Num | Count | Ref | Delta | Add | Mul | Sum | Maximum)
        known = keep(term, "_total", simple and all(map(is_total, children(term))))
    return known


def binds(term: Term) -> bool:
    """Whether anything is bound in a term; remembered with it."""
    known = term._binds
    if known is None:
        known = keep(term, "_binds", isinstance(term, BINDERS) or any(map(binds, children(term))))
    return known


def names_of(term: Term) -> frozenset[str]:
    """All names in a term, bound ones too; remembered with the term."""
    known = term._names
    if known is None:
        found = set(_names_at(term))
        for child in children(term):
            found |= names_of(child)
        known = keep(term, "_names", frozenset(found))
    return known


def _names_at(term: Term) -> Iterable[str]:
    """The names in a term which are not in its sub-terms."""
    match term:
        case Ref(name, indices):
            return (name, *(index.name for index in indices))
        case Add() | Mul() | Pow() | Num():
            return ()
        case Sum(index, dim, _) if isinstance(dim, str):
            return (index, dim)
    fields = (getattr(term, field_name) for field_name in type(term).__match_args__)
    return (name for part in fields for name in _own_names(part))


def _own_names(part: object) -> Iterator[str]:
    """The names in a field which is no term."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Index):
        yield part.name
    elif isinstance(part, tuple):
        for inner in part:
            yield from _own_names(inner)
    elif isinstance(part, Lambda):
        yield from (name for pair in part.indices for name in pair if isinstance(name, str))


def _renamed(name: str, indices: tuple[tuple[str, Dim], ...]) -> Lambda:
    return Lambda(indices, Ref(name, tuple(Index(index) for index, _ in indices)))


def entry_of(tensor: Lambda, at: tuple[Index, ...], fresh: Fresh) -> Term:
    """The entry of a tensor at the given indices."""
    names = (name for name, _ in tensor.indices)
    return Substitution(fresh, indices=dict(zip(names, at, strict=True))).apply(tensor.body)
