"""A small certificate for each rule about numbers, to change at random."""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.certificate import (
    AdditionTheorem,
    Certificate,
    Cut,
    Discrete,
    Enclosed,
    Floor,
    Increasing,
    Injective,
    Range,
    Sine,
)
from lemmata.kernel.context import Statement
from tests.kernel.say import (
    add,
    apply,
    certificate,
    combine,
    context,
    diff_scalar,
    div,
    eq,
    exp,
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
)

WORLD = context(variable("x"), variable("y"), variable("p", positive=True), variable("k", integer=True))
x, y, p, k, t = (ref(name) for name in "xypkt")
PI = mul(4, apply("atan", 1))
BOX = WORLD.assume("below", says(0, "<=", x)).assume("above", says(x, "<=", 1))


def slope(function: object, relation: str = "<=") -> Statement:
    """0 R f'(t), for a function of v."""
    return says(0, relation, diff_scalar(function, t))


def _sine_below_line() -> Certificate:
    one = sub(1, apply("cos", t))
    squares = mul(Fraction(1, 2), add(power(one, 2), power(apply("sin", t), 2)))
    inner = (step("s", slope(sub(ref("v"), apply("sin", ref("v")))), combine(slack=squares)),)
    values = says(sub(0, apply("sin", 0)), "<=", sub(p, apply("sin", p)))
    grown = Increasing("t", sub(t, apply("sin", t)), add(), p, "a", "above", "below", (), inner)
    return certificate(
        WORLD,
        says(apply("sin", p), "<=", p),
        step("a", says(add(), "<=", p), combine(slack=p)),
        step("b", values, grown),
        combine(use("b")),
    )


def _arctangents() -> Certificate:
    left = add(apply("atan", div(1, 2)), apply("atan", div(1, 3)))
    angle = sub(left, apply("atan", 1))
    number = Enclosed((), 40, 0)
    return certificate(
        WORLD,
        eq(left, apply("atan", 1)),
        step("a", eq(apply("sin", angle), 0), combine()),
        step("b", says(0, "<", apply("cos", angle)), number),
        step("c", says(mul(-2, PI), "<", angle), number),
        step("d", says(angle, "<", mul(2, PI)), number),
        Sine("a", "b", "c", "d", ()),
    )


_nested = sqrt(add(3, mul(2, sqrt(2))))
_sum = add(1, sqrt(2))
_half = div(x, 2)

CERTIFICATES: dict[str, Certificate] = {
    "mean value": _sine_below_line(),
    "arctangents": _arctangents(),
    "root": certificate(
        WORLD,
        eq(_nested, _sum),
        step("a", eq(power(_nested, 2), power(_sum, 2)), combine()),
        Injective("power", Fraction(2), "a", ()),
    ),
    "cubes": certificate(
        WORLD.assume("h", eq(power(x, 3), power(y, 3))), eq(x, y), Injective("power", Fraction(3), "h", ())
    ),
    "range": certificate(WORLD, says(apply("atan", x), "<", mul(Fraction(1, 2), PI)), Range("atan", x, ())),
    "addition": certificate(
        WORLD,
        eq(apply("cos", x), sub(power(apply("cos", _half), 2), power(apply("sin", _half), 2))),
        AdditionTheorem(_half, _half, ()),
    ),
    "floor": certificate(WORLD, says(x, "<", add(apply("floor", x), 1)), Floor(x, ())),
    "neighbours": certificate(
        WORLD.assume("h", says(k, "<", apply("floor", x))),
        says(add(k, 1), "<=", apply("floor", x)),
        Discrete("h", ()),
    ),
    "numbers": certificate(WORLD, says(power(PI, exp(1)), "<", exp(PI)), Enclosed((), 64, 0)),
    "box": certificate(
        BOX, says(power(x, 3), "<", add(x, Fraction(1, 2))), Enclosed((("x", "below", "above"),), 40, 8)
    ),
    "cut": certificate(
        WORLD,
        eq(div(add(p, 1), add(p, 1)), 1),
        step("a", says(0, "<", add(p, 1)), combine(slack=add(p, 1))),
        Cut("a", "known", (step("b", eq(div(add(p, 1), add(p, 1)), 1), combine()),)),
    ),
    "turns": certificate(WORLD, eq(apply("sin", add(x, mul(2, k, PI))), apply("sin", x)), combine()),
    "whole part": certificate(
        WORLD, eq(apply("floor", add(x, neg(k))), sub(apply("floor", x), k)), combine()
    ),
}
