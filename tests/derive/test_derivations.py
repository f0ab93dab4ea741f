"""What follows from relations, and what was found on the way: the same whether said at once or by lemmas."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata.derive.algebra import derivation as module
from lemmata.derive.algebra.membership import Order, membership
from lemmata.derive.algebra.poly import Poly, Proof, added, around

A, P, AT, PT = range(4)


def equation(left: tuple[int, ...], right: tuple[int, ...]) -> Poly:
    return {((), left): Fraction(1), ((), right): Fraction(-1)}


#: P is the pseudo-inverse of A, PT and AT are their transposes.
LAWS = [
    equation((A, P, A), (A,)),
    equation((P, A, P), (P,)),
    equation((A, P), (PT, AT)),
    equation((P, A), (AT, PT)),
    equation((AT, PT, AT), (AT,)),
    equation((PT, AT, PT), (PT,)),
]
FOLLOWS = [
    equation((P, PT, AT), (P,)),
    equation((AT, A, P), (AT,)),
    equation((AT, PT, P, A, P, PT, AT, A), (P, A)),
]


def combined(proof: Proof, known: dict[int, Poly]) -> Poly:
    return added(*(around(known[p.relation], p.scalars, p.left, p.right, p.factor) for p in proof))


@pytest.mark.parametrize("longest", [0, 60])
@pytest.mark.parametrize("goal", FOLLOWS)
def test_each_lemma_and_the_goal_are_combinations(
    goal: Poly, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST_COMBINATION", longest)
    found = membership(goal, LAWS, Order())
    assert found is not None
    known = dict(enumerate(LAWS))
    for number, lemma in found.lemmas.items():
        assert combined(lemma.proof, known) == lemma.poly
        known[number] = lemma.poly
    assert combined(found.proof, known) == goal
    assert longest == 0 or not found.lemmas


def test_what_does_not_follow() -> None:
    assert membership(equation((A, P), (P, A)), LAWS, Order()) is None
