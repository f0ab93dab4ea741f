"""Worker processes which share the claims of a run, and are replaced when they die."""

from __future__ import annotations

import pickle
import select
import signal
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil, inf

from lemmata.claims import frames
from lemmata.claims.errors import WorkerNotStarted
from lemmata.claims.judging import JUDGE
from lemmata.claims.limits import Limits
from lemmata.claims.result import Result, undecided
from lemmata.claims.window import Window
from lemmata.claims.workers import START, Worker

#: How many workers, one after the other, may die before they are ready.
DEATHS = 3


class Crew:
    """At most `jobs` worker processes, which are started when there are claims for them.

    A worker which dies, hangs or raises an error costs the claim which it was judging, and is replaced.
    Of a worker which had judged others before, what came before may be the reason: the claim is then
    judged once more, by a new one. So results do not depend on which worker judged what.
    """

    def __init__(self, jobs: int, limits: Limits, judge: str = JUDGE) -> None:
        self._jobs, self._limits, self._judge = jobs, limits, judge
        self._workers: list[Worker] = []
        self._deaths = 0  # since a worker was ready
        self._abandoned = False

    def results(self, claims: Iterable[object]) -> Iterator[Result]:
        """The results of claims, in their order. To be called again only after all were taken.

        Raises WorkerNotStarted.
        """
        window = Window(claims)
        while not (window.done or self._abandoned):
            self._hand_out(window)
            yield from window.finished()
            self._wait(window)

    def abandon(self) -> None:
        """From another thread: the results are needed no more, and no time is to be spent on them."""
        self._abandoned = True
        for worker in list(self._workers):
            worker.kill()

    def close(self) -> None:
        """Stop all workers, whatever they do."""
        while self._workers:
            self._workers.pop().stop()

    def _hand_out(self, window: Window) -> None:
        """Send claims to the workers which have room."""
        while self._has_room() and (entry := window.take()):
            self._freest().give(entry)

    def _has_room(self) -> bool:
        return len(self._workers) < self._jobs or any(worker.room > 0 for worker in self._workers)

    def _freest(self) -> Worker:
        """A worker which has nothing to do, or a new one, or the one to which most may be sent."""
        freest = max(self._workers, key=lambda worker: (not worker.entries, worker.room), default=None)
        if freest is None or (freest.entries and len(self._workers) < self._jobs):
            return self._start()
        return freest

    def _start(self) -> Worker:
        self._workers.append(worker := Worker(self._limits, self._judge))
        return worker

    def _wait(self, window: Window) -> None:
        """Wait for something to happen, and see to it."""
        busy = {worker.channel.fileno(): worker for worker in self._workers if worker.entries}
        poll = select.poll()
        for descriptor, worker in busy.items():
            poll.register(descriptor, worker.channel.events)
        if window.waiting and self._has_room():
            poll.register(window.waiting.descriptor, select.POLLIN)
        elif not busy:
            return
        patience = min((worker.patience for worker in busy.values()), default=inf)
        for descriptor, _ in poll.poll(None if patience == inf else max(0, ceil(1000 * patience))):
            if descriptor in busy:
                self._hear(busy[descriptor], window)
        for worker in busy.values():
            if worker in self._workers and worker.patience <= 0:
                self._out_of_time(worker, window)

    def _hear(self, worker: Worker, window: Window) -> None:
        """See to what a worker says, or to its death."""
        worker.channel.flush()
        for said in worker.channel.receive():
            self._see_to(said, worker, window)
            if worker not in self._workers:
                return  # what it says of the claims after that, another will say as well
        if worker.channel.closed:
            self._died(worker, window)

    def _see_to(self, said: bytes, worker: Worker, window: Window) -> None:
        kind, content = said[:1], said[1:]
        if kind == frames.READY:
            self._deaths = 0
            worker.begin()
        elif kind == frames.BROKEN:
            raise WorkerNotStarted(
                f"the judge {self._judge} cannot be loaded, with {self._limits.megabytes} MB of memory: "
                + content.decode()
            )
        elif kind == frames.MEMORY:
            self._blame(worker, window, self._limits.out_of_memory, sure=worker.fresh)
        elif kind == frames.ERROR:
            self._blame(worker, window, content.decode(), sure=worker.fresh)
        else:
            window.finish(worker.judged(), pickle.loads(content), len(content))
            if kind == frames.LAST:
                self._dismiss(worker, window)

    def _died(self, worker: Worker, window: Window) -> None:
        status = worker.status()
        if not worker.ready:
            self._died_early(worker, window, status)
        elif not worker.entries:
            self._dismiss(worker, window)
        elif status == -signal.SIGALRM:  # which it has set itself, in case nobody would stop it
            self._blame(worker, window, self._limits.out_of_time, sure=True)
        else:
            reason = f"the process which judged it died ({_how(status)})"
            self._blame(worker, window, reason, sure=worker.fresh)

    def _died_early(self, worker: Worker, window: Window, status: int) -> None:
        self._deaths += 1
        if self._deaths == DEATHS:
            raise WorkerNotStarted(
                f"{DEATHS} worker processes died before they were ready, the last by {_how(status)}; "
                f"{self._limits.megabytes} MB may be too little memory"
            )
        self._dismiss(worker, window)

    def _out_of_time(self, worker: Worker, window: Window) -> None:
        if not worker.ready:
            raise WorkerNotStarted(f"a worker process was not ready after {START} s")
        self._blame(worker, window, self._limits.out_of_time, sure=True)

    def _blame(self, worker: Worker, window: Window, reason: str, sure: bool) -> None:
        """The claim which a worker was judging is undecided; when not sure, a new worker judges it."""
        entry, seconds = worker.entries.popleft(), worker.seconds
        self._dismiss(worker, window)
        if sure:
            window.finish(entry, replace(undecided(entry.id, reason), seconds=round(seconds, 6)))
        else:
            self._start().give(entry)

    def _dismiss(self, worker: Worker, window: Window) -> None:
        """Stop a worker; the claims which it has not begun are for others."""
        worker.stop()
        self._workers.remove(worker)
        window.give_back(worker.entries)


def _how(status: int) -> str:
    """How a process ended."""
    return f"signal {-status}" if status < 0 else f"exit status {status}"
