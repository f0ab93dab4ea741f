"""Dense Viterbi decoding by NumPy alone, in a process where numba cannot be imported."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from functools import partial
from pathlib import Path

from benchmarks.chains import Chain, level_chain
from benchmarks.options import Options, must_agree
from benchmarks.table import Case, Figure, Table, compared
from benchmarks.timing import fastest
from benchmarks.viterbi_dense import C_LOOP, c_runs, decoded, missing_c

SIZES = ((500, 801), (1000, 401), (4000, 65), (10000, 17))
QUICK = ((10, 20), (40, 5))


def table(options: Options) -> Table:
    """Measured by this module as a command, in a process of its own."""
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.viterbi_alone", json.dumps(options)],
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Table.from_json(json.loads(found.stdout))


def measured(options: Options) -> Table:
    cases = {}
    for n, steps in QUICK if options.quick else SIZES:
        chain = level_chain(n, steps)
        runs = {"numerics.decoding.viterbi, NumPy alone": partial(decoded, chain)} | c_runs(chain)
        seconds = fastest(runs, options.rounds, must_agree)
        cases[f"N = {n}, T = {steps}"] = compared(
            seconds, C_LOOP, unit="ns", work=chain.transitions
        ) | memory(chain)
    return Table(
        "Dense Viterbi decoding without numba",
        "As before. The memory is the most that is allocated at once during a call, beside the arguments.",
        cases,
        missing_c(),
    )


def memory(chain: Chain) -> Case:
    """The scores of all steps, and what is needed besides them."""
    tracemalloc.start()
    decoded(chain)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    scores = chain.log_emission.nbytes
    return {
        "memory for the scores of all steps": Figure(scores / 2**20, "MiB"),
        "other memory, of the matrix": Figure(100 * (peak - scores) / chain.log_transition.nbytes, "%"),
    }


if __name__ == "__main__":
    sys.modules["numba"] = None  # type: ignore[assignment]
    print(json.dumps(measured(Options(*json.loads(sys.argv[1]))).as_json()))
