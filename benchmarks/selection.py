"""The best continuations of all beams: a beam search step takes the b best of B N scores."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.c_loop import library, select
from benchmarks.options import Options, must_agree
from benchmarks.peers import installed
from benchmarks.table import Table, compared
from benchmarks.timing import Run, fastest
from benchmarks.viterbi_dense import C_LOOP, missing_c, missing_numba
from numerics.decoding import select_top


def table(options: Options) -> Table:
    n = 500 if options.quick else 50257
    if installed("numba"):
        import_module("numba")  # so that all cases are done by machine code, also those not worth loading it
    cases = {}
    for dtype in (np.float32, np.float64):
        for width in (10, 100):
            rng = np.random.default_rng(width)
            scores = rng.normal(0, 3, (width, n)) + rng.normal(0, 1, (width, 1))
            runs = selection_runs(scores.astype(dtype))
            seconds = fastest(runs, options.rounds, must_agree)
            cases[f"B = {width}, {np.dtype(dtype)}"] = compared(seconds, C_LOOP, unit="µs")
    return Table(
        f"The B best of B × {n} scores",
        "Microseconds, and how many times the C loop's. Of equal scores, torch.topk and np.argpartition may "
        "take any.",
        cases,
        missing_numba() + missing_c() + (() if installed("torch") else ("torch",)),
    )


def selection_runs(scores: NDArray[Any]) -> dict[str, Run]:
    """Each gives the places of the best, counted over all rows."""
    width, n = scores.shape
    flat = scores.reshape(-1)

    def ours() -> Any:
        rows, columns, _ = select_top(scores, width)
        return rows * n + columns

    def partitioned() -> Any:
        places = np.argpartition(flat, flat.size - width)[-width:]
        return places[np.argsort(-flat[places])]

    runs: dict[str, Run] = {"numerics.decoding.select_top": ours}
    loops = library()
    if loops is not None:
        runs[C_LOOP] = lambda: select(loops, scores, width)
    if installed("torch"):
        torch = import_module("torch")
        torch.set_num_threads(1)
        given = torch.from_numpy(flat)
        runs["torch.topk"] = lambda: torch.topk(given, width).indices.numpy()
    return runs | {"np.argpartition": partitioned}
