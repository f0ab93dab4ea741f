"""The exit codes of all commands."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a command found; where two apply, the greater."""

    PROVED = 0
    NOT_PROVED = 1
    UNREADABLE = 2
    DISAGREEMENT = 3
