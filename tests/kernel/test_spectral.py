"""Operator norms and largest eigenvalues: bounds for every vector, which a unit vector attains."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Dense, Induction, Justification, Maximiser, Step, Stretch
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Lambda, Natural, Term
from tests.kernel.say import (
    ALGEBRA,
    call,
    column,
    combine,
    context,
    delta,
    diff,
    div,
    dot,
    eq,
    matrix,
    mean,
    mul,
    neg,
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
    variable("A", "m", "n"),
    variable("S", "n", "n"),
    variable("Q", "n", "n", spd=True, symmetric=True),
    variable("R", "n", "n", random=True, moments=4),
    variable("F", Natural(0), "n", "n"),
    variable("v", "n"),
    variable("w", "m"),
    variable("y"),
    dims="n m",
    naturals=(("t", 0),),
)
A, S, Q = matrix("A", "m", "n"), matrix("S"), matrix("Q")
MINUS_Q = tensor(neg(ref("Q", "a", "b")), a="n", b="n")


def image(name: str, vector: str) -> Term:
    """‖A x‖²."""
    return total("i", "m", power(total("j", "n", mul(ref(name, "i", "j"), ref(vector, "j"))), 2))


def form(name: str, vector: str) -> Term:
    """xᵀS x."""
    return total("i j", "n", mul(ref(vector, "i"), ref(name, "i", "j"), ref(vector, "j")))


def opnorm(of: Lambda = A) -> Term:
    return call("opnorm", of)


def eigmax(of: Lambda = S) -> Term:
    return call("eigmax", of)


TRUE: dict[str, tuple[Statement, Stretch]] = {
    "‖A v‖² <= opnorm(A)²·‖v‖²": (
        says(image("A", "v"), "<=", mul(power(opnorm(), 2), dot("v", "v"))),
        Stretch("opnorm", A, column("v")),
    ),
    "vᵀS v <= eigmax(S)·‖v‖²": (
        says(form("S", "v"), "<=", mul(eigmax(), dot("v", "v"))),
        Stretch("eigmax", S, column("v")),
    ),
    "Σ_i A_ik² <= opnorm(A)²": (
        says(total("i", "m", power(ref("A", "i", "k"), 2)), "<=", power(opnorm(), 2), k="n"),
        Stretch("opnorm", A, tensor(delta("p", "k"), p="n")),
    ),
    "S_kk <= eigmax(S)": (
        says(ref("S", "k", "k"), "<=", eigmax(), k="n"),
        Stretch("eigmax", S, tensor(delta("p", "k"), p="n")),
    ),
    "the norm of a matrix for each k": (
        says(
            mul(power(ref("v", "k"), 2), image("A", "v")),
            "<=",
            mul(
                power(opnorm(tensor(mul(ref("v", "k"), ref("A", "a", "b")), a="m", b="n")), 2), dot("v", "v")
            ),
            k="n",
        ),
        Stretch("opnorm", tensor(mul(ref("v", "k"), ref("A", "a", "b")), a="m", b="n"), column("v")),
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_no_vector_is_stretched_by_more(name: str) -> None:
    claim, by = TRUE[name]
    assert verdict(WORLD, claim, by).outcome == "proved"
    assert verdict(WORLD, claim).outcome == "undecided"


FALSE: dict[str, tuple[Statement, Stretch]] = {
    "‖A v‖² < opnorm(A)²·‖v‖²": (
        says(image("A", "v"), "<", mul(power(opnorm(), 2), dot("v", "v"))),
        Stretch("opnorm", A, column("v")),
    ),
    "‖A v‖² = opnorm(A)²·‖v‖²": (
        eq(image("A", "v"), mul(power(opnorm(), 2), dot("v", "v"))),
        Stretch("opnorm", A, column("v")),
    ),
    "‖A v‖² <= opnorm(A)·‖v‖²": (
        says(image("A", "v"), "<=", mul(opnorm(), dot("v", "v"))),
        Stretch("opnorm", A, column("v")),
    ),
    "‖A v‖² <= opnorm(A)²": (
        says(image("A", "v"), "<=", power(opnorm(), 2)),
        Stretch("opnorm", A, column("v")),
    ),
    "opnorm(A)²·‖v‖² <= ‖A v‖²": (
        says(mul(power(opnorm(), 2), dot("v", "v")), "<=", image("A", "v")),
        Stretch("opnorm", A, column("v")),
    ),
    "‖S v‖² <= eigmax(S)²·‖v‖²": (
        says(
            total("i", "n", power(total("j", "n", mul(ref("S", "i", "j"), ref("v", "j"))), 2)),
            "<=",
            mul(power(eigmax(), 2), dot("v", "v")),
        ),
        Stretch("eigmax", S, column("v")),
    ),
    "eigmax of another matrix": (
        says(form("S", "v"), "<=", mul(eigmax(Q), dot("v", "v"))),
        Stretch("eigmax", S, column("v")),
    ),
    "-S_kk <= eigmax(S)": (
        says(neg(ref("S", "k", "k")), "<=", eigmax(), k="n"),
        Stretch("eigmax", S, tensor(delta("p", "k"), p="n")),
    ),
    "a vector of the other dimension": (
        says(image("A", "v"), "<=", mul(power(opnorm(), 2), dot("w", "w", "m"))),
        Stretch("opnorm", A, column("w", "m")),
    ),
    "a matrix for a vector": (TRUE["vᵀS v <= eigmax(S)·‖v‖²"][0], Stretch("eigmax", S, S)),
    "a rank": (
        says(image("A", "v"), "<=", mul(power(call("rank", A), 2), dot("v", "v"))),
        Stretch("rank", A, column("v")),
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_nothing_else_is_a_bound(name: str) -> None:
    claim, by = FALSE[name]
    assert verdict(WORLD, claim, by).outcome == "undecided"


def test_ill_formed_bounds() -> None:
    claim = TRUE["vᵀS v <= eigmax(S)·‖v‖²"][0]
    clash = tensor(ref("v", "a"), a="n")
    for by in (
        Stretch("eigmax", A, column("v")),
        Stretch("opnorm", column("v"), column("v")),
        Stretch("eigmax", S, tensor(ref("none", "a"), a="n")),
    ):
        assert verdict(WORLD, claim, by).outcome == "invalid"
    bound = says(ref("S", "a", "a"), "<=", eigmax(), a="n")
    assert verdict(WORLD, bound, Stretch("eigmax", S, clash)).outcome == "invalid"


def test_matrix_and_vector_must_be_defined() -> None:
    part = tensor(div(ref("v", "a"), ref("y")), a="n")
    square = total("a", "n", power(div(ref("v", "a"), ref("y")), 2))
    quotient = total(
        "i j",
        "n",
        mul(div(ref("v", "i"), ref("y")), ref("S", "i", "j"), div(ref("v", "j"), ref("y"))),
    )
    answer = verdict(WORLD, says(quotient, "<=", mul(eigmax(), square)), Stretch("eigmax", S, part))
    assert (answer.outcome, answer.needs) == ("gap", ("y != 0",))


# -- attained --------------------------------------------------------------------------------------


def attained(
    claim: Statement,
    *proof: Step | Justification,
    norm: str = "eigmax",
    of: Lambda = S,
    vector: str = "u",
    labels: tuple[str, str] = ("unit", "value"),
    given: Context = WORLD,
) -> Verdict:
    """What is said of a claim which is proved by a unit vector; a bare justification is that of the claim."""
    inner = tuple(p if isinstance(p, Step) else Step("inside", claim, p) for p in proof)
    return verdict(given, claim, Maximiser(norm, of, vector, *labels, inner))


NOT_ZERO = step("not zero", says(0, "<", dot("u", "u")), combine(use("unit", -1), slack=1))
POSITIVE = says(0, "<", neg(eigmax(MINUS_Q)))
BY_VECTOR = combine(use("value", -1), slack=form("Q", "u"), facts=("not zero",))


def test_smallest_eigenvalue_of_a_definite_matrix_is_positive() -> None:
    answer = attained(POSITIVE, NOT_ZERO, BY_VECTOR, of=MINUS_Q)
    assert (answer.outcome, answer.needs, answer.conditions) == ("proved", (), ())


def test_norm_is_attained() -> None:
    """opnorm(A)² <= Σ A_ij², by Cauchy's inequality for each row."""
    squares = total("i", "m", total("j", "n", power(ref("A", "i", "j"), 2)))
    apart = sub(mul(ref("A", "i", "j"), ref("u", "k")), mul(ref("A", "i", "k"), ref("u", "j")))
    slack = mul(div(1, 2), total("i", "m", total("j k", "n", power(apart, 2))))
    claim = says(power(opnorm(), 2), "<=", squares)
    by = combine(use("unit", squares), use("value", -1), slack=slack)
    assert attained(claim, by, norm="opnorm", of=A).outcome == "proved"


def test_two_norms_one_inside_the_other() -> None:
    inner = Maximiser("opnorm", A, "s", "unit s", "value s", (Step("a", POSITIVE, BY_VECTOR),))
    assert attained(POSITIVE, NOT_ZERO, Step("b", POSITIVE, inner), of=MINUS_Q).outcome == "proved"


STRICT = says(0, "<", eigmax())
SQUARE = eq(power(ref("y"), 2), mul(ref("y"), ref("y")))
FAMILY = tensor(ref("F", "t", "a", "b"), a="n", b="n")
REFUSED: dict[str, tuple[Callable[[], Verdict], str]] = {
    "any matrix has an eigenvalue > 0": (
        lambda: attained(STRICT, NOT_ZERO, combine(use("value"), slack=form("S", "u"))),
        "the slack is not known to be >= 0",
    ),
    "without what is assumed": (
        lambda: attained(POSITIVE, combine(slack=form("Q", "u")), of=MINUS_Q),
        "do not differ by what the premises give",
    ),
    "a vector which is not known to differ from 0": (
        lambda: attained(POSITIVE, combine(use("value", -1), slack=form("Q", "u")), of=MINUS_Q),
        "nothing makes the inequality strict",
    ),
    "all vectors attain it": (
        lambda: attained(eq(form("S", "v"), eigmax()), combine(use("value"))),
        "do not differ by what the premises give",
    ),
    "each entry is 1": (
        lambda: attained(eq(power(ref("v", "k"), 2), 1, k="n"), combine(use("unit"))),
        "do not differ by what the premises give",
    ),
    "a random matrix": (
        lambda: attained(SQUARE, ALGEBRA, of=matrix("R")),
        "the matrix is random",
    ),
    "a name that is used": (
        lambda: attained(eq(dot("v", "v"), dot("v", "v")), ALGEBRA, vector="v"),
        "the name v is used twice",
    ),
    "a name that is bound in the claim": (
        lambda: attained(eq(diff("u", ref("u", 1), (1,), column("v")), 1), ALGEBRA),
        "the name u is used twice",
    ),
    "a name that is bound in the matrix": (
        lambda: attained(
            SQUARE,
            ALGEBRA,
            of=tensor(diff("u", mul(ref("u", "a"), ref("u", "b")), (1,), column("v")), a="n", b="n"),
        ),
        "the name u is used twice",
    ),
    "the vector outside": (
        lambda: verdict(
            WORLD,
            SQUARE,
            Step("a", SQUARE, Maximiser("eigmax", S, "u", "unit", "value", (Step("b", SQUARE, ALGEBRA),))),
            combine(use("unit", 0)),
        ),
        "the premise unit is no earlier step",
    ),
    "one label for both": (
        lambda: attained(SQUARE, ALGEBRA, labels=("unit", "unit")),
        "the label unit is used twice",
    ),
    "induction over the matrix": (
        lambda: attained(
            SQUARE,
            Induction("t", "before", (Step("a", SQUARE, ALGEBRA),), (Step("a", SQUARE, ALGEBRA),)),
            of=FAMILY,
        ),
        "value speaks of t",
    ),
    "density of the matrix": (
        lambda: attained(SQUARE, Dense("regular", "S", (Step("a", SQUARE, ALGEBRA),))),
        "value speaks of S",
    ),
    "a condition on the vector": (
        lambda: attained(SQUARE, step("a", eq(div(ref("u", 1), ref("u", 1)), 1), ALGEBRA), ALGEBRA),
        "a condition on u is missing",
    ),
    "a rank": (lambda: attained(SQUARE, ALGEBRA, norm="rank"), "rank is no largest value"),
    "no proof": (lambda: attained(SQUARE), "there are no steps"),
    "a proof of something else": (
        lambda: attained(SQUARE, step("a", eq(1, 1), ALGEBRA)),
        "does not claim what is to be proved",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    asked, reason = REFUSED[name]
    answer = asked()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


ILL_FORMED: dict[str, Callable[[], Verdict]] = {
    "a claim that speaks of the vector": lambda: attained(eq(dot("u", "u"), 1), combine(use("unit"))),
    "a matrix for each k": lambda: attained(
        eq(ref("v", "k"), ref("v", "k"), k="n"),
        ALGEBRA,
        of=tensor(mul(ref("v", "k"), ref("S", "a", "b")), a="n", b="n"),
    ),
    "a matrix that is not square": lambda: attained(SQUARE, ALGEBRA, of=A),
    "the name of a variable": lambda: attained(SQUARE, ALGEBRA, vector="w"),
    "the name of a dimension": lambda: attained(SQUARE, ALGEBRA, vector="n"),
    "the name of a time": lambda: attained(SQUARE, ALGEBRA, vector="t"),
    "the name of a function": lambda: attained(SQUARE, ALGEBRA, vector="exp"),
}


@pytest.mark.parametrize("name", ILL_FORMED)
def test_ill_formed(name: str) -> None:
    assert ILL_FORMED[name]().outcome == "invalid"


def test_conditions_of_the_matrix_remain() -> None:
    part = tensor(div(ref("S", "a", "b"), ref("y")), a="n", b="n")
    assert attained(SQUARE, ALGEBRA, of=part).needs == ("y != 0",)


def test_dimension_one_and_zero_matrix() -> None:
    """eigmax(0) = 0 = opnorm(0), and eigmax of a number is the number."""
    zero = tensor(0, a="n", b="n")
    assert attained(eq(eigmax(zero), 0), combine(use("value", -1)), of=zero).outcome == "proved"
    assert attained(eq(eigmax(zero), 1), combine(use("value", -1)), of=zero).outcome == "undecided"
    assert attained(eq(0, eigmax(zero)), combine(use("value")), of=zero).outcome == "proved"
    number = tensor(ref("y"), a=1, b=1)
    claim = eq(ref("y"), eigmax(number))
    by = combine(use("value"), use("unit", neg(ref("y"))))
    assert attained(claim, by, of=number).outcome == "proved"


def test_mean_of_the_vector_is_the_vector() -> None:
    """The vector is fixed, as the matrix is: E[R_11·u_1] = u_1·E[R_11] may be used."""
    claim = eq(mean(ref("R", 1, 1)), mean(ref("R", 1, 1)))
    moved = eq(mean(mul(ref("R", 1, 1), ref("u", 1))), mul(ref("u", 1), mean(ref("R", 1, 1))))
    assert attained(claim, step("a", moved, ALGEBRA), ALGEBRA).outcome == "proved"
