"""Intervals hold the values of the functions, as mpmath works them out with many more digits."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from mpmath import mp, mpf

from lemmata.kernel.enclosure import Arithmetic, Interval, inverted, point, times
from lemmata.kernel.errors import Rejected

FUNCTIONS: dict[str, tuple[Callable[[Any], Any], int, int]] = {
    "exp": (mp.exp, -30, 30),
    "log": (mp.log, 0, 1000),
    "atan": (mp.atan, -50, 50),
    "erf": (mp.erf, -6, 6),
    "sin": (mp.sin, -40, 40),
    "cos": (mp.cos, -35, 35),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), -100, 100),
    "fifth root": (lambda x: mp.root(x, 5), 0, 100),
}


def enclosed(name: str, of: Interval, bits: int) -> Interval:
    known = Arithmetic(bits)
    match name:
        case "sin":
            return known.sine(of)
        case "cos":
            return known.cosine(of)
        case "cbrt":
            return known.cube_root(of)
        case "fifth root":
            return known.root(of, 5)
    return known.increasing(name, of)


def places(name: str, count: int) -> list[Fraction]:
    """Numbers where a function is defined: whole ones, and others."""
    _, low, high = FUNCTIONS[name]
    random = Random(name)
    found = [Fraction(random.randint(64 * low + 1, 64 * high), random.choice((64, 63))) for _ in range(count)]
    found += [Fraction(n) for n in (low, high) if name != "log" or n > 0]
    return [min(place, Fraction(high)) for place in found]


def exactly(value: Fraction) -> Any:
    return mpf(value.numerator) / value.denominator


@pytest.mark.parametrize("bits", [24, 64, 160])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_value_is_in_the_interval(name: str, bits: int) -> None:
    with mp.workprec(400):
        for place in places(name, 25):
            found = enclosed(name, point(place), bits)
            assert exactly(found.low) <= FUNCTIONS[name][0](exactly(place)) <= exactly(found.high)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_between_are_in_the_interval(name: str) -> None:
    with mp.workprec(200):
        ends = sorted(places(name, 12))
        for low, high in pairwise(ends):
            found = enclosed(name, Interval(low, high), 48)
            for part in range(5):
                place = low + (high - low) * part / 4
                assert exactly(found.low) <= FUNCTIONS[name][0](exactly(place)) <= exactly(found.high)


@pytest.mark.parametrize("exponent", range(-3, 6))
def test_powers(exponent: int) -> None:
    known = Arithmetic(40)
    for low, high in ((-2, -1), (-2, 3), (1, 3), (0, 2)):
        of = Interval(Fraction(low), Fraction(high))
        if exponent < 0 and low <= 0 <= high:
            with pytest.raises(Rejected):
                known.whole_power(of, exponent)
            continue
        found = known.whole_power(of, exponent)
        for part in range(9):
            place = of.low + of.width * part / 8
            assert found.low <= place**exponent <= found.high


def test_what_is_not_defined_has_no_interval() -> None:
    known = Arithmetic(40)
    both = Interval(Fraction(-1), Fraction(1))
    for wrong in (
        lambda: inverted(both),
        lambda: known.root(both, 2),
        lambda: known.increasing("log", Interval(Fraction(0), Fraction(1))),
        lambda: known.increasing("exp", point(1000)),
        lambda: known.rounded(times(point(2**40), point(2**40))),
    ):
        with pytest.raises(Rejected):
            wrong()
