"""Which theorem is on which page: one page a proof script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from lemmata.report.record import FigureRecord, Record

#: Names which the reports need for themselves.
RESERVED = {"index", "ledger"}


@dataclass(frozen=True, slots=True)
class Page:
    """The theorems of one proof script, in the order of the script; `name` names the files."""

    name: str
    file: str
    records: tuple[Record, ...]
    figures: tuple[FigureRecord, ...] = ()


def pages(records: Iterable[Record], figures: Iterable[FigureRecord] = ()) -> tuple[Page, ...]:
    """One page for each proof script, in the order of the paths."""
    files: dict[str, list[Record]] = {}
    drawn: dict[str, list[FigureRecord]] = {}
    for record in records:
        files.setdefault(record["file"], []).append(record)
    for figure in figures:
        drawn.setdefault(figure["file"], []).append(figure)
    names = page_names(files)
    return tuple(
        Page(names[file], file, tuple(files[file]), tuple(drawn.get(file, ()))) for file in sorted(files)
    )


def page_names(files: Iterable[str]) -> dict[str, str]:
    """The stem of each path; where two scripts share it, the path with `-` for `/`."""
    paths = {file: PurePosixPath(file).with_suffix("") for file in files}
    stems = [path.name for path in paths.values()]
    return {
        file: safe(path.name if stems.count(path.name) == 1 else "-".join(path.parts).strip("-/"))
        for file, path in paths.items()
    }


def safe(name: str) -> str:
    """The name, if the reports do not need it for themselves."""
    return f"{name}-script" if name in RESERVED else name
