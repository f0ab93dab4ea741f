"""Equations of nested roots: a root of p + q·√d is u + v·√d for rational u and v, if there are such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import cbrt, isclose, sqrt

from lemmata.derive.numbers.numbers import Goal
from lemmata.derive.reasons import everything
from lemmata.kernel.certificate import Proof
from lemmata.kernel.context import Statement
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import Add, Apply, Mul, Num, Pow, Term

#: The largest denominator of the rational numbers that are looked for.
LARGEST_DENOMINATOR = 12
_HALF = Num(Fraction(1, 2))


def by_denesting(goal: Goal) -> Proof | None:
    """An equation from those which write its cube roots without a root inside."""
    if goal.claim.relation != "=" or goal.variables():
        return None
    known: dict[Term, Statement] = {}
    steps: list[Proof] = []
    for side in (goal.claim.left, goal.claim.right):
        for part in subterms(side):
            for simple in _simple(goal.normalizer(), part) if part not in known else ():
                claim = Statement((), "=", part, simple)
                proof = None if claim == goal.claim else goal.sub(claim, f"n{len(steps)}").shown()
                if proof is not None:
                    known[part] = claim
                    steps.append(proof)
    if not steps:
        return None
    before = tuple(step for proof in steps for step in proof)
    premises = tuple((proof[-1].id, proof[-1].claim) for proof in steps)
    every = everything(goal.context)
    found = goal.searcher.prove(
        goal.claim, replace(every, premises=(*every.premises, *premises)), goal.label
    ).steps
    return None if found is None else (*before, *found)


def _simple(normalizer: Normalizer, term: Term) -> Iterator[Term]:
    """u + v·√d, for the cube root of p + q·√d."""
    match term:
        case Apply("cbrt", 0, inside):
            poly = normalizer.poly(inside)
        case _:
            return
    rest = [(monomial, value) for monomial, value in poly.items() if monomial]
    match rest:
        case [(((Num(d), exponent),), q)] if exponent == _HALF:
            p, root = float(poly.get((), Fraction(0))), sqrt(d)
            first, second = cbrt(p + float(q) * root), cbrt(p - float(q) * root)
            u, v = (first + second) / 2, (first - second) / 2 / root
            near = [Fraction(number).limit_denominator(LARGEST_DENOMINATOR) for number in (u, v)]
            if all(isclose(a, b, abs_tol=1e-9) for a, b in zip(near, (u, v), strict=True)):
                yield Add((Num(near[0]), Mul((Num(near[1]), Pow(Num(d), _HALF)))))
