"""What is lowered has the value which it has as matrices: A x is Σ_k A[i,k] x[k], and so for every head."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.kernel.check import check_context, check_statement
from lemmata.kernel.definitions import check_definitions
from lemmata.kernel.terms import Index
from lemmata.language import build as say
from lemmata.language.context import context_of
from lemmata.language.declare import (
    choice,
    define,
    dims,
    field_,
    function,
    index,
    map_,
    matrix,
    random_scalar,
    random_vector,
    recurrence,
    scalar,
    scalars,
    time,
    vector,
    word,
)
from lemmata.language.expr import SCALAR, Expr, Shape, number, subexpressions
from lemmata.language.literal import array, family
from lemmata.language.lower import _MEANINGS, lower, lower_statement
from lemmata.language.products import factors
from lemmata.language.recurrences import recurrences
from lemmata.language.text.convolution import natural_power
from lemmata.language.text.running import Running
from tests.language.as_entries import Entries
from tests.language.as_matrices import Reading
from tests.language.worlds import World, world_of

n, m = dims("n m")
t, j, k, pick = time("t"), index("j", m), index("k", n), index("l", 2)
γ, β = scalars("γ β")
c = scalar("c", positive=True)
u, v, b, y = vector("u", n), vector("v", n), vector("b", n), vector("y", m)
A, B, C = matrix("A", n, n), matrix("B", n, m), matrix("C", m, n)
S = matrix("S", n, n, symmetric=True, invertible=True)
T = matrix("T", 2, 3)
x, z, r = random_vector("x", n), random_vector("z", m), random_scalar("r")
xs, a, As = vector("xs", n, over=m), scalar("a", over=m), matrix("As", n, n, over=m)
σ, L, f = function("σ", order=2), field_("L", n, order=2), map_("f", n, m, order=1)
loss = field_("ℓ", n, 1, m, (n, m), order=1)
word_n, word_m, words = word("v_n", n), word("v_m", m), word("v_t", n, over=t)
chosen = choice("k*", n)
w = define("w", γ * u / c)
Q = define("Q", u @ w.T + S)
mean = define("q", (x + u).T @ w)
xt = vector("xt", n, over=t)
h = recurrence("h", n, over=t, step=lambda h, t: A @ h[t - 1] / 4 + xt[t] / t)
g = recurrence("g", n, over=t, start=σ(b) / 9, step=lambda g, t: h[t] + A @ g[t - 1] / 5 + g[0])

spread = define("s", say.norm(xs[j]) * u + xs[j], over=j)
scaled = define("o", γ * spread[j] + say.total(spread[j] * a[j], j), over=j)
p, q = recurrences(
    "p q", n, over=t, start=(b, None), step=lambda p, q, t: (q[t - 1] + p[0], A @ p[t - 1] / 5 + p[t])
)


def pairs(body: Callable[[Expr, Expr], Expr]) -> Expr:
    """Σ over r = 0..t-1 of what is made of A^r and S^(t-1-r)."""
    running = Running(differentiates=True)

    def part(r: Expr) -> Expr:
        return body(running.power(A, r), Expr("matrix_power_of", (S, t - 1 - r), S.shape))

    return running.over("sum", part, 0, t - 1)


def entrywise(name: str, value: Expr) -> Expr:
    """A known function by its name."""
    return Expr("apply", (value,), value.shape, name)


EXPRESSIONS = [
    # sums, products, powers
    *[γ + 2, 3 - γ, -γ, γ * β, γ / c, γ**3, c**β, c**-1, 2**n, n * u / m, 1 / n + t, γ**0],
    *[u + v, u - v, -u, γ * u, u * γ, u / c, A @ u, u.T @ A, u.T @ v, u @ y.T, A @ B @ C, A @ (B @ y)],
    *[A**0, A**1, A**3, A.T, B.T @ u, (A @ B).T, y.T @ C @ u * v, T @ T.T, T.T @ T, u @ say.eye(1)],
    # matrices
    *[
        say.inv(S),
        say.inv(S @ S) @ B,
        say.inv(c),
        say.det(A),
        say.det(c),
        say.tr(A),
        say.tr(B @ C),
        say.tr(γ),
    ],
    *[say.eye(n) - A, say.zeros(n, m) + B, say.ones(n, m) @ y, say.ones(n), say.eye(1), say.zeros(1)],
    *[say.had(A, A.T), say.had(u, v), say.had(γ, β), say.diag(u) @ A, say.diag(u), say.diag(γ)],
    *[say.diagonal(A), say.diagonal(A @ A.T), say.diagonal(γ), say.dot(u, v), say.norm(u), say.norm(u.T)],
    *[say.norm(γ), say.fro(B), say.fro(T), say.norm(u) ** 2, say.norm(u) ** 3, say.norm(b - u) ** -2],
    # quotients entry by entry, what is written out
    *[say.had_div(u, say.exp(v)), say.had_div(B, say.ones(n, m) + say.had(B, B)), say.had_div(γ, c)],
    *[array([[1, 0, -2], [3, Fraction(1, 2), 0]]), T - array([[1, 0, 0], [0, 0, 1]]), T @ array([1, 2, 3])],
    *[array([[1, 2]]) @ T, array([4, 5])[pick] * u, array([[1, 2], [3, 4]])[pick, 1], array([[5, 6]])[2]],
    *[
        family([u, v])[pick],
        family([γ, β])[pick] * family([T, 2 * T])[pick],
        array([[[1, 2]], [[3, 4]]])[pick],
    ],
    *[family([u, v])[2] - u, say.total(family([u, v])[pick] * array([3, 4])[pick], pick)],
    # functions
    *[function(say.tanh(A)) for function in (say.exp, say.sin, say.cos, say.tanh, say.sigmoid, say.abs_)],
    *[function(u) for function in (say.relu, say.softplus, say.cosh, say.sinh, σ)],
    *[say.log(say.exp(u)), say.sqrt(say.exp(u)), say.sqrt(c), L(A @ u), f(A @ u), f(u).T @ y],
    *[loss(u, γ, y, B), σ(σ(γ))],
    *[
        say.kron(A, B),
        say.kron(u, B) @ y,
        say.vec(B),
        say.kron(B.T, A) @ say.vec(A @ B @ C),
        say.tr(say.kron(A, S)),
    ],
    *[say.vec(B).T @ say.vec(B), say.kron(A, S) @ say.kron(S, A), say.kron(say.eye(n), B), say.kron(T, u.T)],
    *[
        say.rank(B),
        say.pinv(B),
        say.pinv(B @ C) @ u,
        say.pinv(u),
        say.pinv(u.T),
        say.expm(A / 9),
        say.expm(A / 9).T @ u,
        Expr("pi") * u,
    ],
    *[entrywise(name, u / 9) for name in ("tan", "asin", "acos", "atan", "asinh", "atanh", "erf", "cbrt")],
    *[entrywise(name, u) for name in ("sign", "floor", "ceil")],
    *[entrywise(name, 2 + say.exp(γ)) for name in ("acosh", "gamma", "lgamma")],
    # entries, families, sums, recurrences
    *[u[1], u[k] * v[k], A[k, 1], B[k, j], T[2, 3], T.T[3, 2], xs[j] * a[j], xs[1], As[j] @ xs[j]],
    *[
        say.total(a[j], j),
        say.total(xs[j], j) / m,
        say.total(loss(xs[j], a[j], y, B), j),
        say.total(xs[j][k], k),
    ],
    *[say.total(a[j] * say.total(a[j], j), j), say.total(A[k, k], k), say.total(As[j][k, 1] * u[k], k)],
    *[spread[j], spread[1], scaled[j], say.total(scaled[j], j), say.grad(spread[1].T @ v, u), p[t], q[t + 1]],
    *[h[t], h[t - 1], h[0], h[t + 1] - h[t], g[t], g[0], g[1] + t * xt[t]],
    # definitions
    *[w, Q @ w, say.norm(w), u + w, say.inv(Q.T @ Q + S)],
    # maxima, words, choices, norms of matrices
    *[say.maximum(a[j], j), say.maximum(B[k, j] * y[j], j), say.maximum(say.maximum(B[k, j], j), k)],
    *[say.maximum(a[j] * say.total(a[j], j), j) * u, say.maximum(xs[j], j), say.column(u[k] * v[k], k)],
    *[A @ say.column(say.maximum(B[k, j] * a[j], j), k), u[word_n], A[word_n, k], B[word_n, word_m]],
    *[
        A[words[t], words[t - 1]],
        say.maximum(A[k, words[t]] * u[k], k),
        word_n.T @ A,
        A[chosen, k] * u[chosen],
    ],
    *[say.maximum(A[chosen, k], k), say.opnorm(A), say.opnorm(B @ C), say.opnorm(T), say.opnorm(A) ** 2],
    *[say.largest_eigenvalue(A), say.largest_eigenvalue(S), say.largest_eigenvalue(B.T @ B)],
    # derivatives
    *[say.grad(u.T @ A @ u, u), say.grad(L(w), u), say.grad(L(w), γ), say.grad(L, w), say.grad(L(w), w)],
    *[say.grad(L, A @ u), say.grad(L(A @ u) * say.norm(u) ** 2, u), say.grad(say.tr(A @ B @ C), B)],
    *[say.grad(say.det(S), S), say.grad(say.tr(say.inv(Q) @ A), S), say.grad(say.fro(Q) ** 2, w)],
    *[say.grad(say.norm(u) ** 4, u), say.grad(loss(u, γ, y, B), B)],
    *[
        say.grad(say.total(a[j] * L(γ * xs[j] + u), j), u),
        say.grad(L(xs[j]) * a[j], xs[j]),
        say.grad(L, xs[1]),
    ],
    *[say.directional(A @ σ(u), u, v), say.directional(say.inv(S), S, A), say.directional(u @ u.T, u, A @ u)],
    *[say.directional(say.tr(B @ C), B, A @ B), say.directional(L(w), γ, c)],
    *[say.jac(A @ σ(u), u), say.jac(f, u), say.jac(f(w), u), say.jac(w, u), say.jac(γ * c, γ)],
    *[say.hess(L, u), say.hess(say.dot(u, v) ** 3 + L(w), u), say.hess(L(w), w)],
    *[say.diff(say.exp(γ / 9) * u, γ), say.diff(w @ u.T, γ), say.diff(σ(γ), γ), say.diff(w, c)],
    *[say.grad(v.T @ say.grad(L(w), u), u), say.diff(L(w).T @ say.grad(L(w), w).T @ v, γ)],
    *[say.total(say.grad(L(xs[j]), xs[j]) * a[j], j), say.grad(L(h[t]) + u.T @ h[t], h[t]), abs(γ)],
    # powers with a natural exponent, and sums over pairs of them
    *[natural_power(A, t), natural_power(A @ S, t + 1) @ u, say.grad(say.tr(natural_power(Q, t) @ A), w)],
    *[say.directional(natural_power(A, t), A, S), say.jac(natural_power(A * γ, t) @ u, u)],
    *[
        pairs(lambda p, q: p @ A @ q),
        pairs(lambda p, q: say.tr(say.kron(q.T, p))),
        pairs(lambda p, q: p @ u @ v.T @ q),
    ],
    pairs(lambda p, q: say.tr(p) * q - 2 * q.T @ natural_power(S, t) @ p.T),
    # means
    *[say.E(A @ x), say.E(mean), say.E(mean * x), say.Var(x), say.Var(r), say.Cov(A @ x, z), say.Cov(r, x)],
    *[say.Var(mean), say.E(say.E(x) @ x.T), say.E(r * x) - say.E(r) * say.E(x), say.E(say.Var(x) @ x + w)],
    *[say.grad(say.E((u.T @ x) ** 2), u), say.E(say.grad((u.T @ x) ** 2, u)), say.grad(say.E(mean**2), u)],
]
SIZES = ({"n": 1, "m": 1}, {"n": 2, "m": 3}, {"n": 3, "m": 2})


def places(world: World) -> dict[str, int]:
    """Values for the free indices j, k and l, the last ones, and for the choice k*, the first."""
    return {"j": world.sizes.get("m", 1), "k": world.sizes.get("n", 1), "l": 2, "k*": 1}


def lowered(expr: Expr, entries: Entries) -> np.ndarray:
    """All entries of the lowered expression."""
    sorts = [factors(dim) for dim in expr.shape]
    names = [[f"{name}{k}" for k, _ in enumerate(sort)] for name, sort in zip("pq", sorts, strict=True)]
    row, column = (place([Index(name) for name in found]) for found in names)
    term = lower(expr, row, column)
    sides = [list(np.ndindex(*map(entries.world.size, sort))) for sort in sorts]
    found = np.zeros([len(side) for side in sides])
    for (p, rows), (q, columns) in itertools.product(*map(enumerate, sides)):
        at = zip((*names[0], *names[1]), (*rows, *columns), strict=True)
        found[p, q] = entries.bind(*((name, k + 1) for name, k in at)).of(term)
    return found


def place(indices: list[Index]) -> Index | tuple[Index, ...] | None:
    """A row or a column: none, one index, or one for each factor of its dimension."""
    return indices[0] if len(indices) == 1 else tuple(indices) or None


def agree(expr: Expr, sizes: dict[str, int], seed: int) -> None:
    context = context_of(expressions=[expr])
    world = world_of(context, sizes, seed)
    read = Reading(world, places(world)).of(expr)
    found = lowered(expr, Entries(context, world, places(world)))
    np.testing.assert_allclose(found, read, rtol=1e-5, atol=1e-5, err_msg=str(expr))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_an_expression_and_its_entries_have_the_same_value(expr: Expr, sizes: dict[str, int]) -> None:
    agree(expr, sizes, seed=sum(map(ord, str(expr))))


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_what_is_lowered_is_well_formed(expr: Expr) -> None:
    statement = expr == 0
    later = [h[time("t", start=1) - 1] == 0] if "t-1" in str(expr) else []
    context = context_of([statement, *later])
    check_context(context)
    check_definitions(context)
    check_statement(context, lower_statement(statement))


def test_every_head_is_in_the_table() -> None:
    heads = {part.head for expr in EXPRESSIONS for part in subexpressions(expr)}
    brackets, without_values = {"index", "choice"}, {"limit", "integral"}
    assert set(_MEANINGS) - heads == brackets | without_values


@pytest.mark.parametrize(
    ("typed", "mistaken"),
    [
        (A @ B, A.T @ B),
        (say.jac(A @ u, u), A.T),
        (say.had(A, A), A @ A),
        (say.Cov(x, z), say.Cov(z, x).T * 2),
    ],
    ids=str,
)
def test_a_mistake_would_be_seen(typed: Expr, mistaken: Expr) -> None:
    context = context_of(expressions=[typed, mistaken])
    world = world_of(context, SIZES[2], seed=1)
    found = lowered(mistaken, Entries(context, world, places(world)))
    assert not np.allclose(found, Reading(world).of(typed), rtol=1e-3)


LEAVES = {
    (1, 1): [γ, β, number(2), say.norm(u), u[1], a[j], r],
    ("n", 1): [u, v, w, xs[j], x, say.ones(n), h[t]],
    ("m", 1): [y, z, say.zeros(m)],
    (1, "n"): [u.T],
    (1, "m"): [y.T],
    ("n", "n"): [A, S, Q, say.eye(n), As[j]],
    ("n", "m"): [B, say.ones(n, m)],
    ("m", "n"): [C],
    ("m", "m"): [say.eye(m), y @ y.T],
}


@st.composite
def expressions(draw: st.DrawFn, shape: Shape, depth: int = 3) -> Expr:
    """Expressions of a shape."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(LEAVES[shape]))
    make = draw(
        st.sampled_from(["add", "sub", "neg", "mul", "matmul", "hadamard", "transpose", "apply", "mean"])
    )

    def part(shape: Shape) -> Expr:
        return draw(expressions(shape, depth - 1))

    match make:
        case "add":
            return part(shape) + part(shape)
        case "sub":
            return part(shape) - part(shape)
        case "neg":
            return -part(shape)
        case "mul":
            return part(SCALAR) * part(shape)
        case "hadamard":
            return say.had(part(shape), part(shape))
        case "transpose":
            return part(shape[::-1]).T
        case "apply":
            return say.tanh(part(shape))
        case "mean":
            return say.E(part(shape))
    inner = draw(st.sampled_from(["n", "m"]))
    return part((shape[0], inner)) @ part((inner, shape[1]))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(list(LEAVES)).flatmap(expressions), st.sampled_from(SIZES), st.integers(0, 9))
def test_grown_expressions_have_the_values_of_their_entries(
    expr: Expr, sizes: dict[str, int], seed: int
) -> None:
    agree(expr, sizes, seed)
