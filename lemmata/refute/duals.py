"""Derivatives by dual numbers: a + b·ε with ε² = 0 carries the value a and the slope b.

Nested derivatives use one ε each, told apart by their level: the values below a level are constants to
it. So second derivatives are slopes of slopes, and no ε is mistaken for another.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.values import (
    ONE,
    ZERO,
    Value,
    cosine,
    exact,
    exponential,
    logarithm,
    power,
    sign,
    sine,
)


class Dual:
    """value + slope·ε, with the ε of this level. Both parts may be duals of lower levels."""

    __slots__ = ("level", "slope", "value")

    def __init__(self, level: int, value: Value, slope: Value) -> None:
        self.level = level
        self.value = value
        self.slope = slope

    def __add__(self, other: Value) -> Dual:
        if not isinstance(other, Dual) or other.level < self.level:
            return Dual(self.level, self.value + other, self.slope)
        if other.level > self.level:
            return Dual(other.level, self + other.value, other.slope)
        return Dual(self.level, self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Value) -> Dual:
        if not isinstance(other, Dual) or other.level < self.level:
            return Dual(self.level, self.value * other, self.slope * other)
        if other.level > self.level:
            return Dual(other.level, self * other.value, self * other.slope)
        slope = self.value * other.slope + self.slope * other.value
        return Dual(self.level, self.value * other.value, slope)

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> Dual:
        return Dual(self.level, -self.value, -self.slope)

    def __sub__(self, other: Value) -> Dual:
        return self.__add__(-other)

    def __rsub__(self, other: Value) -> Dual:
        return (-self).__add__(other)

    def __repr__(self) -> str:
        return f"Dual({self.level}, {self.value!r}, {self.slope!r})"


def slope_of(value: Value, level: int) -> Value:
    """The coefficient of the ε of this level, the highest there is."""
    return value.slope if isinstance(value, Dual) and value.level == level else ZERO


def primal(value: Value) -> Value:
    """The number without any ε."""
    while isinstance(value, Dual):
        value = value.value
    return value


def moves(value: Value) -> bool:
    """Whether the value certainly changes to first order in some ε."""
    if not isinstance(value, Dual):
        return False
    return sign(primal(value.slope)) in (1, -1) or moves(value.value)


def smooth(value: Value, order: int, at: Callable[[int, Value], Value]) -> Value:
    """The derivative of this order of a function, by the chain rule; `at(k, a)` is the k-th at a number."""
    if not isinstance(value, Dual):
        return at(order, value)
    slope = smooth(value.value, order + 1, at) * value.slope
    return Dual(value.level, smooth(value.value, order, at), slope)


def powered(base: Value, exponent: Fraction) -> Value:
    """A rational power of a value. A root of 0 has no derivative if the base moves."""
    if not isinstance(base, Dual):
        return power(base, exponent)
    if exponent.denominator > 1 and exponent > 0 and sign(primal(base)) == 0:
        refuse_corner(base, f"the derivative of x^({exponent}) at x = 0")
    return smooth(base, 0, lambda order, at: _power_slope(exponent, order, at))


def refuse_corner(value: Value, what: str) -> None:
    """At a corner: no derivative if the value moves through it, and else no certain answer."""
    raise Undefined(what) if moves(value) else CannotTell(what)


def _power_slope(exponent: Fraction, order: int, at: Value) -> Value:
    factor = Fraction(1)
    for step in range(order):
        factor *= exponent - step
    return exact(factor) * power(at, exponent - order) if factor else ZERO


def power_of(base: Value, exponent: Value) -> Value:
    """base^exponent = exp(exponent·log base), for a positive base."""
    return elementary("exp", 0, exponent * elementary("log", 0, base))


def _log_slope(order: int, at: Value) -> Value:
    if order == 0:
        return logarithm(at)
    logarithm(at)  # raises where log is not defined
    factor = ONE
    for step in range(1, order):
        factor = factor * -step
    return factor * power(at, Fraction(-order))


def _exp_slope(_: int, at: Value) -> Value:
    return exponential(at)


def _sin_slope(order: int, at: Value) -> Value:
    found = sine(at) if order % 2 == 0 else cosine(at)
    return found if order % 4 < 2 else -found


def _cos_slope(order: int, at: Value) -> Value:
    return _sin_slope(order + 1, at)


#: The functions which everybody knows, with all their derivatives.
ELEMENTARY: dict[str, Callable[[int, Value], Value]] = {
    "exp": _exp_slope,
    "log": _log_slope,
    "sin": _sin_slope,
    "cos": _cos_slope,
}


def elementary(name: str, order: int, value: Value) -> Value:
    """The derivative of the given order of exp, log, sin or cos at a value."""
    return smooth(value, order, ELEMENTARY[name])
