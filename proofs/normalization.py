"""Normalisation: batch normalisation of whitened data is a linear map, and weight normalisation projects
the gradient away from the direction of the weights (Salimans and Kingma, 2016)."""

import numpy as np

from lemmata import (
    E,
    Var,
    calc,
    counterpart,
    define,
    derive_gradient,
    dims,
    eye,
    field,
    figure,
    grad,
    norm,
    random_vector,
    scalars,
    sqrt,
    theorem,
    vector,
)
from numerics.normalization import batch_norm, weight_norm, weight_norm_grad

(n,) = dims("n")
γ, β, η = scalars("γ β η")
u = vector("u", n)
w = define("w", γ * u / norm(u))
W = define("W⊥", eye(n) - u @ u.T / norm(u) ** 2)
L = field("L", n, order=1)

x = random_vector("x", n, moments=2)
y = define("y", u.T @ x)
μ = define("μ_y", E(y))
σ = define("σ_y", sqrt(Var(y)))
whitened = [u != 0, E(x) == 0, Var(x) == eye(n)]


@theorem(E(y) == 0, given=[E(x) == 0], source="question 4.2")
def preactivation_mean():
    """The preactivation of centred data has mean 0."""
    return calc(E(y)).eq(u.T @ E(x), by="linearity").eq(0, by=E(x) == 0)


@theorem(Var(y) == norm(u) ** 2, given=[E(x) == 0, Var(x) == eye(n)], source="question 4.2")
def preactivation_variance():
    """The preactivation of whitened data has the variance ‖u‖²."""
    return (
        calc(Var(y))
        .eq(u.T @ Var(x) @ u, by="linearity")
        .eq(u.T @ u, by=Var(x) == eye(n))
        .eq(norm(u) ** 2, by="norm")
    )


def normalized_preactivations(at):
    """Batch normalisation of y as the only channel, over equally likely outcomes of x."""
    return batch_norm(at.samples(y)[:, None], gamma=[at(γ)], beta=[at(β)], eps=0.0)[:, 0]


@theorem(
    γ * (y - μ) / σ + β == w.T @ x + β,
    given=whitened,
    source="question 4.2",
    computed_by=counterpart(batch_norm, normalized_preactivations),
)
def batch_normalization_of_whitened_data():
    """Standardising the preactivation of whitened data is the same as normalising the weights.

    Only the first two moments of x are used; its distribution is not.
    """
    return (
        calc(γ * (y - μ) / σ + β)
        .eq(γ * y / norm(u) + β, by=[μ, σ, preactivation_mean, preactivation_variance])
        .eq(w.T @ x + β, by=[w, y])
    )


def gradient_of_direction(at):
    """The backward pass of weight normalisation, from the gradient at w."""
    return weight_norm_grad(at(grad(L, w)), at(u), at(γ), axes=0).u


@theorem(
    grad(L(w), u) == γ / norm(u) * W @ grad(L, w),
    given=[u != 0],
    source="question 4.3",
    computed_by=counterpart(weight_norm_grad, gradient_of_direction),
)
def weight_norm_gradient():
    """The gradient with respect to the direction is projected away from it, and scaled by γ/‖u‖."""
    return (
        calc(grad(L(w), u))
        .eq(γ / norm(u) * grad(L, w) - γ / norm(u) ** 3 * u @ (u.T @ grad(L, w)), by="derivative")
        .eq(γ / norm(u) * W @ grad(L, w), by=W)
    )


@theorem(grad(L(w), u) == γ / norm(u) * (eye(n) - u @ u.T / norm(u) ** 2) @ grad(L, w), given=[u != 0])
def weight_norm_gradient_derived():
    """The same, where the derivation is found by lemmata."""
    return derive_gradient(L(w), u)


@theorem(W @ u == 0, given=[u != 0], source="question 4.3, footnote 2")
def projection_annihilates_direction():
    """The projection takes u to 0."""
    return calc(W @ u).eq(u - u @ (u.T @ u) / norm(u) ** 2, by=W).eq(0, by="algebra")


@theorem(W.T == W, given=[u != 0])
def projection_symmetric():
    """The projection is symmetric."""
    return calc(W.T).eq(W, by=W)


@theorem(W @ W == W, given=[u != 0])
def projection_idempotent():
    """Projecting twice is projecting once."""
    return calc(W @ W).eq(W - W @ u @ u.T / norm(u) ** 2, by=W).eq(W, by=projection_annihilates_direction)


@theorem(u.T @ grad(L(w), u) == 0, given=[u != 0])
def gradient_orthogonal_to_direction():
    """The gradient with respect to the direction is orthogonal to it."""
    return (
        calc(u.T @ grad(L(w), u)).eq(γ / norm(u) * u.T @ W @ grad(L, w), by=weight_norm_gradient).eq(0, by=W)
    )


@theorem(
    norm(u - η * grad(L(w), u)) ** 2 == norm(u) ** 2 + η**2 * norm(grad(L(w), u)) ** 2,
    given=[u != 0],
)
def step_adds_to_norm():
    """A gradient step adds the square of its length to the square of the norm."""
    g = grad(L(w), u)
    return (
        calc(norm(u - η * g) ** 2)
        .eq(norm(u) ** 2 - 2 * η * u.T @ g + η**2 * norm(g) ** 2, by="expanding")
        .eq(norm(u) ** 2 + η**2 * norm(g) ** 2, by=gradient_orthogonal_to_direction)
    )


@theorem(norm(u) ** 2 <= norm(u - η * grad(L(w), u)) ** 2, given=[u != 0])
def weight_norm_never_shrinks():
    """Weight normalisation never shrinks u."""
    g = grad(L(w), u)
    return (
        calc(norm(u) ** 2)
        .le(norm(u) ** 2 + η**2 * norm(g) ** 2, by="algebra")
        .eq(norm(u - η * g) ** 2, by=step_adds_to_norm)
    )


def norms_of_a_run(rate, steps=300):
    """‖u‖ along stochastic gradient descent on a linear regression with w = u/‖u‖, and what it should be."""
    random = np.random.default_rng(7)
    inputs = random.normal(size=(64, 8))
    targets = inputs @ random.normal(size=8) + 0.5 * random.normal(size=64)
    direction = random.normal(size=8)
    direction /= np.linalg.norm(direction)
    norms, squares = [1.0], [1.0]
    for chosen in random.integers(0, len(targets), size=steps):
        error = inputs[chosen] @ weight_norm(direction, 1.0, axes=0) - targets[chosen]
        step = rate * weight_norm_grad(error * inputs[chosen], direction, 1.0, axes=0).u
        direction = direction - step
        norms.append(np.linalg.norm(direction))
        squares.append(squares[-1] + step @ step)
    return np.array(norms), np.sqrt(squares)


@figure("The norm of u never shrinks", source="question 4.3")
def norm_along_a_run(axes):
    """‖u‖ along runs of stochastic gradient descent at three learning rates η (lines), and what
    `step_adds_to_norm` says it is, √(‖u_0‖² + Σ η² ‖∇_u L‖²) (dots). Each step is orthogonal to u, so ‖u‖
    only grows, and the more so the larger the rate; as it grows the steps become smaller beside it.
    """
    for rate in (0.02, 0.1, 0.3):
        norms, predicted = norms_of_a_run(rate)
        (line,) = axes.plot(norms, label=f"η = {rate}")
        every = np.arange(0, len(norms), 25)
        axes.plot(every, predicted[every], "o", color=line.get_color(), markersize=4)
    axes.set_xlabel("step")
    axes.set_ylabel("‖u‖")
    axes.legend()
