"""What can stop an evaluation. One class a cause."""

from __future__ import annotations


class RefuteError(Exception):
    """Something at an instance has no answer."""


class Undefined(RefuteError):
    """A value which certainly does not exist: `1/0`, `log(-1)`, the inverse of a singular matrix."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is undefined")
        self.what = what


class CannotTell(RefuteError):
    """A ball is too wide, or the readings of a term differ, so nothing certain can be said."""


class OutOfWork(RefuteError):
    """The work allowed for one attack is used up."""


class NotAnInstance(RefuteError):
    """The values drawn do not satisfy the context (or do not satisfy it for certain)."""


class UnknownName(RefuteError):
    """A term mentions what its context does not declare."""


class LoweringMismatch(RefuteError):
    """A line as it was written and its kernel terms have different values at an instance."""
