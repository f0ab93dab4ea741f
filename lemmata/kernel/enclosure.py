"""Intervals with rational ends which hold the values of known functions: every operation rounds outwards.

Ends are kept as multiples of a unit 2^(-bits). A series is cut where its remainder is below the unit, and the
bound of the remainder is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from lemmata.kernel.errors import Rejected

#: No end is larger than this, so that no number grows beyond bounds.
LARGEST = Fraction(2**64)


@dataclass(frozen=True, slots=True)
class Interval:
    """All real numbers x with low <= x <= high."""

    low: Fraction
    high: Fraction

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    @property
    def width(self) -> Fraction:
        return self.high - self.low


def point(value: Fraction | int) -> Interval:
    return Interval(Fraction(value), Fraction(value))


def add(first: Interval, second: Interval) -> Interval:
    return Interval(first.low + second.low, first.high + second.high)


def times(first: Interval, second: Interval) -> Interval:
    ends = [a * b for a in (first.low, first.high) for b in (second.low, second.high)]
    return Interval(min(ends), max(ends))


def inverted(of: Interval) -> Interval:
    """1/x for all x of an interval without 0."""
    if of.low <= 0 <= of.high:
        raise Rejected("a denominator may be 0 as far as its enclosure says")
    return Interval(1 / of.high, 1 / of.low)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The known functions of intervals, with ends that are multiples of 2^(-bits)."""

    bits: int

    def rounded(self, of: Interval) -> Interval:
        """The smallest interval with ends that are kept, around another."""
        unit = 1 << self.bits
        low, high = of.low * unit, of.high * unit
        found = Interval(
            Fraction(low.numerator // low.denominator, unit),
            Fraction(-(-high.numerator // high.denominator), unit),
        )
        if max(abs(found.low), abs(found.high)) > LARGEST:
            raise Rejected("a number is too large for its enclosure")
        return found

    def product(self, first: Interval, second: Interval) -> Interval:
        return self.rounded(times(first, second))

    def whole_power(self, of: Interval, exponent: int) -> Interval:
        """x^n for an integer n."""
        if exponent < 0:
            return self.whole_power(self.rounded(inverted(of)), -exponent)
        if exponent % 2 == 0 and of.low < 0:
            largest = max(-of.low, of.high)
            of = (
                Interval(max(Fraction(0), -of.high), largest)
                if of.high < 0
                else Interval(Fraction(0), largest)
            )
        result = point(1)
        for digit in bin(exponent)[2:] if exponent else "":
            result = self.product(result, result)
            if digit == "1":
                result = self.product(result, of)
        return result

    def root(self, of: Interval, degree: int) -> Interval:
        """The root of a number which is not negative."""
        if of.low < 0:
            raise Rejected("a number below a root may be negative as far as its enclosure says")
        unit = 1 << self.bits
        low = _whole_root(of.low * unit**degree, degree)
        high = _whole_root(of.high * unit**degree, degree) + 1
        return Interval(Fraction(low, unit), Fraction(high, unit))

    def cube_root(self, of: Interval) -> Interval:
        """The real cube root."""
        ends = [self._cube_root_at(end) for end in (of.low, of.high)]
        return Interval(ends[0].low, ends[1].high)

    def _cube_root_at(self, value: Fraction) -> Interval:
        return -self.root(point(-value), 3) if value < 0 else self.root(point(value), 3)

    def increasing(self, function: str, of: Interval) -> Interval:
        """The values of exp, log, atan or erf, from those at the two ends."""
        at = {"exp": self._exp, "log": self._log, "atan": self._atan, "erf": self._erf}[function]
        return Interval(at(of.low).low, at(of.high).high)

    def _exp(self, x: Fraction) -> Interval:
        """e^x = (e^(x/2^k))^(2^k), where |x/2^k| <= 1/2, so that what remains is below the last term."""
        if abs(x) > 40:
            raise Rejected("an exponent is too large for its enclosure")
        halvings = max(0, (abs(x) * 2).__ceil__().bit_length())
        y = self.rounded(point(x / 2**halvings))
        total, term, n = point(1), point(1), 0
        while True:
            n += 1
            term = self.rounded(times(times(term, y), point(Fraction(1, n))))
            total = add(total, term)
            if self._is_small(term):
                break
        rest = 2 * self._unit
        total = self.rounded(Interval(total.low - rest, total.high + rest))
        for _ in range(halvings):
            total = self.product(total, total)
        return total

    def _log(self, x: Fraction) -> Interval:
        """log(m·2^k) = k·log 2 + 2·artanh((m - 1)/(m + 1)), where 2/3 <= m <= 4/3."""
        if x <= 0:
            raise Rejected("a number whose logarithm is taken may be <= 0 as far as its enclosure says")
        shift = 0
        while x > Fraction(4, 3):
            x, shift = x / 2, shift + 1
        while x < Fraction(2, 3):
            x, shift = x * 2, shift - 1
        two = self._artanh(Fraction(1, 3))
        parts = add(self._artanh((x - 1) / (x + 1)), times(point(shift), two))
        return self.rounded(times(point(2), parts))

    def _artanh(self, z: Fraction) -> Interval:
        """Σ z^(2k+1)/(2k+1), where |z| <= 1/3, so that the remainder is below the last term."""
        return self._odd_series(z, 1)

    def _odd_series(self, z: Fraction, sign: int) -> Interval:
        """Σ sign^k·z^(2k+1)/(2k+1), where |z| <= 1/2, so that what remains is below the last power."""
        square = self.rounded(point(z * z))
        power = total = self.rounded(point(z))
        n = 1
        while not self._is_small(power):
            power = self.rounded(times(power, square))
            n += 2
            total = self.rounded(add(total, times(power, point(Fraction(sign ** (n // 2), n)))))
        return self.rounded(Interval(total.low - self._unit, total.high + self._unit))

    def _atan(self, x: Fraction) -> Interval:
        """atan x = π/2 - atan(1/x) for x > 1, and atan x = atan(1/2) + atan((2x - 1)/(2 + x)) for x > 1/2."""
        if x < 0:
            return -self._atan(-x)
        if x > 1:
            half = times(point(2), self._atan(Fraction(1)))
            return self.rounded(add(half, -self._atan(1 / x)))
        if x > Fraction(1, 2):
            rest = self._odd_series((2 * x - 1) / (2 + x), -1)
            return self.rounded(add(self._odd_series(Fraction(1, 2), -1), rest))
        return self._odd_series(x, -1)

    @property
    def pi(self) -> Interval:
        return self.rounded(times(point(4), self._atan(Fraction(1))))

    def sine(self, of: Interval) -> Interval:
        """The sine at the middle, and as much to both sides as the argument varies, but nothing beyond 1."""
        middle, half = (of.low + of.high) / 2, of.width / 2
        at = self._sine_at(middle)
        one = Fraction(1)
        return self.rounded(Interval(max(at.low - half, -one), min(at.high + half, one)))

    def cosine(self, of: Interval) -> Interval:
        """cos x = sin(x + π/2)."""
        return self.sine(add(of, times(point(Fraction(1, 2)), self.pi)))

    def _sine_at(self, x: Fraction) -> Interval:
        """sin x = x - x³/6 + ...; what remains after a term is at most the next one."""
        if abs(x) > 40:
            raise Rejected("an angle is too large for its enclosure")
        square = self.rounded(point(-x * x))
        term = total = self.rounded(point(x))
        n = 1
        while not (self._is_small(term) and n > abs(x)):
            n += 2
            term = self.rounded(times(times(term, square), point(Fraction(1, n * (n - 1)))))
            total = add(total, term)
        return self.rounded(Interval(total.low - self._unit, total.high + self._unit))

    def _erf(self, x: Fraction) -> Interval:
        """erf x = 2/√π·Σ (-1)^k·x^(2k+1)/(k!·(2k+1)), whose terms alternate and, from k >= x² on, fall."""
        if abs(x) > 6:
            raise Rejected("an argument of erf is too large for its enclosure")
        square = self.rounded(point(-x * x))
        power = total = self.rounded(point(x))
        k = 0
        while not (self._is_small(power) and k > x * x):
            k += 1
            power = self.rounded(times(times(power, square), point(Fraction(1, k))))
            total = self.rounded(add(total, times(power, point(Fraction(1, 2 * k + 1)))))
        total = self.rounded(Interval(total.low - self._unit, total.high + self._unit))
        factor = times(point(2), inverted(self.root(self.pi, 2)))
        return self.rounded(times(factor, total))

    @property
    def _unit(self) -> Fraction:
        return Fraction(1, 1 << self.bits)

    def _is_small(self, of: Interval) -> bool:
        """Whether a term is nothing but a unit."""
        return max(abs(of.low), abs(of.high)) <= self._unit


def _whole_root(value: Fraction, degree: int) -> int:
    """The largest integer whose power is at most a number >= 0."""
    number = value.numerator // value.denominator
    if degree == 2:
        return isqrt(number)
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low
