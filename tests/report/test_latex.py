"""The LaTeX reports compile without a complaint."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from lemmata.report import FigureRecord, render, tex
from tests.report import records

COMPLAINTS = re.compile(r"Overfull|Underfull|undefined|Warning|^!", re.MULTILINE)
needs_pdflatex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")

DOCUMENTS = {
    "all outcomes": records.ALL,
    "long lines": [records.LONG, records.LONG_FALSE | {"name": "long_false"}],
    "awkward letters": [records.AWKWARD, records.NO_LINES | {"name": "no_lines"}],
    "a function that differs": [records.DIFFERS],
    "bad induction": [records.WRONG_BASE],
}


def compiled(folder: Path, name: str) -> str:
    """What pdflatex logs in its second run, which knows the references."""
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", name]
    for _ in range(2):
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = (folder / name).with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    return log if done.returncode == 0 else f"! pdflatex failed\n{log}"


@needs_pdflatex
@pytest.mark.parametrize("document", DOCUMENTS)
def test_document_compiles_without_a_complaint(document: str, tmp_path: Path) -> None:
    for path, source in render(DOCUMENTS[document], "reports", ["latex"]).items():
        name = Path(path).name
        (tmp_path / name).write_text(source, encoding="utf-8")
        log = compiled(tmp_path, name)
        assert [log[found.start() : found.start() + 200] for found in COMPLAINTS.finditer(log)] == []


@needs_pdflatex
def test_document_that_was_moved_without_its_pictures_says_so(tmp_path: Path) -> None:
    figure = FigureRecord(
        name="norms_of_u",
        title="The norm of u",
        caption="It grows as ‖u‖².",
        source="",
        file="proofs/recurrence.py",
        line=7,
    )
    ((_, source),) = render([records.INDUCTION], "reports", ["latex"], drawings=[figure]).items()
    (tmp_path / "a.tex").write_text(source, encoding="utf-8")
    log = compiled(tmp_path, "a.tex")
    assert COMPLAINTS.search(log) is None
    assert "norms_of_u.pdf>" not in log


@needs_pdflatex
@pytest.mark.parametrize(
    "wrong", [r"\ref{thm:none}", r"\hbox to 1pt{too wide}", r"a\\ \par b", r"\nosuchmacro"]
)
def test_complaints_are_seen(wrong: str, tmp_path: Path) -> None:
    """The test above can fail."""
    ((_, source),) = render([records.INDUCTION], "reports", ["latex"]).items()
    (tmp_path / "a.tex").write_text(
        source.replace("\\end{document}", f"{wrong}\n\\end{{document}}"), encoding="utf-8"
    )
    assert COMPLAINTS.search(compiled(tmp_path, "a.tex"))


FORMULAS = [
    (r"\gamma x", r"\gamma x"),
    ("γx", r"\gamma x"),
    ("‖u‖²", r"\Vert u\Vert ^{2}"),
    ("x¹⁰", "x^{10}"),
    ("ŵ", r"{\hat{w}}"),
    ("x\u0302", r"\hat{x}"),
    ("θ\u0302", r"\hat{\theta}"),
    ("u ≠ 0", r"u \neq  0"),
    ("x₁ᵀ", "x_{1}^{T}"),
    ("x ∈ ℝⁿ", r"x \in  {\mathbb{R}}^{n}"),
    ("Α", "A"),
    ("⟪", r"\text{[U+27EA]}"),
    (
        r"\text{√(r\_1·ρ₂) for all i} ρ",
        r"\text{\ensuremath{\surd}(r\_1\ensuremath{\cdot}"
        r"\ensuremath{\rho}\ensuremath{_{2}}) for all i} \rho ",
    ),
    ("\\text{θ\u0302 in}", r"\text{\ensuremath{\hat{\ensuremath{\theta}}} in}"),
]


@pytest.mark.parametrize(("written", "latex"), FORMULAS)
def test_formulas_are_in_ascii(written: str, latex: str) -> None:
    assert tex.formula(written) == latex


TEXTS = [
    ("100% of #1 & $2", r"100\% of \#1 \& \$2"),
    ("a_b^c ~ {d} \\", r"a\_b\textasciicircum{}c \textasciitilde{} \{d\} \textbackslash{}"),
    ("the step of σ", r"the step of \ensuremath{\sigma}"),
    ("W⊥", r"W\ensuremath{\perp}"),
    ("x̂", r"\ensuremath{\hat{x}}"),
    ("Erdős, 1–2 “x”", "Erdős, 1--2 ``x''"),
    ("two\nlines", "two lines"),
]


@pytest.mark.parametrize(("words", "latex"), TEXTS)
def test_text_is_escaped(words: str, latex: str) -> None:
    assert tex.text(words) == latex
