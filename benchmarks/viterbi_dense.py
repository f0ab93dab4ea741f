"""Dense Viterbi decoding against a C loop and against other libraries."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from benchmarks.c_loop import MISSING, decode, library
from benchmarks.chains import Chain, level_chain
from benchmarks.options import Options, must_agree
from benchmarks.peers import PEERS, missing_peers, peer_runs
from benchmarks.table import Table, compared
from benchmarks.timing import Run, fastest
from numerics.compiling import has_numba
from numerics.decoding import viterbi

C_LOOP = "C loop"

#: States and steps: the C loop takes from 0.1 to 0.5 s.
SIZES = ((100, 40001), (500, 2001), (1000, 1001), (4000, 65), (10000, 17))
QUICK = ((10, 20), (40, 5))


def table(options: Options) -> Table:
    cases = {}
    for n, steps in QUICK if options.quick else SIZES:
        chain = level_chain(n, steps)
        runs: dict[str, Run] = {"numerics.decoding.viterbi": partial(decoded, chain)}
        runs |= kernel_runs(chain) | c_runs(chain) | peer_runs(chain, PEERS)
        seconds = fastest(runs, options.rounds, must_agree)
        cases[f"N = {n}, T = {steps}"] = compared(seconds, C_LOOP, unit="ns", work=chain.transitions)
    return Table(
        "Dense Viterbi decoding",
        "Nanoseconds a transition (N² a step), and how many times the C loop's; float64. The emissions "
        "differ from step to step and take back what stands out in the transitions, so that no step can be "
        "skipped and no transition left out: all N² are looked at. All give the same path. hmmlearn, librosa "
        "and dynamax take logarithms of the matrix in each call.",
        cases,
        missing_numba() + missing_c() + missing_peers(PEERS),
    )


def decoded(chain: Chain) -> Any:
    return viterbi(chain.log_transition, chain.log_initial, log_emission=chain.log_emission).states


def c_runs(chain: Chain) -> dict[str, Run]:
    """The C loop where there is a compiler."""
    loops = library()
    return {} if loops is None else {C_LOOP: lambda: decode(loops, chain)}


def kernel_runs(chain: Chain) -> dict[str, Run]:
    """The dense steps alone, without the path, where numba is installed."""
    if not has_numba():
        return {}
    from numerics.decoding.compiled import run_dense

    def run() -> None:
        rows = np.empty_like(chain.log_emission)
        rows[0] = chain.log_initial + chain.log_emission[0]
        run_dense(chain.log_transition, rows[0], chain.log_emission[1:], rows[1:])

    return {"its dense steps alone": run}


def missing_numba() -> tuple[str, ...]:
    return () if has_numba() else ("numba",)


def missing_c() -> tuple[str, ...]:
    return () if library() is not None else (MISSING,)
