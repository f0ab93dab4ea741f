"""A small certificate for each newer rule, and for what is manifest of matrices, to change at random."""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.certificate import (
    BothSides,
    Certificate,
    Continuous,
    Dense,
    DeterminantLaw,
    Differentiated,
    Fermat,
    Flow,
    Frechet,
    Geometric,
    Intertwine,
    InverseLaw,
    LimitOfQuotient,
    LimitValue,
    Maximiser,
    OneSided,
    Penrose,
    PowerLaw,
    Primitive,
    Quotient,
    SplitIntegral,
    Stretch,
    Tangent,
)
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Natural, Sum, Term
from tests.kernel.say import (
    HALF,
    add,
    apply,
    call,
    certificate,
    column,
    combine,
    context,
    count,
    delta,
    det,
    diff,
    diff_scalar,
    div,
    dot,
    eq,
    exp,
    integral,
    inverse,
    limit,
    matrix,
    mul,
    neg,
    num,
    power,
    prod,
    ref,
    says,
    step,
    sub,
    tends,
    tensor,
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
    variable("K", "n", "m", "n", "m"),
    variable("R", "n", "m", "n", "m"),
    dims="n m",
)
det_A, det_B = (det(ref(name, "r", "s")) for name in "AB")


def _identity(names: str) -> Statement:
    return eq(prod(names, "i", "j"), delta("i", "j"), i="n", j="n")


INVERTIBLE: Context = WORLD.assume("h", says(det_A, "!=", 0))
ONE: Context = WORLD.assume("h", _identity("A B"))
COMMUTE: Context = WORLD.assume("h", eq(prod("A B", "i", "j"), prod("B A", "i", "j"), i="n", j="n"))
_pinv = call("pinv", matrix("C", "n", "m"), output=("k", "j"))
_turned = call("pinv", matrix("C", "n", "m"), output=("k", "i"))
_before = call("matrix_power", matrix("A"), output=("t-1", "k", "j"))
_unit = call("matrix_power", matrix("V"), output=(0, "i", "j"))
_inverse = inverse(ref("A", "r", "s"), ("k", "j"))
_square = eq(mul(det_A, det_A), power(det_A, 2))
_form = total("k l", "n", mul(ref("u", "k"), ref("P", "k", "l"), ref("u", "l")))
_strict = det(add(ref("Q", "r", "s"), prod("A A'", "r", "s")))
_minus_Q = tensor(neg(ref("Q", "a", "b")), a="n", b="n")
_smallest = says(0, "<", neg(call("eigmax", _minus_Q)))
_form_of_w = total("k l", "n", mul(ref("w", "k"), ref("Q", "k", "l"), ref("w", "l")))
_det_M = sub(mul(ref("M", 1, 1), ref("M", 2, 2)), mul(ref("M", 1, 2), ref("M", 2, 1)))
_shifted = sub(
    mul(HALF, add(ref("P", "a", "b"), ref("P", "b", "a"))),
    mul(call("eigmax", matrix("P")), delta("a", "b")),
)


def _form_at(name: str) -> Term:
    return total("k l", "n", mul(ref("u", "k"), ref(name, "k", "l"), ref("u", "l")))


def _bound_at(name: str) -> Term:
    return mul(call("eigmax", matrix(name)), dot("u", "u"))


TOUCHING: Context = WORLD.assume("h", eq(_form, _bound_at("P"))).assume(
    "simple", eq(call("rank", tensor(_shifted, a="n", b="n")), sub(count("n"), 1))
)
_wide = {"a": "n", "b": "m", "c": "n", "d": "m"}
_K, _R = (tensor(ref(name, "a", "b", "c", "d"), **_wide) for name in "KR")
_K_times_R = eq(
    total("p", "n", total("q", "m", mul(ref("K", "i", "k", "p", "q"), ref("R", "p", "q", "j", "l")))),
    mul(delta("i", "j"), delta("k", "l")),
    i="n",
    k="m",
    j="n",
    l="m",
)
_K_inverse = call("inv", _K, output=("p", "q", "j", "l"))
_K_times_inverse = eq(
    total("p", "n", total("q", "m", mul(ref("K", "i", "k", "p", "q"), _K_inverse))),
    mul(delta("i", "j"), delta("k", "l")),
    i="n",
    k="m",
    j="n",
    l="m",
)
_e = exp(ref("x"))
_kron = tensor(mul(ref("A", "i", "j"), ref("B", "k", "l")), i="n", k="n", j="n", l="n")

_s = count("s")
SEQUENCES = context(
    variable("a", Natural(0)),
    naturals=(("t", 0),),
    hypotheses=(("a", eq(ref("a", "r"), exp(power(count("r+1"), -1)), r=Natural(0))),),
)
_z, _h, _q = ref("z"), ref("h"), ref("q")
_sinc = div(apply("sin", _z), _z)
_slope = step("slope", eq(limit(apply("cos", _z), 0, "+"), 1), LimitValue("h", apply("cos", _h), (), ()))
_root = power(power(_z, 2), Fraction(1, 2))
_parabola = Primitive(
    "range",
    "q",
    div(power(_q, 2), 2),
    num(0),
    "closed",
    (),
    (step("goal", eq(diff_scalar(div(power(ref("w"), 2), 2), _q, "w"), _q), combine()),),
)

_multiple = tensor(mul(ref("x"), delta("r", "s")), r="n", s="n")
_along = call("expm", matrix("A"), output=("i", "j"), by=((0, ("k", "l")),))
_flow_slope = diff_scalar(mul(exp(mul(ref("y"), ref("x"))), delta("i", "j")), ref("τ"), "y")
_flow_value = mul(ref("x"), exp(mul(ref("τ"), ref("x"))), delta("i", "j"))


def _exponential(name: str, i: str, j: str) -> Term:
    return call("expm", matrix(name), output=(i, j))


CERTIFICATES: dict[str, Certificate] = {
    "powers vanish": certificate(SEQUENCES, tends(mul(power(_s, 2), power(HALF, _s)), 0), Geometric(())),
    "quotients have limits": certificate(
        SEQUENCES, tends(div(count("s"), add(mul(2, _s), 1)), HALF), Quotient()
    ),
    "continuous": certificate(
        SEQUENCES,
        tends(ref("a", "s"), 1),
        step("null", tends(div(1, count("s+1")), 0), Quotient()),
        step("all", eq(ref("a", "t"), exp(power(count("t+1"), -1))), combine(use("a", r="t"))),
        Continuous("t", "all", (("h", "null"),), exp(ref("h")), ()),
    ),
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
    "intertwine": certificate(
        COMMUTE,
        eq(
            total("k", "n", mul(_exponential("A", "i", "k"), ref("B", "k", "j"))),
            total("k", "n", mul(ref("B", "i", "k"), _exponential("A", "k", "j"))),
            i="n",
            j="n",
        ),
        Intertwine("h", matrix("A"), matrix("A"), matrix("B")),
    ),
    "derivative of the exponential": certificate(
        COMMUTE,
        eq(
            total("k l", "n", mul(_along, ref("B", "k", "l"))),
            total("k", "n", mul(_exponential("A", "i", "k"), ref("B", "k", "j"))),
            i="n",
            j="n",
        ),
        Frechet("h", "inner", matrix("A"), matrix("B")),
    ),
    "flow": certificate(
        WORLD,
        eq(mul(_e, delta("i", "j")), call("expm", _multiple, output=("i", "j")), i="n", j="n"),
        Flow(
            "τ",
            _multiple,
            tensor(mul(exp(mul(ref("τ"), ref("x"))), delta("r", "s")), r="n", s="n"),
            (step("inside", eq(_flow_slope, _flow_value, i="n", j="n"), combine()),),
        ),
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
    "Kronecker": certificate(
        WORLD,
        eq(call("det", _kron), mul(power(det_A, count("n")), power(det_B, count("n")))),
        DeterminantLaw("kronecker", matrix("A"), matrix("B")),
    ),
    "one side, several indices": certificate(
        WORLD.assume("h", _K_times_R), says(call("det", _K), "!=", 0), OneSided("h", _K, _R)
    ),
    "inverse, several indices": certificate(
        WORLD.assume("h", says(call("det", _K), "!=", 0)),
        _K_times_inverse,
        InverseLaw(_K_inverse, "right", ("h",)),
    ),
    "diagonal": certificate(
        WORLD,
        eq(det(mul(delta("r", "s"), exp(ref("u", "r")))), exp(total("i", "n", ref("u", "i")))),
        combine(),
    ),
    "rows times numbers": certificate(
        WORLD,
        eq(
            det(mul(ref("u", "r"), ref("A", "r", "s"))),
            mul(det(mul(delta("r", "s"), ref("u", "r"))), det_A),
        ),
        combine(),
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
    "fermat": certificate(
        TOUCHING,
        eq(
            diff("X", _form_at("X"), ("i", "j"), matrix("P")),
            diff("X", _bound_at("X"), ("i", "j"), matrix("P")),
            i="n",
            j="n",
        ),
        step("equal", eq(_form, _bound_at("P"), i="n", j="n"), combine(use("h"))),
        Fermat(
            "equal",
            (
                step(
                    "below",
                    says(_form_at("X"), "<=", _bound_at("X"), i="n", j="n"),
                    Stretch("eigmax", matrix("X"), column("u")),
                ),
            ),
            (),
        ),
    ),
    "definite": certificate(WORLD, says(0, "<=", _form), combine(slack=_form)),
    "strictly definite": certificate(WORLD, says(0, "<", _strict), combine(slack=_strict)),
    "stretch": certificate(
        WORLD,
        says(_form, "<=", mul(call("eigmax", matrix("P")), dot("u", "u"))),
        Stretch("eigmax", matrix("P"), column("u")),
    ),
    "maximiser": certificate(
        WORLD,
        _smallest,
        Maximiser(
            "eigmax",
            _minus_Q,
            "w",
            "unit",
            "value",
            (
                step("length", says(0, "<", dot("w", "w")), combine(use("unit", -1), slack=1)),
                step("last", _smallest, combine(use("value", -1), slack=_form_of_w, facts=("length",))),
            ),
        ),
    ),
    "trace of a projection": certificate(
        WORLD,
        eq(
            total("k", "m", Sum("i", "n", mul(_turned, ref("C", "i", "k")))),
            call("rank", matrix("C", "n", "m")),
        ),
        Penrose("trace", matrix("C", "n", "m")),
    ),
    "written out": certificate(WORLD, eq(det(ref("M", "r", "s"), dim=2), _det_M), combine()),
    "quotient": certificate(WORLD, eq(div(_e, add(1, _e)), sub(1, div(1, add(1, _e)))), combine()),
    "tangent": certificate(WORLD, says(add(1, neg(ref("x"))), "<=", div(1, _e)), Tangent(neg(ref("x")), ())),
    "limit of a quotient": certificate(
        WORLD, eq(limit(_sinc, 0, "+"), 1), _slope, LimitOfQuotient("h", apply("sin", _h), _h, "slope", ())
    ),
    "limit from both sides": certificate(
        WORLD,
        eq(limit(_root, 0, ""), 0),
        step("below", eq(limit(_root, 0, "-"), 0), LimitValue("h", _h, (), ())),
        step("above", eq(limit(_root, 0, "+"), 0), LimitValue("h", _h, (), ())),
        BothSides("below", "above"),
    ),
    "integral": certificate(
        WORLD,
        eq(integral(_z, 0, 2), 2),
        step("first", eq(integral(_z, 0, 1), Fraction(1, 2)), _parabola),
        step("second", eq(integral(_z, 1, 2), Fraction(3, 2)), _parabola),
        step(
            "both", eq(integral(_z, 0, 2), add(integral(_z, 0, 1), integral(_z, 1, 2))), SplitIntegral(num(1))
        ),
        combine(use("both"), use("first"), use("second")),
    ),
    "functions": certificate(
        WORLD,
        eq(
            add(power(apply("sin", ref("x")), 2), apply("atan", neg(ref("x")))),
            sub(sub(1, power(apply("cos", ref("x")), 2)), apply("atan", ref("x"))),
        ),
        combine(),
    ),
}
