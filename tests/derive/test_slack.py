"""Inequalities between sums: variances, Cauchy's inequality, and what follows from them."""

from __future__ import annotations

import pytest

from lemmata.claims.ask import check

VARS = {
    **{name: {"shape": ["n"]} for name in ("x", "y", "m")},
    "p": {"shape": ["n"], "is": ["positive"]},
    "c": {"shape": [], "is": ["positive"]},
    "a": {"shape": []},
    "b": {"shape": []},
}
CENTRE = "(eye(n) - ones(n, n)/n)"

HOLD = [
    f"x.T@{CENTRE}@x >= 0",
    f"x.T@{CENTRE}@x/n + c > 0",
    f"(x - m).T@{CENTRE}@(x - m) >= 0",
    "x.T@(2*eye(n) - ones(n, n)/n)@x >= 0",
    "sum(x[i], i, 1, n)**2 <= n*sum(x[i]**2, i, 1, n)",
    "sum(exp(x[i]), i, 1, n)**2 <= n*sum(exp(2*x[i]), i, 1, n)",
    "(x.T@y)**2 <= (x.T@x)*(y.T@y)",
    "(x.T@y)**2 + 1 < (x.T@x)*(y.T@y) + 2",
    "abs(x.T@y) <= norm(x)*norm(y)",
    "sum(p[i]*x[i], i, 1, n)**2 <= sum(p[i], i, 1, n)*sum(p[i]*x[i]**2, i, 1, n)",
    "sum(x[i], i, 1, n)**2 <= sum(p[i], i, 1, n)*sum(x[i]**2/p[i], i, 1, n)",
    "n**2 <= sum(p[i], i, 1, n)*sum(1/p[i], i, 1, n)",
    "a**2 + b**2 >= 2*a*b",
]
FAIL = [
    f"x.T@{CENTRE}@x > 0",
    "x.T@(eye(n) - 2*ones(n, n)/n)@x >= 0",
    "sum(x[i], i, 1, n)**2 <= sum(x[i]**2, i, 1, n)",
    "(x.T@y)**2 < (x.T@x)*(y.T@y)",
    "(x.T@y)**2 <= (x.T@x)*(y.T@y)/2",
    "(x.T@y)**2 >= (x.T@x)*(y.T@y)",
    "abs(x.T@y) <= norm(x)*norm(y)/2",
    "sum(x[i], i, 1, n)**2 <= sum(p[i], i, 1, n)*sum(x[i]**2*p[i], i, 1, n)",
    "n**2 < sum(p[i], i, 1, n)*sum(1/p[i], i, 1, n)",
    "a**2 + b**2 >= 3*a*b",
]


@pytest.mark.parametrize("claim", HOLD)
def test_holds_for_every_dimension(claim: str) -> None:
    result = check(claim, vars=VARS)
    assert (result.outcome, result.evidence) == ("proved", "exact"), result


@pytest.mark.parametrize("claim", FAIL)
def test_fails(claim: str) -> None:
    assert check(claim, vars=VARS).outcome == "refuted"


def test_layer_normalization_is_defined_since_a_variance_is_not_negative() -> None:
    claim = f"ones(n, 1).T@({CENTRE}@x/sqrt(x.T@{CENTRE}@x/n + c)) == 0"
    assert check(claim, vars=VARS).outcome == "proved"


def test_without_the_positive_number_a_variance_may_be_zero() -> None:
    result = check(f"ones(n, 1).T@({CENTRE}@x/sqrt(x.T@{CENTRE}@x/n)) == 0", vars=VARS)
    assert result.outcome == "gap"


SQUARES = ["abs(a) < 1 => a**2 < 1", "abs(a) <= c => a**2 <= c**2", "sqrt(c) <= b => c <= b**2"]
NO_SQUARES = ["abs(a) <= 1 => a**2 < 1", "a <= 1 => a**2 <= 1", "sqrt(c) <= b => c**2 <= b"]


@pytest.mark.parametrize("claim", SQUARES)
def test_squares_of_what_is_given(claim: str) -> None:
    assert check(claim, vars=VARS).outcome == "proved"


@pytest.mark.parametrize("claim", NO_SQUARES)
def test_no_squares_of_what_is_given(claim: str) -> None:
    assert check(claim, vars=VARS).outcome == "refuted"


def test_a_slope_is_defined_inside_of_what_is_given() -> None:
    claim = "diff(asin(a), a) == 1/sqrt(1 - a**2)"
    assert check(f"abs(a) < 1 => {claim}", vars=VARS).outcome == "proved"
    assert check(f"abs(a) <= 1 => {claim}", vars=VARS).outcome == "gap"
