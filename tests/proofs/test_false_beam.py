"""False variants of the theorems on the cost of beam search."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata import calc
from lemmata.language.expr import Statement
from proofs.beam import (
    B,
    M,
    N,
    T,
    choice,
    cost,
    doubling,
    k,
    kept,
    looked_at,
    merging,
    numbers_looked_at_by_selection,
    ρ,
)
from tests.proofs.claims import claim, derived
from tests.proofs.judged import judged

scores = B * N

WRONG_TIMES = [
    pytest.param(cost[T] == T * (N + choice), [], id="the beams are forgotten"),
    pytest.param(cost[T] == scores + choice, [], id="the steps are forgotten"),
    pytest.param(cost[T] == T * scores, [], id="the choice is forgotten"),
    pytest.param(cost[T] == T * scores + choice, [], id="one choice at the end"),
    pytest.param(cost[T] == T * (N**2 + choice), [], id="the time of Viterbi's algorithm"),
    pytest.param(cost[T] == N**T, [], id="as many as sequences"),
    pytest.param(cost[T] <= T * (scores + scores), [choice <= k * scores], id="sorting in linear time"),
    pytest.param(cost[T] <= T * (k * scores), [choice <= k * scores], id="sorting without the scores"),
    pytest.param(T * (scores + k * scores) <= T * (scores + k * N), [], id="one beam sorted for all"),
    pytest.param(
        cost[T] <= T * scores, [choice <= scores / (1 - ρ), ρ < 1], id="selection without the choice"
    ),
    pytest.param(T * (scores + B * scores) <= T * (scores + scores), [], id="scanning in linear time"),
    pytest.param(T * scores <= T * N**2, [], id="never more scores than Viterbi's, for any width"),
    pytest.param(T * scores >= T * N**2, [B <= N], id="never fewer scores than Viterbi's"),
]

WRONG_CHOICES = [
    pytest.param(merging[k] <= M, [], id="sorting takes one comparison for each number"),
    pytest.param(merging[k] == k * M, [], id="every round compares every number"),
    pytest.param(doubling[k] == k * 2**k, [], id="a merge compares every number"),
    pytest.param(doubling[k] <= 2**k, [], id="sorting is linear"),
    pytest.param(doubling[k] == 4**k, [], id="every pair is compared"),
    pytest.param(looked_at[k] <= M, [ρ < 1], id="selection looks at each number once"),
    pytest.param(looked_at[k] <= M / (1 - ρ), [ρ > 1], id="rounds which leave more than there were"),
    pytest.param(looked_at[k] == M / (1 - ρ), [ρ < 1], id="finitely many rounds are as many as all"),
    pytest.param((1 - ρ) * looked_at[k] == M * (1 - ρ**k), [], id="the first round is not counted"),
]

WRONG_SPACES = [
    pytest.param(kept[T] == B * N, [], id="words kept: one step"),
    pytest.param(kept[T] == T * N, [], id="words kept: the pointers of Viterbi's algorithm"),
    pytest.param(kept[T] == T * B * N, [], id="words kept: every score"),
    pytest.param(scores + B + 2 * kept[T] <= 2 * scores, [], id="space O(B N)"),
    pytest.param(scores + B + 2 * kept[T] <= 2 * (scores + T), [], id="space O(B N + T)"),
    pytest.param(scores + B + 2 * kept[T] <= scores + B * T, [], id="space without a factor"),
]


@pytest.mark.parametrize(("statement", "given"), [*WRONG_TIMES, *WRONG_CHOICES, *WRONG_SPACES])
def test_wrong_cost_is_refuted(statement: Statement, given: list[Statement]) -> None:
    record = judged(claim(statement, given))
    assert record["outcome"] == "refuted"
    assert all(size <= 3 for size in record["counterexample"]["dims"].values())


def test_bound_on_selection_needs_rounds_which_leave_fewer() -> None:
    record = judged(claim(looked_at[k] <= M / (1 - ρ)))
    assert record["outcome"] == "refuted"
    found = {value["name"]: value["text"] for value in record["counterexample"]["values"]}
    assert Fraction(found["ρ"]) >= 1


def test_sum_over_the_rounds_of_selection_is_divided_by_what_may_be_0() -> None:
    whole = M * (1 - ρ ** (k + 1)) / (1 - ρ)
    chain = (
        calc(looked_at[k]).eq((1 - ρ) * looked_at[k] / (1 - ρ)).eq(whole, by=numbers_looked_at_by_selection)
    )
    record = judged(derived(looked_at[k] == whole, chain))
    assert (record["outcome"], [need["text"] for need in record["needs"]]) == ("gap", ["1 - ρ ≠ 0"])
