"""Norms and eigenvalues of a symmetric positive definite matrix M.

    opnorm(M) = eigmax(M)      0 < -eigmax(-M)      eigmax(inv(M)) = 1/(-eigmax(-M))

All by unit vectors at which they are attained. For instance opnorm(M) <= λ = eigmax(M), as with w = M u
λ·(λ²·‖u‖² - ‖w‖²) = λ²·(λ·‖u‖² - uᵀM u) + (λ·‖w‖² - wᵀM w) + (λ u - w)ᵀM (λ u - w).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lemmata.derive.matrices.matrices import TWO, Matrix, entry, form, inverse, length, product
from lemmata.derive.names import Names
from lemmata.kernel.certificate import (
    Between,
    Combine,
    InverseLaw,
    Maximiser,
    Monotone,
    Proof,
    Step,
    Stretch,
    Use,
)
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Call,
    Delta,
    Index,
    Lambda,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

_MINUS_TWO, _HALF = Num(Fraction(-2)), Fraction(1, 2)


def times(*factors: Term) -> Term:
    return Mul(factors)


def less(left: Term, right: Term) -> Term:
    """left - right."""
    return Add((left, Mul((MINUS_ONE, right))))


def over(term: Term) -> Term:
    """1 / term."""
    return Pow(term, MINUS_ONE)


@dataclass(frozen=True)
class Definite:
    """A symmetric positive definite matrix M, and a label for the steps."""

    matrix: Matrix
    label: str

    @property
    def names(self) -> Names:
        return self.matrix.names

    def eigmax(self, matrix: Matrix | None = None) -> Call:
        return Call("eigmax", (), ((matrix or self.matrix).tensor,))

    def minus(self) -> Matrix:
        """-M."""
        tensor = self.matrix.tensor
        return Matrix(Lambda(tensor.indices, times(MINUS_ONE, tensor.body)), self.names)

    def smallest(self) -> Term:
        """-eigmax(-M)."""
        return times(MINUS_ONE, self.eigmax(self.minus()))

    def vector(self) -> Lambda:
        """A new vector."""
        name = Index(self.names.name())
        return Lambda(((name.name, self.matrix.rows),), Ref(self.names.name(), (name,)))

    def quadratic(self, z: Lambda) -> Term:
        """zᵀM z, so that it is seen to be one."""
        k, m = Index(self.names.name()), Index(self.names.name())
        factors = entry(z, k, self.names), self.matrix.entry(k, m), entry(z, m, self.names)
        return Sum(k.name, self.matrix.rows, Sum(m.name, self.matrix.rows, Mul(factors)))

    def plus(self, x: Lambda, c: Term, y: Lambda) -> Lambda:
        """x + c·y."""
        ((name, _),) = x.indices
        return Lambda(x.indices, Add((x.body, times(c, entry(y, Index(name), self.names)))))

    def stretched(self, place: str, norm: str, matrix: Matrix, x: Lambda) -> Step:
        """‖M x‖² <= opnorm(M)²·‖x‖², or xᵀM x <= eigmax(M)·‖x‖²."""
        value: Term = Call(norm, (), (matrix.tensor,))
        bound = times(Pow(value, TWO) if norm == "opnorm" else value, length(x))
        claim = Statement((), "<=", form(norm, matrix, x), bound)
        return Step(f"{self.label}{place}", claim, Stretch(norm, matrix.tensor, x))

    def attained(
        self, place: str, claim: Statement, norm: str, matrix: Matrix, u: Lambda, proof: Proof
    ) -> Step:
        """A claim by a unit vector u."""
        (name,) = (part.name for part in subterms(u.body) if isinstance(part, Ref))
        labels = self.unit(place), self.value(place)
        return Step(f"{self.label}{place}", claim, Maximiser(norm, matrix.tensor, name, *labels, proof))

    def unit(self, place: str) -> str:
        return f"{self.label}{place} unit"

    def value(self, place: str) -> str:
        return f"{self.label}{place} value"

    # -- opnorm(M) = eigmax(M) ---------------------------------------------------------------------

    def norm_is_eigenvalue(self) -> Proof:
        """Steps of which the last claims opnorm(M) = eigmax(M)."""
        largest, norm = self.eigmax(), self.matrix.norm()
        below, above = self.norm_below(largest, norm), self.norm_above(largest, norm)
        sides = (("l", below.id, norm, largest), ("m", above.id, largest, norm))
        roots = tuple(
            Step(
                f"{self.label}{place}",
                Statement((), "<=", left, right),
                Monotone("power", _HALF, premise, ()),
            )
            for place, premise, left, right in sides
        )
        equal = Step(self.label, Statement((), "=", norm, largest), Between(roots[0].id, roots[1].id))
        return (self.smallest_is_positive(), below, above, *roots, equal)

    def norm_below(self, largest: Term, norm: Term) -> Step:
        """opnorm(M)² <= λ², as zᵀM z >= 0 for z = M u - λ u."""
        u = self.vector()
        w = self.matrix.times(u)
        first, second = (self.stretched(place, "eigmax", self.matrix, x) for place, x in (("a", u), ("b", w)))
        claim = Statement((), "<=", Pow(norm, TWO), Pow(largest, TWO))
        z = self.plus(w, times(MINUS_ONE, largest), u)
        third = self.stretched("h", "eigmax", self.minus(), z)
        uses = (
            Use(self.value("x"), (), (), MINUS_ONE),
            Use(self.unit("x"), (), (), Pow(largest, TWO)),
            Use(first.id, (), (), largest),
            Use(second.id, (), (), over(largest)),
            Use(third.id, (), (), over(largest)),
        )
        slack = times(over(largest), self.smallest(), length(z))
        last = Step(f"{self.label}c", claim, Combine(uses, slack, (), (f"{self.label}s",)))
        return self.attained("x", claim, "opnorm", self.matrix, u, (first, second, third, last))

    def norm_above(self, largest: Term, norm: Term) -> Step:
        """λ² <= opnorm(M)², with ‖M v - λ v‖² to spare."""
        v = self.vector()
        first = self.stretched("d", "opnorm", self.matrix, v)
        claim = Statement((), "<=", Pow(largest, TWO), Pow(norm, TWO))
        uses = (
            Use(first.id, (), (), ONE),
            Use(self.unit("y"), (), (), Add((Pow(norm, TWO), Pow(largest, TWO)))),
            Use(self.value("y"), (), (), times(_MINUS_TWO, largest)),
        )
        slack = length(self.plus(self.matrix.times(v), times(MINUS_ONE, largest), v))
        last = Step(f"{self.label}e", claim, Combine(uses, slack, (), ()))
        return self.attained("y", claim, "eigmax", self.matrix, v, (first, last))

    # -- -eigmax(-M)·eigmax(inv(M)) = 1 ------------------------------------------------------------

    def smallest_is_positive(self) -> Step:
        """0 < -eigmax(-M) = uᵀM u."""
        u = self.vector()
        by_unit = Combine((Use(self.unit("s"), (), (), MINUS_ONE),), ONE, (), ())
        positive = Step(f"{self.label}f", Statement((), "<", ZERO, length(u)), by_unit)
        claim = Statement((), "<", ZERO, self.smallest())
        by = Combine((Use(self.value("s"), (), (), MINUS_ONE),), self.quadratic(u), (), (positive.id,))
        proof = (positive, Step(f"{self.label}g", claim, by))
        return self.attained("s", claim, "eigmax", self.minus(), u, proof)

    def reciprocal(self) -> Proof:
        """Steps of which the last claims ν = 1/μ for μ = -eigmax(-M) and ν = eigmax(inv(M))."""
        opposite = inverse(self.matrix)
        small, large = self.smallest(), self.eigmax(opposite)
        steps = (
            self.smallest_is_positive(),
            self.inverse_law(),
            self.at_least_one(opposite, small, large),
            self.at_most_one(opposite, small, large),
        )
        product_is_one = Statement((), "=", times(small, large), ONE)
        one = Step(f"{self.label}p", product_is_one, Between(f"{self.label}w", f"{self.label}v"))
        by_one = Combine((Use(one.id, (), (), over(small)),), ZERO, (), (f"{self.label}s",))
        return (*steps, one, Step(self.label, Statement((), "=", large, over(small)), by_one))

    def inverse_law(self) -> Step:
        """M·inv(M) = I."""
        r, c = Index("r%law"), Index("c%law")
        opposite = inverse(self.matrix)
        dims = ((r.name, self.matrix.rows), (c.name, self.matrix.rows))
        law = Statement(dims, "=", product(self.matrix, opposite).entry(r, c), Delta(r, c))
        return Step(f"{self.label}i", law, InverseLaw(opposite.tensor.body, "right", ()))

    def law(self, x: Lambda, y: Lambda, c: Term) -> Use:
        """c·(xᵀy - xᵀM inv(M) y)."""
        r, k = Index("r%law"), Index("c%law")
        sums = ((r.name, self.matrix.rows), (k.name, self.matrix.rows))
        factor = times(c, entry(x, r, self.names), entry(y, k, self.names))
        return Use(f"{self.label}i", ((r.name, r), (k.name, k)), sums, factor)

    def at_least_one(self, opposite: Matrix, small: Term, large: Term) -> Step:
        """1 <= μ·ν, by μ = uᵀM u and uᵀinv(M) u <= ν, with zᵀM z/μ to spare for z = u - μ·inv(M) u."""
        u = self.vector()
        y = opposite.times(u)
        first = self.stretched("j", "eigmax", opposite, u)
        claim = Statement((), "<=", ONE, times(small, large))
        z = self.plus(u, times(MINUS_ONE, small), y)
        second = self.stretched("l", "eigmax", self.minus(), z)
        uses = (
            Use(first.id, (), (), small),
            Use(second.id, (), (), over(small)),
            self.law(y, u, small),
            self.law(u, u, _MINUS_TWO),
            Use(self.value("v"), (), (), times(MINUS_ONE, over(small))),
            Use(self.unit("v"), (), (), Add((times(small, large), _MINUS_TWO))),
        )
        slack = length(z)
        last = Step(f"{self.label}k", claim, Combine(uses, slack, (), (f"{self.label}s",)))
        return self.attained("v", claim, "eigmax", self.minus(), u, (first, second, last))

    def at_most_one(self, opposite: Matrix, small: Term, large: Term) -> Step:
        """μ·ν <= 1, by ν = wᵀy for y = inv(M) w, and μ·‖y‖² <= yᵀM y = ν, with μ/ν·‖y - ν w‖² to spare."""
        w = self.vector()
        y = opposite.times(w)
        first = self.stretched("n", "eigmax", self.minus(), y)
        claim = Statement((), "<=", times(small, large), ONE)
        uses = (
            Use(first.id, (), (), over(large)),
            self.law(y, w, over(large)),
            Use(self.value("w"), (), (), Add((over(large), times(_MINUS_TWO, small)))),
            Use(self.unit("w"), (), (), times(small, large)),
        )
        slack = times(small, over(large), length(self.plus(y, times(MINUS_ONE, large), w)))
        last = Step(f"{self.label}o", claim, Combine(uses, slack, (), (f"{self.label}s",)))
        return self.attained("w", claim, "eigmax", opposite, w, (first, last))
