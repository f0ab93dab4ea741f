"""Equations in which both an angle and a part of it occur, by the addition theorems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from lemmata.derive.numbers.numbers import Goal
from lemmata.derive.reasons import everything
from lemmata.kernel.certificate import AdditionTheorem, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, as_term
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import MINUS_ONE, Add, Apply, Mul, Term

#: Multiples of a part of an angle are written out up to this one.
LARGEST_MULTIPLE = 6


def by_addition(goal: Goal) -> Proof | None:
    """An equation, once the waves of an angle are those of a part of it."""
    if goal.claim.relation != "=":
        return None
    steps = tuple(_theorems(goal))
    if not steps:
        return None
    every = everything(goal.context)
    premises = (*every.premises, *((step.id, step.claim) for step in steps))
    found = goal.searcher.prove(goal.claim, replace(every, premises=premises), goal.label).steps
    return None if found is None else (*steps, *found)


def _theorems(goal: Goal) -> Iterator[Step]:
    """sin(k·u) and cos(k·u) from those of (k - 1)·u and u, for the parts u of angles."""
    number = 0
    for monomial, values in _angles(goal).items():
        least = min(values)
        whole = all((value / least).denominator == 1 for value in values)
        for k in (
            range(2, int(max(values) / least) + 1)
            if whole and max(values) <= LARGEST_MULTIPLE * least
            else ()
        ):
            u, before = (goal.written(as_term(monomial, least * times)) for times in (1, k - 1))
            for claim in _laws(before, u):
                yield Step(f"{goal.label}t{number}", claim, AdditionTheorem(before, u, ()))
                number += 1


def _laws(a: Term, b: Term) -> tuple[Statement, Statement]:
    (s, c), (t, d) = ((Apply("sin", 0, angle), Apply("cos", 0, angle)) for angle in (a, b))
    both = Add((a, b))
    sine = Statement((), "=", Apply("sin", 0, both), Add((Mul((s, d)), Mul((c, t)))))
    return sine, Statement((), "=", Apply("cos", 0, both), Add((Mul((c, d)), Mul((MINUS_ONE, s, t)))))


def _angles(goal: Goal) -> dict[Monomial, set[Fraction]]:
    """The multiples of each product that are angles, in normal form."""
    normalizer: Normalizer = goal.normalizer()
    found: dict[Monomial, set[Fraction]] = {}
    for side in (goal.claim.left, goal.claim.right):
        for part in subterms(normalizer.normal(side)):
            if isinstance(part, Apply) and part.function in ("sin", "cos"):
                poly = normalizer.poly(part.argument)
                if len(poly) == 1:
                    ((monomial, value),) = poly.items()
                    found.setdefault(monomial, set()).add(value)
    return {monomial: values for monomial, values in found.items() if len(values) > 1}
