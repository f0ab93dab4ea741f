"""The committed reports: the LaTeX of every proof script compiles without a complaint."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.report.test_latex import COMPLAINTS, compiled, needs_pdflatex

REPORTS = Path(__file__).parents[2] / "reports"
DOCUMENTS = sorted((REPORTS / "latex").glob("*.tex"))


def test_there_is_a_report_of_each_proof_script() -> None:
    scripts = {path.stem for path in (REPORTS.parent / "proofs").glob("[!_]*.py")}
    assert {path.stem for path in DOCUMENTS} == {*scripts, "assignment"}


@needs_pdflatex
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_latex_compiles_with_its_pictures_and_without_a_complaint(document: Path, tmp_path: Path) -> None:
    (tmp_path / "latex").mkdir()
    shutil.copy(document, tmp_path / "latex")
    shutil.copytree(REPORTS / "figures", tmp_path / "figures")
    log = compiled(tmp_path / "latex", document.name)
    assert COMPLAINTS.search(log) is None
    shown = re.findall(r"^\\drawn\{(.*?)\}", document.read_text(encoding="utf-8"), re.MULTILINE)
    for picture in shown:
        assert f"<use {picture}>" in log.replace("\n", "")
