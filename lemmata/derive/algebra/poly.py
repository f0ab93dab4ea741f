"""Polynomials in letters that do not commute, with powers of scalars that do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.errors import TooLarge

#: Letters of matrices, by number, in the order of the product.
Word = tuple[int, ...]
#: Powers of scalars: numbers of letters with exponents, in the order of the numbers.
Scalars = tuple[tuple[int, Fraction], ...]
Monomial = tuple[Scalars, Word]
Poly = dict[Monomial, Fraction]

UNIT: Monomial = ((), ())
#: How many terms a polynomial may have.
LARGEST = 400


def constant(value: Fraction | int) -> Poly:
    return {UNIT: Fraction(value)} if value else {}


def added(*parts: Mapping[Monomial, Fraction]) -> Poly:
    """The sum of polynomials."""
    total: Poly = {}
    for part in parts:
        for monomial, value in part.items():
            total[monomial] = total.get(monomial, Fraction(0)) + value
    if len(total) > LARGEST:
        raise TooLarge(f"a polynomial has {len(total)} terms")
    return {monomial: value for monomial, value in total.items() if value}


def scaled(poly: Poly, factor: Fraction | int) -> Poly:
    return {monomial: value * factor for monomial, value in poly.items()} if factor else {}


def scalars_times(first: Scalars, second: Scalars) -> Scalars:
    """The product of powers of scalars."""
    if not first or not second:
        return first or second
    exponents = dict(first)
    for letter, exponent in second:
        exponents[letter] = exponents.get(letter, Fraction(0)) + exponent
    return tuple(sorted((letter, exponent) for letter, exponent in exponents.items() if exponent))


def over(first: Scalars, second: Scalars) -> Scalars:
    """The quotient of powers of scalars."""
    return scalars_times(first, tuple((letter, -exponent) for letter, exponent in second))


def product(first: Poly, second: Poly) -> Poly:
    if len(first) * len(second) > 20 * LARGEST:
        raise TooLarge(f"a product of polynomials of {len(first)} and {len(second)} terms")
    return added(
        *(
            {(scalars_times(s, t), u + v): a * b}
            for (s, u), a in first.items()
            for (t, v), b in second.items()
        )
    )


def around(poly: Poly, scalars: Scalars, left: Word, right: Word, factor: Fraction) -> Poly:
    """factor · scalars · left · poly · right."""
    return {(scalars_times(scalars, s), left + w + right): a * factor for (s, w), a in poly.items()}


@dataclass(frozen=True)
class Cofactor:
    """factor · scalars · left · (relation) · right."""

    factor: Fraction
    scalars: Scalars
    left: Word
    relation: int
    right: Word


Proof = tuple[Cofactor, ...]


def proof_around(
    proof: Iterable[Cofactor], scalars: Scalars, left: Word, right: Word, factor: Fraction
) -> Iterator[Cofactor]:
    """The same combination of relations, multiplied from both sides."""
    for part in proof:
        yield Cofactor(
            part.factor * factor,
            scalars_times(scalars, part.scalars),
            left + part.left,
            part.relation,
            part.right + right,
        )


def gathered(proof: Iterable[Cofactor]) -> Proof:
    """Equal cofactors together, without those that cancel."""
    found: dict[tuple[Scalars, Word, int, Word], Fraction] = {}
    for part in proof:
        key = (part.scalars, part.left, part.relation, part.right)
        found[key] = found.get(key, Fraction(0)) + part.factor
    return tuple(
        Cofactor(factor, scalars, left, relation, right)
        for (scalars, left, relation, right), factor in found.items()
        if factor
    )
