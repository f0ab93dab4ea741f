"""What the tests speak of."""

from __future__ import annotations

from lemmata.language.build import E, norm
from lemmata.language.declare import (
    define,
    dims,
    field_,
    function,
    index,
    map_,
    matrix,
    random_vector,
    recurrence,
    scalar,
    scalars,
    time,
    vector,
)

n, m = dims("n m")
t, j = time("t"), index("j", m)
γ, β = scalars("γ β")
c = scalar("c", positive=True)
u, v, b, y = vector("u", n), vector("v", n), vector("b", n), vector("y", m)
A, B, C = matrix("A", n, n), matrix("B", n, m), matrix("C", n, n)
x = random_vector("x", n)
xs, a = vector("xs", n, over=m), scalar("a", over=m)
σ, L, f = function("σ"), field_("L", n, order=2), map_("f", n, m, order=1)
w = define("w", γ * u / norm(u))
W = define("W⊥", A)
μ = define("μ_y", E(u.T @ x))
xt = vector("xt", n, over=t)
h = recurrence("h", n, over=t, start=b, step=lambda h, t: A @ σ(h[t - 1]) + xt[t])
