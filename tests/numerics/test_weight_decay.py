"""L2 regularization and decoupled weight decay: where they are the same, and what each does to weights."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.optimizers import Rule, adam, adam_delta_inside, sgd

EIGHTHS = st.integers(-16, 16).map(lambda k: k / 8)
RATES = st.integers(0, 8).map(lambda k: k / 8)
THETA = np.array([1.0, -2.0, 0.5])


def affine(slope: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda theta: slope * theta - 0.75


@given(EIGHTHS, RATES, RATES, EIGHTHS)
def test_sgd_with_l2_is_sgd_with_weight_decay_to_the_bit(
    theta: float, rate: float, gamma: float, slope: float
) -> None:
    regularized = sgd(learning_rate=rate, l2=gamma).trajectory(theta, affine(slope), 3)
    decayed = sgd(learning_rate=rate, decoupled=2 * rate * gamma).trajectory(theta, affine(slope), 3)
    t, exact = Fraction(theta), [Fraction(theta)]
    for _ in range(3):
        loss = Fraction(slope) * t - Fraction(3, 4)
        t = t - Fraction(rate) * loss - 2 * Fraction(rate) * Fraction(gamma) * t
        exact.append(t)
    assert [Fraction(float(value)) for value in regularized] == exact
    assert [Fraction(float(value)) for value in decayed] == exact


@given(st.lists(st.floats(0.0, 1.0), min_size=6, max_size=6), st.floats(0.0, 1.0))
def test_sgd_with_l2_is_sgd_with_weight_decay_for_rates_that_change(rates: list[float], gamma: float) -> None:
    regularized = sgd(learning_rate=rates, l2=gamma).trajectory(THETA, np.sin, 6)
    decayed = sgd(learning_rate=rates, decoupled=[2 * rate * gamma for rate in rates]).trajectory(
        THETA, np.sin, 6
    )
    np.testing.assert_allclose(regularized, decayed, rtol=1e-12, atol=1e-12)


def both(
    momentum: float,
    *,
    nesterov: bool = False,
    dampening: float = 0.0,
    gradient: Callable[[np.ndarray], np.ndarray] = np.cos,
) -> tuple[np.ndarray, np.ndarray]:
    """Trajectories for γ = 1/4, and for λ = 2ηγ."""
    shared = {"learning_rate": 0.5, "momentum": momentum, "nesterov": nesterov, "dampening": dampening}
    return (
        sgd(**shared, l2=0.25).trajectory(THETA, gradient, 3),
        sgd(**shared, decoupled=0.25).trajectory(THETA, gradient, 3),
    )


def test_with_momentum_the_two_agree_for_one_step_only() -> None:
    regularized, decayed = both(0.5)
    np.testing.assert_allclose(regularized[1], decayed[1], rtol=1e-15)
    assert np.all(np.abs(regularized[2:] - decayed[2:]) > 0.01)


def test_with_nesterovs_form_the_two_differ_at_once() -> None:
    regularized, decayed = both(0.5, nesterov=True)
    assert np.all(np.abs(regularized[1:] - decayed[1:]) > 0.01)


def test_first_step_of_nesterovs_form_decays_by_one_plus_momentum_times_as_much() -> None:
    regularized = sgd(learning_rate=0.5, momentum=0.5, nesterov=True, l2=0.25)
    decayed = sgd(learning_rate=0.5, momentum=0.5, nesterov=True, decoupled=0.25 * 1.5)
    first = (rule.trajectory(THETA, np.cos, 1)[1] for rule in (regularized, decayed))
    np.testing.assert_allclose(*first, rtol=1e-15)


def test_dampening_makes_up_for_the_memory_only_where_there_is_no_loss() -> None:
    # from step 2 on the velocity has μ 2γθ_{t-2} too much and τ 2γθ_{t-1} too little; without a loss
    # θ_{t-1} = (3/4) θ_{t-2}, so for μ = (3/4) τ the one makes up for the other
    regularized, decayed = both(0.375, dampening=0.5, gradient=np.zeros_like)
    np.testing.assert_array_equal(regularized, decayed)
    regularized, decayed = both(0.375, dampening=0.5)
    assert np.all(regularized[2:] != decayed[2:])


def decay_of(regularized: Rule, plain: Rule, theta: np.ndarray, magnitudes: np.ndarray) -> np.ndarray:
    """By which fraction each weight is smaller for the decay, after gradients of alternating sign."""
    ends = []
    for rule in (regularized, plain):
        state = rule.start(theta)
        for t in range(40):
            state = rule.step(state, magnitudes * (-1) ** t)
        ends.append(state.theta)
    return (ends[1] - ends[0]) / theta


@pytest.mark.parametrize("make", [adam, adam_delta_inside])
def test_adam_with_l2_shrinks_weights_of_small_gradients_more(make: Callable[..., Rule]) -> None:
    magnitudes = np.array([0.01, 0.1, 1.0, 10.0])
    shrunk = decay_of(make(l2=1e-5), make(), np.ones(4), magnitudes)
    assert np.all(shrunk > 0)
    np.testing.assert_allclose(shrunk[:-1] / shrunk[1:], 10, rtol=0.05)


@pytest.mark.parametrize("make", [adam, adam_delta_inside])
def test_adam_with_decoupled_decay_shrinks_all_weights_by_the_same_factor(make: Callable[..., Rule]) -> None:
    magnitudes = np.array([1e-3, 0.1, 1.0, 100.0])
    theta = np.array([3.0, -1.0, 0.5, 100.0])
    one, other = make(decoupled=0.01), make(decoupled=0.01)
    state, from_zero = one.start(theta), other.start(np.zeros(4))
    for t in range(40):
        state, from_zero = (
            one.step(state, magnitudes * np.cos(t)),
            other.step(from_zero, magnitudes * np.cos(t)),
        )
    np.testing.assert_allclose((state.theta - from_zero.theta) / theta, 0.99**40, rtol=1e-12)


def test_no_decoupled_decay_does_to_adam_what_l2_does() -> None:
    theta, magnitudes = np.ones(2), np.array([0.01, 10.0])
    regularized = decay_of(adam(l2=1e-5), adam(), theta, magnitudes)
    decayed = decay_of(adam(decoupled=1e-5), adam(), theta, magnitudes)
    assert regularized[0] / regularized[1] > 900
    assert decayed[0] / decayed[1] == pytest.approx(1, rel=1e-7)


def test_adam_with_l2_alone_moves_every_weight_by_the_step_size_whatever_its_magnitude() -> None:
    rule = adam(learning_rate=0.125, delta=0.0, l2=0.3)
    moved = rule.trajectory([1.0, -2.0, 64.0], np.zeros_like, 1)[1]
    assert moved.tolist() == [0.875, -1.875, 63.875]


def test_decoupled_decay_is_not_multiplied_by_the_learning_rate() -> None:
    for rule in (sgd(learning_rate=0.0, decoupled=0.25), adam(learning_rate=0.0, decoupled=0.25)):
        assert rule.trajectory([8.0, -16.0], np.cos, 2).tolist() == [[8, -16], [6, -12], [4.5, -9]]


def test_l2_is_the_gradient_of_gamma_times_the_squared_norm() -> None:
    state = sgd(learning_rate=1.0, l2=0.25).start(THETA)
    moved = sgd(learning_rate=1.0, l2=0.25).step(state, np.zeros(3)).theta
    np.testing.assert_array_equal(THETA - moved, 2 * 0.25 * THETA)
