"""Quadratic forms xᵀB M Bᵀx > 0 for x != 0, where M is positive definite (or I) and B has a right inverse.

With y = Bᵀx, B·R = I and z = R·x, it is ‖x‖² = y·z, so that y = 0 would give x = 0. Of R is used that
‖I - B·R‖² = 0: for R = inv(B), or for R = pinv(B) where the rank of B is the number of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from lemmata.derive.matrices.matrices import (
    TWO,
    Matrix,
    complement,
    declared,
    entry,
    form,
    inner,
    inverse,
    length,
    product,
)
from lemmata.derive.matrices.projections import Projection
from lemmata.derive.names import Names
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Absurd, Cases, Combine, InverseLaw, Proof, Step, Use
from lemmata.kernel.context import Statement, Variable
from lemmata.kernel.environment import difference, equivalent
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.substitute import mentions
from lemmata.kernel.terms import (
    MINUS_ONE,
    ZERO,
    Add,
    Count,
    Delta,
    Index,
    Lambda,
    Mul,
    Natural,
    Num,
    Pow,
    Sum,
    Term,
)


def by_full_rank(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims 0 < q; None where none were found."""
    if claim.relation != "<" or claim.binders:
        return None
    normalizer = searcher.workspace(claim, everything(searcher.context)).normalizer
    for found in _vectors(searcher, normalizer, claim):
        for slack in found.forms(searcher):
            if not normalizer.poly(difference(difference(claim.right, claim.left), slack)):
                steps = found.steps(f"{label}v")
                by = Combine((), slack, (), (steps[-1].id,))
                return (*steps, Step(label, claim, by))
    return None


@dataclass(frozen=True)
class Image:
    """The vector y = Bᵀx, with a right inverse R of B, and steps of which the last claims ‖I - B·R‖² = 0."""

    matrix: Matrix
    inverse: Matrix
    vector: Lambda
    before: Proof

    @property
    def names(self) -> Names:
        return self.matrix.names

    @property
    def image(self) -> Lambda:
        return self.matrix.transposed().times(self.vector)

    def forms(self, searcher: Searcher) -> Iterator[Term]:
        """yᵀy, and yᵀM y for the definite matrices M."""
        yield length(self.image)
        dim = self.matrix.columns
        for variable in searcher.context.variables:
            if "spd" in variable.properties and variable.shape == (dim, dim):
                k, m = Index(self.names.name()), Index(self.names.name())
                y_k, y_m = (entry(self.image, index, self.names) for index in (k, m))
                element = Matrix(declared(variable, self.names), self.names).entry(k, m)
                yield Sum(k.name, dim, Sum(m.name, dim, Mul((y_k, element, y_m))))

    def steps(self, label: str) -> Proof:
        """Steps of which the last claims 0 < ‖y‖²."""
        square, image = length(self.vector), length(self.image)
        claim = Statement((), "<", ZERO, image)
        positive = Step(f"{label}p", Statement((), "<", ZERO, square), Combine((), square, (), ()))
        nothing = Step(f"{label}n", Statement((), "<", ZERO, ZERO), self.contradiction(label))
        absurd = Step(f"{label}a", claim, Absurd(nothing.id, ()))
        other = Step(f"{label}o", claim, Combine((), image, (), ()))
        by = Cases(f"{label} case", Statement((), "=", image, ZERO), (nothing, absurd), (other,))
        return (*self.before, positive, Step(label, claim, by))

    def contradiction(self, label: str) -> Combine:
        """Where y = 0: ‖x‖⁴ = (xᵀE x + y·z)² <= 2·‖E‖²·‖x‖⁴ + 2·‖y‖²·‖z‖² = 0, with E = I - B·R."""
        square, y, z = length(self.vector), self.image, self.inverse.times(self.vector)
        apart = complement(self.matrix, self.inverse)
        uses = (
            Use(f"{label}p", (), (), square),
            Use(f"{label} case", (), (), Mul((TWO, length(z)))),
            Use(self.before[-1].id, (), (), Mul((TWO, Pow(square, TWO)))),
        )
        e, s = form("eigmax", apart, self.vector), inner(y, z, self.names)
        slack = Add((Pow(Add((e, Mul((MINUS_ONE, s)))), TWO), self.lagrange(apart), self.cauchy(y, z)))
        return Combine(uses, slack, (), ())

    def lagrange(self, apart: Matrix) -> Term:
        """2·‖E‖²·‖x‖⁴ - 2·(xᵀE x)²."""
        i, j, k, m = (Index(self.names.name()) for _ in range(4))
        x = {index: entry(self.vector, index, self.names) for index in (i, j, k, m)}
        first, second = Mul((apart.entry(i, j), x[k], x[m])), Mul((apart.entry(k, m), x[i], x[j]))
        term: Term = Pow(Add((first, Mul((MINUS_ONE, second)))), TWO)
        for index in (i, j, k, m):
            term = Sum(index.name, apart.rows, term)
        return term

    def cauchy(self, y: Lambda, z: Lambda) -> Term:
        """2·‖y‖²·‖z‖² - 2·(y·z)²."""
        k, m = Index(self.names.name()), Index(self.names.name())
        first, second = (Mul((entry(y, a, self.names), entry(z, b, self.names))) for a, b in ((k, m), (m, k)))
        dim = self.matrix.columns
        square = Pow(Add((first, Mul((MINUS_ONE, second)))), TWO)
        return Sum(k.name, dim, Sum(m.name, dim, square))


def _vectors(searcher: Searcher, normalizer: Normalizer, claim: Statement) -> Iterator[Image]:
    """The vectors Bᵀx, for x != 0 and a matrix B with a right inverse, of which a claim may speak."""
    sides = Add((claim.left, claim.right))
    spoken = [variable for variable in searcher.context.variables if mentions(sides, variable.name)]
    for vector in spoken:
        if len(vector.shape) != 1 or isinstance(vector.shape[0], Natural):
            continue
        x = declared(vector, searcher.names)
        if not normalizer.signs.of(length(x)).nonzero:
            continue
        for variable in spoken:
            if len(variable.shape) == 2 and not any(isinstance(sort, Natural) for sort in variable.shape):
                for matrix, inverse, steps in _inverted(searcher, normalizer, variable):
                    if matrix.rows == vector.shape[0]:
                        yield Image(matrix, inverse, x, steps)


#: A matrix B, a right inverse, and steps of which the last claims ‖I - B·R‖² = 0.
Inverted = tuple[Matrix, Matrix, Proof]


def _inverted(searcher: Searcher, normalizer: Normalizer, variable: Variable) -> Iterator[Inverted]:
    """A matrix, or its transpose, with a right inverse."""
    matrix = Matrix(declared(variable, searcher.names), searcher.names)
    label = f"{variable.name} full"
    if "invertible" in variable.properties:
        for each in (matrix, matrix.transposed()):
            yield each, inverse(each), _by_inverse(each, label)
        return
    projection = Projection(matrix, label)
    for name, given in searcher.context.hypotheses:
        for of_rows, dim in ((False, matrix.rows), (True, matrix.columns)):
            size = Count(Index(dim)) if isinstance(dim, str) else Num(Fraction(dim))
            full = Statement((), "=", projection.rank(), size)
            if equivalent(full, given, normalizer):
                steps = projection.vanishes(name, of_rows=of_rows)
                turned = matrix.transposed() if of_rows else matrix
                opposite = projection.inverse.transposed() if of_rows else projection.inverse
                yield turned, opposite, steps


def _by_inverse(matrix: Matrix, label: str) -> Proof:
    """Steps of which the last claims ‖I - B·inv(B)‖² = 0."""
    r, c = Index("r%law"), Index("c%law")
    opposite = inverse(matrix)
    sums = ((r.name, matrix.rows), (c.name, matrix.rows))
    law = Statement(sums, "=", product(matrix, opposite).entry(r, c), Delta(r, c))
    known = Step(f"{label} inverse", law, InverseLaw(opposite.tensor.body, "right", ()))
    apart = complement(matrix, opposite)
    use = Use(known.id, ((r.name, r), (c.name, c)), sums, Mul((MINUS_ONE, apart.entry(r, c))))
    return known, Step(label, Statement((), "=", apart.all_squares(), ZERO), Combine((use,), ZERO, (), ()))
