"""The rules of limits of functions of a real number.

A limit from one side is one as a positive h tends to 0: of f(a + h) or f(a - h) at a number a, of f(1/h) or
f(-1/h) at +∞ or -∞. A limit is a real number, or it does not exist.
"""

from __future__ import annotations

from dataclasses import replace

from lemmata.kernel.certificate import BothSides, LimitOfQuotient, LimitValue
from lemmata.kernel.conditions import Condition, conditions
from lemmata.kernel.context import Context, Statement, Variable
from lemmata.kernel.environment import Environment, difference
from lemmata.kernel.errors import Rejected
from lemmata.kernel.germs import FINITE, INFINITE, Germs
from lemmata.kernel.rules import require
from lemmata.kernel.substitute import at_number, is_same, mentions
from lemmata.kernel.terms import (
    MINUS_ONE,
    ZERO,
    Add,
    Derivative,
    Lambda,
    Limit,
    Mul,
    Pow,
    Ref,
    Term,
)
from lemmata.kernel.wellformed import check_context, scope_of


def limit_value(env: Environment, claim: Statement, by: LimitValue) -> None:
    """A limit by continuity and the arithmetic of limits (see `germs`).

    f(a + h) = g(h)     what the premises say of limits at 0     ⊢     g(h) -> v as h -> 0
    --------------------------------------------------------------------------------------
                                  lim_{x -> a+} f(x) = v

    The equation is decided by normal form; f(a + h) and g(h) must be defined for all small h > 0: each of
    their conditions must be manifest, or hold from some point on by the limit of what it is on.
    """
    body, germs, inner = near(env, claim, by.variable, by.facts, by.known)
    scope_of(inner.context).check(by.form)
    require(germs.normalizer.is_zero(difference(body, by.form)), "the form is not what the limit is of")
    for term in (body, by.form):
        _defined(inner, germs, term)
    limit = germs.of(by.form)
    require(limit.kind == FINITE, "no limit is seen")
    same = env.normalizer((), by.facts).is_zero(difference(claim.right, limit.value))
    require(same, "the limit is another one")
    _collect(env, claim, by.facts)


def limit_of_quotient(env: Environment, claim: Statement, by: LimitOfQuotient) -> None:
    """L'Hôpital's rule.

    f(a + h) = p(h)/q(h)     p -> 0 and q -> 0, or q -> ±∞     lim_{h -> 0+} p'(h)/q'(h) = v
    ----------------------------------------------------------------------------------------
                                  lim_{x -> a+} f(x) = v

    For all small h > 0, f(a + h), p, q and their derivatives are defined, and q'(h) != 0.
    """
    body, germs, inner = near(env, claim, by.variable, by.facts, ())
    normalizer = germs.normalizer
    for part in (by.top, by.bottom):
        scope_of(inner.context).check(part)
    quotient = Mul((by.top, Pow(by.bottom, MINUS_ONE)))
    require(normalizer.is_zero(difference(body, quotient)), "the limit is not of this quotient")
    top, bottom = (slope(env, by.variable, part) for part in (by.top, by.bottom))
    steepness = normalizer.normal(bottom)
    for term in (body, by.top, by.bottom, top, bottom, steepness):
        _defined(inner, germs, term)
    require(germs.sign(steepness) != 0, "the derivative of the lower part may be 0")
    ends = germs.of(by.top), germs.of(by.bottom)
    vanish = all(end.kind == FINITE and normalizer.is_zero(end.value) for end in ends)
    require(vanish or ends[1].kind == INFINITE, "the quotient is neither 0/0 nor x/∞")
    premise, value = _known(env, by.premise, by.variable)
    slopes = Mul((top, Pow(bottom, MINUS_ONE)))
    require(normalizer.is_zero(difference(premise, slopes)), "the premise is not on the derivatives")
    same = env.normalizer((), by.facts).is_zero(difference(claim.right, value))
    require(same, "the limit is another one")
    _collect(env, claim, by.facts)
    env.collect(Statement((), "=", value, ZERO), by.facts)


def both_sides(env: Environment, claim: Statement, by: BothSides) -> None:
    """lim_{x -> a-} f(x) = v and lim_{x -> a+} f(x) = v give lim_{x -> a} f(x) = v."""
    limit = limit_of(claim)
    require(not limit.side, "the limit is from one side")
    for name, side in ((by.below, "-"), (by.above, "+")):
        given = env.premise(name)
        require(is_same(limit_of(given), replace(limit, side=side)), f"{name} is on another limit")
        same = env.normalizer(()).is_zero(difference(claim.right, given.right))
        require(same, "the limits from both sides are not the same")
        env.collect(Statement((), "=", claim.right, given.right))


def limit_of(statement: Statement) -> Limit:
    """The limit of which a statement says what it is."""
    left = statement.left
    if not isinstance(left, Limit) or statement.relation != "=" or statement.binders:
        raise Rejected("the statement does not say what a limit is")
    return left


def with_variable(context: Context, name: str, *properties: str) -> Context:
    """The context with one more real number. Raises IllFormed where its name has a meaning already."""
    found = replace(context, variables=(*context.variables, Variable(name, (), frozenset(properties))))
    check_context(found)
    return found


def near(
    env: Environment, claim: Statement, variable: str, facts: tuple[str, ...], known: tuple[str, ...]
) -> tuple[Term, Germs, Environment]:
    """f(a + h) for a limit from one side, and what is known as h > 0 tends to 0."""
    limit, h = limit_of(claim), Ref(variable)
    require(limit.side != "", "the limit is from both sides")
    inner = env.inside(with_variable(env.context, variable, "positive"))
    if limit.at:
        step = h if limit.side == "+" else Mul((MINUS_ONE, h))
        place: Term = Add((limit.at[0], step))
    else:
        place = Pow(h, MINUS_ONE) if limit.side == "-" else Mul((MINUS_ONE, Pow(h, MINUS_ONE)))
    pairs = [_known(env, name, variable) for name in known]
    germs = Germs(inner.normalizer((), facts), variable, pairs)
    return at_number(limit.body, limit.variable, place, env.fresh), germs, inner


def _known(env: Environment, name: str, variable: str) -> tuple[Term, Term]:
    """A term in h and its limit as h > 0 tends to 0, by a premise."""
    statement = env.premise(name)
    limit = limit_of(statement)
    require(limit.at == (ZERO,) and limit.side == "+", f"{name} is no limit at 0 from above")
    return at_number(limit.body, limit.variable, Ref(variable), env.fresh), statement.right


def slope(env: Environment, variable: str, term: Term) -> Derivative:
    """The derivative by a real variable, at this variable."""
    name = env.fresh.name()
    return Derivative(name, at_number(term, variable, Ref(name), env.fresh), (), Lambda((), Ref(variable)))


def _defined(inner: Environment, germs: Germs, term: Term) -> None:
    """Require that a term is defined for all small h > 0; what it needs without h is noted."""
    statement = Statement((), "=", term, ZERO)
    for condition in dict.fromkeys(conditions(inner.context, germs.normalizer, statement)):
        if inner.ledger.holds(condition, germs.normalizer) or inner.exists(condition):
            known = True
        elif _speaks(condition, germs.variable):
            require(_in_the_end(condition, germs), "a condition near the point is not seen to hold")
            continue
        else:
            known = False
        if not _speaks(condition, germs.variable):
            (inner.ledger.given if known else inner.ledger.needs)[condition] = None


def _speaks(condition: Condition, variable: str) -> bool:
    said = condition.statement
    terms = [condition.exists] if said is None else [said.left, said.right]
    return any(term is not None and mentions(term, variable) for term in terms)


def _in_the_end(condition: Condition, germs: Germs) -> bool:
    """Whether t != 0, 0 < t or 0 <= t from some point on."""
    said = condition.statement
    if said is None or said.relation == "=" or condition.in_mean:
        return False
    sign = germs.sign(said.left if said.relation == "!=" else said.right)
    return sign != 0 if said.relation == "!=" else sign > 0


def _collect(env: Environment, claim: Statement, facts: tuple[str, ...]) -> None:
    """The conditions of the value and of the point; that the limit exists is what was shown."""
    for term in (claim.right, *limit_of(claim).at):
        env.collect(Statement((), "=", term, ZERO), facts)
