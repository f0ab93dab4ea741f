"""What is said of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

OUTCOMES = ("proved", "refuted", "gap", "undecided", "invalid")


@dataclass(frozen=True)
class Result:
    """The outcome of a claim, and what it rests on.

    `counterexample` has the keys `dims`, `values`, `lhs` and `rhs`; `at` are the first character to blame
    in the claim's text and the one behind the last.
    """

    id: object
    outcome: str
    evidence: str | None = None
    needs: tuple[str, ...] = ()
    counterexample: Mapping[str, Any] | None = None
    residual: str | None = None
    rests_on: tuple[str, ...] = ()
    reason: str = ""
    at: tuple[int, int] | None = None
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        return asdict(self)


def invalid(id: object, reason: str, at: tuple[int, int] | None = None) -> Result:
    """A claim that cannot be read."""
    return Result(id, "invalid", reason=reason, at=at)


def undecided(id: object, reason: str) -> Result:
    """A claim of which nothing is known."""
    return Result(id, "undecided", reason=reason)
