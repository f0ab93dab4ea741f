"""Derivatives of two functions of a tensor x of which nothing is assumed.

Where l = r for all x, all derivatives of l and r are equal. Where l <= r for all x, and l = r at A, those at
A are: r - l has its least value there (Fermat).
"""

from __future__ import annotations

from dataclasses import replace

from lemmata.kernel.context import Context, Statement, Variable
from lemmata.kernel.environment import Environment, equivalent
from lemmata.kernel.errors import Rejected
from lemmata.kernel.rules import require
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import Derivative
from lemmata.kernel.wellformed import check_context


def compared(env: Environment, claim: Statement, relation: str) -> tuple[Context, Statement]:
    """The context with x, and l R r, for a claim ∂l/∂x[e] = ∂r/∂x[e] at A."""
    left, right = _derivatives(claim)
    variable = Variable(left.variable, tuple(dim for _, dim in left.at.indices))
    context = replace(env.context, variables=(*env.context.variables, variable))
    check_context(context)
    return context, Statement(claim.binders, relation, left.body, right.body)


def check_touching(env: Environment, claim: Statement, label: str) -> None:
    """Raise Rejected unless a premise says that l = r at A, for all values of the binders of the claim."""
    values = (
        Substitution(env.fresh, tensors={side.variable: side.at}).apply(side.body)
        for side in _derivatives(claim)
    )
    needed, premise = Statement(claim.binders, "=", *values), env.premise(label)
    same = equivalent(needed, premise, env.normalizer(needed.binders))
    require(same, f"{label} does not say that the two functions are equal at the point")
    for statement in (needed, premise):
        env.collect(statement)


def _derivatives(claim: Statement) -> tuple[Derivative, Derivative]:
    left, right = claim.left, claim.right
    require(claim.relation == "=", "what is differentiated is an equation")
    if not isinstance(left, Derivative) or not isinstance(right, Derivative):
        raise Rejected("both sides of what is differentiated are derivatives")
    places = [(side.variable, side.wrt, side.at) for side in (left, right)]
    require(places[0] == places[1], "the two derivatives are not by the same entry at the same point")
    return left, right
