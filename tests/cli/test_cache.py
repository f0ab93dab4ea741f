"""What is kept from one run to the next: it saves the search, and never changes what is said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from lemmata.cli import cache, main
from lemmata.cli.cache import FOLDER, Cache, shrink, write
from lemmata.cli.sources import File, Sources
from lemmata.derive import collect
from lemmata.derive.theorem import Theorem
from tests.cli.projects import HELPER, OTHER, SCRIPT, entries, records, written

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    written(
        tmp_path,
        {"pyproject.toml": "", "my/paper.py": SCRIPT, "my/helper.py": HELPER, "other/sum.py": OTHER},
    )
    return tmp_path


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as in a new process: its exit code, what it printed, and what it said on stderr."""

    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.delitem(sys.modules, "helper", raising=False)
        code = main(arguments)
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def checked(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Checks the project, and says which theorems were not taken from the cache."""
    names: list[str] = []
    record = Theorem.record
    monkeypatch.setattr(Theorem, "record", lambda self: (names.append(self.name), record(self))[1])

    def command() -> list[str]:
        names.clear()
        run("check", "my/paper.py", "other")
        return sorted(names)

    return command


PAPER = ["annihilates", "idempotent", "twice"]
ALL = [*PAPER[:2], "sum_of_two", "twice"]


def forbidden(*arguments: object, **others: object) -> NoReturn:
    raise RuntimeError("this was to be remembered")


def test_second_run_says_the_same_and_searches_for_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, as_json = run("check", "my/paper.py", "--no-cache"), run("check", "my/paper.py", "--json")
    for place in (
        "lemmata.derive.compile.prove_line",
        "lemmata.derive.search.Searcher.prove",
        "lemmata.derive.record.attack",
        "lemmata.derive.record.guard",
    ):
        monkeypatch.setattr(place, forbidden)
    monkeypatch.setattr(Theorem, "compare", forbidden)
    assert run("check", "my/paper.py") == plain
    code, out, err = run("check", "my/paper.py", "--json")
    assert (code, records(out), err) == (as_json[0], records(as_json[1]), as_json[2])
    assert [record["outcome"] for record in records(out)] == ["proved"] * 3


def test_nothing_is_remembered_without_the_cache(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check", "my/paper.py")
    monkeypatch.setattr("lemmata.derive.compile.prove_line", forbidden)
    code, _, err = run("check", "my/paper.py", "--no-cache")
    assert (code, "this was to be remembered" in err) == (2, True)


def test_nothing_is_written_without_the_cache(run: Run, project: Path) -> None:
    run("check", "my/paper.py", "--no-cache")
    assert not (project / FOLDER).exists()


def test_reports_and_certificates_are_the_same_byte_for_byte(run: Run, project: Path) -> None:
    for name in ("cold", "warm"):
        run("report", "my/paper.py", "--out", f"{name}/reports")
        run("check", "my/paper.py", "--certificates", f"{name}/certificates")
    run("report", "my/paper.py", "--out", "none/reports", "--no-cache")
    run("check", "my/paper.py", "--certificates", "none/certificates", "--no-cache")
    cold, warm, none = (
        {
            path.relative_to(project / name): path.read_bytes()
            for path in (project / name).rglob("*.*")
            if path.is_file()
        }
        for name in ("cold", "warm", "none")
    )
    assert cold == warm == none
    assert len(cold) > 6


CHANGES: dict[str, tuple[str, str, str, list[str]]] = {
    "a line": ("my/paper.py", "u - u @ (u.T @ u) / norm(u) ** 2", "u - u * (u.T @ u) / norm(u) ** 2", PAPER),
    "a reason": ("my/paper.py", 'eq(0, by="algebra")', "eq(0)", PAPER),
    "a hypothesis": (
        "my/paper.py",
        "(W @ W == W, given=[u != 0])",
        "(W @ W == W, given=[u != 0, u[1] == 1])",
        PAPER,
    ),
    "a definition": ("my/paper.py", "eye(n) - u @ u.T / norm(u) ** 2", "eye(n) - u @ u.T / (u.T @ u)", PAPER),
    "a statement": ("my/paper.py", "u + u == 2 * u", "u + u == u * 2", PAPER),
    "an imported module": ("my/helper.py", "2 * x", "x + x", PAPER),
    "another script": ("other/sum.py", "A sum", "One sum", ["sum_of_two"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_depends_on_a_change_is_checked_again(
    change: str, checked: Callable[[], list[str]], project: Path
) -> None:
    path, old, new, again = CHANGES[change]
    assert checked() == ALL
    assert checked() == []
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    written(project, {path: text.replace(old, new)})
    assert checked() == again
    assert checked() == []


def test_change_of_a_lemma_in_another_script_counts(checked: Callable[[], list[str]], project: Path) -> None:
    uses = OTHER.replace("(n,)", "from lemma import twice\n\n(n,)").replace('by="algebra"', "by=twice")
    lemma = OTHER.replace("sum_of_two", "twice")
    written(project, {"other/sum.py": uses, "other/lemma.py": lemma})
    assert checked() == [*ALL, "twice"]
    assert checked() == []
    written(project, {"other/lemma.py": lemma.replace('by="algebra"', 'by="linearity"')})
    sys.modules.pop("lemma")
    assert checked() == ["sum_of_two", "twice"]
    sys.modules.pop("lemma")


@pytest.mark.parametrize("package", cache.DEPENDENCIES)
def test_other_version_of_a_package_counts(
    package: str, checked: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked()
    release = cache.release
    monkeypatch.setattr(cache, "release", lambda name: "0.0" if name == package else release(name))
    assert checked() == ALL


def test_other_python_counts(checked: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    checked()
    monkeypatch.setattr(cache.sys, "version", "4.0")
    assert checked() == ALL


def test_change_of_the_checker_counts(
    checked: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked()
    files = {**Sources().checker, "kernel/check.py": File("another digest")}
    monkeypatch.setattr(Sources, "checker", files)
    assert checked() == ALL


NOT_KEPT = {
    "a false line": ('eq(0, by="algebra")', 'eq(u, by="algebra")', "annihilates"),
    "a missing condition": ("(W @ u == 0, given=[u != 0])", "(W @ u == 0)", "annihilates"),
    "a reason which is not enough": ("by=W).eq(0", 'by="algebra").eq(0', "annihilates"),
    "a false statement": ("u + u == 2 * u", "u + u == 3 * u", "twice"),
    "a counterpart that differs": ("helper.double(at(u))", "helper.double(at(u)) + 1", "twice"),
}


@pytest.mark.parametrize("why", NOT_KEPT)
def test_what_is_not_proved_is_checked_each_time(
    why: str, checked: Callable[[], list[str]], project: Path
) -> None:
    old, new, name = NOT_KEPT[why]
    assert old in SCRIPT
    written(project, {"my/paper.py": SCRIPT.replace(old, new)})
    checked()
    assert name in checked()


def test_script_that_changed_after_the_run_began_is_not_kept(
    checked: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache.time, "time", lambda: 0.0)
    assert checked() == ALL
    assert checked() == ALL


def test_folder_that_cannot_be_written_is_done_without(run: Run, project: Path) -> None:
    cold = run("check", "my/paper.py", "--no-cache")
    (project / FOLDER).write_text("a file, not a folder")
    assert run("check", "my/paper.py") == cold
    assert run("check", "my/paper.py") == cold


def test_folder_is_not_for_version_control(run: Run, project: Path) -> None:
    run("check", "my/paper.py")
    assert "*" in (project / FOLDER / ".gitignore").read_text().splitlines()


def test_script_of_no_project_has_its_entries_beside_it(run: Run, project: Path) -> None:
    (project / "pyproject.toml").unlink()
    run("check", "my/paper.py")
    assert len(entries(project / "my")) == 3


def test_run_that_is_killed_while_it_writes_leaves_no_entry(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*paths: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(cache.os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            main(["check", "my/paper.py"])
    assert entries(project) == []
    assert run("check", "my/paper.py")[0] == 0
    assert len(entries(project)) == 3


def test_two_processes_at_once_say_the_same(project: Path) -> None:
    command = [sys.executable, "-m", "lemmata", "check", "other"]
    root = Path(__file__).parents[2]
    both = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(root)}
        )
        for _ in range(2)
    ]
    first, second = ((process.communicate()[0], process.returncode) for process in both)
    assert first == second
    assert first[1] == 0
    assert len(entries(project)) == 1


def test_folder_keeps_what_was_used_last(tmp_path: Path) -> None:
    for age, name in enumerate(("newest", "older", "oldest")):
        path = tmp_path / f"{name}.json"
        write(path, {"certificate": "x" * 1000})
        os.utime(path, (1000 - age, 1000 - age))
    shrink(tmp_path, 2500)
    assert sorted(path.stem for path in tmp_path.glob("*.json")) == ["newest", "older"]


def test_run_keeps_the_folder_small(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check", "my/paper.py")
    assert entries(project)
    (project / "my" / "helper.py").write_text("# Changed.\n" + HELPER, encoding="utf-8")
    monkeypatch.setattr(cache, "LARGEST_FOLDER", 1)
    run("check", "my/paper.py")
    assert entries(project) == []


def test_entry_that_would_not_be_read_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LARGEST_ENTRY", 100)
    assert write(tmp_path / "small.json", {"certificate": "x"})
    assert not write(tmp_path / "large.json", {"certificate": "x" * 100})
    assert [path.name for path in tmp_path.glob("*.json")] == ["small.json"]


def test_entry_that_is_used_counts_as_new(run: Run, project: Path) -> None:
    run("check", "my/paper.py")
    assert entries(project)
    for path in entries(project):
        os.utime(path, (1000, 1000))
    run("check", "my/paper.py")
    assert all(path.stat().st_mtime > 1000 for path in entries(project))


def test_module_that_cannot_be_read_keeps_a_script_out(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a module in an archive."""
    script = project / "other" / "sum.py"
    (theorem,) = collect(script)
    assert Cache().entry(theorem, script) is not None
    monkeypatch.setattr(Sources, "of", lambda self, path: (project / "gone").read_bytes())
    assert Cache().entry(theorem, script) is None
