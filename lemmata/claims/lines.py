"""The lines of an open file, as they come, and none of them too long for the memory."""

from __future__ import annotations

import os
from collections.abc import Iterator

from lemmata.claims.sources import Waiting

_CHUNK = 65_536


def lines(descriptor: int, longest: int) -> Iterator[bytes | Waiting]:
    """The lines of an open file, without what ends them; `Waiting` while the next is not there yet.

    Of a line of more than `longest` bytes the first `longest` + 1 are kept.
    """
    begun = b""
    for chunk in _chunks(descriptor):
        if isinstance(chunk, Waiting):
            yield chunk
            continue
        *ended, rest = chunk.split(b"\n")
        for end in ended:
            yield _longer(begun, end, longest)
            begun = b""
        begun = _longer(begun, rest, longest)
    if begun:
        yield begun


def numbered(found: Iterator[bytes | Waiting]) -> Iterator[tuple[int, bytes | Waiting]]:
    """Lines with their numbers, from 1."""
    number = 0
    for line in found:
        number += not isinstance(line, Waiting)
        yield number, line


def _longer(begun: bytes, more: bytes, longest: int) -> bytes:
    """A line with more of it, unless it is too long already."""
    return begun if len(begun) > longest else (begun + more)[: longest + 1]


def _chunks(descriptor: int) -> Iterator[bytes | Waiting]:
    """The bytes of an open file."""
    waiting = Waiting(descriptor)
    while True:
        while not waiting.over():
            yield waiting
        if not (chunk := os.read(descriptor, _CHUNK)):
            return
        yield chunk
