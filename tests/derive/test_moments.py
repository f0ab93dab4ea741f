"""Means and covariances of affine images follow from the moments given, whatever the distribution."""

from __future__ import annotations

import pytest

from lemmata import Cov, E, Var, calc, dims, eye, matrix, norm, random_vector, theorem, vector, zeros
from lemmata.language.expr import Statement

n, m = dims("n m")
x, y = random_vector("x", n, moments=2), random_vector("y", n, moments=2)
A, b = matrix("A", m, n), vector("b", m)
u = vector("u", n)
whitened = [E(x) == 0, Var(x) == eye(n)]
uncorrelated = [Cov(x, y) == zeros(n, n), Cov(y, x) == zeros(n, n)]

TRUE = {
    "mean of an affine image": (E(A @ x + b) == A @ E(x) + b, []),
    "covariance of an affine image": (Var(A @ x + b) == A @ Var(x) @ A.T, []),
    "covariance of two images": (Cov(A @ x, y) == A @ Cov(x, y), []),
    "squared norm of whitened data": (E(norm(x) ** 2) == n, whitened),
    "variance of a projection": (Var(u.T @ x) == norm(u) ** 2, whitened),
    "sum of uncorrelated vectors": (Var(x + y) == Var(x) + Var(y), uncorrelated),
}
FALSE = {
    "sum of correlated vectors": (Var(x + y) == Var(x) + Var(y), []),
    "mean of a square": (E(norm(x) ** 2) == norm(E(x)) ** 2, []),
    "third moment of whitened data": (E((u.T @ random_vector("z", n, moments=3)) ** 3) == 0, []),
    "shift of the covariance": (Var(A @ x + b) == A @ Var(x) @ A.T + b @ b.T, []),
}


def outcome(statement: Statement, given: list[Statement]) -> str:
    def claimed() -> object:
        """A claim."""
        return calc(statement.left).eq(statement.right)

    return str(theorem(statement, given=given)(claimed).record()["outcome"])  # type: ignore[arg-type]


@pytest.mark.parametrize(("statement", "given"), TRUE.values(), ids=TRUE)
def test_follows_from_the_moments(statement: Statement, given: list[Statement]) -> None:
    assert outcome(statement, given) == "proved"


@pytest.mark.parametrize(("statement", "given"), FALSE.values(), ids=FALSE)
def test_does_not_follow_from_the_moments(statement: Statement, given: list[Statement]) -> None:
    assert outcome(statement, given) == "refuted"


def test_more_moments_than_are_given_are_missing() -> None:
    fourth = E((u.T @ x) ** 4)
    assert outcome(fourth == fourth + 0, []) == "gap"
