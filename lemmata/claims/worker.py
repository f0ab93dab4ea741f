"""A process which judges claims, one after the other, within limits: `python -m lemmata.claims.worker`.

It is started by `lemmata.claims.workers` and ends with the process which started it.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import sys
from collections.abc import Sequence
from socket import socket

from lemmata.claims.frames import BROKEN, ERROR, LAST, MEMORY, READY, RESULT, contents, framed
from lemmata.claims.judging import Judge, answer, broken, loaded
from lemmata.claims.limits import Limits

#: Seconds more than the limit: what started this process is to stop it first, since it knows better why.
LONGER = 2

MEGABYTE = 2**20

#: Where Linux says how many pages a process has, and which of the numbers is that of its data.
_PAGES = "/proc/self/statm"
_DATA = 5


def main(arguments: Sequence[str]) -> int:
    """Judge the claims which come by an open socket."""
    descriptor, name, seconds, megabytes = arguments
    limits = Limits(float(seconds), int(megabytes))
    with socket(fileno=int(descriptor)) as line:
        confine(limits)
        try:
            judge = loaded(name)
        except Exception as error:
            line.sendall(framed(BROKEN + repr(error).encode(errors="backslashreplace")))
            return 1
        settle()
        serve(line, judge, limits)
    return 0


def confine(limits: Limits) -> None:
    """Set the limits which the operating system keeps; it keeps that of memory on Linux."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = limits.megabytes * MEGABYTE
    # Not the address space, of which threads and compiled libraries reserve a great deal they never use.
    resource.setrlimit(
        resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})


def settle() -> None:
    """Terms are many and have no cycles; and what is loaded by now stays."""
    gc.set_threshold(100_000, 20, 20)
    gc.collect()
    gc.freeze()


def serve(line: socket, judge: Judge, limits: Limits) -> None:
    """Answer each claim, until there is nobody who asks."""
    most = max((memory() + limits.megabytes) / 2, 2 * memory())
    line.sendall(framed(READY))
    with line.makefile("rb") as stream:
        for claim in contents(stream):
            # The default of this signal ends the process, whatever loop of C it is in, also when
            # the process which would have stopped it is gone.
            signal.setitimer(signal.ITIMER_REAL, limits.seconds + LONGER)
            said = answered(judge, claim, limits.seconds, most)
            signal.setitimer(signal.ITIMER_REAL, 0)
            line.sendall(framed(said))


def answered(judge: Judge, packed: bytes, seconds: float, most: float) -> bytes:
    """What is sent back for a claim.

    After an error, or with much memory in use, it should be the last of this process: what was
    interrupted in the middle could be believed by the next claim.
    """
    try:
        result = pickle.dumps(answer(judge, pickle.loads(packed), seconds), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return MEMORY
    except (Exception, SystemExit) as error:
        return ERROR + broken(error).encode(errors="backslashreplace")
    return (RESULT if memory() < most else LAST) + result


def memory() -> float:
    """What this process has of that which the limit of memory is for, in MB; 0 where no limit is kept to."""
    if not os.path.exists(_PAGES):
        return 0
    with open(_PAGES, "rb") as pages:
        return int(pages.read().split()[_DATA]) * resource.getpagesize() / MEGABYTE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
