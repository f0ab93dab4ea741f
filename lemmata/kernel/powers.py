"""Powers in the normal form, by the laws at the head of `normal`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lemmata.kernel.poly import (
    LARGEST_EXPANSION,
    UNIT,
    UNITY,
    Monomial,
    Poly,
    as_term,
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
        positive = value > 0 if value is not None else normalizer.signs.of(normalizer.term(exponent)).positive
        return {} if positive else _opaque(normalizer, base, exponent)
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
    turned = _turned(normalizer, rest, exponent) if sign < 0 else None
    if turned is not None:
        parts.append(turned)
    elif rest or sign < 0:
        if sign > 0 and len(rest) == 1 and rest[0][1] == ONE:
            parts.append(_raised(normalizer, rest[0][0], ONE, exponent))
        else:
            parts.append(_opaque(normalizer, {tuple(rest): sign}, exponent))
    return normalizer.product(parts)


def _turned(normalizer: Normalizer, rest: list[tuple[Term, Term]], exponent: Poly) -> Poly | None:
    """(-b^p)^e = (-b)^(p·e) for an odd p, where b <= 0 is known."""
    if len(rest) != 1 or not isinstance(rest[0][1], Num) or rest[0][1].value % 2 != 1:
        return None
    ((base, power),) = rest
    if power == ONE or not normalizer.signs.of(Mul((MINUS_ONE, base))).nonnegative:
        return None
    raised = normalizer.product([normalizer.poly(power), exponent])
    return _opaque(normalizer, normalizer.scale(normalizer.atom(base), Fraction(-1)), raised)


def _raised(normalizer: Normalizer, base: Term, power: Term, exponent: Poly) -> Poly:
    value = value_of(exponent)
    if isinstance(power, Num) and value is not None:
        return normalizer.collect([(base, Num(power.value * value))])
    return normalizer.collect([(base, normalizer.normal(Mul((power, normalizer.term(exponent)))))])


def _power_of_number(normalizer: Normalizer, number: Fraction, exponent: Poly) -> Poly:
    value = value_of(exponent)
    if number == 1:
        return constant(number)
    if value is None and number < 0 and not distributes(normalizer, exponent):
        return normalizer.collect([(Num(number), normalizer.term(exponent))])
    if value is None:
        return _unknown_power_of_number(normalizer, number, exponent)
    if value % 1 == 0:
        power = int(value)
        small = is_modest(number, power)
        return constant(number**power) if small else _opaque(normalizer, constant(number), exponent)
    return normalizer.product(
        normalizer.collect([(Num(Fraction(p)), Num(value * times))]) for p, times in _factored(number)
    )


def _factored(number: Fraction) -> list[tuple[int, int]]:
    """The powers of primes whose product is a number > 0."""
    below = ((prime, -times) for prime, times in prime_factors(number.denominator))
    return [*prime_factors(number.numerator), *below]


def _unknown_power_of_number(normalizer: Normalizer, number: Fraction, exponent: Poly) -> Poly:
    """(±Π p^k)^e = (±1)^e·Π p^(k·e), where the sign needs a natural number e."""
    sign = [(Num(Fraction(-1)), normalizer.term(exponent))] if number < 0 else []
    numbers = (
        (Num(Fraction(p)), normalizer.term(normalizer.scale(exponent, Fraction(times))))
        for p, times in _factored(abs(number))
    )
    return normalizer.product(normalizer.collect([power]) for power in (*sign, *numbers))


def whole_part(normalizer: Normalizer, base: Term, exponent: Term) -> Poly | None:
    """s^(e + k) = s^k·s^e for a sum s, which s^k multiplies out, and natural numbers e and k > 0."""
    poly = normalizer.poly(exponent)
    whole = poly.get((), Fraction(0))
    rest = normalizer.term({monomial: value for monomial, value in poly.items() if monomial})
    if not 1 <= whole <= LARGEST_EXPANSION or whole % 1 or not normalizer.signs.natural(rest):
        return None
    return normalizer.product([*[normalizer.poly(base)] * int(whole), normalizer.collect([(base, rest)])])


def modulo_two(normalizer: Normalizer, exponent: Poly) -> Poly:
    """The exponent e of (-1)^e, a sum of multiples of natural numbers, without those that are even."""
    if not all(normalizer.signs.natural(as_term(monomial, UNITY)) for monomial in exponent):
        return exponent
    return {monomial: value % 2 for monomial, value in exponent.items() if value % 2}


def _power_of_sum(normalizer: Normalizer, base: Poly, exponent: Poly) -> Poly:
    """Takes the common factors out of the sum, then keeps what remains as a base of its own."""
    whole = distributes(normalizer, exponent)
    shared = common(normalizer, base, whole)
    rest = without(normalizer, base, shared)
    outside = _power_of_monomial(normalizer, shared, UNITY, exponent)
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


def common(normalizer: Normalizer, base: Poly, whole: bool) -> Monomial:
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


def without(normalizer: Normalizer, poly: Poly, shared: Monomial) -> Poly:
    """What remains of a sum when powers which are common to its terms are taken out."""
    inverse = tuple((base, normalizer.normal(Mul((MINUS_ONE, exponent)))) for base, exponent in shared)
    return normalizer.add(
        normalizer.scale(normalizer.collect(_multiplied(normalizer, dict(monomial), inverse).items()), value)
        for monomial, value in poly.items()
    )


def factored(normalizer: Normalizer, poly: Poly) -> Term | None:
    """A sum as a product with what is common to all its terms, if there is something."""
    shared = common(normalizer, poly, True) if len(poly) > 1 else ()
    rest = without(normalizer, poly, shared) if shared else {}
    return Mul((as_term(shared, UNITY), normalizer.term(rest))) if shared else None


def common_positive(normalizer: Normalizer, poly: Poly) -> Monomial:
    """The powers of what is known to be positive that are common to all terms of a sum."""
    shared = common(normalizer, poly, True)
    return tuple(power for power in shared if normalizer.signs.of(power[0]).positive)


def divided(normalizer: Normalizer, kept: list[tuple[Term, Term]]) -> Poly | None:
    """M·L·D^(-k) = M·D^(1-k) - M·(D - L)·D^(-k), for a sum D of exponentials and numbers and a term L of it;
    None where no such quotient is in the product. With the largest term for L, e^a/(1 + e^a) becomes
    1 - 1/(1 + e^a); with the number for L, where e^(-a) is in M, e^(-a)/(1 + e^a) becomes
    e^(-a) - 1/(1 + e^a).
    """
    for base, exponent in kept:
        if not isinstance(base, Add) or not isinstance(exponent, Num):
            continue
        if exponent.value >= 0 or exponent.value % 1:
            continue
        poly = normalizer.poly(base)
        if len(poly) < 2 or not all(map(_is_exponential, poly)):
            continue
        exponents = dict(kept)
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
