"""A stand-in for `lemmata.derive`: a script lists the records of its theorems by hand."""

from __future__ import annotations

import runpy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.report import records


class Disagreement(Exception):
    """The kernel and the refuter disagree."""


@dataclass(frozen=True)
class Theorem:
    name: str
    found: dict[str, Any]
    error: Exception | None = None

    def record(self) -> dict[str, Any]:
        if self.error:
            raise self.error
        return self.found

    def outline(self) -> list[Any]:
        return [self.name]

    def kept(self, record: object) -> None:
        """Nothing of a record written by hand is kept."""

    def recalled(self, values: object, checked: object) -> None:
        """Nothing was kept."""

    def certificate(self) -> dict[str, Any]:
        return {"version": 1, "statement": self.name}


@dataclass(frozen=True)
class Figure:
    name: str
    file: str
    title: str = "A line"
    caption: str = "It rises."
    source: str = "question 4.3"
    line: int = 7
    size: tuple[float, float] = (3.0, 2.0)

    def draw(self, axes: Any) -> None:
        if self.name == "BREAK":
            raise ZeroDivisionError("division by zero")
        axes.plot([0, 1], [0, 1])


def collect(path: Path) -> list[Theorem]:
    """The records named by the list `theorems` of the script."""
    names = runpy.run_path(str(path)).get("theorems", [])
    return [made(name) for name in names]


def figures(path: Path) -> list[Figure]:
    """The figures named by the list `figures` of the script; each draws a line, or raises."""
    names = runpy.run_path(str(path)).get("figures", [])
    return [Figure(name, str(path)) for name in names]


def made(name: str) -> Theorem:
    """`PROVED` for a record of tests.report.records; `DISAGREE` and `BREAK` raise when checked."""
    if name == "DISAGREE":
        return Theorem(name, {}, Disagreement("accepted: 1 = 2\nrefuted: left 1, right 2"))
    if name == "BREAK":
        return Theorem(name, {}, ZeroDivisionError("division by zero"))
    found = dict(getattr(records, name))
    return Theorem(found["name"], found)
