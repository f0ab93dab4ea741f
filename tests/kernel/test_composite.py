"""Matrices whose rows have several indices: their determinants and inverses, and what is not said of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import DeterminantLaw, InverseLaw, OneSided
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Lambda, Term
from tests.kernel.say import (
    add,
    call,
    combine,
    context,
    count,
    delta,
    det,
    diff_scalar,
    eq,
    matrix,
    mul,
    power,
    prod,
    ref,
    says,
    tensor,
    total,
    variable,
    verdict,
)

Case = tuple[Callable[[], Verdict], str]
SIZES = {"i": "n", "k": "m", "j": "n", "l": "m"}


def given(*hypotheses: Statement) -> Context:
    """A, F: n x n, B: m x m, C: n x m, and K, R with rows and columns over n·m."""
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    matrices = (variable("A", "n", "n"), variable("F", "n", "n"), variable("B", "m", "m"))
    others = (variable("C", "n", "m"), variable("x"))
    wide = tuple(variable(name, "n", "m", "n", "m") for name in "KR")
    return context(*matrices, *others, *wide, dims="n m", hypotheses=labels)


def kron(left: str, right: str) -> Lambda:
    return tensor(mul(ref(left, "i", "j"), ref(right, "k", "l")), **SIZES)


K, R = (tensor(ref(name, "a", "b", "c", "d"), a="n", b="m", c="n", d="m") for name in "KR")
A, B, C, F = matrix("A"), matrix("B", "m", "m"), matrix("C", "n", "m"), matrix("F")
det_A, det_B = det(ref("A", "r", "s")), det(ref("B", "r", "s"), dim="m")
det_K, det_R = call("det", K), call("det", R)
n, m = count("n"), count("m")


def inverse_of(what: Lambda, *output: str) -> Term:
    return call("inv", what, output=output)


def identity(first: Callable[..., Term], second: Callable[..., Term]) -> Statement:
    """A product of two matrices is the identity matrix."""
    product = total("p", "n", total("q", "m", mul(first("i", "k", "p", "q"), second("p", "q", "j", "l"))))
    return eq(product, mul(delta("i", "j"), delta("k", "l")), **SIZES)


def k(*at: str) -> Term:
    return ref("K", *at)


def r(*at: str) -> Term:
    return ref("R", *at)


def inv_k(*at: str) -> Term:
    return inverse_of(K, *at)


# -- determinants ------------------------------------------------------------------------------------

KRONECKER = eq(call("det", kron("A", "B")), mul(power(det_A, m), power(det_B, n)))


def kronecker(claim: Statement, left: Lambda = A, right: Lambda = B) -> Verdict:
    return verdict(given(), claim, DeterminantLaw("kronecker", left, right))


NOT_THE_LAW = "the claim is not the law of determinants"
NO_LAWS: dict[str, Case] = {
    "the exponents exchanged": (
        lambda: kronecker(eq(call("det", kron("A", "B")), mul(power(det_A, n), power(det_B, m)))),
        NOT_THE_LAW,
    ),
    "det A · det B": (lambda: kronecker(eq(call("det", kron("A", "B")), mul(det_A, det_B))), NOT_THE_LAW),
    "of another matrix": (lambda: kronecker(eq(det_K, mul(power(det_A, m), power(det_B, n)))), NOT_THE_LAW),
    "of a matrix which is not square": (
        lambda: kronecker(KRONECKER, right=C),
        "needs an n x m and an m x n matrix",
    ),
}


def test_determinant_of_a_kronecker_product() -> None:
    assert kronecker(KRONECKER).outcome == "proved"


def test_determinant_of_a_kronecker_product_of_two_of_one_size() -> None:
    both = tensor(mul(ref("A", "i", "j"), ref("F", "k", "l")), i="n", k="n", j="n", l="n")
    det_F = det(ref("F", "r", "s"))
    claim = eq(call("det", both), mul(power(det_A, n), power(det_F, n)))
    assert kronecker(claim, right=F).outcome == "proved"


@pytest.mark.parametrize("name", NO_LAWS)
def test_no_determinant_of_a_kronecker_product(name: str) -> None:
    use, reason = NO_LAWS[name]
    answer = use()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_order_of_the_indices_does_not_matter_for_a_determinant() -> None:
    """det(λ I - A ⊗ B) = det(λ I - B ⊗ A)."""
    body = add(
        mul(ref("x"), delta("i", "j"), delta("k", "l")), mul(-1, ref("A", "i", "j"), ref("B", "k", "l"))
    )
    one, other = tensor(body, **SIZES), tensor(body, k="m", i="n", l="m", j="n")
    assert verdict(given(), eq(call("det", one), call("det", other)), combine()).outcome == "proved"


def test_order_of_the_rows_alone_matters() -> None:
    """Rows and columns exchanged for one of two indices of one size give another matrix."""
    straight = tensor(mul(ref("A", "i", "j"), ref("F", "k", "l")), i="n", k="n", j="n", l="n")
    crossed = tensor(mul(ref("A", "i", "j"), ref("F", "k", "l")), i="n", k="n", l="n", j="n")
    claim = eq(call("det", straight), call("det", crossed))
    assert verdict(given(), claim, combine()).outcome == "undecided"


# -- inverses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "claim"), [("left", identity(inv_k, k)), ("right", identity(k, inv_k))])
def test_law_of_the_inverse(side: str, claim: Statement) -> None:
    by = InverseLaw(inv_k("i", "k", "j", "l"), side)
    assert verdict(given(says(det_K, "!=", 0)), claim, by).outcome == "proved"
    answer = verdict(given(), claim, by)
    assert answer.outcome == "gap"
    assert "det" in answer.needs[0]


def test_a_mere_entry_is_not_the_law_of_the_inverse() -> None:
    by = InverseLaw(inv_k("i", "k", "j", "l"), "left")
    product = total("p", "n", total("q", "m", mul(inv_k("i", "k", "p", "q"), k("p", "q", "i", "k"))))
    regular = given(says(det_K, "!=", 0))
    assert verdict(regular, eq(product, 2, i="n", k="m"), by).outcome == "undecided"
    crossed = total("p", "n", total("q", "m", mul(inv_k("i", "k", "p", "q"), k("j", "l", "p", "q"))))
    claim = eq(crossed, mul(delta("i", "j"), delta("k", "l")), **SIZES)
    assert verdict(regular, claim, by).outcome == "undecided"


def one_sided(claim: Statement, premise: Statement, left: Lambda = K, right: Lambda = R) -> Verdict:
    return verdict(given(premise), claim, OneSided("h1", left, right))


def test_one_sided_inverse() -> None:
    assert one_sided(identity(r, k), identity(k, r)).outcome == "proved"
    assert one_sided(says(det_K, "!=", 0), identity(k, r)).outcome == "proved"


NOT_SO, NOT_ONE = "the claim is not what the rule concludes", "does not say that the product is the identity"
NOT_ONE_SIDED: dict[str, Case] = {
    "det of the other": (lambda: one_sided(says(det_R, "!=", 0), identity(k, r)), NOT_SO),
    "from the other order": (lambda: one_sided(identity(r, k), identity(r, k)), NOT_ONE),
    "from one delta": (
        lambda: one_sided(
            identity(r, k),
            eq(
                total("p", "n", total("q", "m", mul(k("i", "k", "p", "q"), r("p", "q", "j", "l")))),
                delta("i", "j"),
                **SIZES,
            ),
        ),
        NOT_ONE,
    ),
    "of two sizes": (
        lambda: one_sided(identity(r, k), identity(k, r), right=A),
        "square matrices of one size",
    ),
    "of a tensor with three indices": (
        lambda: one_sided(
            identity(r, k),
            identity(k, r),
            *(tensor(ref("A", "i", "j"), i="n", j="n", p="n") for _ in range(2)),
        ),
        "square matrices of one size",
    ),
}


@pytest.mark.parametrize("name", NOT_ONE_SIDED)
def test_no_one_sided_inverse(name: str) -> None:
    use, reason = NOT_ONE_SIDED[name]
    answer = use()
    assert answer.outcome == "undecided"
    assert reason in answer.reason


def test_inverse_needs_an_invertible_matrix() -> None:
    """inv(K) - inv(K) = 0 where inv(K) is defined."""
    claim = eq(add(inv_k("i", "k", "j", "l"), mul(-1, inv_k("i", "k", "j", "l"))), 0, **SIZES)
    assert verdict(given(), claim, combine()).outcome == "gap"
    assert verdict(given(says(det_K, "!=", 0)), claim, combine()).outcome == "proved"
    assert verdict(given(says(det_R, "!=", 0)), claim, combine()).outcome == "gap"


@pytest.mark.parametrize(
    "term",
    [
        call("det", A),
        call("det", tensor(ref("C", "i", "k"), i="n", k="m", j="n", l="n")),
        call("det", tensor(ref("A", "i", "j"), i="n", j="n", k="n")),
        call("det", K, output=("i",)),
        call("det", K, K),
        call("inv", K, output=("i", "j")),
        call("inv", K, output=("k", "i", "j", "l")),
        call("inv", A, output=("i", "j")),
    ],
)
def test_ill_formed(term: Term) -> None:
    claim = eq(term, term, **SIZES)
    assert verdict(given(), claim, combine()).outcome == "invalid"


def test_no_variable_has_the_name_of_a_known_function() -> None:
    for name in ("det", "inv"):
        ctx = context(variable(name, "n"), dims="n")
        assert verdict(ctx, eq(1, 1), combine()).outcome == "invalid"


def test_no_derivative_is_known() -> None:
    scaled = tensor(mul(ref("v"), ref("K", "i", "k", "j", "l")), **SIZES)
    claim = eq(diff_scalar(call("det", scaled), ref("x")), 0)
    assert verdict(given(), claim, combine()).outcome == "undecided"


def test_inverse_of_a_kronecker_product() -> None:
    """(A ⊗ B)(A ⊗ B)ᵀ = I gives det(A ⊗ B) != 0; that A Aᵀ = I is another premise."""
    wide = kron("A", "B")
    turned = tensor(mul(ref("A", "j", "i"), ref("B", "l", "k")), **SIZES)
    orthogonal = (
        eq(prod("A A'", "i", "j"), delta("i", "j"), i="n", j="n"),
        eq(prod("B B'", "i", "j", "m"), delta("i", "j"), i="m", j="m"),
    )
    product = total(
        "p",
        "n",
        total("q", "m", mul(ref("A", "i", "p"), ref("B", "k", "q"), ref("A", "j", "p"), ref("B", "l", "q"))),
    )
    whole = eq(product, mul(delta("i", "j"), delta("k", "l")), **SIZES)
    claim = says(call("det", wide), "!=", 0)
    assert verdict(given(*orthogonal, whole), claim, OneSided("h3", wide, turned)).outcome == "proved"
    assert verdict(given(*orthogonal), claim, OneSided("h1", wide, turned)).outcome == "undecided"
