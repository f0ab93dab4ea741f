"""Differences of entropies: Σ_i p_i·d_i, where the p_i are weights that sum to 1.

By Gibbs' inequality it is not negative where Σ_i p_i·exp(-d_i) <= 1. What stands alone is taken with all
weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.substitute import Substitution, free_indices
from lemmata.kernel.terms import ONE, Add, Apply, Dim, Index, Ref, Sum, Term

#: A dimension, the weight p_i and the difference d_i at a place.
Difference = tuple[Dim, Term, Term]


def differences(normalizer: Normalizer, place: Index, poly: Poly) -> Iterator[Difference]:
    """The polynomial as Σ_i p_i·d_i if Σ_i p_i = 1, with each choice of weights."""
    weights: dict[tuple[Dim, frozenset[tuple[Term, Term]]], Monomial] = {}
    for monomial in poly:
        for dim, inside in _summed(normalizer, place, monomial):
            for power in inside:
                if isinstance(power[0], Apply | Ref) and power[1] == ONE and not _is_exponential(power[0]):
                    weight = tuple(other for other in inside if other is not power)
                    weights.setdefault((dim, frozenset(weight)), weight)
    for (dim, _), weight in weights.items():
        found = _difference(normalizer, place, poly, dim, weight)
        p = as_term(weight, Fraction(1))
        if found is not None and place.name in free_indices(p) and normalizer.signs.of(p).nonnegative:
            yield dim, p, found


def _is_exponential(term: Term) -> bool:
    return isinstance(term, Apply) and term.function != "log"


def _summed(normalizer: Normalizer, place: Index, monomial: Monomial) -> Iterator[tuple[Dim, Monomial]]:
    """What a product sums over a dimension, at a place, with its other factors."""
    for power in monomial:
        base, exponent = power
        if isinstance(base, Sum) and not isinstance(base.body, Sum) and exponent == ONE:
            inside = normalizer.poly(
                Substitution(normalizer.fresh, indices={base.index: place}).apply(base.body)
            )
            others = tuple(other for other in monomial if other is not power)
            for inner, value in inside.items():
                if len(inside) == 1 and value == 1:
                    yield base.dim, (*inner, *others)


def _difference(normalizer: Normalizer, place: Index, poly: Poly, dim: Dim, weight: Monomial) -> Term | None:
    """Σ c·g over the terms c·Σ_i p_i·g_i, and all terms which stand alone; None where a term is neither."""
    parts: list[Term] = []
    for monomial, value in poly.items():
        quotients = [
            _quotient(inside, weight) for size, inside in _summed(normalizer, place, monomial) if size == dim
        ]
        found = next((quotient for quotient in quotients if quotient is not None), None)
        if found is None and quotients:
            return None
        parts.append(as_term(monomial if found is None else found, value))
    return Add(tuple(parts))


def _quotient(whole: Monomial, part: Monomial) -> Monomial | None:
    """whole / part, if each factor of the part is one of the whole."""
    left = list(whole)
    for power in part:
        if power not in left:
            return None
        left.remove(power)
    return tuple(left)
