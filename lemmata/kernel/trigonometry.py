"""sin and cos in the normal form: addition theorems, cos² = 1 - sin², values at parts of π.

sin(a + b) = sin a·cos b + cos a·sin b      cos(a + b) = cos a·cos b - sin a·sin b
sin(-a) = -sin a, cos(-a) = cos a           sin(n·a), cos(n·a) for small n by the same theorems
sin(asin u) = u, cos(asin u) = √(1 - u²)    sin(atan u) = u/√(1 + u²), cos(atan u) = 1/√(1 + u²)
sin(π·n) = 0, cos(π·n) = (-1)^n for a natural number n; cos(2·π·n) = 1, for an integer n
π = 4·atan 1                                sin(π/6) = 1/2, sin(π/4) = √2/2, sin(π/3) = √3/2, ...
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from lemmata.kernel.poly import UNITY, Monomial, Poly, as_term, constant
from lemmata.kernel.terms import ONE, Add, Apply, Mul, Num, Pow

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer

#: Multiples of an angle are written out up to this one; of several angles, so many.
LARGEST_MULTIPLE, LARGEST_COUNT = 8, 6
#: π/4, which is how π is said.
QUARTER = Apply("atan", 0, ONE)

#: sin(k·π/12) for k = 0..6, as sums of square roots: (number below the root, factor).
_SINES: dict[int, tuple[tuple[int, Fraction], ...]] = {
    0: (),
    1: ((6, Fraction(1, 4)), (2, Fraction(-1, 4))),
    2: ((1, Fraction(1, 2)),),
    3: ((2, Fraction(1, 2)),),
    4: ((3, Fraction(1, 2)),),
    5: ((6, Fraction(1, 4)), (2, Fraction(1, 4))),
    6: ((1, Fraction(1)),),
}


def sine(normalizer: Normalizer, poly: Poly) -> Poly | None:
    """sin of a normal form; None where it stays as it is."""
    return _split(normalizer, poly)[0] if _is_split(normalizer, poly) else None


def cosine(normalizer: Normalizer, poly: Poly) -> Poly | None:
    return _split(normalizer, poly)[1] if _is_split(normalizer, poly) else None


def _is_split(normalizer: Normalizer, poly: Poly) -> bool:
    """Whether a law says more of this angle than its name."""
    if len(poly) > LARGEST_COUNT:
        return False
    if len(poly) != 1:
        return True
    ((monomial, value),) = poly.items()
    if monomial == _quarter() and (value * 3).denominator == 1:
        return True
    if _inverse_of(monomial) is not None and abs(value) == 1:
        return True
    if _at_half_turns(normalizer, monomial, value) is not None:
        return True
    return value != 1 and (value < 0 or (value.numerator != 1 and abs(value.numerator) <= LARGEST_MULTIPLE))


def _split(normalizer: Normalizer, poly: Poly) -> tuple[Poly, Poly]:
    """sin and cos of a sum, one term after the other."""
    total: tuple[Poly, Poly] = ({}, constant(UNITY))
    for monomial, value in poly.items():
        total = _sum(normalizer, total, _of_term(normalizer, monomial, value))
    return total


def _sum(normalizer: Normalizer, first: tuple[Poly, Poly], second: tuple[Poly, Poly]) -> tuple[Poly, Poly]:
    (s, c), (t, d) = first, second
    times, add = normalizer.product, normalizer.add
    minus = normalizer.scale(times([s, t]), Fraction(-1))
    return add([times([s, d]), times([c, t])]), add([times([c, d]), minus])


def _of_term(normalizer: Normalizer, monomial: Monomial, value: Fraction) -> tuple[Poly, Poly]:
    """sin and cos of value·monomial."""
    if monomial == _quarter():
        known = _at_part_of_pi(normalizer, value)
        if known is not None:
            return known
    turns = _at_half_turns(normalizer, monomial, value)
    if turns is not None:
        return turns
    if value < 0:
        s, c = _of_term(normalizer, monomial, -value)
        return normalizer.scale(s, Fraction(-1)), c
    whole = value.numerator if value.numerator <= LARGEST_MULTIPLE else 1
    angle = normalizer.term({monomial: value / whole})
    one = _at_inverse(normalizer, monomial) if value == whole else None
    one = one or (normalizer.atom(Apply("sin", 0, angle)), normalizer.atom(Apply("cos", 0, angle)))
    total = one
    for _ in range(whole - 1):
        total = _sum(normalizer, total, one)
    return total


def _at_half_turns(normalizer: Normalizer, monomial: Monomial, value: Fraction) -> tuple[Poly, Poly] | None:
    """sin and cos of π·k·m, for integers: 0, and 1 for even k, (-1)^m for odd k and a natural number m."""
    rest = tuple(power for power in monomial if power != (QUARTER, ONE))
    turns, times = value / 4, as_term(rest, UNITY)
    if len(rest) == len(monomial) or not rest or turns.denominator > 1 or not normalizer.signs.integer(times):
        return None
    if turns % 2 == 0:
        return {}, constant(UNITY)
    if normalizer.signs.natural(times):
        return {}, normalizer.poly(Pow(Num(Fraction(-1)), times))
    return {}, normalizer.atom(Apply("cos", 0, normalizer.term({monomial: Fraction(4)})))


def _inverse_of(monomial: Monomial) -> Apply | None:
    """The angle asin u or atan u."""
    match monomial:
        case ((Apply("asin" | "atan", 0) as angle, exponent),) if exponent == ONE:
            return angle
    return None


def _at_inverse(normalizer: Normalizer, monomial: Monomial) -> tuple[Poly, Poly] | None:
    """sin and cos of asin u: u and √(1 - u²); of atan u: u/√(1 + u²) and 1/√(1 + u²)."""
    angle = _inverse_of(monomial)
    if angle is None:
        return None
    u, asin = angle.argument, angle.function == "asin"
    square = Mul((Num(Fraction(-1 if asin else 1)), Pow(u, Num(Fraction(2)))))
    root = Pow(Add((ONE, square)), Num(Fraction(1, 2) if asin else Fraction(-1, 2)))
    return normalizer.poly(u if asin else Mul((u, root))), normalizer.poly(root)


def _quarter() -> Monomial:
    return ((QUARTER, ONE),)


def _at_part_of_pi(normalizer: Normalizer, quarters: Fraction) -> tuple[Poly, Poly] | None:
    """sin and cos of a multiple of π/12; None at other angles."""
    twelfths = quarters * 3
    if twelfths.denominator != 1:
        return None
    return _sine_at(normalizer, int(twelfths)), _sine_at(normalizer, int(twelfths) + 6)


def _sine_at(normalizer: Normalizer, twelfths: int) -> Poly:
    place = twelfths - 24 * floor(Fraction(twelfths, 24))
    sign = -1 if place >= 12 else 1
    place %= 12
    parts = _SINES[min(place, 12 - place)]
    half = normalizer.poly(Num(Fraction(1, 2)))
    roots = (
        normalizer.scale(normalizer.power(constant(Fraction(number)), half), sign * factor)
        for number, factor in parts
    )
    return normalizer.add(roots)
