"""Further known functions: where they are defined, their slopes, their laws, and what is no law."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.special import SPECIAL
from lemmata.kernel.terms import Term
from tests.kernel.say import (
    HALF,
    add,
    apply,
    combine,
    context,
    count,
    diff_scalar,
    div,
    eq,
    exp,
    log,
    mean,
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

x, y, p, q = map(ref, "xypq")
WORLD = context(
    variable("x"),
    variable("y"),
    variable("p", positive=True),
    variable("q", nonnegative=True),
    variable("k", integer=True),
    variable("X", random=True, moments=4),
    naturals=(("t", 0),),
)
PI = mul(4, apply("atan", 1))
WHOLE = frozenset(["atan", "asinh", "erf", "floor", "sign", "cbrt"])


def given(*hypotheses: Statement) -> Context:
    found = WORLD
    for number, statement in enumerate(hypotheses, 1):
        found = found.assume(f"h{number}", statement)
    return found


def law(left: object, right: object, *hypotheses: Statement) -> str:
    return verdict(given(*hypotheses), eq(left, right)).outcome


# -- where they are defined ------------------------------------------------------------------------

UNIT = "0 <= 1 + (-1)·x^2"
DOMAINS: dict[str, tuple[str, Statement]] = {
    "asin": (UNIT, says(0, "<=", sub(1, power(x, 2)))),
    "acosh": ("0 <= x + (-1)", says(1, "<=", x)),
    "gamma": ("0 < x", says(0, "<", x)),
    "lgamma": ("0 < x", says(0, "<", x)),
}


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_defined_everywhere(name: str) -> None:
    assert law(apply(name, x), apply(name, x)) == "proved"


def test_every_function_is_said_where_it_is_defined() -> None:
    assert WHOLE | set(DOMAINS) == SPECIAL


@pytest.mark.parametrize("name", DOMAINS)
def test_domain(name: str) -> None:
    need, hypothesis = DOMAINS[name]
    claim = eq(apply(name, x), apply(name, x))
    answer = verdict(given(), claim)
    assert (answer.outcome, answer.needs) == ("gap", (need,))
    assert verdict(given(hypothesis), claim).outcome == "proved"


OUTSIDE: dict[str, tuple[str, object]] = {
    "asin 2": ("asin", 2),
    "asin -2": ("asin", -2),
    "acosh 0": ("acosh", 0),
    "acosh -1": ("acosh", -1),
    "gamma 0": ("gamma", 0),
    "gamma -1": ("gamma", -1),
    "gamma -4/2": ("gamma", mul(-4, HALF)),
    "gamma of -1/2 as a sum": ("gamma", add(-1, HALF)),
    "gamma x": ("gamma", x),
    "gamma q": ("gamma", q),
    "lgamma 0": ("lgamma", 0),
    "lgamma -1/2": ("lgamma", Fraction(-1, 2)),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_not_known_to_be_defined(name: str) -> None:
    function, at = OUTSIDE[name]
    assert law(apply(function, at), apply(function, at)) == "gap"


@pytest.mark.parametrize("at", [Fraction(-1, 2), Fraction(-7, 3), Fraction(1, 2), 5])
def test_gamma_is_defined_at_numbers_that_are_no_poles(at: Fraction) -> None:
    assert law(apply("gamma", at), apply("gamma", at)) == "proved"


def test_ends_of_domains() -> None:
    for function, at in (("asin", 1), ("asin", -1), ("acosh", 1)):
        assert law(apply(function, at), apply(function, at)) == "proved"


@pytest.mark.parametrize("name", sorted(SPECIAL))
def test_mean_of_a_function_may_not_exist(name: str) -> None:
    assert law(mean(apply(name, ref("X"))), mean(apply(name, ref("X")))) == "gap"


# -- slopes ------------------------------------------------------------------------------------------

inside = says(0, "<", sub(1, power(x, 2)))
SLOPES: dict[str, tuple[Term, tuple[Statement, ...]]] = {
    "atan": (div(1, add(1, power(x, 2))), ()),
    "asinh": (power(add(1, power(x, 2)), Fraction(-1, 2)), ()),
    "erf": (mul(2, power(PI, Fraction(-1, 2)), exp(neg(power(x, 2)))), ()),
    "asin": (power(sub(1, power(x, 2)), Fraction(-1, 2)), (inside, says(0, "<=", sub(1, power(x, 2))))),
    "acosh": (
        power(sub(power(x, 2), 1), Fraction(-1, 2)),
        (says(0, "<", sub(power(x, 2), 1)), says(1, "<=", x)),
    ),
    "cbrt": (mul(Fraction(1, 3), power(apply("cbrt", x), -2)), (says(apply("cbrt", x), "!=", 0),)),
}


@pytest.mark.parametrize("name", SLOPES)
def test_slope(name: str) -> None:
    """The slope exists inside of the domain, and at 0 the cube root has none."""
    slope, hypotheses = SLOPES[name]
    assert law(diff_scalar(apply(name, ref("v")), x), slope, *hypotheses) == "proved"
    if hypotheses:
        assert law(diff_scalar(apply(name, ref("v")), x), slope) == "gap"


@pytest.mark.parametrize(("name", "end"), [("asin", 1), ("asin", -1), ("acosh", 1), ("cbrt", 0)])
def test_no_slope_at_an_end(name: str, end: int) -> None:
    slope = diff_scalar(apply(name, ref("v")), end)
    assert law(slope, slope) == "gap"


@pytest.mark.parametrize("name", sorted(SPECIAL - set(SLOPES)))
def test_no_slope_is_known(name: str) -> None:
    slope = diff_scalar(apply(name, ref("v")), p)
    answer = verdict(WORLD, eq(slope, slope))
    assert answer.outcome == "undecided"
    assert f"{name} has no derivative here" in answer.reason


@pytest.mark.parametrize("name", ["floor", "sign"])
def test_steps_are_not_flat_by_decree(name: str) -> None:
    assert law(mul(0, diff_scalar(apply(name, ref("v")), x)), 0) == "undecided"


@pytest.mark.parametrize("name", SLOPES)
def test_slope_is_that_of_the_function(name: str) -> None:
    """The formula, in floating point, against a difference of values."""
    functions: dict[str, Callable[[float], float]] = {
        "atan": math.atan,
        "asinh": math.asinh,
        "erf": math.erf,
        "asin": math.asin,
        "acosh": math.acosh,
        "cbrt": lambda z: math.copysign(abs(z) ** (1 / 3), z),
    }
    slopes: dict[str, Callable[[float], float]] = {
        "atan": lambda z: 1 / (1 + z * z),
        "asinh": lambda z: (1 + z * z) ** -0.5,
        "erf": lambda z: 2 / math.sqrt(math.pi) * math.exp(-z * z),
        "asin": lambda z: (1 - z * z) ** -0.5,
        "acosh": lambda z: (z * z - 1) ** -0.5,
        "cbrt": lambda z: functions["cbrt"](z) ** -2 / 3,
    }
    at, step = (1.5 if name == "acosh" else 0.5), 1e-6
    measured = (functions[name](at + step) - functions[name](at - step)) / (2 * step)
    assert abs(measured - slopes[name](at)) < 1e-6


# -- laws --------------------------------------------------------------------------------------------

LAWS: dict[str, tuple[object, object]] = {
    **{f"{name} is odd": (apply(name, neg(x)), neg(apply(name, x))) for name in sorted(WHOLE - {"floor"})},
    **{
        f"{name} of x - y": (apply(name, sub(x, y)), neg(apply(name, sub(y, x))))
        for name in sorted(WHOLE - {"floor"})
    },
    **{f"{name} 0": (apply(name, 0), 0) for name in sorted(WHOLE | {"asin"})},
    "acosh 1": (apply("acosh", 1), 0),
    "⌊x + 2⌋": (apply("floor", add(x, 2)), add(apply("floor", x), 2)),
    "⌊x - 1/2⌋ = ⌊x + 1/2⌋ - 1": (
        apply("floor", sub(x, HALF)),
        sub(apply("floor", add(x, HALF)), 1),
    ),
    "⌊7/2⌋": (apply("floor", Fraction(7, 2)), 3),
    "⌊-7/2⌋": (apply("floor", Fraction(-7, 2)), -4),
    "sign 3": (apply("sign", 3), 1),
    "sign(-1/2)": (apply("sign", Fraction(-1, 2)), -1),
    "sign p": (apply("sign", p), 1),
    "sign(-p)": (apply("sign", neg(p)), -1),
    "sign exp x": (apply("sign", exp(x)), 1),
    "cbrt(x)³": (power(apply("cbrt", x), 3), x),
    "cbrt(x)⁷": (power(apply("cbrt", x), 7), mul(power(x, 2), apply("cbrt", x))),
    "cbrt 27/8": (apply("cbrt", Fraction(27, 8)), Fraction(3, 2)),
    "cbrt(-8)": (apply("cbrt", -8), -2),
    "cbrt(8x³y⁶)": (apply("cbrt", mul(8, power(x, 3), power(y, 6))), mul(2, x, power(y, 2))),
    "gamma(p + 1)": (apply("gamma", add(p, 1)), mul(p, apply("gamma", p))),
    "gamma(p + 3)": (
        apply("gamma", add(p, 3)),
        mul(add(p, 2), add(p, 1), p, apply("gamma", p)),
    ),
    "lgamma(p + 1)": (apply("lgamma", add(p, 1)), add(log(p), apply("lgamma", p))),
    "exp(x·log p)": (exp(mul(x, log(p))), power(p, x)),
    "exp(-x·y·log p)": (exp(mul(-1, x, y, log(p))), power(p, mul(-1, x, y))),
    "gamma 5": (apply("gamma", 5), 24),
    "gamma 1": (apply("gamma", 1), 1),
    "gamma 1/2": (apply("gamma", HALF), sqrt(PI)),
    "gamma 7/2": (apply("gamma", Fraction(7, 2)), mul(Fraction(15, 8), sqrt(PI))),
}


@pytest.mark.parametrize("name", LAWS)
def test_law(name: str) -> None:
    assert law(*LAWS[name]) == "proved"


NO_LAWS: dict[str, tuple[object, object]] = {
    "⌊x + 1/2⌋ = ⌊x⌋": (apply("floor", add(x, HALF)), apply("floor", x)),
    "⌊x + y⌋ = ⌊x⌋ + ⌊y⌋": (apply("floor", add(x, y)), add(apply("floor", x), apply("floor", y))),
    "⌊-x⌋ = -⌊x⌋": (apply("floor", neg(x)), neg(apply("floor", x))),
    "⌊2x⌋ = 2⌊x⌋": (apply("floor", mul(2, x)), mul(2, apply("floor", x))),
    "⌊x⌋ = x": (apply("floor", x), x),
    "sign x = 1": (apply("sign", x), 1),
    "sign(x)² = 1": (power(apply("sign", x), 2), 1),
    "sign q = 1": (apply("sign", q), 1),
    "sign(x²) = 1": (apply("sign", power(x, 2)), 1),
    "sign of a natural number": (apply("sign", count("t")), 1),
    "cbrt(x)² = x": (power(apply("cbrt", x), 2), x),
    "cbrt(x²) = x": (apply("cbrt", power(x, 2)), x),
    "cbrt(2x³) = 2x": (apply("cbrt", mul(2, power(x, 3))), mul(2, x)),
    "gamma(p + 1/2) = (p - 1/2)·gamma(p - 1/2)": (
        apply("gamma", add(p, HALF)),
        mul(sub(p, HALF), apply("gamma", sub(p, HALF))),
    ),
    "exp(log p·log 2) = p": (exp(mul(log(p), log(2))), p),
    "cbrt 2 = 1": (apply("cbrt", 2), 1),
    "cbrt is linear": (apply("cbrt", add(x, y)), add(apply("cbrt", x), apply("cbrt", y))),
    "atan is linear": (apply("atan", mul(2, x)), mul(2, apply("atan", x))),
    "gamma(-1/2) = gamma(1/2)": (apply("gamma", Fraction(-1, 2)), sqrt(PI)),
    "gamma(7/3)": (apply("gamma", Fraction(7, 3)), mul(Fraction(4, 3), apply("gamma", Fraction(4, 3)))),
    "gamma(p + 1) = gamma p": (apply("gamma", add(p, 1)), apply("gamma", p)),
    "lgamma p = gamma p": (apply("lgamma", p), apply("gamma", p)),
    "erf is even": (apply("erf", neg(x)), apply("erf", x)),
    "acosh is odd": (apply("acosh", neg(add(1, p))), neg(apply("acosh", add(1, p)))),
}


@pytest.mark.parametrize("name", NO_LAWS)
def test_no_law(name: str) -> None:
    assert law(*NO_LAWS[name]) == "undecided"


def test_sign_of_what_is_not_zero_is_not_one() -> None:
    """x != 0 gives no sign; 0 < x does."""
    assert law(apply("sign", x), 1, says(x, "!=", 0)) == "undecided"
    assert law(apply("sign", x), 1, says(0, "<=", x)) == "undecided"
    assert law(apply("sign", x), 1, says(0, "<", x)) == "proved"
    assert law(apply("sign", x), -1, says(x, "<", 0)) == "proved"


# -- signs -------------------------------------------------------------------------------------------


def sign(relation: str, term: Term) -> str:
    return verdict(WORLD, says(0, relation, term), combine(slack=term)).outcome


@pytest.mark.parametrize("name", ["atan", "asinh", "erf", "sign", "cbrt"])
def test_sign_is_that_of_the_argument(name: str) -> None:
    assert [sign("<", apply(name, p)), sign("<=", apply(name, q))] == ["proved", "proved"]
    assert [sign("<", apply(name, q)), sign("<=", apply(name, x))] == ["undecided", "undecided"]
    assert sign("!=", apply(name, p)) == "proved"


def test_sign_of_floors_and_of_gamma() -> None:
    assert [sign("<=", apply("floor", p)), sign("<", apply("floor", p))] == ["proved", "undecided"]
    assert [sign("<", apply("gamma", p)), sign("<=", apply("gamma", Fraction(-1, 2)))] == [
        "proved",
        "undecided",
    ]
    assert [sign("<=", apply("acosh", add(1, p))), sign("<", apply("acosh", add(1, p)))] == [
        "proved",
        "undecided",
    ]
    assert sign("<=", apply("lgamma", p)) == "undecided"


def test_floor_of_an_integer() -> None:
    assert law(apply("floor", ref("k")), ref("k")) == "proved"
    assert law(log(exp(ref("k"))), ref("k")) == "proved"
