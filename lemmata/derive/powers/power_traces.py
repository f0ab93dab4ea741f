"""Derivatives of traces of the powers of a matrix, e = k + a number.

Σ_ij ∂X^e[i,j]/∂X[r,s] X^(m+1)[j,i] = e (X^m X^e)[s,r]       for all m, by induction
Σ_ij ∂X^e[i,j]/∂X[r,s] X[j,i] = e X^e[s,r]                   m = 0
Σ_i ∂X^e[i,i]/∂X[r,s] = e X^(e-1)[s,r]                       by ∂X^e = ∂X^(e-1) X + X^(e-1) ∂X
"""

from __future__ import annotations

from collections.abc import Callable

from lemmata.derive.powers.power_slopes import Lemma, Slopes, after, before, minus
from lemmata.kernel.certificate import Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Binders
from lemmata.kernel.terms import ONE, Count, Index, Mul, Natural, Sum, Term

NONE, ONCE = Index("", 0), Index("", 1)


def traces(slopes: Slopes, e: Index) -> list[str]:
    """The labels of the second and the third law, as far as they are found."""
    found, earlier = _of_product(slopes, e), _of_product(slopes, before(e))
    return [*([] if found is None else [found]), *([] if earlier is None else [_alone(slopes, e, earlier)])]


def _alone(slopes: Slopes, e: Index, earlier: str) -> str:
    p = slopes.powers
    r, s, i = p.indices(3)
    total = Sum(i.name, p.dim, p.slope(e, (i, i, r, s)))
    claim = Statement(p.places(r, s), "=", total, Mul((Count(e), p.power(before(e), s, r))))
    law = slopes.of(slopes.right_slope, [e, i, i, r, s], ONE, i)
    return slopes.step(f"trace of {e}", claim, law, slopes.of(earlier, [r, s]))


def _of_product(slopes: Slopes, e: Index) -> str | None:
    label, p = slopes.shown(_lemma(slopes), e), slopes.powers
    if label is None:
        return None
    r, s, i, j = p.indices(4)
    total = _trace(slopes, e, r, s, p.entry)
    claim = Statement(p.places(r, s), "=", total, Mul((Count(e), p.power(e, s, r))))
    uses = (
        slopes.of(label, [NONE, r, s]),
        slopes.of(_first(slopes), [j, i], minus(p.slope(e, (i, j, r, s))), i, j),
        slopes.of(slopes.start, [s, j], Mul((Count(e), p.power(e, j, r))), j),
    )
    return slopes.step(f"trace of product {e}", claim, *uses)


def _first(slopes: Slopes) -> str:
    """X^1 = X."""
    p = slopes.powers
    i, j, k = p.indices(3)
    law = slopes.of(slopes.right, [ONCE, i, j])
    start = slopes.of(slopes.start, [i, k], p.entry(k, j), k)
    return slopes.step(
        "first", Statement(p.places(i, j), "=", p.power(ONCE, i, j), p.entry(i, j)), law, start
    )


def _trace(slopes: Slopes, e: Index, r: Index, s: Index, entry: Callable[[Index, Index], Term]) -> Term:
    """Σ_ij ∂X^e[i,j]/∂X[r,s] M[j,i]."""
    p = slopes.powers
    i, j = p.indices(2)
    return Sum(i.name, p.dim, p.times(p.slope(e, (i, j, r, s)), entry(j, i), j))


def _lemma(slopes: Slopes) -> Lemma:
    """The first law."""
    p = slopes.powers
    m, r, s, i, j = p.indices(5)
    binders: Binders = ((m.name, Natural(0)), *p.places(r, s))

    def claim(e: Index) -> Statement:
        total = _trace(slopes, e, r, s, lambda row, column: p.power(after(m), row, column))
        product = p.times(p.power(m, s, i), p.power(e, i, r), i)
        return Statement(binders, "=", total, Mul((Count(e), product)))

    def later(e: Index, known: str) -> tuple[Use, ...]:
        earlier, most = before(e), after(after(m))
        return (
            slopes.of(slopes.right_slope, [e, i, j, r, s], p.power(after(m), j, i), i, j),
            slopes.of(slopes.left, [most, j, i], minus(p.slope(earlier, (i, j, r, s))), i, j),
            slopes.use(known, binders, [after(m), r, s]),
            slopes.of(slopes.right, [after(m), s, j], Mul((Count(e), p.power(earlier, j, r))), j),
            slopes.of(slopes.left, [e, j, r], minus(Count(e), p.power(m, s, j)), j),
        )

    return Lemma("traces", 0, claim, later)
