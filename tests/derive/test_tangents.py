"""Inequalities of exponentials and logarithms: tangents, Jensen's inequality, entropy and divergence."""

from __future__ import annotations

import pytest

from lemmata.claims.ask import check

VARS = {
    **{name: {"shape": []} for name in ("x", "y", "s")},
    **{name: {"shape": [], "is": ["positive"]} for name in ("a", "b")},
    **{name: {"shape": ["n"], "is": ["positive"]} for name in ("p", "q")},
    "u": {"shape": ["n"]},
}
ONE = "sum(p[i], i, 1, n) == 1"
BOTH = f"{ONE} and sum(q[i], i, 1, n) == 1"

HOLD = [
    "exp(x) >= 1 + x",
    "exp(x) >= e*x",
    "exp(-2*x) >= 1 - 2*x",
    "log(a) <= a - 1",
    "a*log(a) >= a - 1",
    "log((a + b)/2) >= (log(a) + log(b))/2",
    "0 <= s and s <= 1 => exp(s*x + (1 - s)*y) <= s*exp(x) + (1 - s)*exp(y)",
    "sum(exp(u[i]), i, 1, n) >= n + sum(u[i], i, 1, n)",
    "n*exp(sum(u[i], i, 1, n)/n) <= sum(exp(u[i]), i, 1, n)",
    "sum(log(p[i]), i, 1, n) <= n*log(sum(p[i], i, 1, n)/n)",
    "sum(p[i]*log(p[i]/q[i]), i, 1, n) >= sum(p[i] - q[i], i, 1, n)",
    f"{BOTH} => sum(p[i]*log(p[i]/q[i]), i, 1, n) >= 0",
    f"{ONE} => sum(p[i]*log(q[i]), i, 1, n) <= log(sum(p[i]*q[i], i, 1, n))",
    f"{ONE} => -sum(p[i]*log(p[i]), i, 1, n) <= log(n)",
    f"{ONE} => sum(p[i]*(log(q[i]) - log(p[i])), i, 1, n) <= log(sum(q[i], i, 1, n))",
    "log(sum(exp(u[i]), i, 1, n)) - sum(exp(u[i])*u[i], i, 1, n)/sum(exp(u[i]), i, 1, n) <= log(n)",
]
FAIL = [
    "exp(x) > 1 + x",
    "exp(x) >= 1 + 2*x",
    "exp(x) >= 3*x",
    "log(a) <= a - 2",
    "log(a) < a - 1",
    "exp(s*x + (1 - s)*y) <= s*exp(x) + (1 - s)*exp(y)",
    "x*exp(y) >= x*(1 + y)",
    "n*exp(sum(u[i], i, 1, n)/n) >= sum(exp(u[i]), i, 1, n)",
    "sum(log(p[i]), i, 1, n) <= log(sum(p[i], i, 1, n))",
    "sum(p[i]*log(p[i]/q[i]), i, 1, n) >= 0",
    "sum(p[i]*log(p[i]/q[i]), i, 1, n) >= sum(q[i] - p[i], i, 1, n)",
    "-sum(p[i]*log(p[i]), i, 1, n) <= log(n)",
    "sum(p[i]*(log(q[i]) - log(p[i])), i, 1, n) <= log(sum(q[i], i, 1, n))",
]


@pytest.mark.parametrize("claim", HOLD)
def test_holds_for_every_dimension(claim: str) -> None:
    result = check(claim, vars=VARS)
    assert (result.outcome, result.evidence) == ("proved", "exact"), result


@pytest.mark.parametrize("claim", FAIL)
def test_fails(claim: str) -> None:
    assert check(claim, vars=VARS).outcome == "refuted"
