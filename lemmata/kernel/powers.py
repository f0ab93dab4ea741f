"""Powers in the normal form, by the laws at the head of `normal`."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from lemmata.kernel.poly import (
    LARGEST_EXPANSION,
    UNIT,
    UNITY,
    Monomial,
    Poly,
    constant,
    is_even,
    is_modest,
    prime_factors,
    value_of,
)
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Mul,
    Num,
    Pow,
    Term,
)

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer


#: The functions of which the normal form reduces powers.
REDUCED = ("cos", "cbrt")


def power(normalizer: Normalizer, base: Poly, exponent: Poly) -> Poly:
    """base^exponent by the laws at the head of this file."""
    value = value_of(exponent)
    if value == 0:
        return constant(UNITY)
    if not base:
        return {} if value is not None and value > 0 else _opaque(normalizer, base, exponent)
    if value == 1:
        return base
    if len(base) == 1:
        ((monomial, coefficient),) = base.items()
        return _power_of_monomial(normalizer, monomial, coefficient, exponent)
    if value is not None and value % 1 == 0 and 0 < value <= LARGEST_EXPANSION:
        return normalizer.product([base] * int(value))
    return _power_of_sum(normalizer, base, exponent)


def _opaque(normalizer: Normalizer, base: Poly, exponent: Poly) -> Poly:
    return {((normalizer.term(base), normalizer.term(exponent)),): UNITY}


def distributes(normalizer: Normalizer, exponent: Poly) -> bool:
    """Whether (a·b)^e = a^e·b^e for all reals: e is an integer, or a natural number."""
    value = value_of(exponent)
    return value % 1 == 0 if value is not None else normalizer.signs.natural(normalizer.term(exponent))


def _power_of_monomial(
    normalizer: Normalizer, monomial: Monomial, coefficient: Fraction, exponent: Poly
) -> Poly:
    whole = distributes(normalizer, exponent)
    parts: list[Poly] = []
    rest: list[tuple[Term, Term]] = []
    for base, power in monomial:
        if whole or normalizer.signs.of(base).nonnegative:
            parts.append(_raised(normalizer, base, power, exponent))
        elif is_even(power) and normalizer.signs.of(Mul((MINUS_ONE, base))).nonnegative:
            raised = normalizer.product([normalizer.poly(power), exponent])
            parts.append(normalizer.power(normalizer.scale(normalizer.atom(base), Fraction(-1)), raised))
        elif is_even(power):
            half = Num(power.value / 2) if isinstance(power, Num) else power
            parts.append(_raised(normalizer, Pow(base, Num(Fraction(2))), half, exponent))
        else:
            rest.append((base, power))
    sign = Fraction(1)
    if not whole and coefficient < 0:
        sign, coefficient = Fraction(-1), -coefficient
    parts.append(_power_of_number(normalizer, coefficient, exponent))
    if rest or sign < 0:
        if sign > 0 and len(rest) == 1 and rest[0][1] == ONE:
            parts.append(_raised(normalizer, rest[0][0], ONE, exponent))
        else:
            parts.append(_opaque(normalizer, {tuple(rest): sign}, exponent))
    return normalizer.product(parts)


def _raised(normalizer: Normalizer, base: Term, power: Term, exponent: Poly) -> Poly:
    value = value_of(exponent)
    if isinstance(power, Num) and value is not None:
        return normalizer.collect([(base, Num(power.value * value))])
    return normalizer.collect([(base, normalizer.normal(Mul((power, normalizer.term(exponent)))))])


def _power_of_number(normalizer: Normalizer, number: Fraction, exponent: Poly) -> Poly:
    value = value_of(exponent)
    if number == 1:
        return constant(number)
    if value is None:
        return normalizer.collect([(Num(number), normalizer.term(exponent))])
    if value % 1 == 0:
        power = int(value)
        small = is_modest(number, power)
        return constant(number**power) if small else _opaque(normalizer, constant(number), exponent)
    powers = [
        *prime_factors(number.numerator),
        *((prime, -times) for prime, times in prime_factors(number.denominator)),
    ]
    return normalizer.product(
        normalizer.collect([(Num(Fraction(p)), Num(value * times))]) for p, times in powers
    )


def _power_of_sum(normalizer: Normalizer, base: Poly, exponent: Poly) -> Poly:
    """Takes the common factors out of the sum, then keeps what remains as a base of its own."""
    whole = distributes(normalizer, exponent)
    common = _common(normalizer, base, whole)
    inverse = tuple((b, normalizer.normal(Mul((Num(Fraction(-1)), e)))) for b, e in common)
    rest = normalizer.add(
        normalizer.scale(normalizer.collect(_multiplied(normalizer, dict(monomial), inverse).items()), value)
        for monomial, value in base.items()
    )
    outside = _power_of_monomial(normalizer, common, UNITY, exponent)
    if len(rest) < 2:
        return normalizer.product([outside, normalizer.power(rest, exponent)])
    first = rest[min(rest, key=normalizer.monomial_order)]
    content = -abs(first) if whole and _is_turned(normalizer, rest, first < 0) else abs(first)
    primitive = normalizer.term(normalizer.scale(rest, 1 / content))
    number = _power_of_monomial(normalizer, UNIT, content, exponent)
    return normalizer.product([outside, number, normalizer.collect([(primitive, normalizer.term(exponent))])])


def _is_turned(normalizer: Normalizer, base: Poly, negative: bool) -> bool:
    """Whether -s is kept in the place of s: that which is known to be >= 0, else by the first term."""
    if normalizer.signs.of(normalizer.term(base)).nonnegative:
        return False
    minus = normalizer.term(normalizer.scale(base, Fraction(-1)))
    return negative or normalizer.signs.of(minus).nonnegative


def _common(normalizer: Normalizer, base: Poly, whole: bool) -> Monomial:
    """The powers that are common to all terms of a sum; a negative power of one term is common to all, so
    that 1 + b^(-1) is b^(-1)·(b + 1)."""
    found: dict[Term, list[Term]] = {}
    for monomial in base:
        for factor, power in monomial:
            found.setdefault(factor, []).append(power)
    shared = []
    for factor, powers in found.items():
        powers += [ZERO] * (len(base) - len(powers))
        numbers = [power.value for power in powers if isinstance(power, Num)]
        least = Num(min(numbers)) if len(numbers) == len(powers) else powers[0]
        alike = len(numbers) == len(powers) or all(power == least for power in powers)
        apart = whole or is_even(least) or normalizer.signs.of(factor).nonnegative
        if alike and least != ZERO and apart:
            shared.append((factor, least))
    return tuple(sorted(shared, key=lambda power: normalizer.order(power[0])))


def common_exponentials(normalizer: Normalizer, poly: Poly) -> Monomial:
    """The powers of exponentials that are common to all terms of a sum."""
    common = _common(normalizer, poly, True)
    return tuple((base, e) for base, e in common if isinstance(base, Apply) and base.function == "exp")


def divided(normalizer: Normalizer, kept: list[tuple[Term, Term]]) -> Poly | None:
    """M·L·D^(-k) = M·D^(1-k) - M·(D - L)·D^(-k), for a sum D of exponentials and numbers and a term L of it;
    None where no such quotient is in the product. With the largest term for L, e^a/(1 + e^a) becomes
    1 - 1/(1 + e^a); with the number for L, where e^(-a) is in M, e^(-a)/(1 + e^a) becomes
    e^(-a) - 1/(1 + e^a).
    """
    exponents = dict(kept)
    for base, exponent in kept:
        if not isinstance(base, Add) or not isinstance(exponent, Num):
            continue
        if exponent.value >= 0 or exponent.value % 1:
            continue
        poly = normalizer.poly(base)
        if len(poly) < 2 or not all(map(_is_exponential, poly)):
            continue
        lead = _divisible(normalizer, poly, exponents)
        if lead is not None:
            return _quotient(normalizer, exponents, base, exponent.value, lead)
    return None


def _divisible(normalizer: Normalizer, poly: Poly, exponents: dict[Term, Term]) -> Monomial | None:
    """The term L of D by which a product is divided, if it is to be divided."""
    largest = max(poly, key=lambda monomial: _degree(normalizer, monomial))
    if all(_at_least(exponents.get(base), least) for base, least in largest):
        return largest
    others = [dict(monomial) for monomial in poly if monomial]
    if len(others) < len(poly):
        for base, exponent in exponents.items():
            negative = isinstance(exponent, Num) and exponent.value < 0
            if negative and all(base in monomial for monomial in others):
                return ()
    return None


def _quotient(
    normalizer: Normalizer, exponents: dict[Term, Term], base: Term, power: Fraction, lead: Monomial
) -> Poly:
    """A product which is divided by the term L = `lead` of D = `base`, where D^power is in it."""
    poly = normalizer.poly(base)
    inverse = tuple((factor, normalizer.normal(Mul((MINUS_ONE, e)))) for factor, e in lead)
    over = _multiplied(normalizer, exponents, inverse)
    parts = [normalizer.collect({**over, base: Num(power + 1)}.items())]
    for monomial, value in poly.items():
        if monomial != lead:
            part = normalizer.collect(_multiplied(normalizer, over, monomial).items())
            parts.append(normalizer.scale(part, -value))
    return normalizer.scale(normalizer.add(parts), 1 / poly[lead])


def _multiplied(normalizer: Normalizer, exponents: dict[Term, Term], by: Monomial) -> dict[Term, Term]:
    """A product times a monomial, before any law is used."""
    found = dict(exponents)
    for base, exponent in by:
        found[base] = normalizer.normal(Add((found.get(base, ZERO), exponent)))
    return found


def _degree(normalizer: Normalizer, monomial: Monomial) -> tuple[Fraction, tuple[int, int]]:
    total = sum((e.value for _, e in monomial if isinstance(e, Num)), Fraction(0))
    return total, normalizer.monomial_order(monomial)


def _at_least(known: Term | None, wanted: Term) -> bool:
    return isinstance(known, Num) and isinstance(wanted, Num) and known.value >= wanted.value


def _is_exponential(monomial: Monomial) -> bool:
    """Whether a term is a product of natural powers of exponentials."""
    return all(
        isinstance(base, Apply)
        and base.function == "exp"
        and isinstance(e, Num)
        and e.value > 0
        and e.value % 1 == 0
        for base, e in monomial
    )


def cleared(normalizer: Normalizer, poly: Poly) -> Poly:
    """The polynomial times powers of its denominators which are sums, or of which powers are reduced (cos² is
    1 - sin²), so that none remains."""
    while True:
        base, power = _denominator(normalizer, poly)
        if base is None:
            return poly
        poly = normalizer.add(
            normalizer.scale(_raise(normalizer, m, base, power), value) for m, value in poly.items()
        )


def _raise(normalizer: Normalizer, monomial: Monomial, base: Term, power: int) -> Poly:
    """The monomial times a power of one base."""
    exponents = dict(monomial)
    exponents[base] = normalizer.normal(Add((exponents.get(base, ZERO), Num(Fraction(power)))))
    return normalizer.collect(exponents.items())


def _denominator(normalizer: Normalizer, poly: Poly) -> tuple[Term | None, int]:
    for monomial in poly:
        for base, exponent in monomial:
            divides = isinstance(base, Add) or (isinstance(base, Apply) and base.function in REDUCED)
            if divides and isinstance(exponent, Num) and exponent.value < 0:
                return base, -floor(exponent.value)
    return None, 0
