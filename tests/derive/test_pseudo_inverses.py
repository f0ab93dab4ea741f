"""Pseudo-inverses: their derivatives where the rank is full, and products of them with an inverse."""

from __future__ import annotations

import pytest

from lemmata.claims.ask import check

VARS = {name: {"shape": shape} for name, shape in (("P", ["m", "n"]), ("D", ["n", "m"]))}
TRUE = (
    "det(P@P.T) > 0 => grad(log(det(pinv(P).T@pinv(P))), P) == -2*pinv(P).T",
    "det(P.T@P) != 0 => grad(tr(pinv(P).T@pinv(P)), P) == -2*pinv(P).T@pinv(P)@pinv(P).T",
    "det(P@P.T) != 0 => grad(tr(pinv(P)@P), P) == 0*P",
    "det(P@P.T) != 0 => inv(pinv(P).T@pinv(P)) == P@P.T",
    "det(pinv(P).T@pinv(P)) >= 0",
)
FALSE = (
    "det(P@P.T) > 0 => grad(log(det(pinv(P).T@pinv(P))), P) == -pinv(P).T",
    "det(P@P.T) != 0 => grad(tr(D.T@pinv(P)), P) == -(pinv(P)@D.T@pinv(P)).T",
    "det(P@P.T) != 0 => det(pinv(P)@pinv(P).T) > 0",
)


@pytest.mark.parametrize("claim", TRUE)
def test_proved(claim: str) -> None:
    found = check(claim, vars=VARS)
    assert (found.outcome, found.evidence) == ("proved", "exact"), found.reason


@pytest.mark.parametrize("claim", FALSE)
def test_false(claim: str) -> None:
    assert check(claim, vars=VARS).outcome == "refuted"


def test_rank_must_be_full() -> None:
    found = check("grad(tr(pinv(P)@P), P) == 0*P", vars=VARS)
    assert (found.outcome, found.needs) == ("gap", ("det(Pᵀ P) + det(P Pᵀ) ≠ 0",))
