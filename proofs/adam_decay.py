"""Why weight decay is the better scheme for Adam: it regularises every weight at the same rate, as L2 does in
stochastic gradient descent. Under L2, Adam regularises a weight the less, the larger its gradients are."""

import numpy as np

from lemmata import (
    calc,
    counterpart,
    diff,
    dims,
    figure,
    had_div,
    index,
    induction,
    ones,
    recurrence,
    scalars,
    sqrt,
    theorem,
    time,
    vector,
)
from numerics.optimizers import adam, sgd

(n,) = dims("n")
ε, γ, δ, η, λ, ρ, m = scalars("ε γ δ η λ ρ m")
θ, g = vector("θ", n), vector("g", n)
t, j = time("t"), index("j", n)
positive = [ε > 0, γ > 0, δ > 0]
rate = 2 * ε * γ / (m + δ)


@theorem(had_div(λ * θ, θ) == λ * ones(n), given=[θ[j] != 0], source="question 3.4")
def decay_takes_the_same_fraction_of_each_weight():
    """Decoupled decay takes λθ away: the fraction λ of each weight."""
    return calc(had_div(λ * θ, θ)).eq(λ * ones(n), by="algebra")


def fraction_taken_by_sgd(at):
    """How much less of each weight is left by a step of SGD with L2, relative to the weight."""
    plain, regularised = sgd(learning_rate=at(η)), sgd(learning_rate=at(η), l2=at(γ))
    steps = [rule.step(rule.start(at(θ)), at(g)).theta for rule in (plain, regularised)]
    return (steps[0] - steps[1]) / at(θ)


@theorem(
    had_div(θ - η * g - (θ - η * (g + 2 * γ * θ)), θ) == 2 * η * γ * ones(n),
    given=[θ[j] != 0],
    source="question 3.4",
    computed_by=counterpart(sgd, fraction_taken_by_sgd, given=[η > 0, γ > 0]),
)
def sgd_takes_the_same_fraction_of_each_weight():
    """So does L2 under stochastic gradient descent: it takes the fraction 2ηγ."""
    return (
        calc(had_div(θ - η * g - (θ - η * (g + 2 * γ * θ)), θ))
        .eq(had_div(2 * η * γ * θ, θ), by="algebra")
        .eq(2 * η * γ * ones(n), by="algebra")
    )


r = recurrence("r", over=t, start=0, step=lambda r, t: ρ * r[t - 1] + (1 - ρ) * m**2)


@theorem(r[t] == (1 - ρ**t) * m**2, source="question 3.4")
def second_moment_of_a_steady_magnitude():
    """Where all gradients of a weight have the magnitude m, r̂ is m²."""
    return induction(
        on=t,
        base=calc(r[0]).eq(0, by=r.start).eq((1 - ρ**0) * m**2, by="algebra"),
        step=calc(r[t])
        .eq(ρ * r[t - 1] + (1 - ρ) * m**2, by=r.step)
        .eq(ρ * (1 - ρ ** (t - 1)) * m**2 + (1 - ρ) * m**2, by="induction hypothesis")
        .eq((1 - ρ**t) * m**2, by="algebra"),
    )


@theorem(2 * ε * γ / (sqrt(m**2) + δ) == rate, given=[m >= 0, δ > 0], source="question 3.4")
def rate_at_a_magnitude():
    """Under L2 the rate 2εγ/(√r̂ + δ) is then 2εγ/(m + δ)."""
    return calc(2 * ε * γ / (sqrt(m**2) + δ)).eq(rate, by="algebra")


@theorem(diff(rate, m) < 0, given=[*positive, m >= 0], source="question 3.4")
def rate_falls_with_the_magnitude():
    """It falls as the gradients grow."""
    return calc(diff(rate, m)).eq(-2 * ε * γ / (m + δ) ** 2, by="derivative").lt(0, by="algebra")


@theorem(rate < 2 * ε * γ / m, given=[*positive, m > 0], source="question 3.4")
def large_gradients_escape():
    """It is less than 2εγ/m: a weight with large gradients is hardly regularised at all."""
    return calc(rate).lt(rate + 2 * ε * γ * δ / (m * (m + δ)), by="algebra").eq(2 * ε * γ / m, by="algebra")


MAGNITUDES, STEPS = (0.1, 10.0), 2000


def weights_left(rule):
    """What is left of two weights, step by step: their gradients change sign at each step, so that the loss
    asks for nothing, and have a small and a large magnitude."""
    state = rule.start(np.ones(2))
    left = [state.theta]
    for step in range(STEPS):
        state = rule.step(state, np.array(MAGNITUDES) * (-1) ** step)
        left.append(state.theta)
    return np.array(left)


@figure("What is left of two weights", source="question 3.4")
def shrinkage_of_two_weights(axes):
    """What is left of two weights whose gradients average to 0, their magnitudes being 0.1 and 10. Decoupled
    decay (λ = 0.0005) shrinks both alike; L2 (γ = 0.005, ε = 0.01) shrinks the one with the small gradients,
    and hardly the other."""
    runs = {
        "L2": adam(learning_rate=0.01, l2=0.005),
        "decoupled decay": adam(learning_rate=0.01, decoupled=0.0005),
    }
    for (name, rule), colour in zip(runs.items(), ("C0", "C1"), strict=True):
        for magnitude, left, style in zip(MAGNITUDES, weights_left(rule).T, ("-", "--"), strict=True):
            label = f"{name}, gradients of magnitude {magnitude:g}"
            axes.plot(left, color=colour, linestyle=style, linewidth=2, label=label)
    axes.set_xlabel("step t")
    axes.set_ylabel("what is left of the weight")
    axes.set_ylim(bottom=0)
    axes.legend(loc="lower left")
