"""Equations between numbers that follow from others: what is multiplied is divided by, and what cannot be."""

from __future__ import annotations

from fractions import Fraction

from lemmata.derive.numbers.numbers import Goal
from lemmata.kernel.certificate import Absurd, Cases, Combine, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Poly, as_term
from lemmata.kernel.terms import ONE, ZERO, Num, Term


def by_division(goal: Goal) -> Proof | None:
    """l = r from an equation which is m·(l - r) = 0, for a product m of powers."""
    if goal.claim.relation != "=":
        return None
    normalizer = goal.normalizer()
    wanted = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    for label, said in goal.context.hypotheses:
        if said.relation != "=" or said.binders:
            continue
        given = normalizer.poly(difference(said.right, said.left))
        times = _quotient(normalizer, wanted, given)
        if times is not None:
            use = Use(label, (), (), goal.written(times))
            return (Step(goal.label, goal.claim, Combine((use,), ZERO, (), ())),)
    return None


def _quotient(normalizer: Normalizer, wanted: Poly, given: Poly) -> Term | None:
    """c·m with wanted = c·m·given, if there is one."""
    if len(wanted) != len(given) or not given:
        return None
    first, value = next(iter(wanted.items()))
    for monomial, factor in given.items():
        exponents = dict(first)
        if not all(isinstance(e, Num) for _, e in (*first, *monomial)):
            continue
        for base, e in monomial:
            known = exponents.get(base, ZERO)
            exponents[base] = Num(known.value - e.value)  # type: ignore[union-attr]
        times = as_term(tuple((b, e) for b, e in exponents.items() if e != ZERO), value / factor)
        if normalizer.product([normalizer.poly(times), given]) == wanted:
            return times
    return None


def by_contradiction(goal: Goal) -> Proof | None:
    """l = r, as l != r would make a sum positive which is 0."""
    label = f"{goal.label}!"
    if goal.claim.relation != "=" or not goal.context.hypotheses:
        return None
    other = Statement((), "!=", goal.claim.left, goal.claim.right)
    context = goal.context.assume(label, other)
    inside = goal.sub(goal.claim, "x", context)
    normalizer = inside.normalizer()
    nothing = Statement((), "<", ZERO, ZERO)
    for name, said in goal.context.hypotheses:
        if said.relation != "=" or said.binders:
            continue
        for sign in (1, -1):
            times = Num(Fraction(sign))
            poly = normalizer.scale(normalizer.poly(difference(said.right, said.left)), Fraction(-sign))
            slack = inside.written(normalizer.term(poly))
            if poly and normalizer.signs.of(slack).positive:
                never = Step(f"{inside.label}0", nothing, Combine((Use(name, (), (), times),), slack, (), ()))
                anything = Step(inside.label, goal.claim, Absurd(never.id, ()))
                same = Step(f"{goal.label}s", goal.claim, Combine((Use(label, (), (), ONE),), ZERO, (), ()))
                cases = Cases(label, goal.claim, (same,), (never, anything))
                return (Step(goal.label, goal.claim, cases),)
    return None
