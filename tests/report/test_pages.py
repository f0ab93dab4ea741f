"""The Markdown and HTML reports: what is on them, and that they hold together."""

from __future__ import annotations

import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lemmata.report import ledger, render
from lemmata.report.pages import page_names
from tests.report import records

EVERYTHING = [*records.ALL, records.LONG, records.AWKWARD]
FILES = render(EVERYTHING, "reports")
MARKDOWN = {path: text for path, text in FILES.items() if path.endswith(".md")}
HTML = {path: text for path, text in FILES.items() if path.endswith(".html")}


def test_there_is_a_page_for_each_script_in_each_format() -> None:
    assert sorted(FILES) == [
        *(f"html/{name}.html" for name in ("index", "ledger", "normalization", "recurrence", "traces")),
        "index.md",
        *(f"latex/{name}.tex" for name in ("normalization", "recurrence", "traces")),
        *(f"{name}.md" for name in ("ledger", "normalization", "recurrence", "traces")),
    ]


@pytest.mark.parametrize("suffix", [".md", ".tex", ".html"])
def test_page_of_a_theorem_says_all_there_is_to_say(suffix: str) -> None:
    pages = render([records.PROVED, records.COROLLARY], "reports")
    (page,) = (
        text for path, text in pages.items() if Path(path).stem == "normalization" and path.endswith(suffix)
    )
    said = re.sub(r"\\allowbreak |\\(?=[_#])", "", page)
    for needed in (
        "The gradient with respect to the direction is projected.",
        "question 4.3",
        "by derivative (chain rule)",
        "proved",
        "exact",
        "given by",
        "agrees with 24 instances (n = 1, 2, 3), exact rationals and balls of 128 bits",
        records.PROVED["certificate"]["digest"],  # type: ignore[index]
        "5 steps (combine 4, derive 1)",
        "Steele (2004)",
        "numerics.normalization.weight_norm_grad",
        "agrees at 12 instances (n = 1, 2, 3), in floating point",
        "weight_norm_gradient",
    ):
        assert needed in said


@pytest.mark.parametrize("suffix", [".md", ".tex", ".html"])
def test_page_of_a_theorem_says_where_its_function_differs(suffix: str) -> None:
    pages = render([records.DIFFERS], "reports")
    (page,) = (
        text for path, text in pages.items() if Path(path).stem == "normalization" and path.endswith(suffix)
    )
    assert "the left side is [0.], the function gives [2.]" in re.sub(r"[{}]", "", page)


def test_same_records_give_the_same_bytes_in_every_process() -> None:
    program = (
        "from tests.report import records; from lemmata.report import render; print(render(records.ALL, 'r'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PYTHONIOENCODING": "utf-8",
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_times_do_not_matter() -> None:
    slower = [record | {"seconds": 9.0, "kernel_seconds": 3.0} for record in EVERYTHING]
    assert render(slower, "reports") == FILES  # type: ignore[arg-type]


def links(page: str) -> Iterator[str]:
    yield from re.findall(r"\]\(([^)\s]+)\)", page)


@pytest.mark.parametrize("path", MARKDOWN)
def test_links_of_markdown_lead_somewhere(path: str) -> None:
    for link in links(MARKDOWN[path]):
        target, _, anchor = link.partition("#")
        if target.endswith(".md"):
            assert f"## `{anchor}`" in MARKDOWN[target].lower() if anchor else target in MARKDOWN
        elif target.startswith("../"):
            assert posixpath.normpath(posixpath.join("reports", target)).startswith("proofs/")


CELL = re.compile(r"(?<!\\)\|")


@pytest.mark.parametrize("path", MARKDOWN)
def test_rows_of_a_table_have_as_many_cells_as_its_head(path: str) -> None:
    """A `|` in a formula or in a text would end its cell."""
    for table in re.findall(r"(?:^\|.*\n)+", MARKDOWN[path], re.MULTILINE):
        assert len({len(CELL.findall(row)) for row in table.splitlines()}) == 1


@pytest.mark.parametrize("path", MARKDOWN)
def test_formulas_keep_to_what_github_lets_through(path: str) -> None:
    formulas = re.findall(r"\$`(.*?)`\$", MARKDOWN[path]) + re.findall(
        r"```math\n(.*?)\n```", MARKDOWN[path], re.S
    )
    for formula in formulas:
        assert not re.search(r"\\operatorname|\||[<>]", formula)
        assert "\n\n" not in formula


class Balanced(HTMLParser):
    """Every element that is opened is closed, in order; and collects what links and ids there are."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        self.links += [value for name, value in attrs if name == "href" and value]
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(page: str) -> Balanced:
    reader = Balanced()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("path", HTML)
def test_html_is_balanced_self_contained_and_linked(path: str) -> None:
    for link in parsed(HTML[path]).links:
        target, _, anchor = link.partition("#")
        assert not anchor or anchor in parsed(HTML[f"html/{target}"]).ids
    assert not re.search(r"https?:|<script|<link|@import|src=", HTML[path])


NAMES = [
    (["proofs/a.py", "proofs/b.py"], ["a", "b"]),
    (["proofs/a.py", "more/a.py"], ["proofs-a", "more-a"]),
    (["../a.py", "a.py"], ["..-a", "a"]),
    (["index.py"], ["index-script"]),
    (["ledger.py"], ["ledger-script"]),
]


@pytest.mark.parametrize(("files", "names"), NAMES)
def test_pages_have_distinct_names(files: list[str], names: list[str]) -> None:
    assert list(page_names(files).values()) == names


def test_ledger_knows_which_axioms_are_not_allowed() -> None:
    found = ledger(records.ALL)
    assert [axiom.what for axiom in found.forbidden([])] == ["cauchy_schwarz"]
    assert found.forbidden(["cauchy_schwarz"]) == ()


def test_ledger_counts_an_added_axiom() -> None:
    """The audit can fail: a theorem that rests on `k = 1` is found out."""
    wrong = records.PROVED | {"axioms": [{"name": "k = 1", "source": "nowhere"}]}
    assert [axiom.what for axiom in ledger([wrong]).forbidden(["cauchy_schwarz"])] == ["k = 1"]  # type: ignore[list-item]


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_names_in_a_counterexample_keep_their_capitals(suffix: str) -> None:
    """W is not w: a page that says the point in other letters says another point."""
    value = {"name": "W", "text": "[[2]]", "latex": "[[2]]"}
    example = records.EXAMPLE | {"dims": {"T": 1}, "values": [value]}
    for outcome in ("disproved", "refuted"):
        record = records.NO_LINES | {"outcome": outcome, "counterexample": example}
        pages = render([record], "reports")  # type: ignore[list-item]
        page = next(text for path, text in pages.items() if Path(path).suffix == suffix and "W =" in text)
        assert re.search(r"[Ii]t fails already at T = 1, W = ", page)
