"""Limits in cases, in inductions and in lemmas."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Cases, Geometric, Induction, Squeeze
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Lambda, Natural
from tests.kernel.say import (
    HALF,
    axiom,
    certificate,
    combine,
    context,
    count,
    eq,
    lemma_use,
    mul,
    num,
    power,
    ref,
    says,
    step,
    tends,
    use,
    variable,
    verdict,
)

N0 = Natural(0)
x = ref("x")
VANISHES = tends(ref("a", "s"), 0)


def given(*hypotheses: Statement) -> Context:
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    variables = (variable("x"), variable("a", N0), variable("b", N0), variable("S", N0, N0))
    return context(*variables, naturals=(("t", 0),), hypotheses=labels)


HALVES = tends(power(HALF, count("s")), 0)


def test_limit_in_both_cases() -> None:
    first, second = (step(name, HALVES, Geometric(())) for name in ("one", "two"))
    answer = verdict(given(), HALVES, Cases("case", eq(x, 0), (first,), (second,)))
    assert answer.outcome == "proved", answer.reason


def test_limit_by_induction_on_another_time() -> None:
    first, second = (step(name, HALVES, Geometric(())) for name in ("base", "step"))
    answer = verdict(given(), HALVES, Induction("t", "before", (first,), (second,)))
    assert answer.outcome == "proved", answer.reason


def test_limit_at_the_first_time_must_be_proved() -> None:
    claim = tends(mul(count("t"), ref("a", "s")), 0)
    zero = step("base", tends(mul(0, ref("a", "s")), 0), combine())
    answer = verdict(
        given(VANISHES), claim, Induction("t", "before", (zero,), (step("step", claim, combine()),))
    )
    assert (answer.outcome, answer.failed) == ("undecided", "base")


SQUEEZED = (
    step("low", says(0, "<=", ref("a", "t")), combine(use("below", r="t"))),
    step("high", says(ref("a", "t"), "<=", ref("b", "t")), combine(use("above", r="t"))),
    Squeeze("t", "low", "high", "limit"),
)
LEMMA = certificate(
    context(
        variable("a", N0),
        variable("b", N0),
        naturals=(("t", 0),),
        hypotheses=(
            ("below", says(0, "<=", ref("a", "r"), r=N0)),
            ("above", says(ref("a", "r"), "<=", ref("b", "r"), r=N0)),
            ("limit", tends(ref("b", "s"), 0)),
        ),
    ),
    VANISHES,
    *SQUEEZED,
    name="lemma",
)


def by_lemma(limit: Statement, claim: Statement | None = None) -> Verdict:
    """The lemma at c and d, for some limit of d."""
    ctx = context(
        variable("c", N0),
        variable("d", N0),
        naturals=(("t", 0),),
        hypotheses=(
            ("below", says(0, "<=", ref("c", "r"), r=N0)),
            ("above", says(ref("c", "r"), "<=", ref("d", "r"), r=N0)),
            ("limit", limit),
        ),
    )
    maps = {"tensors": {"a": Lambda((), ref("c")), "b": Lambda((), ref("d"))}}
    goal = claim or says(ref("c", "r"), "->", 0, r=N0)
    return verdict(ctx, goal, lemma_use("lemma", **maps), lemmas=(LEMMA,))


def test_lemma_about_a_limit() -> None:
    answer = by_lemma(tends(ref("d", "s"), 0))
    assert answer.outcome == "proved", answer.reason


NO_INSTANCE: dict[str, tuple[Callable[[], Verdict], str]] = {
    "the limit of another sequence": (
        lambda: by_lemma(tends(ref("c", "s"), 0)),
        "limit is not what the lemma assumes",
    ),
    "another limit": (
        lambda: by_lemma(tends(ref("d", "s"), 1)),
        "limit is not what the lemma assumes",
    ),
    "a limit from another time on": (
        lambda: by_lemma(says(ref("d", "s"), "->", 0, s=Natural(1))),
        "limit is not what the lemma assumes",
    ),
    "an equation for the limit": (
        lambda: by_lemma(eq(ref("d", "s"), 0, s=N0)),
        "limit is not what the lemma assumes",
    ),
    "an equation for its conclusion": (
        lambda: by_lemma(tends(ref("d", "s"), 0), eq(ref("c", "r"), 0, r=N0)),
        "the claim is not an instance of lemma",
    ),
}


@pytest.mark.parametrize("name", NO_INSTANCE)
def test_lemma_does_not_apply(name: str) -> None:
    attempt, reason = NO_INSTANCE[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_times_of_a_limit_are_not_exchanged() -> None:
    """S[r,s] -> 0 as s grows, for all r, does not say that S[r,s] -> 0 as r grows, for all s."""
    rows = Statement((("r", N0), ("s", N0)), "->", ref("S", "r", "s"), num(0))
    columns = Statement((("r", N0), ("s", N0)), "->", ref("S", "s", "r"), num(0))
    ctx, taken = given(rows), axiom(given(rows), rows)
    assert verdict(ctx, rows, lemma_use("axiom"), lemmas=(taken,)).outcome == "proved"
    answer = verdict(ctx, columns, lemma_use("axiom"), lemmas=(taken,))
    assert (answer.outcome, "not an instance of axiom" in answer.reason) == ("undecided", True)
