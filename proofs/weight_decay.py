"""Weight decay is L2 regularisation, for stochastic gradient descent: a step on L + γ‖θ‖² is a step on L
that also scales θ. The factor is derived from the two rules, not put in."""

from lemmata import (
    calc,
    counterpart,
    define,
    derive_gradient,
    dims,
    field,
    grad,
    index,
    norm,
    scalar,
    scalars,
    solve_for,
    theorem,
    total,
    vector,
)
from numerics.optimizers import sgd

n, m, p, q = dims("n m p q")
η, γ = scalars("η γ")
θ = vector("θ", n)
L = field("L", n, order=1)

sgd_on_regularised = θ - η * grad(L(θ) + γ * norm(θ) ** 2, θ)
unknown = scalar("λ")
λ = define("λ", solve_for(unknown, sgd_on_regularised == θ - η * grad(L, θ) + unknown * θ))
decay = define("λ′", solve_for(unknown, sgd_on_regularised == θ - η * grad(L, θ) - unknown * θ))


def step_on_regularised(at):
    """A step of SGD whose gradient has the term of the regulariser."""
    rule = sgd(learning_rate=at(η), l2=at(γ))
    return rule.step(rule.start(at(θ)), at(grad(L, θ))).theta


def step_with_decay(at):
    """A step of SGD that also takes away a fraction 2ηγ of θ."""
    rule = sgd(learning_rate=at(η), decoupled=at(decay))
    return rule.step(rule.start(at(θ)), at(grad(L, θ))).theta


rates = [η > 0, γ > 0]


@theorem(grad(norm(θ) ** 2, θ) == 2 * θ)
def gradient_of_squared_norm():
    """The gradient of ‖θ‖² is 2θ; no condition is needed, not even θ ≠ 0."""
    return derive_gradient(norm(θ) ** 2, θ)


@theorem(
    sgd_on_regularised == θ - η * grad(L, θ) + λ * θ,
    source="question 3.1",
    computed_by=[
        counterpart(sgd, step_on_regularised, given=rates),
        counterpart(sgd, step_with_decay, given=[*rates, decay <= 1]),
    ],
)
def weight_decay_is_l2_regularization():
    """The update on the regularised loss is the update with weight decay, with λ = -2ηγ."""
    return (
        calc(sgd_on_regularised)
        .eq(θ - η * grad(L, θ) - 2 * η * γ * θ, by="derivative")
        .eq(θ - η * grad(L, θ) + λ * θ, by=λ)
    )


@theorem(λ == -2 * η * γ, source="question 3.1")
def decay_factor():
    """The factor which was derived."""
    return calc(λ).eq(-2 * η * γ, by=λ)


@theorem(sgd_on_regularised == θ - η * grad(L, θ) - decay * θ)
def weight_decay_subtracted():
    """The same where the decay is subtracted: λ = 2ηγ."""
    return (
        calc(sgd_on_regularised)
        .eq(θ - η * grad(L, θ) - 2 * η * γ * θ, by="derivative")
        .eq(θ - η * grad(L, θ) - decay * θ, by=decay)
    )


j = index("j", m)
x, y = vector("x", p, over=m), vector("y", q, over=m)
loss = field("ℓ", p, q, n, order=1)
mean_loss = 1 / m * total(loss(x[j], y[j], θ), j)
mean_regularised = 1 / m * total(loss(x[j], y[j], θ) + γ * norm(θ) ** 2, j)


def step_on_minibatch(at):
    """A step of SGD with the mean of the gradients of the examples."""
    rule = sgd(learning_rate=at(η), l2=at(γ))
    return rule.step(rule.start(at(θ)), at(grad(mean_loss, θ))).theta


@theorem(
    θ - η * grad(mean_regularised, θ) == θ - η / m * grad(total(loss(x[j], y[j], θ), j), θ) + λ * θ,
    source="question 3.1",
    computed_by=counterpart(sgd, step_on_minibatch, given=rates),
)
def minibatch_weight_decay():
    """The same for the mean over a mini-batch of m examples, each with its own term γ‖θ‖²."""
    return (
        calc(θ - η * grad(mean_regularised, θ))
        .eq(θ - η * grad(mean_loss, θ) - 2 * η * γ * θ, by="derivative")
        .eq(θ - η / m * grad(total(loss(x[j], y[j], θ), j), θ) - 2 * η * γ * θ, by="linearity")
        .eq(θ - η / m * grad(total(loss(x[j], y[j], θ), j), θ) + λ * θ, by=λ)
    )
