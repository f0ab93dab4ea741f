"""‖x‖⁴ <= xᵀM x · xᵀinv(M) x for a symmetric positive definite matrix M: Cauchy's inequality in its form.

With a = xᵀM x and z = ‖x‖²·x - a·inv(M) x, the difference is zᵀM z / a.
"""

from __future__ import annotations

from lemmata.derive.matrices.eigenvalues import Definite, over, times
from lemmata.derive.matrices.matrices import TWO, inner, inverse, length
from lemmata.kernel.certificate import Cases, Combine, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import freshened
from lemmata.kernel.terms import MINUS_ONE, ZERO, Lambda, Mul, Num, Term


def dual_forms(known: Definite, x: Lambda) -> Proof:
    """Steps of which the last claims ‖x‖⁴ <= xᵀM x · xᵀinv(M) x."""
    y = inverse(known.matrix).times(x)
    square, form, other = length(x), known.quadratic(x), inner(x, y, known.names)
    claim = Statement((), "<=", times(square, square), times(form, other))
    case = f"{known.label} case"
    zero = Combine((Use(case, (), (), square),), times(form, other), (), ())
    nothing = Statement((), "=", square, ZERO)
    first, second = (Step(f"{known.label}a", claim, zero),), _regular(known, claim, x)
    by = Cases(case, nothing, first, second)
    return (known.smallest_is_positive(), known.inverse_law(), Step(known.label, claim, by))


def _regular(known: Definite, claim: Statement, x: Lambda) -> Proof:
    """The steps where x is not 0, so that a > 0."""
    y = inverse(known.matrix).times(x)
    square, a = freshened(known.names, length(x)), known.quadratic(x)
    z = known.plus(_multiple(square, x), times(MINUS_ONE, a), y)
    stretched = known.stretched("b", "eigmax", known.minus(), z)
    uses = (
        Use(stretched.id, (), (), over(a)),
        known.law(y, x, a),
        known.law(x, x, times(Num(-TWO.value), square)),
    )
    slack = times(over(a), known.smallest(), length(z))
    return stretched, Step(f"{known.label}c", claim, Combine(uses, slack, (), (f"{known.label}s",)))


def _multiple(c: Term, x: Lambda) -> Lambda:
    """c·x."""
    return Lambda(x.indices, Mul((c, x.body)))
