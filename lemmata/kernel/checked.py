"""What came of certificates that were checked before, so that a lemma of many theorems is checked once.

The caller makes a `Checked` and hands it to each call of `check`; the kernel itself remembers nothing. What
came of a certificate is found by the whole of it, compared field by field, and counts again: its conditions,
steps and work.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lemmata.kernel.certificate import Certificate
from lemmata.kernel.conditions import Condition


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a certificate whose steps follow: its conditions, the axioms and lemmas it rests on, the work."""

    needs: tuple[Condition, ...]
    given: tuple[Condition, ...]
    axioms: tuple[str, ...]
    rests_on: tuple[str, ...]
    steps: int
    work: int


@dataclass
class Checked:
    """The certificates of which each step was seen to follow. Only `check` adds to it."""

    outcomes: dict[Certificate, Outcome] = field(default_factory=dict)
