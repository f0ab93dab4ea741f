"""What keeps a run from starting or going on. One class a cause; each message is one line."""

from __future__ import annotations


class RunError(Exception):
    """A run which cannot start or cannot go on."""


class BadLimit(RunError):
    """A limit which cannot be set, or a number of processes which cannot be."""


class NoSuchExecutor(RunError):
    """A name which no executor has."""


class NotInstalled(RunError):
    """An executor whose package is not installed."""


class NoCluster(RunError):
    """A cluster which does not answer."""


class WorkerNotStarted(RunError):
    """A worker process which cannot begin to judge."""


class WouldOverwrite(RunError):
    """A file of results which is there already."""


class NotResumable(RunError):
    """A file of results which are not those of the claims given."""
