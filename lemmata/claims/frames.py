"""What a worker process and the one which started it say to each other: frames of bytes.

A claim is sent as one frame. The first byte of a frame which comes back says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

READY = b"r"  # the judge is loaded
BROKEN = b"!"  # the judge cannot be loaded; a text follows
RESULT = b"="  # a result follows, and the next claim may come
LAST = b"."  # a result follows, and this process should judge no more
ERROR = b"?"  # the judge raised an error; a text follows
MEMORY = b"m"  # there was no memory left for the claim

_LENGTH = 4  # bytes


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def framed(content: bytes) -> bytes:
    """The bytes which are sent for a content.

    >>> framed(b"abc")
    b'\\x00\\x00\\x00\\x03abc'
    """
    return len(content).to_bytes(_LENGTH, "big") + content


def contents(stream: Readable) -> Iterator[bytes]:
    """The contents of frames as they come, until the other end is closed."""
    while len(head := stream.read(_LENGTH)) == _LENGTH:
        yield stream.read(int.from_bytes(head, "big"))


def complete(received: bytearray) -> Iterator[bytes]:
    """The contents of the frames which are there as a whole; they are taken away.

    >>> received = bytearray(framed(b"abc") + framed(b"de")[:-1])
    >>> list(complete(received)), bytes(received)
    ([b'abc'], b'\\x00\\x00\\x00\\x02d')
    """
    while len(received) >= (end := _LENGTH + int.from_bytes(received[:_LENGTH], "big")):
        content = bytes(received[_LENGTH:end])
        del received[:end]
        yield content
