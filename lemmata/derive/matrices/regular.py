"""Products of pseudo-inverses with a determinant that is not 0, as another product is their inverse.

pinv(A)ᵀ·pinv(A) · A·Aᵀ = I        where A has full row rank
"""

from __future__ import annotations

from lemmata.derive.algebra.following import Prover
from lemmata.kernel.certificate import OneSided, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import ZERO
from lemmata.language.around import ALONE
from lemmata.language.build import pinv
from lemmata.language.expr import Expr, subexpressions
from lemmata.language.expr import Statement as Said
from lemmata.language.lower import Lowering, lower, lower_statement


def regular_product(said: Said, label: str, prove: Prover) -> Proof | None:
    """Steps of which the last claims det(M) != 0, for the condition det(M) != 0 or det(M) > 0."""
    if said.left.head != "det":
        return None
    (matrix,) = said.left.args
    other = turned_round(matrix) if any(part.head == "pinv" for part in subexpressions(matrix)) else None
    if other is None:
        return None
    law = matrix @ other == Expr("identity", (), matrix.shape)
    steps = prove(law.left - law.right, lower_statement(law), label)
    by = OneSided(label, *(Lowering().tensor(part, ALONE) for part in (matrix, other)))
    claim = Statement((), "!=", lower(said.left), ZERO)
    return None if steps is None else (*steps, Step(f"{label}n", claim, by))


def turned_round(expr: Expr) -> Expr | None:
    """The product of the pseudo-inverses of the factors, the last one first; None for what is no product."""
    match expr.head:
        case "pinv":
            return expr.args[0]
        case "variable" if 1 not in expr.shape:
            return pinv(expr)
        case "transpose":
            found = turned_round(expr.args[0])
            return None if found is None else found.T
        case "matmul":
            first, second = map(turned_round, expr.args)
            return None if first is None or second is None else second @ first
    return None
