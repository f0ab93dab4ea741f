"""One document through the questions of an assignment: what was asked, and what is known of each answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lemmata.report.record import FigureRecord, Record

_QUESTION = re.compile(r"\bquestion (\d+(?:\.\w+)*)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its number (such as 2.2.a), a title, and what is asked in a sentence."""

    number: str
    title: str
    asked: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """The questions in their order; `name` names the files of the document."""

    name: str
    title: str
    about: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A question with the theorems and figures whose source names it."""

    question: Question
    records: tuple[Record, ...]
    figures: tuple[FigureRecord, ...]


def number_of(source: str) -> str:
    """The number of the question which a source names: 4.3 of "question 4.3, footnote 2"."""
    found = _QUESTION.search(source)
    return found[1] if found else ""


def sections(
    assignment: Assignment, records: Sequence[Record], figures: Iterable[FigureRecord]
) -> tuple[Section, ...]:
    """A section for each question, in their order."""
    drawn = list(figures)
    return tuple(
        Section(
            question,
            tuple(record for record in records if number_of(record["source"]) == question.number),
            tuple(figure for figure in drawn if number_of(figure["source"]) == question.number),
        )
        for question in assignment.questions
    )
