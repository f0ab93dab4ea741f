"""How a run of claims goes: how many of each outcome, and how fast."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from time import monotonic

from lemmata.claims.result import OUTCOMES
from lemmata.cli.terminal import BAR, Progress, painter
from lemmata.report.text import Paint, plain

#: Seconds between two pictures of the bar.
REDRAW = 0.1


@dataclass(slots=True)
class Tally:
    """The claims judged so far, and the bar which shows them.

    `shown` is whether there is a bar; `before` were judged in an earlier run; `progress.total` is 0 where
    nobody knows how many there are.
    """

    progress: Progress
    shown: bool
    before: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    begun: float = field(default_factory=monotonic)
    drawn: float = 0.0

    @property
    def done(self) -> int:
        return self.outcomes.total()

    @property
    def seconds(self) -> float:
        return monotonic() - self.begun

    @property
    def rate(self) -> str:
        """Claims a second."""
        rate = self.done / max(self.seconds, 1e-9)
        return f"{rate:.1f}/s" if rate < 10 else f"{rate:.0f}/s"

    def add(self, outcome: str) -> None:
        """Count an outcome, and draw the bar now and then."""
        self.outcomes[outcome] += 1
        if self.shown and monotonic() - self.drawn > REDRAW:
            self.drawn = monotonic()
            self._draw(self.before + self.done)

    def _draw(self, done: int) -> None:
        if self.progress.total:
            self.progress.show(done, self._fitting(BAR + 4 + len(f"{done}/{self.progress.total}")))
        else:
            self.progress.write(f"\r{done} {self._fitting(len(f'{done} '))}\x1b[K")

    def _fitting(self, used: int) -> str:
        """The rate, and the counts if there is room: a line which is too wide cannot be drawn over."""
        room = shutil.get_terminal_size().columns - used
        if len(f"{self.rate}  {self.counts()}") >= room:
            return self.rate
        return f"{self.rate}  {self.counts(painter(self.progress.stream))}"

    def counts(self, paint: Paint = plain) -> str:
        """`7 proved, 1 refuted`."""
        return ", ".join(
            paint(f"{self.outcomes[outcome]} {outcome}", outcome)
            for outcome in OUTCOMES
            if self.outcomes[outcome]
        )

    def summary(self) -> str:
        """`8 claims in 2.1 s (3.8/s): 7 proved, 1 refuted`."""
        claims = "1 claim" if self.done == 1 else f"{self.done} claims"
        before = f" after the {self.before} done before" if self.before else ""
        found = f": {self.counts(painter(self.progress.stream))}" if self.done else ""
        return f"{claims}{before} in {self.seconds:.1f} s ({self.rate}){found}"
