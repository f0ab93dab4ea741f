"""Between a limit and a sequence that tends to it: no premise and no condition can be left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Cases, Induction, Squeeze
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Natural
from tests.kernel.say import (
    add,
    combine,
    context,
    count,
    div,
    eq,
    mul,
    num,
    ref,
    says,
    step,
    tends,
    use,
    variable,
    verdict,
)

N0 = Natural(0)
x, q = ref("x"), ref("q")
Case = tuple[Callable[[], Verdict], str]


def at_all_times(left: object, right: object) -> Statement:
    return says(left, "<=", right, r=N0)


ABOVE_0 = ("from below", at_all_times(0, ref("a", "r")))
BELOW_B = ("from above", at_all_times(ref("a", "r"), ref("b", "r")))
B_VANISHES = ("vanishes", tends(ref("b", "s"), 0))
LOW = step("low", says(0, "<=", ref("a", "t")), combine(use("from below", r="t")))
HIGH = step("high", says(ref("a", "t"), "<=", ref("b", "t")), combine(use("from above", r="t")))
A_VANISHES = tends(ref("a", "s"), 0)


def given(*hypotheses: tuple[str, Statement], **more: object) -> Context:
    variables = (variable("a", N0), variable("b", N0), variable("A", N0, "n"), variable("x"))
    naturals = (("t", 0), ("later", 5))
    return context(*variables, dims="n", naturals=naturals, hypotheses=hypotheses, **more)


def squeezed(
    goal: Statement = A_VANISHES,
    steps: tuple[object, ...] = (LOW, HIGH),
    on: str = "t",
    names: tuple[str, str, str] = ("low", "high", "vanishes"),
    extra: tuple[tuple[str, Statement], ...] = (),
    **more: object,
) -> Verdict:
    ctx = given(ABOVE_0, BELOW_B, B_VANISHES, *extra, **more)
    return verdict(ctx, goal, *steps, Squeeze(on, *names))  # type: ignore[arg-type]


NOT_NEEDED = "is not what is needed"
SPEAKS = "speaks of t, over which the limit is"
FROM_5 = tends(ref("a", "s"), 0, 5)
NOT_SQUEEZED: dict[str, Case] = {
    "without the bound from below": (
        lambda: squeezed(names=("high", "high", "vanishes")),
        f"high {NOT_NEEDED}",
    ),
    "without the bound from above": (lambda: squeezed(names=("low", "low", "vanishes")), f"low {NOT_NEEDED}"),
    "without the limit of the bound": (lambda: squeezed(names=("low", "high", "high")), f"high {NOT_NEEDED}"),
    "with the limit of another sequence": (
        lambda: squeezed(names=("low", "high", "other"), extra=(("other", tends(ref("A", "s", 1), 0)),)),
        f"other {NOT_NEEDED}",
    ),
    "with another limit of the bound": (
        lambda: squeezed(names=("low", "high", "other"), extra=(("other", tends(ref("b", "s"), 1)),)),
        f"other {NOT_NEEDED}",
    ),
    "to another limit": (lambda: squeezed(tends(ref("a", "s"), 1)), f"low {NOT_NEEDED}"),
    "of another sequence": (lambda: squeezed(tends(ref("A", "s", 1), 0)), f"low {NOT_NEEDED}"),
    "as an inequality": (
        lambda: squeezed(says(ref("a", "s"), "<=", 0, s=N0)),
        "the rule concludes the limit of a number",
    ),
    "of vectors": (
        lambda: squeezed(says(ref("A", "s", "i"), "->", 0, i="n", s=N0)),
        "the rule concludes the limit of a number",
    ),
    "on what is no time": (lambda: squeezed(on="n"), "the limit is not over the range of n"),
    "from another time on": (lambda: squeezed(FROM_5), "the limit is not over the range of t"),
    "on a time from another number on": (lambda: squeezed(on="later"), "not over the range of later"),
    "with bounds of one time": (
        lambda: squeezed(
            steps=(step("low", says(0, "<=", ref("a", 3)), combine(use("from below", r=3))), HIGH)
        ),
        f"low {NOT_NEEDED}",
    ),
    "with bounds of a later time": (
        lambda: squeezed(
            steps=(step("low", says(0, "<=", ref("a", "t+1")), combine(use("from below", r="t+1"))), HIGH)
        ),
        f"low {NOT_NEEDED}",
    ),
    "with bounds of another time than that which grows": (
        lambda: squeezed(
            steps=(
                step("low", says(0, "<=", ref("a", "later")), combine(use("from below", r="later"))),
                step(
                    "high",
                    says(ref("a", "later"), "<=", ref("b", "later")),
                    combine(use("from above", r="later")),
                ),
            )
        ),
        f"low {NOT_NEEDED}",
    ),
    "with bounds for all indices": (
        lambda: squeezed(names=("from below", "high", "vanishes")),
        f"from below {NOT_NEEDED}",
    ),
    "where a hypothesis speaks of the time": (
        lambda: squeezed(extra=(("about", says(count("t"), "<=", 3)),)),
        f"about {SPEAKS}",
    ),
    "where a definition speaks of the time": (
        lambda: squeezed(definitions=(("about", eq(x, count("t"))),)),
        f"about {SPEAKS}",
    ),
    "to a limit which is that time": (
        lambda: squeezed(tends(ref("a", "s"), mul(count("t"), x))),
        f"low {NOT_NEEDED}",
    ),
    "from no premise": (lambda: squeezed(names=("low", "high", "nothing")), "no earlier step"),
}


def test_squeeze() -> None:
    answer = squeezed()
    assert answer.outcome == "proved", answer.reason
    assert answer.statement == "a[i] -> 0 as i grows"


def test_squeeze_where_a_hypothesis_speaks_of_another_time() -> None:
    assert squeezed(extra=(("about", says(count("later"), "<=", 9)),)).outcome == "proved"


def test_squeeze_inside_a_case_on_the_time() -> None:
    """Where t = 0, nothing holds as t grows."""
    inner = (LOW, HIGH, step("goal", A_VANISHES, Squeeze("t", "low", "high", "vanishes")))
    cases = Cases("case", eq(count("t"), 0), inner, inner)  # type: ignore[arg-type]
    answer = verdict(given(ABOVE_0, BELOW_B, B_VANISHES), A_VANISHES, cases)
    assert (answer.outcome, f"case {SPEAKS}" in answer.reason) == ("undecided", True)


def test_squeeze_inside_an_induction_on_the_time() -> None:
    """The hypothesis of the induction speaks of t - 1, and t begins at 1."""
    claim = says(0, "<=", mul(count("t"), ref("a", "t")))
    zero = step("base", says(0, "<=", mul(0, ref("a", 0))), combine())
    limit = step("limit", A_VANISHES, Squeeze("t", "low", "high", "vanishes"))
    induct = (LOW, HIGH, limit, step("step", claim, combine(slack=0)))
    answer = verdict(given(ABOVE_0, BELOW_B, B_VANISHES), claim, Induction("t", "before", (zero,), induct))  # type: ignore[arg-type]
    assert (answer.outcome, answer.failed) == ("undecided", "limit")


def test_squeeze_of_what_is_undefined_is_a_gap() -> None:
    over_x = div(ref("a", "t"), x)
    below, above = at_all_times(0, div(ref("a", "r"), x)), at_all_times(div(ref("a", "r"), x), ref("b", "r"))
    low = step("low", says(0, "<=", over_x), combine(use("mine", r="t")))
    high = step("high", says(over_x, "<=", ref("b", "t")), combine(use("too", r="t")))
    answer = squeezed(
        tends(div(ref("a", "s"), x), 0), steps=(low, high), extra=(("mine", below), ("too", above))
    )
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))


@pytest.mark.parametrize("place", ["claim", "low", "high", "vanishes"])
def test_what_vanishes_in_normal_form_must_be_defined(place: str) -> None:
    nothing = {name: mul(0, div(1, x)) if name == place else num(0) for name in ("claim", "low", "high")}
    left = add(ref("a", "t"), nothing["high"])
    low = step("low", says(nothing["low"], "<=", ref("a", "t")), combine(use("from below", r="t")))
    high = step("high", says(left, "<=", ref("b", "t")), combine(use("from above", r="t")))
    limit = tends(ref("b", "s"), mul(0, div(1, x)) if place == "vanishes" else 0)
    claim = tends(add(ref("a", "s"), nothing["claim"]), 0)
    answer = squeezed(claim, steps=(low, high), names=("low", "high", "mine"), extra=(("mine", limit),))
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))


@pytest.mark.parametrize("name", NOT_SQUEEZED)
def test_rule_does_not_apply(name: str) -> None:
    attempt, reason = NOT_SQUEEZED[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason
