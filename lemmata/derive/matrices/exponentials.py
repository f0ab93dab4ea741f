"""Exponentials of matrices: by the differential equation which they solve, and by their derivatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.derive.conditions import with_conditions
from lemmata.derive.names import Names, written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Combine, Flow, Frechet, Intertwine, Proof, Step, Use
from lemmata.kernel.context import Statement, Variable
from lemmata.kernel.environment import difference
from lemmata.kernel.substitute import Substitution, entry_of, free_indices, subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Call,
    Delta,
    Derivative,
    Dim,
    Index,
    Lambda,
    Mul,
    Natural,
    Ref,
    Sum,
    Term,
)

#: The names of the time in a flow, and of a row and a column in a law.
TIME, BOUND, PLACES = "τ%", "τ%'", ("r%e", "c%e")


def by_exponentials(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims an equation with an exponential in it; None if none were found."""
    if claim.relation != "=" or not any(map(_is_exponential, _parts(claim))):
        return None
    return _by_flow(searcher, claim, label) or _by_derivatives(searcher, claim, label)


def _parts(claim: Statement) -> Iterator[Term]:
    yield from subterms(claim.left)
    yield from subterms(claim.right)


def _is_exponential(term: Term) -> bool:
    return isinstance(term, Call) and term.function == "expm"


# -- what solves a differential equation -------------------------------------------------------------


def _by_flow(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """exp(X) = R, where X is linear in some variables: with these times τ, R solves F' = X·F from I on."""
    places = tuple(Index(name) for name, _ in claim.binders)
    for side, other, sign in ((claim.left, claim.right, MINUS_ONE), (claim.right, claim.left, ONE)):
        if isinstance(side, Call) and side.function == "expm" and side.output == places:
            for names in _scaled(searcher, side.arguments[0]):
                flow = Lambda(claim.binders, _times_time(searcher, other, names))  # type: ignore[arg-type]
                found = _flow(searcher, side.arguments[0], flow, f"{label}f")
                if found is not None:
                    at = tuple((name, Index(name)) for name, _ in claim.binders)
                    use = Use(found.id, at, (), sign)
                    return found, Step(label, claim, Combine((use,), ZERO, (), ()))
    return None


def _scaled(searcher: Searcher, matrix: Lambda) -> Iterator[tuple[str, ...]]:
    """The variables in which a matrix is linear: its numbers, or else its tensors."""
    refs = {part.name: part.indices for part in subterms(matrix.body) if isinstance(part, Ref)}
    variables = searcher.context.variables
    declared = {v.name for v in variables if not any(isinstance(axis, Natural) for axis in v.shape)}
    numbers = tuple(name for name, indices in refs.items() if not indices and name in declared)
    tensors = tuple(name for name, indices in refs.items() if indices and name in declared)
    inside = _with_time(searcher)
    normalizer = inside.workspace(Statement((), "=", ZERO, ZERO), everything(inside.context)).normalizer
    for names in filter(None, (numbers, tensors)):
        scaled = _times_time(searcher, matrix.body, names)
        if normalizer.is_zero(difference(scaled, Mul((Ref(TIME), matrix.body)))):
            yield names


def _with_time(searcher: Searcher) -> Searcher:
    context = searcher.context
    return replace(searcher, context=replace(context, variables=(*context.variables, Variable(TIME))))


def _times_time(searcher: Searcher, term: Term, names: tuple[str, ...]) -> Term:
    """A term with some variables times τ."""
    shapes = {variable.name: variable.shape for variable in searcher.context.variables}
    tensors: dict[str, Lambda] = {}
    for name in names:
        axes = tuple((searcher.names.name(), dim) for dim in shapes[name])
        scaled = Mul((Ref(TIME), Ref(name, tuple(Index(axis) for axis, _ in axes))))
        tensors[name] = Lambda(axes, scaled)  # type: ignore[arg-type]
    return written(Substitution(searcher.names, tensors=tensors).apply(term), searcher.names)


def _flow(searcher: Searcher, matrix: Lambda, flow: Lambda, label: str) -> Step | None:
    """The step F(1) = exp(X)·F(0), with the proof inside of F' = X·F."""
    names = searcher.names
    (row, rows), _ = flow.indices
    i, k = Index(row), Index(names.name())

    def at(value: Term) -> Term:
        put = {TIME: Lambda((), value)}
        return Substitution(names, tensors=put).apply(flow.body)

    def times(first: Term, second: Term) -> Term:
        there = Substitution(names, indices={row: k}).apply(second)
        return written(Sum(k.name, rows, Mul((first, there))), names)

    slope = Derivative(BOUND, at(Ref(BOUND)), (), Lambda((), Ref(TIME)))
    product = times(entry_of(matrix, (i, k), names), flow.body)
    inside = _with_time(searcher)
    inner = Statement(flow.indices, "=", written(slope, names), product)
    known = everything(inside.context)
    found = with_conditions(inside, inside.prove(inner, known, f"{label}i"), known)
    if found.steps is None or found.verdict is None or found.verdict.outcome != "proved":
        return None
    claim = Statement(flow.indices, "=", written(at(ONE), names), times(_exponential(matrix, i, k), at(ZERO)))
    return Step(label, claim, Flow(TIME, matrix, flow, found.steps))


def _exponential(matrix: Lambda, row: Index, column: Index) -> Term:
    return Call("expm", (row, column), (matrix,))


# -- derivatives -------------------------------------------------------------------------------------


def _by_derivatives(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """An equation from what is known of the derivatives of the exponentials in it."""
    laws: list[Step] = []
    for number, (matrix, direction) in enumerate(_directions(searcher, claim)):
        laws += _laws(searcher, matrix, direction, f"{label}d{number}")
    if not laws:
        return None
    known = everything(searcher.context)
    premises = tuple((law.id, law.claim) for law in laws if isinstance(law.by, Frechet | Intertwine))
    found = searcher.prove(claim, replace(known, premises=(*known.premises, *premises)), label)
    return None if found.steps is None else (*laws, *found.steps)


def _directions(searcher: Searcher, claim: Statement) -> dict[tuple[Lambda, Lambda | None], None]:
    """The exponentials in a derivative, each with the derivative of its matrix by a number, or with none."""
    found: dict[tuple[Lambda, Lambda | None], None] = {}
    for slope in (part for part in _parts(claim) if isinstance(part, Derivative)):
        put = Substitution(searcher.names, tensors={slope.variable: slope.at})
        for part in subterms(slope.body):
            if isinstance(part, Call) and part.function == "expm":
                (inner,) = part.arguments
                matrix = Lambda(inner.indices, written(put.apply(inner.body), searcher.names))
                if free_indices(matrix.body) <= {name for name, _ in inner.indices}:
                    found[matrix, None] = None
                    if not slope.wrt:
                        moved = Derivative(slope.variable, inner.body, (), slope.at)
                        found[matrix, Lambda(inner.indices, moved)] = None
    return found


def _laws(searcher: Searcher, matrix: Lambda, direction: Lambda | None, label: str) -> list[Step]:
    """The derivative of exp at X along C, where that commutes with X; of its trace, along anything."""
    names = searcher.names
    dim, (i, j) = matrix.indices[0][1], map(Index, PLACES)
    side, along = ("inner", direction) if direction else ("outer", _identity(dim))
    commuting = _equal(names, dim, _product(matrix, along, dim, names), _product(along, matrix, dim, names))
    before = searcher.prove(commuting, everything(searcher.context), f"{label}c").steps
    if before is None:
        return []
    p, q, k = (Index(names.name()) for _ in range(3))
    output, entry = ((i, j), (p, q)) if direction else ((p, q), (i, j))
    factor = entry_of(along, (p, q) if direction else (q, p), names)
    slope = Mul((Call("expm", output, (matrix,), ((0, entry),)), factor))
    ends = (i, j) if direction else (j, i)
    value = Mul((_exponential(matrix, ends[0], k), entry_of(along, (k, ends[1]), names)))
    left, right = Sum(p.name, dim, Sum(q.name, dim, slope)), Sum(k.name, dim, value)
    by = Frechet(f"{label}c", side, matrix, along)
    steps = [*before, Step(f"{label}s", _equal(names, dim, left, right), by)]
    return [*steps, _commuting(names, matrix, direction, label)] if direction else steps


def _commuting(names: Names, matrix: Lambda, along: Lambda, label: str) -> Step:
    """exp(X)·C = C·exp(X), where X·C = C·X."""
    dim, (i, j) = matrix.indices[0][1], map(Index, PLACES)
    exponential = Lambda(tuple((name, dim) for name in PLACES), _exponential(matrix, i, j))
    sides = (_product(exponential, along, dim, names), _product(along, exponential, dim, names))
    return Step(f"{label}t", _equal(names, dim, *sides), Intertwine(f"{label}c", matrix, matrix, along))


def _identity(dim: Dim) -> Lambda:
    i, j = PLACES
    return Lambda(((i, dim), (j, dim)), Delta(Index(i), Index(j)))


def _product(first: Lambda, second: Lambda, dim: Dim, names: Names) -> Term:
    """The entry of a product of matrices at the row and the column of a law."""
    (i, j), k = map(Index, PLACES), Index(names.name())
    return Sum(k.name, dim, Mul((entry_of(first, (i, k), names), entry_of(second, (k, j), names))))


def _equal(names: Names, dim: Dim, left: Term, right: Term) -> Statement:
    return Statement(tuple((name, dim) for name in PLACES), "=", written(left, names), written(right, names))
