"""Which weights Adam regularises more: under L2 those with small gradients, under decoupled decay all alike.

The *rate* of a scheme is the part of a step that the regulariser makes, relative to the weight: the step
takes this fraction of the weight away. Each weight is looked at by itself; r̂ is held fixed (though the
regulariser is in it, too), and two weights are compared at the same ε, γ and δ. Loshchilov and Hutter (2019),
Decoupled weight decay regularization.
"""

import numpy as np

from lemmata import (
    calc,
    counterpart,
    induction,
    recurrence,
    scalar,
    scalars,
    sqrt,
    theorem,
    time,
)
from numerics.optimizers import adam, adam_delta_inside
from numerics.optimizers.adaptive import Moments, mean_weights
from numerics.optimizers.rule import State

ε, γ, δ, λ, ρ, θ = scalars("ε γ δ λ ρ θ")
t = time("t")
HALF = 0.5

# -- the part of the regulariser in ŝ -----------------------------------------------------------------------

# The gradients g and the weights x of a run, as they come: s averages g + 2γx, a averages g, w averages x.
g, x = scalar("g", over=t), scalar("x", over=t)
s = recurrence("s", over=t, start=0, step=lambda s, t: ρ * s[t - 1] + (1 - ρ) * (g[t] + 2 * γ * x[t]))
a = recurrence("a", over=t, start=0, step=lambda a, t: ρ * a[t - 1] + (1 - ρ) * g[t])
w = recurrence("w", over=t, start=0, step=lambda w, t: ρ * w[t - 1] + (1 - ρ) * x[t])
held = recurrence("u", over=t, start=0, step=lambda u, t: ρ * u[t - 1] + (1 - ρ) * θ)


@theorem(s[t] == a[t] + 2 * γ * w[t], source="question 3.3")
def first_moment_splits():
    """s is linear in the gradients: the regulariser adds 2γ times the same mean of the weights."""
    return induction(
        on=t,
        base=calc(s[0]).eq(0, by=s.start).eq(a[0] + 2 * γ * w[0], by=[a.start, w.start]),
        step=calc(s[t])
        .eq(ρ * s[t - 1] + (1 - ρ) * (g[t] + 2 * γ * x[t]), by=s.step)
        .eq(ρ * (a[t - 1] + 2 * γ * w[t - 1]) + (1 - ρ) * (g[t] + 2 * γ * x[t]), by="induction hypothesis")
        .eq(a[t] + 2 * γ * w[t], by=[a.step, w.step]),
    )


@theorem(held[t] == (1 - ρ**t) * θ, source="question 3.3")
def mean_of_a_weight_that_stays():
    """Where the weight hardly moves, its mean without the bias is the weight itself: ŝ has 2γθ in it."""
    return induction(
        on=t,
        base=calc(held[0]).eq(0, by=held.start).eq((1 - ρ**0) * θ, by="algebra"),
        step=calc(held[t])
        .eq(ρ * held[t - 1] + (1 - ρ) * θ, by=held.step)
        .eq(ρ * (1 - ρ ** (t - 1)) * θ + (1 - ρ) * θ, by="induction hypothesis")
        .eq((1 - ρ**t) * θ, by="algebra"),
    )


# -- the rates ----------------------------------------------------------------------------------------------

ŝ, r̂ = scalars("ŝ r̂")
positive = [ε > 0, γ > 0, δ > 0]


def outside(r):
    """The denominator of Algorithm 8.7."""
    return sqrt(r) + δ


def inside(r):
    """The denominator of the assignment."""
    return sqrt(r + δ)


def l2_rate(denominator):
    """The rate under L2."""
    return 2 * ε * γ / denominator


def l2_step(denominator):
    """Δθ under L2, where the gradients of the loss alone have the mean ŝ."""
    return -ε * (ŝ + 2 * γ * θ) / denominator


def decoupled_step(denominator):
    """Δθ under decoupled decay."""
    return -(ε * ŝ / denominator + λ * θ)


def step_from(at, rule, mean):
    """A step of the rule whose ŝ is the mean and whose r̂ is as at the point: the gradient, with what the
    regulariser adds to it, is 0, and the state is such that the averages come out so."""
    kept = mean_weights(HALF, 2)[0]
    memory = Moments(np.array(mean / kept), np.array(np.sqrt(at(r̂) / kept)))
    state = State(np.array(at(θ)), 1, np.array(at(θ)), memory)
    return float(rule.step(state, -2 * rule.l2 * at(θ)).theta) - at(θ)


def rate_of(at, make, l2=0.0, decoupled=0.0):
    """How much less of the weight is left by a step that regularises, relative to the weight."""
    known = {"learning_rate": at(ε), "delta": at(δ), "rho1": HALF, "rho2": HALF}
    plain = step_from(at, make(**known), at(ŝ))
    regularised = step_from(at, make(**known, l2=l2, decoupled=decoupled), at(ŝ) + 2 * l2 * at(θ))
    return (plain - regularised) / at(θ)


rated = [θ != 0, r̂ >= 0, δ > 0]


@theorem(
    (-ε * ŝ / outside(r̂) - l2_step(outside(r̂))) / θ == l2_rate(outside(r̂)),
    given=rated,
    source="question 3.3",
    computed_by=counterpart(adam, lambda at: rate_of(at, adam, l2=at(γ)), given=[ε > 0, γ > 0]),
)
def l2_rate_outside():
    """L2, δ outside the root: the rate is 2εγ/(√r̂ + δ).

    Without the regulariser the step would be -ε ŝ/(√r̂ + δ); what is left of it is divided by the weight.
    """
    return (
        calc((-ε * ŝ / outside(r̂) - l2_step(outside(r̂))) / θ)
        .eq(ε * 2 * γ * θ / outside(r̂) / θ, by="algebra")
        .eq(l2_rate(outside(r̂)), by="algebra")
    )


@theorem(
    (-ε * ŝ / inside(r̂) - l2_step(inside(r̂))) / θ == l2_rate(inside(r̂)),
    given=rated,
    source="question 3.3",
    computed_by=counterpart(
        adam_delta_inside, lambda at: rate_of(at, adam_delta_inside, l2=at(γ)), given=[ε > 0, γ > 0]
    ),
)
def l2_rate_inside():
    """The same with δ inside the root, as it is printed: 2εγ/√(r̂ + δ)."""
    return (
        calc((-ε * ŝ / inside(r̂) - l2_step(inside(r̂))) / θ)
        .eq(ε * 2 * γ * θ / inside(r̂) / θ, by="algebra")
        .eq(l2_rate(inside(r̂)), by="algebra")
    )


@theorem(
    (-ε * ŝ / inside(r̂) - decoupled_step(inside(r̂))) / θ == λ,
    given=rated,
    source="question 3.3",
    computed_by=counterpart(
        adam_delta_inside,
        lambda at: rate_of(at, adam_delta_inside, decoupled=at(λ)),
        given=[ε > 0, λ >= 0, λ <= 1],
    ),
)
def decoupled_rate():
    """Decoupled decay: the rate is λ, for each weight and whatever its gradients are."""
    return (
        calc((-ε * ŝ / inside(r̂) - decoupled_step(inside(r̂))) / θ)
        .eq(λ * θ / θ, by="algebra")
        .eq(λ, by="algebra")
    )


r_small, r_large = scalars("r_small r_large")
apart = [r_small >= 0, r_small < r_large]


@theorem(r_large > 0, given=apart)
def larger_is_positive():
    """The larger of the two is positive."""
    return calc(r_large).gt(r_small, by=r_small < r_large).ge(0, by=r_small >= 0)


@theorem(
    l2_rate(outside(r_large)) < l2_rate(outside(r_small)), given=[*positive, *apart], source="question 3.3"
)
def small_gradients_are_regularised_more():
    """Question (a): under L2 the weight with the smaller r̂ is regularised more, strictly. δ is outside."""
    difference = (
        l2_rate(outside(r_large)) * (r_large - r_small) / ((sqrt(r_large) + sqrt(r_small)) * outside(r_small))
    )
    return (
        calc(l2_rate(outside(r_large)))
        .lt(l2_rate(outside(r_large)) + difference, by=larger_is_positive)
        .eq(l2_rate(outside(r_small)), by=larger_is_positive)
    )


@theorem(
    l2_rate(inside(r_large)) < l2_rate(inside(r_small)), given=[*positive, *apart], source="question 3.3"
)
def small_gradients_are_regularised_more_inside():
    """The same with δ inside the root."""
    difference = (
        l2_rate(inside(r_large))
        * (r_large - r_small)
        / ((inside(r_large) + inside(r_small)) * inside(r_small))
    )
    return (
        calc(l2_rate(inside(r_large)))
        .lt(l2_rate(inside(r_large)) + difference, by=larger_is_positive)
        .eq(l2_rate(inside(r_small)), by=larger_is_positive)
    )


@theorem(
    l2_rate(outside(r_large)) != l2_rate(outside(r_small)), given=[*positive, *apart], source="question 3.4"
)
def no_decay_is_l2_for_adam():
    """So no one λ makes decay and L2 the same for both weights, as it does for plain gradient descent."""
    return calc(l2_rate(outside(r_large))).ne(
        l2_rate(outside(r_small)), by=[small_gradients_are_regularised_more, larger_is_positive]
    )


@theorem(inside(r̂) <= sqrt(r̂) + sqrt(δ), given=[r̂ >= 0, δ > 0], source="question 3.3")
def inside_acts_as_its_root_outside():
    """δ inside the root is no more than √δ outside: where r̂ is small, the two placements are not alike."""
    top, bottom = sqrt(r̂) + sqrt(δ), inside(r̂)
    return (
        calc(bottom).le(bottom + 2 * sqrt(r̂) * sqrt(δ) / (top + bottom), by="algebra").eq(top, by="algebra")
    )
