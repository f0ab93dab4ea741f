"""How often a peer is right and wrong, and how fast: a line for a group of claims, a cell of the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.peers_of_claims.asking import ERROR, LATE, NO, NOT_SAID, YES, Answer
from lemmata.claims.result import Result


@dataclass(frozen=True)
class Tally:
    """Counts of what was said of some claims, and the seconds of those that could be said.

    Right is a yes to a true claim, wrong one to a false claim. The latter is lenient where the claim becomes
    true with a condition that we name, such as a denominator that is not 0.
    """

    right: int = 0
    refuted: int = 0
    wrong: int = 0
    lenient: int = 0
    undecided: int = 0
    not_said: int = 0
    late: int = 0
    errors: int = 0
    seconds: tuple[float, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def line(self, name: str) -> str:
        """A line for a group."""
        return (
            f"    {name}: {self.right} right, {self.mistakes()}, {self.undecided} not decided, "
            f"{self.not_said} not said, {self.late} out of time, {self.errors} errors{self.times(True)}"
        )

    def cell(self) -> str:
        """A cell of the table: a dash where nothing could be said."""
        refuted = f" + {self.refuted} refuted" if self.refuted else ""
        return f"{self.right}{refuted}, {self.mistakes()}{self.times(False)}" if self.seconds else "–"

    def mistakes(self) -> str:
        return f"{self.wrong} wrong" + (f" + {self.lenient} lenient" if self.lenient else "")

    def times(self, late: bool) -> str:
        """The median and the 95th percentile, in ms."""
        if not self.seconds:
            return ""
        found = sorted(1000 * second for second in self.seconds)
        rest = f" (95 %: {found[-(-95 * len(found) // 100) - 1]:.0f} ms)" if late else ""
        return f", {median(found):.0f} ms{rest}"


def of_peer(answers: Sequence[Answer], true: bool, results: Iterable[Result]) -> Tally:
    """What a peer said of claims which are all true, or all false, beside our results."""
    said = Counter(answer.said for answer in answers)
    pairs = zip(answers, results, strict=True)
    lenient = sum(a.said == YES and not true and result.outcome == "gap" for a, result in pairs)
    return Tally(
        right=said[YES] if true else 0,
        wrong=0 if true else said[YES] - lenient,
        lenient=lenient,
        undecided=said[NO],
        not_said=said[NOT_SAID],
        late=said[LATE],
        errors=said[ERROR],
        seconds=tuple(answer.seconds for answer in answers if answer.said != NOT_SAID),
    )


def of_lemmata(results: Sequence[Result], true: bool) -> Tally:
    """What we said: a false claim is refuted, or a gap where it would be true under one more condition."""
    count = Counter(result.outcome for result in results)
    proved, refuted = count["proved"], count["refuted"] + (0 if true else count["gap"])
    return Tally(
        right=proved if true else 0,
        refuted=0 if true else refuted,
        wrong=refuted if true else proved,
        undecided=len(results) - proved - refuted,
        seconds=tuple(result.seconds for result in results),
    )
