"""Inequalities between norms, maxima, eigenvalues and ranks, for every dimension."""

from __future__ import annotations

import pytest

from lemmata.claims.ask import check

VARS = {
    **{name: {"shape": ["n"]} for name in ("x", "y")},
    "v": {"shape": ["m"]},
    "p": {"shape": ["n"], "is": ["positive"]},
    **{name: {"shape": ["n", "m"]} for name in ("A", "B")},
    "C": {"shape": ["m", "k"]},
    **{name: {"shape": ["n", "n"], "is": ["symmetric"]} for name in ("S", "T")},
    "Q": {"shape": ["n", "n"], "is": ["spd"]},
    "R": {"shape": ["n", "n"], "is": ["invertible"]},
    "P": {"shape": ["n", "n"], "is": ["psd"]},
}
LARGEST = "max(abs(x[i]), i, 1, n)"
TOTAL = "sum(abs(x[i]), i, 1, n)"
COLUMNS = "max(sum(abs(A[i, j]), i, 1, n), j, 1, m)"
ENTRIES = "max(max(abs(A[i, j]), j, 1, m), i, 1, n)"

HOLD = [
    # norms of vectors
    f"{LARGEST} <= norm(x)",
    f"norm(x) <= {TOTAL}",
    f"{TOTAL} <= sqrt(n)*norm(x)",
    f"norm(x) <= sqrt(n)*{LARGEST}",
    f"{TOTAL} <= n*{LARGEST}",
    "max(x[i] + y[i], i, 1, n) <= max(x[i], i, 1, n) + max(y[i], i, 1, n)",
    "max(x[i], i, 1, n) <= logsumexp(x)",
    "logsumexp(x) <= max(x[i], i, 1, n) + log(n)",
    # norms of matrices
    f"{COLUMNS} <= sqrt(n)*opnorm(A)",
    f"{ENTRIES} <= opnorm(A)",
    f"opnorm(A) <= sqrt(n*m)*{ENTRIES}",
    "opnorm(A) <= fro(A)",
    "fro(A) <= sqrt(rank(A))*opnorm(A)",
    "norm(A@v) <= opnorm(A)*norm(v)",
    "(x.T@S@x)**2 >= 0 and x.T@S@x <= eigmax(S)*norm(x)**2",
    "opnorm(A) == 0 => A == zeros(n, m)",
    "fro(A) == 0 => A == zeros(n, m)",
    "tr(A.T@B)**2 <= tr(A.T@A)*tr(B.T@B)",
    # eigenvalues
    "eigmax(S + T) <= eigmax(S) + eigmax(T)",
    "-eigmax(-Q) > 0",
    "-eigmax(-P) >= 0",
    "opnorm(Q) == eigmax(Q)",
    "opnorm(inv(Q)) == eigmax(inv(Q))",
    "eigmax(inv(Q)) == 1/(-eigmax(-Q))",
    "norm(x)**4 <= (x.T@Q@x)*(x.T@inv(Q)@x)",
    # ranks
    "rank(A@C) <= rank(A)",
    "rank(A@C) <= rank(C)",
    "rank(A@C) <= min(rank(A), rank(C))",
    "rank(A.T@Q@A) == rank(A.T)",
    "norm(x) > 0 => x.T@R@R.T@x > 0",
    "norm(x) > 0 and rank(A) == n => x.T@A@A.T@x > 0",
    "norm(v) > 0 and rank(A) == m => v.T@A.T@A@v > 0",
    "norm(v) > 0 and rank(A) == m => v.T@A.T@Q@A@v > 0",
    # below sums and denominators
    "x.T@hess(logsumexp(y), y)@x >= 0",
    "sum(x[i]**2*exp(y[i])/(1 + exp(y[i]))**2, i, 1, n) <= sum(x[i]**2, i, 1, n)/4",
    "logsumexp(x) - dot(softmax(x), x) <= log(n)",
]
FAIL = [
    f"norm(x) <= {LARGEST}",
    f"{TOTAL} <= norm(x)",
    "max(x[i], i, 1, n) + max(y[i], i, 1, n) <= max(x[i] + y[i], i, 1, n)",
    "logsumexp(x) <= max(x[i], i, 1, n)",
    f"{COLUMNS} <= opnorm(A)",
    f"opnorm(A) <= sqrt(n)*{ENTRIES}",
    "fro(A) <= opnorm(A)",
    "norm(A@v) <= eigmax(S)*norm(v)",
    "opnorm(S) == eigmax(S)",
    "opnorm(S) == 1 => S == eye(n)",
    "eigmax(S) + eigmax(T) <= eigmax(S + T)",
    "-eigmax(-S) >= 0",
    "-eigmax(-P) > 0",
    "eigmax(inv(Q)) == 1/eigmax(Q)",
    "norm(x)**4 < (x.T@Q@x)*(x.T@inv(Q)@x)",
    "rank(A) <= rank(A@C)",
    "rank(A.T@S@A) == rank(A.T)",
    "rank(A.T@P@A) == rank(A.T)",
    "rank(A.T@Q@A) == rank(Q)",
    "norm(x) > 0 => x.T@A@A.T@x > 0",
    "norm(v) > 0 and rank(A) == n => v.T@A.T@A@v > 0",
    "x.T@R@R.T@x > 0",
    "x.T@hess(logsumexp(y), y)@x > 0",
    "sum(x[i]**2*exp(y[i])/(1 + exp(y[i]))**2, i, 1, n) <= sum(x[i]**2, i, 1, n)/5",
    "logsumexp(x) - dot(softmax(x), x) <= log(n)/2",
]


@pytest.mark.parametrize("claim", HOLD)
def test_holds_for_every_dimension(claim: str) -> None:
    result = check(claim, vars=VARS)
    assert (result.outcome, result.evidence) == ("proved", "exact"), result


@pytest.mark.parametrize("claim", FAIL)
def test_fails(claim: str) -> None:
    assert check(claim, vars=VARS).outcome == "refuted"
