"""Equations from those of a function of both sides: increasing functions, and the sine of a small angle."""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.certificate import AdditionTheorem, Injective, Range, Sine
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment, Unfolding, difference, equivalent
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.rules import require
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Apply, Mul, Num, Pow, Term
from lemmata.kernel.wellformed import scope_of


def _pi(factor: Fraction | int) -> Term:
    """A multiple of π = 4·atan 1."""
    return Mul((Num(Fraction(4 * factor)), Apply("atan", 0, ONE)))


def injective(env: Environment, claim: Statement, by: Injective) -> None:
    """A function which takes no value twice is undone.

    f(l) = f(r)
    -----------      f is exp, log, cbrt, or a power p > 0: p is odd, or 0 <= l and 0 <= r, or r is 0
       l = r
    """
    require(claim.relation == "=", "the rule concludes an equation")
    require(by.function in ("exp", "log", "cbrt", "power"), f"{by.function} is not known to be injective")
    normalizer = env.normalizer(claim.binders, by.facts)
    if by.function == "power":
        require(by.exponent > 0, "the power is not > 0")
        require(_is_undone(claim, by.exponent, normalizer), "the power may take a value twice")
    left, right = (_applied(by, side) for side in (claim.left, claim.right))
    _given(env, Statement(claim.binders, "=", left, right), by.premise, by.facts)
    env.collect(claim, by.facts)


def _is_undone(claim: Statement, exponent: Fraction, normalizer: Normalizer) -> bool:
    """Whether l^p = r^p says that l = r, for p > 0."""
    sides = (claim.left, claim.right)
    if exponent % 2 == 1 or ZERO in sides:
        return True
    return all(Unfolding(()).sign(side, normalizer).nonnegative for side in sides)


def _applied(by: Injective, side: Term) -> Term:
    return Pow(side, Num(by.exponent)) if by.function == "power" else Apply(by.function, 0, side)


def sine(env: Environment, claim: Statement, by: Sine) -> None:
    """Between -2π and 2π the sine is 0 and the cosine positive at 0 only.

    sin(l - r) = 0      0 < cos(l - r)      -2π < l - r      l - r < 2π
    -------------------------------------------------------------------
                                  l = r
    """
    require(claim.relation == "=", "the rule concludes an equation")
    angle = difference(claim.left, claim.right)
    _given(env, Statement(claim.binders, "=", Apply("sin", 0, angle), ZERO), by.premise, by.facts)
    _given(env, Statement(claim.binders, "<", ZERO, Apply("cos", 0, angle)), by.cosine, by.facts)
    _given(env, Statement(claim.binders, "<", _pi(-2), angle), by.below, by.facts)
    _given(env, Statement(claim.binders, "<", angle, _pi(2)), by.above, by.facts)
    env.collect(claim, by.facts)


def function_range(env: Environment, claim: Statement, by: Range) -> None:
    """-π/2 < atan u < π/2,   -π/2 <= asin u <= π/2   and   -1 < erf u < 1."""
    known = {
        "atan": ("<", _pi(Fraction(1, 2))),
        "asin": ("<=", _pi(Fraction(1, 2))),
        "erf": ("<", ONE),
    }
    require(by.function in known, f"no range of {by.function} is known")
    scope_of(env.context).bind(*claim.binders).check(by.argument)
    relation, end = known[by.function]
    value = Apply(by.function, 0, by.argument)
    laws = (
        Statement(claim.binders, relation, Mul((MINUS_ONE, end)), value),
        Statement(claim.binders, relation, value, end),
    )
    normalizer = env.normalizer(claim.binders, by.facts)
    require(
        any(equivalent(claim, law, normalizer) for law in laws), "the claim is not the range of the function"
    )
    env.collect(claim, by.facts)
    env.collect(laws[0], by.facts)


def addition_theorem(env: Environment, claim: Statement, by: AdditionTheorem) -> None:
    """sin(a + b) = sin a·cos b + cos a·sin b   or   cos(a + b) = cos a·cos b - sin a·sin b.

    The normal form knows this where it sees the two angles, which it does not once their sum has become one.
    """
    scope = scope_of(env.context).bind(*claim.binders)
    for angle in (by.first, by.second):
        scope.check(angle)
    (s, c), (t, d) = ((Apply("sin", 0, a), Apply("cos", 0, a)) for a in (by.first, by.second))
    both = Add((by.first, by.second))
    sums = Add((Mul((s, d)), Mul((c, t)))), Add((Mul((c, d)), Mul((MINUS_ONE, s, t))))
    laws = [
        Statement(claim.binders, "=", Apply(f, 0, both), right)
        for f, right in zip(("sin", "cos"), sums, strict=True)
    ]
    normalizer = env.normalizer(claim.binders, by.facts)
    require(any(equivalent(claim, law, normalizer) for law in laws), "the claim is no addition theorem")
    env.collect(claim, by.facts)
    env.collect(laws[0], by.facts)


def _given(env: Environment, needed: Statement, premise: str, facts: tuple[str, ...]) -> None:
    """Raise Rejected unless a premise says what is needed."""
    same = equivalent(needed, env.premise(premise), env.normalizer(needed.binders, facts))
    require(same, f"{premise} is not what is needed")
    env.collect(needed, facts)
    env.collect(env.premise(premise), facts)
