"""Inequalities with square roots: p + c·√s and p - c·√s, by the squares of p and c·√s; and with several, of
which one is subtracted: √r <= √p + √q, by the squares of both sides, in which only √p·√q remains."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lemmata.derive.numbers.numbers import Goal, split_at, whole
from lemmata.kernel.certificate import Combine, Monotone, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.terms import MINUS_ONE, Add, Mul, Num, Pow, Term

_TWO, _HALF = Num(Fraction(2)), Num(Fraction(1, 2))


def by_root(goal: Goal) -> Proof | None:
    """0 R p + q from p² R q², or 0 R p - q from q² R p², where q = c·√s is not negative; and by `_apart`."""
    if goal.claim.relation not in ("<", "<="):
        return None
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    rooted = {m: v for m, v in poly.items() if _is_rooted(m)}
    if len(rooted) > 1:
        return _apart(goal, poly)
    if not rooted or len(poly) == 1:
        return None
    ((monomial, value),) = rooted.items()
    q = as_term(monomial, abs(value))
    rest: Poly = {m: v for m, v in poly.items() if m not in rooted}
    p = goal.written(normalizer.term(rest))
    sign, minus = normalizer.signs.of(p), normalizer.signs.of(Mul((MINUS_ONE, p)))
    if not normalizer.signs.of(q).nonnegative:
        return None
    if value > 0 and sign.nonnegative:
        return (Step(goal.label, goal.claim, Combine((), Add((goal.written(q), p)), (), ())),)
    if not (sign.nonnegative or minus.nonnegative):
        return split_at(goal, p)
    if value < 0 and not sign.nonnegative:
        return None
    return _squared(goal, p, goal.written(q), root_is_larger=value > 0)


def _apart(goal: Goal, poly: Poly) -> Proof | None:
    """0 R p - q from q² R p², where q is one root, and no term of p is negative."""
    normalizer = goal.normalizer()
    signs = {m: normalizer.signs.of(as_term(m, v)).nonnegative for m, v in poly.items()}
    left = [monomial for monomial, known in signs.items() if not known]
    if len(left) != 1 or not _is_rooted(left[0]):
        return None
    q = as_term(left[0], -poly[left[0]])
    if not normalizer.signs.of(q).nonnegative:
        return None
    p = normalizer.term({m: v for m, v in poly.items() if m != left[0]})
    return _squared(goal, goal.written(q), goal.written(p), root_is_larger=True)


def _squared(goal: Goal, p: Term, q: Term, *, root_is_larger: bool) -> Proof | None:
    smaller, larger = (p, q) if root_is_larger else (q, p)
    squares = Statement((), goal.claim.relation, Pow(smaller, _TWO), Pow(larger, _TWO))
    below = replace(goal.sub(squares, "r"), depth=goal.depth).shown()
    if below is None:
        return None
    roots = Statement((), squares.relation, Pow(squares.left, _HALF), Pow(squares.right, _HALF))
    step = Step(f"{goal.label}m", roots, Monotone("power", Fraction(1, 2), whole(below).premise, ()))
    last = Combine((whole(step),), _gap(goal, roots), (), ())
    return (*below, step, Step(goal.label, goal.claim, last))


def _gap(goal: Goal, roots: Statement) -> Term:
    """What r - l is more than the difference of the roots."""
    more = (
        difference(goal.claim.right, goal.claim.left),
        Mul((MINUS_ONE, difference(roots.right, roots.left))),
    )
    normalizer = goal.normalizer()
    return goal.written(normalizer.term(normalizer.poly(Add(more))))


def _is_rooted(monomial: Monomial) -> bool:
    return any(isinstance(e, Num) and e.value.denominator == 2 for _, e in monomial)
