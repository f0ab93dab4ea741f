"""Numbers stay exact while they can, and balls never guess."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.values import (
    agree,
    compare,
    cosine,
    exact,
    exponential,
    finite,
    fraction,
    is_exact,
    logarithm,
    power,
    precision,
    show,
    sign,
    sine,
)

ROOT2 = power(exact(2), Fraction(1, 2))
AROUND_0 = ROOT2 * ROOT2 - 2
RATIONALS = st.fractions(max_denominator=100)


@given(RATIONALS)
def test_fractions_pass_through_unchanged(number: Fraction) -> None:
    assert fraction(exact(number)) == number


@given(st.fractions(0, 50, max_denominator=20), st.integers(2, 4))
def test_exact_roots_stay_exact(number: Fraction, degree: int) -> None:
    root = power(exact(number**degree), Fraction(1, degree))
    assert is_exact(root) and fraction(root) == number


@pytest.mark.parametrize(
    ("found", "value"),
    [
        (exponential(exact(0)), 1),
        (logarithm(exact(1)), 0),
        (sine(exact(0)), 0),
        (cosine(exact(0)), 1),
        (power(exact(0), Fraction(0)), 1),
        (power(exact(-7), Fraction(0)), 1),
        (power(exact(Fraction(4, 9)), Fraction(-3, 2)), exact(Fraction(27, 8))),
        (power(exact(0), Fraction(1, 2)), 0),
    ],
)
def test_known_values_are_exact(found: object, value: object) -> None:
    assert is_exact(found) and found == value


@pytest.mark.parametrize(
    ("base", "exponent", "what"),
    [(0, -1, "1/0"), (-2, Fraction(1, 2), "(-2)^(1/2)"), (0, Fraction(-1, 2), "0^(-1/2)"), (0, -2, "0^(-2)")],
)
def test_powers_without_a_value(base: int, exponent: Fraction | int, what: str) -> None:
    with pytest.raises(Undefined) as caught:
        power(exact(base), Fraction(exponent))
    assert caught.value.what == what


def test_a_root_of_any_degree_has_a_value() -> None:
    assert power(exact(1), Fraction(1, 10**30)) == 1
    assert agree(power(exact(2), Fraction(1, 10**30)), exact(1))


def test_a_ball_around_0_tells_nothing() -> None:
    assert sign(AROUND_0) is None
    assert agree(ROOT2 * ROOT2, exact(2))
    for relation in ("=", "!=", "<"):
        assert compare(relation, AROUND_0, exact(0)) is None
    for exponent in (Fraction(-1), Fraction(1, 2)):
        with pytest.raises(CannotTell):
            power(AROUND_0, exponent)
    with pytest.raises(CannotTell):
        logarithm(AROUND_0)


@pytest.mark.parametrize(
    ("relation", "left", "right", "holds"),
    [
        ("=", 1, 1, True),
        ("=", 1, 2, False),
        ("!=", 1, 1, False),
        ("<=", 1, 1, True),
        ("<", 1, 1, False),
        ("<", 1, 2, True),
        ("<=", 2, 1, False),
    ],
)
def test_exact_numbers_are_always_compared(relation: str, left: int, right: int, holds: bool) -> None:
    assert compare(relation, exact(left), exact(right)) is holds


def test_balls_that_do_not_overlap_are_compared() -> None:
    assert compare("<", ROOT2, exact(Fraction(3, 2))) is True
    assert compare("<=", exact(Fraction(3, 2)), ROOT2) is False
    assert compare("=", ROOT2, exact(1)) is False


def test_a_wide_ball_does_not_count_as_agreement() -> None:
    assert not agree(arb(0, 1), exact(0))


def test_a_value_without_bounds_is_no_value() -> None:
    with pytest.raises(CannotTell):
        finite(arb("inf"))


def test_more_bits_give_more_digits() -> None:
    with precision(256):
        root = power(exact(2), Fraction(1, 2))
        assert show(root, 60).startswith("1.4142135623730950488016887242096980785696718753769480731766")
