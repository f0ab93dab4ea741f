"""Gradients of a recurrent unit through time: they vanish where the weights are small, and need not explode
where these are large."""

import numpy as np

from lemmata import (
    always,
    axiom,
    calc,
    cases,
    counterpart,
    diag,
    dims,
    disproof,
    eye,
    figure,
    function,
    induction,
    jac,
    largest_eigenvalue,
    map,
    matrix,
    opnorm,
    recurrence,
    scalar,
    sqrt,
    squeeze,
    tends,
    theorem,
    time,
    vector,
)
from numerics.recurrent import Activation, identity, jacobian, jacobian_bound, states, tanh

n, m, k = dims("n m k")
t, T = time("t"), time("T")
σ = function("σ", order=1)
W, U, b, x = matrix("W", n, n), matrix("U", n, m), vector("b", n), vector("x", m)
h0 = vector("h0", n)
H = map("H", n, n, order=1)  # h_{t-1} as a function of h_0
A, B = matrix("A", n, m), matrix("B", m, k)

D = matrix("D", n, n, over=t)  # Dσ(h_{t-1}), the differential of the activation
J = recurrence("J", (n, n), over=t, start=eye(n), step=lambda J, t: W @ D[t] @ J[t - 1])
γ, δ = scalar("γ", positive=True), scalar("δ", nonnegative=True)

bounded = always(opnorm(D[t]) <= γ, over=t)
small = largest_eigenvalue(W.T @ W) <= δ**2 / γ**2

NORMS = "Horn and Johnson (2013), Matrix Analysis, 2nd edition, "


@axiom(opnorm(A @ B) <= opnorm(A) * opnorm(B), source=NORMS + "Theorem 5.6.2; given in question 1.2")
def submultiplicativity():
    """The operator norm of a product is at most the product of the operator norms."""


@axiom(largest_eigenvalue(A.T @ A) == opnorm(A) ** 2, source=NORMS + "Example 5.6.6; given in question 1.2")
def spectral_norm():
    """The largest eigenvalue of AᵀA is the square of the operator norm."""


@axiom(opnorm(eye(n)) == 1, source=NORMS + "Theorem 5.6.2")
def norm_of_identity():
    """The operator norm of the identity is 1."""


def one_more_step(at):
    """W Dσ(h) from two states next to each other, times the Jacobian of the first."""
    activation = Activation("σ", at.function(σ), at.function(σ, order=1), gamma=1)
    run = states([[at(x)]], [at(H(h0))], at(W), at(U), at(b), activation=activation)
    return jacobian(at(W), run, activation=activation).matrix()[0] @ at(jac(H(h0), h0))


@theorem(
    jac(W @ σ(H(h0)) + U @ x + b, h0) == W @ diag(σ.derivative(H(h0))) @ jac(H(h0), h0),
    source="question 1.2",
    computed_by=counterpart(jacobian, one_more_step),
)
def jacobian_of_a_step():
    """One more step multiplies the Jacobian by W Dσ(h), whatever function of h_0 the state before was."""
    return calc(jac(W @ σ(H(h0)) + U @ x + b, h0)).eq(
        W @ diag(σ.derivative(H(h0))) @ jac(H(h0), h0), by="chain rule"
    )


@theorem(opnorm(W @ D[t]) <= δ, given=[bounded, small], source="question 1.2")
def norm_of_a_step():
    """A step stretches by at most δ."""
    return (
        calc(opnorm(W @ D[t]))
        .le(opnorm(W) * opnorm(D[t]), by=submultiplicativity.at(A=W, B=D[t]))
        .le(opnorm(W) * γ, by="hypotheses")
        .eq(sqrt(largest_eigenvalue(W.T @ W)) * γ, by=spectral_norm.at(A=W))
        .le(sqrt(δ**2 / γ**2) * γ, by=["monotonicity", spectral_norm.at(A=W)])
        .eq(δ, by="algebra")
    )


def of_a_linear_unit(at):
    """∂h_t/∂h_0 where σ(z) = z; the states do not matter."""
    return jacobian(at(W), np.zeros((at(t) + 1, 1, at(n))), activation=identity).norm()[0]


linear = [always(D[t] == eye(n), over=t), γ == 1]


@theorem(
    opnorm(J[t]) <= δ**t,
    given=[bounded, small],
    source="question 1.2",
    computed_by=counterpart(jacobian, lambda at: (of_a_linear_unit(at), at(δ) ** at(t)), given=linear),
)
def norm_of_jacobian():
    """The Jacobian after t steps stretches by at most δ^t."""
    return induction(
        on=t,
        base=calc(opnorm(J[0]))
        .eq(opnorm(eye(n)), by=J.start)
        .eq(1, by=norm_of_identity)
        .eq(δ**0, by="algebra"),
        step=calc(opnorm(J[t]))
        .eq(opnorm(W @ D[t] @ J[t - 1]), by=J.step)
        .le(opnorm(W @ D[t]) * opnorm(J[t - 1]), by=submultiplicativity.at(A=W @ D[t], B=J[t - 1]))
        .le(δ * opnorm(J[t - 1]), by=norm_of_a_step)
        .le(δ * δ ** (t - 1), by="induction hypothesis")
        .eq(δ**t, by="algebra"),
    )


def norm_and_bound(at):
    """The norm of ∂h_t/∂h_0, and the bound that is computed from the weights."""
    return of_a_linear_unit(at), jacobian_bound(at(W), at(t), activation=identity).bound()


@theorem(
    opnorm(J[t]) <= (γ * opnorm(W)) ** t,
    given=[bounded],
    source="question 1.2",
    computed_by=counterpart(jacobian_bound, norm_and_bound, given=linear),
)
def bound_of_jacobian():
    """Whatever the weights are, the Jacobian after t steps stretches by at most (γ ‖W‖)^t."""
    return induction(
        on=t,
        base=calc(opnorm(J[0]))
        .eq(opnorm(eye(n)), by=J.start)
        .eq(1, by=norm_of_identity)
        .eq((γ * opnorm(W)) ** 0, by="algebra"),
        step=calc(opnorm(J[t]))
        .eq(opnorm(W @ D[t] @ J[t - 1]), by=J.step)
        .le(opnorm(W @ D[t]) * opnorm(J[t - 1]), by=submultiplicativity.at(A=W @ D[t], B=J[t - 1]))
        .le(opnorm(W) * opnorm(D[t]) * opnorm(J[t - 1]), by=submultiplicativity.at(A=W, B=D[t]))
        .le(opnorm(W) * γ * opnorm(J[t - 1]), by="hypotheses")
        .le(opnorm(W) * γ * (γ * opnorm(W)) ** (t - 1), by="induction hypothesis")
        .eq((γ * opnorm(W)) ** t, by="algebra"),
    )


@theorem(tends(opnorm(J[t]), 0, over=t), given=[bounded, small, δ < 1], source="question 1.2")
def vanishing_gradient():
    """The gradient of the hidden state vanishes."""
    return squeeze(
        over=t,
        below=calc(0).le(opnorm(J[t]), by="algebra"),
        above=calc(opnorm(J[t])).le(δ**t, by=norm_of_jacobian),
    )


@disproof(tends(opnorm(J[t]), 0, over=t), given=[bounded, small, δ <= 1], source="question 1.2")
def vanishing_needs_less_than_one():
    """With δ = 1 the gradient need not vanish."""


def run_of_a_unit(size, steps, delta):
    """W of norm δ, and the states of a unit with σ = tanh along a run on random inputs."""
    at_random = np.random.RandomState(1)  # its stream is the same in every version of NumPy
    weights = np.eye(size) + at_random.standard_normal((size, size)) / 4
    weights *= delta / np.linalg.norm(weights, ord=2)
    inputs = at_random.standard_normal((steps, 1, size))
    bias = np.zeros(size)
    return weights, states(inputs, [bias], weights, np.eye(size) / 2, bias, activation=tanh)


def log_of_products(norms):
    """The logarithms of the products of the first 0, 1, 2, ... of the norms."""
    return np.concatenate([[0.0], np.cumsum(np.log(norms))])


@figure("The Jacobian under each of its bounds", source="question 1.2")
def jacobian_under_its_bounds(axes):
    """A run of 40 steps with 4 units, σ = tanh, γ = 1 and δ = 0.95, on random inputs. Between a line and the
    one above it is the slack of one inequality of `norm_of_a_step` and `norm_of_jacobian`: the product
    stretches less than its factors one by one, W Dσ less than W and Dσ apart, and Dσ less than γ.
    """
    steps, delta = 40, 0.95
    weights, visited = run_of_a_unit(4, steps, delta)
    slopes = tanh.derivative(visited[:-1, 0])
    of_steps = [np.linalg.norm(weights * slope, ord=2) for slope in slopes]
    logs = {
        r"$\delta^T$": [
            jacobian_bound(weights, done, activation=tanh).log_bound() for done in range(steps + 1)
        ],
        r"$\prod\,\|W\|\,\|D\sigma\|$": log_of_products(delta * slopes.max(axis=1)),
        r"$\prod\,\|W D\sigma\|$": log_of_products(of_steps),
        r"$\|\partial h_T/\partial h_0\|$": [
            jacobian(weights, visited[: done + 1], activation=tanh).log_norm()[0] for done in range(steps + 1)
        ],
    }
    for name, values in logs.items():
        (line,) = axes.semilogy(np.exp(values))
        axes.annotate(
            name, (steps, np.exp(values[-1])), (6, -3), textcoords="offset points", color=line.get_color()
        )
    axes.set(xlabel="number of steps T", xlim=(0, steps * 1.22))


@theorem(
    δ**2 / γ**2 < largest_eigenvalue(W.T @ W), given=[bounded, δ**t < opnorm(J[t])], source="question 1.3"
)
def large_weights_are_necessary():
    """The Jacobian exceeds δ^t only where λ₁(WᵀW) exceeds δ²/γ²: large weights are necessary to explode."""
    return cases(
        small,
        first=calc(δ**2 / γ**2).lt(largest_eigenvalue(W.T @ W), by=["contradiction", norm_of_jacobian]),
        second=calc(δ**2 / γ**2).lt(largest_eigenvalue(W.T @ W), by="case"),
    )


large = δ**2 / γ**2 < largest_eigenvalue(W.T @ W)


@disproof(δ**t <= opnorm(J[t]), given=[bounded, large], source="question 1.3")
def large_weights_are_not_sufficient():
    """However large the weights are, the gradient need not grow: the activation may be saturated, Dσ = 0."""


@disproof(δ**t <= opnorm(J[t]), given=[always(D[t] == eye(n), over=t), γ == 1, large], source="question 1.3")
def large_weights_are_not_sufficient_for_a_linear_unit():
    """Nor need it where σ(z) = z: the weights may be nilpotent."""
