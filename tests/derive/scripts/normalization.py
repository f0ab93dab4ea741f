"""Weight normalisation, as it is got wrong."""

from lemmata import calc, define, dims, eye, field, grad, norm, scalars, theorem, vector

(n,) = dims("n")
γ, η = scalars("γ η")
u = vector("u", n)
w = define("w", γ * u / norm(u))
W = define("W⊥", eye(n) - u @ u.T / norm(u) ** 2)
L = field("L", n, order=1)
gradient = grad(L(w), u)


@theorem(gradient == γ / norm(u) * W @ grad(L, w), given=[u != 0])
def false_line():
    """The norm is not squared in the third line."""
    return (
        calc(gradient)
        .eq(γ / norm(u) * grad(L, w) - γ / norm(u) ** 3 * u @ (u.T @ grad(L, w)), by="product rule")
        .eq(γ / norm(u) * (eye(n) - u @ u.T / norm(u)) @ grad(L, w), by="factoring")
        .eq(γ / norm(u) * W @ grad(L, w), by=W)
    )


@theorem(gradient == γ / norm(u) * (eye(n) - u @ u.T / norm(u)) @ grad(L, w), given=[u != 0])
def false_statement():
    """The same mistake, to the end."""
    return (
        calc(gradient)
        .eq(γ / norm(u) * grad(L, w) - γ / norm(u) ** 3 * u @ (u.T @ grad(L, w)), by="product rule")
        .eq(γ / norm(u) * (eye(n) - u @ u.T / norm(u)) @ grad(L, w), by="factoring")
    )


@theorem(W @ u == 0)
def gap():
    """The condition u != 0 is forgotten."""
    return calc(W @ u).eq(u - u @ (u.T @ u) / norm(u) ** 2, by=W).eq(0, by="algebra")


@theorem(W @ W == W, given=[u != 0])
def does_not_follow():
    """Algebra does not know what W⊥ is."""
    return calc(W @ W).eq(W, by="algebra")


@theorem(W @ u == 0, given=[u != 0])
def unknown_reason():
    """A reason which is none."""
    return calc(W @ u).eq(0, by="geometry")
