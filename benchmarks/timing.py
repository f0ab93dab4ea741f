"""How the benchmarks measure: one thread, all in turn, and of each the minimum of several CPU times.

Load from other processes makes wall times longer, and CPU times a little; it never makes one shorter. So the
minimum is the figure that comes nearest to the machine's own, and in turns all meet the same load.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from time import process_time

#: What is timed: it takes nothing, and its result is checked once.
Run = Callable[[], object]

_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
}
_SHORTEST = 0.02  # seconds: shorter runs are repeated, and their times divided
_PATIENCE = 5.0  # seconds of timing, after which no further run of a slow one is waited for


def use_one_thread() -> None:
    """Keeps this process, and those it starts, on one processor. NumPy must not have been imported yet."""
    if "numpy" in sys.modules:
        raise RuntimeError("NumPy has already been imported, with as many threads as it likes")
    os.environ.update(_ONE_THREAD)
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def fastest(
    runs: Mapping[str, Run],
    rounds: int,
    check: Callable[[Mapping[str, object]], None],
    clock: Callable[[], float] = process_time,
) -> dict[str, float]:
    """The minimum of the CPU times of each, in seconds a run.

    The first run of each is not timed, since it may compile or allocate; its result goes to `check`.
    """
    check({name: run() for name, run in runs.items()})
    best: dict[str, float] = {}
    repeats: dict[str, int] = {}
    for name, run in runs.items():
        best[name] = once = _seconds(run, 1, clock)
        repeats[name] = max(1, round(_SHORTEST / once)) if once > 0 else 1
    spent = dict(best)
    for _ in range(rounds - 1):
        for name, run in runs.items():
            if spent[name] < _PATIENCE:
                taken = _seconds(run, repeats[name], clock)
                spent[name] += taken
                best[name] = min(best[name], taken / repeats[name])
    return best


def _seconds(run: Run, repeats: int, clock: Callable[[], float]) -> float:
    begun = clock()
    for _ in range(repeats):
        run()
    return clock() - begun
