"""The rules about numbers conclude what they should, and nothing that is false."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import (
    Absurd,
    AdditionTheorem,
    Combine,
    Cut,
    Discrete,
    Enclosed,
    Floor,
    Increasing,
    Injective,
    Range,
    Sine,
    Step,
)
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.substitute import Fresh, Substitution
from lemmata.kernel.terms import Lambda
from tests.kernel.number_certificates import BOX, CERTIFICATES, PI, WORLD, k, p, slope, t, x, y
from tests.kernel.say import (
    add,
    apply,
    combine,
    context,
    count,
    div,
    eq,
    exp,
    judged,
    log,
    mul,
    neg,
    num,
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

BITS = 64


@pytest.mark.parametrize("name", CERTIFICATES)
def test_rule_concludes(name: str) -> None:
    answer = judged(CERTIFICATES[name])
    assert (answer.outcome, answer.needs) == ("proved", ())


def number(claim: Statement, given: Context = WORLD, **box: object) -> Verdict:
    edges = tuple((name, "below", "above") for name in box)
    return verdict(given, claim, Enclosed(edges, BITS, 4 if box else 0))


def grown(
    function: object,
    lower: object,
    upper: object,
    *inner: Step,
    relation: str = "<=",
    given: Context = WORLD,
    order: Statement | None = None,
    claim: Statement | None = None,
) -> Verdict:
    """f(a) R f(b) from a <= b, which is proved by its slack, and the steps on the derivative."""
    ends = says(lower, "<=", upper) if order is None else order
    values = claim or says(_at(function, lower), relation, _at(function, upper))
    by = Increasing("t", num(function), num(lower), num(upper), "a", "above", "below", (), inner)
    return verdict(given, values, step("a", ends, combine(slack=sub(upper, lower))), by)


def _at(function: object, value: object) -> object:
    return Substitution(Fresh(), tensors={"t": Lambda((), num(value))}).apply(num(function))


def test_constant_function_has_one_value() -> None:
    flat = sub(power(apply("sin", t), 2), neg(power(apply("cos", t), 2)))
    v = ref("v")
    zero = slope(add(power(apply("sin", v), 2), power(apply("cos", v), 2)), "=")
    answer = grown(flat, 0, p, step("s", zero, combine()), relation="=")
    assert answer.outcome == "proved"


def test_strict_growth_needs_two_numbers_apart() -> None:
    rising = step("s", slope(power(ref("v"), 3), "<"), combine(slack=mul(3, power(t, 2))))
    apart = grown(power(t, 3), 0, p, rising, relation="<", order=says(0, "<", p))
    assert apart.outcome == "proved"
    assert grown(power(t, 3), 0, p, rising, relation="<").outcome == "undecided"


def test_what_is_used_at_the_ends_is_asked_for() -> None:
    rising = step("s", slope(log(ref("v"))), combine(slack=div(1, t)))
    assert grown(log(t), 0, p, rising).outcome == "gap"


def _floor_of_growth() -> Verdict:
    inner = step("s", slope(apply("floor", ref("v"))), combine())
    return grown(apply("floor", t), 0, p, inner)


def _sign_is_no_constant() -> Verdict:
    inner = step("s", slope(apply("sign", ref("v")), "="), combine())
    return grown(apply("sign", t), 0, p, inner, relation="=")


def _reciprocal_over_its_pole() -> Verdict:
    """-1/t grows on both sides of 0, and -1/(-1) is not <= -1/1."""
    inner = step("s", slope(neg(div(1, ref("v")))), combine(slack=power(t, -2)))
    return grown(neg(div(1, t)), -1, 1, inner)


def _unknown_function() -> Verdict:
    world = context(variable("p", positive=True), functions=())
    return grown(apply("σ", t), 0, p, given=world)


def _backwards() -> Verdict:
    inner = step("s", slope(ref("v")), combine(slack=1))
    return grown(t, p, 0, inner, order=says(0, "<=", p))


def _slope_at_one_point_only() -> Verdict:
    """t² has a slope >= 0 where 0 < t, which is not said between x and 0."""
    inner = step("s", slope(power(ref("v"), 2)), combine(slack=mul(2, t)))
    return grown(power(t, 2), x, add(x, p), inner)


def _name_of_a_variable() -> Verdict:
    by = Increasing("x", x, num(0), p, "a", "above", "below", (), (step("s", eq(0, 0), combine()),))
    return verdict(WORLD, says(0, "<=", p), step("a", says(0, "<=", p), combine(slack=p)), by)


def _power_of_power() -> Verdict:
    """t^t is refused, as both parts move."""
    return grown(power(t, t), 0, p)


def injective(function: str, exponent: int, given: Context) -> Verdict:
    """x = y from h, by a function of both."""
    return verdict(given, eq(x, y), Injective(function, Fraction(exponent), "h", ()))


SQUARES = WORLD.assume("h", eq(power(x, 2), power(y, 2)))
WAVES = WORLD.assume("h", eq(apply("sin", x), apply("sin", y)))
FULL_TURN = (
    WORLD.assume("zero", eq(apply("sin", x), 0))
    .assume("below", says(mul(-2, PI), "<", x))
    .assume("above", says(x, "<", mul(2, PI)))
)
BEYOND = WORLD.assume("h", says(x, "<", y))

REFUSED: dict[str, Callable[[], Verdict]] = {
    "a floor has no slope": _floor_of_growth,
    "a sign jumps": _sign_is_no_constant,
    "a pole": _reciprocal_over_its_pole,
    "an unknown function": _unknown_function,
    "from right to left": _backwards,
    "a slope which is not known": _slope_at_one_point_only,
    "the name of a variable": _name_of_a_variable,
    "t^t": _power_of_power,
    "squares of any sign": lambda: injective("power", 2, SQUARES),
    "a power 0": lambda: injective("power", 0, WORLD.assume("h", eq(power(x, 0), power(y, 0)))),
    "a sine twice": lambda: injective("sin", 1, WAVES),
    "another equation": lambda: injective("exp", 1, SQUARES),
    "half a turn": lambda: verdict(FULL_TURN, eq(x, 0), Sine("zero", "below", "below", "above", ())),
    "a cosine of another angle": lambda: verdict(
        FULL_TURN.assume("c", says(0, "<", apply("cos", y))),
        eq(x, 0),
        Sine("zero", "c", "below", "above", ()),
    ),
    "too wide a range": lambda: verdict(WORLD, says(apply("atan", x), "<", 1), Range("atan", x, ())),
    "a range of asin that is strict": lambda: verdict(
        WORLD, says(apply("asin", x), "<", mul(Fraction(1, 2), PI)), Range("asin", x, ())
    ),
    "no range": lambda: verdict(WORLD, says(exp(x), "<", 1), Range("exp", x, ())),
    "sin(a + b) = sin a + sin b": lambda: verdict(
        WORLD, eq(apply("sin", add(x, y)), add(apply("sin", x), apply("sin", y))), AdditionTheorem(x, y, ())
    ),
    "floor above": lambda: verdict(WORLD, says(x, "<=", apply("floor", x)), Floor(x, ())),
    "no integers": lambda: verdict(BEYOND, says(add(x, 1), "<=", y), Discrete("h", ())),
    "half an integer": lambda: verdict(
        WORLD.assume("h", says(div(k, 2), "<", 1)), says(add(div(k, 2), 1), "<=", 1), Discrete("h", ())
    ),
    "not strict": lambda: verdict(
        WORLD.assume("h", says(k, "<=", 1)), says(add(k, 1), "<=", 1), Discrete("h", ())
    ),
    "the larger number": lambda: number(says(exp(PI), "<", power(PI, exp(1)))),
    "equal numbers": lambda: number(says(2, "<", power(sqrt(2), 2))),
    "equal numbers apart": lambda: number(says(2, "!=", power(sqrt(2), 2))),
    "an equation": lambda: number(eq(2, 2)),
    "a pole in the box": lambda: number(says(-5, "<", div(1, sub(x, Fraction(1, 2)))), BOX, x=1),
    "a logarithm at 0": lambda: number(says(log(x), "<", 5), BOX, x=1),
    "a root below 0": lambda: number(says(-1, "<", sqrt(sub(x, 1))), BOX, x=1),
    "a variable without a box": lambda: number(says(x, "<", 5), BOX),
    "a box of another variable": lambda: verdict(
        BOX, says(y, "<", 5), Enclosed((("y", "below", "above"),), BITS, 2)
    ),
    "false in the box": lambda: number(says(power(x, 2), "<", Fraction(3, 4)), BOX, x=1),
    "an angle that is too large": lambda: number(says(apply("sin", 10**6), "<", 2)),
    "too large a number": lambda: number(says(0, "<", exp(exp(10)))),
    "an unknown premise": lambda: verdict(WORLD, eq(x, x), Cut("a", "b", (step("s", eq(x, x), combine()),))),
    "more than was proved": lambda: verdict(
        WORLD,
        says(1, "<=", p),
        step("a", says(0, "<=", p), combine(slack=p)),
        Cut("a", "known", (step("s", says(1, "<=", p), combine(use("known"))),)),
    ),
    "the label of a hypothesis": lambda: verdict(
        BOX,
        eq(x, x),
        step("a", eq(x, x), combine()),
        Cut("a", "below", (step("s", eq(x, x), combine()),)),
    ),
    "odd turns of an integer": lambda: verdict(WORLD, eq(apply("cos", mul(k, PI)), 1), combine()),
    "turns of no integer": lambda: verdict(WORLD, eq(apply("sin", mul(x, PI)), 0), combine()),
    "the floor of a half": lambda: verdict(
        WORLD, eq(apply("floor", add(x, div(k, 2))), add(apply("floor", x), div(k, 2))), combine()
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_false_is_refused(name: str) -> None:
    assert REFUSED[name]().outcome in ("undecided", "invalid")


def test_what_was_proved_inside_is_not_seen_outside() -> None:
    inside = (step("s", eq(x, x), combine()),)
    answer = verdict(
        WORLD,
        says(0, "<=", p),
        step("a", says(0, "<=", p), combine(slack=p)),
        step("b", eq(x, x), Cut("a", "known", inside)),
        Combine((use("known"),), num(0), (), ()),
    )
    assert answer.outcome == "undecided"


def test_nothing_follows_from_a_claim_that_is_cut_in_by_itself() -> None:
    never = says(0, "<", 0)
    answer = verdict(WORLD, never, Cut("goal", "known", (step("s", never, Absurd("known", ())),)))
    assert answer.outcome == "undecided"


def test_natural_numbers_of_half_turns() -> None:
    world = context(naturals=(("n", 0),))
    turned = eq(apply("cos", mul(PI, count("n"))), power(-1, count("n")))
    assert verdict(world, turned, combine()).outcome == "proved"
