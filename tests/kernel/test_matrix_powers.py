"""Powers of a matrix by X^0 = I, X^t = X^(t-1)·X = X·X^(t-1), for t >= 1, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Congruence, Induction, PowerLaw, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import Fresh, entry_of
from lemmata.kernel.terms import Call, Index, Lambda, Natural, Ref, Sum, Term
from tests.kernel.say import (
    ALGEBRA,
    add,
    at,
    call,
    column,
    combine,
    context,
    count,
    delta,
    det,
    diff,
    eq,
    matrix,
    mul,
    power,
    prod,
    ref,
    tensor,
    total,
    use,
    variable,
    verdict,
)

WORLD = context(
    variable("X", "n", "n"),
    variable("Y", "n", "n"),
    variable("S", "n", "n", symmetric=True),
    variable("C", "n", "m"),
    variable("u", "n"),
    variable("a"),
    dims="n m",
    naturals=(("k", 0), ("m1", 1)),
)
X = matrix("X")
XY = tensor(prod("X Y", "row", "column"), row="n", column="n")
ONE_BY_ONE = tensor(ref("a"), row=1, column=1)
LATER = Natural(1)


def P(t: str | int, i: str | int, j: str | int, of: Lambda = X) -> Term:
    """The entry of the power."""
    return call("matrix_power", of, output=(t, i, j))


def D(t: str | int, i: str, j: str, r: str, s: str) -> Term:
    """Its derivative by X[r, s]."""
    return Call("matrix_power", at(t, i, j), (X,), ((0, at(r, s)),))


def entry(of: Lambda, i: str, j: str) -> Term:
    return entry_of(of, at(i, j), Fresh())


def laws(of: Lambda, dim: str | int = "n") -> dict[str, Statement]:
    right = Sum("l", dim, mul(P("t-1", "i", "l", of), entry(of, "l", "j")))
    left = Sum("l", dim, mul(entry(of, "i", "l"), P("t-1", "l", "j", of)))
    later = (("t", LATER), ("i", dim), ("j", dim))
    return {
        "start": Statement(later[1:], "=", P(0, "i", "j", of), delta("i", "j")),
        "right": Statement(later, "=", P("t", "i", "j", of), right),
        "left": Statement(later, "=", P("t", "i", "j", of), left),
    }


LAWS = laws(X)
MATRICES: dict[str, tuple[Lambda, str | int]] = {
    "X": (X, "n"),
    "a symmetric matrix": (matrix("S"), "n"),
    "1 x 1": (ONE_BY_ONE, 1),
}


@pytest.mark.parametrize("of", MATRICES)
@pytest.mark.parametrize("law", LAWS)
def test_law(law: str, of: str) -> None:
    found, dim = MATRICES[of]
    assert verdict(WORLD, laws(found, dim)[law], PowerLaw(law, found)).outcome == "proved"


@pytest.mark.parametrize("law", LAWS)
def test_law_is_not_algebra(law: str) -> None:
    assert verdict(WORLD, LAWS[law]).outcome == "undecided"


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("other", LAWS)
def test_each_law_concludes_itself_alone(law: str, other: str) -> None:
    assert verdict(WORLD, LAWS[law], PowerLaw(other, X)).outcome == (
        "proved" if law == other else "undecided"
    )


def named(law: str) -> Step:
    return Step(law, LAWS[law], PowerLaw(law, X))


def test_first_power_is_the_matrix() -> None:
    claim = eq(P(1, "i", "j"), ref("X", "i", "j"), i="n", j="n")
    uses = (
        use("right", t=1, i="i", j="j"),
        use("start", ref("X", "q", "j"), (("q", "n"),), i="i", j="q"),
    )
    assert verdict(WORLD, claim, named("start"), named("right"), combine(*uses)).outcome == "proved"


def test_determinant_of_a_power() -> None:
    """det X^k = (det X)^k, by induction on k."""
    d = det(ref("X", "r", "s"))
    inside = det(P("k", "r", "s"))
    claim = eq(inside, power(d, count("k")))
    first, unit = det(P(0, "r", "s")), det(delta("r", "s"))
    hole = det(ref("hole", "r", "s"))
    base = (
        Step("unit", eq(first, unit), Congruence("start", (), "hole", hole, ())),
        Step("base", eq(first, power(d, 0)), combine(use("unit"))),
    )
    product = eq(inside, mul(det(P("k-1", "r", "s")), d))
    later = (
        Step("product", product, Congruence("right", (("t", Index("k")),), "hole", hole, ())),
        Step("later", claim, combine(use("product"), use("before", d))),
    )
    steps = (named("start"), named("right"), Induction("k", "before", base, later))
    assert verdict(WORLD, claim, *steps).outcome == "proved"


def test_derivative_is_that_of_each_entry() -> None:
    """∂(X Y)^k/∂X by the chain rule: Σ ∂(X Y)^k/∂(X Y)[p,q] · δ(p,r) Y[s,q]."""
    slope = diff(
        "V",
        P(
            "k",
            "i",
            "j",
            tensor(total("c", "n", mul(ref("V", "r1", "c"), ref("Y", "c", "c1"))), r1="n", c1="n"),
        ),
        ("r", "s"),
        X,
    )
    partial = Call("matrix_power", at("k", "i", "j"), (XY,), ((0, at("r", "q")),))
    claim = eq(slope, total("q", "n", mul(partial, ref("Y", "s", "q"))), i="n", j="n", r="n", s="n")
    assert verdict(WORLD, claim).outcome == "proved"


def test_derivatives_need_no_condition() -> None:
    twice = Call("matrix_power", at("k", 1, 1), (X,), ((0, at(1, 1)), (0, at(1, 1))))
    answer = verdict(
        WORLD,
        eq(add(twice, D("k", "i", "j", "i", "j")), add(D("k", "i", "j", "i", "j"), twice), i="n", j="n"),
    )
    assert (answer.outcome, answer.conditions) == ("proved", ())


def law(claim: Statement, name: str, of: Lambda = X) -> Callable[[], Verdict]:
    return lambda: verdict(WORLD, claim, PowerLaw(name, of))


NOT_THE_LAW, NOT_SQUARE = "the claim is not the law named", "a power needs a square matrix"
REFUSED: dict[str, tuple[Callable[[], Verdict], str]] = {
    "X^0 = 0": (law(eq(P(0, "i", "j"), 0, i="n", j="n"), "start"), NOT_THE_LAW),
    "X^0 = X": (law(eq(P(0, "i", "j"), ref("X", "i", "j"), i="n", j="n"), "start"), NOT_THE_LAW),
    "X^1 = I": (law(eq(P(1, "i", "j"), delta("i", "j"), i="n", j="n"), "start"), NOT_THE_LAW),
    "X^t = I": (law(eq(P("t", "i", "j"), delta("i", "j"), t=LATER, i="n", j="n"), "start"), NOT_THE_LAW),
    "only the diagonal": (law(eq(P(0, "i", "i"), 1, i="n"), "start"), NOT_THE_LAW),
    "X^t = X^(t-1) X, transposed": (
        law(
            eq(
                P("t", "j", "i"),
                total("l", "n", mul(P("t-1", "i", "l"), ref("X", "l", "j"))),
                t=LATER,
                i="n",
                j="n",
            ),
            "right",
        ),
        NOT_THE_LAW,
    ),
    "X^t = X^(t-1) Xᵀ": (
        law(
            eq(
                P("t", "i", "j"),
                total("l", "n", mul(P("t-1", "i", "l"), ref("X", "j", "l"))),
                t=LATER,
                i="n",
                j="n",
            ),
            "right",
        ),
        NOT_THE_LAW,
    ),
    "X^t = X^(t-1) Y": (
        law(
            eq(
                P("t", "i", "j"),
                total("l", "n", mul(P("t-1", "i", "l"), ref("Y", "l", "j"))),
                t=LATER,
                i="n",
                j="n",
            ),
            "right",
        ),
        NOT_THE_LAW,
    ),
    "(X Y)^t = (X Y)^(t-1) (Y X)": (
        law(
            eq(
                P("t", "i", "j", XY),
                total("l", "n", mul(P("t-1", "i", "l", XY), prod("Y X", "l", "j"))),
                t=LATER,
                i="n",
                j="n",
            ),
            "right",
            XY,
        ),
        NOT_THE_LAW,
    ),
    "X^(t+1) = X^(t-1) X": (
        law(
            eq(
                P("t+1", "i", "j"),
                total("l", "n", mul(P("t-1", "i", "l"), ref("X", "l", "j"))),
                t=LATER,
                i="n",
                j="n",
            ),
            "right",
        ),
        NOT_THE_LAW,
    ),
    "entry by entry": (
        law(
            eq(P("t", "i", "j"), mul(P("t-1", "i", "j"), ref("X", "i", "j")), t=LATER, i="n", j="n"), "right"
        ),
        NOT_THE_LAW,
    ),
    "X^k = X^(m1-1) X": (
        law(
            eq(P("k", "i", "j"), total("l", "n", mul(P("m1-1", "i", "l"), ref("X", "l", "j"))), i="n", j="n"),
            "right",
        ),
        NOT_THE_LAW,
    ),
    "an inequality": (
        law(Statement(LAWS["start"].binders, "<=", P(0, "i", "j"), delta("i", "j")), "start"),
        NOT_THE_LAW,
    ),
    "a matrix that is not square": (law(LAWS["start"], "start", matrix("C", "n", "m")), NOT_SQUARE),
    "a vector": (law(LAWS["start"], "start", column("u")), NOT_SQUARE),
    "an unknown law": (law(LAWS["start"], "middle"), "there is no law middle of powers"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    use_, reason = REFUSED[name]
    answer = use_()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


ILL_FORMED: dict[str, Term] = {
    "X^(-1)": P(-1, 1, 1),
    "X^(k-1), where k may be 0": P("k-1", 1, 1),
    "X^n": P("n", 1, 1),
    "an index as an exponent": Sum("i", "n", P("i", 1, 1)),
    "a time as a row": P("k", "k", 1),
    "no exponent": call("matrix_power", X, output=(1, 1)),
    "a matrix that is not square": P("k", 1, 1, matrix("C", "n", "m")),
    "a vector": P("k", 1, 1, column("u")),
    "a derivative by a second argument": Call("matrix_power", at("k", 1, 1), (X,), ((1, at(1, 1)),)),
    "a derivative by a row": Call("matrix_power", at("k", 1, 1), (X,), ((0, at(1)),)),
    "a derivative by an entry at a time": Call("matrix_power", at("k", 1, 1), (X,), ((0, at("k", 1)),)),
    "two matrices": Call("matrix_power", at("k", 1, 1), (X, X)),
}


@pytest.mark.parametrize("name", ILL_FORMED)
def test_ill_formed(name: str) -> None:
    term = ILL_FORMED[name]
    assert verdict(WORLD, eq(term, term), ALGEBRA).outcome == "invalid"


def test_name_is_taken() -> None:
    there = context(variable("matrix_power"))
    assert verdict(there, eq(Ref("matrix_power"), Ref("matrix_power"))).outcome == "invalid"
