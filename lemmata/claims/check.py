"""Many claims, judged one after the other or at the same time."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from lemmata.claims.executors import Settings
from lemmata.claims.executors import executor as chosen
from lemmata.claims.judging import JUDGE
from lemmata.claims.limits import Limits
from lemmata.claims.result import Result


def check_many(
    claims: Iterable[object],
    *,
    jobs: int = 1,
    timeout: float = 10,
    memory: int = 2048,
    executor: str = "processes",
    judge: str = JUDGE,
) -> Generator[Result, None, None]:
    """The results of claims, in their order, each as soon as it and all before it are there.

    Args:
        claims: JSON values, one a claim, each an object with the keys `id`, `vars`, `given` and `claim`.
            They are taken as they are needed and need not end. A `Result` among them is passed on.
        jobs: how many processes judge (with `processes` only).
        timeout: seconds for one claim, by the clock on the wall.
        memory: MB of 2**20 bytes for one claim (kept to on Linux).
        executor: `processes`; `serial`, in this process, where only the judge looks at the time and
            nothing at the memory; or `dask://HOST:PORT`, by the workers of a Dask cluster.
        judge: another judge, as `module:function`, for tests.

    Returns:
        A generator. A claim which runs out of time or memory, or takes its process down, is `undecided`,
        and costs no other claim anything. Only `seconds` depends on `jobs` and on the executor. When the
        generator is closed the processes are stopped.

    Raises:
        BadLimit, NoSuchExecutor, NotInstalled: for arguments of which nothing can be made.
        WorkerNotStarted, NoCluster: while the results are taken.

    >>> claim = {"id": 1, "vars": {"x": {"shape": []}}, "claim": "x + x == 2*x"}
    >>> [result.outcome for result in check_many([claim], executor="serial")]
    ['proved']
    """
    return chosen(executor, Settings(jobs, Limits(timeout, memory), judge))(claims)
