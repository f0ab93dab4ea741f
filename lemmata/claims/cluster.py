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
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeAlias, cast

from distributed import Client, Future, Worker, WorkerPlugin, get_worker
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from lemmata.claims.crew import Crew
from lemmata.claims.errors import NoCluster
from lemmata.claims.limits import Limits
from lemmata.claims.result import Result
from lemmata.claims.sources import Waiting
from lemmata.claims.window import Entry, entered

#: The results of a batch, when they are there.
Batch: TypeAlias = "Future[list[Result]]"

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
        self._busy: set[Crew] = set()
        self._over = False

    def teardown(self, worker: Worker) -> None:
        """The run is over, or the worker is closed."""
        self._over = True
        for crew in list(self._busy):  # each is closed by the thread which it is busy for
            crew.abandon()
        while not self._idle.empty():
            self._idle.get().close()

    def results(self, batch: Iterable[Entry]) -> list[Result]:
        """The results of some claims; fewer if the run is over, and they are needed no more."""
        with self._crew() as crew:
            return list(crew.results(batch))

    @contextmanager
    def _crew(self) -> Iterator[Crew]:
        """A crew to be busy; afterwards it may be so for another batch, unless something went wrong."""
        crew, kept = self._idle_or_new(), False
        self._busy.add(crew)
        try:
            yield crew
            kept = not self._over
        finally:
            self._busy.discard(crew)
            self._idle.put(crew) if kept else crew.close()

    def _idle_or_new(self) -> Crew:
        try:
            return self._idle.get_nowait()
        except Empty:
            return Crew(1, self._limits, self._judge)


def judged(batch: list[Entry], plugin: str) -> list[Result]:
    """The results of some claims; called on a worker of the cluster."""
    return cast(Crews, get_worker().plugins[plugin]).results(batch)


@dataclass(frozen=True)
class Cluster:
    """A cluster which is connected, and the name which `Crews` have on its workers."""

    client: Client
    address: str
    plugin: str

    def sent(self, batch: list[Entry]) -> Batch:
        """Have a batch judged. pure: not to be looked up among those which were judged before."""
        with reaching(self.address):
            return self.client.submit(judged, batch, self.plugin, pure=False)

    def received(self, batch: Batch) -> list[Result]:
        """The results of a batch, when they are there."""
        with reaching(self.address):
            return batch.result()

    def is_busy(self, batches: int) -> bool:
        """Whether so many batches are enough to keep it busy."""
        if batches < FEWEST:
            return False
        with reaching(self.address):
            threads: dict[str, int] = self.client.nthreads()
        return batches >= AHEAD * sum(threads.values())


def results(
    claims: Iterable[object], address: str, limits: Limits, judge: str
) -> Generator[Result, None, None]:
    """The results of claims, in their order, each as soon as its batch and all before it are there.

    Raises NoCluster, and WorkerNotStarted.
    """
    with connected(address, Crews(limits, judge)) as cluster:
        pending: deque[Batch] = deque()
        for batch in batches(claims):
            if isinstance(batch, Waiting):
                batch.over(LOOK if pending else None)
            else:
                pending.append(cluster.sent(batch))
            while pending and (pending[0].done() or cluster.is_busy(len(pending))):
                yield from cluster.received(pending.popleft())
        while pending:
            yield from cluster.received(pending.popleft())


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


@contextmanager
def connected(address: str, crews: Crews) -> Iterator[Cluster]:
    """The cluster at an address, with crews on all its workers, also on those which come later."""
    name = f"lemmata-{uuid.uuid4()}"
    with client_of(address) as client:
        with reaching(address):
            client.register_plugin(crews, name=name)
        try:
            yield Cluster(client, address, name)
        finally:
            if client.status == "running":
                with reaching(address):
                    client.unregister_worker_plugin(name)


def client_of(address: str) -> Client:
    try:
        return Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(f"{address}: no Dask scheduler answers there: {error}") from error


@contextmanager
def reaching(address: str) -> Iterator[None]:
    """What goes wrong between here and a cluster is told as that."""
    try:
        yield
    except (KilledWorker, FutureCancelledError, OSError) as error:
        raise NoCluster(f"{address}: the cluster was lost: {error}") from error
