"""Least norms: ‖u‖ <= ‖v‖ where u is orthogonal to v - u, as ‖v‖² = ‖u‖² + ‖v - u‖² (Pythagoras)."""

from __future__ import annotations

from fractions import Fraction

from lemmata.derive.algebra.uniqueness import Prover
from lemmata.kernel.certificate import Combine, Monotone, Proof, Step, Use
from lemmata.kernel.context import Statement as Claim
from lemmata.kernel.terms import ZERO, Index, Num
from lemmata.language.expr import SCALAR, Expr, Statement
from lemmata.language.lower import COLUMN, ROW, lower, lower_statement

_HALF = Fraction(1, 2)


def by_projection(
    said: Statement, claim: Claim, label: str, prove: Prover, facts: tuple[str, ...]
) -> Proof | None:
    """Steps of which the last claims ‖u‖ <= ‖v‖; None where they are not seen to be orthogonal. `facts` are
    the premises which may give conditions."""
    small, large = (said.left, said.right) if said.relation == "<=" else (said.right, said.left)
    if claim.relation != "<=" or not small.head == large.head == "norm":
        return None
    (u,), (v,) = small.args, large.args
    rest = v - u
    if u.shape != v.shape:
        return None
    for product in dict.fromkeys((u.T @ rest, u @ rest.T)):
        places = tuple(None if dim == 1 else p for p, dim in zip((ROW, COLUMN), product.shape, strict=True))
        binders = tuple((p.name, dim) for p, dim in zip(places, product.shape, strict=True) if p is not None)
        name = f"{label}o"
        found = prove(product, Claim(binders, "=", lower(product, *places), ZERO), name)
        if found is not None:
            first = _squared(product, small, large, name, facts)
            return (*found, first, Step(label, claim, Monotone("power", _HALF, first.id, facts)))
    return None


def _squared(product: Expr, small: Expr, large: Expr, orthogonal: str, facts: tuple[str, ...]) -> Step:
    """‖u‖² <= ‖v‖², by twice the trace of a product that is 0."""
    k, dim = Index("k%"), product.shape[0]
    at = () if dim == 1 else ((ROW.name, k), (COLUMN.name, k))
    use = Use(orthogonal, at, () if dim == 1 else ((k.name, dim),), Num(Fraction(-2)))
    rest = Expr("norm", (large.args[0] - small.args[0],), SCALAR, small.data)
    squared = lower_statement(Statement(small**2, "<=", large**2))
    return Step(f"{orthogonal}q", squared, Combine((use,), lower(rest**2), (), facts))
