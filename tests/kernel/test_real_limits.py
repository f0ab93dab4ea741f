"""Limits of functions of a real number: what they are, where they exist, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel import terms as t
from lemmata.kernel.certificate import BothSides, LimitOfQuotient, LimitValue, Step
from lemmata.kernel.context import Context
from tests.kernel.say import (
    add,
    apply,
    combine,
    context,
    div,
    eq,
    exp,
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
    variable("a", positive=True), variable("b"), variable("x"), functions=(), naturals=(("n", 0),)
)
z, h, a, b, n = ref("z"), ref("h"), ref("a"), ref("b"), t.Count(t.Index("n"))
sin, cos, atan, floor = (lambda u, f=f: apply(f, u) for f in ("sin", "cos", "atan", "floor"))
HALF_PI = mul(2, atan(1))


def value(what: t.Limit, of: object, form: t.Term, *before: Step, given: Context = WORLD) -> Verdict:
    """What is said of a limit that is seen in a form of its body, after some steps."""
    known = tuple(s.id for s in before)
    return verdict(given, eq(what, of), *before, LimitValue("h", form, known, ()))


@pytest.mark.parametrize(
    ("what", "of", "form"),
    [
        (limit(add(z, 1), b, "+"), add(b, 1), add(b, h, 1)),
        (limit(add(z, 1), b, "-"), add(b, 1), add(sub(b, h), 1)),
        (limit(atan(z)), HALF_PI, atan(div(1, h))),
        (limit(atan(z), None, "+"), neg(HALF_PI), atan(neg(div(1, h)))),
        (limit(apply("erf", z)), 1, apply("erf", div(1, h))),
        (limit(exp(neg(z))), 0, exp(neg(div(1, h)))),
        (limit(exp(div(1, z)), 0, "-"), 0, exp(neg(div(1, h)))),
        (limit(div(1, add(1, exp(z)))), 0, power(add(1, exp(div(1, h))), -1)),
        (limit(div(sub(power(z, 2), 1), sub(z, 1)), 1, "+"), 2, add(2, h)),
        (limit(div(sqrt(power(z, 2)), z), 0, "-"), -1, neg(1)),
        (limit(mul(z, sin(div(1, z))), 0, "+"), 0, mul(h, sin(div(1, h)))),
        (limit(mul(power(z, n), exp(neg(z)))), 0, mul(power(div(1, h), n), exp(neg(div(1, h))))),
        (limit(power(z, a), 0, "+"), 0, power(h, a)),
        (limit(sqrt(sub(1, power(z, 2))), 1, "-"), 0, sqrt(sub(1, power(sub(1, h), 2)))),
        (limit(log(add(1, mul(a, z))), 0, "+"), 0, log(add(1, mul(a, h)))),
        (limit(sub(div(floor(z), z), 1)), 0, neg(mul(sub(div(1, h), floor(div(1, h))), h))),
    ],
    ids=str,
)
def test_limit_by_continuity(what: t.Limit, of: object, form: t.Term) -> None:
    assert value(what, of, form).outcome == "proved"


@pytest.mark.parametrize(
    ("what", "of", "form"),
    [
        (limit(sin(z)), 0, sin(div(1, h))),
        (limit(sin(div(1, z)), 0, "+"), 0, sin(div(1, h))),
        (limit(z), 0, div(1, h)),
        (limit(sub(z, z)), 1, t.ZERO),
        (limit(sub(z, floor(z))), 0, sub(div(1, h), floor(div(1, h)))),
        (limit(mul(z, sin(z))), 0, mul(div(1, h), sin(div(1, h)))),
        (limit(atan(div(1, z)), 0, "+"), neg(HALF_PI), atan(div(1, h))),
        (limit(div(1, z), 0, "+"), 0, div(1, h)),
        (limit(power(z, b), 0, "+"), 0, power(h, b)),
        (limit(exp(mul(b, z))), 0, exp(mul(b, div(1, h)))),
        (limit(mul(power(z, 2), exp(neg(mul(b, z))))), 0, mul(power(h, -2), exp(neg(div(b, h))))),
        (limit(log(z), 0, "-"), 0, log(neg(h))),
        (limit(sqrt(z), 0, "-"), 0, sqrt(neg(h))),
        (limit(floor(z), 2, "-"), 2, floor(sub(2, h))),
        (limit(mul(0, log(neg(z)))), 0, t.ZERO),
        (limit(z, b, "+"), ref("x"), add(b, h)),
        (limit(z, b, "+"), b, h),
        (limit(apply("sign", z), 0, "-"), 1, apply("sign", neg(h))),
    ],
    ids=str,
)
def test_what_is_no_limit_is_refused(what: t.Limit, of: object, form: t.Term) -> None:
    assert value(what, of, form).outcome == "undecided"


def test_limit_does_not_speak_of_the_small_number() -> None:
    assert value(limit(z, 0, "+"), h, h).outcome == "invalid"


def test_small_number_has_a_name_of_its_own() -> None:
    answer = verdict(WORLD, eq(limit(z, 0, "+"), 0), LimitValue("a", a, (), ()))
    assert answer.outcome == "invalid"


def test_condition_without_the_variable_is_named() -> None:
    what = limit(div(z, b), 1, "+")
    assert value(what, div(1, b), div(add(1, h), b)).needs == ("b != 0",)


def test_limit_from_both_sides_is_no_limit_from_one() -> None:
    assert value(limit(z, 0, ""), 0, h).outcome == "undecided"


def test_condition_at_the_point_itself_is_needed() -> None:
    inverse = div(1, b)
    assert value(limit(z, inverse, "+"), inverse, add(inverse, h)).needs == ("b != 0",)


ONE_SIDE = [
    step("below", eq(limit(sqrt(power(z, 2)), 0, "-"), 0), LimitValue("h", h, (), ())),
    step("above", eq(limit(sqrt(power(z, 2)), 0, "+"), 0), LimitValue("h", h, (), ())),
]


def test_limit_from_both_sides() -> None:
    claim = eq(limit(sqrt(power(z, 2)), 0, ""), 0)
    assert verdict(WORLD, claim, *ONE_SIDE, BothSides("below", "above")).outcome == "proved"
    assert verdict(WORLD, claim, *ONE_SIDE, BothSides("above", "below")).outcome == "undecided"
    other = eq(limit(sqrt(power(z, 2)), b, ""), 0)
    assert verdict(WORLD, other, *ONE_SIDE, BothSides("below", "above")).outcome == "undecided"


def test_sides_which_differ_have_no_limit() -> None:
    slope = div(sqrt(power(z, 2)), z)
    below = step("below", eq(limit(slope, 0, "-"), -1), LimitValue("h", neg(1), (), ()))
    above = step("above", eq(limit(slope, 0, "+"), 1), LimitValue("h", t.ONE, (), ()))
    for claimed in (1, -1):
        claim = eq(limit(slope, 0, ""), claimed)
        assert verdict(WORLD, claim, below, above, BothSides("below", "above")).outcome == "undecided"


# -- L'Hôpital ---------------------------------------------------------------------------------------


def by_quotient(
    what: t.Limit, of: object, top: t.Term, bottom: t.Term, slopes: t.Term, form: t.Term
) -> Verdict:
    before = step("slopes", eq(limit(slopes, 0, "+"), of), LimitValue("h", form, (), ()))
    return verdict(WORLD, eq(what, of), before, LimitOfQuotient("h", top, bottom, "slopes", ()))


def test_sine_over_its_argument() -> None:
    assert by_quotient(limit(div(sin(z), z), 0, "+"), 1, sin(h), h, cos(z), cos(h)).outcome == "proved"


def test_logarithm_against_a_power() -> None:
    bottom = div(1, h)
    answer = by_quotient(limit(mul(z, log(z)), 0, "+"), 0, log(h), bottom, neg(z), neg(h))
    assert answer.outcome == "proved"


@pytest.mark.parametrize(
    ("what", "of", "top", "bottom", "slopes", "form"),
    [
        # cos z/z is no 0/0: the limit is not that of -sin z.
        (limit(div(cos(z), z), 0, "+"), 0, cos(h), h, neg(sin(z)), neg(sin(h))),
        # The quotient is another one.
        (limit(div(sin(z), power(z, 2)), 0, "+"), 1, sin(h), h, cos(z), cos(h)),
        # The premise is on other derivatives.
        (limit(div(sin(z), z), 0, "+"), 0, sin(h), h, sin(z), sin(h)),
        # (z + sin z)/z tends to 1, while the quotient of the slopes does not settle.
        (
            limit(div(add(z, sin(z)), z)),
            2,
            add(div(1, h), sin(div(1, h))),
            div(1, h),
            add(1, cos(z)),
            add(1, cos(h)),
        ),
    ],
    ids=["no 0/0", "another quotient", "other slopes", "slopes that do not settle"],
)
def test_quotients_that_are_refused(
    what: t.Limit, of: object, top: t.Term, bottom: t.Term, slopes: t.Term, form: t.Term
) -> None:
    assert by_quotient(what, of, top, bottom, slopes, form).outcome == "undecided"


# -- existence ---------------------------------------------------------------------------------------

GROWS = limit(z)


def test_limit_which_is_not_known_to_exist_is_a_gap() -> None:
    answer = verdict(WORLD, eq(sub(GROWS, GROWS), 0), combine())
    assert (answer.outcome, answer.needs) == ("gap", ("(lim_i->∞ i) exists",))


def test_saying_that_a_limit_is_itself_does_not_make_it_exist() -> None:
    first = step("first", eq(GROWS, GROWS), combine())
    answer = verdict(WORLD, eq(sub(GROWS, GROWS), 0), first, combine())
    assert answer.outcome == "gap"


def test_limit_that_was_found_exists() -> None:
    decay = limit(exp(neg(z)))
    found = step("found", eq(decay, 0), LimitValue("h", exp(neg(div(1, h))), (), ()))
    assert verdict(WORLD, eq(mul(decay, b), 0), found, combine(use("found", b))).outcome == "proved"


def test_another_function_with_the_same_normal_form_need_not_have_a_limit() -> None:
    """0·log(-z) is 0 where it is defined, which it is nowhere near ∞."""
    plain, strange = limit(exp(neg(z))), limit(add(exp(neg(z)), mul(0, log(neg(z)))))
    found = step("found", eq(plain, 0), LimitValue("h", exp(neg(div(1, h))), (), ()))
    answer = verdict(WORLD, eq(strange, 0), found, combine(use("found")))
    assert answer.outcome == "gap"


def test_hypothesis_says_that_a_limit_exists() -> None:
    given = WORLD.assume("given", eq(limit(sin(mul(b, z))), 2))
    claim = eq(mul(2, limit(sin(mul(b, z)))), 4)
    assert verdict(given, claim, combine(use("given", 2))).outcome == "proved"


def test_bound_variable_is_not_the_free_one() -> None:
    """x·lim_{z -> 1} z is x, and not lim_{z -> 1} z·z."""
    given = WORLD.assume("given", eq(limit(mul(ref("x"), z), 1, "+"), ref("x")))
    claim = eq(limit(mul(z, z), 1, "+"), ref("x"))
    assert verdict(given, claim, combine(use("given"))).outcome != "proved"


def test_limit_has_no_derivative_here() -> None:
    inside = t.Derivative("v", limit(add(z, ref("v")), 0, "+"), (), t.Lambda((), ref("x")))
    assert verdict(WORLD, eq(inside, 1), combine()).outcome == "undecided"


def test_side_of_a_limit() -> None:
    for wrong in (limit(z, 0, "up"), limit(z, None, ""), t.Limit("z", z, (t.ZERO, t.ONE), "+")):
        assert verdict(WORLD, eq(wrong, wrong), combine()).outcome == "invalid"


def test_variable_is_bound_once() -> None:
    assert verdict(WORLD, eq(limit(a, 0, "+", "a"), 0), combine()).outcome == "invalid"


def test_nested_limits_have_variables_of_their_own() -> None:
    """lim_{y -> 0} lim_{z -> 0} (y - z) is not lim_{y -> 0} lim_{z -> 0} 0."""
    inner = limit(sub(ref("y"), z), 0, "+")
    nested, flat = limit(inner, 0, "+", "y"), limit(limit(0, 0, "+"), 0, "+", "y")
    given = WORLD.assume("given", eq(flat, 0))
    assert verdict(given, eq(nested, 0), combine(use("given"))).outcome != "proved"
    same = limit(limit(sub(ref("p"), ref("q")), 0, "+", "q"), 0, "+", "p")
    given = WORLD.assume("given", eq(nested, 0))
    assert verdict(given, eq(same, 0), combine(use("given"))).outcome == "proved"


def test_order_is_no_limit() -> None:
    claim = says(limit(exp(neg(z))), "<=", 0)
    assert verdict(WORLD, claim, LimitValue("h", exp(neg(div(1, h))), (), ())).outcome == "undecided"


def test_premise_at_another_point_is_refused() -> None:
    first = step("first", eq(limit(add(z, 1), 1, "+"), 2), LimitValue("h", add(2, h), (), ()))
    answer = verdict(
        WORLD, eq(limit(add(z, 1), 0, "+"), 2), first, LimitValue("h", add(h, 1), ("first",), ())
    )
    assert answer.outcome == "undecided"


def test_half_of_the_known_limit() -> None:
    first = step(
        "first",
        eq(limit(div(sin(z), z), 0, "+"), 1),
        LimitOfQuotient("h", sin(h), h, "slope", ()),
    )
    slope = step("slope", eq(limit(cos(z), 0, "+"), 1), LimitValue("h", cos(h), (), ()))
    half = Fraction(1, 2)
    form = mul(half, div(sin(h), h))
    claim = eq(limit(div(sin(z), mul(2, z)), 0, "+"), half)
    assert verdict(WORLD, claim, slope, first, LimitValue("h", form, ("first",), ())).outcome == "proved"
