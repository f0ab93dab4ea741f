"""Sums and products up to a natural number, over a dimension, and without end."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.claims.judge import judge
from lemmata.claims.result import Result

SHAPES: dict[str, dict[str, Any]] = {
    "q": {"shape": []},
    "c": {"shape": []},
    "n": {"shape": [], "is": ["natural"]},
    "m": {"shape": [], "is": ["natural"]},
    "v": {"shape": ["d"]},
    "w": {"shape": ["d"]},
    "X": {"shape": ["d", "d"]},
}


def said(claim: str, *given: str) -> Result:
    """What is found of a claim over the names above."""
    return judge({"id": claim, "vars": SHAPES, "given": list(given), "claim": claim})


PROVED = (
    ("sum(gamma(m + k + 1)/gamma(k + 1), k, 0, n) == gamma(m + n + 2)/((m + 1)*gamma(n + 1))",),
    ("sum(i**3, i, 1, n) == sum(i, i, 1, n)**2",),
    ("sum(sum(1, j, 1, i), i, 1, n) == n*(n + 1)/2",),
    ("sum(sum(2**j, j, 0, i), i, 0, n) == 2**(n + 2) - n - 3",),
    ("sum(log(1 + 1/i), i, 1, n) == log(n + 1)",),
    ("(1 + c)**n >= 1 + n*c", "c >= -1"),
    ("X@inv(X - eye(d)) - inv(X - eye(d)) == eye(d)", "det(X - eye(d)) != 0"),
    ("(X**n - eye(d))@inv(X - eye(d)) == sum(X**k, k, 0, n - 1)", "n >= 1", "det(X - eye(d)) != 0"),
    ("2**n >= 1 + n",),
    ("2**n <= gamma(n + 2)",),
    ("2*n**2 >= n + 1", "n >= 1"),
    ("(n + 1)/n <= 2", "n >= 1"),
    ("sum(i, i, 1, n) <= n**2",),
    ("sum(1/i, i, 1, n) <= n",),
    ("sum(1/i**2, i, 1, n) <= 2 - 1/n", "n >= 1"),
    ("sum(1/2**i, i, 1, n) < 1",),
    ("sum(1/(4*k**2 - 1), k, 1, oo) == 1/2",),
    ("det(diag(v)) == prod(v[i], i, 1, d)",),
    ("prod(c*v[i], i, 1, d) == c**d*prod(v[i], i, 1, d)",),
    ("prod(c, i, 1, d) + 0*v[1] == c**d",),
    ("sum(1/2**k, k, 1, oo) == 1",),
    ("1 == sum(1/2**k, k, 1, oo)",),
    ("sum(k/2**k, k, 1, oo) == 2",),
    ("sum(k**2/3**k, k, 0, oo) == 3/2",),
    ("sum((-1/3)**k, k, 0, oo) == 3/4",),
    ("sum(1/2**k + 1/(k*(k + 1)), k, 1, oo) == 2",),
    ("sum(1/(k*(k + 2)), k, 1, oo) == 3/4",),
    ("sum(q**k, k, 0, oo) == 1/(1 - q)", "abs(q) < 1"),
    ("sum(q**k, k, 0, oo) == 1/(1 - q)", "-1 < q", "q < 1"),
    ("sum(c*k*q**k, k, 0, oo) == c*q/(1 - q)**2", "0 <= q", "q < 1"),
    ("prod(1 - 1/k**2, k, 2, oo) == 1/2",),
    ("prod((k**3 - 1)/(k**3 + 1), k, 2, oo) == 2/3",),
    ("prod(1 - 1/k, k, 2, oo) == 0",),
)

CITED = (
    ("sum(1/gamma(k + 1), k, 0, oo) == e",),
    ("sum(q**k/gamma(k + 1), k, 0, oo) == exp(q)",),
    ("sum((2*q)**k/gamma(k + 1), k, 0, oo) == exp(2*q)",),
    ("sum((-1)**(k + 1)/k, k, 1, oo) == log(2)",),
    ("sum((-1)**(k + 1)*q**k/k, k, 1, oo) == log(1 + q)", "-1 < q", "q <= 1"),
    ("sum((-1)**k/(2*k + 1), k, 0, oo) == pi/4",),
    ("sum((-1)**k*q**(2*k + 1)/gamma(2*k + 2), k, 0, oo) == sin(q)",),
)

NOT_PROVED = (
    ("sum(1/gamma(k + 1), k, 1, oo) == e",),
    ("sum(1/gamma(k + 1), k, 0, oo) == 1 + e",),
    ("sum(q**k/gamma(k + 2), k, 0, oo) == exp(q)",),
    ("sum(q**k/gamma(k + 1), k, 0, oo) == exp(2*q)",),
    ("sum((-1)**(k + 1)*q**k/k, k, 1, oo) == log(1 + q)",),
    ("sum((-1)**(k + 1)*q**k/k, k, 1, oo) == log(1 + q)", "-1 <= q", "q <= 1"),
    ("sum((-1)**(k + 1)*q**k/k, k, 1, oo) == log(1 + q)", "-1 < q", "q <= 2"),
    ("sum(1/k, k, 1, oo) == log(2)",),
    ("sum((-1)**k/(2*k + 1), k, 0, oo) == pi/2",),
    ("X@inv(X - eye(d)) + inv(X - eye(d)) == eye(d)", "det(X - eye(d)) != 0"),
    ("(X**n - eye(d))@inv(X - eye(d)) == sum(X**k, k, 0, n)", "n >= 1", "det(X - eye(d)) != 0"),
    ("(X**n - eye(d))@inv(X - eye(d)) == sum(X**k, k, 0, n - 1)", "n >= 1"),
    ("sum(i**3, i, 1, n) == sum(i, i, 1, n)**2 + n",),
    ("sum(sum(1, j, 1, i), i, 1, n) == n**2/2",),
    ("(1 + c)**n >= 1 + n*c",),
    ("(1 + c)**n > 1 + n*c", "c >= -1"),
    ("2**n >= n**2",),
    ("n**2 >= n + 1", "n >= 1"),
    ("n**3 > 4*n", "n >= 2"),
    ("sum(1/i, i, 1, n) <= 2",),
    ("sum(1/2**i, i, 1, n) < 7/8",),
    ("sum(gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1)), k, 0, n) == 2**n + 1",),
    ("sum(q**k, k, 0, oo) == 1/(1 - q)",),
    ("sum(q**k, k, 0, oo) == 1/(1 - q)", "abs(q) <= 1"),
    ("sum(q**k, k, 0, oo) == 1/(1 - q)", "-1 <= q", "q < 1"),
    ("sum(q**k, k, 1, oo) == 1/(1 - q)", "0 < q", "q < 1"),
    ("sum((-1)**k, k, 0, oo) == 1/2",),
    ("sum(2**k, k, 0, oo) == -1",),
    ("sum(k, k, 1, oo) == -1/12",),
    ("sum(1, k, 1, oo) == -1/2",),
    ("sum(1/k - 1/k, k, 0, oo) == 0",),
    ("sum(1/(k*(k + 1)), k, 0, oo) == 1",),
    ("sum(1/(k*(k + 1)), k, 1, oo) == 2",),
    ("sum(1/k, k, 1, oo) - sum(1/k, k, 2, oo) == 1",),
    ("sum(1/k, k, 1, oo) == sum(1/k, k, 1, oo)",),
    ("prod(1 + 1/k, k, 1, oo) == 1",),
    ("prod(1 - 1/k, k, 0, oo) == 0",),
    ("prod(v[i], i, 1, d) == sum(v[i], i, 1, d)",),
    ("prod(v[i] + w[i], i, 1, d) == prod(v[i], i, 1, d) + prod(w[i], i, 1, d)",),
    ("prod(c*v[i], i, 1, d) == c*prod(v[i], i, 1, d)",),
)


@pytest.mark.parametrize("claim", PROVED, ids=" | ".join)
def test_sum_that_is_so(claim: tuple[str, ...]) -> None:
    answer = said(*claim)
    assert (answer.outcome, answer.evidence) == ("proved", "exact"), answer.reason


@pytest.mark.parametrize("claim", CITED, ids=" | ".join)
def test_power_series_of_the_literature(claim: tuple[str, ...]) -> None:
    answer = said(*claim)
    assert (answer.outcome, answer.evidence) == ("proved", "cited"), answer.reason
    assert "Abramowitz and Stegun" in answer.rests_on[0]


@pytest.mark.parametrize("claim", NOT_PROVED, ids=" | ".join)
def test_sum_that_is_not_so_or_is_undefined(claim: tuple[str, ...]) -> None:
    assert said(*claim).outcome in ("refuted", "gap", "undecided")


def test_counterexample_of_a_series_names_nothing_that_was_made_for_the_proof() -> None:
    answer = said("sum(0, k, 1, oo) == 1")
    assert answer.outcome == "refuted"
    assert answer.counterexample is not None
    assert set(answer.counterexample["dims"]) == {"t"}
