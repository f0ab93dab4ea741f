"""Formulas are printed as they were typed, with as few brackets as their reading needs."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from lemmata.language import build as say
from lemmata.language.declare import scalar
from lemmata.language.expr import Expr, Statement
from lemmata.language.show import latex, text
from tests.language.said import A, B, C, L, W, a, b, f, h, j, m, n, t, u, v, w, x, xs, y, β, γ, μ, σ

FORMULAS: list[tuple[Expr | Statement, str, str]] = [
    (γ + β, "γ + β", r"\gamma + \beta"),
    (γ - (β - γ), "γ - (β - γ)", r"\gamma - \left(\beta - \gamma\right)"),
    (γ - (β + γ), "γ - (β + γ)", r"\gamma - \left(\beta + \gamma\right)"),
    (γ + -β, "γ + (-β)", r"\gamma + \left(-\beta\right)"),
    (-(γ + β), "-(γ + β)", r"-\left(\gamma + \beta\right)"),
    (-2 * γ * β, "-2 γ β", r"-2 \gamma \beta"),
    (β + -2 * γ, "β + (-2 γ)", r"\beta + \left(-2 \gamma\right)"),
    (β - 2 * γ, "β - 2 γ", r"\beta - 2 \gamma"),
    (γ * -2, "γ · (-2)", r"\gamma \cdot \left(-2\right)"),
    (2 * γ * 3, "2 γ · 3", r"2 \gamma \cdot 3"),
    (2 * (γ * β), "2 (γ β)", r"2 \left(\gamma \beta\right)"),
    (γ * Fraction(1, 2), "γ · 1/2", r"\gamma \cdot \frac{1}{2}"),
    (γ / β / 2, "γ/β/2", r"\frac{\frac{\gamma}{\beta}}{2}"),
    (γ / (β / 2), "γ/(β/2)", r"\frac{\gamma}{\frac{\beta}{2}}"),
    (γ / γ, "γ/γ", r"\frac{\gamma}{\gamma}"),
    (-(γ / β), "-γ/β", r"-\frac{\gamma}{\beta}"),
    (-γ / β, "(-γ)/β", r"\frac{-\gamma}{\beta}"),
    (1 / n * u, "1/n u", r"\frac{1}{n} u"),
    (γ / say.norm(u), "γ/‖u‖", r"\frac{\gamma}{\lVert u \rVert}"),
    (γ * u / say.norm(u), "γ u/‖u‖", r"\frac{1}{\lVert u \rVert} \gamma u"),
    (γ**2, "γ²", r"{\gamma}^{2}"),
    (γ**-12, "γ⁻¹²", r"{\gamma}^{-12}"),
    (γ**β, "γ^β", r"{\gamma}^{\beta}"),
    (γ ** (β + 1), "γ^(β + 1)", r"{\gamma}^{\beta + 1}"),
    ((γ**2) ** 3, "(γ²)³", r"{\left({\gamma}^{2}\right)}^{3}"),
    ((-γ) ** 2, "(-γ)²", r"{\left(-\gamma\right)}^{2}"),
    (A @ B @ y, "A B y", "A B y"),
    (A @ (B @ y), "A (B y)", r"A \left(B y\right)"),
    (u @ u.T, "u uᵀ", r"u {u}^{\top}"),
    (u.T @ v * u, "(uᵀ v) u", r"\left({u}^{\top} v\right) u"),
    (u @ (u.T @ v), "u (uᵀ v)", r"u \left({u}^{\top} v\right)"),
    (γ * (A @ u), "γ A u", r"\gamma A u"),
    ((A @ C).T, "(A C)ᵀ", r"{\left(A C\right)}^{\top}"),
    (say.inv(A.T), "(Aᵀ)⁻¹", r"{\left({A}^{\top}\right)}^{-1}"),
    (A**2 - say.eye(n), "A² - I", r"{A}^{2} - I"),
    (say.ones(n) + say.zeros(n), "𝟏 + 0", r"\mathbf{1} + 0"),
    (A @ say.had(A, C), "A (A ⊙ C)", r"A \left(A \odot C\right)"),
    (say.had(A, C) - say.had(C, A), "A ⊙ C - C ⊙ A", r"A \odot C - C \odot A"),
    (say.fro(A), "‖A‖_F", r"\lVert A \rVert_F"),
    (
        say.tr(A @ C) + say.det(A),
        "tr(A C) + det(A)",
        r"\operatorname{tr}\left(A C\right) + \det\left(A\right)",
    ),
    (say.diag(u), "diag(u)", r"\operatorname{diag}\left(u\right)"),
    (say.sqrt(γ + 1), "√(γ + 1)", r"\sqrt{\gamma + 1}"),
    (say.sqrt(γ) ** 2, "(√γ)²", r"{\left(\sqrt{\gamma}\right)}^{2}"),
    (say.abs_(γ), "|γ|", r"\left\lvert \gamma \right\rvert"),
    (say.exp(u), "exp(u)", r"\exp\left(u\right)"),
    (say.relu(u), "relu(u)", r"\operatorname{relu}\left(u\right)"),
    (A @ σ(h[t - 1]) + b, "A σ(h[t-1]) + b", r"A \sigma\left(h_{t-1}\right) + b"),
    (h[0], "h₀", "h_{0}"),
    (xs[j], "xs[j]", "xs_{j}"),
    (xs[j][2 - 1], "xs[j]₁", "{xs_{j}}_{1}"),
    (A[1, 1], "A[1,1]", "A_{1,1}"),
    (say.total(a[j], j) * γ, "(Σ_{j=1..m} a[j]) γ", r"\left(\sum_{j=1}^{m} a_{j}\right) \gamma"),
    (say.total(a[j] * γ, j), "Σ_{j=1..m} a[j] γ", r"\sum_{j=1}^{m} a_{j} \gamma"),
    (u - 1 / m * say.total(xs[j], j), "u - 1/m Σ_{j=1..m} xs[j]", r"u - \frac{1}{m} \sum_{j=1}^{m} xs_{j}"),
    (say.total(a[j], j) / m, "(Σ_{j=1..m} a[j])/m", r"\frac{\sum_{j=1}^{m} a_{j}}{m}"),
    (say.grad(L, w), "∇_w L", r"\nabla_{w} L"),
    (say.grad(L(w), u), "∇_u L(w)", r"\nabla_{u} L\left(w\right)"),
    (say.grad(L, u + v), "∇L(u + v)", r"\nabla L\left(u + v\right)"),
    (say.grad(L(u) * γ, u), "∇_u (L(u) γ)", r"\nabla_{u} \left(L\left(u\right) \gamma\right)"),
    (say.grad(L(h[t]), h[t]), "∇_{h[t]} L", r"\nabla_{h_{t}} L"),
    (
        say.jac(f(u), u).T @ y,
        "(∂f(u)/∂u)ᵀ y",
        r"{\left(\frac{\partial f\left(u\right)}{\partial u}\right)}^{\top} y",
    ),
    (γ / say.diff(γ**2, γ), "γ/(∂γ²/∂γ)", r"\frac{\gamma}{\frac{\partial {\gamma}^{2}}{\partial \gamma}}"),
    (say.hess(L, u), "∇_u² L(u)", r"{\nabla_{u}}^{2} L\left(u\right)"),
    (say.E(x), "E[x]", r"\mathbb{E}\left[x\right]"),
    (say.Var(u.T @ x), "Var(uᵀ x)", r"\operatorname{Var}\left({u}^{\top} x\right)"),
    (say.Cov(x, u), "Cov(x, u)", r"\operatorname{Cov}\left(x, u\right)"),
    (W @ u, "W⊥ u", r"W^{\perp} u"),
    (μ**2, "μ_y²", r"{\mu_{y}}^{2}"),
    (γ == β, "γ = β", r"\gamma = \beta"),
    (u != 0, "u ≠ 0", r"u \neq 0"),
    (γ <= β, "γ ≤ β", r"\gamma \leq \beta"),
    (γ > 0, "γ > 0", r"\gamma > 0"),
]


@pytest.mark.parametrize(
    ("formula", "line", "_"), FORMULAS, ids=lambda part: part if isinstance(part, str) else ""
)
def test_text(formula: Expr | Statement, line: str, _: str) -> None:
    assert text(formula) == line == str(formula)


@pytest.mark.parametrize(
    ("formula", "_", "written"), FORMULAS, ids=lambda part: part if isinstance(part, str) else ""
)
def test_latex(formula: Expr | Statement, _: str, written: str) -> None:
    assert latex(formula) == written


def test_sympy_prints_our_expressions() -> None:
    assert sympy.latex(γ * u) == r"\gamma u"
    assert (γ * u)._repr_latex_() == r"$\displaystyle \gamma u$"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("x", "x"),
        ("loss", r"\mathrm{loss}"),
        ("ℓ", r"\ell"),
        ("ϕ", r"\phi"),
        ("μ_y", r"\mu_{y}"),
        ("a_b_c", "a_{b_{c}}"),
        ("x₁₂", "x_{12}"),
        ("x²", "x^{2}"),
        ("λ′", r"\lambda^{\prime}"),
        ("w*", "w^{*}"),
        ("W⊥", r"W^{\perp}"),
        ("x\u0302", r"\hat{x}"),
        ("θ\u0304", r"\bar{\theta}"),
        ("ê", r"\hat{e}"),
        ("Α", "A"),
        ("ΔW", r"\Delta W"),
    ],
)
def test_names_in_latex(name: str, written: str) -> None:
    assert latex(scalar(name)) == written


def test_a_name_is_written_as_its_author_asks() -> None:
    assert latex(scalar("g", latex=r"\mathfrak{g}") ** 2) == r"{\mathfrak{g}}^{2}"


def test_a_long_product_is_printed_at_once() -> None:
    product = γ
    for _ in range(200):
        product = product * β
    assert text(product) == " ".join(["γ", *["β"] * 200])
