"""What the operator norm is at least and at most.

    Σ_i A_ik² <= opnorm(A)²      Σ_k A_ik² <= opnorm(A)²      opnorm(A)² <= Σ_i Σ_k A_ik²

The first is ‖A e_k‖²; the second follows from opnorm(Aᵀ) <= opnorm(A); the third is Cauchy's inequality for
each row of A and a unit vector at which the norm is attained.
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.derive.matrices.matrices import TWO, Matrix, length
from lemmata.kernel.certificate import Cases, Combine, Maximiser, Proof, Step, Stretch, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import (
    MINUS_ONE,
    ZERO,
    Add,
    Index,
    Lambda,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
)


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
