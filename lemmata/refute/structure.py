"""What a term is made of: its parts, its free indices, the names in it. (Not shared with the kernel.)"""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.kernel.terms import (
    Add,
    Apply,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
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

Part = Term | Lambda


def parts(term: Part) -> Iterator[Part]:
    """The direct parts of a term or of a tensor given by its entries."""
    match term:
        case Add(inner) | Mul(inner):
            yield from inner
        case Pow(base, exponent):
            yield from (base, exponent)
        case Sum() | Maximum() | Inverse() | Determinant() | Expectation() | Lambda():
            yield term.body
        case Apply():
            yield term.argument
        case Call():
            yield from term.arguments
        case Derivative():
            yield from (term.body, term.at)
        case Limit():
            yield from (term.body, *term.at)
        case Integral():
            yield from (term.body, *term.lower, *term.upper)


def everything(term: Part) -> Iterator[Part]:
    """The term and all that is below it."""
    yield term
    for part in parts(term):
        yield from everything(part)


def own_indices(term: Part) -> tuple[Index, ...]:
    """The indices which stand in the term itself, outside of what it binds."""
    match term:
        case Ref():
            return term.indices
        case Count():
            return (term.index,)
        case Delta():
            return (term.left, term.right)
        case Inverse():
            return term.at
        case Derivative():
            return term.wrt
        case Call():
            return (*term.output, *(index for _, entry in term.partials for index in entry))
    return ()


def bound_names(term: Part) -> frozenset[str]:
    """The index names which the term binds in its body."""
    match term:
        case Sum() | Maximum():
            return frozenset({term.index})
        case Inverse() | Determinant():
            return frozenset({term.row, term.column})
        case Lambda():
            return frozenset(name for name, _ in term.indices)
    return frozenset()


def free_names(term: Part) -> tuple[str, ...]:
    """The names of the free indices, in order."""
    inside = {name for part in parts(term) for name in free_names(part)} - bound_names(term)
    return tuple(sorted(inside | {index.name for index in own_indices(term) if index.name}))


def contains(term: Part, *kinds: type) -> bool:
    """Whether a part of one of these kinds is in the term."""
    return any(isinstance(part, kinds) for part in everything(term))


def variables(term: Part) -> frozenset[str]:
    """The tensor variables which the term mentions and does not bind."""
    if isinstance(term, Ref):
        return frozenset({term.name})
    if isinstance(term, Derivative):
        return (variables(term.body) - {term.variable}) | variables(term.at)
    return frozenset[str]().union(*map(variables, parts(term)))


def functions(term: Part) -> frozenset[str]:
    """The functions which the term applies."""
    own = {term.function} if isinstance(term, (Apply, Call)) else set()
    return frozenset(own).union(*map(functions, parts(term)))


def as_written(name: str) -> str:
    """The name of an index as its author wrote it; the lowering puts marks behind it."""
    return name.partition("%")[0]


class Notes:
    """What the evaluation asks of each term again and again, looked up by the identity of the term."""

    def __init__(self) -> None:
        self._names: dict[int, tuple[Part, tuple[str, ...]]] = {}
        self._guards: dict[int, tuple[Mul, tuple[list[Term], list[Term]]]] = {}
        self._constant: dict[int, tuple[Part, bool]] = {}

    def names(self, term: Part) -> tuple[str, ...]:
        """The names of the free indices."""
        if id(term) not in self._names:
            self._names[id(term)] = term, free_names(term)
        return self._names[id(term)][1]

    def guards(self, term: Mul) -> tuple[list[Term], list[Term]]:
        """The factors with a Kronecker delta, and the others."""
        if id(term) not in self._guards:
            first = [factor for factor in term.factors if contains(factor, Delta)]
            rest = [factor for factor in term.factors if not contains(factor, Delta)]
            self._guards[id(term)] = term, (first, rest)
        return self._guards[id(term)][1]

    def constant(self, term: Part) -> bool:
        """Whether the term is made of numbers only."""
        if id(term) not in self._constant:
            found = all(isinstance(part, (Num, Add, Mul, Pow)) for part in everything(term))
            self._constant[id(term)] = term, found
        return self._constant[id(term)][1]
