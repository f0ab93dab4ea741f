"""Integrals: by a primitive, by parts, over two ranges; and which are refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel import terms as t
from lemmata.kernel.certificate import Cases, LimitValue, Primitive, SplitIntegral, Step
from lemmata.kernel.context import Context
from lemmata.kernel.substitute import Fresh, Substitution
from tests.kernel.say import (
    add,
    apply,
    combine,
    context,
    diff_scalar,
    div,
    eq,
    exp,
    function,
    integral,
    limit,
    log,
    mul,
    neg,
    power,
    ref,
    says,
    sqrt,
    step,
    sub,
    use,
    variable,
    verdict,
)

WORLD = context(
    variable("a", positive=True), variable("b"), variable("x"), functions=(function("f", 2), function("g", 0))
)
z, q, a, b, h = (ref(name) for name in "zqabh")
sin, cos, atan, floor = (lambda u, f=f: apply(f, u) for f in ("sin", "cos", "atan", "floor"))
HALF = Fraction(1, 2)


def by_primitive(
    what: t.Integral,
    of: object,
    primitive: object,
    where: str,
    *before: Step,
    rest: object = t.ZERO,
    given: Context = WORLD,
    inside: tuple[Step, ...] = (),
) -> Verdict:
    """What is said of an integral by a primitive in q, of which the derivative is taken at once."""
    slope = t.Derivative("v", _at(primitive, "v"), (), t.Lambda((), q))
    goal = eq(slope, sub(_at(what.body, "q"), rest))
    by = Primitive("range", "q", primitive, rest, where, (), (*inside, step("goal", goal, combine())))
    return verdict(given, eq(what, of), *before, by)


def _at(term: object, name: str) -> t.Term:
    """A term in q or z with another name for it."""
    there = t.Lambda((), ref(name))
    return Substitution(Fresh(), tensors={"q": there, "z": there}).apply(term)  # type: ignore[arg-type]


def at_end(term: t.Term, of: object, end: object, side: str, form: t.Term, name: str) -> Step:
    """The limit of a primitive in q at an end."""
    return step(name, eq(limit(_at(term, "z"), end, side), of), LimitValue("h", form, (), ()))


@pytest.mark.parametrize(
    ("what", "of", "primitive", "where"),
    [
        (integral(power(z, 2), 0, 1), Fraction(1, 3), div(power(q, 3), 3), "closed"),
        (integral(power(z, 2), 1, 0), Fraction(-1, 3), div(power(q, 3), 3), "closed"),
        (integral(cos(z), 0, b), sin(b), sin(q), "everywhere"),
        (integral(z, b, b), 0, div(power(q, 2), 2), "everywhere"),
        (integral(z, b, b), 0, div(power(q, 2), 2), "closed"),
        (
            integral(mul(b, z), 0, ref("x")),
            div(mul(b, power(ref("x"), 2)), 2),
            div(mul(b, q, q), 2),
            "everywhere",
        ),
        (integral(0, 0, 1), 0, t.ONE, "everywhere"),
        (integral(apply("f", z, 1), 0, b), sub(apply("f", b), apply("f", 0)), apply("f", q), "everywhere"),
    ],
    ids=str,
)
def test_integral_between_numbers(what: t.Integral, of: object, primitive: object, where: str) -> None:
    known = where != "everywhere" or not isinstance(what.body, t.Apply) or what.body.function != "f"
    assert by_primitive(what, of, primitive, where).outcome == ("proved" if known else "undecided")


def test_unknown_function_may_have_no_continuous_derivative() -> None:
    """Volterra's function has a derivative without an integral."""
    what = integral(apply("f", z, 1), 0, 1)
    answer = by_primitive(what, sub(apply("f", 1), apply("f", 0)), apply("f", q), "closed")
    assert (answer.outcome, "continuous" in answer.reason) == ("undecided", True)


@pytest.mark.parametrize(
    ("what", "of", "primitive", "where"),
    [
        (integral(power(z, -1), -1, 1), 0, log(q), "closed"),
        (integral(power(z, -2), -1, 1), -2, neg(power(q, -1)), "closed"),
        (integral(power(z, -2), -1, 1), -2, neg(power(q, -1)), "everywhere"),
        (integral(sqrt(power(z, 2)), -1, 1), 1, mul(HALF, q, sqrt(power(q, 2))), "closed"),
        (integral(power(sub(1, power(z, 2)), -HALF), -1, 1), mul(4, atan(1)), apply("asin", q), "closed"),
        (
            integral(power(add(1, power(z, 2)), -1), -1, 1),
            neg(mul(2, atan(1))),
            neg(atan(div(1, q))),
            "closed",
        ),
    ],
    ids=["1/z", "1/z²", "1/z² everywhere", "|z|", "asin at its ends", "a primitive with a jump"],
)
def test_primitive_must_have_the_derivative_everywhere(
    what: t.Integral, of: object, primitive: object, where: str
) -> None:
    assert by_primitive(what, of, primitive, where).outcome != "proved"


def test_value_must_be_that_of_the_primitive() -> None:
    assert by_primitive(integral(z, 0, 1), 1, div(power(q, 2), 2), "closed").outcome == "undecided"
    assert by_primitive(integral(z, 0, 1), HALF, power(q, 2), "closed").outcome == "undecided"


def test_order_of_the_ends_must_be_known() -> None:
    primitive = div(power(q, 2), 2)
    claimed = div(power(b, 2), 2)
    for where in ("closed", "inside"):
        answer = by_primitive(integral(z, 0, b), claimed, primitive, where)
        assert (answer.outcome, "lower" in answer.reason) == ("undecided", True)
    assert by_primitive(integral(z, 0, b), claimed, primitive, "somewhere").outcome == "undecided"


def test_range_is_known_inside() -> None:
    """1/z from 1 to a > 0, where 1 <= a."""
    what, claimed = integral(power(z, -1), 1, a), log(a)
    above = step("away", says(0, "<", q), combine(use("range above"), slack=1))
    goal = eq(diff_scalar(log(ref("v")), q), sub(power(q, -1), 0))
    proof = (above, step("goal", goal, combine(facts=("away",))))
    by = Primitive("range", "q", log(q), t.ZERO, "closed", (), proof)
    given = WORLD.assume("order", says(1, "<=", a))
    assert verdict(given, eq(what, claimed), by).outcome == "proved"
    assert verdict(WORLD, eq(what, claimed), by).outcome == "undecided"


# -- improper ----------------------------------------------------------------------------------------

DECAY = neg(exp(neg(q)))
AT_INFINITY = at_end(DECAY, 0, None, "-", neg(exp(neg(div(1, h)))), "above")
AT_ZERO = at_end(DECAY, -1, 0, "+", neg(exp(neg(h))), "below")
ENDS = sub(limit(_at(DECAY, "z")), limit(_at(DECAY, "z"), 0, "+"))


def test_integral_to_infinity() -> None:
    what = integral(exp(neg(z)), 0)
    assert by_primitive(what, ENDS, DECAY, "inside", AT_INFINITY, AT_ZERO).outcome == "proved"


def test_limits_at_the_ends_must_exist() -> None:
    what = integral(exp(neg(z)), 0)
    answer = by_primitive(what, ENDS, DECAY, "inside", AT_INFINITY)
    assert (answer.outcome, len(answer.needs)) == ("gap", 1)
    ends = sub(limit(z), limit(z, 0, "+"))
    found = at_end(q, 0, 0, "+", h, "below")
    assert by_primitive(integral(1, 0), ends, q, "inside", found).outcome == "gap"


def test_primitive_has_no_value_at_infinity() -> None:
    for where in ("closed", "everywhere"):
        assert by_primitive(integral(exp(neg(z)), 0), 1, DECAY, where).outcome == "undecided"


def test_logarithm_to_the_pole() -> None:
    primitive = sub(mul(q, log(q)), q)
    above = at_end(primitive, -1, 1, "-", sub(mul(sub(1, h), log(sub(1, h))), sub(1, h)), "above")
    given = WORLD.assume("pole", eq(limit(_at(primitive, "z"), 0, "+"), 0))
    ends = sub(limit(_at(primitive, "z"), 1), limit(_at(primitive, "z"), 0, "+"))
    answer = by_primitive(integral(log(z), 0, 1), ends, primitive, "inside", above, given=given)
    assert answer.outcome == "proved"


def test_range_turned_round() -> None:
    """From 1 down to 0 the ends are reached from the other sides."""
    primitive, what = div(power(q, 2), 2), integral(z, 1, 0)
    above = at_end(primitive, 0, 0, "+", div(power(h, 2), 2), "above")
    below = at_end(primitive, HALF, 1, "-", div(power(sub(1, h), 2), 2), "below")
    right = sub(limit(_at(primitive, "z"), 0, "+"), limit(_at(primitive, "z"), 1, "-"))
    assert by_primitive(what, right, primitive, "inside", above, below).outcome == "proved"
    wrong = sub(limit(_at(primitive, "z"), 0, "-"), limit(_at(primitive, "z"), 1, "+"))
    assert by_primitive(what, wrong, primitive, "inside", above, below).outcome != "proved"


# -- by parts ----------------------------------------------------------------------------------------


def test_parts() -> None:
    """∫ z·cos z = [z·sin z] - ∫ sin z."""
    sine = integral(sin(z), 0, b)
    rest = step("rest", eq(integral(neg(sin(z)), 0, b), sub(cos(b), 1)), _primitive(cos(q), neg(sin(q))))
    claim = add(mul(b, sin(b)), neg(sine))
    answer = by_primitive(
        integral(mul(z, cos(z)), 0, b), claim, mul(q, sin(q)), "everywhere", rest, rest=neg(sin(q))
    )
    # ∫ sin z stands in the claim, so that it must be known to exist as well.
    assert (answer.outcome, len(answer.needs)) == ("gap", 1)
    claim = sub(add(mul(b, sin(b)), cos(b)), 1)
    parts = step(
        "parts",
        eq(integral(mul(z, cos(z)), 0, b), add(mul(b, sin(b)), integral(neg(sin(z)), 0, b))),
        Primitive(
            "range",
            "q",
            mul(q, sin(q)),
            neg(sin(q)),
            "everywhere",
            (),
            _shown(mul(q, sin(q)), add(mul(q, cos(q)), sin(q))),
        ),
    )
    answer = verdict(
        WORLD, eq(integral(mul(z, cos(z)), 0, b), claim), rest, parts, combine(use("parts"), use("rest"))
    )
    assert answer.outcome == "proved"


def _shown(primitive: t.Term, slope: t.Term) -> tuple[Step, ...]:
    left = t.Derivative("v", _at(primitive, "v"), (), t.Lambda((), q))
    return (step("goal", eq(left, slope), combine()),)


def _primitive(primitive: t.Term, slope: t.Term) -> Primitive:
    return Primitive("range", "q", primitive, t.ZERO, "everywhere", (), _shown(primitive, slope))


def test_rest_must_have_an_integral() -> None:
    """∫_0^1 1/z would be log 1 - log 0 by parts with nothing, or itself with F = 0."""
    pole = integral(power(z, -1), 0, 1)
    left = t.Derivative("v", t.ZERO, (), t.Lambda((), q))
    proof = (step("goal", eq(left, sub(power(q, -1), power(q, -1))), combine(facts=("range above",))),)
    by = Primitive("range", "q", t.ZERO, power(q, -1), "inside", (), proof)
    ends = [
        step(name, eq(limit(0, end, side), 0), LimitValue("h", t.ZERO, (), ()))
        for name, end, side in (("u", 1, "-"), ("l", 0, "+"))
    ]
    right = add(sub(limit(0, 1, "-"), limit(0, 0, "+")), pole)
    assert verdict(WORLD, eq(pole, right), *ends, by).outcome == "gap"


# -- two ranges --------------------------------------------------------------------------------------


def test_sum_over_two_ranges() -> None:
    parts = [integral(z, 0, 1), integral(z, 1, 3)]
    known = [
        step(name, eq(part, value), _primitive(div(power(q, 2), 2), q))
        for name, part, value in zip("ab", parts, (HALF, 4), strict=True)
    ]
    claim = eq(integral(z, 0, 3), add(*parts))
    assert verdict(WORLD, claim, *known, SplitIntegral(t.ONE)).outcome == "proved"
    assert verdict(WORLD, claim, *known, SplitIntegral(b)).outcome == "undecided"
    assert verdict(WORLD, claim, known[0], SplitIntegral(t.ONE)).outcome == "gap"


def test_both_ranges_must_have_an_integral() -> None:
    """∫_{-1}^1 1/z is not 0 by the two halves, which do not exist."""
    pole = power(z, -1)
    halves = add(integral(pole, -1, 0), integral(pole, 0, 1))
    assert verdict(WORLD, eq(integral(pole, -1, 1), halves), SplitIntegral(t.ZERO)).outcome == "gap"


# -- linear, bound, differentiated -------------------------------------------------------------------


def test_integral_is_linear_where_it_exists() -> None:
    given = WORLD.assume("given", eq(integral(apply("g", z), 0, 1), b))
    scaled = integral(mul(a, apply("g", z)), 0, 1)
    assert verdict(given, eq(scaled, mul(a, b)), combine(use("given", a))).outcome == "proved"
    logs = integral(mul(log(b), apply("g", z)), 0, 1)
    assert verdict(given, eq(logs, mul(log(b), b)), combine(use("given", log(b)))).outcome == "gap"


def test_variable_does_not_leave_its_integral() -> None:
    x = ref("x")
    given = WORLD.assume("given", eq(integral(z, 0, 1), HALF))
    wrong = eq(integral(mul(z, z), 0, 1), div(x, 2))
    assert verdict(given, wrong, combine(use("given", x))).outcome == "undecided"
    assert verdict(given, eq(integral(z, 0, 1, "x"), HALF), combine(use("given"))).outcome == "invalid"


def test_derivative_by_the_upper_end() -> None:
    x, gauss = ref("x"), exp(neg(power(z, 2)))
    known = eq(integral(gauss, 0, x), b)
    slope = t.Derivative("v", integral(gauss, 0, ref("v")), (), t.Lambda((), x))
    claim = eq(slope, exp(neg(power(x, 2))))
    assert verdict(WORLD.assume("known", known), claim, combine()).outcome == "proved"
    assert verdict(WORLD, claim, combine()).outcome == "gap"
    turned = t.Derivative("v", integral(gauss, ref("v"), 0), (), t.Lambda((), x))
    assert verdict(WORLD, eq(turned, exp(neg(power(x, 2)))), combine()).outcome == "undecided"


@pytest.mark.parametrize(
    "body", [floor(z), apply("g", z), apply("sign", z), mul(z, ref("v"))], ids=["floor", "g", "sign", "v·z"]
)
def test_derivative_needs_a_continuous_integrand_without_the_variable(body: t.Term) -> None:
    x = ref("x")
    slope = t.Derivative("v", integral(body, 0, ref("v")), (), t.Lambda((), x))
    there = _at(body, "x") if body != mul(z, ref("v")) else power(x, 2)
    here = mul(z, x) if body == mul(z, ref("v")) else body
    given = WORLD.assume("known", eq(integral(here, 0, x), b))
    assert verdict(given, eq(slope, there), combine()).outcome in ("undecided", "gap")


def test_cases_of_the_order_of_the_ends() -> None:
    primitive, what = div(power(q, 2), 2), integral(z, 0, b)
    claim = eq(what, div(power(b, 2), 2))
    by = Primitive("range", "q", primitive, t.ZERO, "closed", (), _shown(primitive, q))
    on = says(0, "<=", b)
    inner = (step("inside", claim, by),)
    assert verdict(WORLD, claim, Cases("order", on, inner, inner)).outcome == "proved"
