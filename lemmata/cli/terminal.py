"""What a terminal shows and a pipe does not: colours and a progress bar."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TextIO

from lemmata.report.text import Paint, coloured, plain

BAR = 24  # the columns of a full bar


def painter(stream: TextIO) -> Paint:
    """Colours on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return coloured if wanted else plain


@dataclass(frozen=True, slots=True)
class Progress:
    """A bar which says how much is done and what is being done; on a terminal only."""

    stream: TextIO
    total: int

    def show(self, done: int, name: str) -> None:
        """Draw the bar: `done` of `total` are done, `name` is next."""
        filled = BAR * done // max(self.total, 1)
        self.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{self.total} {name}\x1b[K")

    def clear(self) -> None:
        """Take the bar away."""
        self.write("\r\x1b[K")

    def write(self, text: str) -> None:
        if self.stream.isatty():
            self.stream.write(text)
            self.stream.flush()
