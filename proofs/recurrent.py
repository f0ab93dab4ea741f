"""Where the activation is applied in a recurrent unit does not matter: the one state is the activation of
the other."""

import numpy as np

from lemmata import calc, counterpart, dims, function, induction, matrix, recurrence, theorem, time, vector
from numerics.recurrent import Activation, activated_states, states

n, m = dims("n m")
t = time("t")
σ = function("σ")
W, U, b = matrix("W", n, n), matrix("U", n, m), vector("b", n)
x = vector("x", m, over=t)
h = recurrence("h", n, over=t, step=lambda h, t: W @ σ(h[t - 1]) + U @ x[t] + b)
g = recurrence("g", n, over=t, start=σ(h[0]), step=lambda g, t: σ(W @ g[t - 1] + U @ x[t] + b))


def inputs(at):
    """x_1, ..., x_t, and what the units share."""
    x_until_t = np.reshape([at(x[s]) for s in range(1, at(t) + 1)], (at(t), 1, at(m)))
    activation = Activation("σ", at.function(σ), at.function(σ, order=1), gamma=1)
    return x_until_t, activation


def last_state(at):
    """σ(h_t) from the run of the first unit."""
    x_until_t, activation = inputs(at)
    run = states(x_until_t, [at(h[0])], at(W), at(U), at(b), activation=activation)
    return activation.value(run[-1, 0])


def last_activated_state(at):
    """g_t from the run of the second unit."""
    x_until_t, activation = inputs(at)
    return activated_states(x_until_t, [at(g[0])], at(W), at(U), at(b), activation=activation)[-1, 0]


@theorem(
    g[t] == σ(h[t]),
    source="question 1.1",
    computed_by=[counterpart(states, last_state), counterpart(activated_states, last_activated_state)],
)
def activation_placement():
    """The two recurrent units carry the same state, for any activation σ."""
    return induction(
        on=t,
        base=calc(g[0]).eq(σ(h[0]), by=g.start),
        step=calc(g[t])
        .eq(σ(W @ g[t - 1] + U @ x[t] + b), by=g.step)
        .eq(σ(W @ σ(h[t - 1]) + U @ x[t] + b), by="induction hypothesis")
        .eq(σ(h[t]), by=h.step),
    )
