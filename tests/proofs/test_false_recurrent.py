"""False variants of the theorem on recurrent units: each is refuted, at the smallest size."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata import calc, dims, function, induction, matrix, recurrence, tanh, time, vector, zeros
from lemmata.derive import Theorem
from lemmata.language.expr import Expr, Statement
from tests.proofs.claims import claim, derived, line_after_a_false_one_does_not_follow, outcomes, sizes
from tests.proofs.judged import judged

n, m = dims("n m")
t = time("t")
σ = function("σ")
W, U, b = matrix("W", n, n), matrix("U", n, m), vector("b", n)
x = vector("x", m, over=t)
h = recurrence("h", n, over=t, step=lambda h, t: W @ σ(h[t - 1]) + U @ x[t] + b)


def unit(step: Callable[[Expr, Expr], Expr], start: Expr | None = None) -> Expr:
    """The second recurrent unit, with some step and start."""
    return recurrence("g", n, over=t, start=σ(h[0]) if start is None else start, step=step)


def right_step(g: Expr, t: Expr) -> Expr:
    return σ(W @ g[t - 1] + U @ x[t] + b)


g = unit(right_step)


def by_induction(g: Expr) -> Theorem:
    """g[t] = σ(h[t]), with the right proof as far as there is one."""
    base = calc(g[0]).eq(σ(h[0]), by=g.start)
    return derived(g[t] == σ(h[t]), induction(on=t, base=base, step=calc(g[t]).eq(σ(h[t]))))


#: start of the second unit
WRONG_STARTS = [
    pytest.param(unit(right_step, h[0]), id="starts at h0, not at σ(h0)"),
    pytest.param(unit(right_step, -σ(h[0])), id="starts at -σ(h0)"),
    pytest.param(unit(right_step, 2 * σ(h[0])), id="starts at 2σ(h0)"),
    pytest.param(unit(right_step, zeros(n)), id="starts at 0"),
]

#: step of the second unit, and the smallest n for which it is wrong
WRONG_STEPS = [
    pytest.param(lambda g, t: σ(W.T @ g[t - 1] + U @ x[t] + b), 2, id="Wᵀ for W"),
    pytest.param(lambda g, t: σ(W @ g[t - 1] - U @ x[t] + b), 1, id="-U for U"),
    pytest.param(lambda g, t: σ(W @ g[t - 1] + U @ x[t] - b), 1, id="-b for b"),
    pytest.param(lambda g, t: σ(W @ g[t - 1] + U @ x[t]), 1, id="b is left out"),
    pytest.param(lambda g, t: σ(2 * W @ g[t - 1] + U @ x[t] + b), 1, id="2W for W"),
    pytest.param(lambda g, t: σ(W @ g[t - 1] + U @ x[t - 1] + b), 1, id="x of the time before"),
    pytest.param(lambda g, t: σ(W @ σ(g[t - 1]) + U @ x[t] + b), 1, id="σ twice"),
    pytest.param(lambda g, t: W @ σ(g[t - 1]) + U @ x[t] + b, 1, id="σ as in h"),
    pytest.param(lambda g, t: W @ g[t - 1] + U @ x[t] + b, 1, id="no σ at all"),
    pytest.param(lambda g, t: σ(W @ g[t - 1]) + σ(U @ x[t] + b), 1, id="σ(a + b) = σ(a) + σ(b)"),
]

WRONG_STATEMENTS = [
    pytest.param(g[t] == h[t], id="the states are equal"),
    pytest.param(g[t] == -σ(h[t]), id="up to a sign"),
    pytest.param(g[t] == σ(σ(h[t])), id="σ twice"),
    pytest.param(g[t] == W @ σ(h[t]), id="W applied after σ"),
    pytest.param(σ(g[t]) == h[t], id="the roles exchanged"),
    pytest.param(g[t + 1] == σ(h[t]), id="one step late"),
    pytest.param(g[t] == tanh(h[t]), id="one known activation for all"),
    pytest.param(g[t] == 2 * σ(h[t]), id="factor 2"),
    pytest.param(σ(W @ g[t] + b) == σ(W @ g[t]) + σ(b), id="σ(a + b) = σ(a) + σ(b)"),
]


@pytest.mark.parametrize("wrong", WRONG_STARTS)
def test_wrong_start_is_refuted_in_the_base_case(wrong: Expr) -> None:
    record = judged(by_induction(wrong))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["dims"] == {"n": 1, "m": 1, "t": 0}
    assert outcomes(record) == ["refuted", "proved"]
    assert [line["part"] for line in record["lines"] if line["outcome"] == "refuted"] == ["base"]


@pytest.mark.parametrize(("step", "size"), WRONG_STEPS)
def test_wrong_step_is_refuted_after_the_base_case(step: Callable[[Expr, Expr], Expr], size: int) -> None:
    record = judged(by_induction(unit(step)))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["dims"] == {"n": size, "m": 1, "t": 1}
    assert outcomes(record) == ["proved", "refuted"]
    assert record["certificate"] is None


@pytest.mark.parametrize("statement", WRONG_STATEMENTS)
def test_wrong_statement_is_refuted(statement: Statement) -> None:
    record = judged(claim(statement))
    assert record["outcome"] == "refuted"
    assert sizes(record) == [1, 1]
    assert record["counterexample"]["left"] != record["counterexample"]["right"]


STEP = [σ(W @ g[t - 1] + U @ x[t] + b), σ(W @ σ(h[t - 1]) + U @ x[t] + b), σ(h[t])]


def with_line(number: int, line: Expr, reasons: tuple[object, ...]) -> Theorem:
    """The right proof with one line of its step changed."""
    chain = calc(g[t])
    for place, (right, by) in enumerate(zip(STEP, reasons, strict=True)):
        chain = chain.eq(line if place == number else right, by=by)
    return derived(g[t] == σ(h[t]), induction(on=t, base=calc(g[0]).eq(σ(h[0]), by=g.start), step=chain))


REASONS = (g.step, "induction hypothesis", h.step)
FALSE, TRUE = "refuted", "proved"

#: the changed line, what it says, and the outcomes of the base case and of the three lines of the step; the
#: line after a false one is false too where it leads back to what is right
WRONG_LINES = [
    pytest.param(0, σ(W.T @ g[t - 1] + U @ x[t] + b), [TRUE, FALSE, TRUE, TRUE], id="Wᵀ for W"),
    pytest.param(0, σ(W @ g[t - 1]) + σ(U @ x[t] + b), [TRUE, FALSE, TRUE, TRUE], id="σ is additive"),
    pytest.param(0, W @ g[t - 1] + U @ x[t] + b, [TRUE, FALSE, TRUE, TRUE], id="σ is left out"),
    pytest.param(0, σ(W @ g[t] + U @ x[t] + b), [TRUE, FALSE, TRUE, TRUE], id="g at its own time"),
    pytest.param(1, σ(W @ h[t - 1] + U @ x[t] + b), [TRUE, TRUE, FALSE, TRUE], id="h for σ(h)"),
    pytest.param(1, σ(W @ σ(h[t - 1]) + U @ x[t] - b), [TRUE, TRUE, FALSE, TRUE], id="-b for b"),
    pytest.param(1, σ(W @ σ(h[t - 1]) + 2 * U @ x[t] + b), [TRUE, TRUE, FALSE, TRUE], id="2U for U"),
    pytest.param(1, σ(h[t - 1]), [TRUE, TRUE, FALSE, TRUE], id="one step too early"),
    pytest.param(2, -σ(h[t]), [TRUE, TRUE, TRUE, FALSE], id="ends in -σ(h)"),
    pytest.param(2, h[t], [TRUE, TRUE, TRUE, FALSE], id="ends without σ"),
]


@pytest.mark.parametrize(("number", "line", "expected"), WRONG_LINES)
def test_wrong_line_is_named_and_the_others_are_still_checked(
    number: int, line: Expr, expected: list[str]
) -> None:
    record = judged(with_line(number, line, REASONS))
    assert outcomes(record) == expected
    assert line_after_a_false_one_does_not_follow(record)
    assert (record["outcome"], record["certificate"]) == ("undecided", None)
    assert record["reason"] == f"the line `{line}` is false"
    wrong = record["lines"][3 + number]
    assert wrong["text"] == str(line)
    assert max(wrong["counterexample"]["dims"][dim] for dim in ("n", "m")) <= 2


#: what the second line of the step is said to follow from
LOOSE_REASONS = [
    pytest.param("algebra", "algebra", id="algebra"),
    pytest.param(g.step, "the definition of g.step", id="the step of g"),
    pytest.param(h.step, "the definition of h.step", id="the step of h"),
]


@pytest.mark.parametrize(("by", "words"), LOOSE_REASONS)
def test_line_that_needs_the_induction_hypothesis_does_not_follow_without_it(by: object, words: str) -> None:
    record = judged(with_line(1, STEP[1], (g.step, by, h.step)))
    assert outcomes(record) == [TRUE, TRUE, TRUE, TRUE]
    assert record["lines"][4]["follows"] is False
    assert (record["outcome"], record["evidence"]) == ("undecided", None)
    assert record["reason"] == f"a line is true, but does not follow by {words}"
