"""Canonical labelling: one representative for all ways of naming bound indices and ordering factors.

Colours are refined until they are stable (each index by where it occurs, seen with the colours of its
neighbours); where several indices still share a colour, one of them is singled out, and branches which an
automorphism found earlier maps onto each other are visited once (McKay 1981, "Practical graph
isomorphism"). The result is always the same term with other names for its bound indices and another order
of its sums and products. So a mistake here could only miss an equality, never invent one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.substitute import Fresh, names_of
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

#: A Mersenne prime, as large as Python's own hashes.
_PRIME = 2**61 - 1
Colours = dict[str, int]
Permutation = dict[str, str]


def number(*parts: object) -> int:
    """A number for some values, the same in every process (Python's hash of text is not)."""
    return hash(tuple(map(_code, parts)))


def _code(part: object) -> int:
    match part:
        case str():
            return _of_text(part)
        case int():
            return part if part >= 0 else _PRIME - part
        case Index():
            return hash((_of_text(part.name), _code(part.offset)))
        case tuple():
            return hash(tuple(map(_code, part)))
    if type(part) is Fraction:  # to ask for a subclass is slow
        return hash((_code(part.numerator), part.denominator))
    return _key(part, False)


@lru_cache(10_000)
def _tag(*words: str) -> int:
    """The number of some words, once."""
    return number(*words)


@lru_cache(10_000)
def _of_text(text: str) -> int:
    return int.from_bytes(text.encode(), "big") % _PRIME


def _key(node: object, anonymous: bool) -> int:
    """A number for a term, remembered with it; if anonymous, without the names of its free indices."""
    place = "_anonymous" if anonymous else "_key"
    known = node.__dict__.get(place)
    if known is None:
        fields = (getattr(node, name) for name in type(node).__match_args__)  # type: ignore[attr-defined]
        parts = (_anonymous(part) if anonymous else _code(part) for part in fields)
        known = node.__dict__[place] = hash((_code(type(node).__name__), *parts))
    return int(known)


def _anonymous(part: object) -> int:
    match part:
        case Index(name, offset):
            return hash((_of_text(name) if name.startswith("·") else 0, _code(offset)))
        case tuple():
            return hash(tuple(map(_anonymous, part)))
        case str() | int() | Fraction():
            return _code(part)
    return _key(part, True)


def canonical(term: Term, fresh: Fresh, symmetric: frozenset[str] = frozenset()) -> Term:
    """The representative of a term whose binders have different names; `symmetric` names the matrices
    whose two indices may be exchanged."""
    tree = _Tree(symmetric, fresh)
    root = tree.node(term)
    ranks = _Search(root, tree).ranks()
    return _Writer(ranks, symmetric).write(term)


def fingerprint(term: Term, anonymous: bool = False) -> int:
    """A number that orders terms, independent of the names of bound indices if the term is canonical;
    if `anonymous`, of the names of free indices too."""
    return _key(term, anonymous)


def is_labelled(term: Term) -> bool:
    """Whether labels of a canonical form occur in a term; remembered with it."""
    known = term.__dict__.get("_labelled")
    if known is None:
        known = term.__dict__["_labelled"] = any(name.startswith("·") for name in names_of(term))
    return bool(known)


def require_unlabelled(term: Term) -> None:
    """Labels are names of bound indices only; one that is free would be confused with them."""
    if is_labelled(term):
        raise Rejected("a label of a canonical form is not bound")


@dataclass(slots=True)
class _Node:
    """A node of the tree: a tag, children in order (or in any order), and the indices it touches."""

    tag: int
    children: list[_Node]
    unordered: bool = False
    indices: tuple[tuple[str, int], ...] = ()
    exchangeable: bool = False
    up: int = 0


class _Tree:
    """Turns a term into nodes and collects its bound indices with their first colours."""

    def __init__(self, symmetric: frozenset[str], fresh: Fresh) -> None:
        self.symmetric = symmetric
        self.fresh = fresh
        self.colours: Colours = {}
        self.size = 0

    def bind(self, kind: str, name: str, dim: Dim) -> tuple[str, int]:
        self.colours[name] = number(kind, dim)
        return (name, 0)

    def node(self, term: Term) -> _Node:
        self.fresh.spend()
        self.size += 1
        match term:
            case Num(value):
                return _Node(number("num", value), [])
            case Count(index):
                return _Node(_tag("count"), [], indices=_slots(index))
            case Ref(name, indices):
                return _Node(_tag("ref", name), [], False, _slots(*indices), name in self.symmetric)
            case Delta(left, right):
                return _Node(_tag("delta"), [], False, _slots(left, right), True)
            case Add(parts):
                return _Node(_tag("add"), [self.node(part) for part in parts], True)
            case Mul(parts):
                return _Node(_tag("mul"), [self.node(part) for part in parts], True)
            case Pow(base, exponent):
                return _Node(_tag("pow"), [self.node(base), self.node(exponent)])
            case Expectation(body):
                return _Node(_tag("mean"), [self.node(body)])
            case Apply(function, order, argument):
                return _Node(number("apply", function, order), [self.node(argument)])
            case Sum() | Maximum():
                return self._nested(term, type(term))
            case Inverse(row, column, dim, body, at):
                bound = (self.bind("row", row, dim), self.bind("column", column, dim))
                outside = _Node(_tag("at"), [], False, _slots(*at), term.symmetric)
                return _Node(number("inv", dim), [self.node(body), outside], False, bound)
            case Determinant(row, column, dim, body):
                bound = (self.bind("row", row, dim), self.bind("column", column, dim))
                return _Node(number("det", dim), [self.node(body)], False, bound)
            case Call(function, output, arguments, partials):
                return self._call(function, output, arguments, partials)
            case Limit(variable, body, at, side):
                return _Node(_tag("limit", variable, side), list(map(self.node, (body, *at))))
            case Integral(variable, body, lower, upper):
                tag = number("integral", variable, len(lower), len(upper))
                return _Node(tag, list(map(self.node, (body, *lower, *upper))))
        raise Rejected("a derivative has no canonical form before it is worked out")

    def _call(self, function, output, arguments, partials) -> _Node:  # type: ignore[no-untyped-def]
        slots = [_Node(number("slot", slot), [], False, _slots(*entry)) for slot, entry in partials]
        parts = [self._lambda(argument) for argument in arguments]
        parts.append(_Node(_tag("partials"), slots, True))
        return _Node(number("call", function, len(arguments)), parts, False, _slots(*output))

    def _nested(self, term: Term, kind: type[Sum] | type[Maximum]) -> _Node:
        """Sums of sums, or maxima of maxima: one node, which binds its indices in any order."""
        tag = "sum" if kind is Sum else "max"
        bound = []
        while isinstance(term, kind):
            bound.append(self.bind(tag, term.index, term.dim))
            term = term.body
        self.size += len(bound)
        return _Node(_tag(tag), [self.node(term)], False, tuple(bound), True)

    def _lambda(self, tensor: Lambda) -> _Node:
        bound = tuple(self.bind("lambda", name, dim) for name, dim in tensor.indices)
        return _Node(_tag("lambda"), [self.node(tensor.body)], False, bound)


def _slots(*indices: Index) -> tuple[tuple[str, int], ...]:
    return tuple((index.name, index.offset) for index in indices)


class _Search:
    """Finds the labelling with the smallest key, over the tree of individualisations."""

    def __init__(self, root: _Node, tree: _Tree) -> None:
        self.root = root
        self.fresh = tree.fresh
        self.names = sorted(tree.colours)
        self.start = tree.colours
        self.free: dict[str, int] = {}
        # A look at a node is cheap beside a step of algebra.
        self.work = 1 + tree.size // 16

    def ranks(self) -> dict[str, int]:
        """For each bound index its place."""
        colours = self.refine(self.start)
        if len(set(colours.values())) == len(self.names):
            return self.placed(colours)
        _, ranks, _ = self.best(colours)
        return ranks

    def placed(self, colours: Colours) -> dict[str, int]:
        """The places of indices whose colours all differ."""
        order = sorted(self.names, key=colours.__getitem__)
        return {name: place for place, name in enumerate(order)}

    def refine(self, colours: Colours) -> Colours:
        count = len(set(colours.values()))
        while count < len(colours):
            colours = self.round(colours)
            finer = len(set(colours.values()))
            if finer == count:
                break
            count = finer
        return colours

    def round(self, colours: Colours) -> Colours:
        self.fresh.spend(self.work)
        self.up(self.root, colours)
        seen: dict[str, list[int]] = {name: [] for name in colours}
        self.down(self.root, 0, seen)
        return {name: hash((colours[name], *sorted(places))) for name, places in seen.items()}

    def up(self, node: _Node, colours: Colours) -> int:
        below = [self.up(child, colours) for child in node.children]
        if node.unordered:
            below.sort()
        touched = [hash((self.colour(name, colours), offset)) for name, offset in node.indices]
        if node.exchangeable:
            touched.sort()
        node.up = hash((node.tag, *below, -1, *touched))
        return node.up

    def colour(self, name: str, colours: Colours) -> int:
        if name in colours:
            return colours[name]
        if name not in self.free:
            self.free[name] = number("free", name)
        return self.free[name]

    def down(self, node: _Node, above: int, seen: dict[str, list[int]]) -> None:
        here = hash((above, node.up))
        for place, (name, offset) in enumerate(node.indices):
            if name in seen:
                seen[name].append(hash((here, 0 if node.exchangeable else place, offset)))
        for place, child in enumerate(node.children):
            self.down(child, hash((here, 0 if node.unordered else place)), seen)

    def best(self, colours: Colours) -> tuple[int, dict[str, int], list[Permutation]]:
        """The smallest key below this node, its ranks, and the automorphisms found on the way."""
        cell = self.cell(colours)
        if cell is None:
            return (*self.leaf(colours), [])
        if self.are_twins(cell):
            return self.best(self.refine(self.all_singled_out(colours, cell)))
        found: list[Permutation] = []
        tried: dict[int, dict[str, int]] = {}
        visited: list[str] = []
        winner: tuple[int, dict[str, int]] | None = None
        for vertex in cell:
            if _orbit(vertex, found) & set(visited):
                continue
            visited.append(vertex)
            single = self.single_out(colours, vertex)
            key, ranks = self.first_leaf(single)
            if key in tried:
                found.append(_permutation(tried[key], ranks))
                continue
            tried[key] = ranks
            low, ranks, automorphisms = self.best(single)
            found += automorphisms
            if winner is None or low < winner[0]:
                winner = (low, ranks)
        if winner is None:
            raise TooLarge("no labelling was found")
        return (*winner, found)

    def are_twins(self, cell: list[str]) -> bool:
        """Whether any two indices of the cell may be exchanged while all others stay."""
        places = {name: place for place, name in enumerate(self.names)}
        self.fresh.spend(self.work)
        key, first = self.up(self.root, places), cell[0]
        for other in cell[1:]:
            self.fresh.spend(self.work)
            exchanged = {**places, first: places[other], other: places[first]}
            if self.up(self.root, exchanged) != key:
                return False
        return True

    def all_singled_out(self, colours: Colours, cell: list[str]) -> Colours:
        return {**colours, **{name: hash((colours[name], place)) for place, name in enumerate(cell)}}

    def cell(self, colours: Colours) -> list[str] | None:
        """The smallest set of indices that share a colour, if any do."""
        cells: dict[int, list[str]] = {}
        for name in self.names:
            cells.setdefault(colours[name], []).append(name)
        shared = [(len(names), colour) for colour, names in cells.items() if len(names) > 1]
        return cells[min(shared)[1]] if shared else None

    def single_out(self, colours: Colours, vertex: str) -> Colours:
        return self.refine({**colours, vertex: hash((colours[vertex], 1))})

    def first_leaf(self, colours: Colours) -> tuple[int, dict[str, int]]:
        while (cell := self.cell(colours)) is not None:
            colours = self.single_out(colours, cell[0])
        return self.leaf(colours)

    def leaf(self, colours: Colours) -> tuple[int, dict[str, int]]:
        self.fresh.spend(self.work)
        ranks = self.placed(colours)
        return self.up(self.root, {name: place + 1 for name, place in ranks.items()}), ranks


def _permutation(first: dict[str, int], second: dict[str, int]) -> Permutation:
    at = {rank: name for name, rank in second.items()}
    return {name: at[rank] for name, rank in first.items()}


def _orbit(vertex: str, permutations: list[Permutation]) -> set[str]:
    orbit, new = {vertex}, [vertex]
    while new:
        name = new.pop()
        for permutation in permutations:
            backwards = next(old for old, image in permutation.items() if image == name)
            for image in (permutation[name], backwards):
                if image not in orbit:
                    orbit.add(image)
                    new.append(image)
    return orbit


@lru_cache(1_000)
def _label(rank: int, offset: int) -> Index:
    return Index(f"·{rank}", offset)


class _Writer:
    """Writes a term with the labels of its bound indices, sums and products in the order of their keys."""

    def __init__(self, ranks: dict[str, int], symmetric: frozenset[str]) -> None:
        self.ranks = ranks
        self.symmetric = symmetric

    def name(self, name: str) -> str:
        return f"·{self.ranks[name]}" if name in self.ranks else name

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
                return Ref(name, tuple(sorted(written)) if name in self.symmetric else written)
            case Delta(left, right):
                return Delta(*sorted((self.index(left), self.index(right))))
            case Add(parts):
                return Add(self._sorted(parts))
            case Mul(parts):
                return Mul(self._sorted(parts))
            case Pow(base, exponent):
                return Pow(self.write(base), self.write(exponent))
            case Expectation(body):
                return Expectation(self.write(body))
            case Apply(function, order, argument):
                return Apply(function, order, self.write(argument))
            case Sum() | Maximum():
                return self._nested(term, type(term))
            case Inverse(row, column, dim, body, (first, second)):
                at = (self.index(first), self.index(second))
                at = (min(at), max(at)) if term.symmetric else at
                return Inverse(self.name(row), self.name(column), dim, self.write(body), at, term.symmetric)
            case Determinant(row, column, dim, body):
                return Determinant(self.name(row), self.name(column), dim, self.write(body))
            case Call(function, output, arguments, partials):
                slots = sorted((slot, tuple(map(self.index, entry))) for slot, entry in partials)
                values = tuple(map(self._lambda, arguments))
                return Call(function, tuple(map(self.index, output)), values, tuple(slots))
            case Limit(variable, body, at, side):
                return Limit(variable, self.write(body), tuple(map(self.write, at)), side)
            case Integral(variable, body, lower, upper):
                ends = (tuple(map(self.write, end)) for end in (lower, upper))
                return Integral(variable, self.write(body), *ends)
        raise Rejected("a derivative has no canonical form before it is worked out")

    def _sorted(self, parts: Iterable[Term]) -> tuple[Term, ...]:
        return tuple(sorted(map(self.write, parts), key=fingerprint))

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
