"""Gradients that are derived: the form in which they are read, and what they need."""

from __future__ import annotations

import pytest

from lemmata import (
    calc,
    define,
    derive_gradient,
    det,
    dims,
    dot,
    exp,
    field,
    fro,
    function,
    inv,
    log,
    matrix,
    norm,
    ones,
    relu,
    scalars,
    tr,
    vector,
)
from lemmata.derive.chain import Calc
from lemmata.language.errors import LanguageError
from lemmata.language.expr import Expr
from tests.proofs.claims import derived
from tests.proofs.judged import judged

n, m = dims("n m")
a, b, k = scalars("a b k")
x, y, u = vector("x", n), vector("y", n), vector("u", n)
A, B = matrix("A", n, n), matrix("B", n, n)
S, M = matrix("S", n, n, symmetric=True), matrix("M", n, n, invertible=True)
X, P = matrix("X", n, m), matrix("P", m, m)
L, F = field("L", n, order=1), field("F", (n, m), order=1)
w = define("w", k * u)
v = define("v", u / norm(u))

#: function, variable, its gradient as it is read; without a condition
GRADIENTS: list[tuple[Expr, Expr, str]] = [
    (dot(y, x), x, "y"),
    (dot(y, x) ** 2, x, "2 (yᵀ x) y"),
    (norm(x) ** 2, x, "2 x"),
    (norm(x) ** 4, x, "4 ‖x‖² x"),
    (norm(x - y) ** 2, x, "2 x - 2 y"),
    (x.T @ A @ x, x, "(A + Aᵀ) x"),
    (x.T @ S @ x, x, "2 S x"),
    (x.T @ S @ x / 2 - y.T @ x, x, "S x - y"),
    (ones(n).T @ exp(x), x, "exp(x)"),
    (exp(dot(y, x)), x, "exp(yᵀ x) y"),
    (L(x), x, "∇_x L"),
    (a * L(x) + norm(x) ** 2, x, "2 x + a ∇_x L"),
    (L(x) ** 2, x, "2 L(x) ∇_x L"),
    (L(w), u, "k ∇_w L"),
    (tr(X.T @ X), X, "2 X"),
    (fro(X) ** 2, X, "2 X"),
    (tr(X @ P @ X.T), X, "X Pᵀ + X P"),
    (tr(B @ A), A, "Bᵀ"),
    (tr(A @ A), A, "2 Aᵀ"),
    (x.T @ A @ y, A, "x yᵀ"),
    (F(X), X, "∇_X F"),
    (tr(inv(M)), M, "-(M⁻¹)ᵀ (M⁻¹)ᵀ"),
    (x.T @ inv(M) @ y, M, "-(M⁻¹)ᵀ x (M⁻¹ y)ᵀ"),
    (det(M), M, "det(M) (M⁻¹)ᵀ"),
    (a**2 + b, a, "2 a"),
    (exp(a * b), a, "b exp(a b)"),
]

#: function, variable, gradient, what it needs
CONDITIONED: list[tuple[Expr, Expr, str, list[str]]] = [
    (norm(x), x, "1/‖x‖ x", ["x ≠ 0"]),
    (norm(x) ** 3, x, "3 ‖x‖ x", ["x ≠ 0"]),
    (1 / norm(x), x, "-1/‖x‖³ x", ["x ≠ 0"]),
    (1 / a, a, "-1/a²", ["a ≠ 0"]),
    (tr(inv(A)), A, "-(A⁻¹)ᵀ (A⁻¹)ᵀ", ["det(A) ≠ 0"]),
    (det(A), A, "det(A) (A⁻¹)ᵀ", ["det(A) ≠ 0"]),
    (log(det(M)), M, "(M⁻¹)ᵀ", ["det(M) > 0"]),
    (L(v), u, "1/‖u‖ (I - u uᵀ/‖u‖²) ∇_v L", ["u ≠ 0"]),
]


def last(chain: Calc) -> str:
    return str(chain.exprs[-1])


@pytest.mark.parametrize(("f", "by", "gradient"), GRADIENTS, ids=lambda value: str(value))
def test_gradient_is_derived_in_readable_form(f: Expr, by: Expr, gradient: str) -> None:
    chain = derive_gradient(f, by)
    assert last(chain) == gradient
    assert judged(derived(chain.statement, chain))["outcome"] == "proved"


@pytest.mark.parametrize(("f", "by", "gradient", "needs"), CONDITIONED, ids=lambda value: str(value))
def test_gradient_needs_what_the_function_needs(f: Expr, by: Expr, gradient: str, needs: list[str]) -> None:
    chain = derive_gradient(f, by)
    assert last(chain) == gradient
    record = judged(derived(chain.statement, chain))
    assert (record["outcome"], [need["text"] for need in record["needs"]]) == ("gap", needs)


def test_chain_rule_is_written_out_for_a_defined_name() -> None:
    chain = derive_gradient(L(w), u)
    assert [str(expr) for expr in chain.exprs] == ["∇_u L(w)", "(∂w/∂u)ᵀ ∇_w L", "k ∇_w L"]
    assert [line.by for line in chain.lines] == ["chain rule", "derivative"]


φ = function("φ", order=1)


@pytest.mark.parametrize("f", [ones(n).T @ φ(x), φ(dot(y, x)), ones(n).T @ φ(A @ x)], ids=str)
def test_derivative_of_an_unknown_function_is_no_other_function(f: Expr) -> None:
    """Where φ′ cannot be said, nothing is derived; a new function named φ′ would be any function."""
    try:
        chain = derive_gradient(f, x)
    except LanguageError:
        return
    assert judged(derived(chain.statement, chain))["outcome"] == "proved"


def test_gradient_of_a_constant_is_zero() -> None:
    chain = derive_gradient(norm(y), x)
    assert judged(derived(chain.statement, chain))["outcome"] == "proved"


def test_gradient_without_a_form_in_matrices_is_refused() -> None:
    with pytest.raises(LanguageError, match=r"∇_x relu\(yᵀ x\) has no form in matrices"):
        derive_gradient(relu(dot(y, x)), x)


def test_gradient_of_the_wrong_function_is_refuted() -> None:
    chain = derive_gradient(norm(x) ** 2, x)
    record = judged(derived(chain.first == x, calc(chain.first).eq(x, by="derivative")))
    assert record["outcome"] == "refuted"
