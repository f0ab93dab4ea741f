"""Powers of a number below 1 vanish: no condition of the rule can be left out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Geometric
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import Natural
from tests.kernel.say import (
    HALF,
    combine,
    context,
    count,
    div,
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
x, q = ref("x"), ref("q")
Case = tuple[Callable[[], Verdict], str]


BELOW_1 = says(q, "<", 1)
VANISHES, X_VANISHES = (tends(power(base, count("s")), 0) for base in (q, x))


def geometric(
    goal: Statement = VANISHES,
    *hypotheses: Statement,
    before: tuple[object, ...] = (),
    facts: tuple[str, ...] = (),
) -> Verdict:
    """q^s -> 0 for some number q >= 0."""
    variables = [variable("q", nonnegative=True), variable("x"), variable("u", "n", nonnegative=True)]
    variables += [variable("Q", N0, nonnegative=True), variable("v", "n")]
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    ctx = context(*variables, dims="n", naturals=(("t", 0),), choices=(("c", "n"),), hypotheses=labels)
    return verdict(ctx, goal, *before, Geometric(facts))  # type: ignore[arg-type]


ENTRIES_VANISH = says(power(ref("u", "i"), count("s")), "->", 0, i="n", s=N0)
LESS = says(ref("u", "j"), "<", 1, j="n")
GEOMETRIC: dict[str, Callable[[], Verdict]] = {
    "0 <= q < 1": lambda: geometric(VANISHES, BELOW_1),
    "q = 1/2": lambda: geometric(tends(power(HALF, count("s")), 0)),
    "q = -1/2": lambda: geometric(tends(power(Fraction(-1, 2), count("s")), 0)),
    "q² < 1": lambda: geometric(X_VANISHES, says(power(x, 2), "<", 1)),
    "-1 < q < 1": lambda: geometric(X_VANISHES, says(-1, "<", x), says(x, "<", 1)),
    "times s^3": lambda: geometric(tends(mul(power(count("s"), 3), power(q, count("s"))), 0), BELOW_1),
    "q = 0": lambda: geometric(tends(power(0, count("s")), 0)),
    "entries": lambda: geometric(ENTRIES_VANISH, LESS),
    "a chosen entry": lambda: geometric(
        tends(power(ref("u", "c"), count("s")), 0), says(ref("u", "c"), "<", 1)
    ),
    "from 5 on": lambda: geometric(tends(power(q, count("s")), 0, 5), BELOW_1),
    "by an earlier step": lambda: geometric(
        VANISHES,
        says(mul(2, q), "<", 1),
        before=(step("less", BELOW_1, combine(use("h1", times=HALF), slack=HALF)),),
        facts=("less",),
    ),
}
NO_POWER = "the left side is no power to the s"
NOT_BELOW_1 = "the base is not known to lie between -1 and 1"
NOT_GEOMETRIC: dict[str, Case] = {
    "q not known to be < 1": (lambda: geometric(VANISHES), NOT_BELOW_1),
    "q <= 1": (lambda: geometric(VANISHES, says(q, "<=", 1)), NOT_BELOW_1),
    "q = 1": (lambda: geometric(tends(power(1, count("s")), 0)), NOT_BELOW_1),
    "q < 2": (lambda: geometric(VANISHES, says(q, "<", 2)), NOT_BELOW_1),
    "q which may be negative": (
        lambda: geometric(tends(power(x, count("s")), 0), says(x, "<", 1)),
        NOT_BELOW_1,
    ),
    "q = -1": (lambda: geometric(tends(power(-1, count("s")), 0)), NOT_BELOW_1),
    "q = -3/2": (lambda: geometric(tends(power(Fraction(-3, 2), count("s")), 0)), NOT_BELOW_1),
    "q² <= 1": (lambda: geometric(X_VANISHES, says(power(x, 2), "<=", 1)), NOT_BELOW_1),
    "-1 <= q < 1": (lambda: geometric(X_VANISHES, says(-1, "<=", x), says(x, "<", 1)), NOT_BELOW_1),
    "times s^(1/2)": (
        lambda: geometric(tends(mul(power(count("s"), HALF), power(q, count("s"))), 0), BELOW_1),
        NO_POWER,
    ),
    "times s^(-1)": (
        lambda: geometric(tends(mul(power(count("s"), -1), power(q, count("s"))), 0), BELOW_1),
        NO_POWER,
    ),
    "times a power of another time": (
        lambda: geometric(tends(mul(power(count("t"), 2), power(q, count("s"))), 0), BELOW_1),
        NO_POWER,
    ),
    "times what grows as fast": (
        lambda: geometric(tends(mul(power(2, count("s")), power(q, count("s"))), 0), BELOW_1),
        NO_POWER,
    ),
    "q which speaks of s": (
        lambda: geometric(tends(power(ref("Q", "s"), count("s")), 0)),
        "the base speaks of s",
    ),
    "q which counts s": (
        lambda: geometric(tends(power(div(count("s"), count("s+1")), count("s")), 0)),
        "the base speaks of s",
    ),
    "one entry below 1": (lambda: geometric(ENTRIES_VANISH, says(ref("u", "c"), "<", 1)), NOT_BELOW_1),
    "other entries below 1": (
        lambda: geometric(ENTRIES_VANISH, says(ref("v", "j"), "<", 1, j="n")),
        NOT_BELOW_1,
    ),
    "a power of a time which does not grow": (
        lambda: geometric(tends(power(q, count("t")), 0), BELOW_1),
        NO_POWER,
    ),
    "a power of the first of two times": (
        lambda: geometric(Statement((("r", N0), ("s", N0)), "->", power(q, count("r")), num(0)), BELOW_1),
        NO_POWER,
    ),
    "a power of the next time": (lambda: geometric(tends(power(q, count("s+1")), 0), BELOW_1), NO_POWER),
    "a power of minus the time": (
        lambda: geometric(tends(power(q, mul(-1, count("s"))), 0), BELOW_1),
        NO_POWER,
    ),
    "no power": (lambda: geometric(tends(q, 0), BELOW_1), NO_POWER),
    "a limit which is not 0": (
        lambda: geometric(tends(power(q, count("s")), 1), BELOW_1),
        "the rule concludes a limit of 0",
    ),
    "another relation": (
        lambda: geometric(says(power(q, count("s")), "=", 0, s=N0), BELOW_1),
        "the rule concludes a limit of 0",
    ),
    "a fact that is no step": (lambda: geometric(VANISHES, BELOW_1, facts=("less",)), "no earlier step"),
}


def test_power_of_an_undefined_number_is_a_gap() -> None:
    answer = geometric(
        tends(power(div(q, x), count("s")), 0), says(0, "<=", div(q, x)), says(div(q, x), "<", 1)
    )
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))


@pytest.mark.parametrize("name", GEOMETRIC)
def test_power_vanishes(name: str) -> None:
    answer = GEOMETRIC[name]()
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("name", NOT_GEOMETRIC)
def test_rule_does_not_apply(name: str) -> None:
    attempt, reason = NOT_GEOMETRIC[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason
