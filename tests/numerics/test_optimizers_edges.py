"""What optimizers take, give back and refuse."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from numerics.errors import (
    ArgumentError,
    DegenerateError,
    ElementTypeError,
    NotFiniteError,
    NumericsError,
    ShapeError,
)
from numerics.optimizers import Rule, adam, adam_delta_inside, sgd

RULES = [sgd(learning_rate=0.25, momentum=0.5, l2=0.1), adam(decoupled=0.1), adam_delta_inside()]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("shape", [(), (0,), (1,), (2, 0, 3), (2, 3), (1, 2, 2)])
def test_theta_has_any_shape(rule: Rule, shape: tuple[int, ...]) -> None:
    theta = np.arange(math.prod(shape), dtype=float).reshape(shape)
    visited = rule.trajectory(theta, np.sin, 2)
    assert visited.shape == (3, *shape)
    np.testing.assert_array_equal(visited[0], theta)
    flat = rule.trajectory(theta.ravel(), np.sin, 2)
    np.testing.assert_array_equal(visited.reshape(3, -1), flat)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_element_type_is_kept_and_steps_add_up_in_float64(rule: Rule, dtype: type[np.floating]) -> None:
    state = rule.step(rule.start(np.ones(2, dtype)), np.ones(2))
    assert (state.theta.dtype, state.master.dtype) == (dtype, np.float64)
    assert rule.trajectory(np.ones(2, dtype), np.sin, 1).dtype == dtype
    np.testing.assert_array_equal(state.theta, state.master.astype(dtype))


def test_steps_too_small_for_float16_are_not_lost() -> None:
    rule = sgd(learning_rate=2.0**-14)
    assert rule.trajectory(np.ones(1, np.float16), np.ones_like, 2**10)[-1] == 1 - 2.0**-4


def test_integers_become_float64() -> None:
    assert sgd(learning_rate=0.5).trajectory([4, 2], lambda theta: theta, 1).tolist() == [[4, 2], [2, 1]]
    assert sgd(learning_rate=Fraction(1, 2)).start(1).theta.dtype == np.float64


@pytest.mark.parametrize("rule", RULES)
def test_zero_gradients_move_nothing_but_by_decay(rule: Rule) -> None:
    assert rule.trajectory(np.zeros(3), np.zeros_like, 3).tolist() == np.zeros((4, 3)).tolist()


@pytest.mark.parametrize("rule", [sgd(learning_rate=0.25, momentum=0.5), adam(), adam_delta_inside()])
def test_without_gradient_and_decay_theta_stays(rule: Rule) -> None:
    assert rule.trajectory([1.0, -2.0], np.zeros_like, 2).tolist() == [[1, -2]] * 3


def test_no_steps_give_the_start() -> None:
    assert sgd(learning_rate=1.0).trajectory([3.0], np.sin, 0).tolist() == [[3.0]]


@pytest.mark.parametrize("rule", RULES)
def test_inputs_are_not_modified_and_may_be_any_view(rule: Rule) -> None:
    base = np.arange(24.0).reshape(4, 6)
    base.flags.writeable = False
    views = [base[::2, ::3], base.T[:2, ::-2].T[:2], np.asfortranarray(base)[:2, -1:-3:-1], base[:2, :2]]
    for view in views:
        state = rule.step(rule.step(rule.start(view), view), view)
        again = rule.step(rule.step(rule.start(view.copy()), view.copy()), view.copy())
        np.testing.assert_array_equal(state.theta, again.theta)
    np.testing.assert_array_equal(base, np.arange(24.0).reshape(4, 6))


@pytest.mark.parametrize("rule", RULES)
def test_states_are_immutable_and_share_nothing_with_their_inputs(rule: Rule) -> None:
    theta, gradient = np.ones(2), np.ones(2)
    first = rule.start(theta)
    second = rule.step(first, gradient)
    before = [array.copy() for array in (second.theta, second.master, *second.memory)]
    theta[:], gradient[:] = 9.0, 9.0
    rule.step(second, gradient)
    for array, kept in zip((second.theta, second.master, *second.memory), before, strict=True):
        np.testing.assert_array_equal(array, kept)
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0
    assert (first.theta.tolist(), first.steps, second.steps) == ([1.0, 1.0], 0, 1)


def test_big_endian_theta_becomes_native() -> None:
    assert sgd(learning_rate=0.5).start(np.array([1.0, 2.0], ">f4")).theta.dtype == np.float32


def test_steps_do_not_depend_on_how_numpy_treats_floating_point_errors() -> None:
    with np.errstate(all="raise"):
        for rule in (sgd(learning_rate=1e-300), adam(delta=0.0)):
            rule.trajectory([1e-300], lambda theta: 1e-300 * np.ones(1), 2)
        sgd(learning_rate=1.0).step(sgd(learning_rate=1.0).start(np.float16([1e-3])), [1e-3])


#: an error, its message, and what raises it
WRONG: list[tuple[type[NumericsError], str, Callable[[], Any]]] = [
    (
        ArgumentError,
        "learning_rate is -1; needed is a number in [0, inf)",
        lambda: sgd(learning_rate=-1),
    ),
    (
        ArgumentError,
        "learning_rate is nan; needed is a number in [0, inf)",
        lambda: adam(learning_rate=math.nan),
    ),
    (ArgumentError, "learning_rate is True; needed is a number in [0, inf)", lambda: sgd(learning_rate=True)),
    (
        ArgumentError,
        "learning_rate at step 2 is inf; needed is a number in [0, inf)",
        lambda: sgd(learning_rate=[1.0, math.inf]),
    ),
    (
        ArgumentError,
        "learning_rate at step 1 is 'f'; needed is a number in [0, inf)",
        lambda: sgd(learning_rate="fast"),
    ),
    (
        ArgumentError,
        "learning_rate at step 2 is -1; needed is a number in [0, inf)",
        lambda: sgd(learning_rate=lambda t: 1 - 2 * (t == 2)).trajectory(0.0, np.sin, 2),
    ),
    (
        ArgumentError,
        "learning_rate has 1 values; needed is one for step 2",
        lambda: sgd(learning_rate=[1.0]).trajectory(0.0, np.sin, 2),
    ),
    (ArgumentError, "l2 is -0.5; needed is a number in [0, inf)", lambda: adam(l2=-0.5)),
    (ArgumentError, "decoupled is None; needed is a number in [0, inf)", lambda: adam(decoupled=None)),
    (
        ArgumentError,
        "momentum is 1.5; needed is a number in [0, 1]",
        lambda: sgd(learning_rate=1.0, momentum=1.5),
    ),
    (
        ArgumentError,
        "dampening is -1; needed is a number in [0, 1]",
        lambda: sgd(learning_rate=1.0, momentum=0.5, dampening=-1),
    ),
    (
        ArgumentError,
        "dampening is 0.5 and momentum is 0; needed is a momentum above 0",
        lambda: sgd(learning_rate=1.0, dampening=0.5),
    ),
    (
        ArgumentError,
        "nesterov with momentum 0.0 and dampening 0.0; needed are a momentum above 0 and no dampening",
        lambda: sgd(learning_rate=1.0, nesterov=True),
    ),
    (
        ArgumentError,
        "nesterov with momentum 0.5 and dampening 0.5; needed are a momentum above 0 and no dampening",
        lambda: sgd(learning_rate=1.0, momentum=0.5, dampening=0.5, nesterov=True),
    ),
    (ArgumentError, "rho1 is 1; needed is a number in [0, 1)", lambda: adam(rho1=1)),
    (ArgumentError, "rho2 is -0.1; needed is a number in [0, 1)", lambda: adam_delta_inside(rho2=-0.1)),
    (
        ArgumentError,
        f"delta is {10**400}; needed is a number in [0, inf)",
        lambda: adam(delta=10**400),
    ),
    (
        ArgumentError,
        "steps is -1; needed is a whole number of at least 0",
        lambda: adam().trajectory(0.0, np.sin, -1),
    ),
    (
        ElementTypeError,
        "theta: elements are complex128; needed are float16, float32 or float64",
        lambda: adam().start(1j),
    ),
    (
        ElementTypeError,
        "gradient of step 1: elements are <U1; needed are float16, float32 or float64",
        lambda: adam().step(adam().start(1.0), "g"),
    ),
    (
        ShapeError,
        "gradient of step 2: its shape is (); needed is (1)",
        lambda: adam().step(adam().step(adam().start([1.0]), [1.0]), 1.0),
    ),
    (
        NotFiniteError,
        "theta[1] is nan; needed is a finite number",
        lambda: adam().start([1.0, math.nan]),
    ),
    (
        NotFiniteError,
        "gradient of step 1[0, 1] is -inf; needed is a finite number",
        lambda: adam().step(adam().start([[1.0, 1.0]]), [[1.0, -math.inf]]),
    ),
    (
        NotFiniteError,
        "theta in float64 after step 2[0] is inf; needed is a finite number",
        lambda: sgd(learning_rate=1e200).trajectory([1.0], lambda theta: theta * 1.0, 2),
    ),
    (
        NotFiniteError,
        "theta in float16 after step 1[1] is inf; needed is a finite number",
        lambda: sgd(learning_rate=1.0).trajectory(np.float16([1, 6e4]), lambda theta: -theta, 1),
    ),
    (
        NotFiniteError,
        "theta in float64 after step 1[0] is nan; needed is a finite number",
        lambda: adam(l2=1e308).trajectory([1e10], np.zeros_like, 1),
    ),
    (
        DegenerateError,
        "adam divides 0 by 0 at step 1, at [1]: delta is 0, and so is the mean of the squared gradients; "
        "needed is a delta above 0",
        lambda: adam(delta=0).step(adam(delta=0).start([1.0, 0.0]), [1.0, 0.0]),
    ),
]


@pytest.mark.parametrize(("kind", "message", "act"), WRONG, ids=[message[:40] for _, message, _ in WRONG])
def test_mistake_is_named(kind: type[NumericsError], message: str, act: Callable[[], Any]) -> None:
    with pytest.raises(kind) as caught:
        act()
    assert type(caught.value) is kind
    assert str(caught.value) == message


def test_position_of_what_is_not_finite_is_given() -> None:
    with pytest.raises(NotFiniteError) as caught:
        adam().step(adam().start(np.ones((2, 2))), [[1.0, 1.0], [math.nan, math.inf]])
    assert caught.value.position == (1, 0)


def test_weight_that_had_a_gradient_once_may_have_none_later() -> None:
    rule = adam(delta=0.0)
    state = rule.step(rule.start([1.0]), [1.0])
    assert np.isfinite(rule.step(state, [0.0]).theta).all()
