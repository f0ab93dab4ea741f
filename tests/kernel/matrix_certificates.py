"""A small certificate for each newer rule, and for what is manifest of matrices, to change at random."""

from __future__ import annotations

from lemmata.kernel.certificate import (
    Certificate,
    Dense,
    DeterminantLaw,
    Differentiated,
    InverseLaw,
    OneSided,
    Penrose,
    PowerLaw,
    Tangent,
)
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Natural
from tests.kernel.say import (
    add,
    apply,
    call,
    certificate,
    column,
    combine,
    context,
    delta,
    det,
    diff,
    div,
    dot,
    eq,
    exp,
    inverse,
    matrix,
    mul,
    neg,
    power,
    prod,
    ref,
    says,
    step,
    sub,
    total,
    use,
    variable,
)

WORLD = context(
    variable("A", "n", "n"),
    variable("B", "n", "n"),
    variable("C", "n", "m"),
    variable("P", "n", "n", psd=True),
    variable("Q", "n", "n", spd=True),
    variable("M", 2, 2),
    variable("u", "n"),
    variable("v", "n"),
    variable("x"),
    dims="n m",
)
det_A, det_B = (det(ref(name, "r", "s")) for name in "AB")


def _identity(names: str) -> Statement:
    return eq(prod(names, "i", "j"), delta("i", "j"), i="n", j="n")


INVERTIBLE: Context = WORLD.assume("h", says(det_A, "!=", 0))
ONE: Context = WORLD.assume("h", _identity("A B"))
_pinv = call("pinv", matrix("C", "n", "m"), output=("k", "j"))
_turned = call("pinv", matrix("C", "n", "m"), output=("k", "i"))
_before = call("matrix_power", matrix("A"), output=("t-1", "k", "j"))
_unit = call("matrix_power", matrix("V"), output=(0, "i", "j"))
_inverse = inverse(ref("A", "r", "s"), ("k", "j"))
_square = eq(mul(det_A, det_A), power(det_A, 2))
_form = total("k l", "n", mul(ref("u", "k"), ref("P", "k", "l"), ref("u", "l")))
_strict = det(add(ref("Q", "r", "s"), prod("A A'", "r", "s")))
_det_M = sub(mul(ref("M", 1, 1), ref("M", 2, 2)), mul(ref("M", 1, 2), ref("M", 2, 1)))
_e = exp(ref("x"))

CERTIFICATES: dict[str, Certificate] = {
    "product": certificate(
        WORLD,
        eq(det(prod("A B", "r", "s")), mul(det_A, det_B)),
        DeterminantLaw("product", matrix("A"), matrix("B")),
    ),
    "exchange": certificate(
        WORLD,
        eq(det(add(delta("r", "s"), mul(ref("u", "r"), ref("v", "s")))), add(1, dot("v", "u"))),
        DeterminantLaw("exchange", column("u"), column("v")),
    ),
    "one side": certificate(ONE, _identity("B A"), OneSided("h", matrix("A"), matrix("B"))),
    "one side, regular": certificate(ONE, says(det_A, "!=", 0), OneSided("h", matrix("A"), matrix("B"))),
    "Penrose": certificate(
        WORLD,
        eq(
            total("k", "m", mul(ref("C", "i", "k"), _pinv)),
            total("k", "m", mul(ref("C", "j", "k"), _turned)),
            i="n",
            j="n",
        ),
        Penrose("third", matrix("C", "n", "m")),
    ),
    "inverse": certificate(
        INVERTIBLE,
        eq(total("k", "n", mul(ref("A", "i", "k"), _inverse)), delta("i", "j"), i="n", j="n"),
        InverseLaw(_inverse, "right", ("h",)),
    ),
    "dense": certificate(
        WORLD,
        _square,
        Dense(
            "regular",
            "A",
            (
                step(
                    "law",
                    eq(total("k", "n", mul(ref("A", "i", "k"), _inverse)), delta("i", "j"), i="n", j="n"),
                    InverseLaw(_inverse, "right", ()),
                ),
                step("last", _square, combine()),
            ),
        ),
    ),
    "power": certificate(
        WORLD,
        Statement(
            (("t", Natural(1)), ("i", "n"), ("j", "n")),
            "=",
            call("matrix_power", matrix("A"), output=("t", "i", "j")),
            total("k", "n", mul(ref("A", "i", "k"), _before)),
        ),
        PowerLaw("left", matrix("A")),
    ),
    "differentiated": certificate(
        WORLD,
        eq(
            diff("V", _unit, ("r", "s"), matrix("A")),
            diff("V", delta("i", "j"), ("r", "s"), matrix("A")),
            **dict.fromkeys("ijrs", "n"),
        ),
        Differentiated(
            (
                step("law", eq(_unit, delta("i", "j"), i="n", j="n"), PowerLaw("start", matrix("V"))),
                step(
                    "last",
                    eq(_unit, delta("i", "j"), **dict.fromkeys("ijrs", "n")),
                    combine(use("law", i="i", j="j")),
                ),
            ),
            (),
        ),
    ),
    "definite": certificate(WORLD, says(0, "<=", _form), combine(slack=_form)),
    "strictly definite": certificate(WORLD, says(0, "<", _strict), combine(slack=_strict)),
    "written out": certificate(WORLD, eq(det(ref("M", "r", "s"), dim=2), _det_M), combine()),
    "quotient": certificate(WORLD, eq(div(_e, add(1, _e)), sub(1, div(1, add(1, _e)))), combine()),
    "tangent": certificate(WORLD, says(add(1, neg(ref("x"))), "<=", div(1, _e)), Tangent(neg(ref("x")), ())),
    "functions": certificate(
        WORLD,
        eq(
            add(power(apply("sin", ref("x")), 2), apply("atan", neg(ref("x")))),
            sub(sub(1, power(apply("cos", ref("x")), 2)), apply("atan", ref("x"))),
        ),
        combine(),
    ),
}
