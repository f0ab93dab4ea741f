"""Polynomial equations that hold where det X != 0 hold everywhere; nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Absurd, Cases, Dense, Induction, Justification, Step
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Natural
from tests.kernel.say import (
    ALGEBRA,
    add,
    apply,
    call,
    combine,
    context,
    count,
    det,
    diff,
    div,
    eq,
    inverse,
    largest,
    log,
    matrix,
    mean,
    mul,
    power,
    ref,
    says,
    sqrt,
    step,
    tensor,
    total,
    use,
    variable,
    verdict,
)

WORLD = context(
    variable("X", "n", "n"),
    variable("Y", "n", "n"),
    variable("S", "n", "n", symmetric=True),
    variable("P", "n", "n", psd=True),
    variable("T", "n", "n", invertible=True),
    variable("R", "n", "n", random=True, moments=4),
    variable("C", "n", "m"),
    variable("u", "n"),
    variable("y"),
    dims="n m",
    naturals=(("t", 0),),
)
d = det(ref("X", "r", "s"))
inv = inverse(ref("X", "r", "s"), ("i", "j"))


def dense(
    claim: Statement,
    *proof: Step | Justification,
    given: Context = WORLD,
    variable: str = "X",
    label: str = "regular",
) -> Verdict:
    """What is said of a claim which is proved under det X != 0; a bare justification is that of the claim."""
    inner = tuple(p if isinstance(p, Step) else Step("inside", claim, p) for p in proof or (ALGEBRA,))
    return verdict(given, claim, Dense(label, variable, inner))


def adjugate(name: str = "X") -> Step:
    """det X · Σ_k X[1,k]·inv(X)[k,1] = det X, where det X != 0."""
    whole = total("k", "n", mul(ref(name, 1, "k"), inverse(ref(name, "r", "s"), ("k", 1))))
    return step(
        f"inverse of {name}", eq(mul(det(ref(name, "r", "s")), whole), det(ref(name, "r", "s"))), ALGEBRA
    )


CLAIM = eq(mul(d, d), power(d, 2))


def test_inverse_may_be_used_inside() -> None:
    answer = dense(CLAIM, adjugate(), ALGEBRA)
    assert (answer.outcome, answer.needs, answer.conditions) == ("proved", (), ())


def test_without_the_rule_it_is_a_gap() -> None:
    assert verdict(WORLD, CLAIM, adjugate(), ALGEBRA).needs == ("det(X[i,j]) != 0",)


def test_inverse_of_another_matrix_remains_a_gap() -> None:
    assert dense(CLAIM, adjugate("Y"), ALGEBRA).needs == ("det(Y[i,j]) != 0",)


@pytest.mark.parametrize("name", ["X", "S"])
def test_any_square_or_symmetric_matrix(name: str) -> None:
    square = det(ref(name, "r", "s"))
    assert dense(
        eq(mul(square, square), power(square, 2)), adjugate(name), ALGEBRA, variable=name
    ).outcome == ("proved")


def test_inequality_that_is_not_strict() -> None:
    claim = says(0, "<=", power(d, 2))
    assert dense(claim, combine(slack=power(d, 2))).outcome == "proved"


def test_two_matrices_one_inside_the_other() -> None:
    inside = Step("inside Y", CLAIM, Dense("regular Y", "Y", (adjugate("Y"), Step("a", CLAIM, ALGEBRA))))
    assert dense(CLAIM, adjugate(), inside).outcome == "proved"


def test_definition_which_the_claim_does_not_speak_of() -> None:
    """d·d·z = d, for z = 1/d, is used inside; that holds of X whatever z is called."""
    inside = step("quotient", eq(mul(d, d, z), d), combine(unfold=("z",)))
    claim = eq(mul(d, d, d), power(d, 3))
    assert dense(claim, inside, step("cube", claim, ALGEBRA), given=defined).outcome == "proved"


def test_what_is_defined_by_a_polynomial_is_one() -> None:
    """s = det(X)²; s·det(X)·z = s, for z = 1/det(X), is used inside."""
    named = ("s", eq(ref("s"), power(d, 2)))
    there = replace(
        defined, variables=(*defined.variables, variable("s")), definitions=(*defined.definitions, named)
    )
    s = ref("s")
    inside = step("quotient", eq(mul(s, d, z), s), combine(unfold=("z",)))
    claim = eq(mul(d, s), power(d, 3))
    proof = (inside, Step("cube", claim, combine(unfold=("s",))))
    assert dense(claim, *proof, given=there).outcome == "proved"
    assert dense(claim, *proof, given=there.assume("h", eq(s, 1))).reason.endswith(NOTHING_SAID)


def test_recurrence_is_no_polynomial() -> None:
    """p[0] = 1, p[q] = p[q-1]·det(X) is not unfolded."""
    later = (("q", Natural(1)),)
    steps = (
        ("start", eq(ref("p", 0), 1)),
        ("step", Statement(later, "=", ref("p", "q"), mul(ref("p", "q-1"), d))),
    )
    there = replace(WORLD, variables=(*WORLD.variables, variable("p", Natural(0))), definitions=steps)
    claim = eq(mul(d, ref("p", 2)), mul(ref("p", 2), d))
    assert "cannot be unfolded" in dense(claim, given=there).reason


def test_condition_on_another_variable_remains() -> None:
    assert dense(eq(mul(d, div(ref("y"), ref("y"))), d)).needs == ("y != 0",)
    assert dense(eq(mul(log(ref("y")), d), mul(d, log(ref("y"))))).needs == ("0 < y",)


def with_hypothesis(statement: Statement) -> Context:
    return WORLD.assume("h", statement)


defined = replace(
    WORLD, variables=(*WORLD.variables, variable("z")), definitions=(("z", eq(ref("z"), div(1, d))),)
)
twice = replace(
    defined,
    variables=(*defined.variables, variable("w")),
    definitions=(*defined.definitions, ("w", eq(ref("w"), add(ref("z"), 1)))),
)
z, w = ref("z"), ref("w")
zero = replace(WORLD, definitions=(("X", eq(ref("X", "i", "j"), 0, i="n", j="n")),))
NOTHING_SAID, NOT_ANY, NO_POLYNOMIAL = (
    "speaks of X",
    "is not any square matrix",
    "not one of polynomials in X",
)
V = tensor(ref("X", "a", "b"), a="n", b="n")
REFUSED: dict[str, tuple[Callable[[], Verdict], str]] = {
    "det X != 0": (lambda: dense(says(d, "!=", 0), combine(use("regular"))), "kept by limits"),
    "0 < (det X)²": (
        lambda: dense(says(0, "<", power(d, 2)), combine(slack=power(d, 2))),
        "only equations and <= are kept by limits",
    ),
    "det X / det X = 1": (lambda: dense(eq(div(d, d), 1)), NO_POLYNOMIAL),
    "sign(det X)² = 1": (lambda: dense(eq(power(apply("sign", d), 2), 1)), NO_POLYNOMIAL),
    "a power that is no number": (lambda: dense(eq(power(d, add(1, 1)), power(d, 2))), NO_POLYNOMIAL),
    "a square root": (lambda: dense(eq(sqrt(power(d, 2)), sqrt(power(d, 2)))), NO_POLYNOMIAL),
    "a label that is used": (
        lambda: dense(CLAIM, given=with_hypothesis(eq(ref("y"), 0)), label="h"),
        "the label h is used twice",
    ),
    "a power t": (lambda: dense(eq(power(d, count("t")), power(d, count("t")))), NO_POLYNOMIAL),
    "an entry of inv(X)": (lambda: dense(eq(inv, inv, i="n", j="n")), NO_POLYNOMIAL),
    "a maximum": (lambda: dense(eq(largest("i", "n", ref("X", "i", 1)), 0)), NO_POLYNOMIAL),
    "a rank": (
        lambda: dense(eq(call("rank", matrix("X")), total("k", "n", 1))),
        NO_POLYNOMIAL,
    ),
    "a pseudo-inverse": (
        lambda: dense(eq(call("pinv", matrix("X"), output=("i", "j")), inv, i="n", j="n")),
        NO_POLYNOMIAL,
    ),
    "a mean": (lambda: dense(eq(mean(mul(ref("R", 1, 1), d)), mul(d, mean(ref("R", 1, 1))))), NO_POLYNOMIAL),
    "a derivative of log det": (
        lambda: dense(eq(diff("V", log(det(ref("V", "r", "s"))), (1, 1), V), 0)),
        NO_POLYNOMIAL,
    ),
    "a hypothesis": (lambda: dense(CLAIM, given=with_hypothesis(eq(d, 0))), f"h {NOTHING_SAID}"),
    "a hypothesis on one entry": (
        lambda: dense(CLAIM, given=with_hypothesis(eq(ref("X", 1, 1), 0))),
        f"h {NOTHING_SAID}",
    ),
    "what is defined by X": (lambda: dense(eq(mul(d, z), mul(z, d)), given=defined), NO_POLYNOMIAL),
    "what is defined by that": (lambda: dense(eq(mul(d, w), mul(w, d)), given=twice), NO_POLYNOMIAL),
    "a hypothesis on what is defined by X": (
        lambda: dense(CLAIM, given=defined.assume("h", says(z, "!=", 1))),
        f"h {NOTHING_SAID}",
    ),
    "a hypothesis on what is defined by that": (
        lambda: dense(CLAIM, given=twice.assume("h", eq(w, 0))),
        f"h {NOTHING_SAID}",
    ),
    "a case": (
        lambda: verdict(
            WORLD,
            eq(0, 1),
            Cases(
                "case",
                eq(d, 0),
                (Step("a", eq(0, 1), Dense("regular", "X", (Step("b", eq(0, 1), Absurd("regular", ())),))),),
                (Step("a", eq(0, 1), ALGEBRA),),
            ),
        ),
        f"case {NOTHING_SAID}",
    ),
    "an induction": (
        lambda: verdict(
            WORLD,
            CLAIM,
            Induction(
                "t",
                "before",
                (Step("a", CLAIM, ALGEBRA),),
                (Step("a", CLAIM, Dense("regular", "X", (Step("b", CLAIM, ALGEBRA),))),),
            ),
        ),
        f"before {NOTHING_SAID}",
    ),
    "X again inside": (
        lambda: dense(CLAIM, Step("a", CLAIM, Dense("again", "X", (Step("b", CLAIM, ALGEBRA),)))),
        f"regular {NOTHING_SAID}",
    ),
    "a definite matrix": (lambda: dense(CLAIM, variable="P"), NOT_ANY),
    "an invertible matrix": (lambda: dense(CLAIM, variable="T"), NOT_ANY),
    "a random matrix": (lambda: dense(CLAIM, variable="R"), NOT_ANY),
    "a matrix that is not square": (lambda: dense(CLAIM, variable="C"), NOT_ANY),
    "a vector": (lambda: dense(CLAIM, variable="u"), NOT_ANY),
    "a matrix that is defined": (lambda: dense(CLAIM, given=zero), "X is defined"),
    "an unknown matrix": (lambda: dense(CLAIM, variable="Q"), NOT_ANY),
    "a false claim": (lambda: dense(eq(d, 0)), "do not differ by what the premises give"),
    "a contradiction": (lambda: dense(eq(0, 1), Absurd("regular", ())), "is no contradiction"),
    "no proof": (lambda: verdict(WORLD, CLAIM, Dense("regular", "X", ())), "there are no steps"),
    "a proof of something else": (
        lambda: dense(CLAIM, step("a", eq(1, 1), ALGEBRA)),
        "does not claim what is to be proved",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    use_, reason = REFUSED[name]
    answer = use_()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_assumption_is_not_seen_outside() -> None:
    """What is proved inside, and that det X != 0, ends with the rule."""
    inner = Dense("regular", "X", (adjugate(), Step("a", CLAIM, ALGEBRA)))
    outside = step("outside", CLAIM, inner)
    for premise in ("regular", "inverse of X", "a"):
        answer = verdict(WORLD, CLAIM, outside, combine(use(premise, 0)))
        assert f"the premise {premise} is no earlier step" in answer.reason
    assert verdict(WORLD, CLAIM, outside, combine(use("outside"))).outcome == "proved"
    assert verdict(WORLD, CLAIM, outside, adjugate(), ALGEBRA).outcome == "gap"


def test_derivative_of_a_polynomial_is_one() -> None:
    """∂ det V / ∂ V[1,1] at X is a polynomial, though its usual form has an inverse."""
    slope = diff("V", det(ref("V", "r", "s")), (1, 1), V)
    claim = eq(mul(d, slope), mul(slope, d))
    assert dense(claim).outcome == "proved"
    assert verdict(WORLD, claim).outcome == "gap"
