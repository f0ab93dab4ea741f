"""`lemmata verify` and the modules it loads."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from lemmata.kernel import Verdict

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


SAID = "∇_u L(w) = γ/‖u‖ W⊥ ∇L(w)"
KNOWN = {"digest": "sha256:3f9a7c21", "steps": 5}
VERDICTS = {
    "good": Verdict(
        "proved", SAID, given=("u != 0",), rests_on=("a_lemma",), axioms=("cauchy_schwarz",), **KNOWN
    ),
    "gap": Verdict("gap", SAID, needs=("‖u‖ ≠ 0",), **KNOWN),
    "bad": Verdict("invalid", "", reason="step 3: no rule is named `guess`", **KNOWN),
}


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """A kernel which knows three certificates by their text."""
    module = ModuleType("lemmata.kernel")
    module.verify_text = VERDICTS.__getitem__  # type: ignore[attr-defined]
    module.Verdict = Verdict  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "lemmata.kernel", module)
    monkeypatch.delitem(sys.modules, "lemmata.cli.verify", raising=False)
    for name in VERDICTS:
        (folder / f"{name}.json").write_text(name)
    (folder / "noise.json").write_bytes(b"\xff\xfe")
    return folder


CODES = [
    (["good.json"], 0),
    (["good.json", "gap.json"], 1),
    (["bad.json"], 1),
    (["bad.json", "nowhere.json", "good.json"], 2),
    (["noise.json"], 2),
]


@pytest.mark.parametrize(("files", "code"), CODES)
def test_exit_code_is_that_of_the_worst_certificate(
    files: list[str], code: int, kernel: Path, run: Run
) -> None:
    assert run("verify", *files)[0] == code


def test_verdict_is_shown_with_all_it_rests_on(kernel: Path, run: Run) -> None:
    assert run("verify", "good.json", "gap.json", "bad.json", "nowhere.json", "noise.json")[1:] == (
        "proved   good.json\n"
        "         ∇_u L(w) = γ/‖u‖ W⊥ ∇L(w)\n"
        "         given: u != 0\n"
        "         rests on: a_lemma\n"
        "         axioms: cauchy_schwarz\n"
        "         5 steps, sha256:3f9a7c21\n"
        "GAP      gap.json\n"
        "         ∇_u L(w) = γ/‖u‖ W⊥ ∇L(w)\n"
        "         needs: ‖u‖ ≠ 0\n"
        "         5 steps, sha256:3f9a7c21\n"
        "INVALID  bad.json\n"
        "         reason: step 3: no rule is named `guess`\n"
        "         5 steps, sha256:3f9a7c21\n",
        "nowhere.json: No such file or directory\nnoise.json: this is no text in UTF-8\n",
    )


def test_verdict_as_json(kernel: Path, run: Run) -> None:
    found = json.loads(run("verify", "--json", "gap.json")[1])
    assert (found["file"], found["outcome"], found["needs"]) == ("gap.json", "gap", ["‖u‖ ≠ 0"])


@pytest.mark.parametrize("module", ["lemmata.cli", "lemmata.report", "lemmata.pytest_plugin"])
def test_commands_and_reports_load_where_sympy_and_numpy_are_not_installed(module: str) -> None:
    missing = "import sys; sys.modules.update(dict.fromkeys(['sympy', 'numpy', 'mpmath', 'flint']))"
    done = subprocess.run([sys.executable, "-c", f"{missing}; import {module}"], cwd=ROOT, check=False)
    assert done.returncode == 0
