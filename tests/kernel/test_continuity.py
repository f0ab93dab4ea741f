"""Continuous functions of sequences: a limit may be taken inside of them, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Cases, Continuous, Induction, Quotient
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import Natural, Term
from tests.kernel.say import (
    HALF,
    add,
    apply,
    combine,
    context,
    count,
    det,
    diff_scalar,
    div,
    eq,
    exp,
    function,
    largest,
    log,
    mean,
    mul,
    num,
    power,
    ref,
    says,
    step,
    sub,
    tends,
    total,
    use,
    variable,
    verdict,
)

N0 = Natural(0)
x, h, g = ref("x"), ref("h"), ref("g")
a, b = ref("a", "r"), ref("b", "r")


def is_b(time: str | int) -> Term:
    return ref("b", time)


B_VANISHES = ("b vanishes", tends(ref("b", "s"), 0))
P_IS_X = ("p tends to x", tends(ref("p", "s"), x))
Case = tuple[Callable[[], Verdict], str]


def limit(
    template: Term,
    goal: object,
    *hypotheses: tuple[str, Statement],
    holes: tuple[tuple[str, str], ...] = (("h", "b vanishes"),),
    says_a: Callable[[str], object],
    on: str = "t",
    equation: str = "a is",
    at: str | int = "t",
    start: int = 0,
    **more: object,
) -> Verdict:
    """a(s) -> goal, where a(r) is said of all r, and so of t."""
    given = (("all a", eq(a, says_a("r"), r=N0)), B_VANISHES, P_IS_X, *hypotheses)
    variables = [variable("x"), variable("B", N0, "n"), variable("v", "n"), variable("w", "n")]
    variables += [variable(name, N0) for name in ("a", "b", "p", "q")]
    naturals = (("t", 0), ("later", 5))
    world = context(
        *variables, dims="n", naturals=naturals, functions=(function("σ", 1),), hypotheses=given, **more
    )
    there = step("a is", eq(ref("a", at), says_a(at)), combine(use("all a", r=at)))
    claim = goal if isinstance(goal, Statement) else tends(ref("a", "s"), goal, start)
    return verdict(world, claim, there, Continuous(on, equation, holes, template, ()))


def of(
    function_of: Callable[[object], Term], goal: object, *given: tuple[str, Statement], **more: object
) -> Verdict:
    """The limit of a function of b, which vanishes."""
    return limit(function_of(h), goal, *given, says_a=lambda r: function_of(ref("b", r)), **more)  # type: ignore[arg-type]


POSITIVE = ("b > 0", says(0, "<", b, r=N0))
CONTINUOUS: dict[str, Callable[[], Verdict]] = {
    "x + b": lambda: of(lambda u: add(x, u), x),
    "x b": lambda: of(lambda u: mul(x, u), 0),
    "b² + 3 b + 2": lambda: of(lambda u: add(power(u, 2), mul(3, u), 2), 2),
    "exp b": lambda: of(exp, 1),
    "sin(x + b)": lambda: of(lambda u: apply("sin", add(x, u)), apply("sin", x)),
    "1/(1 + exp b)": lambda: of(lambda u: div(1, add(1, exp(u))), HALF),
    "log(1 + exp b)": lambda: of(lambda u: log(add(1, exp(u))), log(2)),
    "√(2 + exp b)": lambda: of(lambda u: power(add(2, exp(u)), HALF), power(3, HALF)),
    "b^0": lambda: of(lambda u: power(u, 0), 1),
    "p b": lambda: limit(
        mul(g, h),
        0,
        says_a=lambda r: mul(ref("p", r), ref("b", r)),
        holes=(("h", "b vanishes"), ("g", "p tends to x")),
    ),
    "Σ_i v_i b": lambda: of(lambda u: total("i", "n", mul(ref("v", "i"), u)), 0),
    "Σ_i v_i B_i": lambda: limit(
        total("i", "n", mul(ref("v", "i"), ref("h", "i"))),
        total("i", "n", mul(ref("v", "i"), ref("w", "i"))),
        ("B tends to w", says(ref("B", "s", "i"), "->", ref("w", "i"), i="n", s=N0)),
        says_a=lambda r: total("i", "n", mul(ref("v", "i"), ref("B", r, "i"))),
        holes=(("h", "B tends to w"),),
    ),
    "no hole": lambda: limit(x, x, says_a=lambda r: x, holes=()),
}

NOT_CONTINUOUS: dict[str, Case] = {
    "to another limit": (lambda: of(lambda u: add(x, u), add(x, 1)), "the limit is not that of the template"),
    "a step": (lambda: of(lambda u: apply("floor", u), 0), "not known to be continuous"),
    "a sign": (lambda: of(lambda u: apply("sign", u), 0), "not known to be continuous"),
    "an unknown function": (lambda: of(lambda u: apply("σ", u), apply("σ", 0)), "not known to be continuous"),
    "its derivative": (
        lambda: of(lambda u: apply("σ", u, 1), apply("σ", 0, 1)),
        "not known to be continuous",
    ),
    "0^b": (lambda: of(lambda u: power(0, u), 1), "not known to be continuous"),
    "b^b": (lambda: of(lambda u: power(u, u), 1), "not known to be continuous"),
    "a largest value": (
        lambda: of(lambda u: largest("i", "n", mul(ref("v", "i"), u)), 0),
        "not known to be continuous",
    ),
    "a determinant": (
        lambda: of(lambda u: det(mul(ref("v", "i"), u), "i j"), 0),
        "not known to be continuous",
    ),
    "a derivative": (
        lambda: of(lambda u: diff_scalar(mul(ref("y"), u), x, "y"), 0),
        "not known to be continuous",
    ),
    "a mean": (lambda: of(lambda u: mean(u), 0), "not known to be continuous"),
    "with what grows outside the hole": (
        lambda: limit(mul(count("s"), h), 0, says_a=lambda r: mul(count(r), ref("b", r))),
        "s",
    ),
    "with another sequence outside the hole": (
        lambda: limit(add(ref("q", "s"), h), 0, says_a=lambda r: add(ref("q", r), ref("b", r))),
        "s",
    ),
    "of another sequence": (lambda: limit(h, 0, says_a=lambda r: ref("q", r)), "a is is not what is needed"),
    "by what is no limit": (lambda: limit(h, 0, says_a=is_b, holes=(("h", "all a"),)), "all a is no limit"),
    "by no equation": (lambda: limit(h, 0, says_a=is_b, equation="b vanishes"), "is not what is needed"),
    "by an inequality": (
        lambda: limit(h, 0, ("less", says(a, "<=", b, r=N0)), says_a=is_b, equation="less"),
        "less is not what is needed",
    ),
    "by an equation at one time": (lambda: limit(h, 0, says_a=is_b, at=3), "a is is not what is needed"),
    "by an equation of a later time": (
        lambda: limit(h, 0, says_a=is_b, at="t+1"),
        "a is is not what is needed",
    ),
    "by an equation of another time": (
        lambda: limit(h, 0, says_a=is_b, at="later"),
        "a is is not what is needed",
    ),
    "on what is no time": (lambda: limit(h, 0, says_a=is_b, on="n"), "not over the range of n"),
    "on another time": (lambda: limit(h, 0, says_a=is_b, on="later"), "not over the range of later"),
    "from another time on": (lambda: limit(h, 0, says_a=is_b, start=5), "not over the range of t"),
    "where a hypothesis speaks of the time": (
        lambda: limit(h, 0, ("about", says(count("t"), "<=", 9)), says_a=is_b),
        "about speaks of t",
    ),
    "with a hole that is a variable": (
        lambda: limit(x, 0, says_a=is_b, holes=(("x", "b vanishes"),)),
        "a hole has the name of a variable",
    ),
    "with two holes of one name": (
        lambda: limit(h, 0, says_a=is_b, holes=(("h", "b vanishes"), ("h", "p tends to x"))),
        "two holes have the same name",
    ),
    "as an equation": (
        lambda: limit(h, eq(ref("a", "s"), 0, s=N0), says_a=is_b),
        "the rule concludes a limit",
    ),
    "of a limit with two times": (
        lambda: limit(
            h,
            0,
            ("two", Statement((("r", N0), ("s", N0)), "->", mul(count("r"), ref("b", "s")), num(0))),
            says_a=lambda r: mul(count(r), ref("b", r)),
            holes=(("h", "two"),),
        ),
        "two has another time",
    ),
}


@pytest.mark.parametrize("case", CONTINUOUS)
def test_continuous(case: str) -> None:
    answer = CONTINUOUS[case]()
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("case", NOT_CONTINUOUS)
def test_rule_does_not_apply(case: str) -> None:
    attempt, reason = NOT_CONTINUOUS[case]
    answer = attempt()
    assert answer.outcome in ("undecided", "invalid")
    assert reason in answer.reason


UNDEFINED: dict[str, Callable[[], Verdict]] = {
    "1/b": lambda: of(lambda u: div(1, u), div(1, 0)),
    "1/(b - 1)": lambda: of(lambda u: div(1, sub(u, 1)), -1),
    "log(b), though b > 0": lambda: of(log, log(0), POSITIVE),
    "√(b - 1)": lambda: of(lambda u: power(sub(u, 1), HALF), power(-1, HALF)),
    "1/(1 + p)": lambda: limit(
        div(1, add(1, h)),
        div(1, add(1, x)),
        says_a=lambda r: div(1, add(1, ref("p", r))),
        holes=(("h", "p tends to x"),),
    ),
}


@pytest.mark.parametrize("case", UNDEFINED)
def test_limit_of_what_may_be_undefined_is_not_proved(case: str) -> None:
    assert UNDEFINED[case]().outcome in ("gap", "undecided")


def test_limit_inside_a_case_on_the_time() -> None:
    """Where t = 0, nothing holds as t grows."""
    world = context(
        variable("a", N0),
        variable("b", N0),
        naturals=(("t", 0),),
        hypotheses=(("all a", eq(a, b, r=N0)), B_VANISHES),
    )
    goal = tends(ref("a", "s"), 0)
    there = step("a is", eq(ref("a", "t"), ref("b", "t")), combine(use("all a", r="t")))
    inner = (there, step("goal", goal, Continuous("t", "a is", (("h", "b vanishes"),), h, ())))
    answer = verdict(world, goal, Cases("case", eq(count("t"), 0), inner, inner))
    assert (answer.outcome, "case speaks of t" in answer.reason) == ("undecided", True)


def test_limit_by_the_hypothesis_of_an_induction() -> None:
    """What is assumed of one time does not hold of all."""
    world = context(variable("a", N0), variable("b", N0), naturals=(("t", 0),), hypotheses=(B_VANISHES,))
    goal, claim = tends(ref("a", "s"), 0), eq(ref("a", "t"), ref("b", "t"))
    limit_of_a = step("limit", goal, Continuous("t", "before", (("h", "b vanishes"),), h, ()))
    proof = Induction("t", "before", (step("base", claim, combine()),), (limit_of_a,))
    assert verdict(world, claim, proof).outcome != "proved"


s1, s2, square = count("s+1"), count("s+2"), power(count("s"), 2)
QUOTIENTS: dict[str, Statement] = {
    "1/(s + 1) -> 0": tends(div(1, s1), 0),
    "1/s -> 0 from 1 on": tends(div(1, count("s")), 0, 1),
    "s/(s + 1) -> 1": tends(div(count("s"), s1), 1),
    "(s² - 1)/(2 s² + 3) -> 1/2": tends(
        div(sub(power(count("s"), 2), 1), add(mul(2, power(count("s"), 2)), 3)), HALF
    ),
    "(s + 1)(s + 2)/(s + 1)^3 -> 0": tends(div(mul(s1, s2), power(s1, 3)), 0),
    "0/(s + 1) -> 0": tends(div(0, s1), 0),
    "3/2 -> 3/2": tends(div(3, 2), Fraction(3, 2)),
}
NOT_QUOTIENTS: dict[str, Statement] = {
    "to another number": tends(div(1, s1), 1),
    "to the quotient of the last coefficients": tends(div(add(s1, 1), add(s1, s1, 3)), Fraction(2, 5)),
    "of a larger degree": tends(div(power(count("s"), 2), s1), 0),
    "of a larger degree, to the quotient of what leads": tends(div(power(count("s"), 2), s1), 1),
    "over 0": tends(div(1, sub(s1, s1)), 0),
    "0/0": tends(div(0, 0), 0),
    "of powers of 2": tends(div(power(2, count("s")), s1), 0),
    "over a root": tends(div(1, power(s1, HALF)), 0),
    "of another number": tends(div(x, s1), 0),
    "of another time": tends(div(count("t"), s1), 0),
    "over another time": tends(div(1, count("t")), 0),
    "over a power of -2": tends(mul(1, power(s1, -2)), 0),
    "as an equation": eq(div(1, count("t")), 0),
    "as an inequality": says(div(1, count("s")), "<=", 0, s=Natural(1)),
}


@pytest.mark.parametrize("case", QUOTIENTS)
def test_quotient_of_polynomials(case: str) -> None:
    answer = verdict(context(naturals=(("t", 1),)), QUOTIENTS[case], Quotient())
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("case", NOT_QUOTIENTS)
def test_what_is_no_limit_of_a_quotient(case: str) -> None:
    answer = verdict(context(variable("x"), naturals=(("t", 1),)), NOT_QUOTIENTS[case], Quotient())
    assert answer.outcome == "undecided"


@pytest.mark.parametrize("below", [count("s"), sub(count("s"), 3)], ids=["s", "s - 3"])
def test_quotient_which_is_undefined_somewhere_is_a_gap(below: Term) -> None:
    answer = verdict(context(naturals=(("t", 0),)), tends(div(1, below), 0), Quotient())
    assert answer.outcome == "gap"
