"""Polynomials in some letters, by the exponents of their terms."""

from __future__ import annotations

from fractions import Fraction

Exponents = tuple[int, ...]
Letters = dict[Exponents, Fraction]


def times(first: Letters, second: Letters) -> Letters:
    found: Letters = {}
    for a, x in first.items():
        for b, y in second.items():
            place = summed(a, b)
            found[place] = found.get(place, Fraction(0)) + x * y
    return {place: value for place, value in found.items() if value}


def summed(*parts: Exponents) -> Exponents:
    return tuple(map(sum, zip(*parts, strict=True)))
