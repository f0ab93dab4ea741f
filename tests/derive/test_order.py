"""Inequalities that follow from others: maxima, words, sums with factors, roots, contradiction, limits."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata import (
    calc,
    cases,
    choice,
    dims,
    eye,
    index,
    matrix,
    maximum,
    opnorm,
    recurrence,
    scalar,
    sqrt,
    squeeze,
    tends,
    time,
    total,
    vector,
    word,
)
from lemmata.language.expr import Expr, Statement
from tests.proofs.claims import claim, derived
from tests.proofs.judged import judged

n, m = dims("n m")
t = time("t")
i, j, k, o = index("i", n), index("j", m), choice("k*", n), choice("o*", n)
a, b, c, d, e = (scalar(name) for name in "abcde")
f, g = scalar("f", nonnegative=True), scalar("g", positive=True)
A, B = matrix("A", n, m), matrix("B", n, m, nonnegative=True)
u, v, y = vector("u", n), vector("v", n, nonnegative=True), vector("y", m, nonnegative=True)
w = word("w", n, over=t)
M = maximum
double = maximum(maximum(A[i, j], i), j)

TRUE: list[Any] = [
    pytest.param(u[i] <= M(u[i], i), [], id="an entry is at most the largest"),
    pytest.param(u[k] <= M(u[i], i), [], id="a chosen entry too"),
    pytest.param(u[w[t]] <= M(u[i], i), [], id="the entry at a word too"),
    pytest.param(double == M(M(A[i, j], j), i), [], id="the order of two maxima"),
    pytest.param(M(f * u[i], i) == f * M(u[i], i), [], id="a factor >= 0 moves out"),
    pytest.param(M(v[i] * M(y[j], j), i) == M(y[j], j) * M(v[i], i), [], id="a maximum as a factor"),
    pytest.param(M(u[i], i) <= a, [u[i] <= a], id="a bound of all is one of the largest"),
    pytest.param(M(u[i] + a, i) == M(u[i], i) + a, [], id="a term moves out"),
    pytest.param(M(u[i] + v[i], i) <= M(u[i], i) + M(v[i], i), [], id="of a sum"),
    pytest.param(u[k] == M(u[i], i), [u[i] <= u[k]], id="what is at least all is the largest"),
    pytest.param(u[k] == M(u[i] * eye(n)[i, k] + M(u[i], i) * 0, i), [u[k] >= 0], id="δ <= 1 and δ >= 0"),
    pytest.param(eye(n)[k, o] <= 1, [], id="δ <= 1"),
    pytest.param(a + c <= b + d, [a <= b, c <= d], id="a sum of two"),
    pytest.param(2 * a + 3 * c <= 2 * b + 3 * d, [a <= b, c <= d], id="a sum with factors"),
    pytest.param(f * a <= f * b, [a <= b], id="times a factor >= 0"),
    pytest.param(a <= d, [a <= b, b <= c, c <= d], id="a chain"),
    pytest.param(a < c, [a < b, b <= c], id="one of them is strict"),
    pytest.param(sqrt(a) <= sqrt(b), [a <= b, a >= 0], id="roots"),
    pytest.param(a == b, [a <= b, b <= a], id="both ways"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "given"), TRUE)
def test_true_inequality_is_proved_by_the_kernel(statement: Statement, given: list[Statement]) -> None:
    record = judged(claim(statement, given))
    assert (record["outcome"], record["evidence"]) == ("proved", "exact")


FALSE: list[Any] = [
    pytest.param(M(u[i], i) <= u[k], [], id="the largest is any entry"),
    pytest.param(M(u[i], i) + M(v[i], i) <= M(u[i] + v[i], i), [], id="the maximum is additive"),
    pytest.param(M(a * u[i], i) == a * M(u[i], i), [], id="a factor of any sign moves out"),
    pytest.param(M(u[i] * u[i], i) == M(u[i], i) ** 2, [], id="of squares"),
    pytest.param(M(u[i], i) <= total(u[i], i), [], id="the largest is at most the sum"),
    pytest.param(total(v[i], i) <= M(v[i], i), [], id="the sum is at most the largest"),
    pytest.param(M(u[i], i) >= 0, [], id="the largest is >= 0"),
    pytest.param(M(-u[i], i) == -M(u[i], i), [], id="the sign moves out"),
    pytest.param(M(A[k, j], j) == double, [], id="the largest of a row"),
    pytest.param(M(v[i] * u[i], i) == M(v[i], i) * M(u[i], i), [], id="a product of maxima"),
    pytest.param(w[t] == w[0], [], id="all words are the same"),
    pytest.param(u[w[t]] == M(u[i], i), [], id="a word is the likeliest"),
    pytest.param(w[t].T @ w[t + 1] == 1, [], id="words next to each other are the same"),
    pytest.param(eye(n)[k, o] < 1, [], id="δ < 1"),
    pytest.param(eye(n)[k, o] >= 1, [], id="δ = 1"),
    pytest.param(a <= c, [a <= b, c <= b], id="a chain that does not meet"),
    pytest.param(d * a <= d * b, [a <= b], id="times a factor of any sign"),
    pytest.param(a * c <= b * d, [a <= b, c <= d], id="a product of two"),
    pytest.param(a < c, [a <= b, b <= c], id="strict from none that is"),
    pytest.param(a**2 <= b**2, [a <= b], id="squares"),
    pytest.param(1 / a <= 1 / b, [a <= b, a > 0, b > 0], id="inverses"),
    pytest.param(opnorm(A) + opnorm(B) <= opnorm(A + B), [], id="the norm is additive"),
    pytest.param(opnorm(A - B) <= opnorm(A) - opnorm(B), [], id="of a difference"),
    pytest.param(opnorm(A) <= 0, [], id="a norm is at most 0"),
    pytest.param(A[k, j] ** 2 <= opnorm(A), [], id="a square is at most the norm"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "given"), FALSE)
def test_false_inequality_is_refuted_in_small_dimensions(
    statement: Statement, given: list[Statement]
) -> None:
    record = judged(claim(statement, given))
    assert (record["outcome"], record["evidence"]) == ("refuted", None)
    assert all(record["counterexample"]["dims"].get(name, 1) <= 2 for name in ("n", "m"))


def test_anything_follows_from_what_cannot_be() -> None:
    record = judged(derived(c == c + 1, calc(c).eq(c + 1, by="contradiction"), [a < b, b < a]))
    assert (record["outcome"], record["evidence"]) == ("proved", "exact")


def test_contradiction_needs_what_cannot_be() -> None:
    record = judged(derived(c == c + 1, calc(c).eq(c + 1, by="contradiction"), [a <= b, b <= a]))
    assert (record["outcome"], record["certificate"]) == ("refuted", None)


def test_cases_may_contradict_what_is_given() -> None:
    given = [a < b]
    first = calc(a).lt(b, by=["contradiction", "hypotheses"])
    record = judged(derived(a < b, cases(b <= a, first=first, second=calc(a).lt(b, by="case")), given))
    assert record["outcome"] == "proved"


# Limits.
x = recurrence("x", over=t, start=1, step=lambda x, t: f * x[t - 1])


def squeezed(below: object, above: Expr, given: list[Statement], to: object = 0) -> dict[str, Any]:
    proof = squeeze(over=t, below=calc(below).le(g**t), above=calc(g**t).le(above))
    return judged(derived(tends(g**t, to, over=t), proof, given))


def test_what_lies_between_0_and_a_power_below_1_tends_to_0() -> None:
    record = squeezed(0, g**t, [g < 1])
    assert (record["outcome"], record["evidence"]) == ("proved", "exact")


@pytest.mark.parametrize(
    ("below", "above", "given", "to"),
    [
        pytest.param(0, g**t, [g <= 1], 0, id="a power of at most 1"),
        pytest.param(0, g**t, [], 0, id="a power of anything"),
        pytest.param(0, g**t, [g < 1], 1, id="another limit"),
        pytest.param(0, g**t + 1, [g < 1], 0, id="a bound that does not vanish"),
        pytest.param(-1, g**t, [g < 1], 0, id="a lower bound that does not vanish"),
    ],
)
def test_squeezing_needs_both_bounds_to_tend_to_the_limit(
    below: object, above: Expr, given: list[Statement], to: object
) -> None:
    record = squeezed(below, above, given, to)
    assert record["outcome"] != "proved" and record["evidence"] is None
