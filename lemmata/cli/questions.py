"""The questions of an assignment, from the file `questions.toml` beside the proof scripts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lemmata.cli.errors import BadSettings
from lemmata.report.assignment import Assignment, Question
from lemmata.report.pages import RESERVED

FILE = "questions.toml"


def assignment(paths: Sequence[str]) -> Assignment | None:
    """The assignment of the first folder among the paths that has one. Raises BadSettings."""
    for folder in map(Path, paths):
        if (folder / FILE).is_file():
            return read(folder / FILE)
    return None


def read(file: Path) -> Assignment:
    """The assignment in a file. Raises BadSettings."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{file}: {error}") from error
    questions = found.get("questions")
    if not isinstance(questions, list) or not questions:
        raise BadSettings(f"{file}: it needs [[questions]], each with a number, a title and what is asked")
    name = text(file, found, "name")
    if name in RESERVED:
        raise BadSettings(f"{file}: the name {name} is taken by another page of the reports")
    return Assignment(
        name,
        text(file, found, "title"),
        text(file, found, "about"),
        tuple(
            Question(*(text(file, question, key) for key in ("number", "title", "asked")))
            for question in questions
        ),
    )


def text(file: Path, table: Mapping[str, Any], key: str) -> str:
    """A text of a table. Raises BadSettings."""
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadSettings(f"{file}: {key} is {value!r}; a text is needed")
    return " ".join(value.split())
