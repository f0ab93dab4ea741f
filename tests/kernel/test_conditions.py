"""Nothing is cancelled, differentiated or averaged for free: each condition is given, or a gap names it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Term
from tests.kernel.say import (
    add,
    apply,
    call,
    combine,
    context,
    count,
    det,
    diff,
    diff_scalar,
    div,
    dot,
    eq,
    exp,
    function,
    inverse,
    log,
    mean,
    mul,
    norm,
    power,
    ref,
    says,
    sqrt,
    step,
    sub,
    tensor,
    total,
    use,
    variable,
    verdict,
)

x, y, p, m, u, v = (ref(name) for name in ("x", "y", "p", "m", "u", "v"))
VARIABLES = (
    *map(variable, "xyγ"),
    variable("p", positive=True),
    variable("m", nonnegative=True),
    variable("u", "n"),
    variable("A", "n", "n"),
    variable("K", "n", "n", invertible=True),
    variable("X", moments=2, random=True),
    variable("Y", moments=1, random=True),
)
FUNCTIONS = (
    function("c", 0),
    function("f", 1),
    function("g", 2),
    function("L", 1, (("n",),)),
)


def given(**hypotheses: Statement) -> Context:
    return context(
        *VARIABLES,
        dims="n",
        naturals=(("t", 0), ("q", 1)),
        functions=FUNCTIONS,
        hypotheses=tuple(hypotheses.items()),
    )


def gradient(field: str, at: str) -> Term:
    """An entry of the gradient of a field of a vector."""
    inner = call(field, tensor(mul(2, ref("z", "k")), k="n"))
    return total("i", "n", diff("z", inner, ("i",), tensor(ref(at, "o"), o="n")))


def slope(function_: str, times: int = 1) -> Term:
    term = apply(function_, v)
    return diff_scalar(term, x) if times == 1 else diff_scalar(diff_scalar(term, ref("w"), "v"), x, "w")


NEEDS: dict[str, tuple[Term, str]] = {
    "γ/γ": (div(ref("γ"), ref("γ")), "γ != 0"),
    "x⁻²": (power(x, -2), "x != 0"),
    "1/(x-y)": (div(1, sub(x, y)), "x + (-1)·y != 0"),
    "1/m": (div(1, m), "m != 0"),
    "0/x": (div(0, x), "x != 0"),
    "√x": (sqrt(x), "0 <= x"),
    "1/√m": (power(sqrt(m), -1), "√(m) != 0"),
    "1/‖u‖": (power(norm("u"), -1), "√(Σ_i (u[i]·u[i])) != 0"),
    "x^y": (power(x, y), "0 < x"),
    "x^(t - 1), where t may be 0": (power(x, add(count("t"), -1)), "0 < x"),
    "x^(q - 1/2)": (power(x, add(count("q"), Fraction(-1, 2))), "0 < x"),
    "x^(q - t)": (power(x, sub(count("q"), count("t"))), "0 < x"),
    "x^(q + y)": (power(x, add(count("q"), y)), "0 < x"),
    "x^(-t)": (power(x, mul(-1, count("t"))), "0 < x"),
    "x^(t-1)": (power(x, count("t-1")), "0 < x"),
    "log x": (log(x), "0 < x"),
    "log m": (log(m), "0 < m"),
    "inv(A)": (inverse(ref("A", "r", "s"), (1, 1)), "det(A[i,j]) != 0"),
    "Σ 1/u": (total("k", "n", power(ref("u", "k"), -1)), "u[i] != 0 for all i"),
    "exp(1/x)": (exp(power(x, -1)), "x != 0"),
    "det of 1/x": (det(mul(power(x, -1), ref("A", "r", "s"))), "x != 0"),
    "L(1/x)": (call("L", tensor(power(x, -1), k="n")), "x != 0"),
    "∂c": (slope("c"), "c differentiable"),
    "∂²f": (slope("f", 2), "f 2 times differentiable"),
    "∂²L": (
        diff(
            "z", call("L", tensor(ref("z", "k"), k="n"), by=((0, (1,)),)), (1,), tensor(ref("u", "o"), o="n")
        ),
        "L 2 times differentiable",
    ),
    "∂√ at m": (diff_scalar(sqrt(v), m), "m != 0"),
    "∂√(v²) at x": (diff_scalar(sqrt(power(v, 2)), x), "x^2 != 0"),
    "∂log at x": (diff_scalar(log(v), x), "0 < x"),
    "∂(1/v) at x": (diff_scalar(power(v, -1), x), "x != 0"),
    "∂(0·√v) at m": (diff_scalar(mul(0, sqrt(v)), m), "m != 0"),
    "∂2^y at y": (diff_scalar(power(x, v), y), "0 < x"),
    "E[X³]": (mean(power(ref("X"), 3)), "X has moments up to order 3"),
    "E[Y²]": (mean(power(ref("Y"), 2)), "Y has moments up to order 2"),
    "E[XY]": (mean(mul(ref("X"), ref("Y"))), "Y has moments up to order 2"),
    "E[exp X]": (mean(exp(ref("X"))), "the mean of a term which is no polynomial in X exists"),
    "E[1/X]": (
        mean(power(ref("X"), -1)),
        "the mean of a term which is no polynomial in X exists",
    ),
    "E[X/x]": (mean(div(ref("X"), x)), "x != 0, at every outcome"),
}


@pytest.mark.parametrize("name", NEEDS)
def test_condition_is_named(name: str) -> None:
    term, need = NEEDS[name]
    answer = verdict(given(), eq(term, term))
    assert answer.outcome == "gap"
    assert need in answer.needs
    assert need in answer.reason


GIVEN: dict[str, tuple[Term, dict[str, Statement]]] = {
    "1/p": (div(1, p), {}),
    "1/(p + x²)": (div(1, add(p, power(x, 2))), {}),
    "1/n": (div(1, count("n")), {}),
    "1/q for q >= 1": (div(1, count("q")), {}),
    "√m": (sqrt(m), {}),
    "√(x²)": (sqrt(power(x, 2)), {}),
    "p^y": (power(p, y), {}),
    "x^t": (power(x, count("t")), {}),
    "x^(q - 1) for q >= 1": (power(x, add(count("q"), -1)), {}),
    "x^(2 + q + t - 3) for q >= 1": (power(x, add(2, count("q"), count("t"), -3)), {}),
    "p^(q-1) for q >= 1": (power(p, count("q-1")), {}),
    "log p": (log(p), {}),
    "log exp x": (log(exp(x)), {}),
    "inv(K)": (inverse(ref("K", "r", "s"), (1, 1)), {}),
    "∂f": (slope("f"), {}),
    "∂²g": (slope("g", 2), {}),
    "∇L": (gradient("L", "u"), {}),
    "E[X²]": (mean(power(ref("X"), 2)), {}),
    "E[X X + Y]": (mean(add(mul(ref("X"), ref("X")), mul(0, ref("X")))), {}),
    "1/x where x != 0": (div(1, x), {"h": says(x, "!=", 0)}),
    "1/x where 0 < x": (div(1, x), {"h": says(0, "<", x)}),
    "1/x where x < 0": (div(1, x), {"h": says(x, "<", 0)}),
    "1/x where xy != 0": (div(1, x), {"h": says(mul(x, y), "!=", 0)}),
    "1/(x-y) where x != y": (div(1, sub(x, y)), {"h": says(x, "!=", y)}),
    "1/(y-x) where x != y": (div(1, sub(y, x)), {"h": says(x, "!=", y)}),
    "1/‖u‖ where uᵀu != 0": (power(norm("u"), -1), {"h": says(dot("u", "u"), "!=", 0)}),
    "1/u_i where all u_j != 0": (
        total("k", "n", power(ref("u", "k"), -1)),
        {"h": says(ref("u", "j"), "!=", 0, j="n")},
    ),
    "√x where 0 <= x": (sqrt(x), {"h": says(0, "<=", x)}),
    "E[X/x] where x != 0": (mean(div(ref("X"), x)), {"h": says(x, "!=", 0)}),
}


@pytest.mark.parametrize("name", GIVEN)
def test_condition_is_given(name: str) -> None:
    term, hypotheses = GIVEN[name]
    answer = verdict(given(**hypotheses), eq(term, term))
    assert answer.outcome == "proved", answer.reason


NOT_GIVEN: dict[str, tuple[Term, Statement]] = {
    "1/x where y != 0": (div(1, x), says(y, "!=", 0)),
    "1/x where 0 <= x": (div(1, x), says(0, "<=", x)),
    "√x where x != 0": (sqrt(x), says(x, "!=", 0)),
    "√x where x < 0": (sqrt(x), says(x, "<", 0)),
    "log x where 0 <= x": (log(x), says(0, "<=", x)),
    "1/x where x + y != 0": (div(1, x), says(add(x, y), "!=", 0)),
    "√x where 0 < xy": (sqrt(x), says(0, "<", mul(x, y))),
    "1/u_i where u_1 != 0": (total("k", "n", power(ref("u", "k"), -1)), says(ref("u", 1), "!=", 0)),
    "1/u_i where uᵀu != 0": (total("k", "n", power(ref("u", "k"), -1)), says(dot("u", "u"), "!=", 0)),
    "1/A_ij where all A_ii != 0": (
        total("k l", "n", power(ref("A", "k", "l"), -1)),
        says(ref("A", "i", "i"), "!=", 0, i="n"),
    ),
    "inv(A) where all A_ij != 0": (
        inverse(ref("A", "r", "s"), (1, 1)),
        says(ref("A", "i", "j"), "!=", 0, i="n", j="n"),
    ),
    "E[X·1/Y] where Y != 0 at one outcome": (
        mean(mul(ref("X"), div(ref("Y"), ref("Y")))),
        says(ref("Y"), "!=", 0),
    ),
    "E[√(Y)⁰] where 0 <= Y at one outcome": (mean(power(sqrt(ref("Y")), 0)), says(0, "<=", ref("Y"))),
}


@pytest.mark.parametrize("name", NOT_GIVEN)
def test_condition_is_not_given_by_another(name: str) -> None:
    term, hypothesis = NOT_GIVEN[name]
    assert verdict(given(h=hypothesis), eq(term, term)).outcome == "gap"


def test_condition_that_a_step_gives_is_cited() -> None:
    """x² + 1 != 0 is proved, then used; where it is not cited, it is missing."""
    bottom = sub(power(add(x, y), 2), mul(4, x, y))
    goal = eq(div(bottom, bottom), 1)
    apart = step("apart", says(bottom, "!=", 0), combine(slack=mul(-1, power(sub(x, y), 2)), facts=("d",)))
    difference = step("d", says(sub(x, y), "!=", 0), combine(use("h")))
    world = given(h=says(x, "!=", y))
    assert verdict(world, goal, difference, apart, combine(facts=("apart",))).outcome == "proved"
    assert verdict(world, goal, difference, apart, combine()).outcome == "gap"


def test_condition_of_an_intermediate_step_is_not_forgotten() -> None:
    """x = y by way of x·(1/z)·z: the last line has no division, the verdict still needs z != 0."""
    z = ref("γ")
    longer = mul(x, power(z, -1), z)
    steps = (step("a", eq(x, longer), combine()), step("b", eq(longer, y), combine(use("h"))))
    answer = verdict(given(h=eq(x, y)), eq(x, y), *steps, combine(use("a"), use("b")))
    assert (answer.outcome, answer.needs) == ("gap", ("γ != 0",))


def test_condition_of_what_is_multiplied_by_zero() -> None:
    answer = verdict(given(h=eq(x, y)), eq(x, y), combine(use("h"), use("h", times=mul(0, power(y, -1)))))
    assert (answer.outcome, answer.needs) == ("gap", ("y != 0",))


def test_discharged_conditions_are_listed() -> None:
    answer = verdict(given(h=says(x, "!=", 0)), eq(div(x, x), 1))
    assert (answer.outcome, answer.conditions) == ("proved", ("x != 0",))
