"""What the recurrent cell takes, gives back and refuses."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from numerics.errors import ArgumentError, ElementTypeError, NotFiniteError, NumericsError, ShapeError
from numerics.recurrent import (
    Activation,
    activated_jacobian,
    activated_states,
    identity,
    jacobian,
    jacobian_bound,
    relu,
    states,
    tanh,
)

FORMS = [states, activated_states]
JACOBIANS = [jacobian, activated_jacobian]


def a_cell(steps: int = 3, batch: int = 2, n: int = 2, m: int = 3) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(1).normal
    return {
        "x": draw(size=(steps, batch, m)),
        "start": draw(size=(batch, n)),
        "w": draw(size=(n, n)),
        "u": draw(size=(n, m)),
        "b": draw(size=n),
    }


@pytest.mark.parametrize(
    "sizes", [(0, 2, 2, 3), (0, 0, 1, 0), (1, 1, 1, 1), (3, 0, 2, 1), (3, 2, 1, 0), (2, 1, 3, 1)]
)
@pytest.mark.parametrize("form", FORMS)
def test_sizes_may_be_none_or_one(form: Callable[..., np.ndarray], sizes: tuple[int, ...]) -> None:
    steps, batch, n, _ = sizes
    cell = a_cell(*sizes)
    found = form(*cell.values(), activation=tanh)
    assert found.shape == (steps + 1, batch, n)
    np.testing.assert_array_equal(found[0], cell["start"])
    for of in JACOBIANS:
        moved = of(cell["w"], found, activation=tanh)
        assert moved.matrix().shape == (batch, n, n)
        assert moved.norm().shape == moved.log_norm().shape == (batch,)


@pytest.mark.parametrize("of", JACOBIANS)
def test_jacobian_of_no_steps_is_the_identity(of: Callable[..., Any]) -> None:
    found = of(np.ones((2, 2)), np.ones((1, 3, 2)), activation=tanh)
    np.testing.assert_array_equal(found.matrix(), [np.eye(2)] * 3)
    assert found.log_norm() == pytest.approx([0, 0, 0], abs=1e-15)


def test_each_jacobian_does_without_one_end() -> None:
    w, h = np.eye(2), np.ones((3, 1, 2))
    for of, unused in ((jacobian, -1), (activated_jacobian, 0)):
        other = h.copy()
        other[unused] = 7.0
        np.testing.assert_array_equal(
            of(w, h, activation=tanh).matrix(), of(w, other, activation=tanh).matrix()
        )


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("form", FORMS)
def test_element_type_is_kept_and_computed_in_float64(
    form: Callable[..., np.ndarray], dtype: type[np.floating]
) -> None:
    cell = [array.astype(dtype) for array in a_cell(20).values()]
    found = form(*cell, activation=tanh)
    exact = form(*(array.astype(float) for array in cell), activation=tanh)
    assert found.dtype == dtype
    np.testing.assert_array_equal(found, exact.astype(dtype))
    moved = jacobian(cell[2], found, activation=tanh)
    assert (moved.matrix().dtype, moved.mantissa.dtype, moved.norm().dtype) == (dtype, np.float64, np.float64)


def test_widest_element_type_is_returned() -> None:
    x, start, w, u, b = a_cell().values()
    assert states(
        x.astype("f2"), start.astype("f4"), *(a.astype("f2") for a in (w, u, b)), activation=tanh
    ).dtype == (np.float32)
    assert states([[[1]]], [[1]], [[1]], [[1]], [1], activation=relu).dtype == np.float64


@pytest.mark.parametrize("form", FORMS)
def test_arguments_are_not_modified_and_may_be_any_view(form: Callable[..., np.ndarray]) -> None:
    cell = list(a_cell().values())
    expected = form(*cell, activation=identity)
    moved = jacobian(cell[2], expected, activation=tanh)
    for view in (backwards, np.asfortranarray, swapped):
        views = [view(array) for array in cell]
        for array in views:
            array.flags.writeable = False
        np.testing.assert_array_equal(form(*views, activation=identity), expected)
        for array, kept in zip(views, cell, strict=True):
            np.testing.assert_array_equal(array, kept)
        again = jacobian(view(cell[2]), view(expected), activation=tanh)
        np.testing.assert_array_equal(again.mantissa, moved.mantissa)


def backwards(array: np.ndarray) -> np.ndarray:
    """The same values, with negative strides."""
    flipped = (slice(None, None, -1),) * array.ndim
    return array[flipped].copy()[flipped]


def swapped(array: np.ndarray) -> np.ndarray:
    """The same values, big-endian and with gaps."""
    return np.repeat(array, 2, axis=-1).astype(">f8")[..., ::2]


def test_states_share_nothing_with_the_start() -> None:
    cell = a_cell(0)
    states(*cell.values(), activation=tanh)[0] = 5.0
    assert not np.any(cell["start"] == 5.0)


def test_results_do_not_depend_on_how_numpy_treats_floating_point_errors() -> None:
    with np.errstate(all="raise"):
        h = states(np.full((3, 1, 1), 1e-300), [[1e-300]], [[1e-300]], [[1.0]], [0.0], activation=tanh)
        assert jacobian([[1e-300]], h, activation=tanh).log_norm()[0] < -2000
        assert jacobian([[0.0]], h, activation=tanh).log_norm()[0] == -math.inf
        assert jacobian_bound([[1e-300]], 5, activation=tanh).bound() == 0
        assert jacobian_bound([[1e300]], 5, activation=tanh).bound() == math.inf


def with_one(name: str, value: Any) -> Callable[[], Any]:
    """The states of a cell of which one argument is another."""
    return lambda: states(*{**a_cell(), name: value}.values(), activation=tanh)


#: an error, its message, and what raises it
WRONG: list[tuple[type[NumericsError], str, Callable[[], Any]]] = [
    (
        ShapeError,
        "w: its shape is (2, 3); needed is (n, n) with n at least 1",
        with_one("w", np.ones((2, 3))),
    ),
    (
        ShapeError,
        "w: its shape is (0, 0); needed is (n, n) with n at least 1",
        with_one("w", np.ones((0, 0))),
    ),
    (ShapeError, "x: its shape is (3, 2); needed is (any, any, any)", with_one("x", np.ones((3, 2)))),
    (ShapeError, "h0: its shape is (1, 2); needed is (2, 2)", with_one("start", np.ones((1, 2)))),
    (ShapeError, "u: its shape is (2, 2); needed is (2, 3)", with_one("u", np.ones((2, 2)))),
    (ShapeError, "b: its shape is (); needed is (2)", with_one("b", 0.0)),
    (
        ShapeError,
        "g0: its shape is (2,); needed is (2, 2)",
        lambda: activated_states(*{**a_cell(), "start": np.ones(2)}.values(), activation=tanh),
    ),
    (
        ShapeError,
        "h: its shape is (3, 2); needed is (any, any, 2)",
        lambda: jacobian(np.eye(2), np.ones((3, 2)), activation=tanh),
    ),
    (
        ShapeError,
        "h: its shape is (0, 1, 2); needed is (T + 1, any, 2) with T at least 0",
        lambda: jacobian(np.eye(2), np.ones((0, 1, 2)), activation=tanh),
    ),
    (
        ElementTypeError,
        "b: elements are complex128; needed are float16, float32 or float64",
        with_one("b", np.ones(2) * 1j),
    ),
    (
        NotFiniteError,
        "x[1, 0, 2] is nan; needed is a finite number",
        with_one("x", np.where(np.arange(18).reshape(3, 2, 3) == 8, math.nan, 0.0)),
    ),
    (NotFiniteError, "u[0, 0] is inf; needed is a finite number", with_one("u", np.full((2, 3), math.inf))),
    (
        NotFiniteError,
        "h[0, 0, 0] is nan; needed is a finite number",
        lambda: jacobian([[1.0]], [[[math.nan]]], activation=tanh),
    ),
    (
        NotFiniteError,
        "w[0, 0] is -inf; needed is a finite number",
        lambda: jacobian_bound([[-math.inf]], 1, activation=tanh),
    ),
    (
        NotFiniteError,
        "norm of w[] is inf; needed is a finite number",
        lambda: jacobian_bound(np.full((3, 3), 1e308), 1, activation=tanh),
    ),
    (
        NotFiniteError,
        "states in float64[3, 0, 0] is inf; needed is a finite number",
        lambda: states(np.zeros((5, 1, 0)), [[1.0]], [[1e150]], np.zeros((1, 0)), [0.0], activation=relu),
    ),
    (
        NotFiniteError,
        "states in float16[2, 0, 0] is inf; needed is a finite number",
        lambda: states(*(np.float16(v) for v in ([[[1]]] * 3, [[1]], [[300]], [[0]], [0])), activation=relu),
    ),
    (
        NotFiniteError,
        "jacobian in float16[0, 0, 0] is inf; needed is a finite number",
        lambda: jacobian(np.float16([[300]]), np.ones((3, 1, 1), np.float16), activation=relu).matrix(),
    ),
    (
        NotFiniteError,
        "mantissa of the jacobian[0, 0, 0] is nan; needed is a finite number",
        lambda: jacobian(
            [[1.0]], [[[1.0]]] * 2, activation=Activation("bad", np.abs, lambda x: x * math.nan, 1.0)
        ),
    ),
    (
        ArgumentError,
        "steps is -1; needed is a whole number of at least 0",
        lambda: jacobian_bound([[1.0]], -1, activation=tanh),
    ),
    (
        ArgumentError,
        "gamma of flat is 0.0; needed is a number in (0, inf)",
        lambda: Activation("flat", np.zeros_like, np.zeros_like, 0.0),
    ),
    (
        ArgumentError,
        "gamma of steep is nan; needed is a number in (0, inf)",
        lambda: Activation("steep", np.abs, np.sign, math.nan),
    ),
]


@pytest.mark.parametrize(("kind", "message", "act"), WRONG, ids=[message[:40] for _, message, _ in WRONG])
def test_mistake_is_named(kind: type[NumericsError], message: str, act: Callable[[], Any]) -> None:
    with pytest.raises(kind) as caught:
        act()
    assert type(caught.value) is kind
    assert str(caught.value) == message


def test_position_of_a_state_beyond_the_floats_begins_with_its_step() -> None:
    with pytest.raises(NotFiniteError) as caught:
        states(np.zeros((5, 2, 0)), [[0.0], [1.0]], [[1e150]], np.zeros((1, 0)), [0.0], activation=relu)
    assert caught.value.position == (3, 1, 0)
