"""Real numbers that are never wrong: exact rationals (`fmpq`), and balls (`arb`) which contain the number.

A number stays rational for as long as it is one: sums, products, quotients, exact roots, exp(0), log(1).
Anything else becomes a ball, at the precision of the block `precision(bits)` one is in. A question about
a ball may have no answer; then it is None, or `CannotTell` is raised: it is never a guess.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any

import flint
from flint import arb, fmpq, fmpz

from lemmata.refute.errors import CannotTell, Undefined

#: A rational `fmpq`, a ball `arb`, or a `Dual` number over them. (python-flint has no type hints.)
Value = Any

#: The precisions which are tried, in bits.
PRECISIONS = (128, 256, 512, 1024)

#: A power of a rational with a larger exponent is computed as a ball.
_LARGEST_EXACT_EXPONENT = 64
#: A ball of more than this relative width says too little to count as agreement.
_NARROW_BITS = 20

ZERO, ONE = fmpq(0), fmpq(1)


def precision(bits: int) -> AbstractContextManager[Any]:
    """A block in which balls are computed with so many bits."""
    manager: AbstractContextManager[Any] = flint.ctx.workprec(bits)
    return manager


def exact(number: Fraction | int) -> Value:
    """A rational number as a value."""
    return fmpq(number.numerator, number.denominator)


def is_exact(value: Value) -> bool:
    return isinstance(value, fmpq)


def fraction(value: Value) -> Fraction:
    """An exact value as a Fraction."""
    return Fraction(int(value.p), int(value.q))


def sign(value: Value) -> int | None:
    """-1, 0 or 1, or None if the ball does not tell."""
    if value > 0:
        return 1
    if value < 0:
        return -1
    return 0 if value == 0 else None


def compare(relation: str, left: Value, right: Value) -> bool | None:
    """Whether `left relation right`: True, False, or None if the balls do not tell."""
    found = sign(left - right)
    if relation == "=":
        return None if found is None else found == 0
    if relation == "!=":
        return None if found is None else found != 0
    if found is None:
        return True if relation == "<=" and bool(left <= right) else None
    if relation not in ("<", "<="):
        raise NotImplementedError(f"{relation} is no relation of two values")
    return found < 0 or (found == 0 and relation == "<=")


def agree(left: Value, right: Value) -> bool:
    """Whether two values are equal as far as can be seen: equal, or narrow balls which overlap."""
    difference = left - right
    if is_exact(difference):
        return bool(difference == 0)
    scale = abs(arb(left)) + abs(arb(right)) + 1
    return bool(difference.contains(0)) and bool(abs(difference) < scale * arb(2) ** -_NARROW_BITS)


def power(base: Value, exponent: Fraction) -> Value:
    """A rational power; x^0 = 1. Raises Undefined for 0^(-1), (-2)^(1/2)."""
    if exponent == 0:
        return ONE
    if exponent.denominator == 1 and exponent > 0:
        return _integer_power(base, int(exponent))
    found = sign(base)
    if found is None:
        raise CannotTell("the sign of the base of a power")
    if (found == 0 and exponent < 0) or (found < 0 and exponent.denominator > 1):
        raise Undefined(_power_text(base, exponent))
    if found == 0:
        return ZERO
    if exponent.denominator == 1:
        return _integer_power(base, int(exponent))
    return _root_power(base, exponent)


def _integer_power(base: Value, exponent: int) -> Value:
    if is_exact(base) and abs(exponent) > _LARGEST_EXACT_EXPONENT and base not in (0, 1, -1):
        base = arb(base)
    return finite(base**exponent)


def _root_power(base: Value, exponent: Fraction) -> Value:
    if is_exact(base):
        top, bottom = _exact_root(base.p, exponent.denominator), _exact_root(base.q, exponent.denominator)
        if top is not None and bottom is not None:
            return _integer_power(fmpq(top, bottom), exponent.numerator)
    if exponent.denominator == 2:
        return finite(arb(base).sqrt() ** exponent.numerator)
    return finite((arb(base).log() * exact(exponent)).exp())


def _exact_root(number: Any, degree: int) -> Any | None:
    """The root of a positive integer, if it is an integer."""
    if degree >= fmpz(number).bit_length():  # 2^degree is larger, and perhaps the degree than a C long
        return number if number == 1 else None
    root = fmpz(number).root(degree)
    return root if root**degree == number else None


def _power_text(base: Value, exponent: Fraction) -> str:
    if base == 0 and exponent == -1:
        return "1/0"
    shown = str(exponent) if exponent > 0 and exponent.denominator == 1 else f"({exponent})"
    text = show(base)
    return f"{text if is_exact(base) and base >= 0 and base.q == 1 else f'({text})'}^{shown}"


def finite(value: Value) -> Value:
    """The value; a ball without bounds tells nothing."""
    if isinstance(value, arb) and not value.is_finite():
        raise CannotTell("a ball without bounds")
    return value


def exponential(value: Value) -> Value:
    return ONE if value == 0 else finite(arb(value).exp())


def logarithm(value: Value) -> Value:
    """log, for a positive value."""
    found = sign(value)
    if found is None:
        raise CannotTell("the sign of the argument of log")
    if found <= 0:
        raise Undefined(f"log({show(value)})")
    return ZERO if value == 1 else finite(arb(value).log())


def sine(value: Value) -> Value:
    return ZERO if value == 0 else arb(value).sin()


def cosine(value: Value) -> Value:
    return ONE if value == 0 else arb(value).cos()


def show(value: Value, digits: int = 10) -> str:
    """`1/2`, or the certain digits of a ball and what is left open: `1.414213562 ± 3.74e-10`."""
    if is_exact(value):
        return str(value)
    text: str = value.str(digits)
    return text.strip("[]").replace("+/-", "±")


def show_apart(left: Value, right: Value) -> tuple[str, str]:
    """Both values, with as many digits as it takes to see that they differ."""
    for digits in (10, 20, 40, 80):
        texts = show(left, digits), show(right, digits)
        if texts[0].split(" ±")[0] != texts[1].split(" ±")[0]:
            return texts
    return texts
