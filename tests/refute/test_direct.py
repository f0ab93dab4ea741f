"""The lowering of a line has the values which the line has as matrices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import MINUS_ONE, ONE, Add, Index, Mul
from lemmata.language import build as say
from lemmata.language.context import context_of
from lemmata.language.declare import (
    define,
    dims,
    field_,
    function,
    index,
    map_,
    matrix,
    random_vector,
    recurrence,
    scalar,
    time,
    vector,
)
from lemmata.language.expr import Expr, Statement
from lemmata.language.lower import lower_statement
from lemmata.language.names import Plain
from lemmata.refute.direct import check_lowering
from lemmata.refute.errors import LoweringMismatch

n, m = dims("n m")
t, j = time("t"), index("j", n)
γ = scalar("γ")
u, v, b, y = vector("u", n), vector("v", n), vector("b", n), vector("y", m)
A, B, C, S = matrix("A", n, n), matrix("B", n, m), matrix("C", m, n), matrix("S", n, n, invertible=True)
x, z = random_vector("x", n), random_vector("z", m)
xs = vector("xs", n, over=n)
σ, L, f = function("σ", order=2), field_("L", n, order=2), map_("f", n, m, order=1)
w = define("w", γ * u / say.norm(u))
h = recurrence("h", n, over=t, step=lambda h, t: A @ σ(h[t - 1]) + b)
g = recurrence("g", n, over=t, start=σ(b), step=lambda g, t: σ(A @ g[t - 1] + b))

EXPRESSIONS: list[Expr] = [
    A @ B @ y - γ * u / 3,
    (B @ C).T + A**3 - A**0,
    B.T @ u,
    u @ y.T + 2 * B,
    u.T @ A @ v + say.dot(u, v),
    say.tr(A @ B @ C) * say.det(A),
    say.inv(S) @ B,
    say.diag(u) @ A + say.diag(say.diagonal(A)),
    say.had(A, A.T) + say.eye(n) - say.ones(n, n),
    say.norm(u) * say.fro(B) + say.zeros(1),
    γ**2 + γ**t + 2**n,
    σ(A @ u) + say.exp(u) + say.sin(v) - say.cos(u),
    say.tanh(u) + say.sigmoid(v) + say.relu(u) + say.softplus(v),
    say.cosh(u) - say.sinh(u) + say.abs_(v),
    say.sqrt(say.exp(u)) + say.log(say.exp(v)),
    L(A @ u) * f(v).T @ f(u),
    say.grad(L, A @ u),
    say.grad(L(w), u),
    say.grad(L, w),
    say.grad(L(w), w),
    say.grad(u.T @ A @ u, u),
    say.grad(say.tr(A @ B @ C), B),
    say.grad(say.log(say.det(A) ** 2 + 1), A),
    say.grad(say.tr(say.inv(S)), S),
    say.jac(A @ σ(u), u),
    say.jac(f, u),
    say.hess(L(A @ u), u),
    say.hess(say.dot(u, u) ** 2, u),
    say.diff(say.exp(γ) * u, γ),
    say.E(A @ x),
    say.Var(x),
    say.Cov(A @ x, z),
    say.Var(say.dot(u, x)),
    h[t] + g[t] - h[0],
    say.total(u[j] * xs[j], j),
    u[j] * A[j, j] + v[1],
]


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_every_operator_is_lowered_to_what_it_means(expr: Expr) -> None:
    statement = expr == 0
    assert check_lowering(statement, lower_statement(statement), context_of([statement])) >= 3


@pytest.mark.parametrize(
    "statement",
    [u != 0, A != B @ C, γ >= 1, γ > say.norm(u), γ <= 1, γ < say.norm(u), γ != 1],
    ids=str,
)
def test_every_relation_is_lowered_to_what_it_means(statement: Statement) -> None:
    assert check_lowering(statement, lower_statement(statement), context_of([statement])) >= 3


@pytest.mark.parametrize("expr", [say.had_div(u, v), say.had_div(A, A.T), say.sqrt(u), say.log(A)], ids=str)
def test_a_matrix_is_undefined_where_an_entry_is(expr: Expr) -> None:
    """Of an undefined matrix, the other entries may well have values in the kernel."""
    statement = expr == 0
    assert check_lowering(statement, lower_statement(statement), context_of([statement])) >= 3


def test_a_matrix_which_is_undefined_for_no_entry_is_noticed() -> None:
    statement = say.had_div(u, v) == 0
    defined = replace(lower_statement(statement), left=ONE)
    with pytest.raises(LoweringMismatch, match="in the kernel is 1, as matrices it is undefined"):
        check_lowering(statement, defined, context_of([statement, v[1] == 0], [("h", v == 0)]))


def _transposed(statement: KernelStatement) -> KernelStatement:
    (i, _), (k, _) = statement.binders
    swap = Substitution(Plain(), {i: Index(k), k: Index(i)})
    return replace(statement, left=swap.apply(statement.left))


MISTAKES: dict[str, Callable[[KernelStatement], KernelStatement]] = {
    "a transpose dropped": _transposed,
    "one added": lambda s: replace(s, left=Add((s.left, ONE))),
    "a sign": lambda s: replace(s, left=Mul((MINUS_ONE, s.left))),
    "another relation": lambda s: replace(s, relation="<="),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_wrong_lowering_is_noticed(mistake: Callable[[KernelStatement], KernelStatement]) -> None:
    statement = A @ S == 0
    wrong = mistake(lower_statement(statement))
    with pytest.raises(LoweringMismatch):
        check_lowering(statement, wrong, context_of([statement]))


def test_what_is_undefined_must_be_undefined_in_the_kernel_too() -> None:
    statement = γ / γ == 1
    wrong = replace(lower_statement(statement), left=ONE)
    with pytest.raises(LoweringMismatch, match="in the kernel is 1, as matrices it is undefined"):
        check_lowering(statement, wrong, context_of([statement]))


def test_values_too_wide_to_tell_are_no_difference() -> None:
    """At γ = 1 the ball for sin(e^300) is as wide as [-1, 1], and so two of them differ by up to 2."""
    statement = say.sin(say.exp(300 * γ)) == 0
    assert check_lowering(statement, lower_statement(statement), context_of([statement])) > 0
