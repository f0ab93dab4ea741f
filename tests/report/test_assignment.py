"""The document through the questions of an assignment, and the figures in it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import matplotlib
import pytest

from lemmata.report import Assignment, Question, figures, render
from lemmata.report.assignment import number_of, sections
from lemmata.report.record import FigureRecord, Record
from tests.report import records

ASKED = Assignment(
    "assignment",
    "Three questions",
    "About σ_t and more.",
    (
        Question("4.3", "The gradient", "Show that ∇_u L is projected."),
        Question("4.4", "Nothing", "Show something else."),
        Question("4.5", "A false claim", "Is it so?"),
    ),
)
FIGURE = FigureRecord(
    name="norms",
    title="The norm of u",
    caption="It grows.",
    source="question 4.3",
    file="proofs/normalization.py",
    line=7,
)
DISPROVED: Record = {
    **records.PROVED,
    "name": "claim",
    "title": "A claim.",
    "outcome": "disproved",
    "evidence": "certified",
    "source": "question 4.5",
    "lines": [],
    "certificate": None,
    "cross_check": None,
    "counterexample": {
        "dims": {"n": 1},
        "values": [{"name": "u", "text": "[2]", "latex": "[2]"}],
        "left": "0",
        "right": "1",
        "note": "",
    },
}
RECORDS = [records.PROVED, records.COROLLARY, DISPROVED]
FILES = render(RECORDS, "reports", drawings=[FIGURE], assignment=ASKED)
DOCUMENTS = ["assignment.md", "latex/assignment.tex", "html/assignment.html"]


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("question 4.3", "4.3"),
        ("question 4.3, footnote 2", "4.3"),
        ("question 2.2.a", "2.2.a"),
        ("Horn and Johnson (2013), Theorem 5.6.2; given in question 1.2", "1.2"),
        ("Steele (2004), chapter 1", ""),
        ("", ""),
    ],
)
def test_a_source_names_a_question_or_none(source: str, number: str) -> None:
    assert number_of(source) == number


def test_each_question_has_its_theorems_and_figures_in_order() -> None:
    found = sections(ASKED, RECORDS, [FIGURE])
    assert [section.question.number for section in found] == ["4.3", "4.4", "4.5"]
    names = [record["name"] for record in found[0].records]
    assert names == ["weight_norm_gradient", "weight_norm_never_shrinks"]
    assert [len(section.figures) for section in found] == [1, 0, 0]
    assert [record["name"] for record in found[2].records] == ["claim"]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_document_says_what_was_asked_and_what_is_not_answered(path: str) -> None:
    text = FILES[path].replace("\\_", "_")
    assert text.index("4.3 The gradient") < text.index("4.4 Nothing") < text.index("4.5 A false claim")
    for said in ("Three questions", "Show something else.", "No theorem speaks of this question yet."):
        assert said in text
    assert f"figures/normalization-norms.{'pdf' if path.endswith('.tex') else 'svg'}" in text
    assert "It grows." in text


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_disproved_claim_shows_where_it_fails_and_no_proof(path: str) -> None:
    part = FILES[path].rpartition("4.5 A false claim")[2]
    assert "disproved" in part
    assert "left 0" in part
    assert "right 1" in part
    assert "Attempt" not in part


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_question_of_several_theorems_begins_with_their_results(path: str) -> None:
    """Each title twice, in the table and at its theorem; the one theorem of a question once."""
    text = FILES[path]
    for record in (records.PROVED, records.COROLLARY):
        assert text.count(record["title"]) == 2
    assert text.count(DISPROVED["title"]) == 1


def test_every_reference_of_the_latex_document_leads_somewhere() -> None:
    text = FILES["latex/assignment.tex"]
    labels = re.findall(r"\\label\{(.*?)\}", text)
    assert len(set(labels)) == len(labels)
    assert set(re.findall(r"\\(?:hyper)?ref[\[{](.*?)[\]}]", text)) <= set(labels)


def test_headings_of_the_html_document_go_down_one_level_at_a_time() -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", FILES["html/assignment.html"])]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert levels.count(2) == len(ASKED.questions)


def test_the_index_leads_to_the_document_first() -> None:
    assert FILES["index.md"].index("(assignment.md)") < FILES["index.md"].index("| theorem |")
    assert FILES["html/index.html"].index("assignment.html") < FILES["html/index.html"].index("<table>")


def test_the_page_of_a_script_has_its_figures_last() -> None:
    page = FILES["normalization.md"]
    assert page.index("![The norm of u](figures/normalization-norms.svg)") > page.index(
        "## `weight_norm_never_shrinks`"
    )


class Diagonal:
    size = (3.0, 2.0)

    @staticmethod
    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], label="σ")
        axes.legend()


def test_a_figure_is_drawn_with_the_same_bytes_twice() -> None:
    first, second = figures.drawn(Diagonal()), figures.drawn(Diagonal())
    assert first == second
    assert first[".svg"].startswith(b"<?xml")
    assert first[".pdf"].startswith(b"%PDF")
    for picture in first.values():
        assert b"written by `lemmata report`" in picture
        assert figures.version_of(picture) == matplotlib.__version__
        assert not re.search(rb"<dc:date>|/CreationDate", picture)


def test_settings_of_the_machine_change_no_picture() -> None:
    plain = figures.drawn(Diagonal())
    with matplotlib.rc_context({"lines.linewidth": 9, "axes.labelcolor": "red", "svg.fonttype": "none"}):
        assert figures.drawn(Diagonal()) == plain
        assert matplotlib.rcParams["lines.linewidth"] == 9
