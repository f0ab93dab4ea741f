"""Claims judged by the workers of a Dask cluster, of which one is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lemmata.claims.check import check_many
from lemmata.claims.errors import NoCluster, WorkerNotStarted
from tests.claims.judges import OBEY
from tests.claims.running import eventually, is_running, obeyed, ordered, reasons, records, started, timeless

distributed = pytest.importorskip("distributed")

OUT_OF_TIME = "the time limit of 0.5 s was reached"


def local(workers: int) -> Any:
    return distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes and a scheduler, on this machine."""
    with local(workers=2) as cluster:
        yield cluster


@pytest.fixture
def dask(cluster: Any) -> str:
    """The executor on the cluster, when both of its workers are there."""
    assert eventually(lambda: len(cluster.scheduler.workers) == 2)
    return str(cluster.scheduler_address).replace("tcp://", "dask://")


def test_results_are_those_of_one_process(dask: str) -> None:
    orders = ["answer a", "exit 3", "fail", "allocate 500", *[f"answer {n}" for n in range(100)], "recurse"]
    assert timeless(obeyed(*orders, executor=dask)) == timeless(obeyed(*orders))


def test_claim_which_hangs_costs_no_other(dask: str) -> None:
    orders = ["answer a", "hang_in_c", "answer b"]
    assert reasons(obeyed(*orders, executor=dask, timeout=0.5)) == ["a", OUT_OF_TIME, "b"]


def test_worker_of_the_cluster_which_is_killed_loses_nothing(dask: str, cluster: Any) -> None:
    orders = [f"answer {number}" if number % 8 else "sleep 0.05" for number in range(600)]
    results = check_many(ordered(orders), executor=dask, judge=OBEY)
    first = [next(results) for _ in range(20)]
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    found = [*first, *results]
    assert [result.id for result in found] == list(range(600))
    assert reasons(found) == [order.removeprefix("answer ").removesuffix(" 0.05") for order in orders]


@pytest.mark.parametrize("last", ["pid", "hang_in_c"])
def test_run_which_is_over_leaves_nothing_on_the_cluster(last: str, dask: str, cluster: Any) -> None:
    """Not even a claim which is being judged, and might be for a long time."""
    results = check_many(ordered(["pid"] * 16 + [last]), executor=dask, judge=OBEY, timeout=10_000)
    pids = {int(next(results).reason) for _ in range(16)}
    assert all(map(is_running, pids))
    results.close()
    assert eventually(lambda: not any(map(is_running, pids)))
    assert eventually(lambda: not any(state.processing for state in cluster.scheduler.workers.values()))
    assert not any(name.startswith("lemmata") for name in cluster.scheduler.worker_plugins)


def test_command_judges_on_the_cluster(dask: str, tmp_path: Path) -> None:
    with started("-", "--executor", dask, stdin=-1) as process:
        process.stdin.write(b'{"id": 1, "claim": "answer a"}\n')
        process.stdin.flush()
        assert records(process.stdout.readline())[0]["reason"] == "a"  # and the input has not ended
        out, err = process.communicate(b'{"id": 2, "claim": "answer b"}\nnonsense\n')
    assert [record["id"] for record in records(out)] == [2, None]
    assert err.startswith(b"3 claims in ")


def test_judge_which_cannot_be_loaded_on_the_cluster_is_an_error(dask: str) -> None:
    with pytest.raises(WorkerNotStarted, match="ModuleNotFoundError"):
        obeyed("answer a", executor=dask, judge="no_such_module:judge")


def test_cluster_which_does_not_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lemmata.claims.cluster.ANSWER", 0.5)
    with pytest.raises(NoCluster, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answers there"):
        obeyed("answer a", executor="dask://127.0.0.1:9")


def test_cluster_which_is_lost_is_an_error() -> None:
    with local(workers=1) as lost:
        address = str(lost.scheduler_address).replace("tcp://", "dask://")
        results = check_many(ordered(["sleep 0.1"] * 1000), executor=address, judge=OBEY)
        next(results)
        lost.close()
        with pytest.raises(NoCluster, match="the cluster was lost"):
            list(results)
