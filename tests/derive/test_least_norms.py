"""Least squares, least norms and pseudo-inverses of products, for every dimension."""

from __future__ import annotations

import pytest

from lemmata.claims.ask import check

VARS = {
    "A": {"shape": ["n", "m"]},
    "B": {"shape": ["n", "k"]},
    "X": {"shape": ["m", "k"]},
    "P": {"shape": ["n", "n"], "is": ["symmetric", "idempotent"]},
    "Q": {"shape": ["n", "n"], "is": ["idempotent"]},
    "b": {"shape": ["n"]},
    "y": {"shape": ["n"]},
    "x": {"shape": ["m"]},
}
RANKS = "Horn and Johnson"

HOLD = [
    "norm(P@b) <= norm(b)",
    "norm(b) >= norm(b - P@b)",
    "norm(A@pinv(A)@b) <= norm(b)",
    "norm(A@pinv(A)@b - b) <= norm(A@x - b)",
    "fro(A@(pinv(A)@B) - B) <= fro(A@X - B)",
    "A@x == b => norm(pinv(A)@b) <= norm(x)",
    "A@X == B => fro(pinv(A)@B) <= fro(X)",
    "pinv(A) == pinv(A.T@A)@A.T",
    "pinv(A) == A.T@pinv(A@A.T)",
    "pinv(A.T@A).T == pinv(A.T@A)",
    "A@pinv(A.T@A)@A.T@A == A",
    "pinv(b.T) == pinv(b).T",
    "norm(b) > 0 => pinv(b) == b.T/norm(b)**2",
    "norm(b) > 0 => pinv(b)@b == 1",
]
CITED = [
    "rank(A) == m and A@x == b => x == pinv(A)@b",
    "rank(A) == n and A@x == b => norm(A.T@inv(A@A.T)@b) <= norm(x)",
    "tr(A@pinv(A)) == rank(A@pinv(A))",
]
FAIL = [
    "norm(Q@b) <= norm(b)",
    "norm(b) <= norm(P@b)",
    "norm(P@b) <= norm(y)",
    "norm(A@x - b) <= norm(A@pinv(A)@b - b)",
    "norm(pinv(A)@b) <= norm(x)",
    "pinv(A) == pinv(A.T@A)@A.T@A@A.T",
    "A@x == b => x == pinv(A)@b",
    "tr(A@pinv(A)) == n",
    "pinv(b)@b == 1",
    "norm(b) > 0 => pinv(b) == b.T/norm(b)",
]


@pytest.mark.parametrize("claim", HOLD)
def test_holds_for_every_dimension(claim: str) -> None:
    result = check(claim, vars=VARS)
    assert (result.outcome, result.evidence) == ("proved", "exact"), result


@pytest.mark.parametrize("claim", CITED)
def test_rests_on_a_fact_of_ranks(claim: str) -> None:
    result = check(claim, vars=VARS)
    assert (result.outcome, result.evidence) == ("proved", "cited"), result
    assert any(RANKS in source for source in result.rests_on)


@pytest.mark.parametrize("claim", FAIL)
def test_fails(claim: str) -> None:
    assert check(claim, vars=VARS).outcome == "refuted"
