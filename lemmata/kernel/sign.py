"""What is known of a number: whether it is >= 0, and whether it is not 0."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """What is known: False means unknown."""

    nonnegative: bool = False
    nonzero: bool = False

    @property
    def positive(self) -> bool:
        return self.nonnegative and self.nonzero

    def __or__(self, other: Sign) -> Sign:
        return Sign(self.nonnegative or other.nonnegative, self.nonzero or other.nonzero)


POSITIVE = Sign(True, True)
NONNEGATIVE = Sign(True, False)
NONZERO = Sign(False, True)
UNKNOWN = Sign()
