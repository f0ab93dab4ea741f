"""A function that touches another from below has its derivatives there; one that crosses it has not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Fermat, Justification, Step, Tangent
from lemmata.kernel.context import Context
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import Lambda, Natural
from lemmata.language.names import Plain
from tests.kernel.say import (
    ALGEBRA,
    add,
    apply,
    combine,
    context,
    diff,
    eq,
    exp,
    mean,
    mul,
    num,
    power,
    ref,
    says,
    sqrt,
    step,
    sub,
    tensor,
    total,
    use,
    variable,
    verdict,
)
from tests.kernel.test_differentiated import WORLD

x, y = ref("x"), ref("y")
Y = Lambda((), y)
AT_ZERO = WORLD.assume("zero", eq(y, 0))
AT_ONE = WORLD.assume("one", eq(y, 1))


def touching(
    left: object,
    right: object,
    equal: Justification,
    below: Step | Justification,
    *,
    at: Lambda = Y,
    given: Context = WORLD,
    name: str = "x",
) -> Verdict:
    """What is said of ∂ left/∂x = ∂ right/∂x at a point, where the two are equal, and left is below."""
    claim = eq(diff(name, left, (), at), diff(name, right, (), at))
    values = (Substitution(Plain(), tensors={name: at}).apply(num(side)) for side in (left, right))
    inner = below if isinstance(below, Step) else Step("inside", says(left, "<=", right), below)
    return verdict(given, claim, step("equal", eq(*values), equal), Fermat("equal", (inner,), ()))


SQUARE = combine(slack=power(sub(x, 1), 2))


def test_parabola_and_its_tangent() -> None:
    """2x - 1 <= x², with equality at x = 1."""
    line, square = sub(mul(2, x), 1), power(x, 2)
    equal = combine(use("one", mul(-1, sub(y, 1))))
    assert touching(line, square, equal, SQUARE, given=AT_ONE).outcome == "proved"


def test_slope_at_the_least_value_is_0() -> None:
    """0 <= (x - y)², with equality at x = y."""
    square = power(sub(x, y), 2)
    assert touching(0, square, ALGEBRA, combine(slack=square)).outcome == "proved"


def test_what_is_equal_touches() -> None:
    assert touching(mul(x, x), power(x, 2), ALGEBRA, ALGEBRA).outcome == "proved"


def test_exponential_function_and_its_tangent() -> None:
    """1 + x <= exp(x), with equality at x = 0."""
    zero = Lambda((), num(0))
    assert touching(add(1, x), exp(x), ALGEBRA, Tangent(x, ()), at=zero).outcome == "proved"


def test_entries_of_a_tensor() -> None:
    """∂/∂V[i] of 0 and of ‖V - u‖² at V = u, for all i."""
    apart = total("k", "n", power(sub(ref("V", "k"), ref("u", "k")), 2))
    at = tensor(ref("u", "k"), k="n")
    claim = eq(diff("V", num(0), ("i",), at), diff("V", apart, ("i",), at), i="n")
    below = step("below", says(0, "<=", apart, i="n"), combine(slack=apart))
    there = total("k", "n", power(sub(ref("u", "k"), ref("u", "k")), 2))
    equal = step("equal", eq(0, there, i="n"), ALGEBRA)
    assert verdict(WORLD, claim, equal, Fermat("equal", (below,), ())).outcome == "proved"


def test_conditions_of_the_derivatives_remain() -> None:
    """0 <= √(x²) has a least value at 0, and no derivative there."""
    root = sqrt(power(x, 2))
    answer = touching(0, root, ALGEBRA, combine(slack=root), at=Lambda((), num(0)))
    assert answer.outcome == "gap"
    unknown = touching(
        sub(apply("g", x), power(x, 2)),
        apply("g", x),
        ALGEBRA,
        combine(slack=power(x, 2)),
        at=Lambda((), num(0)),
    )
    assert unknown.needs == ("g differentiable",)


def test_conditions_for_all_x_remain() -> None:
    """0 <= (x - 1)²·x/x needs x != 0 for all x."""
    square = power(sub(x, 1), 2)
    equal = combine(use("one", sub(1, y)))
    answer = touching(0, mul(square, x, power(x, -1)), equal, combine(slack=square), given=AT_ONE)
    assert answer.outcome == "gap"
    assert "x != 0" in answer.needs


NO_EQUALITY = "does not say that the two functions are equal at the point"
NOT_DERIVATIVES = "both sides of what is differentiated are derivatives"
NOT_THE_SAME = "not by the same entry at the same point"
OTHER_CLAIM = "does not claim what is to be proved"
slope = diff("x", x, (), Y)


def of(left: object, relation: str, right: object, premise: str = "equal") -> Callable[[], Verdict]:
    """y = y is known, and x <= x is proved inside."""
    inside = step("inside", says(x, "<=", x), ALGEBRA)
    known = step("equal", eq(y, y), ALGEBRA)
    return lambda: verdict(WORLD, says(left, relation, right), known, Fermat(premise, (inside,), ()))


REFUSED: dict[str, tuple[Callable[[], Verdict], str]] = {
    "no derivative on the left": (of(1, "=", slope), NOT_DERIVATIVES),
    "no derivative on the right": (of(slope, "=", 1), NOT_DERIVATIVES),
    "an inequality": (of(slope, "<=", slope), "what is differentiated is an equation"),
    "two points": (of(slope, "=", diff("x", x, (), Lambda((), ref("p")))), NOT_THE_SAME),
    "two names": (of(slope, "=", diff("z", ref("z"), (), Y)), NOT_THE_SAME),
    "no premise": (of(slope, "=", slope, "nothing"), "no earlier step"),
    "functions that do not touch": (
        lambda: touching(sub(power(x, 2), 1), power(x, 2), ALGEBRA, combine(slack=1)),
        "do not differ by what the premises give",
    ),
    "a premise on another point": (
        lambda: verdict(
            WORLD,
            eq(diff("x", num(0), (), Y), diff("x", power(x, 2), (), Y)),
            step("equal", eq(0, power(num(0), 2)), ALGEBRA),
            Fermat("equal", (step("in", says(0, "<=", power(x, 2)), combine(slack=power(x, 2))),), ()),
        ),
        NO_EQUALITY,
    ),
    "a premise that is an inequality": (
        lambda: verdict(
            WORLD,
            eq(diff("x", num(0), (), Y), diff("x", power(x, 2), (), Y)),
            step("equal", says(0, "<=", power(y, 2)), combine(slack=power(y, 2))),
            Fermat("equal", (step("in", says(0, "<=", power(x, 2)), combine(slack=power(x, 2))),), ()),
        ),
        NO_EQUALITY,
    ),
    "functions that cross": (
        lambda: touching(x, mul(2, x), ALGEBRA, combine(slack=x), at=Lambda((), num(0))),
        "the slack is not known to be >= 0",
    ),
    "what is below at the point only": (
        lambda: touching(x, y, ALGEBRA, ALGEBRA),
        "do not differ by what the premises give",
    ),
    "what is below where the point is": (
        lambda: touching(
            x,
            mul(2, x),
            combine(use("zero", 1)),
            combine(use("zero", 1)),
            given=AT_ZERO,
        ),
        "do not differ by what the premises give",
    ),
    "the other one is below": (
        lambda: touching(
            power(x, 2),
            num(0),
            combine(use("zero", y)),
            step("in", says(0, "<=", power(x, 2)), combine(slack=power(x, 2))),
            given=AT_ZERO,
        ),
        OTHER_CLAIM,
    ),
    "what is less": (
        lambda: touching(
            num(0),
            power(x, 2),
            combine(use("zero", mul(-1, y))),
            step("in", says(0, "<", power(x, 2)), combine(slack=power(x, 2))),
            given=AT_ZERO,
        ),
        "nothing makes the inequality strict",
    ),
    "a random point, and x below a mean": (
        lambda: touching(
            mean(mul(x, ref("R"))), mul(x, mean(ref("R"))), ALGEBRA, ALGEBRA, at=Lambda((), ref("R"))
        ),
        "",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    use_, reason = REFUSED[name]
    answer = use_()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


@pytest.mark.parametrize("name", ["y", "p", "A", "n", "t", "σ", "exp", "eigmax"])
def test_name_that_means_something(name: str) -> None:
    """The variable is declared inside: of a name that is declared already more would be known."""
    answer = touching(num(0), power(ref(name), 2), ALGEBRA, ALGEBRA, at=Lambda((), num(0)), name=name)
    assert answer.outcome == "invalid"


def test_equality_at_one_time_is_not_one_at_all() -> None:
    """(x - h[s])² has its least value at h[1] for s = 1 only."""
    family = context(variable("h", Natural(0)), naturals=(("t", 0),))
    square = power(sub(x, ref("h", "s")), 2)
    at = Lambda((), ref("h", 1))
    claim = eq(diff("x", num(0), (), at), diff("x", square, (), at), s=Natural(0))
    below = step("below", says(0, "<=", square, s=Natural(0)), combine(slack=square))
    equal = step("equal", eq(0, power(sub(ref("h", 1), ref("h", 1)), 2)), ALGEBRA)
    assert NO_EQUALITY in verdict(family, claim, equal, Fermat("equal", (below,), ())).reason


def test_what_is_proved_inside_is_not_seen_outside() -> None:
    square = power(sub(x, y), 2)
    claim = eq(diff("x", num(0), (), Y), diff("x", square, (), Y))
    equal = step("equal", eq(0, power(sub(y, y), 2)), ALGEBRA)
    inside = step("inside", says(0, "<=", square), combine(slack=square))
    outside = step("outside", claim, Fermat("equal", (inside,), ()))
    answer = verdict(WORLD, eq(0, 0), equal, outside, combine(use("inside")))
    assert "the premise inside is no earlier step" in answer.reason
