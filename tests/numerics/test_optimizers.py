"""SGD and Adam against the formulas of their sources, in exact rationals and in 50 digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from numerics.optimizers import Rule, adam, adam_delta_inside, sgd
from numerics.optimizers.adaptive import mean_weights

QUARTERS = st.integers(0, 4).map(lambda k: k / 4)
GENERATOR = np.random.default_rng(7)
GRADIENTS = GENERATOR.normal(size=(60, 3)) * [1.0, 1e-3, 1e3]
START = np.array([0.5, -0.25, 3.0])


def exact_sgd(
    theta: float,
    slope: int,
    steps: int,
    rate: float,
    mu: float,
    tau: float,
    nesterov: bool,
    l2: float,
    decay: float,
) -> list[Fraction]:
    """SGD on the loss slope θ²/2 + θ, by the update as PyTorch documents it, in exact rationals."""
    t, velocity, visited = Fraction(theta), Fraction(0), [Fraction(theta)]
    for i in range(steps):
        g = slope * t + 1 + 2 * Fraction(l2) * t
        velocity = g if i == 0 else Fraction(mu) * velocity + (1 - Fraction(tau)) * g
        moved = g + Fraction(mu) * velocity if nesterov else velocity
        t = t - Fraction(rate) * moved - Fraction(decay) * t
        visited.append(t)
    return visited


@given(
    st.integers(-8, 8),
    st.integers(-2, 2),
    QUARTERS,
    QUARTERS.filter(bool),
    QUARTERS,
    st.booleans(),
    QUARTERS,
    QUARTERS,
)
def test_sgd_is_its_formula_to_the_bit_where_floats_are_exact(
    theta: int, slope: int, rate: float, mu: float, tau: float, nesterov: bool, l2: float, decay: float
) -> None:
    tau = 0.0 if nesterov else tau
    rule = sgd(learning_rate=rate, momentum=mu, dampening=tau, nesterov=nesterov, l2=l2, decoupled=decay)
    found = rule.trajectory(theta, lambda t: slope * t + 1, 4)
    expected = exact_sgd(theta, slope, 4, rate, mu, tau, nesterov, l2, decay)
    assert [Fraction(float(value)) for value in found] == expected


def book_adam(
    start: Sequence[float],
    gradients: Sequence[Sequence[float]],
    denominator: Callable[[mpf], mpf],
    rate: float = 0.001,
    rho1: float = 0.9,
    rho2: float = 0.999,
    l2: float = 0.0,
    decay: float = 0.0,
) -> list[mpf]:
    """Algorithm 8.7 line by line, a weight at a time, in 50 digits."""
    last = []
    with mp.workdps(50):
        for i, value in enumerate(start):
            theta, s, r = mpf(float(value)), mpf(0), mpf(0)
            for t, row in enumerate(gradients, start=1):
                g = mpf(float(row[i])) + 2 * mpf(l2) * theta
                s = mpf(rho1) * s + (1 - mpf(rho1)) * g
                r = mpf(rho2) * r + (1 - mpf(rho2)) * g**2
                s_hat = s / (1 - mpf(rho1) ** t)
                r_hat = r / (1 - mpf(rho2) ** t)
                theta = theta - mpf(rate) * s_hat / denominator(r_hat) - mpf(decay) * theta
            last.append(theta)
    return last


def after(rule: Rule, start: np.ndarray, gradients: np.ndarray) -> np.ndarray:
    state = rule.start(start)
    for gradient in gradients:
        state = rule.step(state, gradient)
    return state.theta


@pytest.mark.parametrize("decays", [{}, {"l2": 0.02}, {"decay": 0.03}, {"l2": 0.02, "decay": 0.03}])
@pytest.mark.parametrize("delta", [1e-8, 0.25])
@pytest.mark.parametrize("inside", [False, True])
def test_adam_is_the_books_algorithm(inside: bool, delta: float, decays: dict[str, float]) -> None:
    make = adam_delta_inside if inside else adam
    rule = make(learning_rate=0.05, delta=delta, l2=decays.get("l2", 0.0), decoupled=decays.get("decay", 0.0))

    def denominator(r_hat: mpf) -> mpf:
        return mp.sqrt(r_hat + mpf(delta)) if inside else mp.sqrt(r_hat) + mpf(delta)

    expected = book_adam(START, GRADIENTS, denominator, rate=0.05, **decays)
    np.testing.assert_allclose(after(rule, START, GRADIENTS), np.array(expected, float), rtol=1e-13)


@pytest.mark.parametrize(
    ("rho1", "rho2"), [(0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.99, 0.99999), (0.3, 1 - 2**-40)]
)
def test_adam_is_the_books_algorithm_for_other_decay_rates(rho1: float, rho2: float) -> None:
    rule = adam(learning_rate=0.05, rho1=rho1, rho2=rho2)
    expected = book_adam(START, GRADIENTS, lambda r: mp.sqrt(r) + mpf(1e-8), rate=0.05, rho1=rho1, rho2=rho2)
    np.testing.assert_allclose(after(rule, START, GRADIENTS), np.array(expected, float), rtol=1e-12)


@pytest.mark.parametrize("scale", [2.0**900, 2.0**-900])
def test_adam_without_delta_does_not_depend_on_the_scale_of_the_gradients(scale: float) -> None:
    rule = adam(delta=0.0)
    np.testing.assert_array_equal(after(rule, START, GRADIENTS), after(rule, START, GRADIENTS * scale))


@given(st.floats(-1e308, 1e308).filter(bool), st.floats(1e-12, 1e12))
def test_first_step_of_adam_is_the_gradient_over_its_magnitude(gradient: float, delta: float) -> None:
    outside, inside = adam(learning_rate=0.5, delta=delta), adam_delta_inside(learning_rate=0.5, delta=delta)
    with mp.workdps(50):
        g, d = mpf(gradient), mpf(delta)
        expected = float(-g / (2 * (abs(g) + d))), float(-g / (2 * mp.sqrt(g**2 + d)))
    found = [float(rule.step(rule.start(0.0), gradient).theta) for rule in (outside, inside)]
    np.testing.assert_allclose(found, expected, rtol=1e-15, atol=5e-324)


@pytest.mark.parametrize("gradient", [5e-324, 1e-200, 1.0, 1e200, 1.7e308])
def test_first_step_of_adam_without_delta_is_the_sign(gradient: float) -> None:
    rule = adam(learning_rate=0.5, delta=0.0)
    assert rule.step(rule.start([0.0, 0.0]), [gradient, -gradient]).theta.tolist() == [-0.5, 0.5]


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9, 0.999, 1 - 2**-53])
@pytest.mark.parametrize("step", [1, 2, 3, 1000, 10**9])
def test_bias_correction_makes_a_mean(rho: float, step: int) -> None:
    kept, new = mean_weights(rho, step)
    assert kept + new == pytest.approx(1, rel=1e-15)
    with mp.workdps(50):
        exact = (1 - mpf(rho)) / (1 - mpf(rho) ** step)
        assert abs(new / exact - 1) < 1e-15
    if step == 1:
        assert (kept, new) == (0, 1)


def test_state_of_adam_holds_the_moments_of_the_book() -> None:
    rule = adam(rho1=0.5, rho2=0.75)
    state = rule.step(rule.step(rule.start(0.0), 3.0), 1.0)
    s, r = 0.5 * (0.5 * 3) + 0.5 * 1, 0.75 * (0.25 * 9) + 0.25 * 1
    assert (1 - 0.5**2) * state.memory.first == pytest.approx(s, rel=1e-15)
    assert (1 - 0.75**2) * state.memory.root_second**2 == pytest.approx(r, rel=1e-15)


def test_delta_inside_the_root_is_not_delta_outside() -> None:
    outside, inside = (after(make(delta=1e-2), START, GRADIENTS) for make in (adam, adam_delta_inside))
    assert np.all(outside != inside)


def test_without_delta_the_two_places_of_delta_are_the_same() -> None:
    outside, inside = (after(make(delta=0.0), START, GRADIENTS) for make in (adam, adam_delta_inside))
    np.testing.assert_array_equal(outside, inside)


def test_adam_does_not_drift() -> None:
    gradients = np.cos(np.arange(3000.0))[:, None]
    expected = book_adam([1.0], gradients, lambda r: mp.sqrt(r) + mpf(1e-8))
    np.testing.assert_allclose(after(adam(), np.ones(1), gradients), np.array(expected, float), rtol=1e-14)


@given(st.integers(1, 4).map(lambda k: k / 4), st.integers(-8, 8), st.integers(-2, 2))
def test_nesterovs_form_is_that_of_sutskever_at_the_look_ahead_point(
    mu: float, start: int, slope: int
) -> None:
    rate, position, velocity = 0.25, float(start), 0.0
    ahead = [position]
    for _ in range(4):
        velocity = mu * velocity - rate * (slope * (position + mu * velocity) + 1)
        position = position + velocity
        ahead.append(position + mu * velocity)
    rule = sgd(learning_rate=rate, momentum=mu, nesterov=True)
    assert rule.trajectory(start, lambda theta: slope * theta + 1, 4).tolist() == ahead


def test_rate_of_each_step_may_be_given_or_computed() -> None:
    def gradient(theta: np.ndarray) -> np.ndarray:
        return 2 * theta + 1

    for make in (sgd, adam):
        given_rates = make(learning_rate=[0.5, 0.25, 0.125], decoupled=np.array([0.25, 0.0, 0.5]))
        computed = make(learning_rate=lambda t: 0.5**t, decoupled=lambda t: [0.25, 0.0, 0.5][t - 1])
        by_hand = make(learning_rate=0.5, decoupled=0.25).trajectory(START, gradient, 1)
        found = given_rates.trajectory(START, gradient, 3)
        np.testing.assert_array_equal(found, computed.trajectory(START, gradient, 3))
        np.testing.assert_array_equal(found[:2], by_hand)
        assert not np.array_equal(
            found, make(learning_rate=0.5, decoupled=0.25).trajectory(START, gradient, 3)
        )


def test_trajectory_is_its_steps() -> None:
    for rule in (sgd(learning_rate=0.1, momentum=0.5), adam(), adam_delta_inside(l2=0.1)):
        state, visited = rule.start(START), rule.trajectory(START, np.sin, 3)
        assert visited.shape == (4, 3)
        for row in visited:
            np.testing.assert_array_equal(row, state.theta)
            state = rule.step(state, np.sin(state.theta))
