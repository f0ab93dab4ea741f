"""Pseudo-inverses by Penrose's four laws, of matrices of any shape, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel.certificate import Penrose
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import Call, Dim, Sum, Term
from lemmata.refute import Budget, attack
from tests.kernel.say import (
    add,
    call,
    column,
    combine,
    context,
    count,
    delta,
    det,
    diff,
    div,
    eq,
    matrix,
    mean,
    mul,
    num,
    ref,
    says,
    sub,
    tensor,
    total,
    variable,
    verdict,
)

WORLD = context(
    variable("C", "n", "m"),
    variable("S", "n", "n", symmetric=True),
    variable("X", "n", "m", random=True, moments=2),
    variable("u", "n"),
    dims="n m",
)
C = matrix("C", "n", "m")


def P(i: str, j: str, name: str = "C") -> Term:
    """The entry of the pseudo-inverse."""
    return call("pinv", matrix(name, "n", "m"), output=(i, j))


def product(name: str, dim: Dim, first: Term, second: Term) -> Term:
    return Sum(name, dim, mul(first, second))


def CP(i: str, j: str) -> Term:
    return product("k", "m", ref("C", i, "k"), P("k", j))


def PC(i: str, j: str) -> Term:
    return product("k", "n", P(i, "k"), ref("C", "k", j))


LAWS: dict[str, Statement] = {
    "first": eq(product("l", "n", CP("i", "l"), ref("C", "l", "j")), ref("C", "i", "j"), i="n", j="m"),
    "second": eq(product("l", "m", PC("i", "l"), P("l", "j")), P("i", "j"), i="m", j="n"),
    "third": eq(CP("i", "j"), CP("j", "i"), i="n", j="n"),
    "fourth": eq(PC("i", "j"), PC("j", "i"), i="m", j="m"),
    "trace": eq(product("i", "m", PC("i", "i"), num(1)), call("rank", C)),
}


@pytest.mark.parametrize("law", LAWS)
def test_law(law: str) -> None:
    assert verdict(WORLD, LAWS[law], Penrose(law, C)).outcome == "proved"


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("other", LAWS)
def test_each_law_concludes_itself_alone(law: str, other: str) -> None:
    outcome = "proved" if law == other else "undecided"
    assert verdict(WORLD, LAWS[law], Penrose(other, C)).outcome == outcome


@pytest.mark.parametrize("law", LAWS)
def test_law_is_not_algebra(law: str) -> None:
    assert verdict(WORLD, LAWS[law]).outcome == "undecided"


S_P = product("k", "n", ref("S", "i", "k"), call("pinv", matrix("S"), output=("k", "j")))
FALSE: dict[str, tuple[Statement, Callable[[str], Penrose]]] = {
    "C P = I": (eq(CP("i", "j"), delta("i", "j"), i="n", j="n"), lambda law: Penrose(law, C)),
    "P C = I": (eq(PC("i", "j"), delta("i", "j"), i="m", j="m"), lambda law: Penrose(law, C)),
    "S P = I": (eq(S_P, delta("i", "j"), i="n", j="n"), lambda law: Penrose(law, matrix("S"))),
    "C P C <= C": (
        says(LAWS["first"].left, "<=", LAWS["first"].right, i="n", j="m"),
        lambda law: Penrose(law, C),
    ),
    "rank(C) = n": (eq(call("rank", C), count("n")), lambda law: Penrose(law, C)),
    "rank(C) = C_11 P_11": (eq(mul(ref("C", 1, 1), P(1, 1)), call("rank", C)), lambda law: Penrose(law, C)),  # type: ignore[arg-type]
    "tr(P) = rank(S)": (
        eq(Sum("k", "n", call("pinv", matrix("S"), output=("k", "k"))), call("rank", matrix("S"))),
        lambda law: Penrose(law, matrix("S")),
    ),
    "the rank of another matrix": (
        eq(LAWS["trace"].left, call("rank", matrix("X", "n", "m"))),
        lambda law: Penrose(law, C),
    ),
    "one entry of C": (eq(ref("C", 1, 1), 0), lambda law: Penrose(law, C)),
    "the law of another matrix": (LAWS["first"], lambda law: Penrose(law, matrix("X", "n", "m"))),
}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("name", FALSE)
def test_no_law(law: str, name: str) -> None:
    claim, by = FALSE[name]
    assert verdict(WORLD, claim, by(law)).outcome == "undecided"


def test_trace_of_both_projections() -> None:
    """tr(P·C) = tr(C·P), the traces of the projections on the rows and on the columns."""
    claim = eq(product("i", "n", CP("i", "i"), num(1)), call("rank", C))
    assert verdict(WORLD, claim, Penrose("trace", C)).outcome == "proved"


def test_no_law_of_this_name() -> None:
    assert "there is no law fifth" in verdict(WORLD, LAWS["first"], Penrose("fifth", C)).reason


def test_only_matrices_have_a_pseudo_inverse() -> None:
    answer = verdict(WORLD, LAWS["first"], Penrose("first", column("u")))
    assert "a pseudo-inverse needs a matrix" in answer.reason
    given = tensor(mul(ref("C", "row", "column"), ref("u", "i")), row="n", column="m")
    assert verdict(WORLD, LAWS["first"], Penrose("first", given)).outcome == "invalid"


ILL_FORMED: dict[str, Term] = {
    "of a vector": call("pinv", column("u"), output=(1, 1)),
    "without an entry": call("pinv", C),
    "at an entry of the matrix": call("pinv", C, output=("i", "j")),
    "of two matrices": Call("pinv", (), (C, C)),
    "expm of a matrix that is not square": call("expm", C, output=(1, 1)),
    "an entry of a rank": call("rank", C, output=(1, 1)),
}


@pytest.mark.parametrize("name", ILL_FORMED)
def test_ill_formed(name: str) -> None:
    """The pseudo-inverse of an n x m matrix is m x n."""
    term = ILL_FORMED[name]
    assert verdict(WORLD, eq(term, term, i="n", j="m")).outcome == "invalid"


def test_matrix_must_be_defined() -> None:
    part = tensor(div(ref("C", "row", "column"), ref("u", "row")), row="n", column="m")
    entry = call("pinv", part, output=("i", "j"))
    answer = verdict(WORLD, eq(entry, entry, i="m", j="n"))
    assert (answer.outcome, answer.needs) == ("gap", ("u[i] != 0 for all i",))


def test_ranks_are_not_negative_and_may_be_zero() -> None:
    rank = call("rank", C)
    assert verdict(WORLD, says(0, "<=", rank), combine(slack=rank)).outcome == "proved"
    assert verdict(WORLD, says(0, "<", rank), combine(slack=rank)).outcome == "undecided"


def test_rank_has_no_derivative() -> None:
    inner = call("rank", tensor(ref("V", "a", "b"), a="n", b="n"))
    slope = diff("V", inner, (1, 1), matrix("S"))
    assert "rank has no derivative here" in verdict(WORLD, eq(slope, slope)).reason


V = tensor(ref("V", "a", "b"), a="n", b="m")
SLOPE = diff("V", call("pinv", V, output=("i", "j")), ("x", "y"), C)
PLACES: dict[str, Dim] = {"i": "m", "j": "n", "x": "n", "y": "m"}
BY_ROWS = det(total("k", "m", mul(ref("C", "r", "k"), ref("C", "s", "k"))))
BY_COLUMNS = det(total("k", "n", mul(ref("C", "k", "r"), ref("C", "k", "s"))), "r s", "m")


def test_derivative_needs_full_rank() -> None:
    claim = eq(SLOPE, SLOPE, **PLACES)
    assert verdict(WORLD, claim).outcome == "gap"
    for size in (BY_ROWS, BY_COLUMNS):
        assert verdict(WORLD.assume("full rank", says(size, "!=", 0)), claim).outcome == "proved"
    of_S = diff(
        "V", call("pinv", tensor(ref("V", "a", "b"), a="n", b="n"), output=(1, 1)), (1, 1), matrix("S")
    )
    assert verdict(WORLD.assume("full rank", says(BY_ROWS, "!=", 0)), eq(of_S, of_S)).outcome == "gap"


def far(i: str, k: str) -> Term:
    """An entry of I - P·C."""
    return sub(delta(i, k), PC(i, k))


GRAM = total("l", "m", mul(P("l", "x"), P("l", "j")))
OTHER = total("l", "n", mul(P("i", "l"), P("y", "l")))
PARTS = (
    mul(far("i", "y"), GRAM),
    mul(-1, P("i", "x"), P("y", "j")),
    mul(OTHER, sub(delta("x", "j"), CP("x", "j"))),
)


def test_derivative() -> None:
    """∂P = (I - P·C)·∂Cᵀ·PᵀP - P·∂C·P + P·Pᵀ·∂Cᵀ·(I - C·P)."""
    full = WORLD.assume("full rank", says(BY_ROWS, "!=", 0))
    assert verdict(full, eq(SLOPE, add(*PARTS), **PLACES)).outcome == "proved"
    for left_out in range(len(PARTS)):
        other = add(*PARTS[:left_out], *PARTS[left_out + 1 :])
        assert verdict(full, eq(SLOPE, other, **PLACES)).outcome == "undecided"


def test_derivative_is_what_dual_numbers_give() -> None:
    """The refuter, which shares no algebra with the kernel, agrees, and sees that each part matters."""
    world, budget = (
        context(variable("C", "n", "m"), dims="n m"),
        Budget(instances=40, shrink_work=0, descent_work=0),
    )
    full = world.assume("full rank", says(add(BY_ROWS, BY_COLUMNS), "!=", 0))
    found = attack(full, eq(SLOPE, add(*PARTS), **PLACES), budget)
    assert found.counterexample is None and found.instances >= 20
    for part in PARTS:
        wrong = attack(full, eq(SLOPE, add(*PARTS, part), **PLACES), budget).counterexample
        assert wrong is not None and wrong.kind == "differs"


def test_mean_of_a_pseudo_inverse_may_not_exist() -> None:
    term = mean(P("i", "j", "X"))
    assert verdict(WORLD, eq(term, term, i="m", j="n")).outcome == "gap"


NOT_KNOWN: dict[str, Statement] = {
    "expm(-S) = -expm(S)": eq(
        call("expm", tensor(mul(-1, ref("S", "a", "b")), a="n", b="n"), output=(1, 1)),
        mul(-1, call("expm", matrix("S"), output=(1, 1))),
    ),
    "pinv(2C) = 2 pinv(C)": eq(
        call("pinv", tensor(mul(2, ref("C", "a", "b")), a="n", b="m"), output=(1, 1)),
        mul(2, P(1, 1)),  # type: ignore[arg-type]
    ),
    "rank(2C) = 2 rank(C)": eq(
        call("rank", tensor(mul(2, ref("C", "a", "b")), a="n", b="m")), mul(2, call("rank", C))
    ),
}


@pytest.mark.parametrize("name", NOT_KNOWN)
def test_matrix_functions_are_not_linear(name: str) -> None:
    assert verdict(WORLD, NOT_KNOWN[name]).outcome == "undecided"
