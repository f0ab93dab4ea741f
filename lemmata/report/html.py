"""HTML: pages that need no other file and no script; formulas are Unicode text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

from lemmata.report import words
from lemmata.report.assignment import Assignment, Section
from lemmata.report.ledger import Ledger
from lemmata.report.ledger import sections as ledger_sections
from lemmata.report.pages import Page
from lemmata.report.record import FigureRecord, Formula, Line, Record

#: The files of each figure, without their suffix, by its script and its name.
Drawn = dict[tuple[str, str], str]


def page(page: Page, where: dict[str, str], drawn: Drawn) -> str:
    """The page of a proof script; `where` leads to the page of each theorem."""
    shown = [theorem(record, where) for record in page.records]
    body = "\n".join([*shown, *(picture(figure, drawn) for figure in page.figures)])
    about = '<p class="about"><a href="index.html">All theorems</a></p>'
    return document(page.file, f"{about}\n{body}", "script")


def picture(figure: FigureRecord, drawn: Drawn) -> str:
    """A figure with its caption."""
    path, title = drawn[figure["file"], figure["name"]], escape(figure["title"])
    caption = f"<figcaption><b>{title}.</b> {escape(figure['caption'])}</figcaption>"
    return f'<figure><img src="../{path}.svg" alt="{title}">{caption}</figure>'


def assignment(found: Assignment, sections: Sequence[Section], where: dict[str, str], drawn: Drawn) -> str:
    """The document through the questions of an assignment."""
    head = ("question", "", "theorems", "outcome", "evidence")
    parts = [f"<p>{escape(found.about)}</p>", table(head, map(question_row, sections))]
    for section in sections:
        number, title = section.question.number, section.question.title
        parts.append(f'<h2 class="question" id="q{number}">{number} {escape(title)}</h2>')
        parts.append(f'<p class="asked">{escape(section.question.asked)}</p>')
        parts += results(section)
        parts += [theorem(record, where, level=3) for record in section.records]
        parts += [picture(figure, drawn) for figure in section.figures]
        if not section.records:
            parts.append("<p>No theorem speaks of this question yet.</p>")
    parts.append('<p class="about"><a href="index.html">All theorems</a></p>')
    return document(found.title, "\n".join(parts))


def question_row(section: Section) -> tuple[str, ...]:
    """A question in the table at the start of an assignment."""
    number = section.question.number
    return (
        f'<a href="#q{number}">{number}</a>',
        escape(section.question.title),
        str(len(section.records) or "none"),
        ", ".join(outcome(kind, said) for kind, said in words.tally(section.records)),
        words.evidence(section.records),
    )


def results(section: Section) -> Iterable[str]:
    """A table of the theorems of a question, where there are several."""
    if len(section.records) > 1:
        rows = (
            (
                f'<a href="#{escape(record["name"])}">{escape(record["title"] or record["name"])}</a>',
                outcome(words.standing(record), words.MARKS[words.standing(record)]),
                escape(record["evidence"] or ""),
            )
            for record in section.records
        )
        yield table(("result", "outcome", "evidence"), rows)


def index(pages: Sequence[Page], assignments: Sequence[Assignment] = ()) -> str:
    """The table of all theorems."""
    first = "".join(
        f'<p><a href="{found.name}.html">{escape(found.title)}</a>: question by question.</p>'
        for found in assignments
    )
    records = [record for page in pages for record in page.records]
    head = ("theorem", "source", "outcome", "evidence", "needs", "lines", "certificate")
    rows = (index_row(record, page.name) for page in pages for record in page.records)
    about = f'<p>{escape(words.counts(records))}. What they rest on: <a href="ledger.html">ledger</a>.</p>'
    return document("Theorems", first + about + table(head, rows))


def index_row(record: Record, name: str) -> tuple[str, ...]:
    certificate = record["certificate"]
    return (
        f'<a href="{name}.html#{escape(record["name"])}"><code>{escape(record["name"])}</code></a>'
        f'<br><span class="about">{escape(record["title"])}</span>',
        escape(record["source"]),
        outcome(words.standing(record), words.MARKS[words.standing(record)]),
        escape(record["evidence"] or ""),
        formulas(record["needs"] or record["conditions"]),
        str(len(record["lines"])),
        f"<code>{words.short(certificate['digest'])}</code>" if certificate else "",
    )


def ledger(book: Ledger, where: dict[str, str]) -> str:
    """What the theorems rest on."""
    parts = ['<p class="about"><a href="index.html">All theorems</a></p>']
    for title, found, nothing in ledger_sections(book):
        rows = ((escape(e.what), escape(e.origin), links(e.used_by, where)) for e in found)
        parts.append(
            f"<h3>{title}</h3>" + (table(("", "from", "theorems"), rows) if found else f"<p>({nothing})</p>")
        )
    return document("What the theorems rest on", "\n".join(parts))


def theorem(record: Record, where: dict[str, str], level: int = 2) -> str:
    """A theorem under a heading of this level: what it says, how it is proved, and what it rests on."""
    about = " · ".join(filter(None, (escape(record["source"]), f"line {record['line']}")))
    said = (
        ("Let", record["declarations"]),
        ("Where", record["definitions"]),
        ("Given", record["hypotheses"]),
    )
    context = " ".join(f"{word} {formulas(found)}." for word, found in said if found)
    text = " ".join(filter(None, (record["title"], record["description"])))
    return "\n".join(
        [
            f'<section id="{escape(record["name"])}">',
            f'<h{level} class="name">{escape(record["name"])}</h{level}>',
            f'<p class="about">{outcome(words.standing(record), words.verdict(record))} · {about}</p>',
            *(f"<p>{shown}</p>" for shown in (escape(text), context) if shown),
            f'<div class="statement math">{escape(record["statement"]["text"])}</div>',
            *(f"<p>{escape(words.sentence(detail))}</p>" for detail in words.theorem_details(record)),
            *(derivation(part, lines, level + 1) for part, lines in words.parts(record["lines"])),
            facts(basis(record, where)),
            "</section>",
        ]
    )


def derivation(part: str, lines: Iterable[Line], level: int) -> str:
    """The lines of a part, in a table under a heading of this level."""
    title = f"<h{level}>{escape(words.part_title(part))}</h{level}>\n" if part else ""
    rows = "\n".join(row for line in lines for row in line_rows(line))
    return f'{title}<div class="wide"><table><tbody>\n{rows}\n</tbody></table></div>'


def line_rows(line: Line) -> Iterable[str]:
    """A line, and below it why it is not good."""
    cells = (
        ("relation math", escape(words.relation(line))),
        ("math", escape(line["text"])),
        ("reason", escape(words.reason_in_full(line))),
        ("mark", outcome(words.colour(line), words.judged(line))),
    )
    yield "<tr>" + "".join(f'<td class="{kind}">{cell}</td>' for kind, cell in cells) + "</tr>"
    if not words.is_good(line):
        kind = f"detail {words.colour(line)}"
        for detail in words.details(line):
            yield f'<tr class="{kind}"><td></td><td colspan="3">{escape(detail)}</td></tr>'


def basis(record: Record, where: dict[str, str]) -> Iterable[tuple[str, str]]:
    """What a theorem rests on: a title and words for each."""
    certificate = record["certificate"]
    yield "Needs", formulas(record["needs"])
    given = (f"{formulas([c])} ({escape(words.given(c))})" for c in record["conditions"])
    yield "Conditions", "; ".join(given)
    yield "Rests on", links(record["rests_on"], where)
    yield "Axioms", "; ".join(escape(f"{a['name']} ({a['source']})") for a in record["axioms"])
    yield "Cross-check", escape(words.cross_check(record["cross_check"])) if record["lines"] else ""
    yield (
        "Computed by",
        "<br>".join(
            f"<code>{escape(c['function'])}</code>, {escape(words.counterpart(c))}"
            for c in record["counterparts"]
        ),
    )
    if certificate:
        yield "Certificate", f"<code>{certificate['digest']}</code><br>{escape(words.steps(certificate))}"


def facts(found: Iterable[tuple[str, str]]) -> str:
    shown = "".join(f"<dt>{title}</dt><dd>{said}</dd>\n" for title, said in found if said)
    return f"<dl>\n{shown}</dl>"


def links(names: Iterable[str], where: dict[str, str]) -> str:
    """The theorems, each linked to its place."""
    return ", ".join(
        f'<a href="{where[name]}.html#{escape(name)}"><code>{escape(name)}</code></a>'
        if name in where
        else f"<code>{escape(name)}</code>"
        for name in names
    )


def formulas(found: Iterable[Formula]) -> str:
    return ", ".join(f'<span class="math">{escape(formula["text"])}</span>' for formula in found)


def outcome(key: str, said: str) -> str:
    return f'<b class="{key}">{escape(said)}</b>' if said else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are HTML."""
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>\n{body}\n</tbody></table></div>'


def document(title: str, body: str, kind: str = "text") -> str:
    """A page with its style in it; the title of a page of the kind `script` is a path."""
    style = files("lemmata.report").joinpath("style.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<!-- {words.WRITTEN} -->\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<h1 class="{kind}">{escape(title)}</h1>\n{body}\n</body>\n</html>\n'
    )
