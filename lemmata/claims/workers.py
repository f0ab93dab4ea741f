"""A process which judges claims, seen from the process which started it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections import deque
from contextlib import ExitStack, suppress
from math import inf
from time import monotonic

from lemmata.claims.channel import Channel
from lemmata.claims.errors import WorkerNotStarted
from lemmata.claims.limits import Limits
from lemmata.claims.window import Entry

#: Seconds which a worker may take to load the judge.
START = 60
#: Seconds more than the limit before a worker is stopped: a judge which looks at the clock ends by itself.
GRACE = 0.5
#: Seconds which the system may take to clear away a process.
ENDING = 1
#: Claims which are sent ahead to a worker, and for how quick (in seconds) a one: for a slower one the
#: time which a message takes is nothing, and a claim behind it could be judged by another.
AHEAD = 4
QUICK = 0.02

#: The same for each worker: one thread, since there are others, and no order that differs from run to run.
SETTINGS = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


class Worker:
    """A process and the claims which were sent to it, of which it judges the first.

    Raises WorkerNotStarted.
    """

    def __init__(self, limits: Limits, judge: str) -> None:
        self.channel, self._process = started(limits, judge)
        self.entries: deque[Entry] = deque()
        self.ready = False
        self.fresh = True  # has judged nothing
        self._seconds = limits.seconds + GRACE
        self._since = monotonic()  # when it began with what it does
        self._quick = False

    @property
    def room(self) -> int:
        """How many claims may be sent to it."""
        return (AHEAD if self._quick else 1) - len(self.entries)

    @property
    def seconds(self) -> float:
        """For how long it has been at what it does."""
        return monotonic() - self._since

    @property
    def patience(self) -> float:
        """For how many seconds more it may be at what it does."""
        if not self.ready:
            return START - self.seconds
        return self._seconds - self.seconds if self.entries else inf

    def give(self, entry: Entry) -> None:
        """Send a claim."""
        if self.ready and not self.entries:
            self._since = monotonic()
        self.entries.append(entry)
        self.channel.send(entry.packed)

    def begin(self) -> None:
        """It has said that it is ready."""
        self.ready, self._since = True, monotonic()

    def judged(self) -> Entry:
        """The claim which it has judged; it goes on with the next."""
        self._quick, self.fresh, self._since = self.seconds < QUICK, False, monotonic()
        return self.entries.popleft()

    def status(self) -> int:
        """How the process, which has closed its end, has ended: its exit status, or minus a signal."""
        with suppress(subprocess.TimeoutExpired):  # then it is not about to end, and is made to
            self._process.wait(ENDING)
        return self.stop()

    def kill(self) -> None:
        """End the process; its end of the channel is closed by that."""
        self._process.kill()

    def stop(self) -> int:
        """End the process, if it has not ended, and what belongs to it; returns how it ended."""
        self.kill()
        self.channel.close()
        return self._process.wait()


def started(limits: Limits, judge: str) -> tuple[Channel, subprocess.Popen[bytes]]:
    """A new process, and the channel to it."""
    with ExitStack() as opened:
        try:
            ours, theirs = map(opened.enter_context, socket.socketpair())
            process = subprocess.Popen(
                command(theirs.fileno(), limits, judge),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=sys.__stderr__ or subprocess.DEVNULL,  # what a judge prints is no result
                env={**os.environ, **SETTINGS, "PYTHONPATH": os.pathsep.join(sys.path)},
                process_group=0,  # Ctrl-C is for the process which has to tidy up
            )
        except OSError as error:
            raise WorkerNotStarted(f"a worker process cannot be started: {error}") from error
        theirs.close()
        opened.pop_all()
    return Channel(ours), process


def command(descriptor: int, limits: Limits, judge: str) -> list[str]:
    """The worker's command line. -P: a file of the working directory must not stand for a module."""
    module = "lemmata.claims.worker"
    given = (descriptor, judge, limits.seconds, limits.megabytes)
    return [sys.executable, "-P", "-m", module, *map(str, given)]
