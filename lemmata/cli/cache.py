"""The cache: what is kept of proved theorems from one run to the next, so that it need not be found again.

An entry is found by all that a theorem depends on, and gives no verdict: the kernel judges its certificate
again. So one that is damaged, foreign or out of date costs time only (docs/decisions/0007-cache.md).
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from lemmata.cli.sources import Sources
from lemmata.kernel import Checked

if TYPE_CHECKING:
    from lemmata.cli.scripts import Theorem

FOLDER = ".lemmata_cache"
#: The form of the entries; one of another form is not read.
FORMAT = 1
#: What the checker computes with; numba only where it is installed.
DEPENDENCIES = ("lemmata", "sympy", "numpy", "mpmath", "python-flint", "numba")
#: The folder of a project has one of these in it.
MARKS = ("pyproject.toml", ".git")
#: Bytes of an entry, and of all in a folder; those not used for the longest time go first.
LARGEST_ENTRY, LARGEST_FOLDER = 4_000_000, 64_000_000


class Cache:
    """The cache in one run, opened before the scripts run: a file that changes later is not what ran."""

    def __init__(self) -> None:
        self.opened = time.time()
        self.sources = Sources()
        self.checked = Checked()
        self.grounds: dict[Path, str] = {}
        self.folders: set[Path] = set()
        self.machine = [FORMAT, sys.version, sys.platform, {name: release(name) for name in DEPENDENCIES}]

    def record(self, theorem: Theorem, script: Path) -> dict[str, object]:
        """The record of a theorem: from its entry if the kernel accepts that again, else by checking it."""
        entry = self.entry(theorem, script)
        if entry is None:
            return theorem.record()
        found = theorem.recalled(read(entry), self.checked)
        if found is None:
            found = theorem.record()
            kept = theorem.kept(found)
            if kept is not None and write(entry, kept):
                self.folders.add(entry.parent)
        return found

    def entry(self, theorem: Theorem, script: Path) -> Path | None:
        """The file for what is kept of a theorem; None where it is not certain on what it depends."""
        ground = self.ground(script)
        if not ground:
            return None
        return project(script) / FOLDER / f"{digest([ground, theorem.name, theorem.outline()])}.json"

    def ground(self, script: Path) -> str:
        """The digest of what all theorems of a script depend on; empty where that is not certain."""
        if script not in self.grounds:
            self.grounds[script] = self._ground(script)
        return self.grounds[script]

    def _ground(self, script: Path) -> str:
        try:
            parts = self.sources.checker, self.sources.of(script)
        except OSError:  # a module without a file of its own, such as one in an archive
            return ""
        if any(file.changed >= self.opened for files in parts for file in files.values()):
            return ""
        return digest(
            [self.machine, *({name: file.digest for name, file in files.items()} for files in parts)]
        )

    def tidy(self) -> None:
        """Delete what was not used for the longest time, in the folders to which this run added too much."""
        for folder in self.folders:
            shrink(folder, LARGEST_FOLDER)


def digest(values: object) -> str:
    """The SHA-256 of JSON values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def release(package: str) -> str | None:
    """The version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def project(script: Path) -> Path:
    """The folder of the project of a script; that of the script itself where there is no project."""
    folders = script.resolve().parents
    return next((f for f in folders if any((f / mark).exists() for mark in MARKS)), folders[0])


def read(entry: Path) -> object:
    """What is written in an entry, whatever it is; None where there is nothing that can be read."""
    try:
        if entry.stat().st_size > LARGEST_ENTRY:
            return None
        found: object = json.loads(entry.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    touch(entry)
    return found


def touch(entry: Path) -> None:
    """Mark an entry as used now."""
    try:
        os.utime(entry)
    except OSError:  # a folder that cannot be written to has nothing to tidy either
        return


def write(entry: Path, kept: Mapping[str, object]) -> bool:
    """Write an entry at one stroke. Where that is not possible, the theorem is checked again next time."""
    said = json.dumps(kept)
    if len(said) > LARGEST_ENTRY:
        return False
    try:
        folder = entry.parent
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text("# Written by lemmata.\n*\n", encoding="utf-8")
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".tmp", delete=False) as file:
            file.write(said)
        os.replace(file.name, entry)
    except OSError:
        return False
    return True


def shrink(folder: Path, limit: int) -> None:
    """Delete the files which were not used for the longest time, until all have at most so many bytes."""
    total = 0
    try:
        files = [(path.stat(), path) for path in folder.iterdir() if path.name != ".gitignore"]
        for stat, path in sorted(files, key=lambda pair: pair[0].st_mtime, reverse=True):
            total += stat.st_size
            if total > limit:
                path.unlink(missing_ok=True)
    except OSError:  # another run is deleting files too; the next one sees to the rest
        return
