"""Expressions are trees with shapes: nothing is simplified, and what does not fit is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from fractions import Fraction

import numpy as np
import pytest

from lemmata.language import build as say
from lemmata.language.declare import vector
from lemmata.language.depend import substitute
from lemmata.language.errors import LanguageError, NotANumber, ShapeError
from lemmata.language.expr import Expr, same, subexpressions
from tests.language.said import A, B, L, a, f, h, j, m, n, t, u, v, w, x, xs, y, β, γ, σ

SHAPES = [
    (γ, (1, 1)),
    (u, ("n", 1)),
    (u.T, (1, "n")),
    (B.T @ u, ("m", 1)),
    (u @ y.T, ("n", "m")),
    (u.T @ v, (1, 1)),
    (γ * B, ("n", "m")),
    (B / γ, ("n", "m")),
    (A**3, ("n", "n")),
    (σ(B), ("n", "m")),
    (say.had(u, v), ("n", 1)),
    (say.diag(u), ("n", "n")),
    (say.diagonal(A), ("n", 1)),
    (say.eye(3), (3, 3)),
    (say.ones(2, m), (2, "m")),
    (say.grad(L, u), ("n", 1)),
    (say.grad(say.tr(B.T @ B), B), ("n", "m")),
    (say.jac(f, u), ("m", "n")),
    (say.hess(L, u), ("n", "n")),
    (say.Cov(x, y), ("n", "m")),
    (h[t], ("n", 1)),
    (say.total(xs[j], j), ("n", 1)),
    (xs[j][1], (1, 1)),
    (B[1, j], (1, 1)),
    (u - 0, ("n", 1)),
]


@pytest.mark.parametrize(("expr", "shape"), SHAPES, ids=str)
def test_shapes(expr: Expr, shape: tuple[str | int, str | int]) -> None:
    assert expr.shape == shape


REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: A + γ,
        ShapeError,
        "addition: the shapes do not fit\n  A  is n x n\n  γ  is a scalar\n"
        "  a number is added to each entry by `c * ones(...)`, to the diagonal by `c * eye(n)`",
    ),
    (
        lambda: u.T - v / 2,
        ShapeError,
        "subtraction: the shapes do not fit\n  uᵀ  is 1 x n\n  v/2  is n x 1",
    ),
    (
        lambda: u * v,
        ShapeError,
        "product with *: the shapes do not fit\n  u  is n x 1\n  v  is n x 1\n"
        "  use A @ B for the matrix product, had(A, B) entry by entry",
    ),
    (lambda: B @ u, ShapeError, "product with @: the shapes do not fit\n  B  is n x m\n  u  is n x 1"),
    (
        lambda: γ @ A,
        ShapeError,
        "product with @: the shapes do not fit\n  γ  is a scalar\n  A  is n x n\n"
        "  use c * A to scale by a number",
    ),
    (
        lambda: A / u,
        ShapeError,
        "division: the shapes do not fit\n  A  is n x n\n  u  is n x 1\n"
        "  only a scalar divides; use inv(A) @ B",
    ),
    (
        lambda: A**-1,
        ShapeError,
        "power: the shapes do not fit\n  A  is n x n\n  -1  is a scalar\n"
        "  a square matrix has natural powers up to 64; use inv(A), had(x, x)",
    ),
    (lambda: u == A, ShapeError, "comparison with ==: the shapes do not fit\n  u  is n x 1\n  A  is n x n"),
    (lambda: say.had(u, y), ShapeError, "had: the shapes do not fit\n  u  is n x 1\n  y  is m x 1"),
    (lambda: say.dot(u.T, v.T), ShapeError, "dot: the shapes do not fit\n  uᵀ  is 1 x n\n  vᵀ  is 1 x n"),
    (lambda: say.norm(A), ShapeError, "norm(A) needs a vector; A is n x n; use fro for a matrix"),
    (lambda: say.inv(B), ShapeError, "inv(B) needs a square matrix; B is n x m"),
    (lambda: say.diag(A), ShapeError, "diag(A) needs a vector; A is n x n"),
    (lambda: say.grad(A @ u, u), ShapeError, "grad needs a scalar; A u is n x 1; use jac"),
    (lambda: say.jac(A, u), ShapeError, "jac needs vectors; A is n x n, u is n x 1"),
    (
        lambda: say.diff(γ, u),
        ShapeError,
        "diff needs a scalar to differentiate by; u is n x 1; use grad or jac",
    ),
    (lambda: L(y), ShapeError, "argument 1 of L is n x 1; y is m x 1"),
    (lambda: L(u, v), LanguageError, "L takes 1 arguments, not 2"),
    (
        lambda: say.grad(γ, u + v),
        LanguageError,
        "a derivative is taken with respect to a variable, not u + v",
    ),
    (lambda: say.grad(L(xs[j]), xs), LanguageError, "xs is a family; name one member, such as xs[j]"),
    (lambda: xs + u, LanguageError, "xs is a family; name one member, such as xs[j]"),
    (lambda: say.norm(h), LanguageError, "h is a family; name one member, such as h[t]"),
    (lambda: say.Var(A), ShapeError, "Var(A) needs a scalar or a vector; A is n x n"),
    (lambda: u + σ, NotANumber, "σ is a function, not an expression; write what it is applied to"),
    (lambda: γ * L, NotANumber, "L is a function, not an expression; write what it is applied to"),
    (
        lambda: 0.5 * u,
        NotANumber,
        "0.5 is no exact number and no expression; write Fraction(1, 2) or 1/n for an exact number",
    ),
    (lambda: u + None, NotANumber, "None is no exact number and no expression"),
    (lambda: γ * True, NotANumber, "True is no exact number and no expression"),
    (
        lambda: γ <= β <= γ,
        LanguageError,
        "γ ≤ β is a statement; whether it holds is for `lemmata check` to say",
    ),
    (lambda: bool(γ), LanguageError, "γ is an expression, neither true nor false"),
    (lambda: list(u), TypeError, "u of shape n x 1 cannot be iterated over"),
    (lambda: u[1, 1], LanguageError, "u[1, 1]: u has 1 indices, not 2"),
    (lambda: γ[1], LanguageError, "γ[1]: γ is a scalar, which has no entries"),
    (lambda: γ[()], LanguageError, "γ[]: γ is a scalar, which has no entries"),
    (lambda: A[0, 1], LanguageError, "A[0, 1]: entries are counted from 1; n is known to be at least 1"),
    (lambda: say.eye(2)[3, 1], LanguageError, "I[3, 1]: entries are counted from 1; there are 2"),
    (lambda: xs[0], LanguageError, "xs[0]: members are counted from 1; m is known to be at least 1"),
    (lambda: xs[2], LanguageError, "xs[2]: members are counted from 1; m is known to be at least 1"),
    (lambda: u[2], LanguageError, "u[2]: entries are counted from 1; n is known to be at least 1"),
    (lambda: u[j], LanguageError, "u[j]: j is no index over n"),
    (lambda: h[-1], LanguageError, "h[-1]: times are counted from 0"),
    (lambda: h[n], LanguageError, "h[n]: a family needs a time such as t - 1 in the brackets"),
    (
        lambda: say.total(a[j], t),
        LanguageError,
        "total(..., t): it runs over an index, such as index('j', m)",
    ),
    (lambda: γ.step, AttributeError, "γ has no step: a recurrence has one, if it is given there"),
    (
        lambda: substitute(u, {u: A}),
        ShapeError,
        "substitution: the shapes do not fit\n  u  is n x 1\n  A  is n x n",
    ),
]


@pytest.mark.parametrize(
    ("wrong", "error", "message"), REFUSED, ids=lambda part: part if isinstance(part, str) else ""
)
def test_what_does_not_fit_is_refused(
    wrong: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        wrong()
    assert str(raised.value) == message


def test_nothing_is_simplified() -> None:
    quotient = γ / γ
    assert quotient.head == "div"
    assert [str(part) for part in quotient.args] == ["γ", "γ"]
    assert not same(γ + β, β + γ)
    assert not same(γ * 1, γ)


def test_numbers_are_exact() -> None:
    assert (γ + Fraction(1, 3)).args[1].data == Fraction(1, 3)
    assert (2 - γ).args[0].data == 2
    with pytest.raises(NotANumber):
        np.float64(0.5) * γ


def test_a_plain_zero_takes_the_shape_of_the_other_side() -> None:
    assert (A @ u == 0).right.head == "zeros"
    assert (γ == 0).right.head == "number"


@pytest.mark.parametrize("expr", [u + 0, 0 + u, u - 0, 0 - u, say.had(u, 0), say.dot(u, 0)], ids=str)
def test_and_so_it_does_in_sums_and_products(expr: Expr) -> None:
    assert [part.shape for part in subexpressions(expr) if part.head == "zeros"] == [("n", 1)]


def test_a_plus_before_an_expression_says_nothing() -> None:
    assert same(+u, u)


def test_expressions_work_as_keys() -> None:
    assert {u: 1, A: 2}[vector("u", n)] == 1
    assert γ * u in {γ * u}
    assert u not in {v: 1}
    assert hash(γ * u) == hash(γ * vector("u", n))


def test_equality_is_a_statement_which_is_true_of_the_same_tree() -> None:
    assert u == vector("u", n)
    assert bool(u == v) is False
    assert bool(u != v) is True
    assert bool(u != vector("u", n)) is False


def test_expressions_and_statements_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        γ.head = "number"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        (γ == 0).relation = "<"  # type: ignore[misc]


def test_numpy_leaves_the_operators_to_us() -> None:
    with pytest.raises(NotANumber, match="no exact number"):
        np.ones(3) @ u


def test_substitute_puts_values_for_parts() -> None:
    assert same(substitute(γ * u + w, {u: v, γ: β + 1}), (β + 1) * v + w)
    assert same(substitute(γ * u, {γ * u: v, u: w}), v)
