"""The derivative of a simple largest eigenvalue, by the chain rule too; without its hypotheses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import lemmata

SYMMETRIC = {"shape": ["n", "n"], "is": ["symmetric"]}
MATRIX, VECTOR, NUMBER = {"shape": ["n", "n"]}, {"shape": ["n"]}, {"shape": []}
WORDS: Mapping[str, Any] = {
    "A": SYMMETRIC,
    "B": SYMMETRIC,
    "H": MATRIX,
    "X": {"shape": ["m", "n"]},
    "v": VECTOR,
    "w": VECTOR,
    "t": NUMBER,
}
SIMPLE, VALUE, UNIT = "rank({0} - eigmax({0})*eye(n)) == n - 1", "({0})@v == eigmax({0})*v", "v.T@v == 1"


def outcome(claim: str, *given: str, **words: Any) -> str:
    found: str = lemmata.check(claim, vars={**WORDS, **words}, given=list(given)).outcome
    return found


def of(matrix: str, *others: str) -> tuple[str, ...]:
    """v is a unit eigenvector to the largest eigenvalue, which is simple."""
    return (SIMPLE.format(f"({matrix})"), VALUE.format(matrix), UNIT, *others)


TRUE: dict[str, tuple[str, ...]] = {
    "dir(eigmax(A), A, H) == v.T@H@v": of("A"),
    "grad(eigmax(A), A) == v@v.T": of("A"),
    "tr(grad(eigmax(A), A)) == 1": of("A"),
    "dir(eigmax(A), A, A) == eigmax(A)": of("A"),
    "dir(eigmax(A), A, H) == v.T@H@v/(v.T@v)": (*of("A")[:2], "v.T@v != 0"),
    "diff(eigmax(A + t*B), t) == v.T@B@v": of("A + t*B"),
    "grad(eigmax(X.T@X), X) == 2*X@v@v.T": of("X.T@X"),
    "grad(sqrt(eigmax(X.T@X)), X) == X@v@v.T/sqrt(eigmax(X.T@X))": of("X.T@X", "eigmax(X.T@X) > 0"),
}


LEAST = ("rank(A + eigmax(-A)*eye(n)) == n - 1", "A@v == -eigmax(-A)*v", UNIT)


def test_slope_of_the_least_eigenvalue() -> None:
    """It is -eigmax(-A), and rank(A - λI) is that of the opposite matrix."""
    assert outcome("dir(-eigmax(-A), A, H) == v.T@H@v", *LEAST) == "proved"
    assert outcome("dir(eigmax(A), A, H) == v.T@H@v", *LEAST) == "refuted"


def test_that_a_matrix_is_symmetric_may_be_a_hypothesis() -> None:
    assert outcome("grad(eigmax(A), A) == v@v.T", "A == A.T", *of("A"), A=MATRIX) == "proved"
    assert outcome("grad(eigmax(A), A) == v@v.T", "B == B.T", *of("A"), A=MATRIX, B=MATRIX) != "proved"


@pytest.mark.parametrize(
    "rank",
    [
        "rank(A) == n - 1",
        "rank(A - eigmax(B)*eye(n)) == n - 1",
        "rank(B - eigmax(B)*eye(n)) == n - 1",
        "rank(A - eigmax(A)*eye(n)) == n - 2",
        "rank(A + eigmax(A)*eye(n)) == n - 1",
        "rank(A - eigmax(A)*eye(n)) != n - 2",
    ],
)
def test_no_other_rank_makes_the_eigenvalue_simple(rank: str) -> None:
    assert outcome("dir(eigmax(A), A, H) == v.T@H@v", rank, *of("A")[1:]) == "undecided"


@pytest.mark.parametrize("claim", TRUE)
def test_slope_of_a_simple_eigenvalue(claim: str) -> None:
    assert outcome(claim, *TRUE[claim]) == "proved"


FALSE: dict[str, tuple[str, ...]] = {
    "dir(eigmax(A), A, H) == 2*v.T@H@v": of("A"),
    "dir(eigmax(A), A, H) == v.T@A@v": of("A"),
    "dir(eigmax(A), A, H) == tr(H)": of("A"),
    "dir(eigmax(A), A, H) == w.T@H@w": of("A", "w.T@w == 1"),
    "dir(eigmax(A), A, H) + v.T@H@v == 0": of("A"),
    "grad(eigmax(A), A) == eye(n)": of("A"),
    "grad(eigmax(X.T@X), X) == X@v@v.T": of("X.T@X"),
    "diff(eigmax(A + t*B), t) == v.T@A@v": of("A + t*B"),
}


@pytest.mark.parametrize("claim", FALSE)
def test_no_other_slope(claim: str) -> None:
    assert outcome(claim, *FALSE[claim]) == "refuted"


@pytest.mark.parametrize(("missing", "found"), [(0, "undecided"), (1, "refuted"), (2, "refuted")])
def test_no_hypothesis_may_be_missing(missing: int, found: str) -> None:
    """Where the eigenvalue is not simple, the claim means nothing; v is to be a unit eigenvector."""
    given = [said for number, said in enumerate(of("A")) if number != missing]
    assert outcome("dir(eigmax(A), A, H) == v.T@H@v", *given) == found


def test_eigenvector_of_a_matrix_that_is_not_symmetric() -> None:
    """It is none of the symmetric part."""
    assert outcome("dir(eigmax(A), A, H) == v.T@H@v", *of("A"), A=MATRIX) != "proved"


def test_no_second_derivative() -> None:
    assert outcome("grad(dir(eigmax(A), A, H), A) == 0*A", *of("A")) != "proved"


def test_what_a_derivative_needs_is_said_in_matrices() -> None:
    found = lemmata.check("2*grad(eigmax(A), A) == grad(2*eigmax(A), A)", vars=WORDS, given=[])
    assert (found.outcome, found.needs) == ("gap", ("rank(A - λ₁(A) I) = n - 1",))
    assert outcome("2*grad(eigmax(A), A) == grad(2*eigmax(A), A)", of("A")[0]) == "proved"
