"""Exponentials of matrices: similarity, push-through, flows and derivatives, for every dimension."""

from __future__ import annotations

import pytest

from lemmata.claims.ask import check

SQUARE = {name: {"shape": ["n", "n"]} for name in ("A", "B", "X", "H")}
VARS = {
    **SQUARE,
    "U": {"shape": ["n", "n"], "is": ["invertible"]},
    "P": {"shape": ["n", "n"], "is": ["idempotent"]},
    "C": {"shape": ["n", "m"]},
    "D": {"shape": ["m", "n"]},
    "x": {"shape": ["n"]},
    "s": {"shape": []},
    "t": {"shape": []},
}

HOLD = [
    # what passes through
    "expm(U@B@inv(U)) == U@expm(B)@inv(U)",
    "expm(C@D)@C == C@expm(D@C)",
    "expm(t*A)@A == A@expm(t*A)",
    "A@B == B@A => expm(A)@B == B@expm(A)",
    "expm(C.T@C) - eye(m) == pinv(C)@(expm(C@C.T) - eye(n))@C",
    "expm(C@C.T) - eye(n) == C@(expm(C.T@C) - eye(m))@pinv(C)",
    # flows
    "expm(A@zeros(n, n)) == eye(n)",
    "expm(s*eye(n) + t*P) == exp(s)*(eye(n) - P) + exp(s + t)*P",
    "A@A == zeros(n, n) => expm(A) == eye(n) + A",
    "A@A == zeros(n, n) => expm(s*eye(n) + t*A) == exp(s)*eye(n) + t*exp(s)*A",
    "A@A == -eye(n) => expm(t*A) == cos(t)*eye(n) + sin(t)*A",
    "A@A@A == -A => expm(t*A) == eye(n) + sin(t)*A + (1 - cos(t))*A@A",
    # derivatives
    "diff(expm(t*A), t) == A@expm(t*A)",
    "diff(expm(t*A), t) == expm(t*A)@A",
    "diff(expm(t*A)@x, t) == A@expm(t*A)@x",
    "diff(expm(t**2*A), t) == 2*t*A@expm(t**2*A)",
    "diff(tr(expm(t*A)), t) == tr(A@expm(t*A))",
    "grad(tr(expm(X)), X) == expm(X).T",
    "grad(tr(expm(A@X)), X) == (expm(A@X)@A).T",
    "dir(tr(expm(X)), X, H) == tr(expm(X)@H)",
]
FAIL = [
    "expm(U@B@inv(U)) == inv(U)@expm(B)@U",
    "expm(C@D)@C == C@expm(C.T@C)",
    "expm(A)@B == B@expm(A)",
    "expm(C.T@C) == pinv(C)@expm(C@C.T)@C",
    "expm(s*eye(n) + t*P) == exp(s)*eye(n) + exp(s + t)*P",
    "A@A == A => expm(A) == eye(n) + A",
    "A@A == -eye(n) => expm(t*A) == cos(t)*eye(n) - sin(t)*A",
    "diff(expm(t*A), t) == t*expm(t*A)",
    "diff(expm(t*A), t) == expm(t*A)@A.T",
    "diff(expm(t*A + B), t) == A@expm(t*A + B)",
    "grad(tr(expm(X)), X) == expm(X)",
    "grad(tr(expm(X)@A), X) == (expm(X)@A).T",
]


@pytest.mark.parametrize("claim", HOLD)
def test_holds_for_every_dimension(claim: str) -> None:
    result = check(claim, vars=VARS)
    assert (result.outcome, result.evidence) == ("proved", "exact"), result


@pytest.mark.parametrize("claim", FAIL)
def test_fails(claim: str) -> None:
    assert check(claim, vars=VARS).outcome == "refuted"
