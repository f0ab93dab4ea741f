"""What holds of every unit vector holds of a one-hot one; no premise and no condition can be left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Unit
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Index, Natural, Term
from tests.kernel.say import (
    combine,
    context,
    delta,
    diff,
    div,
    eq,
    index,
    mean,
    mul,
    num,
    power,
    ref,
    says,
    tensor,
    total,
    variable,
    verdict,
)

x = ref("x")


def given(*hypotheses: Statement) -> Context:
    """One-hot w and w3, one-hot families W[t] and R[i], a vector u; the hypotheses are h1, h2, ..."""
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    variables = (
        *(variable("x"), variable("u", "n"), variable("X", moments=1, random=True)),
        *(variable("w", "n", onehot=True), variable("w3", 3, onehot=True)),
        *(variable("W", Natural(0), "n", onehot=True), variable("R", "d", "n", onehot=True)),
    )
    return context(
        *variables, dims="n d", naturals=(("t", 0),), choices=(("c", "n"), ("e", "d")), hypotheses=labels
    )


# -- what holds of every unit vector -----------------------------------------------------------------

HOLE_SUM = total("l", "n", ref("o", "l"))
SUM_IS_1 = eq(total("l", "n", delta("l", "i")), 1, i="n")


def whole(*before: str | int) -> Term:
    """The sum of the entries of a one-hot vector."""
    return total("j", "n", ref(str(before[0]), *before[1:], "j"))


def unit(
    claim: Statement,
    premise: Statement | None = SUM_IS_1,
    variable_: str = "w",
    at: tuple[str | int | Index, ...] = (),
    left: Term = HOLE_SUM,
    right: object = 1,
    names: tuple[str, str] = ("k", "o"),
) -> Verdict:
    index_, hole = names
    by = Unit(variable_, tuple(map(index, at)), "h1", index_, hole, left, num(right))
    return verdict(given(premise) if premise is not None else given(), claim, by)


def product(first: Term, second: Term) -> Term:
    return total("l", "n", mul(first, second))


BOUNDED = says(ref("u", "i"), "<=", x, i="n")
PICKED = total("l", "n", mul(ref("o", "l"), ref("u", "l")))
UNITS: dict[str, Callable[[], Verdict]] = {
    "=": lambda: unit(eq(whole("w"), 1)),
    "<=": lambda: unit(says(product(ref("w", "l"), ref("u", "l")), "<=", x), BOUNDED, left=PICKED, right=x),
    "!=": lambda: unit(
        says(product(ref("w", "l"), ref("u", "l")), "!=", x),
        says(ref("u", "i"), "!=", x, i="n"),
        left=PICKED,
        right=x,
    ),
    "on both sides": lambda: unit(
        eq(power(ref("w", "j"), 2), ref("w", "j"), j="n"),
        Statement((("i", "n"), ("j", "n")), "=", delta("j", "i"), delta("j", "i")),
        left=power(ref("o", "j"), 2),
        right=ref("o", "j"),
    ),
    "at a time": lambda: unit(eq(whole("W", "t"), 1), variable_="W", at=("t",)),
    "at the next time": lambda: unit(eq(whole("W", "t+1"), 1), variable_="W", at=("t+1",)),
    "at all times": lambda: unit(
        eq(whole("W", "s"), 1, s=Natural(0)),
        Statement((("i", "n"), ("s", Natural(0))), "=", total("l", "n", delta("l", "i")), num(1)),
        variable_="W",
        at=("s",),
    ),
    "of each row": lambda: unit(
        eq(whole("R", "q"), 1, q="d"),
        Statement((("i", "n"), ("q", "d")), "=", total("l", "n", delta("l", "i")), num(1)),
        variable_="R",
        at=("q",),
    ),
    "of a chosen row": lambda: unit(eq(whole("R", "e"), 1), variable_="R", at=("e",)),
    "of three entries": lambda: unit(
        eq(total("j", 3, ref("w3", "j")), 1),
        eq(total("l", 3, delta("l", "i")), 1, i=3),
        variable_="w3",
        left=total("l", 3, ref("o", "l")),
    ),
}


HIDDEN = "the hole is below a derivative or a mean"
NO_TEMPLATE = "the statement is not the template with its hole filled"
NO_UNITS: dict[str, tuple[Callable[[], Verdict], str]] = {
    "of a vector that is not one-hot": (
        lambda: unit(eq(whole("u"), 1), variable_="u"),
        "u is not one-hot",
    ),
    "of no variable": (lambda: unit(eq(whole("w"), 1), variable_="z"), "z is not one-hot"),
    "without a time": (lambda: unit(eq(whole("W", "t"), 1), variable_="W"), "W has no place"),
    "at a place too many": (lambda: unit(eq(whole("w"), 1), at=("t",)), "w has no place"),
    "before the first time": (
        lambda: unit(eq(whole("W", "t"), 1), variable_="W", at=("t-1",)),
        "W has no place",
    ),
    "at a time that is none": (
        lambda: unit(eq(whole("W", "t"), 1), variable_="W", at=("e",)),
        "W has no place",
    ),
    "at a row that is none": (
        lambda: unit(eq(whole("R", "e"), 1), variable_="R", at=("c",)),
        "R has no place",
    ),
    "at the second row of d": (
        lambda: unit(eq(whole("R", "e"), 1), variable_="R", at=(2,)),
        "R has no place",
    ),
    "at an index bound in the template": (
        lambda: unit(eq(whole("R", "e"), 1), variable_="R", at=("l",)),
        "R has no place",
    ),
    "at another time than is claimed": (
        lambda: unit(eq(whole("W", "t"), 1), variable_="W", at=("t+1",)),
        NO_TEMPLATE,
    ),
    "at two times": (
        lambda: unit(
            eq(product(ref("W", "t", "l"), ref("W", "t+1", "l")), 1),
            eq(product(delta("l", "i"), delta("l", "i")), 1, i="n"),
            variable_="W",
            at=("t",),
            left=product(ref("o", "l"), ref("o", "l")),
        ),
        NO_TEMPLATE,
    ),
    "from one unit vector": (
        lambda: unit(eq(ref("w", 1), 1), eq(delta(1, "c"), 1), left=ref("o", 1)),
        NO_TEMPLATE,
    ),
    "from unit vectors of another dimension": (
        lambda: unit(eq(whole("w"), 1), eq(total("l", "d", delta("l", "i")), 1, i="d")),
        NO_TEMPLATE,
    ),
    "with another claim": (lambda: unit(eq(whole("w"), 2)), NO_TEMPLATE),
    "from another relation": (
        lambda: unit(eq(whole("w"), 1), says(total("l", "n", delta("l", "i")), "<=", 1, i="n")),
        "h1 is another relation",
    ),
    "from no premise": (lambda: unit(eq(whole("w"), 1), None), "no earlier step"),
    "concluding a limit": (
        lambda: unit(
            says(whole("w"), "->", 1, s=Natural(0)),
            Statement((("i", "n"), ("s", Natural(0))), "->", total("l", "n", delta("l", "i")), num(1)),
        ),
        "h1 is another relation",
    ),
    "through a hole with the name of a variable": (
        lambda: unit(eq(whole("w"), 1), names=("k", "u")),
        "the hole u has the name of a variable",
    ),
    "below a mean": (
        lambda: unit(eq(whole("w"), 1), right=mean(mul(ref("X"), ref("o", 1)))),
        HIDDEN,
    ),
    "below a derivative": (
        lambda: unit(
            eq(whole("w"), 1),
            right=diff("q", mul(ref("o", 1), ref("q", 1)), (1,), tensor(ref("u", "l"), l="n")),
        ),
        HIDDEN,
    ),
}


@pytest.mark.parametrize("name", UNITS)
def test_rule_works(name: str) -> None:
    answer = UNITS[name]()
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("name", NO_UNITS)
def test_rule_does_not_apply(name: str) -> None:
    attempt, reason = NO_UNITS[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_place_of_the_one_has_a_name_of_its_own() -> None:
    assert unit(eq(whole("w"), 1), names=("c", "o")).outcome == "invalid"


def test_unit_vector_at_which_the_statement_is_undefined_is_a_gap() -> None:
    """1/u[i] = x for all i: 1/(Σ w[i]·u[i]) asks for u[i] != 0."""
    answer = unit(
        eq(div(1, product(ref("w", "l"), ref("u", "l"))), x),
        eq(div(1, ref("u", "i")), x, i="n"),
        left=div(1, PICKED),
        right=x,
    )
    assert answer.outcome == "gap"
    assert "u[i] != 0 for all i" in answer.needs


def test_entries_of_a_one_hot_vector_are_not_negative() -> None:
    answer = verdict(given(), says(0, "<=", ref("w", "j"), j="n"), combine(slack=ref("w", "j")))
    assert answer.outcome == "proved"


def test_entries_of_a_one_hot_vector_may_be_0() -> None:
    answer = verdict(given(), says(0, "<", ref("w", "j"), j="n"), combine(slack=ref("w", "j")))
    assert answer.outcome == "undecided"
