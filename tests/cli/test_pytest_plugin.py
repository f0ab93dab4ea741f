"""`pytest proofs/` is one test a theorem, and leaves ordinary tests alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STUB = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.cli import fake_derive
sys.modules["lemmata.derive"] = fake_derive
"""
SCRIPT = """
theorems = {theorems!r}
def theorem(function): return function
@theorem
def anything(): ...
"""
ORDINARY = "def test_one(): assert 1 + 1 == 2\n"


def run(folder: Path, *arguments: str, stub: bool = True) -> tuple[int, str]:
    """Runs pytest in a process of its own: its exit code and what it printed."""
    (folder / "conftest.py").write_text(STUB if stub else "")
    command = [sys.executable, "-m", "pytest", "-p", "lemmata.pytest_plugin", "-p", "no:cacheprovider", "-q"]
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


def test_one_test_a_theorem(tmp_path: Path) -> None:
    write(tmp_path, "proofs/a.py", SCRIPT.format(theorems=["PROVED", "INDUCTION"]))
    code, out = run(tmp_path, "proofs/", "-vv")
    assert code == 0
    assert "proofs/a.py::weight_norm_gradient PASSED" in out
    assert "proofs/a.py::activation_placement PASSED" in out
    assert "2 passed" in out


def test_false_line_is_the_failure_and_there_is_no_traceback(tmp_path: Path) -> None:
    write(tmp_path, "proofs/a.py", SCRIPT.format(theorems=["FALSE", "PROVED"]))
    code, out = run(tmp_path, "proofs/")
    assert code == 1
    assert re.search(r"   > = γ/‖u‖ \(I − u uᵀ/‖u‖\) ∇L\(w\) +by factoring +FALSE", out)
    assert "it fails already at n = 1, u = [2], γ = 1, ∇L(w) = [1]:   left 0   right -1/2" in out
    assert "Traceback" not in out and "runtest" not in out
    assert "1 failed, 1 passed" in out


def test_disagreement_is_a_failure_which_shows_both(tmp_path: Path) -> None:
    write(tmp_path, "proofs/a.py", SCRIPT.format(theorems=["DISAGREE"]))
    code, out = run(tmp_path, "proofs/")
    assert code == 1
    assert "accepted: 1 = 2\nrefuted: left 1, right 2" in out


@pytest.mark.parametrize("broken", ["1 / 0\n", "x = (\n"])
def test_broken_script_is_an_error_of_collection(tmp_path: Path, broken: str) -> None:
    write(tmp_path, "proofs/a.py", SCRIPT.format(theorems=[]) + broken)
    code, out = run(tmp_path, "proofs/")
    assert code == 2
    assert re.search(r"proofs/a.py:\d+: (ZeroDivisionError|SyntaxError)", out)


def test_script_named_on_the_command_line_is_collected_once(tmp_path: Path) -> None:
    write(tmp_path, "paper/appendix.py", SCRIPT.format(theorems=["PROVED"]))
    code, out = run(tmp_path, "paper/appendix.py")
    assert (code, "1 passed" in out) == (0, True)


def test_option_names_other_places(tmp_path: Path) -> None:
    write(tmp_path, "paper/appendix.py", SCRIPT.format(theorems=["PROVED"]))
    write(tmp_path, "pytest.ini", "[pytest]\nlemmata_files = paper/*.py\n")
    assert "1 passed" in run(tmp_path)[1]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """Ordinary tests, modules without theorems, and scripts elsewhere which nobody named."""
    write(tmp_path, "tests/test_ordinary.py", ORDINARY)
    write(tmp_path, "tests/test_theorems.py", SCRIPT.format(theorems=["FALSE"]) + ORDINARY)
    write(tmp_path, "proofs/helpers.py", "1 / 0\n")
    write(tmp_path, "src/appendix.py", SCRIPT.format(theorems=["FALSE"]))
    code, out = run(tmp_path)
    assert (code, "2 passed" in out) == (0, True)


def test_sympy_is_not_loaded_where_no_theorem_is_collected(tmp_path: Path) -> None:
    write(tmp_path, "test_modules.py", "import sys\ndef test_it(): assert 'sympy' not in sys.modules\n")
    assert run(tmp_path, stub=False)[0] == 0
