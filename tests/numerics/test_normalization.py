"""Normalizations and their gradients are those of arithmetic with fifty digits, however x is stored."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics import normalization
from numerics.normalization import (
    Moments,
    batch_norm,
    layer_norm,
    moments,
    running_moments,
    weight_norm,
    weight_norm_grad,
)

EPS = 0.125
KINDS = [
    "batch",
    "instance",
    "group",
    "layer",
    "rms",
    "layer, last axis",
    "layer, first axis",
    "rms, axes 0 and 2",
]


def functions(kind):
    """A normalization, its gradient, and the arguments after x."""
    name, _, axes = kind.partition(", ")
    arguments = {"": (), "last axis": (-1,), "first axis": (0,), "axes 0 and 2": ((0, 2),)}[axes]
    arguments = (2,) if name == "group" else arguments
    return getattr(normalization, f"{name}_norm"), getattr(normalization, f"{name}_norm_grad"), arguments


def coordinates(kind, shape):
    """For each index of x its group, and the index of its gamma and beta."""
    over = {"layer": (1, 2), "rms": (1, 2), "layer, last axis": (2,), "layer, first axis": (0,)}
    axes = over.get(kind, (0, 2))
    for index in np.ndindex(shape):
        batch, channel, _ = index
        if kind in ("batch", "instance", "group"):
            group = {
                "batch": channel,
                "instance": (batch, channel),
                "group": (batch, channel * 2 // shape[1]),
            }
            yield index, group[kind], channel
        else:
            kept = tuple(i for axis, i in enumerate(index) if axis not in axes)
            yield index, kept, tuple(i for axis, i in enumerate(index) if axis in axes)


def reference(kind, x, gamma, beta, eps=EPS):
    """y by its definition, with the elements of x as they are: floats, fractions or mpmath's numbers."""
    where = list(coordinates(kind, x.shape))
    groups = {}
    for index, group, _ in where:
        groups.setdefault(group, []).append(x[index])
    scale = {}
    for group, elements in groups.items():
        mean = 0 if kind.startswith("rms") else mpmath.fsum(elements) / len(elements)
        square = mpmath.fsum([(element - mean) ** 2 for element in elements]) / len(elements)
        scale[group] = mean, 1 / mpmath.sqrt(square + eps)
    y = np.empty(x.shape, dtype=object)
    for index, group, parameter in where:
        mean, factor = scale[group]
        y[index] = (x[index] - mean) * factor * gamma[parameter] + beta[parameter]
    return y


def exact(array):
    found = np.empty(array.shape, dtype=object)
    for index in np.ndindex(array.shape):
        found[index] = mpmath.mpf(float(array[index]))
    return found


def parameter_shape(kind, shape):
    if kind in ("batch", "instance", "group"):
        return shape[1:2]
    return {
        "layer": shape[1:],
        "rms": shape[1:],
        "layer, last axis": shape[2:],
        "layer, first axis": shape[:1],
    }.get(kind, (shape[0], shape[2]))


def drawn(kind, seed, shape, dtype):
    rng = np.random.default_rng(seed)
    x = (rng.normal(size=shape) * rng.choice([0.01, 1, 30]) + rng.choice([0, 0, 300])).astype(dtype)
    gamma, beta, dy = (rng.normal(size=s).astype(dtype) for s in [parameter_shape(kind, shape)] * 2 + [shape])
    return x, gamma, beta, dy


shapes = st.tuples(st.integers(1, 3), st.sampled_from([2, 4]), st.integers(1, 4))
dtypes = st.sampled_from([np.float16, np.float32, np.float64])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 2**32 - 1), shapes, dtypes)
def test_the_result_is_that_of_the_definition_rounded_once(kind, seed, shape, dtype):
    x, gamma, beta, _ = drawn(kind, seed, shape, dtype)
    function, _, arguments = functions(kind)
    added = {} if kind.startswith("rms") else {"beta": beta}
    beta = beta if added else np.zeros_like(beta)
    y = function(x, *arguments, gamma=gamma, eps=EPS, **added)
    assert y.dtype == dtype
    with mpmath.workdps(50):
        expected = reference(kind, exact(x), exact(gamma), exact(beta))
        # Half a unit in the last place of the result; and of float64, in which the mean is rounded, a few
        # (and a thousand, where one pass over float16 and float32 is enough).
        unit, slack = (0, 4) if dtype == np.float64 else (0.501 * float(np.finfo(dtype).eps), 1000)
        most = [float(np.abs(part).max()) for part in (x, gamma, beta)]
        terms = most[0] / EPS**0.5 * most[1] + most[2]
        for index in np.ndindex(shape):
            size = max(abs(expected[index]), float(np.finfo(dtype).tiny))
            bound = unit * size + slack * 2**-52 * (abs(expected[index]) + terms)
            assert abs(mpmath.mpf(float(y[index])) - expected[index]) <= bound


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 2**32 - 1), shapes, dtypes)
def test_the_gradients_are_the_derivatives(kind, seed, shape, dtype):
    """Along a random direction of (x, gamma, beta), by differences with a step of 10^-20 in 60 digits."""
    x, gamma, beta, dy = drawn(kind, seed, shape, dtype)
    _, gradient, arguments = functions(kind)
    found = gradient(dy, x, *arguments, gamma=gamma, eps=EPS)
    assert [part.dtype for part in found] == [dtype] * 3
    assert [part.shape for part in found] == [x.shape, gamma.shape, gamma.shape]
    rng = np.random.default_rng(seed)
    with mpmath.workdps(60):
        step = mpmath.mpf(10) ** -20
        for moved in range(3):
            at = [exact(x), exact(gamma), exact(beta)]
            direction = exact(rng.normal(size=at[moved].shape))

            def loss(sign, at=at, moved=moved, direction=direction):
                moving = [part + sign * step * direction if i == moved else part for i, part in enumerate(at)]
                return mpmath.fsum((exact(dy) * reference(kind, *moving)).ravel())

            expected = (loss(1) - loss(-1)) / (2 * step)
            along = mpmath.fsum((exact(found[moved]) * direction).ravel())
            # Each element is rounded to the dtype; what goes before that is far smaller.
            sizes = np.maximum(np.abs(found[moved].astype(float)), float(np.finfo(dtype).tiny))
            rounding = (
                0.501 * float(np.finfo(dtype).eps) * float(np.sum(sizes * np.abs(direction.astype(float))))
            )
            assert abs(along - expected) <= rounding + 1e-9 * (1 + float(np.abs(dy.astype(float)).sum()))


@pytest.mark.parametrize("kind", KINDS)
def test_without_gamma_the_gradients_are_those_at_one(kind):
    x, gamma, _, dy = drawn(kind, 1, (3, 4, 5), np.float32)
    _, gradient, arguments = functions(kind)
    for one, other in zip(
        gradient(dy, x, *arguments), gradient(dy, x, *arguments, gamma=np.ones_like(gamma)), strict=True
    ):
        assert one.dtype == np.float32
        assert np.array_equal(one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_however_x_is_stored_the_result_is_the_same_and_x_is_left_alone(kind):
    x, gamma, _, dy = drawn(kind, 2, (3, 4, 5), np.float64)
    function, gradient, arguments = functions(kind)
    expected = function(x, *arguments, gamma=gamma)
    derivative = gradient(dy, x, *arguments, gamma=gamma)
    wide = np.zeros((6, 8, 5))
    wide[::2, ::2] = x
    forms = [
        np.asfortranarray(x),
        wide[::2, ::2],
        np.ascontiguousarray(x[::-1, ::-1, ::-1])[::-1, ::-1, ::-1],
        np.ascontiguousarray(x.transpose(1, 2, 0)).transpose(2, 0, 1),
        x.astype(x.dtype.newbyteorder()),
    ]
    for form in forms:
        before = form.copy()
        form.setflags(write=False)
        assert np.array_equal(function(form, *arguments, gamma=gamma), expected)
        for one, other in zip(gradient(dy, form, *arguments, gamma=gamma), derivative, strict=True):
            assert np.array_equal(one, other)
        assert np.array_equal(form, before)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.sampled_from([0.0, 1.0, 1e4, 1e8]))
def test_the_variance_has_the_error_of_the_corrected_two_pass(seed, n, mean):
    x = mean + np.random.default_rng(seed).normal(size=(2, n))
    found = moments(x, axes=1)
    for row, one, variance in zip(x, found.mean, found.variance, strict=True):
        exactly = [Fraction(float(v)) for v in row]
        centre = sum(exactly) / n
        spread = sum((v - centre) ** 2 for v in exactly) / n
        assert abs(Fraction(float(one)) - centre) <= abs(centre) * Fraction(2) ** -52 + Fraction(1, 10**15)
        assert abs(Fraction(float(variance)) - spread) <= spread * 4 * Fraction(2) ** -52


def test_the_variance_of_long_data_about_1e8_is_good_to_the_last_place():
    x = 1e8 + np.random.default_rng(0).normal(size=200_000)
    exactly = [Fraction(v) for v in x.tolist()]
    centre = sum(exactly) / len(exactly)
    spread = float(sum((v - centre) ** 2 for v in exactly) / len(exactly))
    assert abs(float(moments(x, axes=0).variance) - spread) <= 2 * np.spacing(spread)


def test_the_variance_of_float32_about_1e8_is_that_of_the_floats_themselves():
    x = (1e8 + 8 * np.random.default_rng(0).integers(-4, 5, size=(1000, 2))).astype(np.float32)
    offsets = x.astype(np.int64) - 10**8
    expected = [
        float(Fraction(int((c * c).sum()), 1000) - Fraction(int(c.sum()), 1000) ** 2) for c in offsets.T
    ]
    assert moments(x, axes=0).variance.tolist() == np.array(expected, dtype=np.float32).tolist()


def test_float32_about_1e8_is_normalized_as_its_deviations_are():
    offsets = 8.0 * np.random.default_rng(0).integers(-4, 5, size=(50, 3))
    expected = batch_norm(offsets, eps=0).astype(np.float32)
    assert np.array_equal(batch_norm((1e8 + offsets).astype(np.float32), eps=0), expected)


def test_a_million_rows_of_two_float32_keep_their_digits():
    x = np.tile(np.array([[0.1, 1.0], [0.3, 1.0]], dtype=np.float32), (2**19, 1))
    found = moments(x, axes=0)
    low, high = float(np.float32(0.1)), float(np.float32(0.3))
    assert found.mean.tolist() == [np.float32((low + high) / 2), 1.0]
    assert found.variance.tolist() == [np.float32(((high - low) / 2) ** 2), 0.0]
    assert np.array_equal(np.unique(batch_norm(x, eps=0.01)[:, 1]), [0.0])


def test_running_moments_are_weighted_averages_with_the_weight_of_the_new_batch():
    before = Moments(np.array([1.0, 2.0]), np.array([4.0, 8.0]))
    x = np.array([[1.0, 0.0], [5.0, 2.0]])
    biased = running_moments(before, x, momentum=0.25, unbiased=False)
    unbiased = running_moments(before, x, momentum=0.25, unbiased=True)
    assert biased.mean.tolist() == unbiased.mean.tolist() == [1.5, 1.75]
    assert biased.variance.tolist() == [0.75 * 4 + 0.25 * 4, 0.75 * 8 + 0.25 * 1]
    assert unbiased.variance.tolist() == [0.75 * 4 + 0.25 * 8, 0.75 * 8 + 0.25 * 2]
    assert running_moments(before, x, momentum=0, unbiased=True).variance.tolist() == [4.0, 8.0]
    assert running_moments(before, x, momentum=1, unbiased=False).mean.tolist() == [3.0, 1.0]
    assert (before.mean.tolist(), before.variance.tolist()) == ([1.0, 2.0], [4.0, 8.0])


def test_given_moments_stand_in_for_those_of_the_batch():
    x = np.array([[[1.0, 3.0]], [[5.0, 7.0]]])
    y = batch_norm(x, gamma=[2.0], beta=[1.0], eps=0.0, moments=Moments([3.0], [4.0]))
    assert y.tolist() == [[[-1.0, 1.0]], [[3.0, 5.0]]]
    assert np.allclose(batch_norm(x), batch_norm(x, moments=moments(x, axes=(0, 2))), rtol=1e-15)


def test_layer_norm_is_over_all_axes_but_the_first_unless_told_otherwise():
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    assert np.array_equal(layer_norm(x), layer_norm(x, (1, 2)))
    assert np.array_equal(layer_norm(x, -1), layer_norm(x, 2))
    assert np.array_equal(layer_norm(x, (2, 1)), layer_norm(x, (-2, -1)))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1), st.sampled_from([0, 1, (0, 2), -1]), st.sampled_from([-300, -160, 0, 160, 300])
)
def test_weight_normalization_and_its_gradient_at_any_magnitude(seed, axes, power):
    rng = np.random.default_rng(seed)
    u, dw = rng.normal(size=(3, 2, 3)) * 10.0**power, rng.normal(size=(3, 2, 3))
    over = axes if isinstance(axes, tuple) else (axes % 3,)
    kept = tuple(u.shape[i] for i in range(3) if i not in over)
    g = rng.normal(size=kept)
    w = weight_norm(u, g, axes)
    # What does not fit is an error, elsewhere; here the gradient is brought back by that of u.
    found = weight_norm_grad(dw * min(1.0, 10.0**power), u, g, axes)
    with mpmath.workdps(50):
        for index in np.ndindex(kept):
            at = list(index)
            place = tuple(slice(None) if i in over else at.pop(0) for i in range(3))
            vector, gradient = exact(u[place].ravel()), exact(dw[place].ravel() * min(1.0, 10.0**power))
            length, norm = mpmath.mpf(float(g[index])), mpmath.sqrt(mpmath.fsum(vector**2))
            along = mpmath.fsum(vector * gradient) / norm
            expected = length / norm * (gradient - vector / norm * along)
            assert _near(w[place].ravel(), length * vector / norm, abs(length))
            assert _near(found.u[place].ravel(), expected, abs(length) / norm * mpmath.norm(list(gradient)))
            assert _near([found.g[index]], [along], mpmath.norm(list(gradient)))


def _near(found, expected, size):
    return all(abs(mpmath.mpf(float(a)) - b) <= 1e-15 * size for a, b in zip(found, expected, strict=True))


def test_the_gradient_of_weight_normalization_is_the_derivative():
    rng = np.random.default_rng(3)
    u, dw, g = rng.normal(size=(2, 4)), rng.normal(size=(2, 4)), rng.normal(size=2)
    found = weight_norm_grad(dw, u, g, 1)
    with mpmath.workdps(50):
        for row, column in np.ndindex(2, 4):

            def loss(t, row=row, column=column):
                moved = exact(u[row])
                moved[column] += t
                return g[row] * mpmath.fsum(moved * exact(dw[row])) / mpmath.sqrt(mpmath.fsum(moved**2))

            assert abs(mpmath.diff(loss, 0) - found.u[row, column]) <= 1e-14
    assert np.allclose(np.sum(u * found.u, axis=1), 0, atol=1e-15)
