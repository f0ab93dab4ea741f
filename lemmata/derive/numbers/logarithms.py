"""Inequalities with logarithms or exponentials: p <= log b from exp(p) <= b, a <= exp(p) from log a <= p, and
those by tangents, log b' - log b <= b'/b - 1."""

from __future__ import annotations

from fractions import Fraction

from lemmata.derive.numbers.numbers import Goal, positive, whole
from lemmata.kernel.certificate import Combine, Monotone, Proof, Step, Tangent, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Apply, Mul, Num, Term


def by_logarithm(goal: Goal) -> Proof | None:
    """0 R c·log b + p from exp(-p/c) R b, or b R exp(p/-c), for a number c."""
    if goal.claim.relation not in ("<", "<="):
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    logs = [(b, value) for monomial, value in poly.items() if (b := _argument(monomial)) is not None]
    if len(logs) != 1:
        return None
    ((argument, factor),) = logs
    rest = {m: v for m, v in poly.items() if _argument(m) is None}
    exponent = goal.written(normalizer.term(normalizer.scale(rest, -1 / factor)))
    sides: tuple[Term, Term] = (Apply("exp", 0, exponent), goal.written(argument))
    claim = Statement((), goal.claim.relation, *(sides if factor > 0 else sides[::-1]))
    return _monotone(goal, claim, "log", Num(abs(factor)))


def by_exponential(goal: Goal) -> Proof | None:
    """0 R c·exp(p) - a from log(a/c) R p, for a number c > 0, where a is manifestly positive."""
    if goal.claim.relation not in ("<", "<="):
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    for monomial, factor in poly.items():
        match monomial:
            case ((Apply("exp", 0, argument), Num(power)),) if factor > 0 and len(poly) > 2:
                rest = {m: v for m, v in poly.items() if m != monomial}
                other = goal.written(normalizer.term(normalizer.scale(rest, -1 / factor)))
                if normalizer.signs.of(other).positive:
                    exponent = goal.written(Mul((Num(power), argument)))
                    claim = Statement((), goal.claim.relation, Apply("log", 0, other), exponent)
                    return _monotone(goal, claim, "exp", Num(factor))
    return None


def _monotone(goal: Goal, claim: Statement, function: str, times: Term) -> Proof | None:
    """The goal from f(l) R f(r), times a number."""
    below = goal.sub(claim, "l").shown()
    if below is None:
        return None
    sides = (Apply(function, 0, side) for side in (claim.left, claim.right))
    applied = Statement((), claim.relation, *sides)
    step = Step(f"{goal.label}o", applied, Monotone(function, Fraction(1), whole(below).premise, ()))
    return (*below, step, Step(goal.label, goal.claim, Combine((whole(step, times),), ZERO, (), ())))


def _argument(monomial: Monomial) -> Term | None:
    """b where the monomial is log b, of something that is no number."""
    match monomial:
        case ((Apply("log", 0, argument), exponent),) if exponent == ONE and not isinstance(argument, Num):
            return argument
    return None


def by_log_tangents(goal: Goal) -> Proof | None:
    """0 <= Σ c·(log b - log b') + ... from the same with c·(1 - b'/b), or c/n·(1 - (b'/b)^n), there."""
    if goal.claim.relation != "<=":
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    pairs = _pairs(normalizer, poly)
    for power in (1, 2) if pairs else ():
        steps, uses, given = [], list[Use](), list[Term]()
        for number, (factor, upper, lower) in enumerate(pairs):
            logs = (Apply("log", 0, lower), Mul((MINUS_ONE, Apply("log", 0, upper))))
            u = goal.written(Mul((Num(Fraction(power)), Add(logs))))
            law = Statement((), "<=", Add((ONE, u)), Apply("exp", 0, u))
            steps.append(Step(f"{goal.label}t{number}", law, Tangent(u, ())))
            uses.append(whole(steps[-1], goal.written(Mul((Num(Fraction(1, power)), factor)))))
            given.append(Mul((MINUS_ONE, uses[-1].times, difference(law.right, law.left))))
        rest = normalizer.normal(Add((difference(goal.claim.right, goal.claim.left), *given)))
        below = goal.sub(positive("<=", goal.written(rest)), f"u{power}").shown()
        if below is not None:
            by = Combine((whole(below), *uses), ZERO, (), ())
            return (*below, *steps, Step(goal.label, goal.claim, by))
    return None


def _pairs(normalizer: Normalizer, poly: Poly) -> list[tuple[Term, Term, Term]]:
    """Factors c >= 0 and pairs b, b' where log b is multiplied by c, and log b' by -c; b' may be 1."""
    factors: dict[Term, Poly] = {}
    for monomial, value in poly.items():
        logs = [b.argument for b, e in monomial if isinstance(b, Apply) and b.function == "log" and e == ONE]
        if len(logs) == 1 and not isinstance(logs[0], Num):
            others = tuple((b, e) for b, e in monomial if b != Apply("log", 0, logs[0]))
            factors.setdefault(logs[0], {})[others] = value
    found = []
    for upper, factor in factors.items():
        minus = normalizer.scale(factor, Fraction(-1))
        lower = next((b for b, other in factors.items() if other == minus), None)
        if lower is not None and normalizer.signs.of(normalizer.term(factor)).nonnegative:
            found.append((normalizer.term(factor), upper, lower))
    return found if 2 * len(found) == len(factors) else []
