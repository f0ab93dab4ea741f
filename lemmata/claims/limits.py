"""What one claim may take, and what is said of a claim which took more."""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.claims.errors import BadLimit

#: What the timers and the limits of the operating system can hold, with room to spare.
LONGEST = 1_000_000  # seconds
LARGEST = 1_000_000_000  # megabytes


@dataclass(frozen=True)
class Limits:
    """The time (in seconds, by the clock on the wall) and the memory (in MB of 2**20 bytes) of one claim.

    Raises BadLimit.

    >>> Limits(seconds=0.5).out_of_time
    'the time limit of 0.5 s was reached'
    """

    seconds: float = 10
    megabytes: int = 2048

    def __post_init__(self) -> None:
        if not 0 < self.seconds <= LONGEST:
            raise BadLimit(f"the time limit is {self.seconds} s; more than 0 and at most {LONGEST} is needed")
        if not 0 < self.megabytes <= LARGEST:
            raise BadLimit(
                f"the memory limit is {self.megabytes} MB; more than 0 and at most {LARGEST} is needed"
            )

    @property
    def out_of_time(self) -> str:
        return f"the time limit of {self.seconds:g} s was reached"

    @property
    def out_of_memory(self) -> str:
        return f"the memory limit of {self.megabytes} MB was reached"
