"""The determinant of a diagonal matrix and a product of vectors.

    det(diag(d) + u vᵀ) = det(diag d)·(1 + Σ_i u_i·v_i/d_i)          d_i != 0

Source: Harville (1997), Matrix Algebra from a Statistician's Perspective, theorem 18.1.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from lemmata.derive.conditions import with_conditions
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher, size
from lemmata.kernel.certificate import Combine, Congruence, DeterminantLaw, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.diagonal import diagonal_of
from lemmata.kernel.environment import difference
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, constant
from lemmata.kernel.substitute import Substitution, free_indices, freshened, subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Delta,
    Determinant,
    Dim,
    Index,
    Lambda,
    Mul,
    Pow,
    Ref,
    Sum,
    Term,
)

HOLE = "hole%"
#: How many parts a matrix may have.
LARGEST_MATRIX = 200


def by_rank_one(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims the statement, by the values of determinants; None where none are."""
    parts = (part for side in (claim.left, claim.right) for part in subterms(side))
    if not any(isinstance(part, Determinant) for part in parts):
        return None
    known = everything(searcher.context)
    try:
        normalizer = searcher.workspace(claim, known).normalizer
        values = list(_values(searcher, normalizer, claim, label))
        if not values:
            return None
        premises = tuple((steps[-1].id, steps[-1].claim) for steps in values)
        found = searcher.prove(claim, replace(known, premises=(*premises, *known.premises)), label)
    except (Rejected, TooLarge):
        return None
    if found.steps is None:
        return None
    steps = (*(step for value in values for step in value), *found.steps)
    return with_conditions(searcher, replace(found, steps=steps), known).steps


def _values(searcher: Searcher, normalizer: Normalizer, claim: Statement, label: str) -> Iterator[Proof]:
    """Steps for each determinant in the normal form of a claim."""
    found: dict[Term, None] = {}
    for side in (claim.left, claim.right):
        found |= dict.fromkeys(subterms(normalizer.normal(side)))
    for number, term in enumerate(part for part in found if isinstance(part, Determinant)):
        matrix = freshened(searcher.names, term)
        closed = not free_indices(matrix) - set(searcher.context.dims)
        if isinstance(matrix, Determinant) and closed and size(matrix) <= LARGEST_MATRIX:
            steps = _Matrix(searcher, normalizer, matrix, f"{label}v{number}").steps()
            if steps is not None:
                yield steps


@dataclass(frozen=True)
class _Matrix:
    """A matrix whose determinant is looked for."""

    searcher: Searcher
    normalizer: Normalizer
    matrix: Determinant
    label: str

    @property
    def dim(self) -> Dim:
        return self.matrix.dim

    def steps(self) -> Proof | None:
        parts = self.parts()
        vectors = None if parts is None else self.vectors(parts[1])
        if parts is None or vectors is None:
            return None
        d, (u, v) = self.normalizer.term(parts[0]), vectors
        total = Add((Mul((self.delta(), d)), Mul((u, v))))
        if not self.normalizer.is_zero(difference(self.matrix.body, total)):
            return None
        return self.derived(*(written(term, self.searcher.names) for term in (d, u, v)))

    def delta(self) -> Term:
        return Delta(Index(self.matrix.row), Index(self.matrix.column))

    def parts(self) -> tuple[Poly, Poly] | None:
        """The entries of the diagonal matrix, and what remains."""
        ends = {self.matrix.row, self.matrix.column}
        poly = self.normalizer.poly(self.matrix.body)
        inside = {m: value for m, value in poly.items() if any(_joins(power, ends) for power in m)}
        rest = {monomial: value for monomial, value in poly.items() if monomial not in inside}
        diagonal = replace(self.matrix, body=self.normalizer.term(inside))
        entries = diagonal_of(self.normalizer, diagonal) if inside and rest else None
        return None if entries is None else (entries, rest)

    def vectors(self, poly: Poly) -> tuple[Term, Term] | None:
        """u and v such that the sum of products is u(row)·v(column), if it is one."""
        table: dict[tuple[Monomial, Monomial], Poly] = {}
        for monomial, value in poly.items():
            split = self.split(monomial)
            if split is None:
                return None
            table.setdefault(split[:2], {})[split[2]] = value
        (first, second), pivot = min(table.items(), key=lambda item: len(item[1]))
        rows, columns = ({key[place]: None for key in table} for place in (0, 1))
        over = self.normalizer.power(pivot, constant(Fraction(-1)))
        u = {row: table.get((row, second), {}) for row in rows}
        v = {column: self.normalizer.product([over, table.get((first, column), {})]) for column in columns}
        return self.total(u), self.total(v)

    def split(self, monomial: Monomial) -> tuple[Monomial, Monomial, Monomial] | None:
        """What speaks of the row, of the column, and of neither, if nothing speaks of both."""
        sides: tuple[list[tuple[Term, Term]], ...] = ([], [], [])
        for power in monomial:
            touched = self.normalizer.touched(power)
            places = [k for k, end in enumerate((self.matrix.row, self.matrix.column)) if end in touched]
            if len(places) > 1:
                return None
            sides[places[0] if places else 2].append(power)
        row, column, rest = map(tuple, sides)
        return row, column, rest

    def total(self, parts: dict[Monomial, Poly]) -> Term:
        products = (self.normalizer.product([{m: Fraction(1)}, poly]) for m, poly in parts.items())
        return self.normalizer.term(self.normalizer.add(products))

    def derived(self, d: Term, u: Term, v: Term) -> Proof:
        """The steps: M = diag(d)·(I + (u/d) vᵀ), the determinants of both, and of the product."""
        row, column, dim, names = self.matrix.row, self.matrix.column, self.dim, self.searcher.names
        k = names.name()
        w = Mul((u, Pow(d, MINUS_ONE)))
        diagonal, inner = Mul((self.delta(), d)), Add((self.delta(), Mul((w, v))))
        first = Substitution(names, indices={column: Index(k)}).apply(diagonal)
        second = Substitution(names, indices={row: Index(k)}).apply(inner)
        product = Sum(k, dim, Mul((first, second)))
        whole, turned, one = (self.det(body) for body in (self.matrix.body, product, inner))
        there = Substitution(names, indices={column: Index(row)}).apply(v)
        value = Add((ONE, Sum(row, dim, Mul((w, there)))))
        axes = ((row, dim), (column, dim))
        template = self.det(Ref(HOLE, (Index(row), Index(column))))
        label = self.label
        exchange = DeterminantLaw("exchange", Lambda(axes[:1], w), Lambda(axes[1:], v))
        law = DeterminantLaw("product", Lambda(axes, diagonal), Lambda(axes, inner))
        uses = (Use(f"{label}c", (), (), ONE), Use(f"{label}p", (), (), ONE))
        last = Use(f"{label}e", (), (), written(self.det(diagonal), names))
        said = (
            (f"{label}b", axes, self.matrix.body, product, Combine((), ZERO, (), ())),
            (f"{label}c", (), whole, turned, Congruence(f"{label}b", (), HOLE, template, ())),
            (f"{label}p", (), turned, Mul((self.det(diagonal), one)), law),
            (f"{label}e", (), one, value, exchange),
            (label, (), whole, Mul((self.det(diagonal), value)), Combine((*uses, last), ZERO, (), ())),
        )
        return tuple(
            Step(name, Statement(binders, "=", *(written(side, names) for side in (left, right))), by)
            for name, binders, left, right, by in said
        )

    def det(self, body: Term) -> Determinant:
        return Determinant(self.matrix.row, self.matrix.column, self.dim, body)


def _joins(power: tuple[Term, Term], ends: set[str]) -> bool:
    return isinstance(power[0], Delta) and free_indices(power[0]) == ends
