"""Further known functions: where they are defined, their derivatives, and what the normal form knows of them.

atan, asin, asinh, acosh, erf, gamma, lgamma, floor, sign, cbrt
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from lemmata.kernel.errors import Rejected
from lemmata.kernel.odd import ODD
from lemmata.kernel.poly import Poly, as_term, constant, value_of
from lemmata.kernel.terms import MINUS_ONE, ONE, Add, Apply, Mul, Num, Pow, Term

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer

SPECIAL = frozenset(["atan", "asin", "asinh", "acosh", "erf", "gamma", "lgamma", "floor", "sign", "cbrt"])
#: Γ(x + k) is written with Γ(x) for k up to this number.
LARGEST_SHIFT = 4
_HALF, _TWO = Fraction(1, 2), Num(Fraction(2))


def domain(function: str, argument: Term) -> Iterator[tuple[str, Term]]:
    """What must be >= 0, or > 0, for a function to be defined at a number."""
    match function:
        case "asin":
            yield "<=", Add((ONE, Mul((MINUS_ONE, Pow(argument, _TWO)))))
        case "acosh":
            yield "<=", Add((argument, MINUS_ONE))
        case "gamma" if isinstance(argument, Num) and argument.value.denominator > 1:
            return
        case "gamma" | "lgamma":
            yield "<", argument


def slope(function: str, x: Term) -> Term:
    """The derivative of a function at x. Raises Rejected where none is known."""
    square, minus_square = Pow(x, _TWO), Mul((MINUS_ONE, Pow(x, _TWO)))
    match function:
        case "atan":
            return Pow(Add((ONE, square)), MINUS_ONE)
        case "asin":
            return Pow(Add((ONE, minus_square)), Num(-_HALF))
        case "asinh":
            return Pow(Add((ONE, square)), Num(-_HALF))
        case "acosh":
            return Pow(Add((square, MINUS_ONE)), Num(-_HALF))
        case "erf":
            # 2/√π = π^(-1/2)·2, and π = 4·atan 1
            root = Pow(Apply("atan", 0, ONE), Num(-_HALF))
            return Mul((root, Apply("exp", 0, minus_square)))
        case "cbrt":
            return Mul((Num(Fraction(1, 3)), Pow(Apply("cbrt", 0, x), Num(Fraction(-2)))))
    raise Rejected(f"{function} has no derivative here")


def applied(normalizer: Normalizer, function: str, poly: Poly) -> Poly | None:
    """A function at a normal form, where a law says more of it than its name."""
    value = value_of(poly)
    if function == "floor":
        return _floor(normalizer, poly)
    if function in ODD and value == 0:
        return {}
    if function == "sign" and value is not None:
        return constant(Fraction(1 if value > 0 else -1))
    if function == "sign":
        return _sign(normalizer, poly)
    if function == "cbrt" and len(poly) == 1:
        found = _cube_root(poly)
        if found is not None:
            return found
    if function in ODD and _is_negative(normalizer, poly):
        turned = normalizer.term(normalizer.scale(poly, Fraction(-1)))
        return normalizer.scale(normalizer.poly(Apply(function, 0, turned)), Fraction(-1))
    if function == "acosh" and value == 1:
        return {}
    if function == "asin" and value == 1:  # π/2
        return normalizer.poly(Mul((_TWO, Apply("atan", 0, ONE))))
    if function == "gamma" and value is not None:
        return _gamma(normalizer, value)
    if function in ("gamma", "lgamma"):
        return _one_less(normalizer, function, poly)
    return None


def _one_less(normalizer: Normalizer, function: str, poly: Poly) -> Poly | None:
    """Γ(x + 1) = x·Γ(x), and log Γ(x + 1) = log x + log Γ(x), where x is known to be positive."""
    number = poly.get((), Fraction(0))
    if not 1 <= number <= LARGEST_SHIFT or len(poly) == 1:
        return None
    less = normalizer.term(normalizer.add([poly, constant(Fraction(-1))]))
    if not normalizer.signs.of(less).positive:
        return None
    before = Apply(function, 0, less)
    return normalizer.poly(
        Mul((less, before)) if function == "gamma" else Add((Apply("log", 0, less), before))
    )


def _is_negative(normalizer: Normalizer, poly: Poly) -> bool:
    """Whether the first term has a negative coefficient, in an order which does not see signs."""
    return bool(poly) and poly[min(poly, key=normalizer.monomial_order)] < 0


def _floor(normalizer: Normalizer, poly: Poly) -> Poly | None:
    """⌊x + n⌋ = ⌊x⌋ + n for an integer n."""
    whole = constant(Fraction(floor(poly.get((), Fraction(0)))))
    for monomial, value in poly.items():
        if monomial and normalizer.signs.integer(as_term(monomial, value)):
            whole[monomial] = value
    rest = normalizer.add([poly, normalizer.scale(whole, Fraction(-1))])
    if len(rest) <= (() in rest):
        return whole
    if not whole:
        return None
    return normalizer.add([normalizer.atom(Apply("floor", 0, normalizer.term(rest))), whole])


def _sign(normalizer: Normalizer, poly: Poly) -> Poly | None:
    """1 or -1 where the sign is known."""
    term = normalizer.term(poly)
    if normalizer.signs.of(term).positive:
        return constant(Fraction(1))
    if normalizer.signs.of(normalizer.term(normalizer.scale(poly, Fraction(-1)))).positive:
        return constant(Fraction(-1))
    if _is_negative(normalizer, poly):
        turned = normalizer.term(normalizer.scale(poly, Fraction(-1)))
        return normalizer.scale(normalizer.atom(Apply("sign", 0, turned)), Fraction(-1))
    return None


def _cube_root(poly: Poly) -> Poly | None:
    """The root of a product which is a cube."""
    ((monomial, value),) = poly.items()
    top, bottom = _integer_root(abs(value.numerator)), _integer_root(value.denominator)
    thirds = [(base, exponent.value / 3) for base, exponent in monomial if isinstance(exponent, Num)]
    whole = len(thirds) == len(monomial) and all(third.denominator == 1 for _, third in thirds)
    if not whole or top**3 != abs(value.numerator) or bottom**3 != value.denominator:
        return None
    root = tuple((base, Num(third)) for base, third in thirds)
    return {root: Fraction(top, bottom) * (1 if value > 0 else -1)}


def _integer_root(number: int) -> int:
    """The largest integer whose cube is at most a natural number, by halving."""
    low, high = 0, 1 << (number.bit_length() // 3 + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= number else (low, middle - 1)
    return low


def _gamma(normalizer: Normalizer, value: Fraction) -> Poly | None:
    """(n-1)! at a natural number; at n + 1/2 a multiple of √π, and π = 4·atan 1."""
    if not 0 < value <= 30 or value.denominator > 2:
        return None
    factor = Fraction(1)
    while value > 1:
        value -= 1
        factor *= value
    if value == 1:
        return constant(factor)
    root = Mul((_TWO, Pow(Apply("atan", 0, ONE), Num(_HALF))))
    return normalizer.scale(normalizer.poly(root), factor)
