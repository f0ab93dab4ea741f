"""Polynomials: what a normal form is made of, and what is done with it without any context.

A monomial is a product of powers of bases; a polynomial is a sum of monomials with rational coefficients.
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.errors import TooLarge
from lemmata.kernel.terms import (
    ONE,
    Dim,
    Maximum,
    Mul,
    Num,
    Pow,
    Sum,
    Term,
)

#: Bases with their exponents, in the order of their fingerprints.
Monomial = tuple[tuple[Term, Term], ...]
#: Monomials with their coefficients, none of them zero.
Poly = dict[Monomial, Fraction]
Bound = list[tuple[str, Dim]]
UNIT: Monomial = ()
#: The coefficient 1 is nearly always this object, by which work is spared.
UNITY = Fraction(1)
#: A power of a sum is multiplied out up to this exponent.
LARGEST_EXPANSION = 64
#: A power of a number is worked out up to this number of bits.
LARGEST_POWER = 4096
#: No coefficient is longer than this number of bits.
LARGEST_COEFFICIENT = 8192
#: What finding the small factors of a number counts for.
FACTORING = 60


def times(first: Fraction, second: Fraction) -> Fraction:
    return second if first is UNITY else first if second is UNITY else bounded(first * second)


def bounded(value: Fraction) -> Fraction:
    """A coefficient, if it is not too long to be worked with."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > LARGEST_COEFFICIENT:
        raise TooLarge("a coefficient is longer than the kernel works with")
    return value


def nested(term: Term, kind: type[Sum] | type[Maximum]) -> tuple[Bound, Term]:
    """The indices of nested sums, or maxima, which are taken at once, and the body."""
    bound: Bound = []
    while isinstance(term, kind) and term.index not in dict(bound):
        bound.append((term.index, term.dim))
        term = term.body
    return bound, term


def constant(value: Fraction) -> Poly:
    return {UNIT: value} if value else {}


def value_of(poly: Poly) -> Fraction | None:
    """The number which the polynomial is, if it is one."""
    if not poly:
        return Fraction(0)
    return poly[UNIT] if len(poly) == 1 and UNIT in poly else None


def as_term(monomial: Monomial, coefficient: Fraction) -> Term:
    factors = [base if exponent == ONE else Pow(base, exponent) for base, exponent in monomial]
    if coefficient != 1 or not factors:
        factors.insert(0, Num(coefficient))
    return factors[0] if len(factors) == 1 else Mul(tuple(factors))


def powers_of(term: Term) -> list[tuple[Term, Term]]:
    factors = term.factors if isinstance(term, Mul) else (term,)
    return [(f.base, f.exponent) if isinstance(f, Pow) else (f, ONE) for f in factors]


def copies(base: Term, exponent: Term) -> int:
    """How many copies of a network a power multiplies; 0 where it must stay as it is."""
    natural = isinstance(base, Sum) and isinstance(exponent, Num) and exponent.value % 1 == 0
    return int(exponent.value) if natural and 0 < exponent.value <= LARGEST_EXPANSION else 0  # type: ignore[union-attr]


def is_even(power: Term) -> bool:
    """Whether b^power is (b²)^k, or ((-b)²)^k."""
    return isinstance(power, Num) and power.value % 2 == 0


def prime_factors(number: int) -> list[tuple[int, int]]:
    """Powers of primes up to 1000, and what remains."""
    found = []
    for prime in range(2, 1000):
        if number == 1:
            break
        times = 0
        while number % prime == 0:
            number, times = number // prime, times + 1
        if times:
            found.append((prime, times))
    return [*found, (number, 1)] if number > 1 else found


def leftover(base: Term, power: Fraction) -> Poly:
    """The power without its whole part."""
    return {((base, Num(power % 1)),): UNITY} if power % 1 else constant(UNITY)


def is_modest(number: Fraction, exponent: int) -> bool:
    """Whether a power of a number is small enough to be written out."""
    return (
        abs(exponent) * max(number.numerator.bit_length(), number.denominator.bit_length()) <= LARGEST_POWER
    )
