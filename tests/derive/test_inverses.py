"""Inverses of more than a declared matrix: normal equations, ridge regression, the hat matrix."""

from __future__ import annotations

import pytest

from lemmata import calc, define, det, dims, eye, inv, matrix, scalar, theorem, tr, vector
from lemmata.language.expr import Statement

n, d = dims("n d")
X, y, w = matrix("X", n, d), vector("y", n), vector("w", d)
S, A = matrix("S", d, d), matrix("A", d, d)
λ = scalar("λ")
gram, ridge = X.T @ X, X.T @ X + λ * eye(d)
P = define("P", X @ inv(gram) @ X.T)
ω = define("ω", inv(ridge) @ X.T @ y)
regular, ridged = det(gram) != 0, det(ridge) != 0

TRUE = {
    "inverse on the left": (inv(gram) @ gram == eye(d), [regular]),
    "inverse on the right": (gram @ inv(gram) == eye(d), [regular]),
    "normal equations of ridge regression": (ridge @ ω == X.T @ y, [ridged]),
    "hat matrix is idempotent": (P @ P == P, [regular]),
    "hat matrix is symmetric": (P.T == P, [regular]),
    "trace of the hat matrix": (tr(P) == d, [regular]),
    "resolvent identity": (
        inv(S + A) - inv(S) == -(inv(S) @ A @ inv(S + A)),
        [det(S) != 0, det(S + A) != 0],
    ),
}


def record_of(statement: Statement, given: list[Statement]) -> dict[str, object]:
    def claimed() -> object:
        """A claim."""
        return calc(statement.left).eq(statement.right)

    return theorem(statement, given=given)(claimed).record()  # type: ignore[arg-type]


@pytest.mark.parametrize(("statement", "given"), TRUE.values(), ids=TRUE)
def test_law_of_the_inverse_is_found(statement: Statement, given: list[Statement]) -> None:
    assert record_of(statement, given)["outcome"] == "proved"


def test_condition_of_the_inverse_is_named() -> None:
    record = record_of(inv(gram) @ gram == eye(d), [])
    assert (record["outcome"], [need["text"] for need in record["needs"]]) == ("gap", ["det(Xᵀ X) ≠ 0"])  # type: ignore[attr-defined]


def test_trace_of_the_hat_matrix_is_not_the_number_of_examples() -> None:
    assert record_of(tr(P) == n, [regular])["outcome"] == "refuted"


@theorem(S @ inv(S) == eye(d), given=[det(S) != 0])
def inverse_on_the_right() -> object:
    """A matrix times its inverse."""
    return calc(S @ inv(S)).eq(eye(d), by="algebra")


def test_theorem_on_a_matrix_holds_for_an_expression() -> None:
    @theorem(gram @ inv(gram) == eye(d), given=[regular])
    def instance() -> object:
        """An instance."""
        return calc(gram @ inv(gram)).eq(eye(d), by=inverse_on_the_right.at(S=gram))

    assert instance.record()["outcome"] == "proved"
