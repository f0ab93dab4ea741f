"""Largest values, eigenvalues and operator norms: exact where they are rational, else balls around them."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import numpy as np
import pytest
from flint import arb
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lemmata.refute.duals import Dual, slope_of
from lemmata.refute.errors import CannotTell
from lemmata.refute.spectrum import exponential, largest, largest_eigenvalue, operator_norm
from lemmata.refute.values import ONE, ZERO, exact, is_exact, precision

Matrix = list[list[Fraction]]
ENTRIES = st.fractions(-3, 3, max_denominator=4)


def matrices(rows: int, columns: int) -> st.SearchStrategy[Matrix]:
    return st.lists(st.lists(ENTRIES, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


SHAPES = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(lambda shape: matrices(*shape))
SQUARE = st.integers(1, 3).flatmap(lambda size: matrices(size, size))


def values(matrix: Matrix) -> list[list[object]]:
    return [[exact(entry) for entry in row] for row in matrix]


def floats(matrix: Matrix) -> np.ndarray:
    return np.array([[float(entry) for entry in row] for row in matrix])


def near(value: object, expected: float) -> bool:
    return abs(float(arb(value)) - expected) < 1e-7 * (1 + abs(expected))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SQUARE)
def test_largest_eigenvalue_is_that_of_the_symmetric_part(matrix: Matrix) -> None:
    part = (floats(matrix) + floats(matrix).T) / 2
    with precision(128):
        assert near(largest_eigenvalue(values(matrix)), np.linalg.eigvalsh(part)[-1])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SHAPES)
def test_operator_norm_is_the_largest_singular_value(matrix: Matrix) -> None:
    with precision(128):
        assert near(operator_norm(values(matrix)), np.linalg.norm(floats(matrix), ord=2))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(SQUARE, SQUARE)
def test_submultiplicativity_is_never_seen_to_fail(left: Matrix, right: Matrix) -> None:
    assume(len(left) == len(right))
    product = [
        [
            sum((a * b for a, b in zip(row, column, strict=True)), Fraction())
            for column in zip(*right, strict=True)
        ]
        for row in left
    ]
    with precision(128):
        assert not operator_norm(values(product)) > operator_norm(values(left)) * operator_norm(values(right))


EXACT: list[tuple[list[list[int]], int]] = [
    ([[3]], 3),
    ([[0, 2], [0, 0]], 2),
    ([[0, -1], [1, 0]], 1),
    ([[3, 0], [0, -4]], 4),
    ([[1, 2, 2]], 3),
    ([[1, 1], [1, 1]], 2),
    ([[2, 0, 0], [0, 0, 3], [0, 3, 0]], 3),
    ([[0, 0, 0], [0, 0, 0], [0, 0, 0]], 0),
    ([[2, -1, 0], [-1, 2, -1], [0, -1, 2]], -1),
]


@pytest.mark.parametrize(("matrix", "norm"), EXACT[:-1], ids=str)
def test_a_rational_norm_is_exact(matrix: list[list[int]], norm: int) -> None:
    found = operator_norm([[exact(entry) for entry in row] for row in matrix])
    assert is_exact(found) and found == norm


def test_an_irrational_norm_is_a_ball_that_contains_it() -> None:
    with precision(256):
        found = operator_norm([[exact(entry) for entry in row] for row in EXACT[-1][0]])
        assert not is_exact(found)
    with precision(512):
        assert found.contains(2 + arb(2).sqrt()) and found.rad() < 1e-60


def test_the_largest_of_balls_that_overlap_contains_both_candidates() -> None:
    wide, narrow = arb(1, 0.5), arb("1.2")
    found = largest([wide, narrow])
    assert found.contains(arb("1.2")) and found.contains(arb("1.5"))
    assert not found.contains(1)


def test_the_largest_of_rationals_is_one_of_them() -> None:
    assert largest([exact(Fraction(1, 3)), exact(Fraction(1, 2)), exact(-1)]) == exact(Fraction(1, 2))


def test_derivative_of_a_maximum_has_no_answer() -> None:
    with pytest.raises(CannotTell):
        largest([Dual(1, ONE, ONE), ZERO])


PAIRS = st.integers(1, 3).flatmap(lambda size: st.tuples(matrices(size, size), matrices(size, size)))


def moving(matrix: Matrix, along: Matrix) -> list[list[object]]:
    """X + εH."""
    size = range(len(matrix))
    return [[Dual(1, exact(matrix[i][j]), exact(along[i][j])) for j in size] for i in size]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PAIRS)
def test_slope_of_a_simple_eigenvalue(pair: tuple[Matrix, Matrix]) -> None:
    """It is vᵀH v for the unit eigenvector v of the symmetric part."""
    matrix, along = map(floats, pair)
    eigenvalues, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    assume(len(matrix) == 1 or eigenvalues[-1] - eigenvalues[-2] > 1e-3)
    v = vectors[:, -1]
    with precision(128):
        found = largest_eigenvalue(moving(*pair))
        assert near(found.value, eigenvalues[-1])
        assert near(found.slope, v @ along @ v)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(PAIRS)
def test_second_slope_of_a_simple_eigenvalue(pair: tuple[Matrix, Matrix]) -> None:
    """d²λ/dt² = 2 Σ_k (v_kᵀH v)²/(λ - λ_k), for symmetric H."""
    matrix, along = ((floats(each) + floats(each).T) / 2 for each in pair)
    eigenvalues, vectors = np.linalg.eigh(matrix)
    assume(len(matrix) == 1 or eigenvalues[-1] - eigenvalues[-2] > 1e-2)
    others = vectors[:, :-1].T @ along @ vectors[:, -1]
    expected = 2 * np.sum(others**2 / (eigenvalues[-1] - eigenvalues[:-1]))
    size = range(len(matrix))
    slope = [[exact(entry) for entry in row] for row in pair[1]]
    inner = moving(*pair)
    with precision(128):
        found = largest_eigenvalue([[Dual(2, inner[i][j], slope[i][j]) for j in size] for i in size])
        assert near(slope_of(found.slope, 1), expected)


@pytest.mark.parametrize("size", [2, 3])
def test_slope_of_an_eigenvalue_that_is_not_simple_has_no_answer(size: int) -> None:
    unit = [[Fraction(i == j) for j in range(size)] for i in range(size)]
    with precision(128), pytest.raises(CannotTell, match="may not be simple"):
        largest_eigenvalue(moving(unit, unit))


def test_slope_of_an_operator_norm() -> None:
    """|x| has the slope -1 at -2, and none at 0."""
    with precision(128):
        assert operator_norm([[Dual(1, exact(-2), ONE)]]).slope == -1
        with pytest.raises(CannotTell):
            operator_norm([[Dual(1, ZERO, ONE)]])


def test_an_eigenvalue_of_a_large_matrix_of_balls_has_no_answer() -> None:
    with pytest.raises(CannotTell, match="an eigenvalue of a matrix of balls"):
        largest_eigenvalue([[arb(2).sqrt()] * 3] * 3)


def slopes(matrix: np.ndarray, along: np.ndarray) -> np.ndarray:
    """The derivative of Σ X^k/k! at X along H: Σ_k Σ_j X^j·H·X^(k-1-j)/k!."""
    powers = [np.linalg.matrix_power(matrix, k) for k in range(60)]
    parts = (powers[j] @ along @ powers[k - 1 - j] / factorial(k) for k in range(1, 60) for j in range(k))
    return np.sum(list(parts), axis=0)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(1, 3).flatmap(lambda size: st.tuples(matrices(size, size), matrices(size, size))))
def test_slope_of_an_exponential_is_that_of_its_series(pair: tuple[Matrix, Matrix]) -> None:
    matrix, along = pair
    size = range(len(matrix))
    moving = [[Dual(1, exact(matrix[i][j]), exact(along[i][j])) for j in size] for i in size]
    expected = slopes(floats(matrix), floats(along))
    with precision(128):
        found = exponential(moving)
        assert all(near(found[i][j].slope, expected[i][j]) for i in size for j in size)


def test_second_slope_of_an_exponential() -> None:
    """d²/dt² exp(tx) = x² exp(tx), with one ε inside of the other."""
    inner = Dual(1, exact(Fraction(1, 2)), exact(Fraction(3)))
    ((found,),) = exponential([[Dual(2, inner, exact(Fraction(3)))]])
    assert near(found.slope.slope, 9 * np.exp(0.5))
