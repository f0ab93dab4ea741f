"""Asking another program whether both sides of a claim are equal, within a limit of time.

A peer is asked the equation alone. Hypotheses are left out, as none of the peers has a place for them: what
holds without them holds with them, so that a yes is right for a true claim and wrong for a false one. A no
says that the peer did not find both sides equal, of a true claim too, and decides nothing.
"""

from __future__ import annotations

import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from time import perf_counter
from typing import Any, NamedTuple

from benchmarks.peers import installed
from lemmata.claims.claim import claim_from
from lemmata.claims.judge import question_of
from lemmata.language.errors import LanguageError
from lemmata.language.expr import Expr

YES, NO, NOT_SAID, LATE, ERROR = ANSWERS = ("yes", "no", "not said", "out of time", "error")


class NotSaid(Exception):
    """A peer has no word for something in a claim."""


class OutOfTime(BaseException):
    """A peer took longer than it may. Not an Exception, since peers catch those of their own."""


@dataclass(frozen=True)
class Peer:
    """A program, the module it needs, and how it is asked whether two expressions are equal."""

    name: str
    module: str
    equal: Callable[[Any, Expr, Expr], bool]

    @property
    def installed(self) -> bool:
        return installed(self.module)


class Answer(NamedTuple):
    """What a peer says, after how many seconds, and more of an error."""

    said: str
    seconds: float
    detail: str = ""


def sides(claim: dict[str, Any]) -> tuple[Expr, Expr]:
    """Both sides of a claim that is one equation. Raises NotSaid where it is anything else."""
    try:
        statements = question_of(claim_from(claim)).written
    except LanguageError as error:
        raise NotSaid(str(error)) from error
    if len(statements) != 1 or statements[0].relation != "==" or statements[0].over is not None:
        raise NotSaid("a claim that is not one equation")
    return statements[0].left, statements[0].right


def asked(peer: Peer, claim: dict[str, Any], seconds: float) -> Answer:
    """The answer of a peer to a claim. The time is that of saying both sides in its words and of deciding."""
    module = import_module(peer.module)
    try:
        left, right = sides(claim)
    except NotSaid as reason:
        return Answer(NOT_SAID, 0.0, str(reason))
    begun = perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said, detail = _answered(lambda: peer.equal(module, left, right), seconds)
    return Answer(said, perf_counter() - begun, detail)


def _answered(question: Callable[[], bool], seconds: float) -> tuple[str, str]:
    try:
        with limit(seconds):
            return (YES if question() else NO), ""
    except (NotSaid, LanguageError) as reason:
        return NOT_SAID, str(reason)
    except OutOfTime:
        return LATE, ""
    except Exception as error:  # a peer may fail in any way
        return ERROR, f"{type(error).__name__}: {error}"


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Raises OutOfTime inside, once the time is over."""
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(*_: object) -> None:
    raise OutOfTime
