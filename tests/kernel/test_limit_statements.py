"""Which limits are well-formed, and that a limit is never taken for what holds at each time."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Attained, Cases, Congruence, Monotone
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Natural
from tests.kernel.say import (
    combine,
    context,
    count,
    eq,
    exp,
    largest,
    mul,
    num,
    power,
    ref,
    says,
    sqrt,
    step,
    tends,
    use,
    variable,
    verdict,
)

N0 = Natural(0)
x = ref("x")
VANISHES = tends(ref("a", "s"), 0)
TO_X = tends(1, x)


def given(*hypotheses: Statement, **more: object) -> Context:
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    scalars = (variable("x"), variable("u", "n"))
    families = (variable("a", N0), variable("A", N0, "n"), variable("late", Natural(5)))
    return context(*scalars, *families, dims="n", naturals=(("t", 0),), hypotheses=labels, **more)


# -- what is well-formed -----------------------------------------------------------------------------

NO_LIMITS: dict[str, Statement] = {
    "over nothing": says(x, "->", 0),
    "over an index": says(ref("u", "i"), "->", 0, i="n"),
    "over an index after a time": says(ref("A", "s", "i"), "->", 0, s=N0, i="n"),
    "to what grows": tends(ref("a", "s"), count("s")),
    "to the sequence itself": tends(ref("a", "s"), ref("a", "s")),
    "over a time of the context": says(ref("a", "t"), "->", 0, t=N0),
    "before the first time": tends(ref("late", "s"), 0),
}


@pytest.mark.parametrize("name", NO_LIMITS)
def test_is_no_limit(name: str) -> None:
    assert verdict(given(), NO_LIMITS[name]).outcome == "invalid"
    assert verdict(given(NO_LIMITS[name]), eq(1, 1)).outcome == "invalid"


def test_definition_is_no_limit() -> None:
    definition = Statement((("s", N0),), "->", ref("a", "s"), num(0))
    assert verdict(given(definitions=(("d", definition),)), eq(1, 1)).outcome == "invalid"


# -- no other rule uses or concludes one -------------------------------------------------------------


def from_limit(claim: Statement, *proof: object, limit: Statement = VANISHES) -> Verdict:
    return verdict(given(limit), claim, *proof)  # type: ignore[arg-type]


A_T = ref("a", "t")
OF_H1 = combine(use("h1", s="t"))
EQUATIONS_ONLY = "equations only"
MISUSES: dict[str, tuple[Callable[[], Verdict], str]] = {
    "= from a limit": (lambda: from_limit(eq(A_T, 0), OF_H1), EQUATIONS_ONLY),
    "= from a limit of constants": (lambda: from_limit(eq(1, x), OF_H1, limit=TO_X), EQUATIONS_ONLY),
    "<= from a limit": (lambda: from_limit(says(A_T, "<=", 0), OF_H1), "no inequality follows from h1"),
    "< from a limit": (
        lambda: from_limit(says(A_T, "<", 1), combine(use("h1", s="t"), slack=1)),
        "no inequality",
    ),
    "!= from a limit": (lambda: from_limit(says(A_T, "!=", 0), OF_H1), "the factor of h1 may be 0"),
    "a limit from =": (
        lambda: from_limit(VANISHES, combine(use("h1", r="s")), limit=eq(ref("a", "r"), 0, r=N0)),
        "a limit is no linear combination",
    ),
    "a limit from a limit": (
        lambda: from_limit(tends(mul(2, ref("a", "s")), 0), combine(use("h1", s="s", times=2))),
        "a limit is no linear combination",
    ),
    "a limit from nothing": (lambda: verdict(given(), VANISHES), "a limit is no linear combination"),
    "a congruence from a limit": (
        lambda: from_limit(eq(exp(A_T), exp(0)), Congruence("h1", at_t(), "o", exp(ref("o")), ())),
        "h1 is no equation",
    ),
    "a congruence to a limit": (
        lambda: from_limit(VANISHES, Congruence("h1", (), "o", ref("o"), ())),
        "a congruence concludes an equation",
    ),
    "monotone functions of a limit": (
        lambda: from_limit(tends(exp(ref("a", "s")), exp(0)), Monotone("exp", Fraction(1), "h1", ())),
        "h1 is no inequality",
    ),
    "a sign from a limit": (
        lambda: from_limit(says(0, "<=", x), combine(slack=x, facts=("h1",)), limit=tends(0, x)),
        "the slack is not known to be >= 0",
    ),
    "a root of what tends to 1": (
        lambda: from_limit(eq(sqrt(power(A_T, 2)), A_T), combine(facts=("h1",)), limit=tends(1, x)),
        "do not differ",
    ),
    "the limit of the largest": (
        lambda: from_limit(
            tends(largest("k", "n", ref("A", "s", "k")), 0),
            Attained(largest("k", "n", ref("A", "s", "k")), "h1", "k", "o", ref("o"), num(0)),
            limit=says(ref("A", "s", "i"), "->", 0, i="n", s=N0),
        ),
        "h1 is another relation",
    ),
    "a case of a limit": (
        lambda: verdict(given(), eq(1, 1), Cases("case", VANISHES, (TRIVIAL,), (TRIVIAL,))),
        "a case is",
    ),
}
TRIVIAL = step("trivial", eq(1, 1), combine())


def at_t() -> tuple[tuple[str, object], ...]:
    return use("h1", s="t").at


@pytest.mark.parametrize("name", MISUSES)
def test_limit_is_no_statement_about_each_time(name: str) -> None:
    attempt, reason = MISUSES[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_limit_is_shown_with_what_grows() -> None:
    said = Statement((("r", "n"), ("s", N0)), "->", ref("A", "s", "r"), num(0))
    assert verdict(given(), said).statement == "A[j,i] -> 0 as j grows for all i"
