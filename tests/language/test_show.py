"""Formulas are printed as they were typed, with as few brackets as their reading needs."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from lemmata.language import build as say
from lemmata.language.declare import field_, scalar, scalars, vector
from lemmata.language.expr import Expr, Statement, number
from lemmata.language.show import latex, text
from tests.language.said import A, B, C, L, W, a, b, f, h, j, m, n, t, u, v, w, x, xs, y, β, γ, μ, σ

c, η = scalar("c"), scalar("η")
θ, x1, w_in = vector("θ", n), vector("x1", n), vector("w_in", n)
loss, rate, theta = scalars("loss rate theta")
ys, means = vector("ys", m, over=m), scalar("μ_y", over=t)
loss_of = field_("ℓ", n, m, n, order=1)
preactivation, spread = scalar("y"), scalar("σ_y")

FORMULAS: list[tuple[Expr | Statement, str, str]] = [
    (γ + β, "γ + β", r"\gamma + \beta"),
    (γ - (β - γ), "γ - (β - γ)", r"\gamma - (\beta - \gamma)"),
    (γ - (β + γ), "γ - (β + γ)", r"\gamma - (\beta + \gamma)"),
    (γ + -β, "γ + (-β)", r"\gamma + (-\beta)"),
    (-(γ + β), "-(γ + β)", r"-(\gamma + \beta)"),
    (-2 * γ * β, "-2 γ β", r"-2 \gamma \beta"),
    (β + -2 * γ, "β + (-2 γ)", r"\beta + (-2 \gamma)"),
    (β - 2 * γ, "β - 2 γ", r"\beta - 2 \gamma"),
    (γ * -2, "γ · (-2)", r"\gamma \cdot (-2)"),
    (2 * γ * 3, "2 γ · 3", r"2 \gamma \cdot 3"),
    (2 * (γ * β), "2 (γ β)", r"2 (\gamma \beta)"),
    (γ * Fraction(1, 2), "γ · 1/2", r"\gamma \cdot \frac{1}{2}"),
    (γ / β / 2, "γ/β/2", r"\frac{\frac{\gamma}{\beta}}{2}"),
    (γ / (β / 2), "γ/(β/2)", r"\frac{\gamma}{\frac{\beta}{2}}"),
    (γ / γ, "γ/γ", r"\frac{\gamma}{\gamma}"),
    (-(γ / β), "-γ/β", r"-\frac{\gamma}{\beta}"),
    (-γ / β, "-γ/β", r"-\frac{\gamma}{\beta}"),
    (1 / n * u, "1/n u", r"\frac{1}{n} u"),
    (γ / say.norm(u), "γ/‖u‖", r"\frac{\gamma}{\lVert u \rVert}"),
    (γ * u / say.norm(u), "γ u/‖u‖", r"\frac{\gamma u}{\lVert u \rVert}"),
    (γ**2, "γ²", r"\gamma^{2}"),
    (γ**-12, "γ⁻¹²", r"\gamma^{-12}"),
    (γ**β, "γ^β", r"\gamma^{\beta}"),
    (γ ** (β + 1), "γ^(β+1)", r"\gamma^{\beta + 1}"),
    ((γ**2) ** 3, "(γ²)³", r"(\gamma^{2})^{3}"),
    ((-γ) ** 2, "(-γ)²", r"(-\gamma)^{2}"),
    (A @ B @ y, "A B y", "A B y"),
    (A @ (B @ y), "A (B y)", "A (B y)"),
    (u @ u.T, "u uᵀ", r"u u^{\top}"),
    (u.T @ v * u, "(uᵀ v) u", r"(u^{\top} v) u"),
    (u @ (u.T @ v), "u (uᵀ v)", r"u (u^{\top} v)"),
    (γ * (A @ u), "γ A u", r"\gamma A u"),
    ((A @ C).T, "(A C)ᵀ", r"(A C)^{\top}"),
    (say.inv(A.T), "(Aᵀ)⁻¹", r"(A^{\top})^{-1}"),
    (A**2 - say.eye(n), "A² - I", "A^{2} - I"),
    (say.ones(n) + say.zeros(n), "𝟏 + 0", r"\mathbf{1} + 0"),
    (A @ say.had(A, C), "A (A ⊙ C)", r"A (A \odot C)"),
    (say.had(A, C) - say.had(C, A), "A ⊙ C - C ⊙ A", r"A \odot C - C \odot A"),
    (say.fro(A), "‖A‖_F", r"\lVert A \rVert_{F}"),
    (say.tr(A @ C) + say.det(A), "tr(A C) + det(A)", r"\operatorname{tr}(A C) + \det(A)"),
    (say.diag(u), "diag(u)", r"\operatorname{diag}(u)"),
    (say.sqrt(γ + 1), "√(γ + 1)", r"\sqrt{\gamma + 1}"),
    (say.sqrt(γ) ** 2, "(√γ)²", r"(\sqrt{\gamma})^{2}"),
    (say.abs_(γ), "|γ|", r"\lvert \gamma \rvert"),
    (say.exp(u), "exp(u)", r"\exp(u)"),
    (say.relu(u), "relu(u)", r"\operatorname{relu}(u)"),
    (A @ σ(h[t - 1]) + b, "A σ(h[t-1]) + b", r"A \sigma(h_{t-1}) + b"),
    (h[0], "h[0]", "h_{0}"),
    (xs[j], "xs[j]", r"\mathrm{xs}_{j}"),
    (xs[j][2 - 1], "xs[j][1]", r"(\mathrm{xs}_{j})_{1}"),
    (A[1, 1], "A[1,1]", "A_{1,1}"),
    (say.total(a[j], j) * γ, "(Σ_{j=1..m} a[j]) γ", r"\left(\sum_{j=1}^{m} a_{j}\right) \gamma"),
    (say.total(a[j] * γ, j), "Σ_{j=1..m} a[j] γ", r"\sum_{j=1}^{m} a_{j} \gamma"),
    (
        u - 1 / m * say.total(xs[j], j),
        "u - 1/m Σ_{j=1..m} xs[j]",
        r"u - \frac{1}{m} \sum_{j=1}^{m} \mathrm{xs}_{j}",
    ),
    (say.total(a[j], j) / m, "(Σ_{j=1..m} a[j])/m", r"\frac{\sum_{j=1}^{m} a_{j}}{m}"),
    (say.grad(L, w), "∇_w L", r"\nabla_{w} L"),
    (say.grad(L(w), u), "∇_u L(w)", r"\nabla_{u} L(w)"),
    (say.grad(L, u + v), "∇L(u + v)", r"\nabla L(u + v)"),
    (say.grad(L(u) * γ, u), "∇_u (L(u) γ)", r"\nabla_{u} (L(u) \gamma)"),
    (say.grad(L(h[t]), h[t]), "∇_{h[t]} L", r"\nabla_{h_{t}} L"),
    (say.jac(f(u), u).T @ y, "(∂f(u)/∂u)ᵀ y", r"\left(\frac{\partial f(u)}{\partial u}\right)^{\top} y"),
    (γ / say.diff(γ**2, γ), "γ/(∂γ²/∂γ)", r"\frac{\gamma}{\frac{\partial \gamma^{2}}{\partial \gamma}}"),
    (say.hess(L, u), "∇²_u L", r"\nabla_{u}^{2} L"),
    (say.E(x), "E[x]", r"\mathbb{E}[x]"),
    (say.Var(u.T @ x), "Var(uᵀ x)", r"\operatorname{Var}(u^{\top} x)"),
    (say.Cov(x, u), "Cov(x, u)", r"\operatorname{Cov}(x, u)"),
    (W @ u, "W⊥ u", r"W^{\perp} u"),
    (μ**2, "μ_y²", r"\mu_{y}^{2}"),
    (γ * -β, "γ (-β)", r"\gamma (-\beta)"),
    (γ / β * γ, "(γ/β) γ", r"\frac{\gamma}{\beta} \gamma"),
    (γ / (β * γ), "γ/(β γ)", r"\frac{\gamma}{\beta \gamma}"),
    (γ / β * u, "γ/β u", r"\frac{\gamma}{\beta} u"),
    (γ / β / c, "γ/β/c", r"\frac{\frac{\gamma}{\beta}}{c}"),
    (-γ / β * c, "-(γ/β) c", r"-\frac{\gamma}{\beta} c"),
    (-γ * β, "-γ β", r"-\gamma \beta"),
    (-A @ u, "-A u", "-A u"),
    ((γ / β) ** 2, "(γ/β)²", r"\left(\frac{\gamma}{\beta}\right)^{2}"),
    (γ ** (n + 1), "γ^(n+1)", r"\gamma^{n + 1}"),
    (γ ** (β / 2), "γ^(β/2)", r"\gamma^{\beta/2}"),
    (2 * γ / (3 * β), "2 γ/(3 β)", r"\frac{2 \gamma}{3 \beta}"),
    (Fraction(1, 2) * γ, "(1/2) γ", r"\frac{1}{2} \gamma"),
    (γ - Fraction(1, 2) * β, "γ - (1/2) β", r"\gamma - \frac{1}{2} \beta"),
    (Fraction(1, 2) * u, "1/2 u", r"\frac{1}{2} u"),
    (2 * number(3), "2 · 3", r"2 \cdot 3"),
    (number(2) ** n, "2^n", "2^{n}"),
    (-2 * (u.T @ v) * w, "-2 (uᵀ v) w", r"-2 (u^{\top} v) w"),
    ((u.T @ v) / γ * w, "(uᵀ v/γ) w", r"\frac{u^{\top} v}{\gamma} w"),
    (A @ u / γ, "A u/γ", r"\frac{A u}{\gamma}"),
    (A @ (u / γ), "A (u/γ)", r"A \frac{u}{\gamma}"),
    (u @ u.T / say.norm(u) ** 2, "u uᵀ/‖u‖²", r"\frac{u u^{\top}}{\lVert u \rVert^{2}}"),
    ((A + C).T, "(A + C)ᵀ", r"(A + C)^{\top}"),
    (say.inv(A @ C), "(A C)⁻¹", "(A C)^{-1}"),
    (W.T @ u, "W⊥ᵀ u", r"{W^{\perp}}^{\top} u"),
    (W**2, "W⊥²", r"(W^{\perp})^{2}"),
    (say.inv(W), "W⊥⁻¹", r"(W^{\perp})^{-1}"),
    (x1.T @ x1, "x1ᵀ x1", r"x_{1}^{\top} x_{1}"),
    (w_in, "w_in", r"w_{\mathrm{in}}"),
    (loss * rate, "loss rate", r"\mathrm{loss} \, \mathrm{rate}"),
    (theta, "theta", r"\theta"),
    (say.had(say.had(u, v), u), "u ⊙ v ⊙ u", r"u \odot v \odot u"),
    (say.had(u, say.had(v, u)), "u ⊙ (v ⊙ u)", r"u \odot (v \odot u)"),
    (say.had(-u, v), "(-u) ⊙ v", r"(-u) \odot v"),
    (say.had(u, v) / γ, "(u ⊙ v)/γ", r"\frac{u \odot v}{\gamma}"),
    (say.exp(-(γ**2) / 2), "exp(-γ²/2)", r"\exp\!\left(-\frac{\gamma^{2}}{2}\right)"),
    (say.log(γ) ** 2, "log(γ)²", r"\log(\gamma)^{2}"),
    (σ(γ) ** 2, "σ(γ)²", r"\sigma(\gamma)^{2}"),
    (σ(A @ h[t - 1] + B @ y + b), "σ(A h[t-1] + B y + b)", r"\sigma(A h_{t-1} + B y + b)"),
    (say.det(A @ C) ** 2, "det(A C)²", r"\det(A C)^{2}"),
    (say.norm(γ * say.norm(u) * v), "norm(γ ‖u‖ v)", r"\bigl\lVert \gamma \lVert u \rVert v \bigr\rVert"),
    (say.abs_(say.abs_(γ) * β), "abs(|γ| β)", r"\bigl\lvert \lvert \gamma \rvert \beta \bigr\rvert"),
    (say.fro(A) ** 2, "‖A‖_F²", r"\lVert A \rVert_{F}^{2}"),
    (say.norm(u / γ), "‖u/γ‖", r"\left\lVert \frac{u}{\gamma} \right\rVert"),
    (say.total(a[j], j) + γ, "Σ_{j=1..m} a[j] + γ", r"\sum_{j=1}^{m} a_{j} + \gamma"),
    (say.total(a[j] + γ, j), "Σ_{j=1..m} (a[j] + γ)", r"\sum_{j=1}^{m} (a_{j} + \gamma)"),
    (means[t] ** 2, "μ_y[t]²", r"\mu_{y,t}^{2}"),
    ((A @ C)[1, 1], "(A C)[1,1]", "(A C)_{1,1}"),
    (W[1, 1], "W⊥[1,1]", r"W^{\perp}_{1,1}"),
    (
        γ / say.norm(u) * say.grad(L, w) - γ / say.norm(u) ** 3 * u @ (u.T @ say.grad(L, w)),
        "γ/‖u‖ ∇_w L - γ/‖u‖³ u (uᵀ ∇_w L)",
        r"\frac{\gamma}{\lVert u \rVert} \nabla_{w} L - "
        r"\frac{\gamma}{\lVert u \rVert^{3}} u (u^{\top} \nabla_{w} L)",
    ),
    (
        γ / say.norm(u) * (say.eye(n) - u @ u.T / say.norm(u) ** 2) @ say.grad(L, w),
        "γ/‖u‖ (I - u uᵀ/‖u‖²) ∇_w L",
        r"\frac{\gamma}{\lVert u \rVert} "
        r"\left(I - \frac{u u^{\top}}{\lVert u \rVert^{2}}\right) \nabla_{w} L",
    ),
    (
        θ - η / m * say.grad(say.total(loss_of(xs[j], ys[j], θ), j), θ),
        "θ - η/m ∇_θ Σ_{j=1..m} ℓ(xs[j], ys[j], θ)",
        r"\theta - \frac{\eta}{m} \nabla_{\theta} "
        r"\sum_{j=1}^{m} \ell(\mathrm{xs}_{j}, \mathrm{ys}_{j}, \theta)",
    ),
    (
        say.grad(L(θ) + γ * say.norm(θ) ** 2, θ),
        "∇_θ (L(θ) + γ ‖θ‖²)",
        r"\nabla_{\theta} (L(\theta) + \gamma \lVert \theta \rVert^{2})",
    ),
    (say.grad(L, w) @ y.T, "(∇_w L) yᵀ", r"(\nabla_{w} L) y^{\top}"),
    (say.grad(L, w) / γ, "(∇_w L)/γ", r"\frac{\nabla_{w} L}{\gamma}"),
    (say.diff(u / γ, γ), "∂(u/γ)/∂γ", r"\frac{\partial \left(\frac{u}{\gamma}\right)}{\partial \gamma}"),
    (say.jac(f(u), u) @ v, "(∂f(u)/∂u) v", r"\frac{\partial f(u)}{\partial u} v"),
    (say.E(x / γ), "E[x/γ]", r"\mathbb{E}\!\left[\frac{x}{\gamma}\right]"),
    (
        γ * (preactivation - μ) / spread + β,
        "γ (y - μ_y)/σ_y + β",
        r"\frac{\gamma (y - \mu_{y})}{\sigma_{y}} + \beta",
    ),
    (say.total(a[j], j) ** 2, "(Σ_{j=1..m} a[j])²", r"\left(\sum_{j=1}^{m} a_{j}\right)^{2}"),
    (say.grad(L(xs[1]), xs[1]), "∇_{xs[1]} L", r"\nabla_{\mathrm{xs}_{1}} L"),
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
        ("x1", "x_{1}"),
        ("x12", "x_{12}"),
        ("xₜ", "x_{t}"),
        ("x_1", "x_{1}"),
        ("W1_in", r"W_{1,\mathrm{in}}"),
        ("theta2", r"\theta_{2}"),
        ("gamma_x", r"\gamma_{x}"),
        ("lr", r"\mathrm{lr}"),
        ("λ′", r"\lambda^{\prime}"),
        ("w*", "w^{*}"),
        ("W⊥", r"W^{\perp}"),
        ("x\u0302", r"\hat{x}"),
        ("θ\u0304", r"\bar{\theta}"),
        ("ê", r"\hat{e}"),
        ("é", r"\acute{e}"),
        ("W⊥1", r"W_{1}^{\perp}"),
        ("Α", "A"),
        ("ΔW", r"\Delta W"),
    ],
)
def test_names_in_latex(name: str, written: str) -> None:
    assert latex(scalar(name)) == written


def test_a_name_is_written_as_its_author_asks() -> None:
    assert latex(scalar("g", latex=r"\mathfrak{g}") ** 2) == r"\mathfrak{g}^{2}"


def test_a_long_product_is_printed_at_once() -> None:
    product = γ
    for _ in range(200):
        product = product * β
    assert text(product) == " ".join(["γ", *["β"] * 200])
