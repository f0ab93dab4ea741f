"""The kernels in NumPy and those in machine code give the same bits."""

from __future__ import annotations

import numpy as np
import pytest

from numerics.compiling import has_numba
from numerics.normalization import compiled, compiled_gradients, plain, plain_gradients
from numerics.normalization.summation import ABOUT_MEAN, ABOUT_MEAN_TWICE, ABOUT_ZERO, CHUNK, LANES

MODES = [ABOUT_ZERO, ABOUT_MEAN, ABOUT_MEAN_TWICE]

#: (A, G, B, S): fewer elements than lanes; ends of lanes, blocks, chunks and boxes; one element; no group
ROWS = [
    (1, 3, 1, 5),
    (1, 300, 1, LANES + 1),
    (1, 2, 1, 700),
    (1, 2, 1, 3 * CHUNK + 37),
    (1, 999, 1, 1),
    (1, 0, 1, 4),
]
SLABS = [
    *ROWS,
    (3, 4, 1, 17),
    (1, 6, 2, 31),
    (1, 6, 3, 1),
    (2, 3, 1, CHUNK),
    (5, 40, 1, 256),
    (2, 2, 1, 8 * CHUNK + 1),
]


def slabs(shape, dtype, mean):
    rng = np.random.default_rng(0)
    return [(mean * i + rng.normal(size=shape)).astype(dtype) for i in (1, 0)]


def run_forward(kernels, kind, x, how, parameters):
    mean, spread, y = np.zeros(x.shape[1]), np.zeros(x.shape[1]), np.zeros_like(x)
    getattr(kernels, f"normalize_{kind}")(x, how, 1e-5, *parameters, mean, spread, y)
    return [mean, spread, y]


def run_backward(kernels, kind, dy, x, how, gamma):
    mean, spread, dx = np.zeros(x.shape[1]), np.zeros(x.shape[1]), np.zeros_like(x)
    sums = np.zeros(gamma.size), np.zeros(gamma.size)
    run = getattr(kernels, f"gradient_{kind}")
    return [mean, spread, *sums, dx, run(dy, x, how, 1e-5, gamma, mean, spread, *sums, dx, 2.0)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("how", MODES)
@pytest.mark.parametrize("mean", [0.0, 1e4])
def test_machine_code_and_numpy_agree_to_the_bit(dtype, how, mean):
    assert has_numba()
    for kind, shapes in (("slabs", SLABS), ("rows", ROWS)):
        for shape in shapes:
            x, dy = slabs(shape, dtype, mean)
            size = shape[3] if kind == "rows" else max(1, shape[1] * shape[2])
            rng = np.random.default_rng(1)
            for parameter_dtype in {np.float64, dtype if kind == "rows" else np.float64}:
                parameters = [rng.normal(size=size).astype(parameter_dtype) for _ in range(2)]
                for one, other in zip(
                    run_forward(plain, kind, x, how, parameters)
                    + run_backward(plain_gradients, kind, dy, x, how, parameters[0]),
                    run_forward(compiled, kind, x, how, parameters)
                    + run_backward(compiled_gradients, kind, dy, x, how, parameters[0]),
                    strict=True,
                ):
                    assert np.array_equal(one, other), (kind, shape)
