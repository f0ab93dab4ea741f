"""Normalizers against torch: their times, and how far each is from exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.options import Options, must_be_near
from benchmarks.peers import installed
from benchmarks.table import Case, Figure, Table, compared
from benchmarks.timing import fastest
from benchmarks.viterbi_dense import missing_numba
from numerics import normalization

IMAGES, TEXTS = (32, 64, 56, 56), (8, 512, 1024)
GROUPS, EPS = 32, 1e-5

Array = NDArray[np.float32]
_TORCH = "torch"


class Normalizer(NamedTuple):
    """The same in both libraries, from (x, gamma, beta); its means are over `axes` of x.reshape(view)."""

    ours: Callable[[Array, Array, Array], Array]
    torch: Callable[[Any, Any, Any], Any]
    view: tuple[int, ...]
    axes: tuple[int, ...]
    weights: tuple[int, ...]  # the shape of gamma and beta
    centred: bool = True


def table(options: Options) -> Table:
    images, texts = ((4, 32, 3, 3), (2, 5, 16)) if options.quick else (IMAGES, TEXTS)
    cases = {}
    for shape, kinds in ((images, of_images(images)), (texts, of_texts(texts))):
        x = np.random.default_rng(4).normal(0, 1, shape).astype(np.float32)
        for name, kind in kinds.items():
            rng = np.random.default_rng(5)
            weights = [rng.normal(1, 0.1, kind.weights).astype(np.float32) for _ in range(2)]
            runs = {run: partial(call, x) for run, call in calls(kind, *weights).items()}
            seconds = fastest(runs, options.rounds, partial(must_be_near, tolerance=1e-4))
            cases[f"{name} {shape}"] = compared(seconds, _TORCH, unit="ms") | errors(kind, x, *weights)
    return Table(
        "Normalizers, float32",
        "Milliseconds, and how many times torch's; the largest error of an output, against float64, for "
        "inputs N(0, 1) and N(1000, 1). The outputs are about as large as 1, where the spacing of float32 is "
        "1.2e-7.",
        cases,
        missing_numba() + (() if installed(_TORCH) else (_TORCH,)),
    )


def calls(kind: Normalizer, gamma: Array, beta: Array) -> dict[str, Callable[[Array], Array]]:
    found = {"numerics.normalization": lambda x: kind.ours(x, gamma, beta)}
    if installed(_TORCH):
        torch = import_module(_TORCH)
        torch.set_num_threads(1)
        weights = torch.from_numpy(gamma), torch.from_numpy(beta)
        found[_TORCH] = lambda x: kind.torch(torch.from_numpy(x), *weights).numpy()
    return found


def errors(kind: Normalizer, x: Array, gamma: Array, beta: Array) -> Case:
    found = {}
    for mean in (0, 1000):
        given = x + np.float32(mean)
        exact = reference(kind, given, gamma, beta)
        for name, call in calls(kind, gamma, beta).items():
            error = float(np.max(np.abs(call(given) - exact)))
            found[f"{name}, error at mean {mean}"] = Figure(error, "")
    return found


def reference(kind: Normalizer, x: Array, gamma: Array, beta: Array) -> NDArray[np.float64]:
    """By the definition, in float64."""
    wide = x.astype(np.float64).reshape(kind.view)
    centre = wide.mean(axis=kind.axes, keepdims=True) if kind.centred else 0
    variance = ((wide - centre) ** 2).mean(axis=kind.axes, keepdims=True)
    normal = ((wide - centre) / np.sqrt(variance + EPS)).reshape(x.shape)
    per_channel = len(kind.weights) == 1 and x.ndim == 4
    shape = (-1, 1, 1) if per_channel else kind.weights
    scaled: NDArray[np.float64] = normal * gamma.reshape(shape)
    return scaled + beta.reshape(shape) if kind.centred else scaled


def of_images(shape: tuple[int, ...]) -> dict[str, Normalizer]:
    """Means over (batch, channels, height, width)."""
    torch: Any = import_module("torch.nn.functional") if installed(_TORCH) else None
    batch, channels, height, width = shape
    per_channel, per_feature = (channels,), shape[1:]
    grouped = (batch, GROUPS, channels // GROUPS, height, width)
    return {
        "batch": Normalizer(
            lambda x, g, b: normalization.batch_norm(x, gamma=g, beta=b, eps=EPS),
            lambda x, g, b: torch.batch_norm(x, None, None, g, b, training=True, eps=EPS),
            shape,
            (0, 2, 3),
            per_channel,
        ),
        "instance": Normalizer(
            lambda x, g, b: normalization.instance_norm(x, gamma=g, beta=b, eps=EPS),
            lambda x, g, b: torch.instance_norm(x, weight=g, bias=b, eps=EPS),
            shape,
            (2, 3),
            per_channel,
        ),
        f"group ({GROUPS})": Normalizer(
            lambda x, g, b: normalization.group_norm(x, GROUPS, gamma=g, beta=b, eps=EPS),
            lambda x, g, b: torch.group_norm(x, GROUPS, g, b, eps=EPS),
            grouped,
            (2, 3, 4),
            per_channel,
        ),
        "layer": _layer(torch, shape, per_feature),
        "RMS": _rms(torch, shape, per_feature),
    }


def of_texts(shape: tuple[int, ...]) -> dict[str, Normalizer]:
    """Means over the last axis of (batch, time, features)."""
    torch: Any = import_module("torch.nn.functional") if installed(_TORCH) else None
    return {"layer": _layer(torch, shape, shape[2:]), "RMS": _rms(torch, shape, shape[2:])}


def _layer(torch: Any, shape: tuple[int, ...], normal: tuple[int, ...]) -> Normalizer:
    axes = tuple(range(-len(normal), 0))
    return Normalizer(
        lambda x, g, b: normalization.layer_norm(x, axes, gamma=g, beta=b, eps=EPS),
        lambda x, g, b: torch.layer_norm(x, normal, g, b, eps=EPS),
        shape,
        axes,
        normal,
    )


def _rms(torch: Any, shape: tuple[int, ...], normal: tuple[int, ...]) -> Normalizer:
    axes = tuple(range(-len(normal), 0))
    return Normalizer(
        lambda x, g, _: normalization.rms_norm(x, axes, gamma=g, eps=EPS),
        lambda x, g, _: torch.rms_norm(x, normal, g, eps=EPS),
        shape,
        axes,
        normal,
        centred=False,
    )
