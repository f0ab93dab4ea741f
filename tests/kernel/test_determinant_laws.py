"""Laws of determinants and inverses whose factors are given: what they conclude, and from what alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import DeterminantLaw, InverseLaw, OneSided
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Lambda, Term
from tests.kernel.say import (
    add,
    column,
    combine,
    context,
    delta,
    det,
    dot,
    eq,
    inverse,
    matrix,
    mean,
    mul,
    power,
    prod,
    ref,
    says,
    step,
    tensor,
    total,
    trace,
    variable,
    verdict,
)

Case = tuple[Callable[[], Verdict], str]


def given(*hypotheses: Statement) -> Context:
    """Square matrices A and B, C: n x m, D: m x n, vectors u and v; the hypotheses are h1, h2, ..."""
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    square = (variable("A", "n", "n"), variable("B", "n", "n"), variable("S", "n", "n", symmetric=True))
    others = (variable("C", "n", "m"), variable("D", "m", "n"), variable("E", "m", "m"))
    vectors = (variable("u", "n"), variable("v", "n"), variable("w", "m"), variable("x"))
    declared = (*square, *others, *vectors, variable("Z", "n", "n", random=True, moments=8))
    return context(*declared, dims="n m", hypotheses=labels)


A, B, S, E = matrix("A"), matrix("B"), matrix("S"), matrix("E", "m", "m")
C, D = matrix("C", "n", "m"), matrix("D", "m", "n")
u, v, w = column("u"), column("v"), column("w", "m")
CD = total("k", "m", mul(ref("C", "r", "k"), ref("D", "k", "s")))
DC = total("k", "n", mul(ref("D", "r", "k"), ref("C", "k", "s")))
outer = mul(ref("u", "r"), ref("v", "s"))


def one_plus(entry: Term, dim: str = "n") -> Term:
    """det(I + M)."""
    return det(add(delta("r", "s"), entry), dim=dim)


def law(name: str, left: Lambda, right: Lambda, one: object, other: object, **binders: str) -> Verdict:
    return verdict(given(), eq(one, other, **binders), DeterminantLaw(name, left, right))


det_A, det_B, det_AB = det(ref("A", "r", "s")), det(ref("B", "r", "s")), det(prod("A B", "r", "s"))
u_i = tensor(mul(ref("u", "row"), ref("u", "i")), row="n")
LAWS: dict[str, Callable[[], Verdict]] = {
    "det(A B) = det A · det B": lambda: law("product", A, B, det_AB, mul(det_A, det_B)),
    "det(A + x A A) = det A · det(I + x A)": lambda: law(
        "product",
        A,
        tensor(add(delta("row", "column"), mul(ref("x"), ref("A", "row", "column"))), row="n", column="n"),
        det(add(ref("A", "r", "s"), mul(ref("x"), prod("A A", "r", "s")))),
        mul(det_A, one_plus(mul(ref("x"), ref("A", "r", "s")))),
    ),
    "det(I + C D) = det(I + D C)": lambda: law("exchange", C, D, one_plus(CD), one_plus(DC, "m")),
    "det(I + A B) = det(I + B A)": lambda: law(
        "exchange", A, B, one_plus(prod("A B", "r", "s")), one_plus(prod("B A", "r", "s"))
    ),
    "det(I + u vᵀ) = 1 + vᵀu": lambda: law("exchange", u, v, one_plus(outer), add(1, dot("v", "u"))),
    "det(I + u[i]·u vᵀ) = 1 + u[i]·vᵀu for all i": lambda: law(
        "exchange",
        u_i,
        v,
        one_plus(mul(ref("u", "i"), outer)),
        add(1, mul(ref("u", "i"), dot("v", "u"))),
        i="n",
    ),
}
NOT_THE_LAW, SHAPES = "the claim is not the law of determinants", "needs an n x m and an m x n matrix"
NO_LAWS: dict[str, Case] = {
    "det(C D) = det(D C)": (
        lambda: law("product", C, D, det(CD), det(DC, dim="m")),
        "the product needs two square",
    ),
    "det(A + B) = det A + det B": (
        lambda: law("product", A, B, det(add(ref("A", "r", "s"), ref("B", "r", "s"))), add(det_A, det_B)),
        NOT_THE_LAW,
    ),
    "det(u vᵀ) = u·v": (lambda: law("product", u, v, det(outer), dot("u", "v")), "the product needs two"),
    "det(C) of sizes that do not fit": (lambda: law("product", C, C, det(CD), 0), SHAPES),
    "det(A E) of other sizes": (lambda: law("product", A, E, det_AB, mul(det_A, det_B)), SHAPES),
    "det(I + u wᵀ) of other lengths": (lambda: law("exchange", u, w, one_plus(outer), 1), SHAPES),
    "a matrix and a vector": (lambda: law("exchange", A, v, one_plus(outer), 1), SHAPES),
    "numbers": (lambda: law("product", tensor(ref("x")), tensor(ref("x")), 1, 1), SHAPES),
    "det(I + C D) without the 1": (lambda: law("exchange", C, D, det(CD), det(DC, dim="m")), NOT_THE_LAW),
    "det(I + u vᵀ) = vᵀu": (lambda: law("exchange", u, v, one_plus(outer), dot("v", "u")), NOT_THE_LAW),
    "det(I + u uᵀ) by u and v": (
        lambda: law("exchange", u, v, one_plus(mul(ref("u", "r"), ref("u", "s"))), add(1, dot("u", "u"))),
        NOT_THE_LAW,
    ),
    "det(I + u v[r]) on the diagonal only": (
        lambda: law("exchange", u, v, one_plus(mul(ref("u", "r"), ref("v", "r"))), add(1, dot("v", "u"))),
        NOT_THE_LAW,
    ),
    "another law": (lambda: law("sum", A, B, det_AB, mul(det_A, det_B)), "sum is no law of determinants"),
    "an inequality": (
        lambda: verdict(given(), says(det_AB, "<=", mul(det_A, det_B)), DeterminantLaw("product", A, B)),
        "a law of determinants is an equation",
    ),
}


@pytest.mark.parametrize("name", LAWS)
def test_law_of_determinants(name: str) -> None:
    assert LAWS[name]().outcome == "proved"


@pytest.mark.parametrize("name", NO_LAWS)
def test_no_law_of_determinants(name: str) -> None:
    use, reason = NO_LAWS[name]
    answer = use()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_index_that_is_not_bound_is_invalid() -> None:
    assert law("exchange", u_i, v, one_plus(outer), 1).outcome == "invalid"
    assert law("product", A, tensor(ref("A", "r", "column"), row="n", column="n"), 1, 1).outcome == "invalid"


def test_factors_must_be_defined() -> None:
    inverted = tensor(inverse(ref("A", "r", "s"), ("row", "column")), row="n", column="n")
    right = det(inverse(ref("A", "r", "s"), ("p", "q")), "p q")
    answer = law("product", A, inverted, 1, mul(det_A, right))
    assert (answer.outcome, answer.needs) == ("gap", ("det(A[i,j]) != 0",))


# -- one-sided inverses ----------------------------------------------------------------------------


def product_is_one(names: str, dim: str = "n", relation: str = "=") -> Statement:
    return says(prod(names, "i", "j", dim), relation, delta("i", "j"), i=dim, j=dim)


def one_sided(
    claim: Statement, *premises: Statement, left: Lambda = A, right: Lambda = B, premise: str = "h1"
) -> Verdict:
    return verdict(given(*premises), claim, OneSided(premise, left, right))


AB, BA = product_is_one("A B"), product_is_one("B A")
CD_1 = eq(total("k", "m", mul(ref("C", "i", "k"), ref("D", "k", "j"))), delta("i", "j"), i="n", j="n")
DC_1 = eq(total("k", "n", mul(ref("D", "i", "k"), ref("C", "k", "j"))), delta("i", "j"), i="m", j="m")
ONE_SIDED: dict[str, Callable[[], Verdict]] = {
    "A B = I gives B A = I": lambda: one_sided(BA, AB),
    "A B = I gives det A != 0": lambda: one_sided(says(det_A, "!=", 0), AB),
    "B A = I gives det B != 0": lambda: one_sided(says(det_B, "!=", 0), BA, left=B, right=A),
    "A Aᵀ = I gives Aᵀ A = I": lambda: one_sided(
        product_is_one("A' A"),
        product_is_one("A A'"),
        right=tensor(ref("A", "column", "row"), row="n", column="n"),
    ),
}
NOT_ONE, NOT_SO = "does not say that the product is the identity", "the claim is not what the rule concludes"
NOT_ONE_SIDED: dict[str, Case] = {
    "C D = I of other shapes": (
        lambda: one_sided(DC_1, CD_1, left=C, right=D),
        "needs two square matrices of one size",
    ),
    "vectors": (lambda: one_sided(BA, AB, left=u, right=v), "needs two square matrices"),
    "other sizes": (lambda: one_sided(BA, AB, right=E), "needs two square matrices"),
    "from another product": (lambda: one_sided(BA, product_is_one("A A")), NOT_ONE),
    "from B A = I": (lambda: one_sided(BA, BA), NOT_ONE),
    "from the diagonal": (lambda: one_sided(BA, eq(prod("A B", "i", "i"), 1, i="n")), NOT_ONE),
    "from one entry": (
        lambda: one_sided(BA, eq(total("k", "n", mul(ref("A", 1, "k"), ref("B", "k", 1))), 1)),
        NOT_ONE,
    ),
    "from the trace": (lambda: one_sided(BA, eq(trace("A B"), total("k", "n", 1))), NOT_ONE),
    "from A B <= I": (lambda: one_sided(BA, product_is_one("A B", relation="<=")), NOT_ONE),
    "from A B != I": (lambda: one_sided(BA, product_is_one("A B", relation="!=")), NOT_ONE),
    "from 2 A B = I": (
        lambda: one_sided(BA, eq(mul(2, prod("A B", "i", "j")), delta("i", "j"), i="n", j="n")),
        NOT_ONE,
    ),
    "from no premise": (lambda: one_sided(BA), "no earlier step"),
    "B B = I": (lambda: one_sided(product_is_one("B B"), AB), NOT_SO),
    "det A = 1": (lambda: one_sided(eq(det_A, 1), AB), NOT_SO),
    "det A != 1": (lambda: one_sided(says(det_A, "!=", 1), AB), NOT_SO),
    "det B != 0, of the second": (lambda: one_sided(says(det_B, "!=", 0), AB), NOT_SO),
    "B A <= I": (lambda: one_sided(product_is_one("B A", relation="<="), AB), NOT_SO),
}


@pytest.mark.parametrize("name", ONE_SIDED)
def test_one_sided_inverse(name: str) -> None:
    assert ONE_SIDED[name]().outcome == "proved"


@pytest.mark.parametrize("name", NOT_ONE_SIDED)
def test_no_one_sided_inverse(name: str) -> None:
    use, reason = NOT_ONE_SIDED[name]
    answer = use()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_one_sided_inverse_at_one_outcome_is_not_used_in_a_mean() -> None:
    """Z B = I at one outcome says nothing of E[B Z]."""
    claim = eq(mean(trace("B Z")), mean(total("k", "n", 1)))
    assert one_sided(claim, product_is_one("Z B"), left=matrix("Z")).outcome == "undecided"


# -- inverses ----------------------------------------------------------------------------------------


def test_law_of_the_inverse_may_use_facts() -> None:
    """A·inv(A) = I where (det A)² != 0 is given, and not without."""
    inv = inverse(ref("A", "r", "s"), ("k", "j"))
    claim = eq(total("k", "n", mul(ref("A", "i", "k"), inv)), delta("i", "j"), i="n", j="n")
    square = says(power(det_A, 2), "!=", 0)
    assert verdict(given(square), claim, InverseLaw(inv, "right", ("h1",))).outcome == "proved"
    assert verdict(given(), claim, InverseLaw(inv, "right")).outcome == "gap"
    answer = verdict(given(), claim, InverseLaw(inv, "right", ("h1",)))
    assert "no earlier step" in answer.reason


def test_law_of_the_inverse_uses_earlier_steps_only_as_facts() -> None:
    inv = inverse(ref("A", "r", "s"), ("k", "j"))
    claim = eq(total("k", "n", mul(ref("A", "i", "k"), inv)), delta("i", "j"), i="n", j="n")
    before = step("a", says(det_A, "!=", 0), OneSided("h1", A, B))
    assert verdict(given(AB), claim, before, InverseLaw(inv, "right", ("a",))).outcome == "proved"
    assert verdict(given(AB), claim, before, InverseLaw(inv, "right")).outcome == "gap"


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("A", "A'", "undecided"),
        ("S", "S'", "proved"),
    ],
)
def test_inverse_of_the_transpose(one: str, other: str, outcome: str) -> None:
    """inv(M) is not inv(Mᵀ), unless M is symmetric; and inv(Mᵀ) = inv(M)ᵀ."""
    first, second = (inverse(prod(name, "r", "s"), ("i", "j")) for name in (one, other))
    name = det(prod(one, "r", "s"))
    answer = verdict(given(says(name, "!=", 0)), eq(first, second, i="n", j="n"), combine())
    assert answer.outcome == outcome
    turned = inverse(prod(other, "r", "s"), ("j", "i"))
    assert verdict(given(says(name, "!=", 0)), eq(first, turned, i="n", j="n"), combine()).outcome == "proved"
