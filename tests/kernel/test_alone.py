"""The kernel alone: it imports the standard library only, runs without anything else, and under `-O`."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lemmata.derive import collect

ROOT = Path(__file__).resolve().parents[2]
KERNEL = ROOT / "lemmata" / "kernel"
FILES = sorted(KERNEL.glob("*.py"))

#: A search path with the repository and the standard library only: no packages are installed there.
ALONE = f"import sys; sys.path[:] = [{str(ROOT)!r}, *(p for p in sys.path if p)]; "


def imported(source: str) -> Iterator[str]:
    """The modules which a file imports, at any depth."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def foreign(source: str) -> set[str]:
    """Imported modules which are neither the kernel's nor the standard library's."""
    return {
        name
        for name in imported(source)
        if not (name == "lemmata.kernel" or name.startswith("lemmata.kernel."))
        and name.split(".")[0] not in sys.stdlib_module_names
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_kernel_imports_the_standard_library_only(file: Path) -> None:
    assert foreign(file.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import sympy", {"sympy"}),
        ("def f():\n    from numpy import array", {"numpy"}),
        ("from lemmata.language import x", {"lemmata.language"}),
        ("from lemmata import calc", {"lemmata"}),
        ("from . import normal", {"."}),
        ("import lemmata.kernels", {"lemmata.kernels"}),
        ("import json\nfrom lemmata.kernel.terms import Num", set()),
    ],
)
def test_foreign_imports_are_found(source: str, found: set[str]) -> None:
    assert foreign(source) == found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_kernel_guards_nothing_by_assert_and_prints_nothing(file: Path) -> None:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    calls = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not [node.lineno for node in nodes if isinstance(node, ast.Assert | ast.Global)]
    assert calls.isdisjoint({"print", "eval", "exec", "open", "__import__"})


def run_alone(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python without site packages (-S), user paths and PYTHON variables (-I)."""
    command = [sys.executable, "-S", "-I", "-B", "-c", ALONE + code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("package", ["sympy", "numpy", "flint", "mpmath"])
def test_packages_cannot_be_imported_alone(package: str) -> None:
    run = run_alone(f"import {package}")
    assert run.returncode != 0
    assert "ModuleNotFoundError" in run.stderr


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate of a theorem of `proofs/`, in a file."""
    theorem = collect(ROOT / "proofs" / "recurrent.py")[0]
    file = tmp_path_factory.mktemp("certificates") / "certificate.json"
    file.write_text(json.dumps(theorem.certificate()), encoding="utf-8")
    return file


MAIN = "from lemmata.cli import main; sys.exit(main(sys.argv[1:]))"


def test_verify_runs_alone(certificate: Path) -> None:
    run = run_alone(MAIN, "verify", str(certificate))
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("proved")
    assert "for all i" in run.stdout


def test_verify_alone_refuses_a_changed_certificate(certificate: Path) -> None:
    changed = certificate.with_name("changed.json")
    text = certificate.read_text(encoding="utf-8")
    assert '"="' in text
    changed.write_text(text.replace('"="', '"<"', 1), encoding="utf-8")
    run = run_alone(MAIN, "verify", str(changed))
    assert run.returncode == 1
    assert "the digest does not fit" in run.stdout


FAST = (
    *("test_rules.py", "test_blocks.py", "test_conditions.py", "test_wellformed.py", "test_soundness.py"),
    *("test_maxima.py", "test_attained.py", "test_unit.py", "test_choices.py", "test_order.py"),
    *(
        "test_limits.py",
        "test_limit_statements.py",
        "test_powers_vanish.py",
        "test_axioms.py",
        "test_axiom_uses.py",
    ),
)


def run_optimised(*files: Path) -> subprocess.CompletedProcess[str]:
    """Runs test files under `python -O`; pytest keeps the `assert` of the tests themselves."""
    code = "import sys, pytest; sys.exit(pytest.main(sys.argv[1:]))"
    quiet = ["-q", "-p", "no:cacheprovider", "-n", "0", "-W", "ignore::pytest.PytestConfigWarning"]
    command = [sys.executable, "-O", "-B", "-c", code, *quiet, *map(str, files)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_kernel_refuses_as_much_without_asserts() -> None:
    """`python -O` drops every `assert` of the kernel."""
    run = run_optimised(*(Path(__file__).with_name(name) for name in FAST))
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]


def test_a_failure_is_seen_without_asserts(tmp_path: Path) -> None:
    file = tmp_path / "test_false.py"
    file.write_text("def test_false():\n    assert 1 == 2\n", encoding="utf-8")
    run = run_optimised(file)
    assert run.returncode == 1
    assert "1 failed" in run.stdout
