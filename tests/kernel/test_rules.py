"""Each rule: that it works, and that no premise and no condition of it can be left out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Congruence, InverseLaw, Monotone, Tangent
from lemmata.kernel.context import Context, Statement
from tests.kernel.say import (
    add,
    apply,
    combine,
    context,
    count,
    delta,
    diff_scalar,
    eq,
    exp,
    inverse,
    log,
    mean,
    mul,
    neg,
    power,
    ref,
    says,
    step,
    total,
    use,
    variable,
    verdict,
)

x, y, z, p = ref("x"), ref("y"), ref("z"), ref("p")
Case = tuple[Callable[[], Verdict], str]


def given(*hypotheses: Statement, **more: object) -> Context:
    """x, y, z real, p > 0, a vector u and a matrix A; the hypotheses are h1, h2, ..."""
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    variables = [*map(variable, "xyz"), variable("p", positive=True)]
    variables += [variable("u", "n"), variable("A", "n", "n")]
    return context(*variables, dims="n d", hypotheses=labels, **more)


def below(left: object, relation: str, right: object, hypothesis: Statement, *proof: object) -> Verdict:
    return verdict(given(hypothesis), says(left, relation, right), *proof)  # type: ignore[arg-type]


XY = eq(x, y)
PROVED: dict[str, Callable[[], Verdict]] = {
    "= from nothing": lambda: verdict(given(), eq(add(x, y), add(y, x))),
    "= from =": lambda: below(mul(2, x), "=", mul(2, y), XY, combine(use("h1", times=2))),
    "= from two =": lambda: verdict(given(eq(x, y), eq(y, z)), eq(x, z), combine(use("h1"), use("h2"))),
    "= from = for all indices, summed": lambda: verdict(
        given(eq(ref("u", "i"), 1, i="n")),
        eq(total("k", "n", ref("u", "k")), count("n")),
        combine(use("h1", sums=(("k", "n"),), i="k")),
    ),
    "<= from <=": lambda: below(x, "<=", y, says(x, "<=", y), combine(use("h1"))),
    "<= from <": lambda: below(x, "<=", y, says(x, "<", y), combine(use("h1"))),
    "<= from <= times p": lambda: below(
        mul(p, x), "<=", mul(p, y), says(x, "<=", y), combine(use("h1", times=p))
    ),
    "<= from slack x²": lambda: verdict(given(), says(0, "<=", power(x, 2)), combine(slack=power(x, 2))),
    "< from <": lambda: below(x, "<", y, says(x, "<", y), combine(use("h1"))),
    "< from <= and slack p": lambda: below(x, "<", add(y, p), says(x, "<=", y), combine(use("h1"), slack=p)),
    "!= from !=": lambda: below(mul(p, x), "!=", mul(p, y), says(x, "!=", y), combine(use("h1", times=p))),
    "!= from <": lambda: below(x, "!=", y, says(x, "<", y), combine(use("h1"))),
    "!= from = and slack": lambda: below(add(x, 1), "!=", y, XY, combine(use("h1"), slack=-1)),
    "facts": lambda: verdict(
        given(says(x, "!=", 0), eq(y, x)),
        eq(mul(y, power(y, -1)), 1),
        step("fact", says(y, "!=", 0), combine(use("h1"), use("h2"))),
        combine(facts=("fact",)),
    ),
    "congruence": lambda: below(exp(x), "=", exp(y), XY, Congruence("h1", (), "o", exp(ref("o")), ())),
    "congruence of vectors": lambda: verdict(
        given(eq(ref("u", "i"), 1, i="n")),
        eq(total("k", "n", exp(ref("u", "k"))), total("k", "n", exp(1))),
        Congruence("h1", (), "o", total("l", "n", exp(ref("o", "l"))), ()),
    ),
    "monotone exp": lambda: below(
        exp(x), "<", exp(y), says(x, "<", y), Monotone("exp", Fraction(1), "h1", ())
    ),
    "monotone log": lambda: verdict(
        given(says(p, "<=", y), says(0, "<", y)),
        says(log(p), "<=", log(y)),
        Monotone("log", Fraction(1), "h1", ()),
    ),
    "monotone square": lambda: below(
        power(p, 2), "<=", power(y, 2), says(p, "<=", y), Monotone("power", Fraction(2), "h1", ())
    ),
    "tangent": lambda: verdict(given(), says(add(1, x), "<=", exp(x)), Tangent(x, ())),
    "tangent of entries": lambda: verdict(
        given(), says(add(1, ref("u", "i")), "<=", exp(ref("u", "i")), i="n"), Tangent(ref("u", "i"), ())
    ),
    "tangent at a logarithm": lambda: verdict(given(), says(add(1, log(p)), "<=", p), Tangent(log(p), ())),
}

WRONG = "the two sides do not differ by what the premises give"
REJECTED: dict[str, Case] = {
    "= without its premise": (lambda: verdict(given(XY), XY), WRONG),
    "= from half of the premises": (
        lambda: verdict(given(eq(x, y), eq(y, z)), eq(x, z), combine(use("h1"))),
        WRONG,
    ),
    "= from <=": (lambda: below(x, "=", y, says(x, "<=", y), combine(use("h1"))), "equations only"),
    "= from !=": (lambda: below(x, "=", y, says(x, "!=", y), combine(use("h1"))), "equations only"),
    "= with slack": (lambda: below(x, "=", add(y, 1), XY, combine(use("h1"), slack=1)), "no slack"),
    "= from an unknown premise": (lambda: verdict(given(), XY, combine(use("h1"))), "no earlier step"),
    "= from itself": (lambda: verdict(given(), XY, combine(use("goal"))), "no earlier step"),
    "= from a later step": (
        lambda: verdict(
            given(XY),
            XY,
            step("a", XY, combine(use("b"))),
            step("b", XY, combine(use("h1"))),
            combine(use("a")),
        ),
        "no earlier step",
    ),
    "<= from <= times x": (
        lambda: below(mul(x, x), "<=", mul(x, y), says(x, "<=", y), combine(use("h1", times=x))),
        "not known to be >= 0",
    ),
    "<= from <= times -1": (
        lambda: below(neg(x), "<=", neg(y), says(x, "<=", y), combine(use("h1", times=-1))),
        "not known to be >= 0",
    ),
    "<= from !=": (lambda: below(x, "<=", y, says(x, "!=", y), combine(use("h1"))), "says `!=`"),
    "<= from slack x": (
        lambda: verdict(given(), says(0, "<=", x), combine(slack=x)),
        "slack is not known to be >= 0",
    ),
    "< from <=": (
        lambda: below(x, "<", y, says(x, "<=", y), combine(use("h1"))),
        "makes the inequality strict",
    ),
    "< from =": (lambda: below(x, "<", y, XY, combine(use("h1"))), "makes the inequality strict"),
    "< from slack x²": (
        lambda: verdict(given(), says(0, "<", power(x, 2)), combine(slack=power(x, 2))),
        "makes the inequality strict",
    ),
    "< from < times x²": (
        lambda: below(
            mul(x, x, x), "<", mul(x, x, y), says(x, "<", y), combine(use("h1", times=power(x, 2)))
        ),
        "makes the inequality strict",
    ),
    "!= from <=": (lambda: below(x, "!=", y, says(x, "<=", y), combine(use("h1"))), "may be 0"),
    "!= from =": (lambda: below(x, "!=", y, XY, combine(use("h1"))), "not known to be != 0"),
    "!= from != times x": (
        lambda: below(mul(x, x), "!=", mul(x, y), says(x, "!=", y), combine(use("h1", times=x))),
        "may be 0",
    ),
    "!= from two !=": (
        lambda: verdict(
            given(says(x, "!=", 0), says(y, "!=", 0)),
            says(0, "!=", add(x, y)),
            combine(use("h1", times=-1), use("h2", times=-1)),
        ),
        "`!=` follows from one",
    ),
    "!= from a sum of !=": (
        lambda: verdict(
            given(says(ref("u", "i"), "!=", 0, i="n")),
            says(total("k", "n", ref("u", "k")), "!=", 0),
            combine(use("h1", sums=(("k", "n"),), i="k")),
        ),
        "may be 0",
    ),
    "a premise for all i without its i": (
        lambda: verdict(given(eq(ref("u", "i"), 1, i="n")), eq(ref("u", "j"), 1, j="n"), combine(use("h1"))),
        "needs a value",
    ),
    "a premise at an index of another dimension": (
        lambda: verdict(
            given(eq(ref("u", "i"), 1, i="n")), eq(x, x, j="d"), combine(use("h1", times=0, i="j"))
        ),
        "does not hold at",
    ),
    "a premise at an index out of range": (
        lambda: verdict(given(eq(ref("u", "i"), 1, i="n")), eq(ref("u", 1), 1), combine(use("h1", i=2))),
        "does not hold at",
    ),
    "unfolding no definition": (lambda: verdict(given(XY), XY, combine(unfold=("h1",))), "no definition"),
    "a fact that is no step": (
        lambda: verdict(given(), eq(x, x), combine(facts=("nothing",))),
        "no earlier step",
    ),
    "congruence from <=": (
        lambda: below(exp(x), "=", exp(y), says(x, "<=", y), Congruence("h1", (), "o", exp(ref("o")), ())),
        "no equation",
    ),
    "congruence claims <=": (
        lambda: below(exp(x), "<=", exp(y), XY, Congruence("h1", (), "o", exp(ref("o")), ())),
        "concludes an equation",
    ),
    "congruence with another template": (
        lambda: below(exp(x), "=", exp(y), XY, Congruence("h1", (), "o", ref("o"), ())),
        "not the template",
    ),
    "congruence the wrong way round": (
        lambda: below(exp(y), "=", exp(x), XY, Congruence("h1", (), "o", exp(ref("o")), ())),
        "not the template",
    ),
    "congruence whose hole is a variable": (
        lambda: below(exp(x), "=", exp(y), XY, Congruence("h1", (), "z", exp(z), ())),
        "the name of a variable",
    ),
    "congruence below a derivative": (
        lambda: below(
            diff_scalar(mul(x, ref("v")), 1),
            "=",
            diff_scalar(mul(y, ref("v")), 1),
            XY,
            Congruence("h1", (), "o", diff_scalar(mul(ref("o"), ref("v")), 1), ()),
        ),
        "below a derivative or a mean",
    ),
    "congruence below a mean": (
        lambda: below(mean(x), "=", mean(y), XY, Congruence("h1", (), "o", mean(ref("o")), ())),
        "below a derivative or a mean",
    ),
    "congruence at one index for all": (
        lambda: verdict(
            given(eq(ref("u", 1), 1)),
            eq(total("k", "n", exp(ref("u", "k"))), total("k", "n", exp(1))),
            Congruence("h1", (), "o", total("l", "n", exp(ref("o"))), ()),
        ),
        "not the template",
    ),
    "monotone from =": (
        lambda: below(exp(x), "<=", exp(y), XY, Monotone("exp", Fraction(1), "h1", ())),
        "no inequality",
    ),
    "monotone < from <=": (
        lambda: below(exp(x), "<", exp(y), says(x, "<=", y), Monotone("exp", Fraction(1), "h1", ())),
        "not the function of both sides",
    ),
    "monotone the wrong way round": (
        lambda: below(exp(y), "<=", exp(x), says(x, "<=", y), Monotone("exp", Fraction(1), "h1", ())),
        "not the function of both sides",
    ),
    "monotone square of any numbers": (
        lambda: below(
            power(x, 2), "<=", power(y, 2), says(x, "<=", y), Monotone("power", Fraction(2), "h1", ())
        ),
        "a power needs a left side >= 0",
    ),
    "monotone power -1": (
        lambda: below(
            power(p, -1), "<=", power(y, -1), says(p, "<=", y), Monotone("power", Fraction(-1), "h1", ())
        ),
        "a power needs",
    ),
    "monotone log of any numbers": (
        lambda: below(log(x), "<=", log(y), says(x, "<=", y), Monotone("log", Fraction(1), "h1", ())),
        "needs a left side which is > 0",
    ),
    "monotone sin": (
        lambda: below(
            apply("sin", x), "<=", apply("sin", y), says(x, "<=", y), Monotone("sin", Fraction(1), "h1", ())
        ),
        "not known to be increasing",
    ),
    "tangent, strictly": (
        lambda: verdict(given(), says(add(1, x), "<", exp(x)), Tangent(x, ())),
        "not 1 + u <= exp",
    ),
    "tangent from above": (
        lambda: verdict(given(), says(exp(x), "<=", add(1, x)), Tangent(x, ())),
        "not 1 + u <= exp",
    ),
    "tangent which is too steep": (
        lambda: verdict(given(), says(add(1, x, x), "<=", exp(x)), Tangent(x, ())),
        "not 1 + u <= exp",
    ),
    "tangent at another exponent": (
        lambda: verdict(given(), says(add(1, x), "<=", exp(x)), Tangent(y, ())),
        "not 1 + u <= exp",
    ),
}


@pytest.mark.parametrize("name", PROVED)
def test_rule_proves(name: str) -> None:
    answer = PROVED[name]()
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("name", REJECTED)
def test_step_is_rejected(name: str) -> None:
    attempt, reason = REJECTED[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


# -- the inverse -------------------------------------------------------------------------------------

BODY = add(ref("A", "r", "s"), delta("r", "s"))
LAW = inverse(BODY, (1, 1))


def inverse_law(
    side: str, product_side: str | None = None, matrix: object = LAW, body: object = BODY
) -> Verdict:
    """Σ_k M[i,k]·inv(M)[k,j] = δ(i,j), or the other way round."""
    first = inverse(body, ("i", "k"), "r s") if (product_side or side) == "left" else None
    entry = add(ref("A", "i", "k"), delta("i", "k"))
    if first is None:
        product = total("k", "n", mul(entry, inverse(body, ("k", "j"), "r s")))
    else:
        product = total("k", "n", mul(first, add(ref("A", "k", "j"), delta("k", "j"))))
    claim = eq(product, delta("i", "j"), i="n", j="n")
    return verdict(given(), claim, InverseLaw(matrix, side))  # type: ignore[arg-type]


@pytest.mark.parametrize("side", ["left", "right"])
def test_inverse_law_needs_its_determinant(side: str) -> None:
    answer = inverse_law(side)
    assert answer.outcome == "gap"
    assert answer.needs == ("det(A[i,j] + δ[i,j]) != 0",)


@pytest.mark.parametrize(
    ("side", "product_side", "matrix", "reason"),
    [
        ("left", "right", LAW, "not the law of the inverse"),
        ("middle", "left", LAW, "on the left or on the right"),
        ("left", "left", inverse(ref("A", "r", "s"), (1, 1)), "not the law of the inverse"),
    ],
)
def test_inverse_law_of_another_matrix_or_side(
    side: str, product_side: str, matrix: object, reason: str
) -> None:
    answer = inverse_law(side, product_side, matrix)
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_inverse_law_of_a_number_is_no_certificate() -> None:
    assert inverse_law("left", matrix=x).outcome in ("invalid", "undecided")


def test_a_tangent_needs_its_exponent_to_be_defined() -> None:
    """1 + log x <= x holds where log x is defined, which is a condition."""
    answer = verdict(given(), says(add(1, log(x)), "<=", exp(log(x))), Tangent(log(x), ()))
    assert answer.outcome == "gap"


def test_a_tangent_knows_no_unbound_name() -> None:
    answer = verdict(given(), says(add(1, x), "<=", exp(x)), Tangent(ref("u", "i"), ()))
    assert answer.outcome == "invalid"
