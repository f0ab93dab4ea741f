"""A batch of sequences through the same transitions."""

from __future__ import annotations

import numpy as np

from benchmarks.c_loop import decode, library
from benchmarks.chains import Chain, level_chain
from benchmarks.options import Options, must_agree
from benchmarks.table import Table, compared
from benchmarks.timing import Run, fastest
from benchmarks.viterbi_dense import decoded, missing_c, missing_numba

SIZES = ((100, 1001), (500, 65), (1000, 33), (4000, 5))
QUICK = ((20, 6), (40, 5))
SEQUENCES = 32

_ONE_BY_ONE = "C loop, one by one"


def table(options: Options) -> Table:
    cases = {}
    for n, steps in QUICK if options.quick else SIZES:
        chain = level_chain(n, steps, SEQUENCES)
        seconds = fastest(batch_runs(chain), options.rounds, must_agree)
        cases[f"N = {n}, T = {steps}"] = compared(seconds, _ONE_BY_ONE, unit="ns", work=chain.transitions)
    return Table(
        f"Batches of {SEQUENCES} sequences",
        "Nanoseconds a transition (N² a step of each sequence), and how many times those of the C loop that "
        "decodes one after another. The same paths.",
        cases,
        missing_numba() + missing_c(),
    )


def batch_runs(chain: Chain) -> dict[str, Run]:
    parts = [chain._replace(log_emission=part) for part in chain.log_emission]
    runs: dict[str, Run] = {
        "numerics.decoding.viterbi": lambda: decoded(chain),
        "the same, one by one": lambda: np.stack([decoded(part) for part in parts]),
    }
    loops = library()
    if loops is not None:
        runs[_ONE_BY_ONE] = lambda: decode(loops, chain)
        runs["C loop, parts of the matrix shared"] = lambda: decode(loops, chain, shared=True)
    return runs
