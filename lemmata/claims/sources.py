"""Where claims come from, when it may be that none has come yet."""

from __future__ import annotations

import select
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """Stands among claims for: the next one is not there yet; it comes from this open file.

    Whoever takes claims can then do something else until the file is readable. Without this a program
    which sends a claim and waits for its result, before it sends another, would wait for ever.
    """

    descriptor: int

    def over(self, milliseconds: float | None = 0) -> bool:
        """Whether there is something to read, after waiting (None: for as long as it takes)."""
        poll = select.poll()
        poll.register(self.descriptor, select.POLLIN)
        return bool(poll.poll(milliseconds))


def settled(claims: Iterable[object]) -> Iterator[object]:
    """The claims, after waiting for each."""
    for claim in claims:
        if isinstance(claim, Waiting):
            claim.over(None)
        else:
            yield claim
