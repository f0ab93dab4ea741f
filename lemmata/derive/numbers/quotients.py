"""Inequalities whose denominators are known to be positive: they are multiplied out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lemmata.derive.numbers.numbers import Goal, positive, whole
from lemmata.kernel.certificate import Combine, Proof, Step
from lemmata.kernel.environment import difference
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.terms import MINUS_ONE, ZERO, Mul, Num, Pow, Term

#: How many factors are taken out.
LARGEST_COUNT = 12


def by_quotient(goal: Goal) -> Proof | None:
    """0 R n for r - l = n·f, where f is a product of powers which is known to be positive."""
    if goal.claim.relation not in ("<", "<="):
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    numerator, factors = split(normalizer, poly)
    if not factors or not numerator:
        return None
    sub = goal.sub(positive(goal.claim.relation, goal.written(normalizer.term(numerator))), "q")
    proof = replace(sub, depth=goal.depth).shown()
    if proof is None:
        return None
    times = goal.written(Mul(factors))
    return (*proof, Step(goal.label, goal.claim, Combine((whole(proof, times),), ZERO, (), ())))


def split(normalizer: Normalizer, poly: Poly) -> tuple[Poly, tuple[Term, ...]]:
    """n and factors f_k > 0 with poly = n·Π f_k: the denominators, and what is common to all terms."""
    factors: list[Term] = []
    for _ in range(LARGEST_COUNT):
        for base, value in _common(normalizer, poly).items():
            factor = _positive(normalizer, base, value)
            if factor is not None:
                factors.append(factor)
                sign = 1 if factor == Pow(base, Num(value)) else -1
                poly = normalizer.scale(_times(normalizer, poly, base, -value), Fraction(sign))
                break
        else:
            break
    return poly, tuple(factors)


def _common(normalizer: Normalizer, poly: Poly) -> dict[Term, Fraction]:
    """The least powers of bases in the terms of a polynomial."""
    least: dict[Term, Fraction] = {}
    bases = [base for monomial in poly for base, e in monomial if isinstance(e, Num)]
    for base in dict.fromkeys(bases):
        powers = [dict(monomial).get(base, ZERO) for monomial in poly]
        values = [power.value for power in powers if isinstance(power, Num)]
        value = min(values) if len(values) == len(powers) else Fraction(0)
        if value and not isinstance(base, Num):
            least[base] = value
    return least


def _positive(normalizer: Normalizer, base: Term, value: Fraction) -> Term | None:
    """The power, or minus it, as a product which is manifestly positive."""
    power, minus = Pow(base, Num(value)), Mul((MINUS_ONE, base))
    if normalizer.signs.of(power).positive or normalizer.signs.of(base).positive:
        return power
    if value % 2 == 1 and normalizer.signs.of(minus).positive:
        return Mul((Pow(base, Num(value - 1)), minus))
    return None


def _times(normalizer: Normalizer, poly: Poly, base: Term, value: Fraction) -> Poly:
    """The polynomial times a power."""
    parts = []
    for monomial, factor in poly.items():
        exponents = dict(monomial)
        known = exponents.get(base, ZERO)
        exponents[base] = Num((known.value if isinstance(known, Num) else Fraction(0)) + value)
        parts.append(normalizer.scale(normalizer.collect(exponents.items()), factor))
    return normalizer.add(parts)


def by_factor(goal: Goal) -> Proof | None:
    """0 R f·g from 0 R g, where 0 < f is given."""
    if goal.claim.relation not in ("<", "<=") or not goal.context.hypotheses:
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    for _, said in goal.context.hypotheses:
        if said.relation != "<" or said.binders:
            continue
        factor = difference(said.right, said.left)
        rest = divided(normalizer, poly, normalizer.poly(factor))
        if rest is None:
            continue
        sub = goal.sub(positive(goal.claim.relation, goal.written(normalizer.term(rest))), "f")
        proof = replace(sub, depth=goal.depth).shown()
        if proof is not None:
            use = whole(proof, goal.written(factor))
            return (*proof, Step(goal.label, goal.claim, Combine((use,), ZERO, (), ())))
    return None


def divided(normalizer: Normalizer, poly: Poly, by: Poly) -> Poly | None:
    """The quotient of two polynomials with several terms, if the division leaves nothing."""
    bases = list(dict.fromkeys(base for monomial in (*poly, *by) for base, _ in monomial))
    powers = [e for monomial in (*poly, *by) for _, e in monomial]
    if len(by) < 2 or len(poly) < len(by) or not all(isinstance(e, Num) and e.value >= 0 for e in powers):
        return None

    def order(monomial: Monomial) -> tuple[Fraction, ...]:
        known = {base: e.value for base, e in monomial if isinstance(e, Num)}
        return tuple(known.get(base, Fraction(0)) for base in bases)

    lead = max(by, key=order)
    rest, quotient = dict(poly), dict[Monomial, Fraction]()
    while rest:
        top = max(rest, key=order)
        exponents = [a - b for a, b in zip(order(top), order(lead), strict=True)]
        if min(exponents) < 0:
            return None
        monomial = tuple((b, Num(e)) for b, e in zip(bases, exponents, strict=True) if e)
        value = rest[top] / by[lead]
        part = normalizer.poly(as_term(monomial, value))
        if len(part) != 1:
            return None
        quotient.update(part)
        rest = normalizer.add([rest, normalizer.scale(normalizer.product([part, by]), Fraction(-1))])
        if top in rest:
            return None
    return quotient
