"""The border with SymPy: what goes over comes back the same tree, and nothing is evaluated on the way."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from lemmata.language import build as say
from lemmata.language.context import context_of
from lemmata.language.declare import matrix
from lemmata.language.errors import LanguageError, NotANumber
from lemmata.language.expr import Expr, expression, number, same
from lemmata.language.literal import array
from lemmata.language.show import text
from lemmata.language.sympy_border import WORDS, from_sympy, to_sympy
from tests.language.said import A, B, C, L, a, c, j, m, n, t, u, v, x, y, β, γ, σ

M = matrix("M", 2, 2)
ROUND_TRIPS = [
    *[γ + β, γ - β, -γ, γ * β / c, γ / 2, γ**2, γ**β, 1 / γ, γ / γ, -2 * γ, (γ + β) * (γ - β), γ - γ],
    *[n * γ, 1 / n * u, t + 1, γ**0, 0 * γ],
    *[u + v, u - v, γ * A, A * γ, A @ C, A @ B @ y, A @ (B @ y), u.T @ v, u.T @ v * u, u @ u.T],
    *[A.T, say.inv(A) @ u, A**2, A**0, say.tr(A @ C), say.det(A), say.eye(n) - A, say.zeros(n, m) + B],
    *[
        say.ones(n),
        say.had(A, C) @ u,
        say.had_div(u, v),
        say.had_div(say.had(A, C), A),
        say.exp(γ),
        say.log(c),
        say.sin(γ),
        say.cos(γ),
        say.tanh(γ),
    ],
    *[array([[1, Fraction(1, 2)], [0, -3]]) + M, array([1, 2, 3]), array([[1, 2, 3]])],
    *[say.abs_(γ), say.sqrt(c), say.cosh(γ), say.sinh(γ), say.exp(u), σ(γ), σ(A @ u)],
]


@pytest.mark.parametrize("expr", ROUND_TRIPS, ids=str)
def test_what_goes_over_comes_back(expr: Expr) -> None:
    assert same(from_sympy(to_sympy(expr)), expr)


def test_leaves_have_symbols() -> None:
    assert c.symbol == sympy.Symbol("c", real=True, positive=True)
    assert n.symbol == sympy.Symbol("n", integer=True, positive=True)
    assert B.symbol == sympy.MatrixSymbol("B", n.symbol, m.symbol)
    with pytest.raises(LanguageError, match="u \\+ v is no symbol"):
        (u + v).symbol  # noqa: B018


def test_nothing_is_evaluated() -> None:
    assert to_sympy(γ / γ) != 1
    assert to_sympy(γ - γ) != 0
    assert isinstance(to_sympy(A @ C), sympy.MatMul)


def test_other_words_may_be_used() -> None:
    words = {**WORDS, "gradient": lambda expr, body, by: sympy.Derivative(body, by)}
    found = to_sympy(2 * say.grad(γ * c, γ), words)
    assert found.doit() == 2 * c.symbol
    with pytest.raises(LanguageError, match="SymPy has no word for add"):
        to_sympy(γ * (γ + c), {"mul": WORDS["mul"]})


def test_norms_are_roots_of_traces() -> None:
    assert text(from_sympy(to_sympy(say.norm(u)))) == "√tr(uᵀ u)"


@pytest.mark.parametrize(
    ("expr", "message"),
    [
        (say.sigmoid(γ), "sigmoid(γ): SymPy has no word for sigmoid"),
        (say.grad(L, u), "∇_u L: SymPy has no word for gradient"),
        (a[j], "a[j]: SymPy has no word for member"),
        (say.E(x), "E[x]: SymPy has no word for expectation"),
    ],
)
def test_where_sympy_has_no_word(expr: Expr, message: str) -> None:
    with pytest.raises(LanguageError) as raised:
        to_sympy(expr)
    assert str(raised.value) == message


p, q = sympy.symbols("p q")
size = sympy.Symbol("n")
X, Y = sympy.MatrixSymbol("X", 3, size), sympy.MatrixSymbol("Y", 2, 2)
FROM_SYMPY = [
    (p - 2 * q, "p - 2 q", (1, 1)),
    (2 * p * q / 3, "(2/3) p q", (1, 1)),
    (p - 1, "-1 + p", (1, 1)),
    (p - q * p / 2, "p - (1/2) p q", (1, 1)),
    (p / q, "p/q", (1, 1)),
    (sympy.exp(1) * p, "exp(1) p", (1, 1)),
    (X.T * X / size, "1/n Xᵀ X", ("n", "n")),
    ((X.T * X).inverse(), "(Xᵀ X)⁻¹", ("n", "n")),
    (sympy.Trace(X * X.T), "tr(X Xᵀ)", (1, 1)),
    (Y**-1 - sympy.Identity(2), "-I + Y⁻¹", (2, 2)),
    (sympy.Matrix([[1, 2], [3, 4]]) * Y, "[[1, 2], [3, 4]] Y", (2, 2)),
    (Y[0, 1] + p, "p + Y[1,2]", (1, 1)),
]


@pytest.mark.parametrize(("value", "line", "shape"), FROM_SYMPY, ids=[line for _, line, _ in FROM_SYMPY])
def test_what_sympy_says(value: object, line: str, shape: tuple[str | int, str | int]) -> None:
    found = from_sympy(value)
    assert (text(found), found.shape) == (line, shape)
    context_of(expressions=[found])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (sympy.zoo, "zoo: there is no word here for SymPy's ComplexInfinity"),
        (sympy.sec(p), "sec(p): there is no word here for SymPy's sec"),
        (
            sympy.Float("0.5"),
            "0.500000000000000: there is no word here for SymPy's Float; "
            "write Rational(1, 2) for an exact number",
        ),
        (
            sympy.Matrix([[1, p]]),
            "Matrix([[1, p]]): p is an entry of a written matrix; exact numbers are needed",
        ),
        (
            sympy.HadamardPower(Y, 2),
            "HadamardPower(Y, 2): a power entry by entry has a word here only for the exponent -1",
        ),
        (
            sympy.MatrixSymbol("Z", 2 * size, 1),
            "2*n is no dimension: it needs a symbol, or a positive integer",
        ),
        (X[0, size - 1], "X[0, n - 1]: an entry needs numbers as places"),
    ],
    ids=str,
)
def test_where_we_have_no_word(value: object, message: str) -> None:
    with pytest.raises(LanguageError) as raised:
        from_sympy(value)
    assert str(raised.value) == message


def test_symbols_may_be_given_a_meaning() -> None:
    assert same(from_sympy(p * q, {p: γ, q: c}), γ * c)


Z = sympy.MatrixSymbol("Z", n.symbol, n.symbol)
MIXED = [
    *[(p + γ, "p + γ"), (γ - p, "γ - p"), (p - γ, "p - γ"), (p * u, "p u"), (u * p, "u p"), (p / γ, "p/γ")],
    *[(γ / p, "γ/p"), (p**γ, "p^γ"), (γ**p, "γ^p"), (sympy.Rational(1, 2) * u, "1/2 u")],
    *[(Z @ u, "Z u"), (u.T @ Z, "uᵀ Z"), (Z + A, "Z + A"), (A - Z, "A - Z"), (A @ Z.T, "A Zᵀ")],
    *[(Z[0, 0] * u, "Z[1,1] u"), (sympy.exp(p) * u, "exp(p) u"), (sympy.Function("φ")(p) * γ, "φ(p) γ")],
    *[(u == sympy.Integer(0), "u = 0"), (p == γ, "γ = p"), (p <= γ, "γ ≥ p"), (say.norm(Z @ u), "‖Z u‖")],
]


@pytest.mark.parametrize(("value", "line"), MIXED, ids=[line for _, line in MIXED])
def test_sympy_values_mix_with_ours_on_either_side(value: Expr, line: str) -> None:
    assert text(value) == line


def test_what_is_not_exact_is_refused_on_either_side() -> None:
    half = sympy.Float("0.5")
    for product in (lambda: half * u, lambda: u * half):
        with pytest.raises(LanguageError, match="write Rational\\(1, 2\\) for an exact number"):
            product()
    with pytest.raises(NotANumber):
        expression("x")


def test_a_rational_of_sympy_is_a_number() -> None:
    assert same(expression(sympy.Rational(1, 2)), number(Fraction(1, 2)))
