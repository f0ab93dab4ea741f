"""When gradients of a recurrent cell vanish, when they explode, and that neither leaves the floats unseen."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.errors import NotFiniteError
from numerics.recurrent import (
    Activation,
    activated_jacobian,
    identity,
    jacobian,
    jacobian_bound,
    relu,
    sigmoid,
    states,
    tanh,
)

ACTIVATIONS = [tanh, sigmoid, relu, identity]
FAR = 100_000
LOG_2 = math.log(2)


def rotation(angle: float) -> np.ndarray:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def resting(w: np.ndarray, steps: int, h0: list[float], activation: Activation) -> np.ndarray:
    """The states of one sequence without inputs."""
    n = len(w)
    return states(np.zeros((steps, 1, 0)), [h0], w, np.zeros((n, 0)), np.zeros(n), activation=activation)


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from(ACTIVATIONS),
    st.integers(1, 4),
    st.integers(0, 12),
    st.sampled_from([1e-200, 1e-3, 1.0, 1e3, 1e200]),
)
def test_norm_of_the_jacobian_is_at_most_the_bound(
    seed: int, activation: Activation, n: int, steps: int, scale: float
) -> None:
    draw = np.random.default_rng(seed).normal
    w, h = scale * draw(size=(n, n)), draw(size=(steps + 1, 2, n))
    limit = jacobian_bound(w, steps, activation=activation)
    for form in (jacobian, activated_jacobian):
        found = form(w, h, activation=activation)
        assert np.all(
            found.log_norm() <= limit.log_bound() + 1e-13 * (1 + steps) * (1 + abs(limit.log_delta))
        )


@pytest.mark.parametrize("delta", [0.25, 0.9, 1.0, 1.5])
@pytest.mark.parametrize("steps", [0, 1, 7, 60])
def test_bound_is_attained_by_a_rotation_and_the_identity(delta: float, steps: int) -> None:
    w = delta * rotation(0.7)
    found = jacobian(w, resting(w, steps, [1.0, -2.0], identity), activation=identity)
    limit = jacobian_bound(w, steps, activation=identity)
    assert limit.delta == pytest.approx(delta, rel=1e-15)
    assert found.norm() == pytest.approx([delta**steps], rel=1e-13)
    assert limit.bound() == pytest.approx(delta**steps, rel=1e-13)
    assert found.log_norm() == pytest.approx([steps * math.log(delta)], rel=1e-13, abs=1e-13)
    assert limit.log_bound() == pytest.approx(steps * math.log(delta), rel=1e-13, abs=1e-13)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_delta_is_gamma_times_the_root_of_the_largest_eigenvalue(activation: Activation) -> None:
    w = np.random.default_rng(3).normal(size=(4, 4))
    expected = activation.gamma * math.sqrt(max(np.linalg.eigvalsh(w.T @ w)))
    assert jacobian_bound(w, 1, activation=activation).delta == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_gradients_vanish_where_delta_is_below_one(activation: Activation) -> None:
    w = 0.9 / activation.gamma * rotation(0.3)
    for steps in (10, 100, 1000):
        found = jacobian(w, resting(w, steps, [0.5, -0.25], activation), activation=activation)
        assert found.norm()[0] <= 0.9**steps * (1 + 1e-12)


def test_gradients_that_vanish_below_all_floats_keep_their_logarithm() -> None:
    w = 0.5 * rotation(0.3)
    found = jacobian(w, np.zeros((FAR + 1, 1, 2)), activation=tanh)
    assert found.log_norm() == pytest.approx([-FAR * LOG_2], rel=1e-11)
    assert jacobian_bound(w, FAR, activation=tanh).log_bound() == pytest.approx(-FAR * LOG_2, rel=1e-11)
    assert (found.norm().tolist(), found.matrix().tolist()) == ([0], [[[0, 0], [0, 0]]])
    assert jacobian_bound(w, FAR, activation=tanh).bound() == 0


def test_gradients_that_explode_beyond_all_floats_keep_their_logarithm() -> None:
    w = 2 * rotation(0.3)
    found = jacobian(w, np.ones((FAR + 1, 1, 2)), activation=identity)
    assert found.log_norm() == pytest.approx([FAR * LOG_2], rel=1e-11)
    assert jacobian_bound(w, FAR, activation=identity).log_bound() == pytest.approx(FAR * LOG_2, rel=1e-11)
    assert jacobian_bound(w, FAR, activation=identity).bound() == math.inf
    with pytest.raises(NotFiniteError) as caught:
        found.norm()
    assert str(caught.value) == "norm[0] is inf; needed is a finite number"
    with pytest.raises(NotFiniteError, match=r"^jacobian in float64\[0, 0, 0\] is -?inf; needed is a finite"):
        found.matrix()


def test_powers_of_two_are_exact_over_any_number_of_steps() -> None:
    found = jacobian([[0.0, -2.0], [2.0, 0.0]], np.zeros((4 * 500 + 2, 1, 2)), activation=identity)
    assert found.mantissa.tolist() == [[[0, -0.5], [0.5, 0]]]
    assert found.exponent.tolist() == [2002]
    assert found.log_norm() == pytest.approx([2001 * LOG_2], rel=1e-15)


def test_large_delta_is_not_sufficient_where_the_weights_are_nilpotent() -> None:
    w = np.array([[0.0, 1000.0], [0.0, 0.0]])
    assert jacobian_bound(w, 2, activation=identity).delta == pytest.approx(1000)
    assert jacobian(w, resting(w, 1, [1.0, 1.0], identity), activation=identity).norm() == [1000]
    found = jacobian(w, resting(w, 2, [1.0, 1.0], identity), activation=identity)
    assert (found.norm().tolist(), found.log_norm().tolist()) == ([0], [-math.inf])


def test_large_delta_is_not_sufficient_where_the_activation_saturates() -> None:
    w = 5 * np.eye(2)
    found = jacobian(w, resting(w, 200, [3.0, -3.0], tanh), activation=tanh)
    assert jacobian_bound(w, 200, activation=tanh).delta == pytest.approx(5)
    assert found.log_norm()[0] < -1000


def test_large_delta_is_not_sufficient_where_no_unit_is_active() -> None:
    w = -3 * np.eye(2)
    found = jacobian(w, resting(w, 3, [1.0, 2.0], relu), activation=relu)
    assert (jacobian_bound(w, 3, activation=relu).delta, found.log_norm().tolist()) == (3, [-math.inf])


def test_gradients_of_different_sequences_have_exponents_of_their_own() -> None:
    h = np.zeros((FAR // 20 + 1, 3, 1))
    h[:, 1] = 1.0
    h[:-1:2, 2] = 1.0
    leaky = Activation("leaky", lambda x: x, lambda x: np.where(x > 0, 1.0, 0.25), gamma=1.0)
    found = jacobian([[2.0]], h, activation=leaky)
    steps = FAR // 20
    assert found.log_norm() == pytest.approx([-steps * LOG_2, steps * LOG_2, 0], rel=1e-14)
    assert found.exponent.tolist() == [1 - steps, 1 + steps, 1]


def test_weights_near_the_ends_of_the_floats() -> None:
    for power in (-1074, -1000, 1000, 1023):
        w, h = np.ldexp(np.eye(2), power), np.zeros((4, 1, 2))
        found, limit = jacobian(w, h, activation=tanh), jacobian_bound(w, 3, activation=tanh)
        assert found.log_norm() == pytest.approx([3 * power * LOG_2], rel=1e-14)
        assert limit.log_bound() == pytest.approx(3 * power * LOG_2, rel=1e-14)


def test_bound_has_its_logarithm_where_delta_is_no_float() -> None:
    tiny, huge = (Activation("scaled", np.positive, np.ones_like, gamma) for gamma in (1e-200, 1e200))
    below, beyond = (
        jacobian_bound([[1e-200]], 2, activation=tiny),
        jacobian_bound([[1e200]], 2, activation=huge),
    )
    assert (below.delta, beyond.delta, beyond.bound()) == (0, math.inf, math.inf)
    assert below.log_bound() == pytest.approx(-800 * math.log(10), rel=1e-14)
    assert beyond.log_bound() == pytest.approx(800 * math.log(10), rel=1e-14)


def test_bound_of_no_weights_is_zero_but_for_no_steps() -> None:
    limit = jacobian_bound(np.zeros((2, 2)), 3, activation=tanh)
    assert (limit.delta, limit.log_delta, limit.bound(), limit.log_bound()) == (0, -math.inf, 0, -math.inf)
    nothing = jacobian_bound(np.zeros((2, 2)), 0, activation=tanh)
    assert (nothing.bound(), nothing.log_bound()) == (1, 0)
