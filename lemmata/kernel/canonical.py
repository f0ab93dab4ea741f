"""Canonical forms: one representative for all ways of naming bound indices and of ordering factors.

What binds indices, with all that depends on them, is labelled as one block (`labelling`). A part of a block
which depends on none of its indices is a block of its own, with labels of its own, and so is the matrix of
an inverse, whatever the place in it: each looks the same wherever it stands, and is worked out once.

The result is always the same term with other names for its bound indices and another order of its sums and
products. So a mistake here could only miss an equality, never invent one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import cast

from lemmata.kernel.errors import Rejected
from lemmata.kernel.fingerprint import fingerprint, number, tag
from lemmata.kernel.labelling import Colours, Node, Search
from lemmata.kernel.substitute import Fresh, free_indices, freshened
from lemmata.kernel.terms import (
    Add,
    Apply,
    Call,
    Count,
    Delta,
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
)

#: Terms with an entry that is asked for: a matrix, or a function, and the place in it.
Entry = Inverse | Call
#: An entry that is asked for: its indices, and by which entries of what arguments it is differentiated.
Partials = tuple[tuple[int, tuple[Index, ...]], ...]
Place = tuple[tuple[Index, ...], Partials]
#: In the place of an entry where that does not matter.
NOWHERE = (Index("", 0), Index("", 0))


class Forms:
    """Canonical forms. Of limits and integrals the variables have their names already, see `freshened`;
    `symmetric` names the matrices whose two indices may be exchanged."""

    def __init__(self, fresh: Fresh, symmetric: frozenset[str] = frozenset()) -> None:
        self.fresh = fresh
        self.symmetric = symmetric
        self._known: dict[Term, Term] = {}
        self._bare: dict[Entry, Entry] = {}

    def of(self, term: Term) -> Term:
        """The representative of a term."""
        known = self._known.get(term)
        if known is None:
            self.fresh.spend()
            known = self._known[term] = self._found(term)
            self._known[known] = known
        return known

    def _found(self, term: Term) -> Term:
        match term:
            case Num() | Count():
                return term
            case Ref(name, indices):
                return Ref(name, tuple(sorted(indices))) if name in self.symmetric else term
            case Delta(left, right):
                return Delta(*sorted((left, right)))
            case Sum() | Maximum() | Determinant():
                return self._block(term)
            case Inverse(at=(first, second)):
                exchanged = term.symmetric and second < first
                return placed(self.anywhere(term), (second, first) if exchanged else (first, second))
            case Call(_, output, _, partials):
                return placed(self.anywhere(term), output, tuple(sorted(partials)))
        return rebuilt(term, self.of)

    def anywhere(self, term: Entry) -> Entry:
        """The form of a matrix, or of a function, without the place that is asked for."""
        bare = placed(term, NOWHERE if isinstance(term, Inverse) else ())
        if bare not in self._bare:
            self._bare[bare] = cast(Entry, self._block(bare))
        return self._bare[bare]

    def _block(self, term: Term) -> Term:
        """What binds indices, with labels for them."""
        tree = _Tree(self)
        root = tree.binder(term)
        if tree.clashes or not free_indices(term).isdisjoint(tree.colours):
            return self._block(freshened(self.fresh, term))
        ranks = Search(root, tree.colours, tree.size, self.fresh).ranks()
        return _Writer(self, ranks).binder(term)


def rebuilt(term: Term, part: Callable[[Term], Term]) -> Term:
    """What binds no index, made of the forms of its parts; sums and products in the order of these."""
    match term:
        case Add(parts) | Mul(parts):
            return type(term)(tuple(sorted(map(part, parts), key=fingerprint)))
        case Pow(base, exponent):
            return Pow(part(base), part(exponent))
        case Expectation(body):
            return Expectation(part(body))
        case Apply(function, order, argument):
            return Apply(function, order, part(argument))
        case Limit(variable, body, at, side):
            return Limit(variable, part(body), tuple(map(part, at)), side)
        case Integral(variable, body, lower, upper):
            return Integral(variable, part(body), tuple(map(part, lower)), tuple(map(part, upper)))
    raise Rejected("a derivative has no canonical form before it is worked out")


def is_label(name: str) -> bool:
    """Whether this is a name which a canonical form gives."""
    return name.startswith("·")


def require_unlabelled(term: Term) -> None:
    """Labels are names of bound indices only; one that is free would be confused with them."""
    if any(map(is_label, free_indices(term))):
        raise Rejected("a label of a canonical form is not bound")


def placed(term: Entry, at: tuple[Index, ...], partials: Partials = ()) -> Entry:
    """The entry at another place."""
    if isinstance(term, Inverse):
        first, second = at
        return Inverse(term.row, term.column, term.dim, term.body, (first, second), term.symmetric)
    return Call(term.function, at, term.arguments, partials)


def depends(term: Inverse | Call, names: Iterable[str]) -> bool:
    """Whether a matrix, or what a function is taken of, depends on indices; the place does not count."""
    if isinstance(term, Inverse):
        inside = free_indices(term.body) - {term.row, term.column}
    else:
        inside = free_indices(placed(term, ()))
    return not inside.isdisjoint(names)


class _Tree:
    """Turns a block into nodes and collects its bound indices with their first colours."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.colours: Colours = {}
        self.size = 0
        self.clashes = False

    def bind(self, kind: str, name: str, dim: Dim) -> tuple[str, int]:
        self.clashes |= name in self.colours
        self.colours[name] = tag(kind, dim)
        return (name, 0)

    def node(self, term: Term) -> Node:
        self.forms.fresh.spend()
        self.size += 1
        match term:
            case Num(value):
                return Node(number("num", value), [])
            case Count(index):
                return Node(tag("count"), [], indices=_slots(index))
            case Ref(name, indices):
                return Node(tag("ref", name), [], False, _slots(*indices), name in self.forms.symmetric)
            case Delta(left, right):
                return Node(tag("delta"), [], False, _slots(left, right), True)
        if free_indices(term).isdisjoint(self.colours):
            return Node(fingerprint(self.forms.of(term)), [])
        match term:
            case Add(parts):
                return Node(tag("add"), list(map(self.node, parts)), True)
            case Mul(parts):
                return Node(tag("mul"), list(map(self.node, parts)), True)
            case Pow(base, exponent):
                return Node(tag("pow"), [self.node(base), self.node(exponent)])
            case Expectation(body):
                return Node(tag("mean"), [self.node(body)])
            case Apply(function, order, argument):
                return Node(tag("apply", function, order), [self.node(argument)])
            case Limit(variable, body, at, side):
                return Node(tag("limit", variable, side), list(map(self.node, (body, *at))))
            case Integral(variable, body, lower, upper):
                ends = tag("integral", variable, len(lower), len(upper))
                return Node(ends, list(map(self.node, (body, *lower, *upper))))
            case Inverse() | Call() if not depends(term, self.colours):
                inside = Node(fingerprint(self.forms.anywhere(term)), [])
                return Node(tag("entry"), [inside, *self._place(term)])
        return self.binder(term)

    def binder(self, term: Term) -> Node:
        """What binds indices."""
        match term:
            case Sum() | Maximum():
                return self._nested(term, type(term))
            case Inverse(row, column, dim, body):
                bound = (self.bind("row", row, dim), self.bind("column", column, dim))
                return Node(tag("inv", dim), [self.node(body), *self._place(term)], False, bound)
            case Determinant(row, column, dim, body):
                bound = (self.bind("row", row, dim), self.bind("column", column, dim))
                return Node(tag("det", dim), [self.node(body)], False, bound)
            case Call(function, _, arguments):
                parts = [*map(self._lambda, arguments), *self._place(term)]
                return Node(tag("call", function, len(arguments)), parts)
        raise Rejected("a derivative has no canonical form before it is worked out")

    def _place(self, term: Entry) -> list[Node]:
        """The place that is asked for."""
        if isinstance(term, Inverse):
            return [Node(tag("at"), [], False, _slots(*term.at), term.symmetric)]
        slots = [Node(tag("slot", slot), [], False, _slots(*entry)) for slot, entry in term.partials]
        return [Node(tag("output"), [], False, _slots(*term.output)), Node(tag("partials"), slots, True)]

    def _nested(self, term: Term, kind: type[Sum] | type[Maximum]) -> Node:
        """Sums of sums, or maxima of maxima: one node, which binds its indices in any order."""
        name = "sum" if kind is Sum else "max"
        bound = []
        while isinstance(term, kind):
            bound.append(self.bind(name, term.index, term.dim))
            term = term.body
        self.size += len(bound)
        return Node(tag(name), [self.node(term)], False, tuple(bound), True)

    def _lambda(self, tensor: Lambda) -> Node:
        bound = tuple(self.bind("lambda", name, dim) for name, dim in tensor.indices)
        return Node(tag("lambda"), [self.node(tensor.body)], False, bound)


def _slots(*indices: Index) -> tuple[tuple[str, int], ...]:
    return tuple((index.name, index.offset) for index in indices)


@lru_cache(1_000)
def _label(rank: int, offset: int) -> Index:
    return Index(f"·{rank}", offset)


class _Writer:
    """Writes a block with the labels of its bound indices, sums and products in the order of their keys."""

    def __init__(self, forms: Forms, ranks: dict[str, int]) -> None:
        self.forms = forms
        self.ranks = ranks

    def name(self, name: str) -> str:
        return f"·{self.ranks[name]}"

    def index(self, index: Index) -> Index:
        rank = self.ranks.get(index.name)
        return index if rank is None else _label(rank, index.offset)

    def write(self, term: Term) -> Term:
        match term:
            case Num():
                return term
            case Count(index):
                return Count(self.index(index))
            case Ref(name, indices):
                written = tuple(map(self.index, indices))
                return Ref(name, tuple(sorted(written)) if name in self.forms.symmetric else written)
            case Delta(left, right):
                return Delta(*sorted((self.index(left), self.index(right))))
        if free_indices(term).isdisjoint(self.ranks):
            return self.forms.of(term)
        match term:
            case Inverse() | Call() if not depends(term, self.ranks):
                return placed(self.forms.anywhere(term), *self._place(term))
            case Sum() | Maximum() | Inverse() | Determinant() | Call():
                return self.binder(term)
        return rebuilt(term, self.write)

    def binder(self, term: Term) -> Term:
        """What binds indices."""
        match term:
            case Sum() | Maximum():
                return self._nested(term, type(term))
            case Inverse(row, column, dim, body):
                named = Inverse(
                    self.name(row), self.name(column), dim, self.write(body), NOWHERE, term.symmetric
                )
                return placed(named, *self._place(term))
            case Determinant(row, column, dim, body):
                return Determinant(self.name(row), self.name(column), dim, self.write(body))
            case Call(function, _, arguments):
                return placed(Call(function, (), tuple(map(self._lambda, arguments))), *self._place(term))
        raise Rejected("a derivative has no canonical form before it is worked out")

    def _place(self, term: Entry) -> Place:
        """The place that is asked for."""
        if isinstance(term, Inverse):
            at = tuple(map(self.index, term.at))
            return (tuple(sorted(at)) if term.symmetric else at), ()
        slots = sorted((slot, tuple(map(self.index, entry))) for slot, entry in term.partials)
        return tuple(map(self.index, term.output)), tuple(slots)

    def _nested(self, term: Term, kind: type[Sum] | type[Maximum]) -> Term:
        """Sums of sums, or maxima of maxima, which may be taken in any order."""
        bound = []
        while isinstance(term, kind):
            bound.append((self.ranks.get(term.index, 0), term.index, term.dim))
            term = term.body
        body = self.write(term)
        for _, name, dim in sorted(bound, reverse=True):
            body = kind(self.name(name), dim, body)
        return body

    def _lambda(self, tensor: Lambda) -> Lambda:
        indices = tuple((self.name(name), dim) for name, dim in tensor.indices)
        return Lambda(indices, self.write(tensor.body))
