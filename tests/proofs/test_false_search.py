"""False variants of the theorems on the cost of looking at all sequences, and of Viterbi's algorithm."""

from __future__ import annotations

import pytest

from lemmata import calc, induction, recurrence, total
from lemmata.derive import Theorem
from lemmata.language.expr import Expr, Statement
from proofs.search import T1, T2, N, T, comparisons, j, operations, pointers, products, sequences
from tests.proofs.claims import claim, derived, outcomes
from tests.proofs.judged import judged

#: statement, and the smallest sizes at which it is wrong
WRONG_NUMBERS = [
    pytest.param(sequences[T] == T**N, {"N": 1, "T": 0}, id="T^N"),
    pytest.param(sequences[T] == N ** (T + 1), {"N": 2, "T": 0}, id="a choice for the word at the start too"),
    pytest.param(sequences[T1] == N ** (T1 - 1), {"N": 2, "T": 1}, id="no choice for the first word"),
    pytest.param(sequences[T] == N * T, {"N": 1, "T": 0}, id="N T"),
    pytest.param(sequences[T] == N + T, {"N": 1, "T": 1}, id="N + T"),
    pytest.param(sequences[T] == 2**T, {"N": 1, "T": 1}, id="as if there were two words"),
    pytest.param(sequences[T] == (N - 1) ** T, {"N": 1, "T": 1}, id="the word at the start never again"),
    pytest.param(sequences[T] == N**T - 1, {"N": 1, "T": 0}, id="all but one"),
    pytest.param(sequences[T] < N**T, {"N": 1, "T": 0}, id="fewer than N^T"),
    pytest.param(sequences[T1] > N ** (T1 - 1), {"N": 1, "T": 1}, id="more for every further word"),
]

WRONG_COSTS = [
    pytest.param(products[T] == T * N, {"N": 2, "T": 1}, id="one product for each word"),
    pytest.param(products[T] == T * N**3, {"N": 2, "T": 1}, id="T N³"),
    pytest.param(products[T] == N**2, {"N": 1, "T": 0}, id="one step only"),
    pytest.param(products[T] == T**2 * N, {"N": 2, "T": 1}, id="T² N"),
    pytest.param(products[T] == N**T, {"N": 1, "T": 0}, id="as many as sequences"),
    pytest.param(comparisons[T] == T * N**2, {"N": 1, "T": 1}, id="N comparisons for the greatest of N"),
    pytest.param(comparisons[T] == T * (N - 1), {"N": 2, "T": 1}, id="one greatest product at each step"),
    pytest.param(pointers[T] == T * N**2, {"N": 2, "T": 1}, id="a pointer for each product"),
    pytest.param(pointers[T] == N, {"N": 1, "T": 0}, id="pointers of the last step only"),
    pytest.param(operations <= T1 * N**2, {"N": 1, "T": 1}, id="time T N² without a factor"),
    pytest.param(operations <= 2 * T1 * N, {"N": 2, "T": 1}, id="time T N"),
    pytest.param(pointers[T1] + 2 * N <= 2 * T1 * N, {"N": 1, "T": 1}, id="space without δ"),
    pytest.param(pointers[T] + 2 * N <= 3 * T * N, {"N": 1, "T": 0}, id="space of no steps"),
    pytest.param(products[T2] <= sequences[T2], {"N": 1, "T": 2}, id="never more than there are sequences"),
    pytest.param(
        T2 * sequences[T2] == N ** (T2 - 1) * products[T2], {"N": 2, "T": 2}, id="N^(T-1) times as much"
    ),
]


@pytest.mark.parametrize(("statement", "smallest"), [*WRONG_NUMBERS, *WRONG_COSTS])
def test_wrong_count_is_refuted_at_the_smallest_sizes(statement: Statement, smallest: dict[str, int]) -> None:
    record = judged(claim(statement))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["dims"] == smallest


counted_twice = recurrence("e", over=T, start=N, step=lambda e, T: total(e[T - 1], j))


def counted(start: Expr | int, *lines: tuple[Expr, object], of: Expr = sequences) -> Theorem:
    """The count of sequences by induction, with this value at the start and these lines in the step."""
    step = calc(of[T])
    for line, by in lines:
        step = step.eq(line, by=by)
    base = calc(of[0]).eq(start, by=of.start).eq(N**0)
    return derived(of[T] == N**T, induction(on=T, base=base, step=step))


by_step = (total(sequences[T - 1], j), sequences.step)
by_hypothesis = (N * N ** (T - 1), "induction hypothesis")
right = (N**T, None)

#: derivation, the outcome of each line
WRONG_INDUCTIONS = [
    pytest.param(
        counted(1, by_step, (N + sequences[T - 1], None), right),
        ["proved", "proved", "proved", "refuted", "proved"],
        id="the choices are added",
    ),
    pytest.param(
        counted(1, by_step, (N * N**T, "induction hypothesis"), right),
        ["proved", "proved", "proved", "refuted", "proved"],
        id="the hypothesis one step late",
    ),
    pytest.param(
        counted(N, by_step, by_hypothesis, right),
        ["refuted", "proved", "proved", "proved", "proved"],
        id="N sequences of no words",
    ),
]


@pytest.mark.parametrize(("theorem", "expected"), WRONG_INDUCTIONS)
def test_wrong_line_of_the_induction_is_named(theorem: Theorem, expected: list[str]) -> None:
    record = judged(theorem)
    assert outcomes(record) == expected
    assert (record["outcome"], record["certificate"]) == ("undecided", None)


def test_base_of_another_count_is_refuted_and_so_is_its_theorem() -> None:
    of, step = counted_twice, (total(counted_twice[T - 1], j), counted_twice.step)
    record = judged(counted(N, step, by_hypothesis, right, of=of))
    assert (record["outcome"], record["certificate"]) == ("refuted", None)
    assert outcomes(record) == ["proved", "refuted", "proved", "proved", "proved"]
