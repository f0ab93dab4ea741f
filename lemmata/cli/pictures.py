"""Drawing the figures of proof scripts for the reports."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from lemmata.cli import scripts
from lemmata.cli.errors import BrokenScript
from lemmata.report.figures import MISSING, SUFFIXES, drawn, has_matplotlib, path_of, version_of
from lemmata.report.pages import page_names
from lemmata.report.record import FigureRecord


@dataclass(frozen=True)
class Pictures:
    """The figures of some scripts: what the reports say of each, their files, and what was drawn of them."""

    records: list[FigureRecord] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    drawn: dict[str, bytes] = field(default_factory=dict)
    broken: list[BrokenScript] = field(default_factory=list)


def pictures(paths: Sequence[str], files: Sequence[str]) -> Pictures:
    """The figures of the scripts; `files` are those which have a page. Without matplotlib none is drawn."""
    found, names = Pictures(), page_names(files)
    for script in scripts.find(paths):
        file = scripts.shown(script)
        if file in names:
            try:
                _add(found, script, file, names[file])
            except BrokenScript as error:
                found.broken.append(error)
    return found


def _add(found: Pictures, script: Path, file: str, page: str) -> None:
    for figure in scripts.figures(script):
        record = FigureRecord(
            name=figure.name,
            title=figure.title,
            caption=figure.caption,
            source=figure.source,
            file=file,
            line=figure.line,
        )
        found.records.append(record)
        path = path_of(page, record)
        found.paths.extend(path + suffix for suffix in SUFFIXES)
        if has_matplotlib():
            files = picture(script, figure)
            found.drawn.update({path + suffix: content for suffix, content in files.items()})


def picture(script: Path, figure: scripts.Figure) -> dict[str, bytes]:
    """The files of a figure. Raises BrokenScript with its name, and the line of the script where it broke."""
    try:
        with scripts.running(script, figure.line):
            return drawn(figure)
    except BrokenScript as error:
        raise BrokenScript(f"{error} (in the figure {figure.name})") from error.__cause__


def to_write(out: Path, found: Pictures) -> dict[str, bytes]:
    """The files to be written: what was drawn; else, where no SVG is there, one that says it was not."""
    missing = [path for path in found.paths if path not in found.drawn]
    if missing:
        say_missing("drawn")
    absent = (path for path in missing if path.endswith(".svg") and not (out / path).is_file())
    return found.drawn | dict.fromkeys(absent, MISSING)


def say_missing(done: str) -> None:
    """Say what is not done without matplotlib."""
    print(f'no figure is {done}: that needs matplotlib, pip install "lemmata[plots]"', file=sys.stderr)


def comparable(out: Path, found: Pictures) -> Mapping[str, bytes]:
    """The drawn figures which can be compared with those that are there: drawn by the same matplotlib."""
    same: dict[str, bytes] = {}
    if len(found.drawn) < len(found.paths):
        say_missing("compared")
    for path, picture in found.drawn.items():
        there = (out / path).read_bytes() if (out / path).is_file() else b""
        drawn_by, here = version_of(there), version("matplotlib")
        if drawn_by and drawn_by != here:
            print(
                f"{out / path}: not compared, it was drawn by another matplotlib, {drawn_by} and not {here}",
                file=sys.stderr,
            )
        else:
            same[path] = picture
    return same
