"""Proofs inside proofs: induction, cases and lemmas, and what each of them needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Cases, Congruence, Induction, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import Lambda, Natural
from tests.kernel.say import (
    add,
    apply,
    certificate,
    combine,
    context,
    count,
    div,
    eq,
    function,
    lemma_use,
    mul,
    power,
    ref,
    says,
    step,
    sub,
    tensor,
    total,
    use,
    variable,
    verdict,
)

x = ref("x")

# -- induction ---------------------------------------------------------------------------------------

START = eq(ref("h", 0), 1)
GROWS = eq(ref("h", "t_"), mul(2, ref("h", "t_-1")), t_=Natural(1))
GOAL = eq(ref("h", "t"), power(2, count("t")))
BASE = combine(use("start"))
STEP = combine(use("grows", t_="t"), use("before", times=2))


def doubling(
    base: object = BASE,
    induct: object = STEP,
    on: str = "t",
    goal: Statement = GOAL,
    least: int = 0,
    extra: tuple[tuple[str, Statement], ...] = (),
    label: str = "before",
    before: tuple[Step, ...] = (),
) -> Verdict:
    """h[0] = 1 and h[t] = 2 h[t-1], so h[t] = 2^t."""
    ctx = context(
        variable("h", Natural(0)),
        variable("x"),
        naturals=(("t", least), ("s", 0)),
        definitions=(("start", START), ("grows", GROWS)),
        hypotheses=extra,
    )
    at_start = eq(ref("h", least), power(2, count(least))) if goal == GOAL else goal
    proof = Induction(on, label, (step("base", at_start, base),), (step("step", goal, induct),))  # type: ignore[arg-type]
    return verdict(ctx, goal, *before, proof)


def test_induction() -> None:
    assert doubling().outcome == "proved"


INDUCTIONS: dict[str, tuple[Callable[[], Verdict], str]] = {
    "the base does not follow": (lambda: doubling(base=combine()), "step base"),
    "the step does not follow": (lambda: doubling(induct=combine(use("grows", t_="t"))), "step step"),
    "the base is of another number": (lambda: doubling(least=1, base=combine(use("start"))), "step base"),
    "a hypothesis speaks of t": (
        lambda: doubling(extra=(("about", eq(ref("h", "t"), 1)),)),
        "about speaks of t",
    ),
    "t counts in a hypothesis": (
        lambda: doubling(extra=(("about", says(count("t"), "<=", 3)),)),
        "about speaks of t",
    ),
    "on what is no natural number": (lambda: doubling(on="n"), "n is no natural number"),
    "on another number": (lambda: doubling(on="s"), "step base"),
    "with a label in use": (lambda: doubling(label="start"), "start is used twice"),
    "with the label of a step": (
        lambda: doubling(label="one", before=(step("one", eq(1, 1), combine()),)),
        "one is used twice",
    ),
}


@pytest.mark.parametrize("name", INDUCTIONS)
def test_induction_is_rejected(name: str) -> None:
    attempt, reason = INDUCTIONS[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_hypothesis_on_another_number_may_stay() -> None:
    assert doubling(extra=(("about", eq(ref("h", "s"), 1)),)).outcome == "proved"


def test_step_of_a_recurrence_holds_only_from_1_on() -> None:
    """h[t] = 2 h[t-1] at t = 0 would speak of h[-1]."""
    ctx = context(
        variable("h", Natural(0)), naturals=(("t", 0),), definitions=(("start", START), ("grows", GROWS))
    )
    answer = verdict(ctx, eq(ref("h", "t"), ref("h", "t")), combine(use("grows", times=0, t_="t")))
    assert answer.outcome == "undecided"
    assert "grows does not hold at t_ = t" in answer.reason


def test_induction_hypothesis_is_gone_outside() -> None:
    ctx = context(
        variable("h", Natural(0)), naturals=(("t", 0),), definitions=(("start", START), ("grows", GROWS))
    )
    at_start = eq(ref("h", 0), power(2, count(0)))
    proof = Induction("t", "before", (step("base", at_start, BASE),), (step("step", GOAL, STEP),))
    for inner in ("before", "base", "step"):
        answer = verdict(ctx, GOAL, step("all", GOAL, proof), combine(use(inner)))
        assert answer.outcome == "undecided"
        assert f"the premise {inner} is no earlier step" in answer.reason


# -- cases -------------------------------------------------------------------------------------------


def in_cases(
    on: Statement, first: object, second: object, label: str = "case", goal: Statement | None = None
) -> Verdict:
    """A goal, by default 0 <= x², in two cases."""
    goal = goal or says(0, "<=", mul(x, x))
    proofs = ((step("one", goal, first),), (step("two", goal, second),))  # type: ignore[arg-type]
    return verdict(context(variable("x"), variable("y")), goal, Cases(label, on, *proofs))


IS_ZERO = eq(x, 0)


def test_cases_of_equal_or_not() -> None:
    """0 < x² + (1 - x)²: where x = 0 it is 1, else x² is positive."""
    goal = says(0, "<", add(mul(x, x), power(sub(1, x), 2)))
    first = combine(use("case", times=sub(2, mul(2, x))), slack=1)
    answer = in_cases(IS_ZERO, first, combine(slack=add(mul(x, x), power(sub(1, x), 2))), goal=goal)
    assert answer.outcome == "proved", answer.reason


def test_cases_of_less_or_more() -> None:
    """x³ <= x⁴ + x² where x <= 0, and where 0 < x."""
    goal = says(mul(x, x, x), "<=", add(power(x, 4), power(x, 2)))
    rest = add(power(x, 4), power(x, 2))
    low = combine(use("case", times=power(x, 2)), slack=rest)
    high = combine(slack=add(power(mul(x, sub(x, 1)), 2), power(x, 3)), facts=("case",))
    answer = in_cases(says(x, "<=", 0), low, high, goal=goal)
    assert answer.outcome == "proved", answer.reason


CASES: dict[str, tuple[Callable[[], Verdict], str]] = {
    "the first does not follow": (
        lambda: in_cases(IS_ZERO, combine(), combine(slack=mul(x, x))),
        "step one",
    ),
    "the second does not follow": (
        lambda: in_cases(IS_ZERO, combine(slack=mul(x, x)), combine(use("case"))),
        "step two",
    ),
    "in the second the first holds": (
        lambda: in_cases(IS_ZERO, combine(use("case")), combine(use("case")), goal=eq(0, x)),
        "step",
    ),
    "on !=": (
        lambda: in_cases(says(x, "!=", 0), combine(slack=mul(x, x)), combine(slack=mul(x, x))),
        "a case is",
    ),
    "on <": (
        lambda: in_cases(says(x, "<", 0), combine(slack=mul(x, x)), combine(slack=mul(x, x))),
        "a case is",
    ),
    "on all indices": (
        lambda: in_cases(eq(x, 0, i=3), combine(slack=mul(x, x)), combine(slack=mul(x, x))),
        "a case is",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_cases_are_rejected(name: str) -> None:
    attempt, reason = CASES[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_case_of_an_undefined_number_is_a_gap() -> None:
    answer = in_cases(eq(div(1, x), 0), combine(slack=mul(x, x)), combine(slack=mul(x, x)))
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))


def test_case_and_its_steps_are_gone_outside() -> None:
    goal = says(0, "<=", mul(x, x))
    by = combine(slack=mul(x, x))
    proof = Cases("case", IS_ZERO, (step("one", goal, by),), (step("two", goal, by),))
    for inner in ("case", "one", "two"):
        answer = verdict(context(variable("x")), goal, step("all", goal, proof), combine(use(inner)))
        assert f"the premise {inner} is no earlier step" in answer.reason


def test_case_has_a_label_of_its_own() -> None:
    goal = says(0, "<=", mul(x, x))
    by = combine(slack=mul(x, x))
    proof = Cases("h", IS_ZERO, (step("one", goal, by),), (step("two", goal, by),))
    ctx = context(variable("x"), hypotheses=(("h", eq(x, 1)),))
    assert "the label h is used twice" in verdict(ctx, goal, proof).reason


# -- lemmas ------------------------------------------------------------------------------------------

A_LEMMA = certificate(
    context(
        variable("x", "n"),
        variable("p", positive=True),
        variable("h", Natural(0)),
        dims="n",
        naturals=(("t", 1),),
        functions=(function("σ", 1),),
        hypotheses=(("h0", eq(total("i", "n", ref("x", "i")), 0)),),
    ),
    eq(
        add(apply("σ", total("i", "n", mul(ref("p"), ref("x", "i"))), 1), ref("h", "t-1")),
        add(apply("σ", 0, 1), ref("h", "t-1")),
    ),
    step("zero", eq(total("i", "n", mul(ref("p"), ref("x", "i"))), 0), combine(use("h0", times=ref("p")))),
    Congruence("zero", (), "o", add(apply("σ", ref("o"), 1), ref("h", "t-1")), ()),
    name="lemma",
)
HERE = context(
    variable("y", "d"),
    variable("q", positive=True),
    variable("r"),
    variable("g", Natural(0)),
    variable("G", Natural(1)),
    variable("R", "d", moments=2, random=True),
    dims="d e",
    naturals=(("s", 0),),
    functions=(function("f", 1), function("k", 0), function("F", 1, (("d",),))),
    hypotheses=(
        ("sum", eq(total("i", "d", ref("y", "i")), 0)),
        ("random", eq(total("i", "d", ref("R", "i")), 0)),
    ),
)
MAPS: dict[str, dict[str, object]] = {
    "dims": {"n": "d"},
    "naturals": {"t": "s+1"},
    "tensors": {
        "x": tensor(ref("y", "i"), i="d"),
        "p": Lambda((), ref("q")),
        "h": Lambda((), ref("g")),
    },
    "functions": {"σ": "f"},
    "premises": {"h0": "sum"},
}


def instance(claim: Statement | None = None, **changes: dict[str, object]) -> Verdict:
    """The lemma at y, q, g, s+1 and f, with some parts of the map changed."""
    maps = {part: {**values, **changes.get(part, {})} for part, values in MAPS.items()}
    goal = claim or eq(
        add(apply("f", total("i", "d", mul(ref("q"), ref("y", "i"))), 1), ref("g", "s")),
        add(apply("f", 0, 1), ref("g", "s")),
    )
    return verdict(HERE, goal, lemma_use("lemma", **maps), lemmas=(A_LEMMA,))


def scalar(name: str) -> Lambda:
    return Lambda((), ref(name))


def test_lemma_at_other_names() -> None:
    answer = instance()
    assert answer.outcome == "proved", answer.reason
    assert answer.rests_on == ("lemma",)


NO_INSTANCE: dict[str, tuple[Callable[[], Verdict], str]] = {
    "a claim which is no instance": (lambda: instance(eq(ref("r"), 0)), "not an instance of lemma"),
    "its hypothesis is not given": (lambda: instance(premises={"h0": "nothing"}), "no earlier step"),
    "another hypothesis is given": (
        lambda: instance(premises={"h0": "random"}),
        "not what the lemma assumes",
    ),
    "a dimension that is none": (lambda: instance(dims={"n": "s"}), "s is no dimension"),
    "a tensor of another dimension": (lambda: instance(dims={"n": "e"}), "needs a tensor of the shape"),
    "a number below its minimum": (lambda: instance(naturals={"t": "s"}), "not known to be at least 1"),
    "a constant below its minimum": (lambda: instance(naturals={"t": 0}), "not known to be at least 1"),
    "a number that is none": (lambda: instance(naturals={"t": "u"}), "not known to be at least 1"),
    "a function that is none": (lambda: instance(functions={"σ": "g"}), "there is no function g"),
    "a function less often differentiable": (
        lambda: instance(functions={"σ": "k"}),
        "there is no function k with the order of σ",
    ),
    "a function of another shape": (lambda: instance(functions={"σ": "F"}), "has not the shape of σ"),
    "a random variable for a constant": (
        lambda: instance(tensors={"x": tensor(ref("R", "i"), i="d")}, premises={"h0": "random"}),
        "x is not random",
    ),
    "a variable without the property": (
        lambda: instance(tensors={"p": scalar("r")}),
        "r has not the properties of p",
    ),
    "a term for a variable with properties": (
        lambda: instance(tensors={"p": Lambda((), mul(ref("q"), ref("q")))}),
        "p goes to a variable with its properties",
    ),
    "a family with another minimum": (
        lambda: instance(tensors={"h": scalar("G")}),
        "there is no variable G of the shape",
    ),
    "a variable that is none": (
        lambda: instance(tensors={"p": scalar("nobody")}),
        "there is no variable nobody",
    ),
}


@pytest.mark.parametrize("name", NO_INSTANCE)
def test_lemma_does_not_apply(name: str) -> None:
    attempt, reason = NO_INSTANCE[name]
    answer = attempt()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_lemma_that_is_not_included() -> None:
    answer = verdict(HERE, eq(1, 1), lemma_use("lemma"))
    assert "there is no lemma lemma" in answer.reason


def test_lemma_that_is_false_proves_nothing() -> None:
    false = certificate(context(), eq(0, 1), combine(), name="false")
    answer = verdict(context(), eq(1, 1), combine(), lemmas=(false,))
    assert (answer.outcome, answer.failed) == ("undecided", "goal")


def test_two_lemmas_with_one_name() -> None:
    lemma = certificate(context(), eq(1, 1), combine(), name="lemma")
    answer = verdict(context(), eq(1, 1), combine(), lemmas=(lemma, lemma))
    assert answer.outcome != "proved"
    assert "two lemmas have the same name" in answer.reason


def test_lemma_of_a_lemma_is_not_seen() -> None:
    inner = certificate(context(), eq(1, 1), combine(), name="inner")
    outer = certificate(context(), eq(1, 1), lemma_use("inner"), lemmas=(inner,), name="outer")
    assert verdict(context(), eq(1, 1), lemma_use("outer"), lemmas=(outer,)).outcome == "proved"
    assert (
        "there is no lemma inner" in verdict(context(), eq(1, 1), lemma_use("inner"), lemmas=(outer,)).reason
    )


def test_conditions_of_a_lemma_are_inherited() -> None:
    lemma = certificate(context(variable("x")), eq(div(ref("x"), ref("x")), 1), combine(), name="lemma")
    answer = verdict(context(variable("x")), eq(1, 1), combine(), lemmas=(lemma,))
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))


def test_conditions_of_what_a_lemma_is_used_at() -> None:
    lemma = certificate(context(variable("x")), eq(mul(0, ref("x")), 0), combine(), name="lemma")
    by = lemma_use("lemma", tensors={"x": Lambda((), div(1, ref("y")))})
    answer = verdict(context(variable("y")), eq(mul(0, div(1, ref("y"))), 0), by, lemmas=(lemma,))
    assert (answer.outcome, answer.needs) == ("gap", ("y != 0",))


def test_dimension_of_a_lemma_may_be_a_number() -> None:
    lemma = certificate(context(dims="n"), eq(total("i", "n", 1), count("n")), combine(), name="lemma")
    by = lemma_use("lemma", dims={"n": 3})
    assert verdict(context(), eq(total("i", 3, 1), 3), by, lemmas=(lemma,)).outcome == "proved"
    assert verdict(context(), eq(total("i", 3, 1), 4), by, lemmas=(lemma,)).outcome == "undecided"
