"""The end of a socket which is never waited for."""

from __future__ import annotations

import select
from collections.abc import Iterator
from socket import socket

from lemmata.claims.frames import complete, framed

_CHUNK = 65_536


class Channel:
    """Sends and receives frames as far as that goes at once: the process at the other end may hang."""

    def __init__(self, end: socket) -> None:
        end.setblocking(False)
        self._end = end
        self._unsent = bytearray()
        self._received = bytearray()
        self.closed = False  # by the other end

    def fileno(self) -> int:
        return self._end.fileno()

    @property
    def events(self) -> int:
        """What is to be waited for, as `select.poll` names it."""
        return select.POLLIN | (select.POLLOUT if self._unsent else 0)

    def send(self, content: bytes) -> None:
        self._unsent += framed(content)
        self.flush()

    def flush(self) -> None:
        """Send what was not sent yet."""
        try:
            while self._unsent:
                del self._unsent[: self._end.send(self._unsent)]
        except BlockingIOError:
            return  # its buffer is full
        except (BrokenPipeError, ConnectionResetError):
            self._unsent.clear()  # its end is seen, and told, where it is read from

    def receive(self) -> Iterator[bytes]:
        """What has come."""
        self._read()
        return complete(self._received)

    def _read(self) -> None:
        try:
            while chunk := self._end.recv(_CHUNK):
                self._received += chunk
            self.closed = True
        except BlockingIOError:
            return  # there is no more at present
        except ConnectionResetError:
            self.closed = True  # it died before it had read all

    def close(self) -> None:
        self._end.close()
