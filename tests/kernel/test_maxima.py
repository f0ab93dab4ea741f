"""No entry is larger than the largest: the rule works, and no condition of it can be left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import EntryOfMaximum
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Index, Term
from tests.kernel.say import (
    add,
    context,
    div,
    index,
    largest,
    mul,
    ref,
    says,
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


def entry(
    left: object,
    right: object,
    at: str | int | Index,
    maximum: Term = LARGEST,
    relation: str = "<=",
    **binders: object,
) -> Verdict:
    return verdict(given(), says(left, relation, right, **binders), EntryOfMaximum(maximum, index(at)))


ENTRIES: dict[str, Callable[[], Verdict]] = {
    "at any index": lambda: entry(ref("u", "i"), LARGEST, "i", i="n"),
    "at a chosen index": lambda: entry(ref("u", "c"), LARGEST, "c"),
    "at the first index": lambda: entry(ref("u", 1), LARGEST, 1),
    "at the last index of 3": lambda: entry(
        ref("v", 3), largest("k", 3, ref("v", "k")), 3, largest("k", 3, ref("v", "k"))
    ),
    "of a row": lambda: entry(
        ref("A", "j", "i"),
        largest("k", "n", ref("A", "j", "k")),
        "i",
        largest("k", "n", ref("A", "j", "k")),
        i="n",
        j="n",
    ),
    "of a row at its own index": lambda: entry(
        ref("A", "j", "j"),
        largest("k", "n", ref("A", "j", "k")),
        "j",
        largest("k", "n", ref("A", "j", "k")),
        j="n",
    ),
    "which is a maximum": lambda: entry(
        largest("k", "n", ref("A", "k", "i")),
        largest("k l", "n", ref("A", "k", "l")),
        "i",
        largest("l k", "n", ref("A", "k", "l")),
        i="n",
    ),
}

NOT_CONCLUDED = "the claim is not what the rule concludes"
NO_ENTRY: dict[str, Case] = {
    "of what is no maximum": (
        lambda: entry(
            ref("u", "i"), total("k", "n", ref("u", "k")), "i", total("k", "n", ref("u", "k")), i="n"
        ),
        "the rule needs a maximum",
    ),
    "at an index of another dimension": (
        lambda: entry(ref("u", "i"), LARGEST, "e", i="n"),
        "e is no index of the maximum",
    ),
    "at an index which is not bound": (
        lambda: entry(ref("u", 1), LARGEST, "i"),
        "i is no index of the maximum",
    ),
    "at the second index of n": (lambda: entry(ref("u", 1), LARGEST, 2), "2 is no index of the maximum"),
    "at index 0": (lambda: entry(ref("u", 1), LARGEST, 0), "0 is no index of the maximum"),
    "at the fourth index of 3": (
        lambda: entry(ref("v", 3), largest("k", 3, ref("v", "k")), 4, largest("k", 3, ref("v", "k"))),
        "4 is no index of the maximum",
    ),
    "at the next index": (lambda: entry(ref("u", "c"), LARGEST, "c+1"), "c+1 is no index of the maximum"),
    "strictly": (lambda: entry(ref("u", "i"), LARGEST, "i", relation="<", i="n"), NOT_CONCLUDED),
    "as an equation": (lambda: entry(ref("u", "i"), LARGEST, "i", relation="=", i="n"), NOT_CONCLUDED),
    "the other way round": (lambda: entry(LARGEST, ref("u", "i"), "i", i="n"), NOT_CONCLUDED),
    "of another vector": (lambda: entry(ref("A", "i", "i"), LARGEST, "i", i="n"), NOT_CONCLUDED),
    "at another index than is claimed": (lambda: entry(ref("u", "i"), LARGEST, "c", i="n"), NOT_CONCLUDED),
    "of a column for a row": (
        lambda: entry(
            ref("A", "j", "i"),
            largest("k", "n", ref("A", "k", "i")),
            "i",
            largest("k", "n", ref("A", "j", "k")),
            i="n",
            j="n",
        ),
        NOT_CONCLUDED,
    ),
}


def test_maximum_of_an_entry_that_is_undefined_is_a_gap() -> None:
    inverses = largest("k", "n", div(1, ref("u", "k")))
    answer = entry(div(1, ref("u", 1)), inverses, 1, inverses)
    assert (answer.outcome, answer.needs) == ("gap", ("u[1] != 0", "u[i] != 0 for all i"))


NOTHING = mul(0, div(1, x))


@pytest.mark.parametrize(
    ("left", "maximum"),
    [(add(ref("u", "i"), NOTHING), LARGEST), (ref("u", "i"), largest("k", "n", add(ref("u", "k"), NOTHING)))],
    ids=["the claim", "the maximum"],
)
def test_what_vanishes_in_normal_form_must_be_defined(left: Term, maximum: Term) -> None:
    answer = entry(left, LARGEST, "i", maximum, i="n")
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))


def test_maximum_with_an_index_that_is_not_bound_is_invalid() -> None:
    assert (
        entry(ref("u", "i"), LARGEST, "i", largest("k", "n", ref("A", "j", "k")), i="n").outcome == "invalid"
    )


@pytest.mark.parametrize("name", ENTRIES)
def test_rule_works(name: str) -> None:
    answer = ENTRIES[name]()
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("name", NO_ENTRY)
def test_rule_does_not_apply(name: str) -> None:
    attempt, reason = NO_ENTRY[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason
