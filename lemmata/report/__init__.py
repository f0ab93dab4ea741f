"""Reports of checked theorems: Markdown, LaTeX, HTML and text. Reads records, computes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lemmata.report import figures as figures
from lemmata.report import html, latex, markdown
from lemmata.report.assignment import Assignment as Assignment
from lemmata.report.assignment import Question as Question
from lemmata.report.assignment import Section, sections
from lemmata.report.ledger import Ledger as Ledger
from lemmata.report.ledger import ledger as ledger
from lemmata.report.pages import Page, pages
from lemmata.report.record import FigureRecord as FigureRecord
from lemmata.report.record import Record as Record

FORMATS = ("markdown", "latex", "html")


def render(
    records: Sequence[Record],
    out: str,
    formats: Collection[str] = FORMATS,
    drawings: Sequence[FigureRecord] = (),
    assignment: Assignment | None = None,
) -> dict[str, str]:
    """The files of the reports: the path of each, relative to the folder `out`, and its text.

    Markdown stands in `out` itself, where GitHub shows it; LaTeX in `latex/` and HTML in `html/`. Figures
    are linked, and drawn elsewhere.
    """
    book = Book(
        pages(records, drawings),
        ledger(records),
        out,
        sections(assignment, records, drawings) if assignment else (),
        assignment,
    )
    written: dict[str, str] = {}
    if "markdown" in formats:
        written |= markdown_files(book)
    if "latex" in formats:
        written |= latex_files(book)
    if "html" in formats:
        written |= html_files(book)
    return written


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that is reported at once."""

    pages: tuple[Page, ...]
    ledger: Ledger
    out: str
    sections: tuple[Section, ...]
    assignment: Assignment | None

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        return () if self.assignment is None else (self.assignment,)

    @property
    def where(self) -> dict[str, str]:
        """The page of each theorem."""
        return {record["name"]: page.name for page in self.pages for record in page.records}

    @property
    def drawn(self) -> dict[tuple[str, str], str]:
        """The files of each figure, without their suffix, by its script and its name."""
        return {
            (page.file, figure["name"]): figures.path_of(page.name, figure)
            for page in self.pages
            for figure in page.figures
        }


def markdown_files(book: Book) -> dict[str, str]:
    sources = {page.file: markdown.source_link(page.file, book.out) for page in book.pages}
    written = {
        "index.md": markdown.index(book.pages, book.assignments),
        "ledger.md": markdown.ledger(book.ledger, book.where),
        **{
            f"{page.name}.md": markdown.page(page, sources[page.file], book.where, book.drawn)
            for page in book.pages
        },
    }
    if book.assignment is not None:
        text = markdown.assignment(book.assignment, book.sections, sources, book.where, book.drawn)
        written[f"{book.assignment.name}.md"] = text
    return written


def latex_files(book: Book) -> dict[str, str]:
    written = {f"latex/{page.name}.tex": latex.page(page, book.drawn) for page in book.pages}
    if book.assignment is not None:
        text = latex.assignment(book.assignment, book.sections, book.drawn)
        written[f"latex/{book.assignment.name}.tex"] = text
    return written


def html_files(book: Book) -> dict[str, str]:
    written = {
        "html/index.html": html.index(book.pages, book.assignments),
        "html/ledger.html": html.ledger(book.ledger, book.where),
        **{f"html/{page.name}.html": html.page(page, book.where, book.drawn) for page in book.pages},
    }
    if book.assignment is not None:
        text = html.assignment(book.assignment, book.sections, book.where, book.drawn)
        written[f"html/{book.assignment.name}.html"] = text
    return written
