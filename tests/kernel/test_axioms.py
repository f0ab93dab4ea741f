"""Axioms: what is taken without proof is named in the verdict, with all that it is said under."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lemmata.kernel import check
from lemmata.kernel.certificate import Certificate
from lemmata.kernel.context import Context, Function, Statement, Variable
from lemmata.kernel.terms import Lambda, Term
from tests.kernel.say import (
    add,
    axiom,
    call,
    certificate,
    combine,
    context,
    count,
    div,
    eq,
    judged,
    lemma_use,
    mul,
    num,
    ref,
    says,
    step,
    variable,
    verdict,
)

SOURCE = "Author (1900), Book, p. 1"
x = ref("x")


def opnorm(entry: object, rows: object = "n", columns: object = "m") -> Term:
    return call("opnorm", Lambda((("i", rows), ("j", columns)), num(entry)))  # type: ignore[arg-type]


A, B = ref("A", "i", "j"), ref("B", "i", "j")
MATRICES = context(variable("A", "n", "m"), variable("B", "n", "m"), dims="n m")
TRIANGLE = axiom(
    MATRICES,
    says(opnorm(add(A, B)), "<=", add(opnorm(A), opnorm(B))),
)
NAMED = f"opnorm(A[i,j] + B[i,j]) <= opnorm(A[i,j]) + opnorm(B[i,j]) ({SOURCE})"


# -- what a verdict says of them ---------------------------------------------------------------------


def test_axiom_alone_is_named() -> None:
    answer = judged(TRIANGLE)
    assert (answer.outcome, answer.axioms, answer.steps) == ("proved", (NAMED,), 0)


def test_axiom_that_is_used_is_named() -> None:
    answer = verdict(MATRICES, TRIANGLE.statement, lemma_use("axiom"), lemmas=(TRIANGLE,))
    assert (answer.outcome, answer.axioms, answer.rests_on) == ("proved", (NAMED,), ("axiom",))


def test_axiom_that_is_not_used_is_named_all_the_same() -> None:
    answer = verdict(MATRICES, eq(1, 1), combine(), lemmas=(TRIANGLE,))
    assert (answer.outcome, answer.axioms) == ("proved", (NAMED,))


def test_axiom_of_a_lemma_is_named() -> None:
    lemma = certificate(MATRICES, TRIANGLE.statement, lemma_use("axiom"), lemmas=(TRIANGLE,), name="lemma")
    answer = verdict(MATRICES, TRIANGLE.statement, lemma_use("lemma"), lemmas=(lemma,))
    assert (answer.outcome, answer.axioms, answer.rests_on) == ("proved", (NAMED,), ("lemma", "axiom"))


def test_proof_without_axioms_names_none() -> None:
    assert verdict(MATRICES, eq(1, 1)).axioms == ()


def test_axiom_is_named_with_all_that_it_is_said_under() -> None:
    """Who reads an axiom must see what it assumes."""
    ctx = context(
        variable("x", positive=True),
        variable("y"),
        variable("w", "n", onehot=True),
        dims="n",
        definitions=(("definition", eq(ref("y"), mul(2, x))),),
        hypotheses=(("hypothesis", says(x, "<=", 1)),),
    )
    (named,) = judged(axiom(ctx, says(ref("y"), "<=", 2))).axioms
    assert named == f"y <= 2 where y = 2·x, x <= 1, x is positive, w is onehot ({SOURCE})"


def test_two_axioms_that_differ_in_a_property_are_both_named() -> None:
    """0 <= x is one thing for x > 0, and another for all x."""
    true = axiom(context(variable("x", positive=True)), says(0, "<=", x), name="true")
    false = axiom(context(variable("x")), says(0, "<=", x), name="false")
    answer = verdict(context(), eq(1, 1), combine(), lemmas=(true, false))
    assert answer.axioms == (f"0 <= x where x is positive ({SOURCE})", f"0 <= x ({SOURCE})")


def test_axiom_is_named_with_its_least_times_derivatives_and_moments() -> None:
    """1 <= t is one thing for t >= 1, and another for t >= 0."""
    ctx = context(
        Variable("X", (), frozenset({"random"}), 2),
        naturals=(("t", 1),),
        functions=(Function("σ", order=2),),
    )
    (named,) = judged(axiom(ctx, says(1, "<=", count("t")))).axioms
    assert named == f"1 <= t where t >= 1, X is random, X has 2 moments, σ has 2 derivatives ({SOURCE})"


@pytest.mark.parametrize("source", [" ", "\t", "a\nb", "\x1b[2Jp. 1", "\u202e1 .p", "...", "x" * 201])
def test_source_that_cannot_be_read_is_invalid(source: str) -> None:
    answer = check(axiom(MATRICES, TRIANGLE.statement, source))
    assert (answer.outcome, "axiom" in answer.reason) == ("invalid", True)


# -- what an axiom is --------------------------------------------------------------------------------

REFUSED: dict[str, tuple[Certificate, str]] = {
    "with a proof": (
        replace(TRIANGLE, proof=(step("goal", TRIANGLE.statement, combine()),)),
        "an axiom has no proof and no lemmas",
    ),
    "with a proof of something else": (
        replace(TRIANGLE, proof=(step("goal", eq(1, 1), combine()),)),
        "an axiom has no proof and no lemmas",
    ),
    "with lemmas": (replace(TRIANGLE, lemmas=(TRIANGLE,)), "an axiom has no proof and no lemmas"),
    "without a source": (replace(TRIANGLE, axiom=""), "there are no steps"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_is_no_axiom(name: str) -> None:
    cert, reason = REFUSED[name]
    for answer in (judged(cert), verdict(MATRICES, eq(1, 1), combine(), lemmas=(cert,))):
        assert (answer.outcome, reason in answer.reason) == ("undecided", True)


ILL_FORMED: dict[str, tuple[Context, Statement]] = {
    "about an unknown variable": (context(), eq(x, 1)),
    "with a definition that says something new": (
        context(variable("x"), definitions=(("d", eq(x, add(x, 1))),)),
        eq(x, 1),
    ),
    "under a hypothesis that means nothing": (
        context(variable("x"), hypotheses=(("h", eq(ref("y"), 1)),)),
        eq(x, 1),
    ),
    "which is no limit": (context(variable("x")), says(x, "->", 1)),
}


@pytest.mark.parametrize("name", ILL_FORMED)
def test_axiom_is_ill_formed(name: str) -> None:
    assert judged(axiom(*ILL_FORMED[name])).outcome == "invalid"


def test_undefined_axiom_is_a_gap_wherever_it_is_included() -> None:
    undefined = axiom(context(variable("x")), eq(div(x, x), 1))
    assert (judged(undefined).outcome, judged(undefined).needs) == ("gap", ("x != 0",))
    answer = verdict(context(), eq(1, 1), combine(), lemmas=(undefined,))
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))
