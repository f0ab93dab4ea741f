"""The rules of integrals: primitives and parts, and the sum over two ranges.

An integral is the sum of improper Riemann integrals between finitely many points. So a function with a
continuous derivative strictly between a and b has ∫_a^b F' = F(b-) - F(a+), if these limits exist; and what
has an integral from a to c and from c to b has one from a to b, their sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.kernel.certificate import Primitive, SplitIntegral
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.derivative import KNOWN_FUNCTIONS, differentiate
from lemmata.kernel.environment import Environment, Unfolding, difference, equivalent
from lemmata.kernel.errors import Rejected
from lemmata.kernel.real_limits import slope, with_variable
from lemmata.kernel.rules import require
from lemmata.kernel.signs import random_names
from lemmata.kernel.substitute import at_number, children, mentions
from lemmata.kernel.terms import (
    ZERO,
    Add,
    Apply,
    End,
    Integral,
    Limit,
    Mul,
    Pow,
    Ref,
    Sum,
    Term,
)
from lemmata.kernel.wellformed import scope_of

#: Known functions which are not continuous.
BROKEN = frozenset(["floor", "sign"])


def integral_by_primitive(
    env: Environment, claim: Statement, by: Primitive
) -> tuple[Statement, Context, Statement]:
    """What an integral is by a primitive F, in which context ∂F(x)/∂x = f(x) - g(x) is to be proved, and that
    this is so.

    `range` says where: `inside`, for a < x < b (or b < x < a), which must be known of a and b, gives
    F(b-) - F(a+); `closed`, for a <= x <= b (or b <= x <= a), and `everywhere`, for all x, give F(b) - F(a).
    """
    integral, x = integral_of(claim), Ref(by.variable)
    context = in_range(env, integral, by)
    for part in (by.primitive, by.rest):
        scope_of(context).check(part)
    derivative = slope(env, by.variable, by.primitive)
    worked_out = differentiate(derivative, env.fresh, random_names(env.context))
    continuous = is_continuous(worked_out, by.variable)
    require(continuous, "the derivative of the primitive may be no continuous function")
    integrand = at_number(integral.body, integral.variable, x, env.fresh)
    goal = Statement((), "=", derivative, difference(integrand, by.rest))
    return replace(claim, right=_value(env, integral, by)), context, goal


def in_range(env: Environment, integral: Integral, by: Primitive) -> Context:
    """The context with a number x in the range of an integral."""
    context = with_variable(env.context, by.variable)
    hypotheses = _range(_ordered(env, integral, by), Ref(by.variable), by)
    return replace(context, hypotheses=(*context.hypotheses, *hypotheses))


def _ordered(env: Environment, integral: Integral, by: Primitive) -> tuple[End, End]:
    """The ends, the lower one first, where that is known as the range asks for it."""
    lower, upper = integral.lower, integral.upper
    require(by.range in ("inside", "closed", "everywhere"), f"{by.range} is no range")
    require(by.range == "inside" or bool(lower and upper), "the primitive has no value at infinity")
    if by.range == "everywhere" or not (lower and upper):
        return lower, upper
    normalizer = env.normalizer((), by.facts)
    for first, second in ((lower, upper), (upper, lower)):
        sign = Unfolding(()).sign(difference(second[0], first[0]), normalizer)
        if sign.positive or (by.range == "closed" and sign.nonnegative):
            return first, second
    raise Rejected("it is not known which end is the lower one")


def _range(ends: tuple[End, End], x: Term, by: Primitive) -> Iterator[tuple[str, Statement]]:
    """What is known of x."""
    if by.range == "everywhere":
        return
    relation = "<" if by.range == "inside" else "<="
    lower, upper = ends
    if lower:
        yield f"{by.label} above", Statement((), relation, lower[0], x)
    if upper:
        yield f"{by.label} below", Statement((), relation, x, upper[0])


def _value(env: Environment, integral: Integral, by: Primitive) -> Term:
    """F(b) - F(a) + ∫_a^b g."""
    turned = by.range == "inside" and _ordered(env, integral, by) != (integral.lower, integral.upper)
    sides = ("+", "-") if turned else ("-", "+")
    values: list[Term] = []
    for end, side in zip((integral.upper, integral.lower), sides, strict=True):
        if by.range == "inside":
            name = env.fresh.name()
            body = at_number(by.primitive, by.variable, Ref(name), env.fresh)
            values.append(Limit(name, body, end, side))
        else:
            values.append(at_number(by.primitive, by.variable, end[0], env.fresh))
    value = difference(*values)
    if by.rest == ZERO:
        return value
    name = env.fresh.name()
    rest = at_number(by.rest, by.variable, Ref(name), env.fresh)
    return Add((value, Integral(name, rest, integral.lower, integral.upper)))


def is_continuous(term: Term, variable: str) -> bool:
    """Whether a term is built of functions that are continuous in a variable wherever they are defined."""
    if not mentions(term, variable):
        return True
    match term:
        case Ref():
            return True
        case Add() | Mul() | Pow() | Sum():
            return all(is_continuous(part, variable) for part in children(term))
        case Apply(function, 0, argument):
            return function in KNOWN_FUNCTIONS - BROKEN and is_continuous(argument, variable)
    return False


def split_integral(env: Environment, claim: Statement, by: SplitIntegral) -> None:
    """∫_a^b f = ∫_a^c f + ∫_c^b f, where both of these exist."""
    integral = integral_of(claim)
    scope_of(env.context).check(by.at)
    parts = (replace(integral, upper=(by.at,)), replace(integral, lower=(by.at,)))
    law = replace(claim, right=Add(parts))
    require(equivalent(claim, law, env.normalizer(())), "the claim is not the sum over the two ranges")
    for side in (claim.right, law.right, *integral.lower, *integral.upper):
        env.collect(Statement((), "=", side, ZERO))


def integral_of(statement: Statement) -> Integral:
    """The integral of which a statement says what it is."""
    left = statement.left
    if not isinstance(left, Integral) or statement.relation != "=" or statement.binders:
        raise Rejected("the statement does not say what an integral is")
    return left
