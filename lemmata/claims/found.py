"""What was found of one statement, and of several together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lemmata.refute import Attack

#: From the outcome which decides over the others to the one that all must have.
_ORDER = ("refuted", "invalid", "undecided", "gap", "proved")
_WEAKEST = ("certified", "cited", "exact")


@dataclass(frozen=True)
class Finding:
    """The outcome of one statement."""

    outcome: str
    evidence: str | None = None
    needs: tuple[str, ...] = ()
    counterexample: Mapping[str, Any] | None = None
    residual: str | None = None
    rests_on: tuple[str, ...] = ()
    reason: str = ""
    #: What found the counterexample, for who looks at its point again.
    attack: Attack | None = field(default=None, repr=False, compare=False)


def joined(findings: Sequence[Finding]) -> Finding:
    """What is known of `a and b`: it is proved if both are, refuted if one is."""
    worst = min(findings, key=lambda found: _ORDER.index(found.outcome))
    if worst.outcome == "gap":
        return replace(worst, needs=_all(found.needs for found in findings))
    if worst.outcome != "proved":
        return worst
    weakest = min((found.evidence or "" for found in findings), key=_WEAKEST.index)
    return replace(worst, evidence=weakest, rests_on=_all(found.rests_on for found in findings))


def _all(parts: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for part in parts for text in part))
