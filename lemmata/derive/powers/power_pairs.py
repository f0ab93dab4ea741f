"""Derivatives of the powers of a matrix as sums C[e] = Σ_r X^r ⊗ X^(e-1-r) over pairs of powers.

∂X^e[i,j]/∂X[r,s] = C[e][is, rj]
∂X^e[i,j]/∂X[r,s] = Σ_l ∂X^(e-1)[i,j]/∂X[l,s] X[l,r] + δ(i,r) X^(e-1)[s,j],  so it is  C[e][si, jr], too
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lemmata.derive.powers.power_slopes import Lemma, Slopes, before, minus
from lemmata.kernel.certificate import Use
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import MINUS_ONE, Add, Delta, Dim, Index, Mul, Natural, Ref

#: A way to see the derivative of a power as a sum over pairs of powers.
Way = Callable[[Slopes, str], Lemma]


def families(context: Context, dim: Dim) -> Iterator[str]:
    """The recurrences that may be sums over pairs of powers."""
    labels = dict(context.definitions)
    for variable in context.variables:
        if variable.shape == (Natural(0), *(dim,) * 4) and f"{variable.name}.step" in labels:
            yield variable.name


def straight(slopes: Slopes, family: str) -> Lemma:
    """∂X^e[i,j]/∂X[r,s] = C[e][is, rj]."""
    p = slopes.powers
    i, j, r, s, k = p.indices(5)
    binders = p.places(i, j, r, s)

    def claim(e: Index) -> Statement:
        return Statement(binders, "=", p.slope(e, (i, j, r, s)), Ref(family, (e, i, s, r, j)))

    def later(e: Index, known: str) -> tuple[Use, ...]:
        return (
            slopes.of(slopes.right_slope, [e, i, j, r, s]),
            slopes.use(known, binders, [i, k, r, s], p.entry(k, j), k),
            _defined(slopes, family, [e, i, s, r, j]),
        )

    return Lemma(f"{family} straight", 0, claim, later)


def turned(slopes: Slopes, family: str) -> Lemma:
    """∂X^e[i,j]/∂X[r,s] = C[e][si, jr]."""
    p = slopes.powers
    i, j, r, s, k = p.indices(5)
    binders, inner = p.places(i, j, r, s), _inner(slopes)

    def claim(e: Index) -> Statement:
        return Statement(binders, "=", p.slope(e, (i, j, r, s)), Ref(family, (e, s, i, j, r)))

    def later(e: Index, known: str) -> tuple[Use, ...]:
        law = slopes.shown(inner, e)
        return (
            ()
            if law is None
            else (
                slopes.of(law, [i, j, r, s]),
                slopes.use(known, binders, [i, j, k, s], p.entry(k, r), k),
                _defined(slopes, family, [e, s, i, j, r]),
            )
        )

    return Lemma(f"{family} turned", 1, claim, later)


def _defined(slopes: Slopes, family: str, at: list[Index]) -> Use:
    """C[e] = C[e-1] (I ⊗ X) + X^(e-1) ⊗ I, subtracted."""
    label = f"{family}.step"
    binders = dict(slopes.searcher.context.definitions)[label].binders
    return slopes.use(label, binders, at, MINUS_ONE)


def _inner(slopes: Slopes) -> Lemma:
    """∂X^e[i,j]/∂X[r,s] = Σ_l ∂X^(e-1)[i,j]/∂X[l,s] X[l,r] + δ(i,r) X^(e-1)[s,j]."""
    p = slopes.powers
    i, j, r, s, k = p.indices(5)
    binders = p.places(i, j, r, s)

    def claim(e: Index) -> Statement:
        inner = p.times(p.slope(before(e), (i, j, k, s)), p.entry(k, r), k)
        right = Add((inner, Mul((Delta(i, r), p.power(before(e), s, j)))))
        return Statement(binders, "=", p.slope(e, (i, j, r, s)), right)

    def later(e: Index, known: str) -> tuple[Use, ...]:
        earlier = before(e)
        return (
            slopes.of(slopes.right_slope, [e, i, j, r, s]),
            slopes.use(known, binders, [i, k, r, s], p.entry(k, j), k),
            slopes.of(slopes.right_slope, [earlier, i, j, k, s], minus(p.entry(k, r)), k),
            slopes.of(slopes.right, [earlier, s, j], minus(Delta(i, r))),
            slopes.of(slopes.right, [earlier, i, r], Delta(s, j)),
        )

    return Lemma("inner", 1, claim, later)
