"""Equations by those of a power, an exponential or a sine of both sides."""

from __future__ import annotations

from fractions import Fraction

from lemmata.derive.numbers.numbers import Goal, positive, whole
from lemmata.derive.reasons import everything
from lemmata.kernel.certificate import Combine, Injective, Proof, Range, Sine, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.poly import as_term
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Apply, Mul, Num, Pow, Term


def _pi(factor: Fraction | int) -> Term:
    """A multiple of π."""
    return Mul((Num(Fraction(4 * factor)), Apply("atan", 0, ONE)))


def by_injection(goal: Goal) -> Proof | None:
    """l = r from f(l) = f(r), for powers and the exponential function."""
    if goal.claim.relation != "=":
        return None
    for function, exponent in _functions(goal):
        sides = (_applied(function, exponent, side) for side in (goal.claim.left, goal.claim.right))
        raised = Statement((), "=", *sides)
        first = goal.searcher.prove(raised, everything(goal.context), f"{goal.label}f").steps
        if first is None:
            continue
        facts: list[Step] = []
        needed = exponent if function == "power" and exponent % 2 == 0 else 0
        for number, side in enumerate((goal.claim.left, goal.claim.right) if needed else ()):
            proof = goal.sub(positive("<=", side), f"s{number}").shown()
            if proof is None:
                break
            facts += proof
        else:
            labels = tuple(fact.id for fact in facts)
            return (
                *facts,
                *first,
                Step(goal.label, goal.claim, Injective(function, exponent, first[-1].id, labels)),
            )
    return None


def _functions(goal: Goal) -> list[tuple[str, Fraction]]:
    """What may make an equation simpler, by what is in it."""
    found: dict[tuple[str, Fraction], None] = {}
    for _, said in goal.context.hypotheses:
        for side in (said.left, said.right) if said.relation == "=" else ():
            match side:
                case Pow(_, Num(value)) if value % 2 == 1:
                    found["power", value] = None
    for part in (*subterms(goal.claim.left), *subterms(goal.claim.right)):
        match part:
            case Apply("log", 0, _):
                found["exp", Fraction(1)] = None
            case Apply("cbrt", 0, _):
                found["power", Fraction(3)] = None
            case Pow(_, Num(value)) if value.denominator > 1:
                found["power", Fraction(value.denominator)] = None
    return list(found)


def _applied(function: str, exponent: Fraction, side: Term) -> Term:
    return Pow(side, Num(exponent)) if function == "power" else Apply(function, 0, side)


def by_arctangents(goal: Goal) -> Proof | None:
    """l = r, where sin(l - r) = 0, 0 < cos(l - r), and -2π < l - r < 2π."""
    parts = (*subterms(goal.claim.left), *subterms(goal.claim.right))
    angles = any(isinstance(part, Apply) and part.function in ("atan", "asin") for part in parts)
    if goal.claim.relation != "=" or not angles:
        return None
    angle = difference(goal.claim.left, goal.claim.right)
    zero = Statement((), "=", Apply("sin", 0, angle), ZERO)
    if not goal.normalizer().is_zero(zero.left):
        return None
    steps: list[Step] = [Step(f"{goal.label}z", zero, Combine((), ZERO, (), ()))]
    labels = []
    needed = (
        positive("<", Apply("cos", 0, angle)),
        Statement((), "<", _pi(-2), angle),
        Statement((), "<", angle, _pi(2)),
    )
    for number, claim in enumerate(needed):
        proof = goal.sub(claim, f"s{number}").shown()
        if proof is None:
            return None
        steps += proof
        labels.append(proof[-1].id)
    return (*steps, Step(goal.label, goal.claim, Sine(steps[0].id, labels[0], labels[1], labels[2], ())))


def by_ranges(goal: Goal) -> Proof | None:
    """An inequality from the ranges of the angles in it."""
    if goal.claim.relation not in ("<", "<="):
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    steps: list[Step] = []
    uses: list[Use] = []
    for monomial, value in poly.items():
        match monomial:
            case ((Apply("atan" | "asin" | "erf" as name, 0, u) as angle, exponent),) if exponent == ONE:
                if normalizer.signs.of(as_term(monomial, value)).nonnegative:
                    continue
                end: Term = ONE if name == "erf" else _pi(Fraction(1, 2))
                u, angle = goal.written(u), Apply(name, 0, goal.written(u))
                sides = (angle, end) if value < 0 else (Mul((MINUS_ONE, end)), angle)
                law = Statement((), "<=" if name == "asin" else "<", *sides)
                steps.append(Step(f"{goal.label}r{len(steps)}", law, Range(name, u, ())))
                uses.append(whole(steps[-1], Num(abs(value))))
    if not steps:
        return None
    given = (
        Mul((MINUS_ONE, use.times, difference(s.claim.right, s.claim.left)))
        for use, s in zip(uses, steps, strict=True)
    )
    slack = goal.written(normalizer.normal(Add((difference(goal.claim.right, goal.claim.left), *given))))
    return (*steps, Step(goal.label, goal.claim, Combine(tuple(uses), slack, (), ())))
