"""Equality from two inequalities, and contradiction: no premise and no condition of them can be left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Absurd, Between
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Natural
from tests.kernel.say import (
    add,
    combine,
    context,
    div,
    eq,
    mul,
    power,
    ref,
    says,
    sqrt,
    step,
    use,
    variable,
    verdict,
)

x, y = ref("x"), ref("y")
Case = tuple[Callable[[], Verdict], str]


def given(*hypotheses: Statement) -> Context:
    """Numbers, a vector u, a matrix A, chosen indices c and e; the hypotheses are h1, h2, ..."""
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    variables = (*map(variable, "xy"), variable("u", "n"), variable("v", 3), variable("A", "n", "n"))
    variables = (*variables, variable("X", moments=1, random=True))
    return context(*variables, dims="n d", choices=(("c", "n"), ("e", "d")), hypotheses=labels)


# -- equality from two inequalities ------------------------------------------------------------------

UP, DOWN = says(x, "<=", y), says(y, "<=", x)


def between(claim: Statement, *premises: Statement, below: str = "h1", above: str = "h2") -> Verdict:
    return verdict(given(*premises), claim, Between(below, above))


BOTH = (says(ref("u", "i"), "<=", x, i="n"), says(x, "<=", ref("u", "j"), j="n"))
BETWEEN: dict[str, Callable[[], Verdict]] = {
    "of numbers": lambda: between(eq(x, y), UP, DOWN),
    "for all indices": lambda: between(eq(ref("u", "k"), x, k="n"), *BOTH),
}
NOT_NEEDED = "is not what is needed"
NOT_BETWEEN: dict[str, Case] = {
    "without the second": (lambda: between(eq(x, y), UP, UP), f"h2 {NOT_NEEDED}"),
    "without the first": (lambda: between(eq(x, y), DOWN, DOWN), f"h1 {NOT_NEEDED}"),
    "in the other order": (lambda: between(eq(x, y), DOWN, UP), f"h1 {NOT_NEEDED}"),
    "from one that is strict": (lambda: between(eq(x, y), says(x, "<", y), DOWN), f"h1 {NOT_NEEDED}"),
    "from one with other sides": (
        lambda: between(eq(x, y), says(x, "<=", mul(2, y)), DOWN),
        f"h1 {NOT_NEEDED}",
    ),
    "from one for a chosen index": (
        lambda: between(eq(ref("u", "k"), x, k="n"), BOTH[0], says(x, "<=", ref("u", "c"))),
        f"h2 {NOT_NEEDED}",
    ),
    "from one for indices of another dimension": (
        lambda: between(eq(x, y, k="n"), says(x, "<=", y, i="d"), says(y, "<=", x, i="n")),
        f"h1 {NOT_NEEDED}",
    ),
    "concluding <=": (lambda: between(UP, UP, DOWN), "the rule concludes an equation"),
    "concluding a limit": (
        lambda: between(says(x, "->", y, t=Natural(0)), UP, DOWN),
        "the rule concludes an equation",
    ),
    "from no premise": (lambda: between(eq(x, y), UP), "no earlier step"),
}


def test_between_undefined_numbers_is_a_gap() -> None:
    answer = between(eq(div(1, x), y), says(div(1, x), "<=", y), says(y, "<=", div(1, x)))
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_vanishes_in_normal_form_must_be_defined(place: int) -> None:
    """In the claim, in the first premise and in the second one."""
    left, low, high = (add(x, mul(0, div(1, y))) if place == k else x for k in range(3))
    answer = between(eq(left, y), says(low, "<=", y), says(y, "<=", high))
    assert (answer.outcome, answer.needs) == ("gap", ("y != 0",))


# -- contradiction -----------------------------------------------------------------------------------


FALSE = eq(0, 1)


def absurd(
    *premises: Statement, claim: Statement = FALSE, facts: tuple[str, ...] = (), premise: str = "h1"
) -> Verdict:
    return verdict(given(*premises), claim, Absurd(premise, facts))


ABSURD: dict[str, Callable[[], Verdict]] = {
    "x < x": lambda: absurd(says(x, "<", x)),
    "x + y != y + x": lambda: absurd(says(add(x, y), "!=", add(y, x))),
    "u[i] < u[i] for all i": lambda: absurd(says(ref("u", "i"), "<", ref("u", "i"), i="n")),
    "√(x²) != x, where 0 <= x": lambda: absurd(says(sqrt(power(x, 2)), "!=", x), says(0, "<=", x)),
}
NO_CONTRADICTION: dict[str, Case] = {
    "x = x": (lambda: absurd(eq(x, x)), "h1 contradicts nothing"),
    "x <= x": (lambda: absurd(says(x, "<=", x)), "h1 contradicts nothing"),
    "x -> x": (lambda: absurd(says(x, "->", x, t=Natural(0))), "h1 contradicts nothing"),
    "x < y": (lambda: absurd(says(x, "<", y)), "its sides are not the same"),
    "u[i] != u[j] for all i, j": (
        lambda: absurd(Statement((("i", "n"), ("j", "n")), "!=", ref("u", "i"), ref("u", "j"))),
        "its sides are not the same",
    ),
    "√(x²) != x, for all x": (lambda: absurd(says(sqrt(power(x, 2)), "!=", x)), "its sides are not the same"),
    "√(u[i]²) != u[i], where 0 <= u[c]": (
        lambda: absurd(
            says(sqrt(power(ref("u", "i"), 2)), "!=", ref("u", "i"), i="n"), says(0, "<=", ref("u", "c"))
        ),
        "its sides are not the same",
    ),
    "nothing": (lambda: absurd(), "no earlier step"),
    "a fact that is no step": (lambda: absurd(says(x, "<", x), facts=("nothing",)), "no earlier step"),
}


def test_contradiction_may_need_an_earlier_step() -> None:
    """Where x = 1, √(x²) != x cannot be."""
    premises = (says(sqrt(power(x, 2)), "!=", x), eq(x, 1))
    fact = step("positive", says(0, "<", x), combine(use("h2", times=-1), slack=1))
    apart = absurd(*premises)
    assert "its sides are not the same" in apart.reason
    answer = verdict(given(*premises), eq(0, 1), fact, Absurd("h1", ("positive",)))
    assert answer.outcome == "proved", answer.reason


def test_contradiction_of_undefined_numbers_is_a_gap() -> None:
    answer = absurd(says(div(1, x), "<", div(1, x)))
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))


def test_what_follows_from_a_contradiction_must_be_defined() -> None:
    answer = absurd(says(x, "<", x), claim=eq(div(1, y), 0))
    assert (answer.outcome, answer.needs) == ("gap", ("y != 0",))


# -- both rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("attempt", [*BETWEEN.values(), *ABSURD.values()], ids=[*BETWEEN, *ABSURD])
def test_rule_works(attempt: Callable[[], Verdict]) -> None:
    answer = attempt()
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize(
    ("attempt", "reason"),
    [*NOT_BETWEEN.values(), *NO_CONTRADICTION.values()],
    ids=[*NOT_BETWEEN, *NO_CONTRADICTION],
)
def test_rule_does_not_apply(attempt: Callable[[], Verdict], reason: str) -> None:
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason
