"""Steps of optimizers against torch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.options import Options, must_be_near
from benchmarks.peers import installed
from benchmarks.table import Table, compared
from benchmarks.timing import Run, fastest
from numerics.optimizers import Rule, adam, sgd

_RATE = 1e-3


def table(options: Options) -> Table:
    size = 100 if options.quick else 10**6
    rng = np.random.default_rng(6)
    theta, gradient = (rng.normal(0, 1, size).astype(np.float32) for _ in range(2))
    rules: dict[str, tuple[Rule[Any], Callable[[Any, Any], Any]]] = {
        "SGD with momentum": (
            sgd(learning_rate=_RATE, momentum=0.9),
            lambda torch, weights: torch.optim.SGD([weights], lr=_RATE, momentum=0.9),
        ),
        "Adam": (
            adam(learning_rate=_RATE),
            lambda torch, weights: torch.optim.Adam([weights], lr=_RATE),
        ),
    }
    cases = {}
    for name, (rule, of_torch) in rules.items():
        runs: dict[str, Run] = {"numerics.optimizers": _ours(rule, theta, gradient)}
        if installed("torch"):
            runs["torch.optim"] = _torch(of_torch, theta, gradient)
        seconds = fastest(runs, options.rounds, partial(must_be_near, tolerance=1e-4))
        cases[name] = compared(seconds, "torch.optim", unit="ms")
    return Table(
        f"A step of an optimizer, {size} parameters, float32",
        "Milliseconds. torch changes the parameters in place and keeps its averages in float32; ours returns "
        "a new state and keeps them in float64.",
        cases,
        () if installed("torch") else ("torch",),
    )


def _ours(rule: Rule[Any], theta: Any, gradient: Any) -> Run:
    state = rule.start(theta)

    def step() -> Any:
        nonlocal state
        state = rule.step(state, gradient)
        return state.theta

    return step


def _torch(make: Callable[[Any, Any], Any], theta: Any, gradient: Any) -> Run:
    torch = import_module("torch")
    torch.set_num_threads(1)
    weights = torch.from_numpy(theta.copy()).requires_grad_()
    weights.grad = torch.from_numpy(gradient.copy())
    optimizer = make(torch, weights)

    def step() -> Any:
        optimizer.step()
        return weights.detach().numpy()

    return step
