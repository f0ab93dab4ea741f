"""What the operator norm is at least and at most.

    Σ_i A_ik² <= opnorm(A)²      Σ_k A_ik² <= opnorm(A)²      opnorm(A)² <= Σ_i Σ_k A_ik²

The first is ‖A e_k‖²; the second follows from opnorm(Aᵀ) <= opnorm(A); the third is Cauchy's inequality for
each row of A and a unit vector at which the norm is attained.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lemmata.derive.names import Names
from lemmata.kernel.certificate import Cases, Combine, Maximiser, Proof, Step, Stretch, Use
from lemmata.kernel.context import Statement, Variable
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import (
    MINUS_ONE,
    ZERO,
    Add,
    Call,
    Delta,
    Dim,
    Index,
    Lambda,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

TWO = Num(Fraction(2))


@dataclass(frozen=True)
class Matrix:
    """A matrix given by its entries."""

    tensor: Lambda
    names: Names

    def entry(self, row: Index, column: Index) -> Term:
        (i, _), (k, _) = self.tensor.indices
        return Substitution(self.names, indices={i: row, k: column}).apply(self.tensor.body)

    def transposed(self) -> Matrix:
        return Matrix(Lambda(self.tensor.indices[::-1], self.tensor.body), self.names)

    @property
    def rows(self) -> Dim:
        return self.tensor.indices[0][1]

    @property
    def columns(self) -> Dim:
        return self.tensor.indices[1][1]

    def norm(self) -> Call:
        return Call("opnorm", (), (self.tensor,))

    def square(self) -> Term:
        """opnorm(A)²."""
        return Pow(self.norm(), TWO)

    def column(self, k: Index) -> Term:
        """Σ_i A_ik²."""
        i = Index(self.names.name())
        return Sum(i.name, self.rows, Pow(self.entry(i, k), TWO))

    def times(self, vector: Lambda) -> Lambda:
        """The vector A x."""
        i, k = Index(self.names.name()), Index(self.names.name())
        ((name, dim),) = vector.indices
        at_k = Substitution(self.names, indices={name: k}).apply(vector.body)
        return Lambda(((i.name, self.rows),), Sum(k.name, dim, Mul((self.entry(i, k), at_k))))

    def all_squares(self) -> Term:
        """Σ_i Σ_k A_ik²."""
        k = Index(self.names.name())
        return Sum(k.name, self.columns, self.column(k))

    def unit(self, column: Index) -> Lambda:
        """The vector e_k."""
        place = Index(self.names.name())
        return Lambda(((place.name, self.columns),), Delta(place, column))


def declared(variable: Variable, names: Names) -> Lambda:
    """A vector or a matrix which is declared, as a tensor."""
    indices = tuple((names.name(), sort) for sort in variable.shape)
    body = Ref(variable.name, tuple(Index(name) for name, _ in indices))
    return Lambda(indices, body)  # type: ignore[arg-type]


def length(vector: Lambda) -> Term:
    """‖x‖²."""
    ((name, dim),) = vector.indices
    return Sum(name, dim, Pow(vector.body, TWO))


def largest(norm: Call) -> Term:
    """opnorm(A)², or eigmax(S)."""
    return Pow(norm, TWO) if norm.function == "opnorm" else norm


def form(norm: str, matrix: Matrix, vector: Lambda) -> Term:
    """‖A x‖², or xᵀS x."""
    image = matrix.times(vector)
    if norm == "opnorm":
        return length(image)
    ((row, dim),), ((name, _),) = image.indices, vector.indices
    here = Substitution(matrix.names, indices={name: Index(row)}).apply(vector.body)
    return Sum(row, dim, Mul((here, image.body)))


def below_frobenius(matrix: Matrix, label: str) -> Step:
    """opnorm(A)² <= Σ_i Σ_k A_ik², with ½ Σ_i Σ_k Σ_l (A_ik·u_l - A_il·u_k)² to spare."""
    claim = Statement((), "<=", matrix.square(), matrix.all_squares())
    vector = matrix.names.name()
    i, k, m = (Index(matrix.names.name()) for _ in range(3))
    first, second = Mul((matrix.entry(i, k), Ref(vector, (m,)))), Mul((matrix.entry(i, m), Ref(vector, (k,))))
    apart = Pow(Add((first, Mul((MINUS_ONE, second)))), TWO)
    every = Sum(i.name, matrix.rows, Sum(k.name, matrix.columns, Sum(m.name, matrix.columns, apart)))
    uses = (Use(f"{label} unit", (), (), matrix.all_squares()), Use(f"{label} norm", (), (), MINUS_ONE))
    inside = Step(f"{label}i", claim, Combine(uses, Mul((Num(Fraction(1, 2)), every)), (), ()))
    by = Maximiser("opnorm", matrix.tensor, vector, f"{label} unit", f"{label} norm", (inside,))
    return Step(label, claim, by)


def transposed_below(matrix: Matrix, label: str) -> Step:
    """opnorm(Aᵀ)² <= opnorm(A)².

    Where s = opnorm(Aᵀ) is not 0, let s = ‖Aᵀu‖ and w = Aᵀu. Then ‖A w‖² <= opnorm(A)²·s², and
    ‖A w‖² >= s⁴ as 0 <= ‖A w - s²u‖² = ‖A w‖² - s⁴.
    """
    turned = matrix.transposed()
    claim = Statement((), "<=", turned.square(), matrix.square())
    nothing = Statement((), "=", turned.norm(), ZERO)
    by_zero = Combine((Use(f"{label} case", (), (), turned.norm()),), matrix.square(), (), ())
    zero = Step(f"{label}z", claim, by_zero)
    vector = matrix.names.name()
    inside = _regular(matrix, claim, vector, label)
    by = Maximiser("opnorm", turned.tensor, vector, f"{label} unit", f"{label} norm", inside)
    return Step(label, claim, Cases(f"{label} case", nothing, (zero,), (Step(f"{label}p", claim, by),)))


def _regular(matrix: Matrix, claim: Statement, vector: str, label: str) -> Proof:
    """The steps where s is not 0."""
    s, largest = matrix.transposed().square(), matrix.square()
    name, dim = matrix.names.name(), matrix.rows
    u = Lambda(((name, dim),), Ref(vector, (Index(name),)))
    w = matrix.transposed().times(u)
    image = matrix.times(w)
    stated = Statement((), "<=", length(image), Mul((largest, length(w))))
    stretched = Step(f"{label}s", stated, Stretch("opnorm", matrix.tensor, w))
    ((place, _),) = image.indices
    apart = Add((image.body, Mul((MINUS_ONE, s, Ref(vector, (Index(place),))))))
    inverse = Pow(s, MINUS_ONE)
    uses = (
        Use(stretched.id, (), (), inverse),
        Use(f"{label} norm", (), (), Add((Mul((largest, inverse)), Num(Fraction(-2))))),
        Use(f"{label} unit", (), (), s),
    )
    slack = Mul((inverse, Sum(place, dim, Pow(apart, TWO))))
    return stretched, Step(f"{label}r", claim, Combine(uses, slack, (), ()))
