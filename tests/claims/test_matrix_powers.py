"""Claims on powers of a matrix with a natural exponent, and on their derivatives, for every dimension."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.claims.judge import judge
from lemmata.claims.result import Result

DIAGONAL = "A == V@diag(a)@V.T"
SHAPES: dict[str, dict[str, Any]] = {
    **{name: {"shape": ["n", "n"]} for name in "XABH"},
    "S": {"shape": ["n", "n"], "is": ["symmetric"]},
    "P": {"shape": ["n", "n"], "is": ["idempotent"]},
    "T": {"shape": [2, 2]},
    "V": {"shape": ["n", "n"], "is": ["orthogonal"]},
    "R": {"shape": ["n", "n"], "is": ["invertible"]},
    **{name: {"shape": ["n"]} for name in "ab"},
    "c": {"shape": []},
    **{name: {"shape": [], "is": ["natural"]} for name in "km"},
}
ONE = "k >= 1"


def said(claim: str, *given: str) -> Result:
    return judge({"id": claim, "vars": SHAPES, "given": list(given), "claim": claim})


PROVED = (
    # sums over pairs of powers, in either order, from 0 or from 1
    ("dir(X**k, X, H) == sum(X**r@H@X**(k-1-r), r, 0, k-1)", ONE),
    ("dir(X**k, X, H) == sum(X**(k-1-r)@H@X**r, r, 0, k-1)", ONE),
    ("dir(X**k, X, H) == sum(X**(r-1)@H@X**(k-r), r, 1, k)", ONE),
    ("dir(X**(k+1), X, H) == sum(X**r@H@X**(k-r), r, 0, k)",),
    ("dir(X**k, X, H) == sum(X**r@H@X**(k-1-r), r, 0, k-1)",),
    ("dir(X**k, X, H) == sum(X**r@H@X**(k-1-r), r, 0, k-1)", "k >= 2"),
    ("dir(a.T@X**k@b, X, H) == sum(a.T@X**r@H@X**(k-1-r)@b, r, 0, k-1)", ONE),
    ("grad(tr(X**k@A), X) == sum((X**r@A@X**(k-1-r)).T, r, 0, k-1)", ONE),
    ("grad(tr(X**k@A), X) == sum((X**(k-1-r)@A@X**r).T, r, 0, k-1)", ONE),
    ("grad(tr((X**k).T@X**k), X) == 2*sum((X**r).T@X**k@(X**(k-1-r)).T, r, 0, k-1)", ONE),
    # traces, at any exponent
    ("grad(tr(X**(k+1)), X) == (k+1)*(X**k).T",),
    ("grad(tr(X**k), X) == k*(X**(k-1)).T", "k >= 2"),
    ("grad(tr(X**k@X), X) == (k+1)*(X**k).T",),
    ("grad(tr(X**k) + tr(X**(k+1)), X) == k*(X**(k-1)).T + (k+1)*(X**k).T", ONE),
    ("grad(tr(X**k) + tr(X**m), X) == k*(X**(k-1)).T + m*(X**(m-1)).T", ONE, "m >= 1"),
    ("grad(tr(S**k), S) == k*(S**(k-1)).T", ONE),
    # below other functions, and of other matrices
    ("grad(a.T@P**k@b, b) == P.T@a", ONE),
    ("jac(A**(k+1)@b, b) == A@A**k",),
    ("dir(T**k, T, T) == k*T**k",),
    ("grad(exp(tr(X**k)), X) == exp(tr(X**k))*k*(X**(k-1)).T", ONE),
    ("grad(tr((A@X)**k), X) == k*((A@X)**(k-1)@A).T", ONE),
    ("diff(tr((A + c*B)**k), c) == k*tr((A + c*B)**(k-1)@B)", ONE),
    # by induction on the claim itself
    ("dir(X**k, X, X) == k*X**k",),
    ("dir(X**k, X, eye(n)) == k*X**(k-1)", ONE),
    ("dir(X**k, X, A@X - X@A) == A@X**k - X**k@A", ONE),
    # determinants
    ("grad(det(R**k), R) == k*det(R**k)*inv(R).T",),
    ("grad(det(X**k), X) == k*det(X)**k*inv(X).T", "det(X) != 0"),
    ("det(X**k) == det(X)**k", ONE),
    ("det(X**k) == det(X)**k", "k >= 3"),
    # powers that are not differentiated
    ("tr(A**k) == sum(a[i]**k, i, 1, n)", DIAGONAL, ONE),
    ("tr(A**(k+1)) == sum(a[i]**(k+1), i, 1, n)", DIAGONAL),
    ("(X**k - eye(n))@inv(X - eye(n)) == sum(X**r, r, 0, k - 1)", ONE, "det(X - eye(n)) != 0"),
    ("(eye(n) - A**(k+1))@inv(eye(n) - A) == sum(A**r, r, 0, k)", "det(eye(n) - A) != 0"),
    ("inv(B)@sum(B@A**r, r, 0, k) == sum(A**r, r, 0, k)", "det(B) != 0"),
    ("sum(A**r, r, 0, k) == sum(A**r@B, r, 0, k)@inv(B)", "det(B) != 0"),
)

FALSE = (
    ("dir(X**k, X, H) == k*X**(k-1)@H", ONE),
    ("dir(X**k, X, H) == sum(X**r@H.T@X**(k-1-r), r, 0, k-1)", ONE),
    ("dir(X**k, X, H) == sum(A@X**r@H@X**(k-1-r), r, 0, k-1)", ONE),
    ("grad(tr(X**k@A), X) == sum(X**r@A@X**(k-1-r), r, 0, k-1)", ONE),
    ("grad(tr(X**k), X) == k*X**(k-1)", ONE),
    ("grad(tr(X**k), X) == (k-1)*(X**(k-1)).T", ONE),
    ("grad(tr(X**(k+1)), X) == k*(X**k).T",),
    ("grad(tr((A@X)**k), X) == k*((X@A)**(k-1)@A).T", ONE),
    ("dir(X**k, X, X) == X**k",),
    ("grad(det(R**k), R) == det(R**k)*inv(R).T",),
    ("grad(det(R**k), R) == k*det(R**k)*inv(R)",),
    ("det(X**k) == k*det(X)", ONE),
    ("tr(A**k) == sum(a[i], i, 1, n)**k", DIAGONAL, ONE),
)


@pytest.mark.parametrize("claim", PROVED, ids=" given ".join)
def test_proved(claim: tuple[str, ...]) -> None:
    result = said(*claim)
    assert (result.outcome, result.evidence) == ("proved", "exact"), result.reason


@pytest.mark.parametrize("claim", FALSE, ids=" given ".join)
def test_false(claim: tuple[str, ...]) -> None:
    assert said(*claim).outcome == "refuted"


@pytest.mark.parametrize(
    "claim",
    [
        "dir(X**k, X, H) == sum(had(X**r, X**r)@H@X**(k-1-r), r, 0, k-1)",
        "dir(X**k, X, H) == sum(X**r + H@X**(k-1-r), r, 0, k-1)",
        "dir(X**k, X, H) == sum(r*X**r@H@X**(k-1-r), r, 0, k-1)",
        "dir(X**k, X, H) == sum(X**r@inv(X**(k-1-r)), r, 0, k-1)",
        "dir(X**k, X, H) == sum(X**r@H@X**(k-1-2*r), r, 0, k-1)",
        "dir(X**k, X, H) == sum(X**(r+1)@H@X**(k-1-r), r, 0, k-1)",
        "dir(X**k, X, H) == sum(X**r@H@X**(k-1-r), r, 0, k)",
    ],
)
def test_sum_that_is_not_of_products_of_two_powers_has_no_meaning(claim: str) -> None:
    result = said(claim, ONE)
    assert result.outcome == "undecided"
    assert "no rule is known for this" in result.reason
