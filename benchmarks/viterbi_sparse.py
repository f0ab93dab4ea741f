"""Sparse and banded transitions against the same ones as an array."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.chains import Chain, dirichlet, emissions, uniform
from benchmarks.options import Options, must_agree
from benchmarks.peers import installed
from benchmarks.table import Table, compared
from benchmarks.timing import Run, fastest
from benchmarks.viterbi_dense import c_runs, decoded, kernel_runs, missing_c, missing_numba
from numerics.decoding import viterbi

_DENSE = "numerics.decoding.viterbi, as an array"


def table(options: Options) -> Table:
    n, steps = (40, 8) if options.quick else (4000, 101)
    seen = emissions(steps, n, spread=0.3)
    cases = {}
    for name, stored in patterns(n).items():
        chain = Chain(np.where(stored, dirichlet(n), -np.inf), uniform(n), seen)
        runs = {_DENSE: partial(decoded, chain)} | kernel_runs(chain) | c_runs(chain)
        if installed("scipy"):
            runs |= sparse_runs(chain)
        seconds = fastest(runs, options.rounds, must_agree)
        base = "C loop" if "C loop" in seconds else _DENSE
        cases[name] = compared(seconds, base, unit="ms", work=steps - 1)
    return Table(
        f"Sparse transitions, N = {n}, T = {steps}",
        "Milliseconds a step, and how many times those of the C loop, which takes all N² transitions. The "
        "same path.",
        cases,
        missing_numba() + missing_c() + (() if installed("scipy") else ("scipy",)),
    )


def patterns(n: int) -> dict[str, NDArray[np.bool_]]:
    """Which transitions have a probability that is not zero."""
    rows, columns = np.ogrid[:n, :n]
    return {
        "5 %, anywhere": np.random.default_rng(3).random((n, n)) < 0.05,
        "5 %, a band": np.abs(rows - columns) <= n // 40,
    }


def sparse_runs(chain: Chain) -> dict[str, Run]:
    rows, columns = np.nonzero(chain.log_transition > -np.inf)
    entries = chain.log_transition[rows, columns]
    stored: Any = import_module("scipy.sparse").csc_array((entries, (rows, columns)), (chain.n, chain.n))

    def run() -> Any:
        return viterbi(stored, chain.log_initial, log_emission=chain.log_emission).states

    return {"numerics.decoding.viterbi, sparse": run}
