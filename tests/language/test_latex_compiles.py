"""What is printed as LaTeX is LaTeX: pdflatex takes the whole table of formulas."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from lemmata.language import build as say
from lemmata.language.declare import scalar, vector
from lemmata.language.expr import Expr
from lemmata.language.show import latex
from lemmata.report import tex
from tests.language.formulas import FORMULAS, NAMES
from tests.language.said import W, n, t

pytestmark = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")

STARRED, PRIMED, LOW = vector("w*", n), scalar("λ′"), scalar("μ_y")
FAMILIES = [vector(name, n, over=t) for name in ("W⊥", "μ_y", "μ_y′", "x1", "v′_in")]
#: Where two exponents or two indices meet.
CROWDED: list[Expr] = [
    *[STARRED.T, STARRED.T @ STARRED, PRIMED**2, PRIMED**PRIMED, LOW**LOW, W.T @ W, W**2, say.inv(W).T],
    *[part for v in FAMILIES for part in (v[t], v[t - 1].T, v[0][1], v[t][1] ** 2, say.norm(v[t]) ** 2)],
    *[scalar("g", latex="g'") ** 2, scalar("g", latex="g_1^*") ** 2, vector("g", n, latex="g_1")[1]],
    *[say.had(W, W) ** 2, (W.T @ W)[1, 1] ** 2, say.sqrt(PRIMED**2) ** PRIMED],
]


def complaint(formulas: Iterable[str], folder: Path) -> str:
    """What pdflatex says against a document of formulas, if anything."""
    shown = "\n".join(rf"\[ {tex.formula(formula)} \]" for formula in formulas)
    head = "\\documentclass{article}\n\\usepackage{amsmath,amssymb}\n\\begin{document}\n"
    (folder / "a.tex").write_text(f"{head}{shown}\n\\end{{document}}\n", encoding="ascii")
    command = ["pdflatex", "-interaction=nonstopmode", "a.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = (folder / "a.log").read_text(encoding="utf-8", errors="replace")
    errors = "\n".join(re.findall(r"^!.*(?:\n.*){0,4}", log, re.MULTILINE))
    return errors or ("" if done.returncode == 0 else log[-2000:])


def test_the_table_compiles(tmp_path: Path) -> None:
    assert complaint((latex(formula) for formula, _, _ in FORMULAS), tmp_path) == ""


def test_names_and_crowded_formulas_compile(tmp_path: Path) -> None:
    names = [latex(scalar(name) ** 2) for name, _ in NAMES]
    assert complaint([*names, *map(latex, CROWDED)], tmp_path) == ""


@pytest.mark.parametrize("wrong", ["{x}^{2}^{2}", "x_{1}_{2}", r"W^{\perp}^{\top}", r"\left(x", r"\gamme"])
def test_a_complaint_is_seen(wrong: str, tmp_path: Path) -> None:
    assert complaint([wrong], tmp_path) != ""
