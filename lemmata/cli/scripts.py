"""From paths to theorems: which files are proof scripts, and what goes wrong when they run."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Protocol, cast

from lemmata.cli.cache import Cache
from lemmata.cli.errors import BrokenScript, Disagreed, NoProofScript, NoSuchPath, NoSuchTheorem
from lemmata.kernel import Checked
from lemmata.report.figures import Drawable
from lemmata.report.record import Record


class Theorem(Protocol):
    """What `lemmata.derive.collect` gives."""

    @property
    def name(self) -> str: ...
    def record(self) -> dict[str, object]: ...
    def certificate(self) -> dict[str, object]: ...
    def outline(self) -> list[object]: ...
    def kept(self, record: Mapping[str, object]) -> dict[str, object] | None: ...
    def recalled(self, values: object, checked: Checked) -> dict[str, object] | None: ...


class Figure(Drawable, Protocol):
    """What `lemmata.derive.figures` gives."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def caption(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def line(self) -> int: ...


def shown(path: Path | str) -> str:
    """A path as it is printed: from the working directory, with `/`."""
    return Path(os.path.relpath(path)).as_posix()


def find(paths: Iterable[str]) -> list[Path]:
    """The proof scripts at the paths: files as they are, folders with all below them."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise NoSuchPath(f"{path}: there is no such file or folder")
        scripts = below(path) if path.is_dir() else [path]
        if not scripts:
            raise NoProofScript(f"{path}: there is no proof script (*.py) in this folder")
        found |= dict.fromkeys(scripts)
    return list(found)


def below(folder: Path) -> list[Path]:
    """The Python files of a folder and its folders, without those hidden or named `__...`."""
    return sorted(
        path
        for path in folder.rglob("*.py")
        if not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
    )


def theorems(script: Path) -> Sequence[Theorem]:
    """The theorems of a proof script; this runs the script."""
    from lemmata.derive import collect  # here, since it loads SymPy

    with running(script):
        return cast("Sequence[Theorem]", collect(script))


def figures(script: Path) -> Sequence[Figure]:
    """The figures of a proof script; this runs the script."""
    from lemmata.derive import figures as found

    with running(script):
        return cast("Sequence[Figure]", found(script))


def record(theorem: Theorem, script: Path, cache: Cache | None = None) -> Record:
    """The record of a theorem, with its file as it is printed; this checks the theorem."""
    with running(script):
        found = theorem.record() if cache is None else cache.record(theorem, script)
        return cast("Record", found | {"file": shown(script)})


def named(found: Iterable[tuple[Path, Theorem]], names: Sequence[str]) -> Iterator[tuple[Path, Theorem]]:
    """The theorems of the names given; all of them without a name."""
    pairs = list(found)
    missing = [name for name in names if all(theorem.name != name for _, theorem in pairs)]
    if missing:
        there = ", ".join(theorem.name for _, theorem in pairs) or "none"
        raise NoSuchTheorem(f"{missing[0]}: no theorem has this name; there are: {there}")
    return (pair for pair in pairs if not names or pair[1].name in names)


class running(AbstractContextManager[None]):
    """While a proof script runs, any error of its own becomes a `BrokenScript` that says where.

    That is the line of the script that failed, or `line` where the error is from elsewhere.
    """

    def __init__(self, script: Path, line: int | None = None) -> None:
        self.script = script
        self.line = line

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        from lemmata.derive import Disagreement

        if isinstance(error, Disagreement):
            raise Disagreed(str(error)) from error
        if isinstance(error, Exception):
            raise BrokenScript(f"{place(error, self.script, self.line)}: {said(error)}") from error


def place(error: Exception, script: Path, line: int | None = None) -> str:
    """The file and the line of the script at which it failed; else `line`, if it is known."""
    if isinstance(error, SyntaxError) and error.lineno:
        return f"{shown(error.filename or script)}:{error.lineno}"
    lines = [] if line is None else [line]
    lines += [
        frame.lineno or 0
        for frame in traceback.extract_tb(error.__traceback__)
        if os.path.realpath(frame.filename) == os.path.realpath(script)
    ]
    return f"{shown(script)}:{lines[-1]}" if lines else shown(script)


def said(error: Exception) -> str:
    """The kind of an error and its message."""
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
