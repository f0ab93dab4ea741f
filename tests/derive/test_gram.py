"""Sums of squares that are found add up to the polynomial, whatever the floats were."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata.derive.slacks.gram import certificate
from lemmata.derive.slacks.letters import Letters, times
from lemmata.derive.slacks.rational import nullspace, solved


def polynomial(terms: dict[tuple[int, ...], int]) -> Letters:
    return {exponents: Fraction(value) for exponents, value in terms.items()}


#: A polynomial, and the letters which are not negative.
SUMS = {
    "x^4 - x + 1": ({(4,): 1, (1,): -1, (0,): 1}, frozenset[int]()),
    "x^3 + y^3 + z^3 - 3xyz": (
        {(3, 0, 0): 1, (0, 3, 0): 1, (0, 0, 3): 1, (1, 1, 1): -3},
        frozenset({0, 1, 2}),
    ),
    "x^2 - 2xy + y^2": ({(2, 0): 1, (1, 1): -2, (0, 2): 1}, frozenset[int]()),
}


@pytest.mark.parametrize("name", SUMS)
def test_squares_add_up(name: str) -> None:
    terms, nonnegative = SUMS[name]
    found = certificate(polynomial(terms), nonnegative)
    assert found is not None
    total: Letters = {}
    for factor, value, root in found:
        assert value > 0
        assert all(not exponent or place in nonnegative for place, exponent in enumerate(factor))
        for place, part in times({factor: value}, times(root, root)).items():
            total[place] = total.get(place, Fraction(0)) + part
    assert {place: value for place, value in total.items() if value} == polynomial(terms)


@pytest.mark.parametrize(
    "terms",
    [{(4,): 1, (1,): -2}, {(4, 2): 1, (2, 4): 1, (2, 2): -3, (0, 0): 1}, {(1,): 1}],
    ids=["x^4 - 2x", "Motzkin's, which is none", "x"],
)
def test_what_is_no_sum_of_squares_has_no_certificate(terms: dict[tuple[int, ...], int]) -> None:
    assert certificate(polynomial(terms), frozenset()) is None


def test_linear_equations() -> None:
    rows = [[Fraction(1), Fraction(2)], [Fraction(2), Fraction(4)]]
    assert solved(rows, [Fraction(3), Fraction(6)]) == [3, 0]
    assert solved(rows, [Fraction(3), Fraction(5)]) is None
    assert nullspace(rows, 2) == [[-2, 1]]
