"""An index over a numeric dimension is looked at value by value; no other index is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.substitute import Fresh
from lemmata.kernel.terms import Index, Natural
from lemmata.kernel.values import LARGEST_SPLIT, at_values
from tests.kernel.say import (
    add,
    combine,
    context,
    delta,
    div,
    eq,
    mul,
    ref,
    says,
    sub,
    total,
    variable,
    verdict,
)


def judged(claim: object, *slack: object) -> Verdict:
    variables = [variable("x", 2), variable("A", 2, 3), variable("u", "n"), variable("y", 1)]
    ctx = context(*variables, dims="n", naturals=(("t", 0),))
    return verdict(ctx, claim, combine(slack=slack[0]) if slack else combine())  # type: ignore[arg-type]


def written(values: dict[int, object], index: str = "i") -> object:
    """Σ value · δ(index, place)."""
    return add(*(mul(value, delta(index, place)) for place, value in values.items()))


TRUE: dict[str, Callable[[], Verdict]] = {
    "δ(i,1) + δ(i,2) = 1 over 1..2": lambda: judged(eq(written({1: 1, 2: 1}), 1, i=2)),
    "δ(i,1) = 1 over 1..1": lambda: judged(eq(delta("i", 1), 1, i=1)),
    "a vector is its entries": lambda: judged(
        eq(ref("x", "i"), written({1: ref("x", 1), 2: ref("x", 2)}), i=2)
    ),
    "two indices": lambda: judged(
        eq(
            mul(written({1: 1, 2: 1}), written({1: 1, 2: 1, 3: 1}, "j"), ref("A", "i", "j")),
            ref("A", "i", "j"),
            i=2,
            j=3,
        )
    ),
    "only one of two indices is numeric": lambda: judged(
        eq(mul(written({1: 1, 2: 1}), ref("u", "k")), ref("u", "k"), i=2, k="n")
    ),
    "0 < [1, 3]": lambda: judged(says(0, "<", written({1: 1, 2: 3}), i=2), written({1: 1, 2: 3})),
    "0 <= [2, 0] - [1, 0]": lambda: judged(
        says(written({1: 1}), "<=", written({1: 2}), i=2), sub(written({1: 2}), written({1: 1}))
    ),
    "[1, -1] != 0": lambda: judged(says(0, "!=", written({1: 1, 2: -1}), i=2), written({1: 1, 2: -1})),
    "sums contract": lambda: judged(
        eq(total("k", 2, mul(written({1: 1, 2: 1}, "k"), ref("x", "k"))), add(ref("x", 1), ref("x", 2)))
    ),
}

FALSE: dict[str, Callable[[], Verdict]] = {
    "δ(i,1) = 1 over 1..2": lambda: judged(eq(delta("i", 1), 1, i=2)),
    "δ(k,1) = 1 over 1..n: n is not 1": lambda: judged(eq(delta("k", 1), 1, k="n")),
    "u[k] = u[1] over 1..n": lambda: judged(eq(ref("u", "k"), ref("u", 1), k="n")),
    "x[i] = x[1] over 1..2": lambda: judged(eq(ref("x", "i"), ref("x", 1), i=2)),
    "δ(i,1) + δ(i,2) = 1 over 1..3": lambda: judged(eq(written({1: 1, 2: 1}, "j"), 1, j=3)),
    "one row of two vanishes": lambda: judged(eq(mul(delta("i", 2), ref("A", "i", "j")), 0, i=2, j=3)),
    "0 < [1, 0]": lambda: judged(says(0, "<", written({1: 1}), i=2), written({1: 1})),
    "0 < [1, -1]": lambda: judged(says(0, "<", written({1: 1, 2: -1}), i=2), written({1: 1, 2: -1})),
    "[1, 0] != 0 at each place": lambda: judged(says(0, "!=", written({1: 1}), i=2), written({1: 1})),
    "0 <= [1, -1]": lambda: judged(says(0, "<=", written({1: 1, 2: -1}), i=2), written({1: 1, 2: -1})),
}


@pytest.mark.parametrize("made", TRUE.values(), ids=TRUE)
def test_what_holds_at_each_value_holds(made: Callable[[], Verdict]) -> None:
    assert made().outcome == "proved", made().reason


@pytest.mark.parametrize("made", FALSE.values(), ids=FALSE)
def test_what_fails_at_one_value_is_not_proved(made: Callable[[], Verdict]) -> None:
    assert made().outcome == "undecided"


def test_conditions_are_still_asked_for() -> None:
    """x[i]/x[i] = 1 at each value of i, where it is defined."""
    verdict_ = judged(eq(mul(written({1: 1, 2: 1}), div(ref("x", "i"), ref("x", "i"))), 1, i=2))
    assert (verdict_.outcome, len(verdict_.needs)) == ("gap", 1)


def test_a_time_and_a_symbolic_dimension_have_no_values() -> None:
    assert at_values((("t", Natural(0)), ("k", "n")), ref("u", "k"), Fresh()) == []


def test_all_combinations_of_values_are_looked_at() -> None:
    found = at_values((("i", 2), ("j", 3)), ref("A", "i", "j"), Fresh())
    assert found == [ref("A", i, j) for i in (1, 2) for j in (1, 2, 3)]
    assert at_values((("i", LARGEST_SPLIT + 1),), delta("i", 1), Fresh()) == []


def test_a_bound_index_of_the_same_name_is_left_alone() -> None:
    inner = total("i", 2, ref("x", "i"))
    (first, second) = at_values((("i", 2),), mul(ref("x", "i"), inner), Fresh())
    assert Index("", 1) in first.factors[0].indices  # type: ignore[union-attr]
    assert Index("", 2) in second.factors[0].indices  # type: ignore[union-attr]
    for factor in (first.factors[1], second.factors[1]):  # type: ignore[union-attr]
        assert factor.body == ref("x", factor.index)
