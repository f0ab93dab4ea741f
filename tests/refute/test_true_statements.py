"""True statements survive the attack, with instances which satisfy the hypotheses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lemmata.kernel.context import Context, Function, Statement, Variable
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    Index,
    Lambda,
    Natural,
    Term,
)
from lemmata.refute import Budget, attack
from tests.refute.say import (
    MATRIX,
    VECTOR,
    Binders,
    add,
    apply,
    at,
    context,
    covariance,
    dot,
    inverse,
    matmul,
    matrix,
    mean,
    minus,
    mul,
    norm,
    power,
    ref,
    says,
    scalar,
    squares,
    total,
    vector,
)

i, j = Index("i"), Index("j")
x, y = ref("x"), ref("y")

# Weight normalisation: w = γ u/‖u‖, ∇_u L(w) = γ/‖u‖ (I − u uᵀ/‖u‖²) ∇L(w).
NONZERO = ("u != 0", says(squares("u"), "!=", ZERO))
W = ("w", says(ref("w", "i"), "=", mul(ref("γ"), ref("u", "i"), power(norm("u"), -1)), VECTOR))
WEIGHT = context(
    vector("u"),
    scalar("γ"),
    vector("w"),
    functions=(Function("L", (("n",),), (), 1),),
    definitions=(W,),
    given=(NONZERO,),
)


def loss_at(name: str) -> Term:
    """L(γ v/‖v‖)."""
    entry = mul(ref("γ"), ref(name, "p"), power(norm(name), -1))
    return Call("L", (), (Lambda((("p", "n"),), entry),))


GRADIENT = Derivative("v", loss_at("v"), at("i"), Lambda((("q", "n"),), ref("u", "q")))


def projected(exponent: int) -> Term:
    """γ/‖u‖ (I − u uᵀ ‖u‖^exponent) ∇L(w)."""
    slope = Call("L", (), (Lambda((("p", "n"),), ref("w", "p")),), ((0, at("j")),))
    projection = add(Delta(i, j), mul(MINUS_ONE, ref("u", "i"), ref("u", "j"), power(norm("u"), exponent)))
    return mul(ref("γ"), power(norm("u"), -1), total("j", mul(projection, slope)))


# Recurrences: h_t = W σ(h_{t−1}) + b, g_t = σ(W g_{t−1} + b).
def recurrent(start: Term | None) -> Context:
    state = mul(ref("W", "i", "k"), apply("σ", ref("h", "t-1", "k")))
    carried = mul(ref("W", "i", "k"), ref("g", "t-1", "k"))
    times: Binders = (("t", Natural(1)), ("i", "n"))
    steps = (
        ("h", says(ref("h", "t", "i"), "=", add(total("k", state), ref("b", "i")), times)),
        ("g", says(ref("g", "t", "i"), "=", apply("σ", add(total("k", carried), ref("b", "i"))), times)),
    )
    first = () if start is None else (("g.start", says(ref("g", 0, "i"), "=", start, VECTOR)),)
    families = (Variable("h", (Natural(), "n")), Variable("g", (Natural(), "n")))
    return context(
        matrix("W"),
        vector("b"),
        *families,
        functions=(Function("σ"),),
        definitions=(*first, *steps),
        naturals=(("t", 0),),
    )


SAME_STATE = says(ref("g", "t", "i"), "=", apply("σ", ref("h", "t", "i")), VECTOR)
ALL_TIMES = says(ref("g", "s", "i"), "=", apply("σ", ref("h", "s", "i")), (("s", Natural(0)), ("i", "n")))
STARTED = recurrent(apply("σ", ref("h", 0, "i")))
EARLIER = says(ref("g", "t-1", "i"), "=", apply("σ", ref("h", "t-1", "i")), VECTOR)
STEP = replace(recurrent(None), naturals=(("t", 1),), hypotheses=(("induction", EARLIER),))

# Moments.
WHITE = context(
    vector("x", "random"),
    vector("u"),
    given=(
        ("E x = 0", says(mean(ref("x", "i")), "=", ZERO, VECTOR)),
        ("Var x = I", says(covariance(ref("x", "i"), ref("x", "j")), "=", Delta(i, j), MATRIX)),
    ),
)
COLOURED = context(
    vector("x", "random"),
    vector("u"),
    vector("μ"),
    matrix("S", "symmetric"),
    given=(
        ("E x = μ", says(mean(ref("x", "i")), "=", ref("μ", "i"), VECTOR)),
        ("Var x = S", says(covariance(ref("x", "i"), ref("x", "j")), "=", ref("S", "i", "j"), MATRIX)),
    ),
)
ux = total("k", mul(ref("u", "k"), ref("x", "k")))
uSu = total("i", total("j", mul(ref("u", "i"), ref("S", "i", "j"), ref("u", "j"))))

ORTHOGONAL = context(
    matrix("Q"),
    given=(
        (
            "QᵀQ = I",
            says(total("k", mul(ref("Q", "k", "i"), ref("Q", "k", "j"))), "=", Delta(i, j), MATRIX),
        ),
    ),
)
det_q = Determinant("i", "j", "n", ref("Q", "i", "j"))
TWO_VECTORS = context(vector("u"), vector("v"))
UNIT = context(vector("u"), vector("v"), given=(("‖u‖ = 1", says(norm("u"), "=", ONE)),))
PERPENDICULAR = context(vector("u"), vector("v"), given=(("u·v = 0", says(dot("u", "v"), "=", ZERO)),))
COMMUTING = context(
    matrix("A"), matrix("B"), given=(("AB = BA", says(matmul("A", "B"), "=", matmul("B", "A"), MATRIX)),)
)
NUMBERS = context(scalar("x"), scalar("y"), dims=())
INVERTIBLE = context(matrix("A", "invertible"))
sum_uv = total("k", power(add(ref("u", "k"), ref("v", "k")), 2))
AAB = total("k", total("l", mul(ref("A", "i", "k"), ref("A", "k", "l"), ref("B", "l", "j"))))
BAA = total("k", total("l", mul(ref("B", "i", "k"), ref("A", "k", "l"), ref("A", "l", "j"))))
A_TIMES_INVERSE = total("k", mul(ref("A", "i", "k"), inverse("A", "k", "j")))

TRUE: dict[str, tuple[Context, Statement]] = {
    "weight normalisation": (WEIGHT, says(GRADIENT, "=", projected(-2), VECTOR)),
    "where the activation stands": (STARTED, SAME_STATE),
    "at all times": (STARTED, ALL_TIMES),
    "the induction step": (STEP, SAME_STATE),
    "variance of a projection": (WHITE, says(mean(power(ux, 2)), "=", squares("u"))),
    "variance by any covariance": (COLOURED, says(covariance(ux, ux), "=", uSu)),
    "mean of a projection": (COLOURED, says(mean(ux), "=", dot("u", "μ"))),
    "determinant of an orthogonal matrix": (ORTHOGONAL, says(power(det_q, 2), "=", ONE)),
    "Cauchy and Schwarz": (
        TWO_VECTORS,
        says(power(dot("u", "v"), 2), "<=", mul(squares("u"), squares("v"))),
    ),
    "triangle": (TWO_VECTORS, says(power(sum_uv, "1/2"), "<=", add(norm("u"), norm("v")))),
    "Pythagoras": (PERPENDICULAR, says(sum_uv, "=", add(squares("u"), squares("v")))),
    "a unit vector": (UNIT, says(power(dot("u", "v"), 2), "<=", squares("v"))),
    "commuting matrices": (COMMUTING, says(AAB, "=", BAA, MATRIX)),
    "A A⁻¹ = I": (INVERTIBLE, says(A_TIMES_INVERSE, "=", Delta(i, j), MATRIX)),
    "exp of a sum": (
        NUMBERS,
        says(apply("exp", add(x, y)), "=", mul(apply("exp", x), apply("exp", y))),
    ),
    "1 + x <= exp x": (NUMBERS, says(add(ONE, x), "<=", apply("exp", x))),
    "x^0 = 1": (NUMBERS, says(power(x, 0), "=", ONE)),
}


@pytest.mark.parametrize(("gamma", "statement"), TRUE.values(), ids=TRUE)
def test_true_statements_survive(gamma: Context, statement: Statement) -> None:
    found = attack(gamma, statement)
    assert found.counterexample is None
    assert found.instances == 24


def test_a_budget_is_kept() -> None:
    gamma, statement = TRUE["weight normalisation"]
    assert attack(gamma, statement, Budget(instances=5)).instances == 5
    starved = attack(gamma, statement, Budget(work=400))
    assert starved.agrees and starved.instances < 24


def test_the_projection_with_the_wrong_power_fails_at_u_2() -> None:
    found = attack(WEIGHT, says(GRADIENT, "=", projected(-1), VECTOR)).counterexample
    assert found is not None
    assert found.to_record() == {
        "dims": {"n": 1},
        "values": [
            {"name": "u", "text": "[2]"},
            {"name": "γ", "text": "1"},
            {"name": "L(z)", "text": "z₁"},
        ],
        "left": "[0]",
        "right": "[-1/2]",
        "note": "any other nonzero γ tried fails too",
    }


@pytest.mark.parametrize("start", [ref("h", 0, "i"), ZERO, apply("σ", mul(MINUS_ONE, ref("h", 0, "i")))])
def test_a_wrong_base_case_fails_at_time_0(start: Term) -> None:
    found = attack(recurrent(start), SAME_STATE).counterexample
    assert found is not None
    assert dict(found.naturals) == {"t": 0} and dict(found.dims) == {"n": 1}


def test_without_the_induction_hypothesis_the_step_fails() -> None:
    found = attack(replace(STEP, hypotheses=()), SAME_STATE).counterexample
    assert found is not None
    assert dict(found.naturals) == {"t": 1}
    assert {name for name, _ in found.values} == {"W", "b", "h[0]", "g[0]"}


def test_an_odd_moment_is_not_zero_for_a_skewed_law() -> None:
    found = attack(WHITE, says(mean(power(ux, 3)), "=", ZERO)).counterexample
    assert found is not None
    assert dict(found.laws) == {"x": "[2] with probability 1/5, [-1/2] with probability 4/5"}


def test_contradictory_hypotheses_leave_no_instance() -> None:
    gamma = context(scalar("x"), given=(("x < 0", says(x, "<", ZERO)), ("0 < x", says(ZERO, "<", x))))
    found = attack(gamma, says(ONE, "=", ZERO))
    assert found.agrees and found.instances == 0 and found.note == "a hypothesis does not hold"


def test_a_hypothesis_about_all_times_of_a_recurrence_holds_where_that_repeats_itself() -> None:
    bounded = says(ref("h", "s", "i"), "<=", ONE, (("s", Natural(0)), ("i", "n")))
    found = attack(
        replace(STARTED, hypotheses=(("h <= 1", bounded),)), says(ref("h", "t", "i"), "<=", ONE, VECTOR)
    )
    assert found.agrees and found.instances > 0


def test_a_hypothesis_that_counts_all_times_is_never_certain() -> None:
    counted = says(ref("h", "s", "i"), "<=", Count(Index("s")), (("s", Natural(0)), ("i", "n")))
    found = attack(replace(STARTED, hypotheses=(("h <= s", counted),)), says(ONE, "=", ZERO))
    assert found.instances == 0
    assert found.note == "the hypothesis h <= s about all times cannot be checked at finitely many"


def test_a_definition_without_a_value_is_no_counterexample() -> None:
    named = (("y", says(y, "=", power(x, -1))),)
    gamma = context(scalar("x"), scalar("y"), definitions=named, dims=())
    found = attack(gamma, says(mul(x, y), "=", ONE))
    assert found.agrees and found.instances > 0


def test_minus_is_not_plus() -> None:
    found = attack(NUMBERS, says(minus(x, y), "=", add(x, y))).counterexample
    assert found is not None and dict(found.texts()) == {"x": "0", "y": "1"}


def test_a_family_satisfies_a_hypothesis_about_all_times() -> None:
    """x_t = x_{t−3} for all t >= 3 makes x_3 = x_0."""
    times: Binders = (("s", Natural(3)),)
    periodic = says(ref("x", "s"), "=", ref("x", "s-3"), times)
    gamma = context(Variable("x", (Natural(),)), given=(("period 3", periodic),), dims=())
    found = attack(gamma, says(ref("x", 3), "=", ref("x", 0)))
    assert found.agrees and found.instances == 24
