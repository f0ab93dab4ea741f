"""Polynomial inequalities by sums of squares which are looked for among all Gram matrices."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lemmata.derive.numbers.numbers import Goal, positive, whole
from lemmata.derive.reasons import everything
from lemmata.derive.slacks.letters import Letters, times
from lemmata.kernel.certificate import Cases, Combine, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.poly import Poly
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Mul, Num, Pow, Ref, Term

#: How many letters, and terms, are looked at; and of which degree.
LARGEST_LETTERS, LARGEST_TERMS, LARGEST_DEGREE = 4, 24, 8
_TWO = Num(Fraction(2))


def by_gram(goal: Goal) -> Proof | None:
    """0 R p by squares; else 0 <= w·p, for w = Σ x² or 1 + Σ x², which is positive where not all x are 0."""
    if goal.claim.relation not in ("<", "<="):
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    bases = list(dict.fromkeys(base for monomial in poly for base, _ in monomial))
    letters = _letters(poly, bases)
    if letters is None:
        return None
    nonnegative = frozenset(k for k, base in enumerate(bases) if normalizer.signs.of(base).nonnegative)
    names = [goal.written(base) for base in bases]
    strict = Fraction(1, 32) if goal.claim.relation == "<" else Fraction(0)
    slack = _slack(letters, nonnegative, names, strict)
    if slack is not None:
        return (Step(goal.label, goal.claim, Combine((), slack, (), ())),)
    if strict or nonnegative or not all(isinstance(base, Ref) for base in bases):
        return None
    return _multiplied(goal, letters, names)


def _ends(letters: Letters) -> tuple[int, int]:
    degrees = [sum(exponents) for exponents in letters]
    return min(degrees), max(degrees)


def _letters(poly: Poly, bases: list[Term]) -> Letters | None:
    """A polynomial by the exponents of its letters."""
    if not 1 <= len(bases) <= LARGEST_LETTERS or not 2 < len(poly) <= LARGEST_TERMS:
        return None
    found: Letters = {}
    for monomial, value in poly.items():
        powers = dict(monomial)
        exponents = []
        for base in bases:
            e = powers.get(base, ZERO)
            if not isinstance(e, Num) or e.value < 0 or e.value.denominator > 1:
                return None
            exponents.append(int(e.value))
        found[tuple(exponents)] = value
    return found if _ends(found)[1] <= LARGEST_DEGREE else None


def _slack(letters: Letters, nonnegative: frozenset[int], names: list[Term], less: Fraction) -> Term | None:
    """The polynomial as a sum of squares, and of a positive number."""
    from lemmata.derive.slacks.gram import certificate

    constant = (0,) * len(names)
    if less and letters.get(constant, Fraction(0)) <= less:
        return None
    rest = {**letters, constant: letters.get(constant, Fraction(0)) - less}
    found = certificate({place: value for place, value in rest.items() if value}, nonnegative)
    if found is None:
        return None
    parts = (
        Mul((_product(factor, names), Num(d), Pow(_sum(root, names), _TWO))) for factor, d, root in found
    )
    return Add((Num(less), *parts))


def _product(exponents: tuple[int, ...], names: list[Term]) -> Term:
    return Mul((ONE, *(Pow(x, Num(Fraction(e))) for x, e in zip(names, exponents, strict=True) if e)))


def _sum(letters: Letters, names: list[Term]) -> Term:
    return Add(tuple(Mul((Num(value), _product(place, names))) for place, value in letters.items()))


def _multiplied(goal: Goal, letters: Letters, names: list[Term]) -> Proof | None:
    """0 <= p from 0 <= w·p, by cases: where all letters are 0, and where one is not."""
    size, (least, most) = len(names), _ends(letters)
    w: Letters = {tuple(2 * (j == k) for j in range(size)): Fraction(1) for k in range(size)}
    if least != most:
        w[(0,) * size] = Fraction(1)
    slack = _slack(times(w, letters), frozenset(), names, Fraction(0))
    if slack is None:
        return None
    weight = _sum(w, names)
    above = Mul((weight, difference(goal.claim.right, goal.claim.left)))
    first = Step(f"{goal.label}w", positive("<=", above), Combine((), slack, (), ()))
    divided = Combine((whole(first, Pow(weight, MINUS_ONE)),), ZERO, (), ())
    if least != most:
        return (first, Step(goal.label, goal.claim, divided))
    return _cases(goal, names, first, divided)


def _cases(goal: Goal, names: list[Term], first: Step, divided: Combine) -> Proof | None:
    if not names:
        return goal.searcher.prove(goal.claim, everything(goal.context), f"{goal.label}z").steps
    x, label = names[0], f"{goal.label}{len(names)}"
    zero = Statement((), "=", x, ZERO)
    context = goal.context.assume(label, zero)
    inside = replace(goal, searcher=replace(goal.searcher, context=context))
    rest = _cases(inside, names[1:], first, divided)
    if rest is None:
        return None
    other = (replace(first, id=f"{first.id}{len(names)}"),)
    last = replace(divided, using=(replace(divided.using[0], premise=other[0].id),))
    cases = Cases(label, zero, rest, (*other, Step(f"{label}y", goal.claim, last)))
    return (Step(goal.label if len(names) == len(goal.variables()) else f"{label}x", goal.claim, cases),)
