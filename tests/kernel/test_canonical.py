"""Canonical forms: the same for all names of bound indices, and never of two different terms."""

from __future__ import annotations

import gc
import weakref

import pytest

from lemmata.kernel.canonical import Forms
from lemmata.kernel.errors import Rejected
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.signs import Facts, signs_in
from lemmata.kernel.substitute import Fresh, subterms
from lemmata.kernel.terms import Index, Inverse, Maximum, Ref, Sum, Term
from tests.kernel.say import add, context, delta, det, inverse, mul, ref, sub, total, variable

WORLD = context(
    *(variable(name, "n") for name in "uvw"),
    *(variable(name, "n", "n") for name in "AB"),
    variable("T", "n", "n n"),
    dims="n",
)


def form(term: Term) -> Term:
    return Forms(Fresh()).of(term)


def normalizer(names_before: int = 0) -> Normalizer:
    fresh = Fresh(10**6)
    for _ in range(names_before):
        fresh.name()
    return Normalizer(signs_in(WORLD, {}, Facts()), fresh)


def product(left: str, right: str, row: str, column: str, inner: str) -> Term:
    """(left @ right)[row, column]."""
    return total(inner, "n", mul(ref(left, row, inner), ref(right, inner, column)))


ALIKE = {
    "disjoint sums of one name": (
        mul(total("k", "n", ref("u", "k")), total("k", "n", ref("v", "k"))),
        mul(total("l", "n", ref("v", "l")), total("k", "n", ref("u", "k"))),
    ),
    "a sum inside another of one name": (
        total("k", "n", mul(ref("u", "k"), total("k", "n", ref("v", "k")))),
        total("k", "n", mul(total("l", "n", ref("v", "l")), ref("u", "k"))),
    ),
    "an inverse with the names of the sum around it": (
        total("r", "n", mul(inverse(product("A", "B", "r", "s", "k"), ("r", "j")), ref("u", "r"))),
        total("p", "n", mul(ref("u", "p"), inverse(product("A", "B", "a", "b", "c"), ("p", "j"), "a b"))),
    ),
    "a determinant below a maximum of its names": (
        Maximum("r", "n", mul(ref("u", "r"), det(ref("A", "r", "s"), "r s"))),
        Maximum("k", "n", mul(det(ref("A", "a", "b"), "a b"), ref("u", "k"))),
    ),
    "a matrix that depends on the index around it": (
        total("k", "n", det(ref("T", "k", "r", "s"), "r s")),
        total("i", "n", det(ref("T", "i", "k", "l"), "k l")),
    ),
    "two blocks that depend on the index around them": (
        total("k", "n", mul(total("l", "n", ref("A", "k", "l")), total("l", "n", ref("B", "l", "k")))),
        total("i", "n", mul(total("k", "n", ref("B", "k", "i")), total("l", "n", ref("A", "i", "l")))),
    ),
}


@pytest.mark.parametrize(("first", "second"), ALIKE.values(), ids=ALIKE)
def test_names_of_bound_indices_do_not_matter(first: Term, second: Term) -> None:
    assert form(first) == form(second)


DIFFERENT = {
    "the inner index and the outer one": (
        total("k", "n", mul(ref("u", "k"), total("k", "n", ref("v", "k")))),
        total("k", "n", mul(ref("u", "k"), total("l", "n", ref("v", "k")))),
    ),
    "a free index and a bound one": (
        mul(ref("u", "k"), total("k", "n", ref("v", "k"))),
        total("k", "n", mul(ref("u", "k"), ref("v", "k"))),
    ),
    "rows and columns": (
        total("k", "n", mul(ref("u", "k"), total("l", "n", ref("A", "k", "l")))),
        total("k", "n", mul(ref("u", "k"), total("l", "n", ref("A", "l", "k")))),
    ),
    "the places in an inverse": (
        total("k", "n", mul(ref("u", "k"), inverse(ref("A", "r", "s"), ("k", "j")))),
        total("k", "n", mul(ref("u", "k"), inverse(ref("A", "r", "s"), ("j", "k")))),
    ),
    "a matrix of one index and of the other": (
        total("k", "n", total("l", "n", mul(ref("u", "l"), det(ref("T", "k", "r", "s"), "r s")))),
        total("k", "n", total("l", "n", mul(ref("u", "k"), det(ref("T", "k", "r", "s"), "r s")))),
    ),
}


@pytest.mark.parametrize(("first", "second"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_terms_have_different_forms(first: Term, second: Term) -> None:
    assert form(first) != form(second)


def test_a_form_is_its_own_form() -> None:
    for first, _ in (*ALIKE.values(), *DIFFERENT.values()):
        assert form(form(first)) == form(first)


def test_a_matrix_looks_the_same_wherever_its_inverse_stands() -> None:
    matrix = add(product("A", "B", "r", "s", "k"), delta("r", "s"))
    places = [
        inverse(matrix, ("i", "j")),
        total("k", "n", mul(inverse(matrix, ("k", "j")), ref("u", "k"))),
        det(mul(ref("A", "p", "q"), inverse(matrix, ("p", "q"))), "p q"),
    ]
    bodies = {
        part.body for place in map(form, places) for part in subterms(place) if isinstance(part, Inverse)
    }
    assert len(bodies) == 1


@pytest.mark.parametrize("names_before", [*range(12), 98, 99])
def test_the_normal_form_does_not_depend_on_the_names_given_before(names_before: int) -> None:
    """W + Wᵀ - W∘I has its diagonal part in the rows or in the columns: always in the same."""
    body = sub(add(ref("A", "r", "s"), ref("A", "s", "r")), mul(ref("A", "r", "s"), delta("r", "s")))
    term = add(det(body, "r s"), inverse(body, ("i", "j"), "r s"))
    assert normalizer(names_before).normal(term) == normalizer().normal(term)


def shifted(outer: str) -> Term:
    """Σ_k inv(A + u[k]·I)[p,q] + det(A + u[k]·I), in which neither A nor Aᵀ comes first by itself."""
    body = add(ref("A", "r", "s"), mul(ref("u", outer), delta("r", "s")))
    return total(outer, "n", add(inverse(body, ("p", "q")), det(body), 1))


@pytest.mark.parametrize("outer", "abcdefghijklm")
def test_the_normal_form_does_not_depend_on_the_index_around_a_matrix(outer: str) -> None:
    for names_before in range(4):
        assert normalizer(names_before).normal(shifted(outer)) == normalizer().normal(shifted("k"))


@pytest.mark.parametrize("names_before", range(12))
def test_the_normal_form_of_a_matrix_with_a_constant_does_not_depend_on_the_names_given_before(
    names_before: int,
) -> None:
    twice, once = (
        normalizer(names_before).normal(det(add(ref("A", "r", "s"), two))) for two in (2, add(1, 1))
    )
    assert twice == once == normalizer().normal(det(add(2, ref("A", "r", "s"))))


def test_a_label_that_is_free_is_refused() -> None:
    inside = form(total("k", "n", ref("u", "k")))
    assert isinstance(inside, Sum)
    with pytest.raises(Rejected, match="label"):
        normalizer().poly(inside.body)


def test_a_normalizer_is_freed_as_soon_as_nobody_holds_it() -> None:
    gc.disable()
    try:
        owner = normalizer()
        owner.poly(add(inverse(product("A", "B", "r", "s", "k"), ("i", "j")), det(ref("A", "r", "s"))))
        seen = weakref.ref(owner)
        del owner
        assert seen() is None
    finally:
        gc.enable()


def test_a_free_index_is_not_taken_for_a_bound_one_of_its_name() -> None:
    """u[k]·Σ_k v[k] at k = i is u[i]·Σ_k v[k]."""
    term = mul(ref("u", "k"), total("k", "n", ref("v", "k")))
    (monomial,) = normalizer().poly(term)
    assert Ref("u", (Index("k"),)) in [base for base, _ in monomial]
