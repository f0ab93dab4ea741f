"""Equal functions of a tensor, of which nothing is assumed, have equal derivatives; nothing else has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Cases, DeterminantLaw, Differentiated, Induction, Justification, Step
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Lambda, Natural, Sort
from tests.kernel.say import (
    ALGEBRA,
    add,
    apply,
    combine,
    context,
    count,
    det,
    diff,
    div,
    eq,
    exp,
    function,
    matrix,
    mean,
    mul,
    num,
    power,
    prod,
    ref,
    says,
    sqrt,
    step,
    sub,
    tensor,
    use,
    variable,
    verdict,
)

WORLD = context(
    variable("A", "n", "n"),
    variable("B", "n", "n"),
    variable("u", "n"),
    variable("y"),
    variable("p", positive=True),
    variable("R", random=True, moments=2),
    dims="n",
    naturals=(("t", 0),),
    functions=(function("σ", 1), function("g", 0)),
)
x = ref("x")
Y = Lambda((), ref("y"))


def differentiated(
    left: object,
    right: object,
    *proof: Step | Justification,
    at: Lambda = Y,
    given: Context = WORLD,
    name: str = "x",
    facts: tuple[str, ...] = (),
    before: tuple[Step, ...] = (),
) -> Verdict:
    """What is said of ∂ left/∂x = ∂ right/∂x at a point; a bare justification is that of left = right."""
    claim = eq(diff(name, left, (), at), diff(name, right, (), at))
    inner = eq(left, right)
    steps = tuple(p if isinstance(p, Step) else Step("inside", inner, p) for p in proof or (ALGEBRA,))
    return verdict(given, claim, *before, Differentiated(steps, facts))


def test_derivatives_of_equal_functions() -> None:
    assert differentiated(power(add(x, 1), 2), add(power(x, 2), mul(2, x), 1)).outcome == "proved"


def test_premise_before_may_be_used() -> None:
    """y = 0 makes x·y and 0 equal for all x."""
    given = WORLD.assume("h", eq(ref("y"), 0))
    assert differentiated(mul(x, ref("y")), 0, combine(use("h", x)), given=given).outcome == "proved"


def test_derivative_of_a_law() -> None:
    """∂ det(V B)/∂V = ∂(det V · det B)/∂V, where both determinants are known to have derivatives."""
    sides = det(prod("V B", "r", "s")), mul(det(ref("V", "r", "s")), det(ref("B", "r", "s")))
    left, right = (diff("V", side, ("i", "j"), matrix("A")) for side in sides)
    law = Step("law", eq(*sides, i="n", j="n"), DeterminantLaw("product", matrix("V"), matrix("B")))
    answer = verdict(WORLD, eq(left, right, i="n", j="n"), Differentiated((law,), ()))
    assert answer.needs == ("det(Σ_k (A[i,k]·B[k,j])) != 0", "det(A[i,j]) != 0")


def test_induction_inside() -> None:
    """(x²)^t = (x^t)² for all t and x."""
    claim = eq(power(power(x, 2), count("t")), power(power(x, count("t")), 2))
    proof = Induction(
        "t",
        "before",
        (Step("b", eq(power(power(x, 2), 0), power(power(x, 0), 2)), ALGEBRA),),
        (Step("s", claim, ALGEBRA),),
    )
    assert differentiated(claim.left, claim.right, proof, at=Lambda((), ref("p"))).outcome == "proved"


def test_point_may_be_anything() -> None:
    """Also at a point which depends on a binder."""
    at = Lambda((), exp(ref("u", "i")))
    claim = eq(diff("x", mul(x, x), (), at), diff("x", power(x, 2), (), at), i="n")
    inner = Step("inside", eq(mul(x, x), power(x, 2), i="n"), ALGEBRA)
    assert verdict(WORLD, claim, Differentiated((inner,), ())).outcome == "proved"


def test_conditions_for_all_x_remain() -> None:
    """x/x = 1 needs x != 0 for all x, though the point is positive."""
    answer = differentiated(div(x, x), 1, at=Lambda((), ref("p")))
    assert answer.outcome == "gap"
    assert "x != 0" in answer.needs


def test_conditions_of_the_derivatives_remain() -> None:
    """√(x²)² = x², but √ has no derivative at 0."""
    answer = differentiated(power(sqrt(power(x, 2)), 2), power(x, 2))
    assert (answer.outcome, answer.needs) == ("gap", ("y^2 != 0",))
    unknown = differentiated(add(apply("g", x), x), add(x, apply("g", x)))
    assert unknown.needs == ("g differentiable",)
    assert differentiated(add(apply("σ", x), x), add(x, apply("σ", x))).outcome == "proved"


def test_facts_give_conditions_of_the_derivatives() -> None:
    """∂(√(x²))²/∂x at y, where y² != 0 as y != 0."""
    given = WORLD.assume("h", says(0, "<", sub(ref("y"), ref("p"))))
    positive = Step("positive", says(0, "<", ref("y")), combine(use("h"), slack=ref("p")))
    sides = power(sqrt(power(x, 2)), 2), power(x, 2)
    assert differentiated(*sides, given=given, before=(positive,)).outcome == "gap"
    assert differentiated(*sides, given=given, before=(positive,), facts=("positive",)).outcome == "proved"


NOT_DERIVATIVES = "both sides of what is differentiated are derivatives"
NOT_THE_SAME = "not by the same entry at the same point"
DIFFER = "the two sides do not differ by what the premises give"


def of(left: object, relation: str, right: object, **binders: Sort) -> Callable[[], Verdict]:
    """x = x is proved inside."""
    inside = step("inside", eq(x, x), ALGEBRA)
    return lambda: verdict(WORLD, says(left, relation, right, **binders), Differentiated((inside,), ()))


V = tensor(ref("u", "i"), i="n")
slope = diff("x", x, (), Y)
REFUSED: dict[str, tuple[Callable[[], Verdict], str]] = {
    "no derivative on the left": (of(1, "=", slope), NOT_DERIVATIVES),
    "no derivative on the right": (of(slope, "=", 1), NOT_DERIVATIVES),
    "an inequality": (of(slope, "<=", slope), "what is differentiated is an equation"),
    "two points": (of(slope, "=", diff("x", x, (), Lambda((), ref("p")))), NOT_THE_SAME),
    "two entries": (
        of(diff("v", ref("v", 1), (1,), V), "=", diff("v", ref("v", 1), ("j",), V), j="n"),
        NOT_THE_SAME,
    ),
    "two names": (of(slope, "=", diff("z", ref("z"), (), Y)), NOT_THE_SAME),
    "functions that are equal at the point only": (
        lambda: differentiated(x, 0, combine(use("h")), given=WORLD.assume("h", eq(ref("y"), 0))),
        DIFFER,
    ),
    "functions that are equal at the point only, as a case": (
        lambda: verdict(
            WORLD,
            eq(diff("x", x, (), Y), diff("x", num(0), (), Y)),
            Cases(
                "case",
                eq(ref("y"), 0),
                (
                    Step(
                        "a",
                        eq(diff("x", x, (), Y), diff("x", num(0), (), Y)),
                        Differentiated((Step("b", eq(x, 0), combine(use("case"))),), ()),
                    ),
                ),
                (Step("a", eq(diff("x", x, (), Y), diff("x", num(0), (), Y)), ALGEBRA),),
            ),
        ),
        DIFFER,
    ),
    "functions that are not equal": (lambda: differentiated(power(x, 2), mul(2, x)), DIFFER),
    "functions that differ by a number": (lambda: differentiated(add(x, 1), x), DIFFER),
    "no proof": (
        lambda: verdict(WORLD, eq(slope, slope), Differentiated((), ())),
        "there are no steps",
    ),
    "a proof of something else": (
        lambda: differentiated(x, 0, step("a", eq(1, 1), ALGEBRA)),
        "does not claim what is to be proved",
    ),
    "a proof of something less": (
        lambda: differentiated(x, 0, step("a", says(0, "<=", power(x, 2)), combine(slack=power(x, 2)))),
        "does not claim what is to be proved",
    ),
    "a random point, and x below a mean": (
        lambda: differentiated(
            mean(mul(x, ref("R"))), mul(x, mean(ref("R"))), ALGEBRA, at=Lambda((), ref("R"))
        ),
        "the point of a derivative is random",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    use_, reason = REFUSED[name]
    answer = use_()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


@pytest.mark.parametrize("name", ["y", "p", "A", "n", "t", "σ", "exp", "opnorm"])
def test_name_that_means_something(name: str) -> None:
    """The variable is declared inside: of a name that is declared already more would be known."""
    at = Lambda((), num(2))
    claim = Statement((("i", "n"),), "=", diff(name, ref(name), (), at), diff(name, num(0), (), at))
    inner = Step("inside", Statement((("i", "n"),), "=", ref(name), num(0)), ALGEBRA)
    assert verdict(WORLD, claim, Differentiated((inner,), ())).outcome == "invalid"


def test_nothing_is_assumed_of_x() -> None:
    """That y > 0 at the point says nothing of x."""
    given = WORLD.assume("h", says(0, "<", ref("y")))
    answer = differentiated(sqrt(power(x, 2)), x, given=given)
    assert answer.outcome == "undecided"


def test_hypothesis_for_all_y_is_none_for_all_x() -> None:
    """A family that is 0 at every time says nothing of x either."""
    family = replace(WORLD, variables=(*WORLD.variables, variable("h", Natural(0))))
    given = family.assume("zero", Statement((("s", Natural(0)),), "=", ref("h", "s"), num(0)))
    at = Lambda((), ref("h", 0))
    assert differentiated(x, 0, combine(use("zero", s=0)), at=at, given=given).outcome == "undecided"


def test_what_is_proved_inside_is_not_seen_outside() -> None:
    inside = Step("inside", eq(mul(x, x), power(x, 2)), ALGEBRA)
    claim = eq(diff("x", mul(x, x), (), Y), diff("x", power(x, 2), (), Y))
    outside = Step("outside", claim, Differentiated((inside,), ()))
    two = eq(diff("x", mul(x, x), (), Y), mul(2, ref("y")))
    assert verdict(WORLD, two, outside, combine(use("outside"))).outcome == "proved"
    assert (
        "the premise inside is no earlier step" in verdict(WORLD, two, outside, combine(use("inside"))).reason
    )


def test_x_is_not_seen_outside() -> None:
    assert verdict(WORLD, eq(sub(x, x), 0)).outcome == "invalid"
