"""Claims judged by the workers of a Dask cluster. Needs the package `distributed`: the extra `cluster`.

A worker of the cluster judges in processes with limits, as is done without a cluster, so that a claim which
hangs or fills the memory takes no worker down. What a worker was judging when it was lost all the same,
others judge again.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from distributed import Client, Future, Worker, WorkerPlugin, get_worker
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from lemmata.claims.crew import Crew
from lemmata.claims.errors import NoCluster
from lemmata.claims.limits import Limits
from lemmata.claims.result import Result
from lemmata.claims.sources import Waiting
from lemmata.claims.window import Entry, entered

#: Claims which are sent together.
BATCH = 16
#: Batches under way for each thread of the cluster; and at least, for a cluster which is growing.
AHEAD = 4
FEWEST = 16
#: Seconds in which a cluster should answer.
ANSWER = 10
#: Milliseconds between two looks at the batches while the next claim has not come.
LOOK = 20


class Crews(WorkerPlugin):
    """On one worker of the cluster: crews of one process each, one for each batch judged at a time."""

    def __init__(self, limits: Limits, judge: str) -> None:
        self._limits, self._judge = limits, judge

    def setup(self, worker: Worker) -> None:
        """The worker is here."""
        self._idle: SimpleQueue[Crew] = SimpleQueue()
        self._open = True

    def teardown(self, worker: Worker) -> None:
        """The run is over, or the worker is closed."""
        self._open = False
        while not self._idle.empty():
            self._idle.get().close()

    def results(self, batch: Iterable[Entry]) -> list[Result]:
        """The results of some claims; those of a run which is over are needed no more."""
        crew, found = self._crew(), []
        try:
            for result in crew.results(batch):
                found.append(result)
                if not self._open:
                    break
        except BaseException:
            self._open = False
            raise
        finally:
            self._idle.put(crew) if self._open else crew.close()
        return found

    def _crew(self) -> Crew:
        try:
            return self._idle.get_nowait()
        except Empty:
            return Crew(1, self._limits, self._judge)


def judged(batch: list[Entry], plugin: str) -> list[Result]:
    """The results of some claims; called on a worker of the cluster."""
    crews: Crews = get_worker().plugins[plugin]
    return crews.results(batch)


def results(
    claims: Iterable[object], address: str, limits: Limits, judge: str
) -> Generator[Result, None, None]:
    """The results of claims, in their order, each as soon as its batch and all before it are there.

    Raises NoCluster, and WorkerNotStarted.
    """
    with connected(address) as client, installed(client, Crews(limits, judge)) as plugin:
        pending: deque[Future[list[Result]]] = deque()
        for batch in batches(claims):
            if isinstance(batch, Waiting):
                batch.over(LOOK if pending else None)
            else:
                pending.append(client.submit(judged, batch, plugin, pure=False))
            while pending and (pending[0].done() or len(pending) >= most(client)):
                yield from received(pending.popleft(), address)
        while pending:
            yield from received(pending.popleft(), address)


def batches(claims: Iterable[object]) -> Iterator[list[Entry] | Waiting]:
    """Claims in their order, some at a time; fewer where the next has not come."""
    batch: list[Entry] = []
    for claim in claims:
        if not isinstance(claim, Waiting):
            batch.append(entered(claim))
        if batch and (isinstance(claim, Waiting) or len(batch) == BATCH):
            yield batch
            batch = []
        if isinstance(claim, Waiting):
            yield claim
    if batch:
        yield batch


def most(client: Client) -> int:
    """How many batches are to be under way."""
    return max(FEWEST, AHEAD * sum(client.nthreads().values()))


def received(batch: Future[list[Result]], address: str) -> list[Result]:
    """The results of a batch, when they are there."""
    try:
        return batch.result()
    except (KilledWorker, FutureCancelledError) as error:
        raise NoCluster(f"{address}: the cluster was lost: {error}") from error


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the cluster at an address."""
    try:
        client = Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(f"{address}: no Dask scheduler answers there: {error}") from error
    with client:
        yield client


@contextmanager
def installed(client: Client, plugin: WorkerPlugin) -> Iterator[str]:
    """A plugin on all workers of a cluster, also on those which come later; gives its name."""
    name = f"lemmata-{uuid.uuid4()}"
    client.register_plugin(plugin, name=name)
    try:
        yield name
    finally:
        if client.status == "running":
            client.unregister_worker_plugin(name)
