"""What decides whether a normal form is 0: denominators that are sums are cleared, and powers of one sum with
exponents which differ by natural numbers are brought to the least of them."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from lemmata.kernel import powers
from lemmata.kernel.poly import LARGEST_EXPANSION, UNITY, Monomial, Poly, constant
from lemmata.kernel.terms import ZERO, Add, Apply, Num, Term

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer

#: A base with its exponent up to a number.
Kind = tuple[Term, frozenset[tuple[Monomial, Fraction]]]


def cleared(normalizer: Normalizer, poly: Poly) -> Poly:
    """The polynomial times powers of its denominators which are sums, or of which powers are reduced (cos² is
    1 - sin²), so that none remains."""
    while True:
        base, power = _denominator(normalizer, poly)
        if base is None:
            return gathered(normalizer, poly)
        poly = multiplied(normalizer, poly, base, power)


def gathered(normalizer: Normalizer, poly: Poly) -> Poly:
    """b^(e+k) = b^e·b^k, multiplied out, for a sum b, where b^e with the least such e is in another term."""
    least: dict[Kind, Fraction] = {}
    for monomial in poly:
        for base, exponent in monomial:
            if isinstance(base, Add) and not isinstance(exponent, Num):
                key, offset = _offset(normalizer, base, exponent)
                least[key] = min(offset, least.get(key, offset))
    parts = (normalizer.scale(_lowered(normalizer, m, least), value) for m, value in poly.items())
    return normalizer.add(parts) if least else poly


def _offset(normalizer: Normalizer, base: Term, exponent: Term) -> tuple[Kind, Fraction]:
    """A base with its exponent up to a number, and that number."""
    poly = normalizer.poly(exponent)
    return (base, frozenset((m, value) for m, value in poly.items() if m)), poly.get((), Fraction(0))


def _lowered(
    normalizer: Normalizer,
    monomial: Monomial,
    least: dict[Kind, Fraction],
) -> Poly:
    """A product in which the powers of sums have the least exponents."""
    kept, outside = [], list[Poly]()
    for base, exponent in monomial:
        if isinstance(base, Add) and not isinstance(exponent, Num):
            key, offset = _offset(normalizer, base, exponent)
            above = offset - least[key]
            if 0 < above <= LARGEST_EXPANSION and above.denominator == 1:
                exponent = normalizer.normal(Add((exponent, Num(-above))))
                outside.append(normalizer.power(normalizer.poly(base), constant(above)))
        kept.append((base, exponent))
    return normalizer.product([{tuple(kept): UNITY}, *outside]) if outside else {monomial: UNITY}


def multiplied(normalizer: Normalizer, poly: Poly, base: Term, power: int) -> Poly:
    """The polynomial times a power of one base, which is not multiplied out where it cancels."""
    parts = []
    for monomial, value in poly.items():
        exponents = dict(monomial)
        exponents[base] = normalizer.normal(Add((exponents.get(base, ZERO), Num(Fraction(power)))))
        parts.append(normalizer.scale(normalizer.collect(exponents.items()), value))
    return normalizer.add(parts)


def _denominator(normalizer: Normalizer, poly: Poly) -> tuple[Term | None, int]:
    for monomial in poly:
        for base, exponent in monomial:
            divides = isinstance(base, Add) or (isinstance(base, Apply) and base.function in powers.REDUCED)
            if divides and isinstance(exponent, Num) and exponent.value < 0:
                return base, -floor(exponent.value)
            if isinstance(base, Add) and isinstance(exponent, Add):
                least = floor(normalizer.poly(exponent).get((), Fraction(0)))
                if least < 0 and normalizer.signs.of(base).nonzero:
                    return base, -least
    return None, 0
