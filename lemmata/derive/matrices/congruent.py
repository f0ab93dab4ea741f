"""rank(B M Bᵀ) = rank(B) for a symmetric positive definite matrix M.

Let C = B M Bᵀ, P = B·pinv(B), Q = C·pinv(C) and Z = (I - Q)·B. As P·C = C, the difference d of the ranks is
tr(P) - tr(Q) = tr(Z·pinv(B)). As Q·C = C, it is tr(Z M Zᵀ) = 0. With μ = -eigmax(-M) > 0 and f = ‖pinv(B)‖²
then (2 + f)·d² <= (1 + f)²·‖Z‖² <= (1 + f)²·tr(Z M Zᵀ)/μ = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.derive.matrices.eigenvalues import Definite, less, over, times
from lemmata.derive.matrices.matrices import TWO, Matrix, complement, form, product, trace
from lemmata.derive.matrices.projections import Projection
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Absurd, Cases, Combine, Proof, Step, Stretch, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Index, Lambda, Pow, Sum, Term


@dataclass(frozen=True)
class Congruent:
    """The matrices B and M, and a label for the steps."""

    matrix: Matrix
    known: Definite
    label: str

    @property
    def names(self) -> Names:
        return self.matrix.names

    @property
    def part(self) -> Projection:
        return Projection(self.matrix, f"{self.label}p")

    @property
    def whole(self) -> Projection:
        inner = product(self.matrix, self.known.matrix)
        return Projection(product(inner, self.matrix.transposed()), f"{self.label}w")

    @property
    def apart(self) -> Matrix:
        """I - Q."""
        return complement(self.whole.matrix, self.whole.inverse)

    @property
    def rest(self) -> Matrix:
        """Z."""
        return product(self.apart, self.matrix)

    def difference(self) -> Term:
        """rank(B) - rank(C)."""
        return less(self.part.rank(), self.whole.rank())

    def remainder(self) -> Term:
        """tr(Z M Zᵀ)."""
        return trace(product(product(self.rest, self.known.matrix), self.rest.transposed()))

    def steps(self) -> Proof:
        """Steps of which the last claims that the ranks are the same."""
        laws = tuple(each.law(law) for each in (self.part, self.whole) for law in ("first", "trace"))
        equal = Statement((), "=", self.whole.rank(), self.part.rank())
        case, below = f"{self.label} case", self.square_vanishes()
        by_case = Combine((Use(case, (), (), MINUS_ONE),), ZERO, (), ())
        strict = Combine((Use(below.id, (), (), ONE),), self.scaled(), (), ())
        nothing = Step(f"{self.label}n", Statement((), "<", ZERO, ZERO), strict)
        other = (nothing, Step(f"{self.label}a", equal, Absurd(nothing.id, ())))
        on = Statement((), "=", self.difference(), ZERO)
        last = Cases(case, on, (Step(f"{self.label}o", equal, by_case),), other)
        before = (
            *laws,
            self.known.smallest_is_positive(),
            self.by_traces(),
            self.vanishes(),
            self.stretched(),
        )
        return (*before, below, Step(self.label, equal, last))

    def by_traces(self) -> Step:
        """d = tr(Z·pinv(B))."""
        i, k = Index(self.names.name()), Index(self.names.name())
        matrix = self.matrix
        other = product(product(self.known.matrix, matrix.transposed()), self.whole.inverse)
        uses = (
            Use(f"{self.label}p trace", (), (), MINUS_ONE),
            Use(f"{self.label}w trace", (), (), ONE),
            self.part.use("first", i, k, (matrix.rows, matrix.columns), other.entry(k, i)),
        )
        claim = Statement((), "=", self.difference(), trace(product(self.rest, self.part.inverse)))
        return Step(f"{self.label}t", claim, Combine(uses, ZERO, (), ()))

    def vanishes(self) -> Step:
        """tr(Z M Zᵀ) = 0."""
        i, k = Index(self.names.name()), Index(self.names.name())
        rows = self.matrix.rows
        use = self.whole.use("first", i, k, (rows, rows), times(MINUS_ONE, self.apart.entry(i, k)))
        return Step(
            f"{self.label}v", Statement((), "=", self.remainder(), ZERO), Combine((use,), ZERO, (), ())
        )

    def stretched(self) -> Step:
        """-zᵀM z <= -μ·‖z‖² for each row z of Z."""
        i, k = Index("r%row"), Index(self.names.name())
        row = Lambda(((k.name, self.matrix.columns),), self.rest.entry(i, k))
        minus = self.known.minus()
        squares = self.rest.transposed().column(i)
        bound = times(self.known.eigmax(minus), squares)
        claim = Statement(((i.name, self.matrix.rows),), "<=", form("eigmax", minus, row), bound)
        return Step(f"{self.label}s", claim, Stretch("eigmax", minus.tensor, row))

    def square_vanishes(self) -> Step:
        """(2 + f)·d² <= 0, by the square of (1 + f)·Z - d·pinv(B)ᵀ."""
        i = Index(self.names.name())
        more, small = Add((ONE, self.size())), self.known.smallest()
        scale = times(over(small), Pow(more, TWO))
        sums = ((i.name, self.matrix.rows),)
        uses = (
            Use(f"{self.label}t", (), (), times(TWO, more, self.difference())),
            Use(f"{self.label}s", (("r%row", i),), sums, scale),
            Use(f"{self.label}v", (), (), scale),
        )
        claim = Statement((), "<=", self.scaled(), ZERO)
        return Step(f"{self.label}q", claim, Combine(uses, self.slack(more), (), (f"{self.known.label}s",)))

    def size(self) -> Term:
        """f = ‖pinv(B)‖²."""
        return self.part.inverse.all_squares()

    def scaled(self) -> Term:
        """(2 + f)·d²."""
        return times(Add((TWO, self.size())), Pow(self.difference(), TWO))

    def slack(self, more: Term) -> Term:
        """‖(1 + f)·Z - d·pinv(B)ᵀ‖²."""
        i, k = Index(self.names.name()), Index(self.names.name())
        z, p = self.rest.entry(i, k), self.part.inverse.entry(k, i)
        apart = Pow(less(times(more, z), times(self.difference(), p)), TWO)
        return Sum(i.name, self.matrix.rows, Sum(k.name, self.matrix.columns, apart))
