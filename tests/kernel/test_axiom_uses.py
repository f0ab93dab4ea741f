"""What follows from an axiom: its instances, under its hypotheses, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import LemmaUse
from lemmata.kernel.context import Function, Statement
from lemmata.kernel.terms import Lambda, Term
from tests.kernel.say import (
    add,
    apply,
    axiom,
    call,
    certificate,
    combine,
    context,
    eq,
    function,
    lemma_use,
    num,
    ref,
    says,
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
SMALL = ("small", says(opnorm(A), "<=", ref("p")))
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
    assert answer.axioms == (
        f"σ(A[c,d]) <= p where opnorm(A[i,j]) <= p, p is positive, σ has 1 derivatives ({SOURCE})",
    )


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


@pytest.mark.parametrize("name", NO_INSTANCE)
def test_axiom_does_not_apply(name: str) -> None:
    attempt, reason = NO_INSTANCE[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_norm_is_no_function_to_be_mapped() -> None:
    """An axiom on opnorm says nothing of an unknown function of matrices."""
    ctx = replace(MATRICES, functions=(Function("F", (("n", "m"),)),))
    norms = TRIANGLE.statement.left, *TRIANGLE.statement.right.terms
    left, *right = (replace(norm, function="F") for norm in norms)
    renamed = says(left, "<=", add(*right))
    answer = verdict(ctx, renamed, lemma_use("axiom", functions={"opnorm": "F"}), lemmas=(TRIANGLE,))
    assert (answer.outcome, "not an instance of axiom" in answer.reason) == ("undecided", True)


def test_axiom_under_the_name_of_another() -> None:
    """What counts is the certificate that is included, not its name."""
    other = axiom(MATRICES, says(0, "<=", opnorm(A)))
    answer = verdict(MATRICES, TRIANGLE.statement, lemma_use("axiom"), lemmas=(other,))
    assert (answer.outcome, "not an instance of axiom" in answer.reason) == ("undecided", True)
    both = verdict(MATRICES, TRIANGLE.statement, lemma_use("axiom"), lemmas=(TRIANGLE, other))
    assert (both.outcome, "two lemmas have the same name" in both.reason) == ("undecided", True)


def test_axiom_of_a_lemma_is_not_seen() -> None:
    lemma = certificate(MATRICES, eq(1, 1), combine(), lemmas=(TRIANGLE,), name="lemma")
    answer = verdict(MATRICES, TRIANGLE.statement, lemma_use("axiom"), lemmas=(lemma,))
    assert "there is no lemma axiom" in answer.reason
