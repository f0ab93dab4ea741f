"""Powers with exponents which are no numbers, and logarithms of sums: what is the same, and what is not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.terms import Term
from tests.kernel.say import (
    add,
    combine,
    context,
    count,
    div,
    eq,
    log,
    mul,
    power,
    ref,
    says,
    sub,
    variable,
    verdict,
)

x, y, p, t = ref("x"), ref("y"), ref("p"), count("t")
x1 = add(x, 1)


def equal(left: Term, right: object, *given: object) -> Verdict:
    """left = right for real x and y, a positive p and a natural number t."""
    variables = (variable("x"), variable("y"), variable("p", positive=True))
    hypotheses = tuple((f"h{number}", said) for number, said in enumerate(given))
    world = context(*variables, naturals=(("t", 0),), hypotheses=hypotheses)
    return verdict(world, eq(left, right), combine())


SAME: dict[str, tuple[Term, object]] = {
    "(x+1)^(t+1)": (power(x1, count("t+1")), add(mul(x, power(x1, t)), power(x1, t))),
    "(x+1)^(t+2)": (power(x1, count("t+2")), mul(add(power(x, 2), mul(2, x), 1), power(x1, t))),
    "(p+1)^(x+1)": (power(add(p, 1), x1), add(power(add(p, 1), x), mul(p, power(add(p, 1), x)))),
    "(x+1)^t (y+1)^(t+1)": (
        mul(power(x1, t), power(add(y, 1), count("t+1"))),
        add(mul(y, power(x1, t), power(add(y, 1), t)), mul(power(x1, t), power(add(y, 1), t))),
    ),
    "4^t": (power(4, t), power(2, mul(2, t))),
    "6^t": (power(6, t), mul(power(2, t), power(3, t))),
    "(2/3)^t": (power(Fraction(2, 3), t), mul(power(2, t), power(Fraction(1, 3), t))),
    "(-2)^t": (power(-2, t), mul(power(-1, t), power(2, t))),
    "6^x": (power(6, x), mul(power(2, x), power(3, x))),
    "log(p x + p)": (log(add(mul(p, power(2, x)), p)), add(log(p), log(add(power(2, x), 1)))),
    "log(1 + 1/p)": (log(add(1, div(1, p))), sub(log(add(p, 1)), log(p))),
}
OTHERS: dict[str, tuple[Term, object]] = {
    "(x+1)^(t+1)": (power(x1, count("t+1")), add(mul(x, power(x1, t)), 1)),
    "(x+1)^(t+1/2)": (power(x1, add(t, Fraction(1, 2))), power(x1, t)),
    "(x+1)^(2 t)": (power(x1, mul(2, t)), mul(x1, power(x1, t))),
    "(x+1)^t (y+1)^t": (mul(power(x1, t), power(add(y, 1), t)), power(add(x, y, 1), t)),
    "(-2)^t": (power(-2, t), power(2, t)),
    "6^t": (power(6, t), mul(power(2, t), 3)),
    "log(p x + p)": (log(add(mul(p, power(2, x)), p)), mul(log(p), log(add(power(2, x), 1)))),
}


@pytest.mark.parametrize("case", SAME)
def test_same(case: str) -> None:
    answer = equal(*SAME[case])
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("case", OTHERS)
def test_not_the_same(case: str) -> None:
    assert equal(*OTHERS[case]).outcome in ("gap", "undecided")


UNDEFINED: dict[str, tuple[Term, object]] = {
    "(x+1)^t at x = -1 by (x+1)^(t-1)": (power(x1, t), mul(x1, power(x1, sub(t, 1)))),
    "log(x y + x) at x < 0": (log(add(mul(x, y), x)), add(log(x), log(add(y, 1)))),
    "6^x by powers of negative numbers": (power(6, x), mul(power(-2, x), power(-3, x))),
}


@pytest.mark.parametrize("case", UNDEFINED)
def test_what_may_be_undefined_is_not_proved(case: str) -> None:
    assert equal(*UNDEFINED[case]).outcome in ("gap", "undecided")


def test_logarithm_of_a_multiple_of_what_is_given_to_be_positive() -> None:
    positive = (says(0, "<", x), says(0, "<", add(y, 1)), says(0, "<", add(mul(x, y), x)))
    assert equal(log(add(mul(x, y), x)), add(log(x), log(add(y, 1))), *positive).outcome == "proved"
