"""The recurrent cell of both forms and its Jacobian, against definitions in 50 digits and in rationals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from numerics.recurrent import (
    Activation,
    activated_jacobian,
    activated_states,
    identity,
    jacobian,
    relu,
    sigmoid,
    states,
    tanh,
)

ACTIVATIONS = [tanh, sigmoid, relu, identity]
SIZES = [(5, 3, 4, 2), (4, 1, 1, 1), (1, 2, 3, 0), (7, 1, 2, 3)]
EXACT: dict[str, Callable[[Any], Any]] = {
    "tanh": mp.tanh,
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "relu": lambda x: max(x, 0 * x),
    "identity": lambda x: x,
}


def a_cell(steps: int, batch: int, n: int, m: int) -> list[np.ndarray]:
    """x, h0, w, u, b, normally distributed."""
    draw = np.random.default_rng(steps).normal
    return [draw(size=shape) for shape in shapes(steps, batch, n, m)]


def whole_cell(steps: int, batch: int, n: int, m: int) -> list[np.ndarray]:
    """x, h0, w, u, b of integers from -2 to 2."""
    draw = np.random.default_rng(steps).integers
    return [draw(-2, 3, shape).astype(float) for shape in shapes(steps, batch, n, m)]


def shapes(steps: int, batch: int, n: int, m: int) -> list[tuple[int, ...]]:
    return [(steps, batch, m), (batch, n), (n, n), (n, m), (n,)]


def dot(row: Sequence[Any], column: Sequence[Any], start: Any) -> Any:
    return sum((a * b for a, b in zip(row, column, strict=True)), start)


def by_definition(
    sigma: Callable[[Any], Any],
    number: Callable[[float], Any],
    cell: list[np.ndarray],
    k: int,
    start: Sequence[Any],
) -> list[list[Any]]:
    """h_0, …, h_T of sequence k, an element at a time, in the numbers of `number`."""
    x, _, w, u, b = (np.vectorize(number, otypes=[object])(array) for array in cell)
    visited = [list(start)]
    for inputs in x[:, k]:
        before = [sigma(value) for value in visited[-1]]
        visited.append(
            [dot(w[i], before, dot(u[i], inputs, b[i])) for i in range(len(b))],
        )
    return visited


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_states_are_their_definition(activation: Activation, size: tuple[int, ...]) -> None:
    cell = a_cell(*size)
    found = states(*cell, activation=activation)
    assert found.shape == (size[0] + 1, size[1], size[2])
    np.testing.assert_array_equal(found[0], cell[1])
    with mp.workdps(50):
        for k, start in enumerate(cell[1]):
            expected = by_definition(EXACT[activation.name], mpf, cell, k, [mpf(v) for v in start])
            np.testing.assert_allclose(found[:, k], np.array(expected, float), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_states_of_the_other_form_are_the_activated_states(
    activation: Activation, size: tuple[int, ...]
) -> None:
    x, h0, w, u, b = a_cell(*size)
    h = states(x, h0, w, u, b, activation=activation)
    g = activated_states(x, activation.value(h0), w, u, b, activation=activation)
    np.testing.assert_allclose(g, activation.value(h), rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("activation", [relu, identity], ids=lambda a: a.name)
def test_states_of_both_forms_are_exact_for_whole_numbers(
    activation: Activation, size: tuple[int, ...]
) -> None:
    cell = whole_cell(*size)
    x, h0, w, u, b = cell
    h = states(x, h0, w, u, b, activation=activation)
    g = activated_states(x, activation.value(h0), w, u, b, activation=activation)
    np.testing.assert_array_equal(g, activation.value(h))
    for k, start in enumerate(h0):
        expected = by_definition(EXACT[activation.name], Fraction, cell, k, [Fraction(v) for v in start])
        assert [[Fraction(value) for value in row] for row in h[:, k].tolist()] == expected


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_jacobian_is_the_derivative_of_the_definition(activation: Activation, size: tuple[int, ...]) -> None:
    cell = a_cell(*size)
    found = jacobian(cell[2], states(*cell, activation=activation), activation=activation).matrix()
    with mp.workdps(50):
        for k, start in enumerate(cell[1]):
            expected = np.array(differences(EXACT[activation.name], cell, k, start), float).T
            np.testing.assert_allclose(found[k], expected, rtol=1e-11, atol=1e-13)


def differences(
    sigma: Callable[[Any], Any], cell: list[np.ndarray], k: int, start: np.ndarray
) -> list[list[mpf]]:
    """∂h_T/∂(h_0)_j for each j by central differences, whose error is about the square of their width."""
    width, columns = mpf(10) ** -15, []
    for j in range(len(start)):
        ends = []
        for sign in (1, -1):
            shifted = [mpf(v) + sign * width * (i == j) for i, v in enumerate(start)]
            ends.append(by_definition(sigma, mpf, cell, k, shifted)[-1])
        columns.append([(a - b) / (2 * width) for a, b in zip(*ends, strict=True)])
    return columns


@dataclass(frozen=True)
class Dual:
    """A rational number and its derivative."""

    value: Fraction
    slope: Fraction

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Dual) -> Dual:
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)


def constant(value: float) -> Dual:
    return Dual(Fraction(value), Fraction(0))


def test_jacobian_is_exact_for_a_polynomial_and_whole_numbers() -> None:
    square = Activation("square", lambda x: x * x, lambda x: 2 * x, gamma=1.0)
    cell = whole_cell(3, 4, 3, 2)
    found = jacobian(cell[2], states(*cell, activation=square), activation=square).matrix()
    assert np.any(found[0])
    for k, start in enumerate(cell[1]):
        for j in range(3):
            duals = [Dual(Fraction(v), Fraction(int(i == j))) for i, v in enumerate(start)]
            last = by_definition(lambda d: d * d, constant, cell, k, duals)[-1]
            assert [Fraction(v) for v in found[k, :, j].tolist()] == [dual.slope for dual in last]


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_jacobian_is_the_product_of_weights_and_slopes(activation: Activation) -> None:
    x, h0, w, u, b = a_cell(5, 3, 4, 2)
    h = states(x, h0, w, u, b, activation=activation)
    expected = np.broadcast_to(np.eye(4), (3, 4, 4))
    for before in h[:-1]:
        expected = w @ (activation.derivative(before)[:, :, None] * np.eye(4)) @ expected
    np.testing.assert_allclose(
        jacobian(w, h, activation=activation).matrix(), expected, rtol=1e-12, atol=1e-13
    )


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_jacobians_of_the_two_forms_differ_by_their_ends(activation: Activation) -> None:
    x, h0, w, u, b = a_cell(5, 3, 4, 2)
    h = states(x, h0, w, u, b, activation=activation)
    first, last = (activation.derivative(h[t])[:, :, None] * np.eye(4) for t in (0, -1))
    of_h = jacobian(w, h, activation=activation).matrix()
    of_g = activated_jacobian(w, h, activation=activation).matrix()
    np.testing.assert_allclose(last @ of_h, of_g @ first, rtol=1e-12, atol=1e-14)


def test_jacobian_of_the_activated_form_is_the_derivative_of_its_definition() -> None:
    x, h0, w, u, b = a_cell(5, 1, 2, 2)
    g0, width = tanh.value(h0), 1e-6
    found = activated_jacobian(w, states(x, h0, w, u, b, activation=tanh), activation=tanh).matrix()[0]
    for j in range(2):
        ends = [
            activated_states(x, g0 + sign * width * np.eye(2)[j], w, u, b, activation=tanh)[-1, 0]
            for sign in (1, -1)
        ]
        np.testing.assert_allclose(found[:, j], (ends[0] - ends[1]) / (2 * width), rtol=1e-6, atol=1e-9)


@given(st.sampled_from(ACTIVATIONS), st.floats(-1000, 1000))
def test_activations_and_their_derivatives_are_exact_to_rounding(activation: Activation, x: float) -> None:
    with mp.workdps(1000):  # 1 - tanh² loses 870 digits at 1000
        value = EXACT[activation.name](mpf(x))
        slope = {
            "tanh": lambda: 1 - value**2,
            "sigmoid": lambda: value * (1 - value),
            "relu": lambda: mpf(x > 0),
            "identity": lambda: mpf(1),
        }[activation.name]()
        expected = float(value), float(slope)
    found = float(activation.value(np.float64(x))), float(activation.derivative(np.float64(x)))
    np.testing.assert_allclose(found, expected, rtol=2e-15, atol=5e-324)
    assert abs(found[1]) <= activation.gamma


@given(st.sampled_from(ACTIVATIONS), st.floats(-1e-6, 1e-6), st.floats(1e-12, 1))
def test_no_rounding_takes_a_slope_above_gamma(activation: Activation, x: float, scale: float) -> None:
    assert activation.derivative(np.array([x * scale]))[0] <= activation.gamma


@pytest.mark.parametrize("x", [-1000.0, -745.0, -1e-300, 0.0, 1e-300, 745.0, 1000.0, 1e308])
@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_activations_do_not_overflow(activation: Activation, x: float) -> None:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.isfinite(activation.value(np.array([x]))).all()
        assert 0 <= activation.derivative(np.array([x]))[0] <= activation.gamma


@pytest.mark.parametrize(
    ("activation", "slope"), [(tanh, 1.0), (sigmoid, 0.25), (relu, 0.0), (identity, 1.0)]
)
def test_slope_at_zero_is_gamma_but_for_relu(activation: Activation, slope: float) -> None:
    assert activation.derivative(np.zeros(1)).tolist() == [slope]
