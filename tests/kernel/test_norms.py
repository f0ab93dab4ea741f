"""The known functions of a matrix: the kernel knows that norms are not negative, and nothing else."""

from __future__ import annotations

import pytest

from lemmata.kernel.context import Function, Statement
from lemmata.kernel.terms import Lambda, Term
from tests.kernel.say import (
    apply,
    call,
    combine,
    context,
    diff,
    eq,
    mean,
    mul,
    neg,
    num,
    prod,
    ref,
    says,
    tensor,
    variable,
    verdict,
)

SOURCE = "Author (1900), Book, p. 1"
x = ref("x")


def opnorm(entry: object, rows: object = "n", columns: object = "m") -> Term:
    return call("opnorm", Lambda((("i", rows), ("j", columns)), num(entry)))  # type: ignore[arg-type]


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
