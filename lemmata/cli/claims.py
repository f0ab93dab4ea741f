"""`lemmata claims`: JSON lines in, JSON lines out. Imports neither SymPy nor NumPy: those who judge do."""

from __future__ import annotations

import signal
import sys
from argparse import Namespace
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import BinaryIO, NoReturn

from lemmata.claims.check import check_many
from lemmata.claims.errors import RunError
from lemmata.claims.judging import JUDGE
from lemmata.claims.lines import lines
from lemmata.claims.result import Result
from lemmata.claims.resume import begun
from lemmata.claims.sources import settled
from lemmata.claims.stream import LONGEST_LINE, claims_in, line_of
from lemmata.cli.errors import CannotWrite, InputError
from lemmata.cli.exits import Exit
from lemmata.cli.tally import Tally
from lemmata.cli.terminal import Progress

#: The exit code of a run which was told to stop is this and the number of the signal, as in shells.
STOPPED = 128


#: Bytes of a file which is read a first time, so as to know how much there is to be done.
LARGEST_COUNTED = 200_000_000


class UnreadableClaims(InputError):
    """A file of claims which is not there or cannot be read."""


class CannotRun(InputError):
    """A run which cannot start or go on; the error itself is the cause of this one."""


class Stopped(BaseException):
    """This process was told to stop, by the signal of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped by {signal.Signals(number).name}")
        self.number = number


def claims(options: Namespace) -> int:
    """Judge claims, one a line, and write the results, one a line. Returns the exit code."""
    try:
        with stoppable(), source(options.file) as file:
            run(file, options)
    except RunError as error:
        raise CannotRun(str(error)) from error
    except Stopped as stopped:
        print(f"lemmata: {stopped}", file=sys.stderr)
        return STOPPED + stopped.number
    return Exit.PROVED


def run(file: BinaryIO, options: Namespace) -> None:
    """Judge the claims of an open file."""
    found = read(file, options.file)
    with closing(judged(found, options)) as results:
        opened, done = target(options, found)
        with opened as out:
            write(results, out, tally_of(options, done))


def tally_of(options: Namespace, done: int) -> Tally:
    """A count of results, and a bar if there is to be one, of which some were done before."""
    shown = is_shown(options)
    return Tally(Progress(sys.stderr, total(options.file) if shown else 0), shown, done)


def write(results: Iterator[Result], out: BinaryIO, tally: Tally) -> None:
    """Write the results as they come; then, also when something went wrong, say how many."""
    try:
        for result in results:
            write_line(line_of(result), out)
            tally.add(result.outcome)
    finally:
        tally.progress.clear()
        print(tally.summary(), file=sys.stderr)


def judged(found: Iterator[object], options: Namespace) -> Generator[Result, None, None]:
    """The results of claims."""
    return check_many(
        found,
        jobs=options.jobs,
        timeout=options.timeout,
        memory=options.memory,
        executor=options.executor,
        judge=JUDGE,
    )


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C and SIGTERM raise Stopped, except where whoever started us had them ignored (nohup)."""
    numbers = [n for n in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(n) != signal.SIG_IGN]
    before = [(number, signal.signal(number, stop)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Stopped(number)


def source(name: str) -> AbstractContextManager[BinaryIO]:
    """A file of claims; `-` is the standard input."""
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return open(name, "rb", buffering=0)
    except OSError as error:
        raise UnreadableClaims(f"{name}: {error.strerror}") from error


def read(file: BinaryIO, name: str) -> Iterator[object]:
    """The claims of a file."""
    try:
        yield from claims_in(file.fileno())
    except OSError as error:
        raise UnreadableClaims(f"{name}: {error.strerror}") from error


def target(options: Namespace, found: Iterator[object]) -> tuple[AbstractContextManager[BinaryIO], int]:
    """Where results are written, and how many are there already; their claims are taken from those found."""
    if options.out is None:
        if options.resume:
            raise CannotRun("--resume needs --out FILE: it goes on with the results which are in this file")
        return nullcontext(sys.stdout.buffer), 0
    try:
        done = begun(options.out, options.resume, settled(found))
        return open(options.out, "ab"), done
    except OSError as error:
        raise CannotWrite(f"{options.out}: {error.strerror}") from error


def write_line(line: bytes, out: BinaryIO) -> None:
    """Write a line, so that whoever reads the file or the pipe has it at once."""
    try:
        out.write(line)
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(f"results cannot be written: {error.strerror}") from error


def is_shown(options: Namespace) -> bool:
    """Whether there is a bar: on a terminal on which the results themselves are not seen."""
    return sys.stderr.isatty() and (options.out is not None or not sys.stdout.isatty())


def total(name: str) -> int:
    """How many claims there are in a file; 0 where it can be read but once, or counting takes long."""
    if not Path(name).is_file() or Path(name).stat().st_size > LARGEST_COUNTED:
        return 0
    with open(name, "rb", buffering=0) as file:
        return sum(
            isinstance(line, bytes) and bool(line.strip()) for line in lines(file.fileno(), LONGEST_LINE)
        )
