"""sin and cos in the normal form: addition theorems, multiples of angles, values at parts of π."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from lemmata.kernel.normal import Normalizer
from lemmata.kernel.signs import Facts, signs_in
from lemmata.kernel.substitute import Fresh
from lemmata.kernel.terms import Term
from tests.kernel.evaluate import Point, value
from tests.kernel.say import (
    HALF,
    add,
    apply,
    context,
    count,
    diff_scalar,
    div,
    eq,
    mul,
    neg,
    power,
    ref,
    says,
    sqrt,
    sub,
    variable,
    verdict,
)

x, y, z = map(ref, "xyz")
WORLD = context(*map(variable, "xyz"), naturals=(("t", 0),))
PI = mul(4, apply("atan", 1))
QUARTER = apply("atan", 1)


def sin(angle: object) -> Term:
    return apply("sin", angle)


def cos(angle: object) -> Term:
    return apply("cos", angle)


def normal(term: Term) -> Term:
    return Normalizer(signs_in(WORLD, {}, Facts()), Fresh()).normal(term)


def law(left: object, right: object) -> str:
    return verdict(WORLD, eq(left, right)).outcome


# -- parts of π --------------------------------------------------------------------------------------


@pytest.mark.parametrize("twelfths", range(-30, 31))
def test_values_at_parts_of_pi(twelfths: int) -> None:
    """The value is a sum of square roots, without any sin or cos."""
    angle = mul(Fraction(twelfths, 12), PI)
    for function, known in ((sin, math.sin), (cos, math.cos)):
        found = value(normal(function(angle)), Point({}, {}, {}))
        assert abs(found - known(twelfths * math.pi / 12)) < 1e-12


@pytest.mark.parametrize("parts", [Fraction(1, 5), Fraction(1, 8), Fraction(2, 7), Fraction(-5, 24)])
def test_other_parts_stay(parts: Fraction) -> None:
    """sin(π/5) has no value here; that sin is odd holds there, too."""
    angle = mul(parts, PI)
    assert "Apply(function='sin'" in repr(normal(sin(angle)))
    assert law(sin(neg(angle)), neg(sin(angle))) == "proved"


VALUES: dict[str, tuple[object, object]] = {
    "sin π/6": (sin(mul(Fraction(1, 6), PI)), HALF),
    "cos π/3": (cos(mul(Fraction(1, 3), PI)), HALF),
    "sin π/4": (sin(QUARTER), div(sqrt(2), 2)),
    "cos π/12": (cos(mul(Fraction(1, 12), PI)), div(add(sqrt(6), sqrt(2)), 4)),
    "sin 2π/3": (sin(mul(Fraction(2, 3), PI)), div(sqrt(3), 2)),
    "cos π": (cos(PI), -1),
    "sin 0": (sin(0), 0),
    "cos 0": (cos(0), 1),
}
FALSE_VALUES: dict[str, tuple[object, object]] = {
    "sin π/6 = √3/2": (sin(mul(Fraction(1, 6), PI)), div(sqrt(3), 2)),
    "cos π/12 = (√6 - √2)/4": (cos(mul(Fraction(1, 12), PI)), div(sub(sqrt(6), sqrt(2)), 4)),
    "cos 3π/4 = √2/2": (cos(mul(3, QUARTER)), div(sqrt(2), 2)),
    "cos π = 1": (cos(PI), 1),
    "sin 1 = 1": (sin(1), 1),
    "sin 22/7 = 0": (sin(Fraction(22, 7)), 0),
    "π = 3": (PI, 3),
}

# -- laws --------------------------------------------------------------------------------------------

LAWS: dict[str, tuple[object, object]] = {
    "sin² + cos²": (add(power(sin(x), 2), power(cos(x), 2)), 1),
    "cos⁴": (power(cos(x), 4), power(sub(1, power(sin(x), 2)), 2)),
    "sin(x + y)": (sin(add(x, y)), add(mul(sin(x), cos(y)), mul(cos(x), sin(y)))),
    "cos(x + y)": (cos(add(x, y)), sub(mul(cos(x), cos(y)), mul(sin(x), sin(y)))),
    "cos(x - y)": (cos(sub(x, y)), add(mul(cos(x), cos(y)), mul(sin(x), sin(y)))),
    "sin(-x)": (sin(neg(x)), neg(sin(x))),
    "cos(-x)": (cos(neg(x)), cos(x)),
    "sin 2x": (sin(mul(2, x)), mul(2, sin(x), cos(x))),
    "cos 2x": (cos(mul(2, x)), sub(1, mul(2, power(sin(x), 2)))),
    "sin 3x": (sin(mul(3, x)), sub(mul(3, sin(x)), mul(4, power(sin(x), 3)))),
    "cos 4x": (
        cos(mul(4, x)),
        add(1, mul(-8, power(cos(x), 2)), mul(8, power(cos(x), 4))),
    ),
    "sin(3x/2)": (
        sin(mul(Fraction(3, 2), x)),
        sub(mul(3, sin(mul(HALF, x))), mul(4, power(sin(mul(HALF, x)), 3))),
    ),
    "sin(x + π/2)": (sin(add(x, mul(2, QUARTER))), cos(x)),
    "cos(x + 2π)": (cos(add(x, mul(2, PI))), cos(x)),
    "sin(x + y + z) of the other order": (sin(add(x, y, z)), sin(add(z, y, x))),
}


@pytest.mark.parametrize("name", LAWS | VALUES)
def test_law(name: str) -> None:
    assert law(*(LAWS | VALUES)[name]) == "proved"


def test_law_with_a_denominator_needs_it() -> None:
    """tan·cos = sin, where cos is not 0."""
    claim = eq(mul(div(sin(x), cos(x)), cos(x)), sin(x))
    assert verdict(WORLD, claim).needs == ("cos(x) != 0",)
    assert verdict(WORLD.assume("h", says(cos(x), "!=", 0)), claim).outcome == "proved"


NO_LAWS: dict[str, tuple[object, object]] = {
    "sin² - cos² = 1": (sub(power(sin(x), 2), power(cos(x), 2)), 1),
    "√(1 - sin²) = cos": (sqrt(sub(1, power(sin(x), 2))), cos(x)),
    "√(cos²) = cos": (sqrt(power(cos(x), 2)), cos(x)),
    "sin(x + y) = sin x + sin y": (sin(add(x, y)), add(sin(x), sin(y))),
    "cos(x + y) with a plus": (cos(add(x, y)), add(mul(cos(x), cos(y)), mul(sin(x), sin(y)))),
    "cos(-x) = -cos x": (cos(neg(x)), neg(cos(x))),
    "sin 2x = 2 sin x": (sin(mul(2, x)), mul(2, sin(x))),
    "cos 2x = 1 + 2 sin²": (cos(mul(2, x)), add(1, mul(2, power(sin(x), 2)))),
    "cos 3x = 3 cos x - 4 cos³ x": (cos(mul(3, x)), sub(mul(3, cos(x)), mul(4, power(cos(x), 3)))),
    "sin t·x = t·sin x": (sin(mul(count("t"), x)), mul(count("t"), sin(x))),
    "cos πt = 1": (cos(mul(count("t"), PI)), 1),
    "sin(x + 1) of period 1": (sin(add(x, 1)), sin(x)),
    "sin(x·y) = sin x·sin y": (sin(mul(x, y)), mul(sin(x), sin(y))),
    "sin of sin": (sin(sin(x)), sin(x)),
    "asin of sin": (apply("asin", sin(x)), x),
}


@pytest.mark.parametrize("name", NO_LAWS | FALSE_VALUES)
def test_no_law(name: str) -> None:
    assert law(*(NO_LAWS | FALSE_VALUES)[name]) == "undecided"


asin_x, atan_x = apply("asin", x), apply("atan", x)
LENGTH, REST = sqrt(add(1, power(x, 2))), sqrt(sub(1, power(x, 2)))
INVERSES: dict[str, tuple[Term, Term]] = {
    "sin asin x": (sin(asin_x), x),
    "cos asin x": (cos(asin_x), REST),
    "sin atan x": (sin(atan_x), div(x, LENGTH)),
    "cos atan x": (cos(atan_x), div(1, LENGTH)),
    "sin 2 atan x": (sin(mul(2, atan_x)), div(mul(2, x), add(1, power(x, 2)))),
    "cos(y + asin x)": (cos(add(y, asin_x)), sub(mul(cos(y), REST), mul(sin(y), x))),
    "sin(-asin x)": (sin(neg(asin_x)), neg(x)),
}
NO_INVERSES: dict[str, tuple[Term, Term]] = {
    "cos asin x = x": (cos(asin_x), x),
    "cos asin x = -√(1 - x²)": (cos(asin_x), neg(REST)),
    "sin atan x = x": (sin(atan_x), x),
    "asin sin x = x": (apply("asin", sin(x)), x),
    "atan tan": (apply("atan", div(sin(x), cos(x))), x),
}


@pytest.mark.parametrize("name", INVERSES | NO_INVERSES)
def test_inverses_inside(name: str) -> None:
    """x is between -1 and 1, as asin x needs."""
    inside = WORLD.assume("h", says(power(x, 2), "<=", 1))
    answer = verdict(inside, eq(*(INVERSES | NO_INVERSES)[name]))
    assert (answer.outcome == "proved") == (name in INVERSES)


def test_inverses_inside_need_their_domain() -> None:
    assert law(sin(asin_x), x) == "gap"
    assert law(sin(atan_x), div(x, LENGTH)) == "proved"


@pytest.mark.parametrize("at", [-0.9, -0.6, 0.0, 0.3, 0.95])
def test_inverses_inside_have_the_value_of_the_functions(at: float) -> None:
    point = Point({}, {}, {"x": {(): at + 0j}})
    for inverse, known in (("asin", math.asin), ("atan", math.atan)):
        for function, outer in ((sin, math.sin), (cos, math.cos)):
            found = value(normal(function(apply(inverse, x))), point)
            assert abs(found - outer(known(at))) < 1e-9


def test_slopes() -> None:
    assert law(diff_scalar(sin(mul(2, ref("v"))), x), mul(2, cos(mul(2, x)))) == "proved"
    assert law(diff_scalar(power(cos(ref("v")), 2), x), mul(-2, sin(x), cos(x))) == "proved"
    assert law(diff_scalar(cos(ref("v")), x), sin(x)) == "undecided"


@pytest.mark.parametrize("multiple", range(1, 13))
def test_multiples_have_the_value_of_the_angle(multiple: int) -> None:
    """Small multiples are written out; large ones stay."""
    point = Point({}, {}, {"x": {(): 0.7 + 0j}})
    for function, known in ((sin, math.sin), (cos, math.cos)):
        written = normal(function(mul(multiple, x)))
        assert abs(value(written, point) - known(multiple * 0.7)) < 1e-9
        assert ("exponent" in repr(written) or multiple < 3) == (multiple <= 8 or multiple < 3)


def test_work_is_limited() -> None:
    """sin(8x + 8y + 8z) has many terms; what is too much is not decided."""
    term: Term = sin(add(mul(8, x), mul(8, y), mul(8, z), mul(8, count("t"))))
    for _ in range(3):
        term = sin(add(mul(8, term), mul(7, x), mul(5, y), mul(6, z)))
    answer = verdict(WORLD, says(term, "=", add(term, 1)))
    assert answer.outcome == "undecided"
