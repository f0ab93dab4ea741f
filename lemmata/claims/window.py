"""The claims which are under way, in the order in which they came."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lemmata.claims.judging import identity
from lemmata.claims.result import Result, invalid
from lemmata.claims.sources import Waiting

#: A slow claim holds back the results of those after it, at most so many, and of about so many bytes.
MOST_CLAIMS = 4096
MOST_BYTES = 64_000_000

_END = object()


@dataclass(slots=True, eq=False)
class Entry:
    """A claim under way: packed until it is judged, then its result."""

    id: object
    packed: bytes = b""
    result: Result | None = None
    size: int = 0


def entered(claim: object) -> Entry:
    """A claim, ready to be sent; a result, or a claim which is ready already, as it is."""
    if isinstance(claim, Entry):
        return claim
    if isinstance(claim, Result):
        return Entry(claim.id, result=claim)
    try:
        packed = pickle.dumps(claim, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as error:
        return entered(invalid(identity(claim), f"a claim is made of JSON values; this one is not: {error}"))
    return Entry(identity(claim), packed, size=len(packed))


class Window:
    """Takes claims as they are asked for, and gives results back in the order of the claims.

    No more are taken while too many results wait for one before them.
    """

    def __init__(self, claims: Iterable[object]) -> None:
        self._claims = iter(claims)
        self._entries: deque[Entry] = deque()
        self._returned: deque[Entry] = deque()
        self._bytes = 0
        self._ended = False
        self.waiting: Waiting | None = None

    @property
    def done(self) -> bool:
        """Whether all claims were taken and all results given."""
        return self._ended and not self._entries

    def take(self) -> Entry | None:
        """The next claim to be judged; None where there is none now."""
        if self._returned:
            return self._returned.popleft()
        self.waiting = None
        while self._has_room() and (taken := self._next()):
            if taken.result is None:
                return taken
        return None

    def give_back(self, entries: Iterable[Entry]) -> None:
        """Claims which were taken and not begun."""
        self._returned.extend(entries)

    def finish(self, entry: Entry, result: Result, size: int = 0) -> None:
        """Keep the result of a claim, and its size in bytes; the claim itself is needed no more."""
        self._bytes += size - entry.size
        entry.packed, entry.result, entry.size = b"", replace(result, id=entry.id), size

    def finished(self) -> Iterator[Result]:
        """The results which no claim before them holds back."""
        while self._entries and (result := self._entries[0].result) is not None:
            self._bytes -= self._entries.popleft().size
            yield result

    def _has_room(self) -> bool:
        return not self._ended and len(self._entries) < MOST_CLAIMS and self._bytes < MOST_BYTES

    def _next(self) -> Entry | None:
        """The next claim, or result, of those which come in."""
        claim = next(self._claims, _END)
        if claim is _END:
            self._ended = True
            return None
        if isinstance(claim, Waiting):
            self.waiting = claim
            return None
        self._entries.append(taken := entered(claim))
        self._bytes += taken.size
        return taken
