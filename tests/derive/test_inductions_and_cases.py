"""Inductions over a time, and case splits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata import abs as absolute
from lemmata import calc, cases, dims, induction, matrix, recurrence, scalars, time, vector, zeros
from lemmata.derive import DerivationError, Theorem
from lemmata.derive.chain import Calc, Cases
from lemmata.language.expr import Statement
from tests.proofs.claims import claim, derived, outcomes
from tests.proofs.judged import judged

(n,) = dims("n")
a, b = scalars("a b")
t = time("t")
x = vector("x", n)
A = matrix("A", n, n)
h = recurrence("h", n, over=t, start=zeros(n), step=lambda h, t: A @ h[t - 1])
s = recurrence("s", over=t, start=0, step=lambda s, t: s[t - 1] + 2 * t - 1)
q = recurrence("q", over=t, start=1, step=lambda q, t: a**2 * q[t - 1])


def inductive(goal: Statement, base: Calc, step: Calc, *given: Statement) -> Theorem:
    return derived(goal, induction(on=t, base=base, step=step), given)


zero_base = calc(h[0]).eq(0, by=h.start)
zero_step = calc(h[t]).eq(A @ h[t - 1], by=h.step).eq(0, by="induction hypothesis")
ODD_NUMBERS = (
    calc(s[t])
    .eq(s[t - 1] + 2 * t - 1, by=s.step)
    .eq((t - 1) ** 2 + 2 * t - 1, by="induction hypothesis")
    .eq(t**2, by="algebra")
)
POWERS = calc(q[t]).eq(a**2 * q[t - 1], by=q.step).ge(0, by="induction hypothesis")

INDUCTIONS = [
    pytest.param(inductive(h[t] == 0, zero_base, zero_step), id="A h = 0 stays 0"),
    pytest.param(
        inductive(s[t] == t**2, calc(s[0]).eq(0, by=s.start), ODD_NUMBERS), id="sums of odd numbers"
    ),
    pytest.param(inductive(q[t] >= 0, calc(q[0]).eq(1, by=q.start).ge(0), POWERS), id="an inequality"),
]

#: induction, outcomes of its lines
WRONG_INDUCTIONS = [
    pytest.param(
        inductive(h[t] == 0, calc(h[0]).eq(x, by=h.start), zero_step),
        ["refuted", "proved", "proved"],
        id="wrong base",
    ),
    pytest.param(
        inductive(h[t] == 0, zero_base, calc(h[t]).eq(A @ h[t - 1], by=h.step).eq(x)),
        ["proved", "proved", "refuted"],
        id="wrong step",
    ),
    pytest.param(
        inductive(h[t] == 0, zero_step, zero_base),
        ["undecided", "invalid", "proved"],
        id="base and step exchanged",
    ),
]


@pytest.mark.parametrize("proof", INDUCTIONS)
def test_induction_proves_its_claim_for_all_times(proof: Theorem) -> None:
    record = judged(proof)
    assert (record["outcome"], record["evidence"]) == ("proved", "exact")
    assert record["certificate"]["rules"]["induction"] == 1


@pytest.mark.parametrize("proof", INDUCTIONS)
def test_the_same_is_not_proved_without_induction(proof: Theorem) -> None:
    assert judged(claim(proof.statement))["outcome"] == "undecided"


@pytest.mark.parametrize(("proof", "expected"), WRONG_INDUCTIONS)
def test_wrong_induction_proves_nothing(proof: Theorem, expected: list[str]) -> None:
    record = judged(proof)
    assert record["outcome"] == "undecided"
    assert (outcomes(record), record["certificate"]) == (expected, None)


def test_false_claim_is_not_proved_by_a_step_alone() -> None:
    """h[t] = x goes from t - 1 to t where A x = x, but does not hold at 0."""
    step = calc(h[t]).eq(A @ h[t - 1], by=h.step).eq(A @ x, by="induction hypothesis").eq(x, by=A @ x == x)
    record = judged(inductive(h[t] == x, calc(h[0]).eq(x, by=h.start), step, A @ x == x))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["dims"] == {"n": 1, "t": 0}
    assert outcomes(record) == ["refuted", "proved", "proved", "proved"]


def test_induction_runs_over_a_time() -> None:
    with pytest.raises(DerivationError, match=r"induction\(on=a\): an induction runs over a time"):
        induction(on=a, base=zero_base, step=zero_step)


def test_case_is_known_as_a_hypothesis() -> None:
    goal = a * (a - b) / a == a - b
    proof = cases(
        a == 0,
        first=calc(goal.left).eq(goal.right),
        second=calc(goal.left).eq(goal.right),
    )
    record = judged(derived(goal, proof))
    assert (record["outcome"], [need["text"] for need in record["needs"]]) == ("gap", ["a ≠ 0"])
    assert [line["part"] for line in record["lines"]] == ["case a = 0"] * 2 + ["case not a = 0"] * 2
    assert outcomes(record) == ["gap", "proved"]


def test_both_cases_are_needed() -> None:
    goal = absolute(a) == a
    proof = cases(a <= 0, first=calc(absolute(a)).eq(a), second=calc(absolute(a)).eq(a))
    record = judged(derived(goal, proof))
    assert record["outcome"] == "refuted"
    assert outcomes(record) == ["refuted", "proved"]


def test_split_at_zero_proves_what_neither_case_shows_alone() -> None:
    goal = absolute(a) * (absolute(a) - a) == absolute(a) ** 2 - a * absolute(a)
    proof = cases(a <= 0, first=calc(goal.left).eq(goal.right), second=calc(goal.left).eq(goal.right))
    assert judged(derived(goal, proof))["outcome"] == "proved"


BELOW, ABOVE = calc(absolute(a)).eq(-a), calc(absolute(a)).eq(a)
SIGNS = [
    pytest.param(lambda: cases(a <= 0, first=BELOW.ge(a), second=ABOVE.ge(a)), id="a <= 0"),
    pytest.param(lambda: cases(a >= 0, first=ABOVE.ge(a), second=BELOW.ge(a)), id="a >= 0"),
]


@pytest.mark.parametrize("proof", SIGNS)
def test_absolute_value_is_known_on_either_side_of_zero(proof: Callable[[], Cases]) -> None:
    assert judged(derived(absolute(a) >= a, proof()))["outcome"] == "proved"


@pytest.mark.parametrize("split", [a != b, x, x == 0], ids=str)
def test_case_is_an_equation_or_an_inequality(split: object) -> None:
    with pytest.raises(DerivationError, match="a case is"):
        cases(split, first=zero_base, second=zero_base)  # type: ignore[arg-type]
