"""Axioms: what is taken without proof is named in the verdict, holds under all that it says, and for nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Certificate, LemmaUse
from lemmata.kernel.context import Context, Function, Statement
from lemmata.kernel.terms import Lambda, Term
from tests.kernel.say import (
    add,
    apply,
    axiom,
    call,
    certificate,
    combine,
    context,
    diff,
    div,
    eq,
    function,
    judged,
    lemma_use,
    mean,
    mul,
    neg,
    num,
    prod,
    ref,
    says,
    step,
    tensor,
    variable,
    verdict,
)

SOURCE = "Author (1900), Book, p. 1"
x = ref("x")


def opnorm(entry: object, rows: object = "n", columns: object = "m") -> Term:
    return call("opnorm", Lambda((("i", rows), ("j", columns)), num(entry)))  # type: ignore[arg-type]


NORM_OF_A = opnorm(ref("A", "i", "j"))
MATRICES = context(variable("A", "n", "m"), variable("B", "n", "m"), dims="n m")
TRIANGLE = axiom(
    MATRICES,
    says(
        opnorm(add(ref("A", "i", "j"), ref("B", "i", "j"))), "<=", add(NORM_OF_A, opnorm(ref("B", "i", "j")))
    ),
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


@pytest.mark.parametrize("source", [" ", "\t", "a\nb", "\x1b[2Jp. 1", "\u202e1 .p", "...", "x" * 201])
def test_source_that_cannot_be_read_is_invalid(source: str) -> None:
    answer = judged(axiom(MATRICES, TRIANGLE.statement, source))
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


# -- what follows from one ---------------------------------------------------------------------------

SMALL = ("small", says(NORM_OF_A, "<=", ref("p")))
#: ‖A‖ <= p ⊢ σ(A[c,d]) <= p, for p > 0 and any σ that is differentiable.
BOUND = axiom(
    context(
        variable("A", "n", "m"),
        variable("p", positive=True),
        dims="n m",
        functions=(function("σ", 1),),
        hypotheses=(SMALL,),
        choices=(("c", "n"), ("d", "m")),
    ),
    says(apply("σ", ref("A", "c", "d")), "<=", ref("p")),
)
HERE = context(
    *(variable("C", "k", 3), variable("E", 3, "k"), variable("X", "k", 3, random=True)),
    *(variable("q", positive=True), variable("r")),
    dims="k",
    functions=(function("f", 1), function("g")),
    choices=(("e", "k"), ("b", 3)),
    hypotheses=(
        ("mine", says(opnorm(ref("C", "i", "j"), "k", 3), "<=", ref("q"))),
        ("transposed", says(opnorm(ref("C", "j", "i"), 3, "k"), "<=", ref("q"))),
        ("random", says(opnorm(ref("X", "i", "j"), "k", 3), "<=", ref("q"))),
        ("of another", says(opnorm(ref("C", "i", "j"), "k", 3), "<=", ref("r"))),
        ("strict", says(opnorm(ref("C", "i", "j"), "k", 3), "<", ref("q"))),
    ),
)
MAPS: dict[str, dict[str, object]] = {
    "dims": {"n": "k", "m": 3},
    "naturals": {"c": "e", "d": 2},
    "tensors": {"A": Lambda((("i", "k"), ("j", 3)), ref("C", "i", "j")), "p": Lambda((), ref("q"))},
    "functions": {"σ": "f"},
    "premises": {"small": "mine"},
}


def bounded(claim: Statement | None = None, **changes: dict[str, object]) -> Verdict:
    """σ(A[c,d]) <= p at C, e, 2, q and f, with some parts of the map changed."""
    by: LemmaUse = lemma_use(
        "axiom", **{part: {**told, **changes.get(part, {})} for part, told in MAPS.items()}
    )
    goal = claim or says(apply("f", ref("C", "e", 2)), "<=", ref("q"))
    return verdict(HERE, goal, by, lemmas=(BOUND,))


def test_axiom_at_other_names() -> None:
    answer = bounded()
    assert answer.outcome == "proved", answer.reason
    assert answer.axioms == (f"σ(A[c,d]) <= p where opnorm(A[i,j]) <= p, p is positive ({SOURCE})",)


NO_INSTANCE: dict[str, tuple[Callable[[], Verdict], str]] = {
    "its hypothesis is not given": (lambda: bounded(premises={"small": "nothing"}), "no earlier step"),
    "its hypothesis is given of another number": (
        lambda: bounded(premises={"small": "of another"}),
        "of another is not what the lemma assumes",
    ),
    "its hypothesis is given of the transpose": (
        lambda: bounded(premises={"small": "transposed"}),
        "transposed is not what the lemma assumes",
    ),
    "its hypothesis is given as another relation": (
        lambda: bounded(premises={"small": "strict"}),
        "strict is not what the lemma assumes",
    ),
    "another statement is claimed": (
        lambda: bounded(says(ref("q"), "<=", apply("f", ref("C", "e", 2)))),
        "the claim is not an instance of axiom",
    ),
    "another entry is claimed": (
        lambda: bounded(says(apply("f", ref("C", "e", 1)), "<=", ref("q"))),
        "the claim is not an instance of axiom",
    ),
    "the dimensions are exchanged": (
        lambda: bounded(dims={"n": 3, "m": "k"}, naturals={"c": 1, "d": "e"}),
        "A needs a tensor of the shape (3, 'k')",
    ),
    "a dimension is 0": (lambda: bounded_as_object(0), "certificate.proof"),
    "a choice is of the other dimension": (
        lambda: bounded(naturals={"c": "b"}),
        "b is no index of the dimension k",
    ),
    "a choice is too large": (lambda: bounded(naturals={"d": 4}), "4 is no index of the dimension 3"),
    "a matrix is random": (
        lambda: bounded(
            says(apply("f", ref("X", "e", 2)), "<=", ref("q")),
            tensors={"A": Lambda((("i", "k"), ("j", 3)), ref("X", "i", "j"))},
            premises={"small": "random"},
        ),
        "A is not random",
    ),
    "a number need not be positive": (
        lambda: bounded(tensors={"p": Lambda((), ref("r"))}, premises={"small": "of another"}),
        "r has not the properties of p",
    ),
    "a function need not be differentiable": (
        lambda: bounded(functions={"σ": "g"}),
        "there is no function g with the order of σ",
    ),
    "a function is a norm": (
        lambda: bounded(functions={"σ": "opnorm"}),
        "there is no function opnorm with the order of σ",
    ),
    "a function is known": (
        lambda: bounded(functions={"σ": "exp"}),
        "there is no function exp with the order of σ",
    ),
}


def bounded_as_object(size: int) -> Verdict:
    return bounded(dims={"m": size})


@pytest.mark.parametrize("name", NO_INSTANCE)
def test_axiom_does_not_apply(name: str) -> None:
    attempt, reason = NO_INSTANCE[name]
    answer = attempt()
    assert answer.outcome in ("undecided", "invalid")
    assert reason in answer.reason


def test_norm_is_no_function_to_be_mapped() -> None:
    """An axiom on opnorm says nothing of an unknown function of matrices."""
    ctx = replace(MATRICES, functions=(Function("F", (("n", "m"),)),))
    renamed = says(
        *(call("F", TRIANGLE_PARTS[0]), "<=", add(*(call("F", part) for part in TRIANGLE_PARTS[1:])))
    )
    answer = verdict(ctx, renamed, lemma_use("axiom", functions={"opnorm": "F"}), lemmas=(TRIANGLE,))
    assert (answer.outcome, "not an instance of axiom" in answer.reason) == ("undecided", True)


TRIANGLE_PARTS = tuple(
    Lambda((("i", "n"), ("j", "m")), entry)
    for entry in (add(ref("A", "i", "j"), ref("B", "i", "j")), ref("A", "i", "j"), ref("B", "i", "j"))
)


def test_axiom_under_the_name_of_another() -> None:
    """What counts is the certificate that is included, not its name."""
    other = axiom(MATRICES, says(0, "<=", NORM_OF_A))
    answer = verdict(MATRICES, TRIANGLE.statement, lemma_use("axiom"), lemmas=(other,))
    assert (answer.outcome, "not an instance of axiom" in answer.reason) == ("undecided", True)
    both = verdict(MATRICES, TRIANGLE.statement, lemma_use("axiom"), lemmas=(TRIANGLE, other))
    assert (both.outcome, "two lemmas have the same name" in both.reason) == ("undecided", True)


def test_axiom_of_a_lemma_is_not_seen() -> None:
    lemma = certificate(MATRICES, eq(1, 1), combine(), lemmas=(TRIANGLE,), name="lemma")
    answer = verdict(MATRICES, TRIANGLE.statement, lemma_use("axiom"), lemmas=(lemma,))
    assert "there is no lemma axiom" in answer.reason


# -- the known functions of a matrix -----------------------------------------------------------------

SQUARE = context(
    variable("A", "n", "m"), variable("S", "n", "n"), variable("v", "n"), variable("x"), dims="n m"
)


def eigmax(entry: object, rows: object = "n", columns: object = "n") -> Term:
    return call("eigmax", Lambda((("i", rows), ("j", columns)), num(entry)))  # type: ignore[arg-type]


NO_TERMS: dict[str, Term] = {
    "the norm of a number": call("opnorm", Lambda((), x)),
    "the norm of a vector": call("opnorm", tensor(ref("v", "i"), i="n")),
    "the norm of two matrices": call("opnorm", *[tensor(ref("S", "i", "j"), i="n", j="n")] * 2),
    "the norm of nothing": call("opnorm"),
    "the eigenvalue of a matrix that is not square": eigmax(ref("A", "i", "j"), "n", "m"),
    "an entry of a norm": call("opnorm", tensor(ref("S", "i", "j"), i="n", j="n"), output=(1,)),
    "a partial derivative of a norm": call(
        "opnorm", tensor(ref("S", "i", "j"), i="n", j="n"), by=((0, (1, 1)),)
    ),
    "a norm of each entry": apply("opnorm", x),
}


@pytest.mark.parametrize("name", NO_TERMS)
def test_ill_formed_norm(name: str) -> None:
    assert verdict(SQUARE, eq(NO_TERMS[name], NO_TERMS[name])).outcome == "invalid"


@pytest.mark.parametrize("name", ["opnorm", "eigmax"])
def test_names_of_norms_are_not_declared(name: str) -> None:
    contexts = {
        "a function": context(dims="n", functions=(Function(name, (("n", "n"),)),)),
        "a variable": context(variable(name)),
        "a dimension": context(dims=name),
        "a time": context(naturals=((name, 0),)),
        "a choice": context(dims="n", choices=((name, "n"),)),
    }
    for what, ctx in contexts.items():
        assert verdict(ctx, eq(1, 1)).outcome == "invalid", what


NORM_OF_S = opnorm(ref("S", "i", "j"), "n", "n")
UNKNOWN: dict[str, Statement] = {
    "a norm is positive": says(0, "<", NORM_OF_S),
    "a largest eigenvalue is >= 0": says(0, "<=", eigmax(ref("S", "i", "j"))),
    "a norm of the transpose": eq(NORM_OF_S, opnorm(ref("S", "j", "i"), "n", "n")),
    "a norm is linear": eq(opnorm(mul(-1, ref("S", "i", "j")), "n", "n"), neg(NORM_OF_S)),
    "a norm is a largest eigenvalue": eq(NORM_OF_S, eigmax(ref("S", "i", "j"))),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_kernel_knows_no_more_of_norms_than_that_they_are_not_negative(name: str) -> None:
    claim = UNKNOWN[name]
    by = combine() if claim.relation == "=" else combine(slack=claim.right)
    assert verdict(SQUARE, claim, by).outcome == "undecided"


def test_norm_is_not_negative() -> None:
    assert verdict(SQUARE, says(0, "<=", NORM_OF_S), combine(slack=NORM_OF_S)).outcome == "proved"


def test_norm_of_equal_matrices() -> None:
    squared = opnorm(prod("S S", "i", "j"), "n", "n")
    assert verdict(SQUARE, eq(squared, opnorm(prod("S S", "i", "j"), "n", "n"))).outcome == "proved"


def test_norm_has_no_derivative() -> None:
    slope = diff("V", opnorm(ref("V", "i", "j"), "n", "n"), (1, 1), tensor(ref("S", "k", "l"), k="n", l="n"))
    assert "opnorm has no derivative here" in verdict(SQUARE, eq(slope, slope)).reason


def test_mean_of_a_norm_may_not_exist() -> None:
    random = mean(opnorm(ref("X", "i", "j"), "n", "n"))
    answer = verdict(context(variable("X", "n", "n", random=True, moments=4), dims="n"), eq(random, random))
    assert (answer.outcome, answer.needs) == (
        "gap",
        ("the mean of a term which is no polynomial in X exists",),
    )
