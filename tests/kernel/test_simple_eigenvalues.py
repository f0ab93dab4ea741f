"""The largest eigenvalue has a derivative where it is simple, and that must be said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Cases, Differentiated, Fermat, LimitValue, Stretch
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Dim, Lambda, Natural, Term
from tests.kernel.say import (
    ALGEBRA,
    HALF,
    add,
    call,
    column,
    combine,
    context,
    count,
    delta,
    diff,
    diff_scalar,
    dot,
    eq,
    limit,
    matrix,
    mean,
    mul,
    neg,
    num,
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

WORLD = context(
    variable("S", "n", "n", symmetric=True),
    variable("A", "n", "n"),
    variable("B", "n", "n"),
    variable("M", 2, 2),
    variable("R", "n", "n", random=True, moments=4),
    variable("F", Natural(0), "n", "n"),
    variable("v", "n"),
    variable("y"),
    dims="n",
    naturals=(("t", 0),),
)
S = matrix("S")
BOTH: dict[str, Dim] = {"i": "n", "j": "n"}


def slope(of: Lambda, *entry: str | int) -> Term:
    """∂eigmax(S)/∂S[entry]."""
    return call("eigmax", of, by=((0, entry or ("i", "j")),))


def form(name: str) -> Term:
    """vᵀS v."""
    return total("k l", "n", mul(ref("v", "k"), ref(name, "k", "l"), ref("v", "l")))


def rank_is(of: Lambda, body: Term, less: object = 1, dim: Dim = "n") -> Statement:
    """rank(body[a,b] - eigmax(of)·I) = n - less."""
    shifted = sub(body, mul(call("eigmax", of), delta("a", "b")))
    return eq(call("rank", tensor(shifted, a=dim, b=dim)), sub(count(dim), less))


SIMPLE = rank_is(S, ref("S", "a", "b"))
EIGENVECTOR = eq(form("S"), mul(call("eigmax", S), dot("v", "v")))
UNIT = eq(dot("v", "v"), 1)
LAW = eq(slope(S), mul(ref("v", "i"), ref("v", "j")), **BOTH)
GIVEN = WORLD.assume("simple", SIMPLE).assume("vector", EIGENVECTOR).assume("unit", UNIT)


def law(given: Context, goal: Statement = LAW, factor: object = -1) -> Verdict:
    """∂eigmax(S)/∂S[i,j] = v[i]·v[j], as vᵀX v <= eigmax(X)·‖v‖² for all X."""
    sides = form("X"), mul(call("eigmax", matrix("X")), dot("v", "v"))
    below = step("below", says(sides[0], "<=", sides[1], **BOTH), Stretch("eigmax", matrix("X"), column("v")))
    slopes = eq(*(diff("X", side, ("i", "j"), S) for side in sides), **BOTH)
    equal = step("equal", eq(EIGENVECTOR.left, EIGENVECTOR.right, **BOTH), combine(use("vector")))
    fermat = step("slopes", slopes, Fermat("equal", (below,), ()))
    last = combine(use("slopes", factor, i="i", j="j"), use("unit", neg(slope(S))))
    return verdict(given, goal, equal, fermat, last)


def test_slope_of_a_simple_eigenvalue() -> None:
    assert law(GIVEN).outcome == "proved"


NEEDED = "rank((1/2)·(S[i,j] + S[j,i]) + (-1)·eigmax(S[k,l])·δ[i,j]) = n + (-1)"


def without(label: str) -> Context:
    return replace(GIVEN, hypotheses=tuple(pair for pair in GIVEN.hypotheses if pair[0] != label))


def test_that_it_is_simple_is_a_condition() -> None:
    answer = law(without("simple"))
    assert (answer.outcome, answer.needs) == ("gap", (NEEDED,))
    assert NEEDED in law(GIVEN).conditions


@pytest.mark.parametrize("label", ["vector", "unit"])
def test_nothing_else_may_be_missing(label: str) -> None:
    assert law(without(label)).outcome == "undecided"


WRONG: dict[str, Statement] = {
    "twice the slope": eq(slope(S), mul(2, ref("v", "i"), ref("v", "j")), **BOTH),
    "minus the slope": eq(slope(S), neg(mul(ref("v", "i"), ref("v", "j"))), **BOTH),
    "the diagonal only": eq(slope(S), mul(delta("i", "j"), power(ref("v", "i"), 2)), **BOTH),
    "another matrix": eq(slope(matrix("A")), mul(ref("v", "i"), ref("v", "j")), **BOTH),
    "another entry": eq(slope(S, "i", "i"), mul(ref("v", "i"), ref("v", "j")), **BOTH),
}


@pytest.mark.parametrize("name", WRONG)
def test_no_other_slope(name: str) -> None:
    assert law(GIVEN, WRONG[name]).outcome == "undecided"


OTHER: dict[str, Statement] = {
    "a rank of n": rank_is(S, ref("S", "a", "b"), 0),
    "a rank of n - 2": rank_is(S, ref("S", "a", "b"), 2),
    "another matrix": rank_is(matrix("A"), ref("A", "a", "b")),
    "another eigenvalue": rank_is(matrix("A"), ref("S", "a", "b")),
    "no eigenvalue": eq(call("rank", S), sub(count("n"), 1)),
    "an inequality": says(SIMPLE.left, "<=", SIMPLE.right),
    "the other inequality": says(SIMPLE.right, "<=", SIMPLE.left),
}


@pytest.mark.parametrize("name", OTHER)
def test_nothing_else_makes_it_simple(name: str) -> None:
    assert law(without("simple").assume("rank", OTHER[name])).outcome == "gap"


def conditions(term: Term, given: Context = WORLD, **binders: Natural | str) -> tuple[str, ...]:
    """What is missing for a term to be defined."""
    return verdict(given, Statement(tuple(binders.items()), "=", term, term)).needs


def test_of_a_matrix_that_is_not_symmetric_its_symmetric_part_counts() -> None:
    A, entry = matrix("A"), ref("A", "a", "b")
    part = mul(HALF, add(entry, ref("A", "b", "a")))
    assert conditions(slope(A, 1, 1), WORLD.assume("h", rank_is(A, entry))) != ()
    assert conditions(slope(A, 1, 1), WORLD.assume("h", rank_is(A, part))) == ()


def test_chain_rule() -> None:
    """∂eigmax(A + y B)/∂y needs the eigenvalue of A + y B to be simple."""

    def line(by: object, i: str = "a", j: str = "b") -> Term:
        return add(ref("A", i, j), mul(by, ref("B", i, j)))

    moving = diff_scalar(call("eigmax", tensor(line(ref("v")), a="n", b="n")), ref("y"))
    at = tensor(line(ref("y"), "c", "d"), c="n", d="n")
    part = mul(HALF, add(line(ref("y")), line(ref("y"), "b", "a")))
    given = context(*(v for v in WORLD.variables if v.name != "v"), dims="n")
    assert len(conditions(moving, given)) == 1
    assert conditions(moving, given.assume("h", rank_is(at, part))) == ()


def test_numbers_have_slopes_where_it_is_said_of_them() -> None:
    """The matrix with one entry: its rank less the eigenvalue is 0, which must be given."""
    one = tensor(ref("y"), a=1, b=1)
    shifted = tensor(
        sub(ref("y"), mul(call("eigmax", tensor(ref("y"), c=1, d=1)), delta("a", "b"))), a=1, b=1
    )
    given = WORLD.assume("h", eq(call("rank", shifted), 0))
    assert conditions(slope(one, 1, 1)) != ()
    assert conditions(slope(one, 1, 1), given) == ()


def test_equation_for_all_members_of_a_family() -> None:
    """What holds at all times holds at each; what holds at one does not hold at all."""

    def family(time: str | int, i: str, j: str) -> Term:
        return ref("F", time, i, j)

    def simple(time: str | int, **binders: Natural) -> Statement:
        at = tensor(family(time, "c", "d"), c="n", d="n")
        said = rank_is(at, mul(HALF, add(family(time, "a", "b"), family(time, "b", "a"))))
        return Statement(tuple(binders.items()), "=", said.left, said.right)

    term = slope(tensor(family("s", "c", "d"), c="n", d="n"), 1, 1)
    every = Natural(0)
    assert conditions(term, WORLD.assume("h", simple("s", s=every)), s=every) == ()
    assert conditions(term, WORLD.assume("h", simple("t")), s=every) != ()
    assert conditions(term, WORLD.assume("h", simple("s", s=Natural(1))), s=every) != ()


def test_an_earlier_step_may_say_it() -> None:
    """n - 1 = rank(S - eigmax(S)·I), turned."""
    turned = without("simple").assume("rank", eq(SIMPLE.right, SIMPLE.left))
    assert verdict(turned, eq(slope(S, 1, 1), slope(S, 1, 1))).outcome == "gap"
    again = step("again", SIMPLE, combine(use("rank", -1)))
    assert verdict(turned, eq(slope(S, 1, 1), slope(S, 1, 1)), again, ALGEBRA).outcome == "proved"


def test_a_case_may_say_it_for_itself_only() -> None:
    goal = eq(slope(S, 1, 1), slope(S, 1, 1))
    by = Cases("case", SIMPLE, (step("a", goal, ALGEBRA),), (step("b", goal, ALGEBRA),))
    assert verdict(WORLD, goal, by).outcome == "gap"


def test_what_is_0_times_a_slope_needs_it_too() -> None:
    assert verdict(WORLD, eq(mul(0, slope(S, 1, 1)), 0)).outcome == "gap"


def test_no_hypothesis_gives_it_below_a_mean() -> None:
    R = matrix("R")
    part = mul(HALF, add(ref("R", "a", "b"), ref("R", "b", "a")))
    given = WORLD.assume("h", rank_is(R, part))
    assert conditions(slope(R, 1, 1), given) == ()
    assert conditions(mean(slope(R, 1, 1)), given) != ()


def test_no_limit_is_known() -> None:
    """That rank(...) = 2 - 1 near a point is not seen from the sign of 2 - 1."""
    z = tensor(mul(ref("z"), ref("M", "a", "b")), a=2, b=2)
    near = limit(mul(0, slope(z, 1, 1)), 0, "+")
    answer = verdict(WORLD, eq(near, 0), LimitValue("h", num(0), (), ()))
    assert (answer.outcome, "near the point is not seen" in answer.reason) == ("undecided", True)


def test_derivatives_of_what_is_equal() -> None:
    """eigmax(X) = eigmax(X) for all X, of which the derivatives are equal where there are any."""
    goal = eq(*[diff("X", call("eigmax", matrix("X")), ("i", "j"), S)] * 2, **BOTH)
    inside = step("in", eq(*[call("eigmax", matrix("X"))] * 2, **BOTH), ALGEBRA)
    assert verdict(GIVEN, goal, Differentiated((inside,), ())).outcome == "proved"
    assert verdict(WORLD, goal, Differentiated((inside,), ())).outcome == "gap"


def test_no_second_derivative() -> None:
    twice = call("eigmax", S, by=((0, (1, 1)), (0, (1, 1))))
    assert verdict(GIVEN, eq(twice, twice)).outcome == "invalid"
    again = diff("X", slope(matrix("X"), 1, 1), (1, 1), S)
    answer = verdict(GIVEN, eq(again, again))
    assert (answer.outcome, "eigmax has no derivative here" in answer.reason) == ("undecided", True)


@pytest.mark.parametrize("name", ["opnorm", "rank"])
def test_no_derivative_of_other_norms(name: str) -> None:
    term = call(name, S, by=((0, (1, 1)),))
    assert verdict(GIVEN, eq(term, term)).outcome == "invalid"


BAD = {
    "another argument": call("eigmax", S, by=((1, (1, 1)),)),
    "one index": call("eigmax", S, by=((0, (1,)),)),
    "an index out of range": call("eigmax", matrix("M", 2, 2), by=((0, (1, 3)),)),
}


@pytest.mark.parametrize("name", BAD)
def test_ill_formed(name: str) -> None:
    assert verdict(GIVEN, eq(BAD[name], BAD[name])).outcome == "invalid"
