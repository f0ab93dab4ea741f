"""Vectors v that are not 0, as a product with another one is a number k that is not.

0  <  k²  =  (xᵀv)²  <=  ‖x‖²·‖v‖²
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from lemmata.derive.algebra.following import Given, Prover, values_by_words
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Combine, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import MINUS_ONE, ZERO, Add, Index, Mul, Num, Pow, Sum, Term
from lemmata.language.expr import SCALAR, Expr, number, subexpressions
from lemmata.language.expr import Statement as Said
from lemmata.language.lower import lower, lower_statement

_TWO, _HALF = Num(Fraction(2)), Num(Fraction(1, 2))


def vector_apart(said: Said, label: str, given: Iterable[Given], names: Names, prove: Prover) -> Proof | None:
    """Steps of which the last claims 0 < ‖x‖²·‖v‖², for the condition v != 0 and a vector x of which is given
    enough; None where there is none."""
    if said.relation != "!=" or said.left.shape == SCALAR or 1 not in said.left.shape:
        return None
    vector = said.left if said.left.shape[1] == 1 else said.left.T
    given = list(given)
    known = (side for each in given for side in (each.said.left, each.said.right))
    spoken = dict.fromkeys(part for side in known for part in subexpressions(side))
    others = [part for part in spoken if part.head == "variable" and part.shape == vector.shape]
    products = [other.T @ vector for other in others]
    for other, value in zip(others, values_by_words(products, given, names), strict=True):
        law = other.T @ vector == number(value)
        steps = prove(law.left - law.right, lower_statement(law), label) if value else None
        if steps is not None:
            return (*steps, _bound(other, vector, value, label, names))
    return None


def _bound(x: Expr, v: Expr, value: Fraction, label: str, names: Names) -> Step:
    """‖x‖²·‖v‖² - k² is Lagrange's sum of squares and (xᵀv - k)·(xᵀv + k)."""
    i, j = Index(names.name()), Index(names.name())
    dim, k = v.shape[0], Num(value)
    x_i, x_j, v_i, v_j = (lower(vector, place, None) for vector in (x, v) for place in (i, j))
    apart = Pow(Add((Mul((x_i, v_j)), Mul((MINUS_ONE, x_j, v_i)))), _TWO)
    squares = Mul((_HALF, Sum(i.name, dim, Sum(j.name, dim, apart))))
    lengths: list[Term] = [Sum(i.name, dim, Pow(entry, _TWO)) for entry in (x_i, v_i)]
    times = Mul((MINUS_ONE, Add((Sum(i.name, dim, Mul((x_i, v_i))), k))))
    claim = Statement((), "<", ZERO, Mul(tuple(lengths)))
    by = Combine((Use(label, (), (), times),), Add((squares, Pow(k, _TWO))), (), ())
    return Step(f"{label}n", claim, by)
