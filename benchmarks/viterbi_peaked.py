"""What exact pruning gains where a few transitions decide, and what it costs where it does not help."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.chains import Chain, dirichlet, emissions, level_chain, uniform, zipf_bigrams
from benchmarks.options import Options, must_agree
from benchmarks.table import Table, compared
from benchmarks.timing import fastest
from benchmarks.viterbi_dense import (
    C_LOOP,
    c_runs,
    decoded,
    kernel_runs,
    missing_c,
    missing_numba,
)


def table(options: Options) -> Table:
    n, steps = (30, 12) if options.quick else (4000, 301)
    cases = {}
    for name, chain in chains(n, steps).items():
        runs = {"numerics.decoding.viterbi": partial(decoded, chain)}
        seconds = fastest(runs | kernel_runs(chain) | c_runs(chain), options.rounds, must_agree)
        cases[name] = compared(seconds, C_LOOP, unit="ns", work=chain.transitions)
    return Table(
        f"Exact pruning, N = {n}, T = {steps}",
        "Nanoseconds a transition (N² a step, looked at or not), and how many times the dense C loop's. In "
        "the last chain nothing can be left out: the emissions take back what stands out in the transitions.",
        cases,
        missing_numba() + missing_c(),
    )


def chains(n: int, steps: int) -> dict[str, Chain]:
    bigrams, even = zipf_bigrams(n), dirichlet(n)
    seen = {spread: emissions(steps, n, spread=spread) for spread in (0.3, 1, 5)}
    return {
        "Zipf bigrams, no emissions": Chain(bigrams, uniform(n), np.zeros((steps, n))),
        "Zipf bigrams, emissions N(0, 1)": Chain(bigrams, uniform(n), seen[1]),
        "Dirichlet(1), emissions N(0, 5)": Chain(even, uniform(n), seen[5]),
        "Dirichlet(1), emissions N(0, 1)": Chain(even, uniform(n), seen[1]),
        "Dirichlet(1), emissions N(0, 0.3)": Chain(even, uniform(n), seen[0.3]),
        "nothing to leave out": level_chain(n, steps),
    }
