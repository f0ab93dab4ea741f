"""Normalizations at their edges: constants, no elements, huge ones, and what is refused."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from numerics import normalization
from numerics.errors import ArgumentError, DegenerateError, ElementTypeError, NotFiniteError, ShapeError
from numerics.normalization import (
    Moments,
    batch_norm,
    batch_norm_grad,
    group_norm,
    group_norm_grad,
    instance_norm,
    instance_norm_grad,
    layer_norm,
    layer_norm_grad,
    moments,
    rms_norm,
    rms_norm_grad,
    running_moments,
    weight_norm,
    weight_norm_grad,
)

DTYPES = [np.float16, np.float32, np.float64]


def raises(error, message):
    return pytest.raises(error, match=f"^{re.escape(message)}$")


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("value", [0.1, -3.0, 60000.0])
def test_a_constant_feature_is_sent_to_beta(dtype, value):
    x = np.full((7, 3, 11), value, dtype=dtype)
    beta = np.array([0.3, -2.0, 0.0], dtype=dtype)
    expected = np.broadcast_to(beta[None, :, None], x.shape)
    for y in (
        batch_norm(x, gamma=[2, 3, 4], beta=beta),
        instance_norm(x, gamma=[2, 3, 4], beta=beta),
        group_norm(x, 1, gamma=[2, 3, 4], beta=beta),
        layer_norm(x, beta=np.ascontiguousarray(expected[0])),
    ):
        assert np.array_equal(y, expected)
    found = moments(x, axes=(0, 2))
    assert found.mean.tolist() == [dtype(value)] * 3
    assert found.variance.tolist() == [0.0] * 3
    assert not batch_norm_grad(np.ones_like(x), x).gamma.any()


def test_one_element_a_group_is_sent_to_beta():
    x = np.array([[3.0, -4.0]])
    assert batch_norm(x, beta=[0.5, 1.5]).tolist() == [[0.5, 1.5]]
    assert instance_norm(x, beta=[0.5, 1.5]).tolist() == [[0.5, 1.5]]
    assert group_norm(x, 2, beta=[0.5, 1.5]).tolist() == [[0.5, 1.5]]
    assert layer_norm(x.T, beta=[0.25]).tolist() == [[0.25], [0.25]]
    assert rms_norm(x.T, eps=0).tolist() == [[1.0], [-1.0]]
    assert not batch_norm_grad(np.ones((1, 2)), x).x.any()


def test_an_empty_batch_has_an_empty_result():
    x = np.zeros((0, 4), dtype=np.float32)
    assert (
        layer_norm(x).shape == rms_norm(x).shape == group_norm(x, 2).shape == instance_norm(x).shape == (0, 4)
    )
    found = layer_norm_grad(x, x)
    assert (found.x.shape, found.gamma.tolist(), found.beta.tolist()) == ((0, 4), [0.0] * 4, [0.0] * 4)
    assert moments(x, axes=1).mean.shape == (0,)


@pytest.mark.parametrize("shape", [(0, 4), (3, 4, 0)])
def test_a_channel_without_elements_has_no_mean(shape):
    with raises(ShapeError, f"x: its shape is {shape}, so a group has no element; needed is at least one"):
        batch_norm(np.zeros(shape))


def test_a_variance_of_zero_is_not_divided_by():
    x = np.array([[1.0, 5.0, 5.0], [2.0, 5.0, 7.0]])
    message = (
        "x: the variance of group (1,) is 0 and eps is 0; "
        "needed is a sum of at least 1.02613e-289, to divide by its root"
    )
    for function in (batch_norm, lambda x, eps: batch_norm_grad(x, x, eps=eps)):
        with raises(DegenerateError, message) as caught:
            function(x, eps=0)
        assert caught.value.position == (1,)
    with pytest.raises(DegenerateError, match="mean square of group") as caught:
        rms_norm(np.zeros((2, 3, 4)), axes=1, eps=0.0)
    assert caught.value.position == (0, 0)
    with pytest.raises(DegenerateError) as caught:
        group_norm(np.ones((2, 4, 3)) * np.arange(24).reshape(2, 4, 3) * [[[1]], [[0]]], 2, eps=0)
    assert caught.value.position == (1, 0)


def test_a_variance_below_the_floats_is_not_divided_by():
    with pytest.raises(DegenerateError, match=r"is 1e-3\d\d and eps is 0; needed"):
        batch_norm([[1e-155], [-1e-155]], eps=0)
    with pytest.raises(DegenerateError, match="is 0 and eps is 0; needed"):
        batch_norm([[1e-200], [-1e-200]], eps=0)
    assert batch_norm([[1e-130], [-1e-130]], eps=0).ravel().tolist() == [1.0, -1.0]
    assert batch_norm(np.array([[1e-44], [-1e-44]], dtype=np.float32), eps=0).ravel().tolist() == [1.0, -1.0]


def test_squares_beyond_float64_are_an_error_and_not_nan():
    for x in ([[1e200], [-1e200]], [[1.7e308], [-1.7e308]]):
        with raises(
            ArgumentError, "x: the squares in group (0,) exceed float64; needed are smaller elements"
        ):
            batch_norm(x)
        with pytest.raises(ArgumentError, match="exceed float64"):
            moments(x, axes=0)
    with pytest.raises(ArgumentError, match=r"in group \(1,\) exceed float64"):
        rms_norm([[1.0], [1e200]])
    assert batch_norm([[1e200], [1e200]]).tolist() == [[0.0], [0.0]]


def test_the_largest_float32_and_float16_are_no_trouble():
    for dtype in (np.float16, np.float32):
        most = np.finfo(dtype).max
        assert batch_norm(np.array([[most], [-most]], dtype=dtype)).ravel().tolist() == [1.0, -1.0]
        with raises(ArgumentError, f"variance at () exceeds {np.dtype(dtype)}"):
            moments(np.array([most, -most], dtype=dtype), axes=0)


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_result_beyond_the_dtype_is_an_error_and_not_an_infinity(dtype):
    most = np.finfo(dtype).max
    x = np.array([[0.0], [3.0], [0.0], [0.0], [0.0]], dtype=dtype)
    with raises(ArgumentError, f"y at (1, 0) exceeds {np.dtype(dtype)}"):
        batch_norm(x, gamma=np.array([most]))
    with raises(ArgumentError, f"y at (1, 0) exceeds {np.dtype(dtype)}"):
        batch_norm(x, gamma=np.array([most]) / dtype(1.5))
    with raises(ArgumentError, f"y at (0, 1) exceeds {np.dtype(dtype)}"):
        layer_norm(x.T, gamma=np.full(5, most))
    with pytest.raises(ArgumentError, match=rf"the gradient of (x|beta) at .* exceeds {np.dtype(dtype)}"):
        batch_norm_grad(np.full((5, 1), most, dtype=dtype), x, eps=1e12)
    with pytest.raises(ArgumentError, match=rf"the gradient of x at .* exceeds {np.dtype(dtype)}"):
        batch_norm_grad(np.array([[most], [0], [0], [0], [0]], dtype=dtype), x / 64, gamma=[1000.0])
    with raises(ArgumentError, f"y at (1, 0) exceeds {np.dtype(dtype)}"):
        batch_norm(x, gamma=[most], moments=Moments([0.0], [1.0]))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_are_refused_with_their_position_in_x(dtype, value):
    x, dy = np.random.default_rng(0).normal(size=(2, 3, 4, 5)).astype(dtype)
    broken = x.copy()
    broken[1, 2, 3] = broken[2, 3, 4] = value
    message = f"[1, 2, 3] is {dtype(value)}; needed is a finite number"
    for form in (broken, np.asfortranarray(broken)):
        for call in (
            lambda x: batch_norm(x),
            lambda x: batch_norm(x, moments=Moments(np.zeros(4), np.ones(4))),
            lambda x: instance_norm(x),
            lambda x: group_norm(x, 2),
            lambda x: layer_norm(x),
            lambda x: layer_norm(x, 0),
            lambda x: rms_norm(x),
            lambda x: moments(x, (0, 2)),
            lambda x: running_moments(Moments(np.zeros(4), np.ones(4)), x, momentum=0.1, unbiased=True),
            lambda x: layer_norm_grad(dy, x),
            lambda x: group_norm_grad(dy, x, 2),
        ):
            with raises(NotFiniteError, f"x{message}") as caught:
                call(form)
            assert caught.value.position == (1, 2, 3)
        for gradient in (
            batch_norm_grad,
            instance_norm_grad,
            layer_norm_grad,
            rms_norm_grad,
            lambda dy, x: group_norm_grad(dy, x, 4),
        ):
            with raises(NotFiniteError, f"dy{message}"):
                gradient(form, x)
        with raises(NotFiniteError, f"u{message}"):
            weight_norm(form, np.ones((3, 4), dtype=dtype), 2)
        with raises(NotFiniteError, f"dw{message}"):
            weight_norm_grad(form, x, np.ones((3, 4)), 2)


def test_parameters_must_be_finite_and_fit():
    x = np.zeros((2, 3, 4))
    with raises(NotFiniteError, "gamma[1] is nan; needed is a finite number"):
        batch_norm(x, gamma=[1, np.nan, 1])
    with raises(ShapeError, "beta: its shape is (4,); needed is (3)"):
        instance_norm(x, beta=np.zeros(4))
    with raises(ShapeError, "gamma: its shape is (3,); needed is (3, 4)"):
        layer_norm(x, gamma=np.ones(3))
    with raises(ShapeError, "dy: its shape is (2, 3); needed is (2, 3, 4)"):
        rms_norm_grad(np.zeros((2, 3)), x)
    with raises(ElementTypeError, "x: elements are complex128; needed are float16, float32 or float64"):
        batch_norm(np.zeros((2, 2), dtype=complex))
    with raises(ShapeError, "x: its shape is (3,); needed is (batch, channels, *features)"):
        batch_norm(np.zeros(3))
    with raises(ShapeError, "x: its shape is (3,); needed is (batch, *features), or the axes"):
        layer_norm(np.zeros(3))
    with raises(ShapeError, "g: its shape is (2,); needed is (3)"):
        weight_norm(np.ones((3, 2)), np.ones(2), 1)


@pytest.mark.parametrize("eps", [-1e-5, math.nan, math.inf, "0", True, None])
def test_eps_must_be_finite_and_not_negative(eps):
    for function in (batch_norm, layer_norm, rms_norm, instance_norm):
        with raises(ArgumentError, f"eps is {eps!r}; needed is a finite number of at least 0"):
            function(np.ones((2, 2)), eps=eps)


def test_axes_must_be_those_of_x():
    x = np.zeros((2, 3))
    for axes, message in (
        (2, "axes: 2 is not an axis of x, whose shape is (2, 3)"),
        (-3, "axes: -3 is not an axis of x, whose shape is (2, 3)"),
        (1.0, "axes: 1.0 is not an axis of x, whose shape is (2, 3)"),
        (True, "axes: True is not an axis of x, whose shape is (2, 3)"),
        ((0, -2), "axes: (0, -2) names an axis twice of x, whose shape is (2, 3)"),
        ((), "axes is empty; needed is at least one axis of x, whose shape is (2, 3)"),
    ):
        with raises(ArgumentError, message):
            moments(x, axes)
        with raises(ArgumentError, message):
            layer_norm(x, axes)
        with raises(ArgumentError, message.replace(" x,", " u,")):
            weight_norm(x, 1.0, axes)


def test_groups_must_divide_the_channels():
    with raises(ArgumentError, "groups is 4; needed is a divisor of the 6 channels"):
        group_norm(np.zeros((1, 6)), 4)
    with raises(ArgumentError, "groups is 0; needed is a whole number of at least 1"):
        group_norm_grad(np.zeros((1, 6)), np.zeros((1, 6)), 0)


def test_running_moments_must_make_sense():
    before = Moments([0.0, 0.0], [1.0, 1.0])
    with raises(
        ArgumentError, "unbiased: x, whose shape is (1, 2), has 1 element a channel; needed are at least 2"
    ):
        running_moments(before, [[1.0, 2.0]], momentum=0.1, unbiased=True)
    assert running_moments(before, [[1.0, 2.0]], momentum=0.5, unbiased=False).mean.tolist() == [0.5, 1.0]
    with raises(ArgumentError, "momentum is 1.5; needed is a finite number from 0 to 1"):
        running_moments(before, [[1.0, 2.0]], momentum=1.5, unbiased=False)
    with raises(ArgumentError, "running.variance[1] is -1.0; needed is at least 0"):
        running_moments(Moments([0.0, 0.0], [1.0, -1.0]), [[1.0, 2.0]], momentum=0.5, unbiased=False)
    with raises(ShapeError, "moments.mean: its shape is (2,); needed is (3)"):
        batch_norm(np.zeros((2, 3)), moments=before)


@pytest.mark.parametrize("dtype", DTYPES)
def test_running_moments_keep_the_dtype_of_those_before(dtype):
    before = Moments(np.zeros(1, dtype), np.ones(1, dtype))
    after = running_moments(before, np.array([[1.0], [3.0]], np.float16), momentum=0.1, unbiased=True)
    assert after.mean.dtype == after.variance.dtype == dtype


def test_gradients_of_parameters_have_the_dtype_of_gamma():
    x = np.random.default_rng(0).normal(size=(4, 3)).astype(np.float16)
    for gradient in (batch_norm_grad, layer_norm_grad):
        found = gradient(x.astype(np.float64), x, gamma=np.ones(3, np.float32))
        assert [part.dtype for part in found] == [np.float16, np.float32, np.float32]


def test_integers_become_float64():
    assert batch_norm([[1], [3]], eps=0).tolist() == [[-1.0], [1.0]]
    assert moments([[True, False]], axes=1).variance.tolist() == [0.25]


def test_moments_over_all_axes_are_scalars():
    found = moments(np.arange(6.0).reshape(2, 3), axes=(0, 1))
    assert (found.mean.shape, float(found.mean), float(found.variance)) == ((), 2.5, 35 / 12)


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_zero_weight_vector_has_no_direction(dtype):
    u = np.ones((2, 3, 2), dtype=dtype)
    u[1, 2] = 0
    message = "u: the vector at (1, 2) is 0; needed is a direction"
    for call in (
        lambda: weight_norm(u, np.ones((2, 3)), 2),
        lambda: weight_norm_grad(u, u, np.ones((2, 3)), 2),
    ):
        with raises(DegenerateError, message) as caught:
            call()
        assert caught.value.position == (1, 2)
    with raises(DegenerateError, "u: the vector at () is 0; needed is a direction"):
        weight_norm(np.zeros(3), 1.0, 0)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_ends_of_the_floats_have_directions_too(dtype):
    info = np.finfo(dtype)
    for size in (info.smallest_subnormal, info.max):
        u = np.array([[size, 0], [size, -size]], dtype=dtype)
        w = weight_norm(u, np.array([1, 1], dtype=dtype), 1)
        assert w.dtype == dtype
        assert np.allclose(w, [[1, 0], [math.sqrt(0.5), -math.sqrt(0.5)]], rtol=info.eps, atol=0)
    with pytest.raises(ArgumentError, match=r"the gradient of u at .* exceeds"):
        weight_norm_grad(
            np.array([[0, 1.0]]), np.array([[info.smallest_subnormal, 0]], dtype=dtype), [1e200], 1
        )


def test_weights_of_unit_length_are_left_alone_and_inputs_too():
    u, g = np.array([[0.6, 0.8]]), np.array([1.0])
    before = u.copy()
    u.setflags(write=False)
    assert weight_norm(u, g, 1).tolist() == [[0.6, 0.8]]
    assert np.array_equal(weight_norm(u[::-1, ::-1], g, 1), [[0.8, 0.6]])
    weight_norm_grad(u, u, g, 1)
    assert np.array_equal(u, before)


def test_every_public_name_is_there():
    assert normalization.__all__ == sorted(normalization.__all__)
    assert all(hasattr(normalization, name) for name in normalization.__all__)
