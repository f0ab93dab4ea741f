"""Markdown for GitHub: a page for each proof script, an index and a ledger.

Formulas stand in ```` ```math ```` fences and in ``$`...`$``, which GitHub hands to MathJax before
Markdown can eat their underscores and backslashes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence

from lemmata.report import words
from lemmata.report.assignment import Assignment, Section
from lemmata.report.ledger import Ledger
from lemmata.report.ledger import sections as ledger_sections
from lemmata.report.pages import Page
from lemmata.report.record import FigureRecord, Formula, Line, Record
from lemmata.report.text import block

Rows = Iterable[Sequence[str]]


#: The files of each figure, without their suffix, by its script and its name.
Drawn = dict[tuple[str, str], str]


def page(page: Page, source: str, where: dict[str, str], drawn: Drawn) -> str:
    """The page of a proof script; `source` leads to it, `where` to the page of each theorem."""
    head = [f"# {escape(page.file)}", f"[Proof script]({source}) · [all theorems](index.md)"]
    theorems = (theorem(record, source, where) for record in page.records)
    pictures = [part for figure in page.figures for part in picture(figure, drawn)]
    return document([*head, *(part for parts in theorems for part in parts), *pictures])


def picture(figure: FigureRecord, drawn: Drawn) -> Iterable[str]:
    """A figure with its caption."""
    yield f"![{escape(figure['title'])}]({drawn[figure['file'], figure['name']]}.svg)"
    yield f"*{escape(figure['title'])}.* {escape(figure['caption'])}"


def assignment(
    found: Assignment,
    sections: Sequence[Section],
    sources: dict[str, str],
    where: dict[str, str],
    drawn: Drawn,
) -> str:
    """The document through the questions of an assignment."""
    head = ("question", "", "theorems", "outcome", "evidence")
    parts = [f"# {escape(found.title)}", escape(found.about), table(head, map(question_row, sections))]
    for section in sections:
        parts += [
            f"## {section.question.number} {escape(section.question.title)}",
            escape(section.question.asked),
            *results(section),
        ]
        for record in section.records:
            parts += theorem(record, sources[record["file"]], where, level=3)
        for figure in section.figures:
            parts += picture(figure, drawn)
        if not section.records:
            parts.append("No theorem speaks of this question yet.")
    return document([*parts, "[All theorems](index.md)"])


def question_row(section: Section) -> tuple[str, ...]:
    """A question in the table at the start of an assignment."""
    number, title = section.question.number, section.question.title
    return (
        f"[{number}](#{anchor(f'{number} {title}')})",
        escape(title),
        str(len(section.records) or "none"),
        ", ".join(said for _, said in words.tally(section.records)),
        words.evidence(section.records),
    )


def results(section: Section) -> Iterable[str]:
    """A table of the theorems of a question, where there are several."""
    if len(section.records) > 1:
        rows = (
            (
                escape(record["title"]),
                outcome(words.standing(record)),
                record["evidence"] or "",
                f"[`{record['name']}`](#{anchor(record['name'])})",
            )
            for record in section.records
        )
        yield table(("result", "outcome", "evidence", "theorem"), rows)


def index(pages: Sequence[Page], assignments: Sequence[Assignment] = ()) -> str:
    """The table of all theorems."""
    first = [f"[{escape(found.title)}]({found.name}.md): question by question." for found in assignments]
    records = [record for page in pages for record in page.records]
    rows = (index_row(record, page.name) for page in pages for record in page.records)
    return document(
        [
            "# Theorems",
            *first,
            f"{words.counts(records)}. What they rest on: [ledger](ledger.md).",
            table(("theorem", "source", "outcome", "evidence", "needs", "lines", "certificate"), rows),
            "Outcomes: "
            + "; ".join(f"**{words.MARKS[key]}**: {means}" for key, means in words.OUTCOMES.items())
            + ".",
            "Evidence, weakest first: "
            + "; ".join(f"**{key}**: {means}" for key, means in words.EVIDENCE.items())
            + ".",
        ]
    )


def index_row(record: Record, name: str) -> tuple[str, ...]:
    digest = record["certificate"]["digest"] if record["certificate"] else ""
    title = escape(record["title"])
    return (
        f"[`{record['name']}`]({name}.md#{anchor(record['name'])})" + (f"<br>{title}" if title else ""),
        escape(record["source"]),
        outcome(words.standing(record)),
        record["evidence"] or "",
        ", ".join(map(inline, record["needs"] or record["conditions"])),
        str(len(record["lines"])),
        f"`{words.short(digest)}`" if digest else "",
    )


def ledger(book: Ledger, where: dict[str, str]) -> str:
    """What the theorems rest on."""
    parts = ["# What the theorems rest on", "[All theorems](index.md)"]
    for title, found, nothing in ledger_sections(book):
        rows = ((escape(e.what), escape(e.origin), links(e.used_by, where)) for e in found)
        parts += [f"## {title}", table(("", "from", "theorems"), rows) if found else f"({nothing})"]
    return document(parts)


def theorem(record: Record, source: str, where: dict[str, str], level: int = 2) -> Iterable[str]:
    """A theorem: what it says, how it is proved, and what it rests on."""
    yield f"{'#' * level} `{record['name']}`"
    yield from filter(
        None, (f"**{escape(record['title'])}**" if record["title"] else "", record["description"])
    )
    yield " · ".join(
        filter(None, (outcome(words.standing(record)), record["evidence"] or "", *origin(record, source)))
    )
    yield from context(record)
    yield fence(record["statement"]["latex"])
    if not words.is_upheld(record):
        yield f"```text\n{block(record)}\n```"
    elif record["counterexample"]:
        yield escape(words.sentence(words.failure(record["counterexample"]))) + "."
    for part, lines in words.parts(record["lines"]):
        if part:
            yield f"**{escape(words.part_title(part))}.**"
        yield table(("", "", "reason", "mark", "evidence"), map(row, lines))
    yield basis(record, where)


def origin(record: Record, source: str) -> tuple[str, str]:
    """The source of a theorem, and the line of the script where it is stated."""
    return escape(record["source"]), f"[line {record['line']}]({source}#L{record['line']})"


def context(record: Record) -> Iterable[str]:
    """What a theorem speaks of and what it assumes."""
    if record["declarations"]:
        yield "Let " + ", ".join(map(inline, record["declarations"])) + "."
    if record["definitions"]:
        yield "Where " + ", ".join(map(inline, record["definitions"])) + "."
    if record["hypotheses"]:
        yield "Given " + ", ".join(map(inline, record["hypotheses"])) + ":"


def row(line: Line) -> tuple[str, ...]:
    """A line of a derivation in the columns of its table."""
    mark = words.mark(line)
    return (
        symbol(line["relation"]),
        inline(line, r"\displaystyle "),
        escape(words.reason_in_full(line)),
        mark if words.is_good(line) else f"**{mark}**",
        line["evidence"] or "",
    )


def symbol(relation: str) -> str:
    latex = {
        "<=": r"\leq",
        ">=": r"\geq",
        "!=": r"\neq",
        "->": r"\to",
        "in": r"\in",
        "<": r"\lt",
        ">": r"\gt",
    }
    return f"$`{latex.get(relation, relation)}`$" if relation else ""


def basis(record: Record, where: dict[str, str]) -> str:
    """What a theorem rests on, as a list."""
    certificate = record["certificate"]
    items = [
        ("Needs", ", ".join(map(inline, record["needs"]))),
        ("Conditions", "; ".join(f"{inline(c)} ({escape(words.given(c))})" for c in record["conditions"])),
        ("Rests on", links(record["rests_on"], where)),
        ("Axioms", "; ".join(f"`{a['name']}` ({escape(a['source'])})" for a in record["axioms"])),
        ("Cross-check", escape(words.cross_check(record["cross_check"])) if record["lines"] else ""),
        (
            "Computed by",
            "; ".join(f"`{c['function']}`, {escape(words.counterpart(c))}" for c in record["counterparts"]),
        ),
        ("Certificate", f"`{certificate['digest']}`, {words.steps(certificate)}" if certificate else ""),
    ]
    return "\n".join(f"- {title}: {said}" for title, said in items if said)


def links(names: Iterable[str], where: dict[str, str]) -> str:
    """The theorems, each linked to its place."""
    return ", ".join(
        f"[`{name}`]({where[name]}.md#{anchor(name)})" if name in where else f"`{name}`" for name in names
    )


def anchor(name: str) -> str:
    """The anchor which GitHub gives to a heading: lower case, words joined, without other marks."""
    return re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-")


def outcome(key: str) -> str:
    return f"**{words.MARKS[key]}**"


def inline(formula: Formula | Line, style: str = "") -> str:
    """A formula in a sentence or a cell: without `|`, which would end the cell, and without breaks."""
    return f"$`{style}{' '.join(mathjax(formula['latex']).split())}`$"


def fence(latex: str) -> str:
    """A formula on a line of its own."""
    return f"```math\n{mathjax(latex).strip()}\n```"


def mathjax(latex: str) -> str:
    r"""The formula in the macros that GitHub lets through: no `\operatorname`, no bare `|` or `<`."""
    for found, instead in (
        (r"\\operatorname\*?", r"\\mathrm"),
        (r"\\\|", r"\\Vert "),
        (r"\|", r"\\vert "),
        (r"<", r"\\lt "),
        (r">", r"\\gt "),
    ):
        latex = re.sub(found, instead, latex)
    return latex


def table(head: Sequence[str], rows: Rows) -> str:
    """A table; its cells have no line breaks."""
    lines = [tuple(head), ("---",) * len(head), *(tuple(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escape(text: str) -> str:
    """Text in which Markdown finds nothing to do."""
    return re.sub(r"([\\`*_{}\[\]<>#|$])", r"\\\1", " ".join(text.split()))


def document(parts: Iterable[str]) -> str:
    """The parts with blank lines between them."""
    return "\n\n".join([f"<!-- {words.WRITTEN} -->", *parts]) + "\n"


def source_link(file: str, out: str) -> str:
    """The way from the folder of the reports to a proof script."""
    return file if posixpath.isabs(file) else posixpath.relpath(file, out)
