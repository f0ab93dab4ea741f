"""The normal form of a normal form is itself: its labels are never taken for indices of another sum."""

from __future__ import annotations

import pytest

from lemmata.kernel.normal import Normalizer
from lemmata.kernel.signs import Facts, signs_in
from lemmata.kernel.substitute import Fresh
from lemmata.kernel.terms import Term
from tests.kernel.say import (
    add,
    context,
    delta,
    det,
    inverse,
    mean,
    mul,
    power,
    ref,
    sqrt,
    sub,
    total,
    variable,
)

WORLD = context(
    variable("u", "n"),
    *(variable(name, "n", "n") for name in "AXY"),
    variable("x", "n", random=True, moments=2),
    dims="n",
)


def quadratic(entry: Term) -> Term:
    """Σ_i Σ_j u[i]·entry[i,j]·u[j]."""
    return total("i", "n", total("j", "n", mul(ref("u", "i"), entry, ref("u", "j"))))


TERMS = {
    "a root of a double sum": sqrt(
        add(quadratic(ref("A", "i", "j")), power(quadratic(ref("A", "j", "i")), 2))
    ),
    "a root of a variance": sqrt(
        add(
            quadratic(mean(mul(ref("x", "i"), ref("x", "j")))),
            mul(-1, power(total("k", "n", mul(ref("u", "k"), mean(ref("x", "k")))), 2)),
        )
    ),
    "an inverse of a difference": inverse(sub(ref("X", "r", "s"), delta("r", "s")), ("i", "j")),
    "an inverse of a difference, transposed": inverse(sub(ref("Y", "s", "r"), delta("r", "s")), ("i", "j")),
    "a determinant of a difference": det(sub(ref("Y", "s", "r"), delta("r", "s"))),
    "a power of a sum of networks": power(add(1, quadratic(ref("A", "i", "j"))), -3),
}


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_normal_form_is_its_own_normal_form(term: Term) -> None:
    normalizer = Normalizer(signs_in(WORLD, {}, Facts()), Fresh(10**6))
    poly = normalizer.poly(term)
    assert normalizer.poly(normalizer.term(poly)) == poly
    inner = [base for monomial in poly for base, _ in monomial]
    assert [normalizer.term(normalizer.poly(base)) for base in inner] == inner
