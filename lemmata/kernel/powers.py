"""Powers in the normal form, by the laws at the head of `normal`."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from lemmata.kernel.poly import (
    LARGEST_EXPANSION,
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
    Mul,
    Num,
    Pow,
    Term,
)

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer


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
    leading = min(base, key=normalizer.monomial_order)
    content = abs(base[leading])
    if whole and base[leading] < 0:
        content = -content
    common = _common(normalizer, base, whole)
    inverse = tuple((b, normalizer.normal(Mul((Num(Fraction(-1)), e)))) for b, e in common)
    primitive = normalizer.scale(normalizer.product([base, {inverse: UNITY}]), 1 / content)
    outside = _power_of_monomial(normalizer, common, content, exponent)
    if len(primitive) < 2:
        return normalizer.product([outside, normalizer.power(primitive, exponent)])
    return normalizer.product(
        [outside, normalizer.collect([(normalizer.term(primitive), normalizer.term(exponent))])]
    )


def _common(normalizer: Normalizer, base: Poly, whole: bool) -> Monomial:
    first, *others = base
    shared = []
    for factor, power in first:
        powers = [dict(monomial).get(factor) for monomial in others]
        if any(p != power for p in powers) and not all(isinstance(p, Num) for p in (power, *powers)):
            continue
        least = min((power, *powers), key=lambda p: p.value if isinstance(p, Num) else Fraction(0))
        if whole or normalizer.signs.of(factor).nonnegative:
            shared.append((factor, least))
    return tuple((factor, power) for factor, power in shared if power is not None)


def cleared(normalizer: Normalizer, poly: Poly) -> Poly:
    """The polynomial times powers of its denominators that are sums, so that none remains."""
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
            if isinstance(base, Add) and isinstance(exponent, Num) and exponent.value < 0:
                return base, -floor(exponent.value)
    return None, 0
