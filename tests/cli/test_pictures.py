"""`lemmata report` with figures and with the questions of an assignment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lemmata.cli import pictures
from lemmata.cli.exits import Exit

Run = Callable[..., tuple[int, str, str]]
Script = Callable[..., Path]
DRAWS = "theorems = ['PROVED']\nfigures = ['norms']\n"
QUESTIONS = """
name = "solutions"
title = "The solutions"
about = "All of them."
[[questions]]
number = "4.3"
title = "The gradient"
asked = "Show it."
"""


@pytest.fixture
def without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "has_matplotlib", lambda: False)


def drawn(folder: Path) -> list[Path]:
    return sorted((folder / "reports" / "figures").glob("*.svg"))


def test_figures_are_drawn_and_then_accepted(run: Run, script: Script, folder: Path) -> None:
    script("proofs/normalization.py", text=DRAWS)
    assert run("report", "proofs")[0] == Exit.PROVED
    (figure,) = drawn(folder)
    assert figure.name == "normalization-norms.svg"
    assert figure.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert run("report", "--check", "proofs")[0] == Exit.PROVED


def test_a_changed_figure_is_stale_and_one_of_no_script_is_left_over(
    run: Run, script: Script, folder: Path
) -> None:
    script("proofs/normalization.py", text=DRAWS)
    run("report", "proofs")
    (figure,) = drawn(folder)
    text = figure.read_text(encoding="utf-8")
    figure.with_name("gone.svg").write_text(text, encoding="utf-8")
    figure.write_text(text.replace("stroke", "strike", 1), encoding="utf-8")
    code, _, said = run("report", "--check", "proofs")
    assert code == Exit.NOT_PROVED
    assert f"{figure.relative_to(folder)}: stale" in said
    assert "gone.svg: left over" in said


def test_a_figure_of_another_matplotlib_is_not_compared_and_that_is_said(
    run: Run, script: Script, folder: Path
) -> None:
    script("proofs/normalization.py", text=DRAWS)
    run("report", "proofs")
    (figure,) = drawn(folder)
    figure.write_text("Matplotlib v0.1 drew this", encoding="utf-8")
    code, _, said = run("report", "--check", "proofs")
    assert code == Exit.PROVED
    assert "not compared, it was drawn by another matplotlib, 0.1 and not" in said


def test_a_figure_that_was_not_drawn_is_stale_where_it_can_be(
    run: Run, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("proofs/normalization.py", text=DRAWS)
    with monkeypatch.context() as patched:
        patched.setattr(pictures, "has_matplotlib", lambda: False)
        run("report", "proofs")
    code, _, said = run("report", "--check", "proofs")
    assert code == Exit.NOT_PROVED
    assert "normalization-norms.svg: stale" in said
    assert "normalization-norms.pdf: missing" in said


def test_without_matplotlib_the_figure_says_so_and_the_rest_is_whole(
    run: Run, script: Script, folder: Path, without_matplotlib: None
) -> None:
    script("proofs/normalization.py", text=DRAWS)
    code, _, said = run("report", "proofs")
    assert code == Exit.PROVED
    assert 'pip install "lemmata[plots]"' in said
    (figure,) = drawn(folder)
    assert "not drawn" in figure.read_text(encoding="utf-8")
    assert "norms.svg" in (folder / "reports" / "normalization.md").read_text(encoding="utf-8")


def test_without_matplotlib_a_figure_that_is_there_stays_and_is_accepted(
    run: Run, script: Script, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("proofs/normalization.py", text=DRAWS)
    run("report", "proofs")
    (figure,) = drawn(folder)
    before = figure.read_bytes()
    monkeypatch.setattr(pictures, "has_matplotlib", lambda: False)
    code, _, said = run("report", "--check", "proofs")
    assert code == Exit.PROVED
    assert "no figure is compared: that needs matplotlib" in said
    run("report", "proofs")
    assert figure.read_bytes() == before


def test_a_figure_which_raises_is_named_with_its_place(run: Run, script: Script) -> None:
    script("proofs/normalization.py", text="theorems = ['PROVED']\nfigures = ['BREAK']\n")
    code, _, said = run("report", "proofs")
    assert code == Exit.UNREADABLE
    assert "proofs/normalization.py:7: ZeroDivisionError: division by zero (in the figure BREAK)" in said


def test_questions_beside_the_scripts_give_a_document(run: Run, script: Script, folder: Path) -> None:
    script("proofs/normalization.py", text=DRAWS)
    (folder / "proofs" / "questions.toml").write_text(QUESTIONS, encoding="utf-8")
    assert run("report", "proofs")[0] == Exit.PROVED
    text = (folder / "reports" / "solutions.md").read_text(encoding="utf-8")
    assert "## 4.3 The gradient" in text
    assert "### `weight_norm_gradient`" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "Invalid value"),
        ('name = "a"\ntitle = "b"\nabout = "c"\n', "it needs [[questions]]"),
        (QUESTIONS.replace('name = "solutions"', 'name = "index"'), "the name index is taken"),
        (QUESTIONS.replace('asked = "Show it."', "asked = 3"), "asked is 3; a text is needed"),
        (QUESTIONS.replace('title = "The solutions"', 'title = " "'), "title is ' '; a text is needed"),
    ],
)
def test_questions_which_cannot_be_read_are_named(
    run: Run, script: Script, folder: Path, text: str, said: str
) -> None:
    script("proofs/normalization.py", text=DRAWS)
    (folder / "proofs" / "questions.toml").write_text(text, encoding="utf-8")
    code, _, error = run("report", "proofs")
    assert code == Exit.UNREADABLE
    assert f"{Path('proofs/questions.toml')}" in error
    assert said in error
