"""Adam with L2 regularisation: one line of the algorithm changes, that of the gradient, and no other.

The lines are those of Goodfellow, Bengio and Courville (2016), Deep Learning, Algorithm 8.7. γ‖θ‖² adds 2γθ
to the gradient, not γθ. All operations on vectors are entry by entry.
"""

from lemmata import (
    calc,
    counterpart,
    define,
    dims,
    field,
    grad,
    had,
    had_div,
    index,
    induction,
    norm,
    ones,
    recurrences,
    scalar,
    scalars,
    sqrt,
    theorem,
    time,
    total,
    vector,
    zeros,
)
from numerics.optimizers import adam

n, m, p, q = dims("n m p q")
ε, δ, γ, ρ = scalars("ε δ γ ρ")
ρ1, ρ2 = scalar("ρ₁"), scalar("ρ₂")
L = field("L", n, order=1)
t, later = time("t"), time("t", start=1)
start = vector("θ_0", n)
rates = [ρ1 >= 0, ρ1 < 1, ρ2 >= 0, ρ2 < 1, δ > 0]

# -- the lines of the algorithm, for a gradient g -----------------------------------------------------------


def first_moment(s, g):
    """s ← ρ₁ s + (1 - ρ₁) g"""
    return ρ1 * s + (1 - ρ1) * g


def second_moment(r, g):
    """r ← ρ₂ r + (1 - ρ₂) g ⊙ g"""
    return ρ2 * r + (1 - ρ2) * had(g, g)


def updated(θ, s, r, t):
    """θ ← θ - ε ŝ ⊘ (√r̂ + δ), where ŝ = s / (1 - ρ₁^t) and r̂ = r / (1 - ρ₂^t)."""
    return θ - ε * had_div(s / (1 - ρ1**t), sqrt(r / (1 - ρ2**t)) + δ * ones(n))


def lines(gradient):
    """A run of the algorithm; `gradient` is the line in which the gradient is computed."""

    def step(s, r, θ, t):
        g = gradient(θ[t - 1])
        return first_moment(s[t - 1], g), second_moment(r[t - 1], g), updated(θ[t - 1], s[t], r[t], t)

    return recurrences("s r θ", n, over=t, start=(zeros(n), zeros(n), start), step=step)


def of_regularised(θ):
    """The gradient line on the regularised loss."""
    return grad(L(θ) + γ * norm(θ) ** 2, θ)


def changed(θ):
    """The gradient line, changed: Adam on L itself has ∇L."""
    return grad(L, θ) + 2 * γ * θ


# -- one step -----------------------------------------------------------------------------------------------

θ, s, r = vector("θ", n), vector("s", n), vector("r", n)
g_reg, g_new = define("g_reg", of_regularised(θ)), define("g_new", changed(θ))
s_reg, s_new = define("s_reg", first_moment(s, g_reg)), define("s_new", first_moment(s, g_new))
r_reg, r_new = define("r_reg", second_moment(r, g_reg)), define("r_new", second_moment(r, g_new))


@theorem(g_reg == g_new, source="question 3.2")
def gradient_line():
    """The line that changes: the gradient of the regularised loss is ∇L + 2γθ."""
    return calc(g_reg).eq(of_regularised(θ), by=g_reg).eq(changed(θ), by="derivative").eq(g_new, by=g_new)


j = index("j", m)
x, y = vector("x", p, over=m), vector("y", q, over=m)
loss = field("ℓ", p, q, n, order=1)
of_examples = total(loss(x[j], y[j], θ), j)


@theorem(
    grad(1 / m * of_examples + γ * norm(θ) ** 2, θ) == 1 / m * grad(of_examples, θ) + 2 * γ * θ,
    source="question 3.2",
)
def gradient_line_of_minibatch():
    """The same line as the book has it, for a mini-batch of m examples: 2γθ is added to the mean gradient."""
    return calc(grad(1 / m * of_examples + γ * norm(θ) ** 2, θ)).eq(
        1 / m * grad(of_examples, θ) + 2 * γ * θ, by="derivative"
    )


@theorem(ρ**later < 1, given=[ρ >= 0, ρ < 1])
def powers_are_below_one():
    """The corrections of the bias, 1 - ρ₁^t and 1 - ρ₂^t, are not 0."""
    return induction(
        on=later,
        base=calc(ρ**1).eq(ρ, by="algebra").lt(1, by=ρ < 1),
        step=calc(ρ**later)
        .le(ρ**later + ρ * (1 - ρ ** (later - 1)), by="induction hypothesis")
        .eq(ρ, by="algebra")
        .lt(1, by=ρ < 1),
    )


below = [powers_are_below_one.at(ρ=ρ1), powers_are_below_one.at(ρ=ρ2)]


@theorem(s_reg == s_new, source="question 3.2")
def first_moment_with_changed_line():
    """The line of s is the same, with the changed gradient in it."""
    return (
        calc(s_reg)
        .eq(first_moment(s, g_reg), by=s_reg)
        .eq(first_moment(s, g_new), by=gradient_line)
        .eq(s_new, by=s_new)
    )


@theorem(r_reg == r_new, source="question 3.2")
def second_moment_with_changed_line():
    """The line of r is the same, with the changed gradient in it."""
    return (
        calc(r_reg)
        .eq(second_moment(r, g_reg), by=r_reg)
        .eq(second_moment(r, g_new), by=gradient_line)
        .eq(r_new, by=r_new)
    )


@theorem(r_new >= 0, given=[ρ2 >= 0, ρ2 < 1, r >= 0])
def second_moment_stays_nonnegative():
    """What is below the root is at least 0."""
    return calc(r_new).eq(second_moment(r, g_new), by=r_new).ge(0, by="algebra")


@theorem(
    updated(θ, s_reg, r_reg, later) == updated(θ, s_new, r_new, later),
    given=[*rates, r >= 0],
    source="question 3.2",
)
def step_with_changed_line():
    """From any state, at any time, a step on the regularised loss is one with that one line changed."""
    return calc(updated(θ, s_reg, r_reg, later)).eq(
        updated(θ, s_new, r_new, later),
        by=[
            first_moment_with_changed_line,
            second_moment_with_changed_line,
            second_moment_stays_nonnegative,
            *below,
        ],
    )


# -- a run --------------------------------------------------------------------------------------------------

s_, r_, θ_ = lines(of_regularised)
g = changed(θ_[later - 1])


def run(at):
    """The state of `adam` after t steps, with the gradients of L at the weights of the run."""
    rule = adam(learning_rate=at(ε), rho1=at(ρ1), rho2=at(ρ2), delta=at(δ), l2=at(γ))
    state = rule.start(at(θ_[0]))
    for step in range(1, at(later) + 1):
        state = rule.step(state, at(grad(L, θ_[step - 1])))
    return state


def first_of_run(at):
    """The book's s, from the mean which `adam` remembers."""
    return (1 - at(ρ1) ** at(later)) * run(at).memory.first


def second_of_run(at):
    """The book's r."""
    return (1 - at(ρ2) ** at(later)) * run(at).memory.root_second ** 2


sizes = [ε > 0, γ > 0]


@theorem(
    s_[later] == first_moment(s_[later - 1], g),
    source="question 3.2",
    computed_by=counterpart(adam, first_of_run, given=[*rates, *sizes]),
)
def first_moment_of_run():
    """A run of Adam on the regularised loss is a run of Adam on L with g + 2γθ in place of g: its s is."""
    return (
        calc(s_[later])
        .eq(first_moment(s_[later - 1], of_regularised(θ_[later - 1])), by=s_.step)
        .eq(first_moment(s_[later - 1], g), by="derivative")
    )


@theorem(
    r_[later] == second_moment(r_[later - 1], g),
    source="question 3.2",
    computed_by=counterpart(adam, second_of_run, given=[*rates, *sizes]),
)
def second_moment_of_run():
    """Its r is, too: the regulariser is part of what is squared."""
    return (
        calc(r_[later])
        .eq(second_moment(r_[later - 1], of_regularised(θ_[later - 1])), by=r_.step)
        .eq(second_moment(r_[later - 1], g), by="derivative")
    )


@theorem(r_[t] >= 0, given=[ρ2 >= 0, ρ2 < 1])
def second_moment_is_nonnegative():
    """√r̂ exists all along the run."""
    g = of_regularised(θ_[t - 1])
    return induction(
        on=t,
        base=calc(r_[0]).ge(0, by=r_.start),
        step=calc(r_[t]).eq(second_moment(r_[t - 1], g), by=r_.step).ge(0, by="induction hypothesis"),
    )


@theorem(
    θ_[later] == updated(θ_[later - 1], s_[later], r_[later], later),
    given=rates,
    source="question 3.2",
    computed_by=counterpart(adam, lambda at: run(at).theta, given=sizes),
)
def weights_of_run():
    """The line of the weights has no gradient in it, and is the same in both.

    The three lines and the start fix a run, so both schemes have the same s, r and θ at every time.
    """
    return calc(θ_[later]).eq(
        updated(θ_[later - 1], s_[later], r_[later], later),
        by=[θ_.step, second_moment_is_nonnegative, *below],
    )
