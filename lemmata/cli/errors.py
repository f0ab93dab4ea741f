"""What can be wrong with the input of a command. One class a cause; each message is one line."""

from __future__ import annotations


class InputError(Exception):
    """A command was given something with which it can do nothing."""


class NoSuchPath(InputError):
    """A path which is not there."""


class NoProofScript(InputError):
    """A folder or a file in which there is nothing to check."""


class NoSuchTheorem(InputError):
    """A name which no theorem has."""


class BadSettings(InputError):
    """A `[tool.lemmata]` table which cannot be read."""


class CannotWrite(InputError):
    """A file which cannot be written where it was asked for."""


class BrokenScript(InputError):
    """A proof script which raised an error; the error itself is the cause of this one."""


class UnreadableCertificate(InputError):
    """A certificate file which is not there or is no text."""


class Disagreed(Exception):
    """The kernel accepted a statement and the refuter found where it fails; the message shows both."""
