"""Where the activation is applied in a recurrent unit does not matter: the one state is the activation of
the other."""

from lemmata import calc, dims, function, induction, matrix, recurrence, theorem, time, vector

n, m = dims("n m")
t = time("t")
σ = function("σ")
W, U, b = matrix("W", n, n), matrix("U", n, m), vector("b", n)
x = vector("x", m, over=t)
h = recurrence("h", n, over=t, step=lambda h, t: W @ σ(h[t - 1]) + U @ x[t] + b)
g = recurrence("g", n, over=t, start=σ(h[0]), step=lambda g, t: σ(W @ g[t - 1] + U @ x[t] + b))


@theorem(g[t] == σ(h[t]), source="question 1.1")
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
