"""Sums, determinants and inverses over numeric dimensions, written out; those over symbolic ones are not."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.signs import Facts, signs_in
from lemmata.kernel.substitute import Fresh
from lemmata.kernel.terms import Sum, Term
from lemmata.kernel.unroll import unrolled
from tests.kernel.evaluate import Point, value
from tests.kernel.say import (
    add,
    apply,
    context,
    count,
    delta,
    det,
    diff,
    div,
    eq,
    exp,
    inverse,
    largest,
    log,
    mul,
    neg,
    power,
    ref,
    says,
    sub,
    tensor,
    total,
    variable,
    verdict,
)

SIZES = (1, 2, 3, 4)
WORLD = context(
    *(variable(f"M{size}", size, size) for size in (*SIZES, 5)),
    variable("u", 3),
    variable("w", 17),
    variable("A", "n", "n"),
    variable("v", "n"),
    variable("x"),
    dims="n",
)


def entry(size: int, i: str | int, j: str | int) -> Term:
    return ref(f"M{size}", i, j)


def det_of(size: int) -> Term:
    return det(entry(size, "r", "s"), dim=size)


def inverse_of(size: int, i: str | int, j: str | int) -> Term:
    return inverse(entry(size, "r", "s"), (i, j), dim=size)


def matrix(size: int, seed: int) -> dict[tuple[int, ...], complex]:
    source = random.Random(seed)
    return {
        place: complex(source.uniform(-2, 2)) for place in itertools.product(range(1, size + 1), repeat=2)
    }


def written_out(term: Term) -> Term:
    fresh = Fresh()
    normalizer = Normalizer(signs_in(WORLD, {}, Facts()), fresh)
    return unrolled(normalizer, term)


@pytest.mark.parametrize("size", SIZES)
def test_determinant_by_leibniz(size: int) -> None:
    point = Point({}, {}, {f"M{size}": matrix(size, size)})
    assert abs(value(written_out(det_of(size)), point) - value(det_of(size), point)) < 1e-9


@pytest.mark.parametrize("size", SIZES)
def test_inverse_by_cramer(size: int) -> None:
    point = Point({}, {}, {f"M{size}": matrix(size, 10 + size)})
    for i, j in itertools.product(range(1, size + 1), repeat=2):
        term = inverse_of(size, i, j)
        assert abs(value(written_out(term), point) - value(term, point)) < 1e-9


a, b, c, d = (entry(2, i, j) for i, j in itertools.product((1, 2), repeat=2))
u1, u2, u3 = (ref("u", k) for k in (1, 2, 3))


def regular(size: int) -> Context:
    return WORLD.assume("h", says(det_of(size), "!=", 0))


def square(size: int, i: str, j: str) -> Term:
    return Sum("k", size, mul(entry(size, i, "k"), entry(size, "k", j)))


TRUE: dict[str, Statement] = {
    "Σ u = u[1] + u[2] + u[3]": eq(total("i", 3, ref("u", "i")), add(u1, u2, u3)),
    "Σ_i 1 = 3": eq(total("i", 3, 1), 3),
    "det M = a d - b c": eq(det_of(2), sub(mul(a, d), mul(b, c))),
    "det of one entry": eq(det_of(1), entry(1, 1, 1)),
    "M² - tr(M)·M + det(M)·I = 0": eq(
        add(
            square(2, "i", "j"),
            neg(mul(total("k", 2, entry(2, "k", "k")), entry(2, "i", "j"))),
            mul(det_of(2), delta("i", "j")),
        ),
        0,
        i=2,
        j=2,
    ),
    "det of the transpose": eq(det_of(3), det(entry(3, "s", "r"), dim=3)),
    "a matrix with two equal rows": eq(det(ref("u", "s"), dim=3), 0),
    "det(2M) = 8 det M": eq(det(mul(2, entry(3, "r", "s")), dim=3), mul(8, det_of(3))),
    "a sum below exp": eq(exp(total("i", 2, mul(ref("x"), delta("i", 1)))), exp(ref("x"))),
    "a derivative of a sum": eq(
        diff("y", total("i", 3, power(ref("y", "i"), 2)), (2,), tensor(ref("u", "o"), o=3)), mul(2, u2)
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_true(name: str) -> None:
    assert verdict(WORLD, TRUE[name]).outcome == "proved"


inv_11 = inverse_of(2, 1, 1)


def test_inverse_needs_its_determinant() -> None:
    """inv(M)[1,1] = d/det M, where det M != 0; writing out asks for the same."""
    claim = eq(inv_11, div(d, det_of(2)))
    assert verdict(regular(2), claim).outcome == "proved"
    answer = verdict(WORLD, claim)
    assert answer.outcome == "gap"
    assert "det(M2[i,j]) != 0" in answer.needs


def test_all_entries_of_an_inverse() -> None:
    product = Sum("k", 2, mul(entry(2, "i", "k"), inverse_of(2, "k", "j")))
    assert verdict(regular(2), eq(product, delta("i", "j"), i=2, j=2)).outcome == "proved"
    assert verdict(WORLD, eq(product, delta("i", "j"), i=2, j=2)).outcome == "gap"


def test_what_vanishes_when_written_out_must_be_defined() -> None:
    claim = eq(total("i", 3, mul(log(ref("u", "i")), delta("i", 1), delta("i", 2))), 0)
    answer = verdict(WORLD, claim)
    assert (answer.outcome, answer.needs) == ("gap", ("0 < u[i] for all i",))


FALSE: dict[str, Callable[[], Statement]] = {
    "Σ u = u[1] + u[2]": lambda: eq(total("i", 3, ref("u", "i")), add(u1, u2)),
    "det M = a d + b c": lambda: eq(det_of(2), add(mul(a, d), mul(b, c))),
    "det M = b c - a d": lambda: eq(det_of(2), sub(mul(b, c), mul(a, d))),
    "inv(M)[1,1] = a/det M": lambda: eq(inv_11, div(a, det_of(2))),
    "inv(M)[1,2] = b/det M": lambda: eq(inverse_of(2, 1, 2), div(b, det_of(2))),
    "inv(M)[1,2] = -c/det M": lambda: eq(inverse_of(2, 1, 2), neg(div(c, det_of(2)))),
    "det of a symbolic matrix is its first entry": lambda: eq(det(ref("A", "r", "s")), ref("A", 1, 1)),
    "a symbolic sum is its first entry": lambda: eq(total("i", "n", ref("v", "i")), ref("v", 1)),
    "n = 1": lambda: eq(count("n"), 1),
    "a maximum is a sum": lambda: eq(largest("i", 2, ref("u", 1)), mul(2, u1)),
    "the entries are equal": lambda: eq(ref("u", "i"), u1, i=3),
}


@pytest.mark.parametrize("name", FALSE)
def test_false(name: str) -> None:
    assert verdict(regular(2), FALSE[name]()).outcome == "undecided"


def test_large_dimensions_are_not_written_out() -> None:
    """Σ over 17 is left as it is, and so are determinants of 5 rows."""
    apart = add(*(ref("w", k) for k in range(1, 18)))
    assert verdict(WORLD, eq(total("i", 17, ref("w", "i")), apart)).outcome == "undecided"
    assert verdict(WORLD, eq(det(mul(2, entry(5, "r", "s")), dim=5), mul(32, det_of(5)))).outcome == "proved"
    assert verdict(WORLD, eq(det(ref("w", "r"), dim=17), 0)).outcome == "undecided"


def deep(depth: int, step: Callable[[int, Term], Term]) -> Term:
    term: Term = ref("x")
    for level in range(depth):
        term = step(level, term)
    return term


NESTED: dict[str, Callable[[int, Term], Term]] = {
    "sums": lambda level, inner: Sum(
        f"i{level}", 16, mul(add(1, delta(f"i{level}", 1)), apply("exp", inner))
    ),
    "determinants": lambda level, inner: det(
        add(delta(f"r{level}", f"s{level}"), mul(delta(f"r{level}", 1), inner)), f"r{level} s{level}", 4
    ),
}


@pytest.mark.parametrize("kind", NESTED)
def test_work_is_limited(kind: str) -> None:
    term = deep(7, NESTED[kind])
    answer = verdict(WORLD, eq(term, add(term, 1)))
    assert (answer.outcome, "work limit" in answer.reason) == ("undecided", True)
