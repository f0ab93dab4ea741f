"""Powers of a square matrix: X^0 = I, X^t = X^(t-1)·X and X^t = X·X^(t-1) for t >= 1.

What follows for all natural exponents is shown by induction, what follows for derivatives by differentiating.
"""

from __future__ import annotations

from lemmata.kernel.certificate import PowerLaw
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Binders, Environment, equivalent
from lemmata.kernel.rules import require
from lemmata.kernel.substitute import entry_of
from lemmata.kernel.terms import Call, Delta, Index, Lambda, Mul, Natural, Sum, Term
from lemmata.kernel.wellformed import scope_of


def power_law(env: Environment, claim: Statement, by: PowerLaw) -> None:
    """X^0 = I (`start`), X^t = X^(t-1)·X (`right`) or X^t = X·X^(t-1) (`left`), for all t >= 1."""
    axes = scope_of(env.context).check_lambda(by.matrix)
    require(len(axes) == 2 and axes[0] == axes[1], "a power needs a square matrix")
    require(by.law in ("start", "right", "left"), f"there is no law {by.law} of powers")
    time, i, j, k = (Index(env.fresh.name()) for _ in range(4))
    binders: Binders = ((i.name, axes[0]), (j.name, axes[0]))
    if by.law == "start":
        law = Statement(binders, "=", matrix_power(Index("", 0), i, j, by.matrix), Delta(i, j))
    else:
        before = Index(time.name, -1)
        ends = (i, k), (k, j)
        power, entry = ends if by.law == "right" else ends[::-1]
        factors = matrix_power(before, *power, by.matrix), entry_of(by.matrix, entry, env.fresh)
        binders = ((time.name, Natural(1)), *binders)
        product = Sum(k.name, axes[0], Mul(factors))
        law = Statement(binders, "=", matrix_power(time, i, j, by.matrix), product)
    require(equivalent(claim, law, env.normalizer(claim.binders)), "the claim is not the law named")
    env.collect(claim)
    env.collect(law)


def matrix_power(exponent: Index, row: Index, column: Index, matrix: Lambda) -> Term:
    """Entry (row, column) of the power of a matrix."""
    return Call("matrix_power", (exponent, row, column), (matrix,))
