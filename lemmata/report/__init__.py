"""Reports of checked theorems: Markdown, LaTeX, HTML and text. Reads records, computes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lemmata.report import html, latex, markdown
from lemmata.report.ledger import Ledger as Ledger
from lemmata.report.ledger import ledger as ledger
from lemmata.report.pages import Page, pages
from lemmata.report.record import Record as Record

FORMATS = ("markdown", "latex", "html")


def render(records: Sequence[Record], out: str, formats: Collection[str] = FORMATS) -> dict[str, str]:
    """The files of the reports: the path of each, relative to the folder `out`, and its text.

    Markdown stands in `out` itself, where GitHub shows it; LaTeX in `latex/` and HTML in `html/`.
    """
    found = pages(records)
    book = ledger(records)
    where = {record["name"]: page.name for page in found for record in page.records}
    written: dict[str, str] = {}
    if "markdown" in formats:
        written |= markdown_files(found, book, where, out)
    if "latex" in formats:
        written |= {f"latex/{page.name}.tex": latex.page(page) for page in found}
    if "html" in formats:
        written |= html_files(found, book, where)
    return written


def markdown_files(found: Sequence[Page], book: Ledger, where: dict[str, str], out: str) -> dict[str, str]:
    sources = {page.name: markdown.source_link(page.file, out) for page in found}
    return {
        "index.md": markdown.index(found),
        "ledger.md": markdown.ledger(book, where),
        **{f"{page.name}.md": markdown.page(page, sources[page.name], where) for page in found},
    }


def html_files(found: Sequence[Page], book: Ledger, where: dict[str, str]) -> dict[str, str]:
    return {
        "html/index.html": html.index(found),
        "html/ledger.html": html.ledger(book, where),
        **{f"html/{page.name}.html": html.page(page, where) for page in found},
    }
