"""What holds of every entry holds of the largest: no premise and no condition of the rule can be left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Attained
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Term
from tests.kernel.say import (
    add,
    context,
    diff,
    div,
    eq,
    largest,
    mean,
    mul,
    neg,
    power,
    ref,
    says,
    sub,
    tensor,
    total,
    variable,
    verdict,
)

x, y = ref("x"), ref("y")
LARGEST = largest("k", "n", ref("u", "k"))
Case = tuple[Callable[[], Verdict], str]


def given(*hypotheses: Statement) -> Context:
    """Numbers, a vector u, a matrix A, chosen indices c and e; the hypotheses are h1, h2, ..."""
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    variables = (*map(variable, "xy"), variable("u", "n"), variable("v", 3), variable("A", "n", "n"))
    variables = (*variables, variable("X", moments=1, random=True))
    return context(*variables, dims="n d", choices=(("c", "n"), ("e", "d")), hypotheses=labels)


HOLE = ref("o")
EACH_AT_MOST_X = says(ref("u", "i"), "<=", x, i="n")


def attained(
    claim: Statement,
    left: object,
    right: object,
    *premises: Statement,
    maximum: Term = LARGEST,
    premise: str = "h1",
    index_: str = "k",
    hole: str = "o",
) -> Verdict:
    by = Attained(maximum, premise, index_, hole, left, right)  # type: ignore[arg-type]
    return verdict(given(*premises), claim, by)


def row(of: str) -> Term:
    """The largest entry of a row of A."""
    return largest("l", "n", ref("A", of, "l"))


def _squares(body: object) -> Term:
    return sub(power(body, 2), mul(2, body))


ATTAINED: dict[str, Callable[[], Verdict]] = {
    "<=": lambda: attained(says(LARGEST, "<=", x), HOLE, x, EACH_AT_MOST_X),
    "<": lambda: attained(says(x, "<", LARGEST), x, HOLE, says(x, "<", ref("u", "i"), i="n")),
    "!=": lambda: attained(says(LARGEST, "!=", x), HOLE, x, says(ref("u", "i"), "!=", x, i="n")),
    "= on both sides": lambda: attained(
        eq(power(LARGEST, 2), LARGEST),
        power(HOLE, 2),
        HOLE,
        eq(power(ref("u", "i"), 2), ref("u", "i"), i="n"),
    ),
    "twice on a side": lambda: attained(
        says(-1, "<=", _squares(LARGEST)),
        neg(1),
        _squares(HOLE),
        says(-1, "<=", _squares(ref("u", "i")), i="n"),
    ),
    "below a sum over an index of the same name": lambda: attained(
        eq(total("l", "n", mul(LARGEST, ref("u", "l"))), x),
        total("k", "n", mul(HOLE, ref("u", "k"))),
        x,
        eq(total("l", "n", mul(ref("u", "i"), ref("u", "l"))), x, i="n"),
    ),
    "for each row": lambda: attained(
        says(row("j"), "<=", ref("u", "j"), j="n"),
        HOLE,
        ref("u", "j"),
        Statement((("i", "n"), ("j", "n")), "<=", ref("A", "j", "i"), ref("u", "j")),
        maximum=row("j"),
    ),
    "below another maximum": lambda: attained(
        says(largest("j", "n", mul(LARGEST, ref("u", "j"))), "<=", x),
        largest("j", "n", mul(HOLE, ref("u", "j"))),
        x,
        says(largest("j", "n", mul(ref("u", "i"), ref("u", "j"))), "<=", x, i="n"),
    ),
}


SLOPE = diff("w", mul(HOLE, ref("w", 1)), (1,), tensor(ref("u", "i"), i="n"))
NO_TEMPLATE = "the statement is not the template with its hole filled"
NOT_ATTAINED: dict[str, Case] = {
    "by what is no maximum": (
        lambda: attained(says(x, "<=", x), HOLE, x, EACH_AT_MOST_X, maximum=x),
        "the rule needs a maximum",
    ),
    "from one entry": (
        lambda: attained(says(LARGEST, "<=", x), HOLE, x, says(ref("u", 1), "<=", x)),
        NO_TEMPLATE,
    ),
    "from a chosen entry": (
        lambda: attained(says(LARGEST, "<=", x), HOLE, x, says(ref("u", "c"), "<=", x)),
        NO_TEMPLATE,
    ),
    "from indices of another dimension": (
        lambda: attained(says(LARGEST, "<=", x), HOLE, x, says(x, "<=", x, i="d")),
        NO_TEMPLATE,
    ),
    "from entries of another vector": (
        lambda: attained(says(LARGEST, "<=", x), HOLE, x, says(ref("A", "i", "i"), "<=", x, i="n")),
        NO_TEMPLATE,
    ),
    "from entries with another bound": (
        lambda: attained(says(LARGEST, "<=", x), HOLE, x, says(ref("u", "i"), "<=", y, i="n")),
        NO_TEMPLATE,
    ),
    "with another claim": (lambda: attained(says(LARGEST, "<=", y), HOLE, x, EACH_AT_MOST_X), NO_TEMPLATE),
    "from another relation": (
        lambda: attained(says(LARGEST, "<", x), HOLE, x, EACH_AT_MOST_X),
        "h1 is another relation",
    ),
    "from an equation": (
        lambda: attained(says(LARGEST, "<=", x), HOLE, x, eq(ref("u", "i"), x, i="n")),
        "h1 is another relation",
    ),
    "from no premise": (lambda: attained(says(LARGEST, "<=", x), HOLE, x), "no earlier step"),
    "with two largest entries where each alone is": (
        lambda: attained(
            eq(mul(LARGEST, ref("u", 1)), x),
            mul(HOLE, ref("u", 1)),
            x,
            eq(mul(ref("u", "i"), ref("u", "i")), x, i="n"),
        ),
        NO_TEMPLATE,
    ),
    "where a bound index of the template is not the one of the maximum": (
        lambda: attained(
            eq(total("l", "n", mul(LARGEST, ref("u", "l"))), x),
            total("k", "n", mul(HOLE, ref("u", "k"))),
            x,
            eq(total("k", "n", mul(ref("u", "k"), ref("u", "k"))), x, i="n"),
        ),
        NO_TEMPLATE,
    ),
    "of rows from columns": (
        lambda: attained(
            says(row("j"), "<=", ref("u", "j"), j="n"),
            HOLE,
            ref("u", "j"),
            Statement((("i", "n"), ("j", "n")), "<=", ref("A", "i", "j"), ref("u", "j")),
            maximum=row("j"),
        ),
        NO_TEMPLATE,
    ),
    "of rows where the indices come in another order": (
        lambda: attained(
            says(row("j"), "<=", ref("u", "j"), j="n"),
            HOLE,
            ref("u", "j"),
            Statement((("j", "n"), ("i", "n")), "<=", ref("A", "j", "i"), ref("u", "j")),
            maximum=row("j"),
        ),
        NO_TEMPLATE,
    ),
    "through a hole with the name of a variable": (
        lambda: attained(says(LARGEST, "<=", x), x, x, EACH_AT_MOST_X, hole="x"),
        "the hole x has the name of a variable",
    ),
    "below a derivative": (
        lambda: attained(says(LARGEST, "<=", x), SLOPE, x, EACH_AT_MOST_X),
        "the hole is below a derivative or a mean",
    ),
    "below a mean": (
        lambda: attained(says(LARGEST, "<=", x), x, mean(mul(HOLE, ref("X"))), EACH_AT_MOST_X),
        "the hole is below a derivative or a mean",
    ),
}


@pytest.mark.parametrize("name", ["c", "i", "n"])
def test_index_of_the_entries_has_a_name_of_its_own(name: str) -> None:
    claim = says(mul(LARGEST, ref("u", "i")), "<=", x, i="n")
    premise = Statement((("l", "n"), ("i", "n")), "<=", mul(ref("u", "l"), ref("u", "i")), x)
    answer = attained(claim, mul(HOLE, ref("u", "i")), x, premise, index_=name)
    assert (answer.outcome, "bound twice" in answer.reason) == ("invalid", True)


def test_template_does_not_speak_of_the_index_of_the_entries() -> None:
    """u[i] <= u[i] for all i does not say max u <= u[i]."""
    claim = says(LARGEST, "<=", ref("u", "c"))
    answer = attained(claim, HOLE, ref("u", "k"), says(ref("u", "i"), "<=", ref("u", "i"), i="n"))
    assert answer.outcome == "invalid"


def test_maximum_is_well_formed_even_if_nothing_speaks_of_it() -> None:
    answer = attained(says(x, "<=", x), x, x, says(x, "<=", x, i="n"), maximum=row("j"))
    assert answer.outcome == "invalid"


@pytest.mark.parametrize("place", ["claim", "template", "premise"])
def test_what_vanishes_in_normal_form_must_be_defined(place: str) -> None:
    bound = {
        name: add(x, mul(0, div(1, y))) if name == place else x for name in ("claim", "template", "premise")
    }
    premise = says(ref("u", "i"), "<=", bound["premise"], i="n")
    answer = attained(says(LARGEST, "<=", bound["claim"]), HOLE, bound["template"], premise)
    assert (answer.outcome, answer.needs) == ("gap", ("y != 0",))


def test_undefined_entries_have_no_largest() -> None:
    bounded = says(div(1, ref("u", "i")), "<=", x, i="n")
    inverses = largest("k", "n", div(1, ref("u", "k")))
    answer = attained(says(inverses, "<=", x), HOLE, x, bounded, maximum=inverses)
    assert (answer.outcome, answer.needs) == ("gap", ("u[i] != 0 for all i",))


@pytest.mark.parametrize("name", ATTAINED)
def test_rule_works(name: str) -> None:
    answer = ATTAINED[name]()
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("name", NOT_ATTAINED)
def test_rule_does_not_apply(name: str) -> None:
    attempt, reason = NOT_ATTAINED[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason
