"""The states of a recurrent cell against torch."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.options import Options, must_be_near
from benchmarks.peers import installed
from benchmarks.table import Table, compared
from benchmarks.timing import Run, fastest
from numerics.recurrent import activated_states, tanh


def table(options: Options) -> Table:
    steps, batch, n = (4, 2, 3) if options.quick else (100, 32, 256)
    cases = {}
    for dtype in (np.float32, np.float64):
        rng = np.random.default_rng(7)
        shapes = ((steps, batch, n), (batch, n), (n, n), (n, n), (n,))
        given = [(rng.normal(0, 1, shape) / np.sqrt(n)).astype(dtype) for shape in shapes]
        runs: dict[str, Run] = {"numerics.recurrent.activated_states": partial(_ours, given)}
        if installed("torch"):
            runs["torch.nn.RNN"] = _torch(*given)
        seconds = fastest(runs, options.rounds, partial(must_be_near, tolerance=1e-4))
        cases[str(np.dtype(dtype))] = compared(seconds, "torch.nn.RNN", unit="ms")
    return Table(
        f"The states of a cell, T = {steps}, B = {batch}, n = {n}, tanh",
        "Milliseconds. torch computes in the element type that is given; ours in float64.",
        cases,
        () if installed("torch") else ("torch",),
    )


def _ours(given: list[Any]) -> Any:
    return activated_states(*given, activation=tanh)[1:]


def _torch(x: Any, h0: Any, w: Any, u: Any, b: Any) -> Run:
    torch = import_module("torch")
    torch.set_num_threads(1)
    cell = torch.nn.RNN(x.shape[2], len(w), dtype=torch.from_numpy(x).dtype).requires_grad_(False)
    weights = {"weight_ih_l0": u, "weight_hh_l0": w, "bias_ih_l0": b, "bias_hh_l0": np.zeros_like(b)}
    for name, array in weights.items():
        getattr(cell, name).copy_(torch.from_numpy(array))
    inputs, start = torch.from_numpy(x), torch.from_numpy(h0[None])
    return lambda: cell(inputs, start)[0].numpy()
