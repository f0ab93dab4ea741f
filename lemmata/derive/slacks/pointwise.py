"""Slacks below denominators and below sums: Σ_j g_j >= 0 since each g_j >= 0, and p/q² >= 0 since p >= 0."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil

from lemmata.derive.names import Names
from lemmata.derive.premises import in_every_order
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import ONE, Add, Dim, Index, Mul, Num, Pow, Sum, Term

#: How a polynomial is written as something that is manifestly not negative, if it is found to be that.
Way = Callable[[Poly], Term | None]


def cleared(normalizer: Normalizer, poly: Poly, way: Way) -> Term | None:
    """The polynomial as that without its denominators, over them."""
    factors = _denominators(normalizer, poly)
    if not factors:
        return None
    powers = (Pow(base, Num(power)) for base, power in factors)
    whole = normalizer.poly(Mul((normalizer.term(poly), *powers)))
    found = way(whole) if not _denominators(normalizer, whole) else None
    return None if found is None else Mul((found, *(Pow(base, Num(-power)) for base, power in factors)))


def _denominators(normalizer: Normalizer, poly: Poly) -> list[tuple[Term, Fraction]]:
    """The denominators to the highest power that occurs, or an even one where the sign is not known."""
    powers: dict[Term, int] = {}
    for monomial in poly:
        for base, exponent in monomial:
            if isinstance(exponent, Num) and exponent.value < 0:
                powers[base] = max(powers.get(base, 0), ceil(-exponent.value))
    signs = normalizer.signs
    return [(b, Fraction(p if signs.of(b).positive else p + p % 2)) for b, p in powers.items()]


def pointwise(normalizer: Normalizer, names: Names, poly: Poly, way: Way) -> Term | None:
    """The polynomial with the sums over one dimension as one sum, of what is not negative at each place."""
    place = Index(names.name())
    for dim in dict.fromkeys(dim for monomial in poly for dim in _dims(monomial)):
        inside: Poly = {}
        rest: list[Term] = []
        for monomial, value in poly.items():
            found = _at(normalizer, monomial, dim, place)
            if found is None:
                rest.append(as_term(monomial, value))
            else:
                inside = normalizer.add([inside, normalizer.scale(found, value)])
        slack = _shown(normalizer, inside, way)
        if slack is not None:
            return Add((Sum(place.name, dim, slack), *rest))
    return None


def _shown(normalizer: Normalizer, poly: Poly, way: Way) -> Term | None:
    if normalizer.signs.of(normalizer.term(poly)).nonnegative:
        return normalizer.term(poly)
    return way(poly)


def _sum(monomial: Monomial) -> Sum | None:
    """The sum which a monomial is."""
    if len(monomial) == 1 and isinstance(monomial[0][0], Sum) and monomial[0][1] == ONE:
        return monomial[0][0]
    return None


def _dims(monomial: Monomial) -> list[Dim]:
    total = _sum(monomial)
    return [] if total is None else [dim for _, dim, _ in in_every_order(total)]


def _at(normalizer: Normalizer, monomial: Monomial, dim: Dim, place: Index) -> Poly | None:
    """What a monomial sums over a dimension, at a place: that with the simplest products, where there are
    several."""
    total = _sum(monomial)
    if total is None:
        return None
    found: list[Poly] = []
    for name, size, body in in_every_order(total):
        if size == dim:
            found.append(normalizer.poly(Substitution(normalizer.fresh, indices={name: place}).apply(body)))
    return min(found, key=lambda inside: len(repr(inside)), default=None)
