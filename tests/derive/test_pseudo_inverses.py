"""Pseudo-inverses: derivatives where the rank is full, products that are regular, updates of rank one."""

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


UPDATE = {
    name: {"shape": shape}
    for name, shape in {
        **{"A": ["n", "m"], "c": ["n"], "d": ["m"], "β": []},
        **{"v": ["m"], "h": ["n"], "w": ["n"], "u": ["m"]},
    }.items()
}
DEFINED = [
    "β == 1 + d.T@pinv(A)@c",
    "v == pinv(A)@c",
    "h == pinv(A).T@d",
    "w == (eye(n) - A@pinv(A))@c",
    "u == (eye(m) - pinv(A)@A).T@d",
]
#: Where c is in the columns of A, d not in its rows, and β = 0: then v is not 0.
CASE = [*DEFINED, "w == zeros(n, 1)", "norm(u) > 0", "β == 0"]
UPDATED = "pinv(A) - v@v.T@pinv(A)/norm(v)**2 - u@h.T/norm(u)**2"


@pytest.mark.parametrize("value", [UPDATED, "pinv(A) - v@pinv(v)@pinv(A) - pinv(u).T@h.T"])
def test_update_of_rank_one(value: str) -> None:
    """Meyer (1973), by the four laws of Penrose."""
    found = check(f"pinv(A + c@d.T) == {value}", vars=UPDATE, given=CASE)
    assert (found.outcome, found.evidence) == ("proved", "exact"), found.reason


def test_update_of_another_case() -> None:
    """With β = 1 in the place of β = 0 it is another one."""
    found = check(f"pinv(A + c@d.T) == {UPDATED}", vars=UPDATE, given=[*CASE[:-1], "β == 1"])
    assert found.outcome not in ("proved", "gap")
