"""Drawing the figures of proof scripts for the reports."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from lemmata.cli import scripts
from lemmata.cli.errors import BrokenScript
from lemmata.report.figures import MISSING, has_matplotlib, path_of, svg, version_of
from lemmata.report.pages import page_names
from lemmata.report.record import FigureRecord


@dataclass(frozen=True)
class Pictures:
    """The figures of some scripts: what the reports say of each, where it is, and its SVG if it was drawn."""

    records: list[FigureRecord] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    drawn: dict[str, str] = field(default_factory=dict)
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
        found.paths.append(path_of(page, record))
        if has_matplotlib():
            with scripts.running(script):
                found.drawn[found.paths[-1]] = svg(figure)


def to_write(out: Path, found: Pictures) -> dict[str, str]:
    """The files to be written: what was drawn; else, where nothing is there, that it was not."""
    missing = [path for path in found.paths if path not in found.drawn]
    if missing:
        print('no figure is drawn: that needs matplotlib, pip install "lemmata[plots]"', file=sys.stderr)
    return found.drawn | {path: MISSING for path in missing if not (out / path).is_file()}


def comparable(out: Path, found: Pictures) -> Mapping[str, str]:
    """The drawn figures which can be compared with those that are there: drawn by the same matplotlib."""
    same: dict[str, str] = {}
    for path, text in found.drawn.items():
        there = (out / path).read_text(encoding="utf-8") if (out / path).is_file() else ""
        if there and version_of(there) != version("matplotlib"):
            print(f"{out / path}: not compared, it was drawn by another matplotlib", file=sys.stderr)
        else:
            same[path] = text
    return same
