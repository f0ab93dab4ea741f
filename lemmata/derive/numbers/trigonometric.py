"""Inequalities with sines and cosines: 1 ± cos u = ((1 ± cos u)² + sin² u)/2, and the same for sin u."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from lemmata.derive.numbers.enclosures import bounds
from lemmata.derive.numbers.numbers import Goal, having, positive, whole
from lemmata.kernel.certificate import Combine, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.poly import Poly, as_term
from lemmata.kernel.terms import ONE, ZERO, Add, Apply, Mul, Num, Pow, Ref, Term

_TWO = Num(Fraction(2))


def by_circle(goal: Goal) -> Proof | None:
    """A slack Σ c·(1 ± sin u) + Σ c·(1 ± cos u) + ..., where c >= 0 and the rest is large enough."""
    if goal.claim.relation not in ("<", "<="):
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    slack: list[Term] = []
    rest: Poly = dict(poly)
    for monomial, value in poly.items():
        waves = [base for base, _ in monomial if isinstance(base, Apply) and base.function in ("sin", "cos")]
        others = tuple(power for power in monomial if power[0] not in waves)
        if len(waves) != 1 or (waves[0], ONE) not in monomial:
            continue
        factor = as_term(others, abs(value))
        if not normalizer.signs.of(factor).nonnegative:
            continue
        del rest[monomial]
        rest[others] = rest.get(others, Fraction(0)) - abs(value)
        slack.append(Mul((factor, _gap(waves[0], value > 0))))
    if not slack:
        return None
    left = normalizer.term({m: v for m, v in rest.items() if v})
    total = goal.written(Add((*slack, left)))
    return (Step(goal.label, goal.claim, Combine((), total, (), ())),)


def _gap(wave: Apply, above: bool) -> Term:
    """1 + w (or 1 - w) as a sum of squares, for w = sin u or cos u."""
    other = Apply("cos" if wave.function == "sin" else "sin", 0, wave.argument)
    one = Add((ONE, wave if above else Mul((Num(Fraction(-1)), wave))))
    return Mul((Num(Fraction(1, 2)), Add((Pow(one, _TWO), Pow(other, _TWO)))))


def by_waves(goal: Goal) -> Proof | None:
    """A claim once it is known that the waves in its one product, or in denominators, are positive."""
    if goal.claim.relation == "=" or goal.depth < 1:
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    closing: list[Callable[[Proof], Proof]] = []
    inside = goal
    for wave in _waves(poly):
        fact = positive("<", wave)
        if normalizer.signs.of(wave).positive or fact == goal.claim or not all(_bounds(goal, wave)):
            continue
        proof = goal.sub(fact, f"w{len(closing)}").shown()
        if proof is None:
            return None
        context, close = having(inside, fact, proof, f"v{len(closing)}")
        closing.append(close)
        inside = replace(inside, searcher=replace(inside.searcher, context=context))
    found = replace(inside, label=f"{goal.label}i").shown() if closing else None
    for close in reversed(closing):
        found = None if found is None else close(found)
    return found


def _waves(poly: Poly) -> list[Apply]:
    """The sines and cosines of variables of which the signs are wanted."""
    found = []
    for monomial in poly:
        for base, e in monomial:
            match base:
                case Apply("sin" | "cos", 0, Ref()) if len(poly) == 1 or (isinstance(e, Num) and e.value < 0):
                    found.append(base)
    return list(dict.fromkeys(found))


def _bounds(goal: Goal, wave: Apply) -> tuple[list[Step], list[Step]]:
    return bounds(goal, wave.argument.name) if isinstance(wave.argument, Ref) else ([], [])


def by_cubic(goal: Goal) -> Proof | None:
    """0 < sin u from u - u³/6 <= sin u."""
    match goal.claim:
        case Statement((), "<", Num(zero), Apply("sin", 0, Ref() as u)) if zero == 0:
            cubic = Add((u, Mul((Num(Fraction(-1, 6)), Pow(u, Num(Fraction(3)))))))
        case _:
            return None
    above = replace(goal.sub(Statement((), "<=", cubic, goal.claim.right), "p"), depth=4).shown()
    first = None if above is None else goal.sub(positive("<", cubic), "c").shown()
    if above is None or first is None:
        return None
    return (*above, *first, Step(goal.label, goal.claim, Combine((whole(above), whole(first)), ZERO, (), ())))
