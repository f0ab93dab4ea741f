"""The terminal form: one line a theorem, and a block for each which is not proved."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from lemmata.report import words
from lemmata.report.record import Line, Record

#: Paints a text in the colour of an outcome.
Paint = Callable[[str, str], str]

NAME = 34  # the column of the names
FORMULA = 44  # the column of the formulas, and
REASON = 30  # of the reasons, in a block
COLOURS = {
    "proved": "32",
    "refuted": "1;31",
    "gap": "33",
    "undecided": "33",
    "invalid": "31",
    "differs": "31",
    "disproved": "32",
    "quiet": "2",
}


def plain(text: str, outcome: str) -> str:
    """No colours."""
    return text


def coloured(text: str, outcome: str) -> str:
    """The colours of a terminal."""
    return f"\x1b[{COLOURS.get(outcome, '0')}m{text}\x1b[0m"


def width(text: str) -> int:
    """The columns which a text takes: combining marks take none, wide letters two."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def pad(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def summary(record: Record, paint: Paint = plain) -> str:
    """One line: the mark, the name, the evidence, where it is."""
    mark = paint(pad(words.MARKS[words.standing(record)], 9), words.standing(record))
    named = pad(record["name"], NAME)
    steps = f"{len(record['lines'])} lines" if record["lines"] else ""
    rest = "  ".join((pad(record["evidence"] or "", 9), pad(steps, 8), place(record)))
    return f"{mark}  {named}  {rest}"


def place(record: Record) -> str:
    return f"{record['file']}:{record['line']}"


def block(record: Record, paint: Paint = plain) -> str:
    """What is wrong with a theorem: each line that is not good, after the line before it."""
    head = f"{paint(words.MARKS[words.standing(record)], words.standing(record))}  {record['name']}"
    where = first_failure(record)
    gap = max(2, 96 - width(words.MARKS[words.standing(record)]) - 2 - width(record["name"]) - width(where))
    body = failing_lines(record, paint)
    if not body:
        body = [f"     {record['statement']['text']}"]
    return "\n".join([head + " " * gap + where, *body, *indented(words.theorem_details(record))])


def first_failure(record: Record) -> str:
    """The file and line of the first line that is not good, and its number in its part."""
    for part, lines in words.parts(record["lines"]):
        for number, line in enumerate(lines, 1):
            if not words.is_good(line):
                of = f"{part}, " if part else ""
                return f"{record['file']}:{line['file_line']}, {of}line {number} of {len(lines)}"
    return place(record)


def failing_lines(record: Record, paint: Paint) -> list[str]:
    """Each line that is not good with its details, and the line before it."""
    shown: list[str] = []
    for part, lines in words.parts(record["lines"]):
        kept = [k for k in range(len(lines)) if not words.is_good(lines[k])]
        if kept and part:
            shown.append(f"   {words.part_title(part)}")
        wanted = sorted({k - 1 for k in kept if k} | set(kept))
        shown += rows([lines[k] for k in wanted], paint)
    return shown


def rows(lines: Sequence[Line], paint: Paint) -> list[str]:
    """Lines in columns: formula, reason, mark; the details below each line that is not good."""
    formulas = [formula(line) for line in lines]
    left = column(map(width, formulas), FORMULA)
    right = column((width(words.reason(line)) for line in lines), REASON)
    shown: list[str] = []
    for line, written in zip(lines, formulas, strict=True):
        shown += row(line, written, left, right, paint)
        if not words.is_good(line):
            shown += indented(words.details(line))
    return shown


def row(line: Line, written: str, left: int, right: int, paint: Paint) -> list[str]:
    """One line; a formula which is wider than its column has the reason below it."""
    start = "     " if words.is_good(line) else "   > "
    mark = paint(words.mark(line), words.colour(line)) if line["outcome"] else ""
    rest = f"{pad(words.reason(line), right)}   {mark}" if mark else ""
    if width(written) > left:
        return [start + written, (" " * (5 + left + 3) + rest).rstrip()]
    return [(start + pad(written, left) + "   " + rest).rstrip()]


def column(widths: Iterable[int], most: int) -> int:
    """The widest of those that fit."""
    return max((w for w in widths if w <= most), default=0)


def formula(line: Line) -> str:
    return f"{words.relation(line)} {line['text']}".lstrip()


def indented(sentences: Sequence[str]) -> list[str]:
    return [f"   {sentence}" for sentence in sentences]


def overview(records: Sequence[Record], paint: Paint = plain) -> str:
    """The closing line: how many theorems, and how many of each outcome."""
    worst = "proved" if all(map(words.is_upheld, records)) else "refuted"
    return paint(words.counts(records), worst)
