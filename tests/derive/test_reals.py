"""Claims on limits and integrals: what is proved without help, and what never is."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.claims.judge import judge

VARS = {
    "a": {"shape": [], "is": ["positive"]},
    "b": {"shape": []},
    "x": {"shape": []},
    "n": {"shape": [], "is": ["natural"]},
}


def outcome(claim: str, *given: str) -> str:
    names = {name: said for name, said in VARS.items() if name in claim or name in " ".join(given)}
    found: Any = judge({"id": 1, "vars": names, "given": list(given), "claim": claim})
    return str(found.outcome)


@pytest.mark.parametrize(
    "claim",
    [
        "limit((1 + b/y)**y, y, oo) == exp(b)",
        "limit((tan(y) - y)/y**3, y, 0) == 1/3",
        "limit((a**y - 1)/y, y, 0) == log(a)",
        "limit(sqrt(y**2 + b*y) - y, y, oo) == b/2",
        "limit(floor(a*y)/y, y, oo) == a",
        "limit(y**n*exp(-a*y), y, oo) == 0",
        "limit(sigmoid(y), y, -oo) == 0",
        "limit(log(y)/sqrt(y), y, oo) == 0",
        "limit(cosh(y)/exp(y), y, oo) + limit(y, y, b) == 1/2 + b",
        "limit(softplus(y), y, -oo) == 0",
    ],
)
def test_limits(claim: str) -> None:
    assert outcome(claim) == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        "integral(exp(-a*y), y, 0, oo) == 1/a",
        "integral(1/y, y, 1, a) == log(a)",
        "integral(abs(y - 1), y, 0, 3) == 5/2",
        "integral(y**n*exp(-y), y, 0, oo) == gamma(n + 1)",
        "integral(sqrt(4 - y**2), y, -2, 2) == 2*pi",
        "integral(integral(y*z, z, 0, y), y, 0, b) == b**4/8",
        "integral(y**2*exp(-a*y**2 + b*y), y, -oo, oo) == sqrt(pi/a)*exp(b**2/(4*a))*(b**2/a + 2)/(4*a)",
        "integral(y*log(y), y, 0, 1) == -1/4",
        "integral(sigmoid(y), y, 0, b) == softplus(b) - log(2)",
        "integral(1/(y**2 + y + 1), y, -oo, oo) == 2*pi/sqrt(3)",
        "integral(sin(y)**2, y, 0, pi) == pi/2",
        "diff(integral(exp(-y**2), y, 0, x), x) == exp(-x**2)",
        "integral(exp(-y), y, oo, 0) == -1",
        "integral(exp(-y**2/(2*a**2)), y, -oo, oo)/sqrt(2*pi*a**2) == 1",
    ],
)
def test_integrals(claim: str) -> None:
    assert outcome(claim) == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        "limit(sin(1/y), y, 0) == 0",
        "limit(abs(y)/y, y, 0) == 1",
        "limit(abs(y)/y, y, 0) == 0",
        "limit(atan(1/y), y, 0) == pi/2",
        "limit(floor(y), y, 2) == 2",
        "limit(y - floor(y), y, oo) == 0",
        "limit(y, y, oo) - limit(y, y, oo) == 0",
        "limit((1 + 1/y)**y, y, oo) == 1",
        'limit(y**b, y, 0, "+") == 0',
        "limit(exp(b*y), y, oo) == 0",
        "integral(1/y, y, -1, 1) == 0",
        "integral(1/y**2, y, -1, 1) == -2",
        "integral(1/y, y, 0, 1) == -log(0*b)",
        "integral(1/y, y, 1, b) == log(b)",
        "integral(exp(-b*y), y, 0, oo) == 1/b",
        "integral(y, y, -oo, oo) == 0",
        "integral(sin(y), y, 0, oo) == 1",
        "integral(1/(1 + y**2), y, -1, 1) == -pi/2",
        "integral(1/(2 + cos(y)), y, 0, 2*pi) == 0",
        "integral(sqrt(y), y, -1, 1) == 2/3",
        "integral(diff(y*abs(y), y), y, -1, 1) == 0",
        "integral(log(y), y, -1, 1) == -2",
        "integral(floor(y), y, 0, 2) == 0",
        "x*integral(x, x, 0, 1) == integral(x*x, x, 0, 1)",
        "diff(integral(x*y, y, 0, x), x) == x**2",
        "integral(exp(-y**2/(2*a**2)), y, -oo, oo)/sqrt(pi*a**2) == 1",
        "limit(integral(z*exp(-z*y), y, 0, 1), z, oo) == integral(limit(z*exp(-z*y), z, oo), y, 0, 1)",
    ],
)
def test_what_is_false_or_means_nothing_is_not_proved(claim: str) -> None:
    assert outcome(claim) != "proved"


def test_sum_that_hides_the_variable_is_not_taken_for_a_number() -> None:
    assert outcome("integral(sum(y, k, 1, n), y, 0, 1) == sum(y, k, 1, n)") != "proved"
    assert outcome("integral(sum(y**k, k, 1, n), y, 0, 1) == 7") != "proved"


def test_range_where_the_ends_are_given() -> None:
    assert outcome("integral(1/y, y, b, 2*b) == log(2)", "b > 0") == "proved"
    assert outcome("integral(1/y, y, b, 2*b) == log(2)", "b >= 0") != "proved"


@pytest.mark.parametrize(
    ("claim", "values"),
    [
        ("limit((1 + 1/y)**y, y, oo) == 1", {}),
        ("integral(exp(-y**2/(2*a**2)), y, -oo, oo) == sqrt(pi*a**2)", {"a": "1"}),
        ("integral(sin(y), y, 0, pi) == 0", {}),
        ("x*integral(x, x, 0, 1) == integral(x*x, x, 0, 1)", {"x": "0"}),
    ],
)
def test_known_values_refute(claim: str, values: dict[str, str]) -> None:
    names = {name: said for name, said in VARS.items() if name in claim}
    found: Any = judge({"id": 1, "vars": names, "claim": claim})
    assert (found.outcome, found.counterexample["values"]) == ("refuted", values)
