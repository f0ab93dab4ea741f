"""What is given of a matrix by an equation: that it is invertible, or only its name."""

from __future__ import annotations

import pytest

from lemmata.claims.ask import check

MATRIX = {"shape": ["n", "n"]}
VARS = {
    **{name: MATRIX for name in ("A", "B", "X", "U")},
    "V": {**MATRIX, "is": ["invertible"]},
    "S": {**MATRIX, "is": ["symmetric", "spd"]},
    "x": {"shape": []},
}

HOLD = [
    ("det(A + x*B) != 0", ["V == A + x*B"]),
    ("det(A.T + x*B.T) != 0", ["A + x*B == V"]),
    ("det(A@B + eye(n)) != 0", ["S == A@B + eye(n)"]),
    ("diff(log(abs(det(A + x*B))), x) == tr(inv(V)@B)", ["V == A + x*B"]),
    # the derivative of a determinant is one of polynomials, whether U is invertible or not
    ("dir(det(X@A), X, B) == tr(grad(det(U), U).T@B@A)", ["U == X@A"]),
    ("dir(det(X@X), X, B) == tr(grad(det(U), U).T@(B@X + X@B))", ["U == X@X"]),
]
FAIL = [
    ("det(A) != 0", ["V == A + x*B"]),
    ("det(A + x*B) != 0", ["U == A + x*B"]),
    ("det(A - x*B) != 0", ["V == A + x*B"]),
    ("dir(det(X@X), X, B) == tr(grad(det(U), U).T@(B@X))", ["U == X@X"]),
]


@pytest.mark.parametrize(("claim", "given"), HOLD)
def test_holds_for_every_dimension(claim: str, given: list[str]) -> None:
    result = check(claim, vars=VARS, given=given)
    assert (result.outcome, result.evidence) == ("proved", "exact"), result


@pytest.mark.parametrize(("claim", "given"), FAIL)
def test_fails(claim: str, given: list[str]) -> None:
    assert check(claim, vars=VARS, given=given).outcome == "refuted"


def test_what_else_is_given_of_a_name_is_used() -> None:
    """U has a determinant of 0, so that inv(U) has no meaning."""
    result = check("inv(U)@U == eye(n)", vars=VARS, given=["U == X@A", "det(U) == 0"])
    assert result.outcome != "proved"
