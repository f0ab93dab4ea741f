"""Entries which somebody wrote: they cost time, and never change what is said of a theorem."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from lemmata.cli import main
from lemmata.kernel.document import digest_of
from tests.cli.projects import HELPER, SCRIPT, entries, entry_of, records, written

Json = Any
Run = Callable[..., tuple[int, list[dict[str, Any]]]]
NAMES = ["annihilates", "idempotent", "twice"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    written(tmp_path, {"pyproject.toml": "", "paper.py": SCRIPT, "helper.py": HELPER})
    return tmp_path


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Checks the project: the exit code and the records, without the times."""

    def command(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
        monkeypatch.delitem(sys.modules, "helper", raising=False)
        code = main(["check", "paper.py", "--json", *arguments])
        return code, records(capsys.readouterr().out)

    return command


@pytest.fixture
def kept(run: Run, project: Path) -> dict[str, Json]:
    """What is kept of the true theorems."""
    run()
    return {name: json.loads(entry_of(project / "paper.py", name).read_bytes()) for name in NAMES}


def sealed(certificate: Json) -> Json:
    """A document with a digest that fits."""
    body = {"format": "lemmata-certificate", "version": 2, "certificate": certificate}
    return {**body, "digest": digest_of(body)}


def changed(value: Json, change: Callable[[Json], object]) -> Json:
    """An entry with a change in the certificate, sealed again."""
    certificate = deepcopy(value["certificate"]["certificate"])
    change(certificate)
    return {**value, "certificate": sealed(certificate)}


def other_statement(certificate: Json) -> None:
    certificate["statement"]["right"] = ["num", "7"]


def no_hypotheses(certificate: Json) -> None:
    certificate["context"]["hypotheses"] = [["u != 0", certificate["statement"]]]


def last_step_only(certificate: Json) -> None:
    certificate["proof"] = certificate["proof"][-1:]


def wrong_steps(certificate: Json) -> None:
    for step in certificate["proof"]:
        step["by"] = ["combine", [], ["num", "0"], [], []]


def unknown_rule(certificate: Json) -> None:
    certificate["proof"][0]["by"] = ["axiom", "by decree"]


def other_name(certificate: Json) -> None:
    certificate["name"] = "another"


def lemma_of_another_name(certificate: Json) -> None:
    for lemma in certificate["lemmas"]:
        lemma["name"] = "pythagoras"


def more_lemmas(certificate: Json) -> None:
    certificate["lemmas"].append({**deepcopy(certificate), "name": "fermat", "lemmas": []})


CERTIFICATES = [
    other_statement,
    no_hypotheses,
    last_step_only,
    wrong_steps,
    unknown_rule,
    other_name,
    lemma_of_another_name,
    more_lemmas,
]


@pytest.mark.parametrize("change", CERTIFICATES)
def test_changed_certificate_changes_nothing(
    change: Callable[[Json], object], run: Run, kept: dict[str, Json], project: Path
) -> None:
    plain = run("--no-cache")
    for name, value in kept.items():
        entry_of(project / "paper.py", name).write_text(json.dumps(changed(value, change)))
    assert run() == plain
    assert run() == plain


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda said: b"",
    "half a file": lambda said: said[: len(said) // 2],
    "garbage": lambda said: b"\xff\x00garbage",
    "another file": lambda said: b"null",
    "a list": lambda said: b"[1, 2]",
    "an empty object": lambda said: b"{}",
    "too deep": lambda said: b"[" * 100_000,
    "an endless number": lambda said: b"9" * 10_000,
    "a verdict": lambda said: b'{"outcome": "proved", "evidence": "exact", "lines": []}',
    "no certificate": lambda said: said.replace(b'"certificate"', b'"none"', 1),
    "another format": lambda said: said.replace(b"lemmata-certificate", b"certificate"),
    "another digest": lambda said: said.replace(b"sha256:", b"sha256:0"),
    "too long": lambda said: said + b" " * 5_000_000,
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_entry_changes_nothing(damage: str, run: Run, kept: dict[str, Json], project: Path) -> None:
    plain = run("--no-cache")
    for path in entries(project):
        path.write_bytes(DAMAGED[damage](path.read_bytes()))
    assert run() == plain
    assert run() == plain


SEEN: dict[str, Callable[[Json], object]] = {
    "a cross-check that fails": lambda value: value["cross_check"].update(agrees=False),
    "a number of instances that is none": lambda value: value["cross_check"].update(instances="24"),
    "fewer than no instances": lambda value: value["cross_check"].update(instances=-1),
    "a cross-check that says more": lambda value: value["cross_check"].update(proved=True),
    "no cross-check": lambda value: value.update(cross_check=None),
    "one counterpart more": lambda value: value["counterparts"].append({"function": "math.hypot"}),
    "counterparts which are none": lambda value: value.update(counterparts={"helper.double": True}),
    "another counterpart": lambda value: [c.update(function="math.hypot") for c in value["counterparts"]],
    "a counterpart not called": lambda value: [c.update(instances=0) for c in value["counterparts"]],
    "a difference": lambda value: [c.update(difference="at n = 1") for c in value["counterparts"]],
}


@pytest.mark.parametrize("what", SEEN)
def test_what_cannot_have_been_seen_is_not_believed(
    what: str, run: Run, kept: dict[str, Json], project: Path
) -> None:
    plain = run("--no-cache")
    value = deepcopy(kept["twice"])
    SEEN[what](value)
    entry_of(project / "paper.py", "twice").write_text(json.dumps(value))
    assert run() == plain


def test_entries_of_other_theorems_change_nothing(run: Run, kept: dict[str, Json], project: Path) -> None:
    plain = run("--no-cache")
    for name, other in zip(NAMES, [*NAMES[1:], NAMES[0]], strict=True):
        entry_of(project / "paper.py", name).write_text(json.dumps(kept[other]))
    assert run() == plain


#: What is not proved, and how it differs from what is: the theorem, what is replaced, by what, what it is
NOT_PROVED: dict[str, tuple[str, str, str, str]] = {
    "a false statement": ("twice", "u + u == 2 * u", "u + u == 3 * u", "refuted"),
    "a false statement and line": ("twice", "2 * u", "3 * u", "refuted"),
    "a false line": ("idempotent", "W - W @ u @ u.T", "W + u @ u.T", "undecided"),
    "a line that leads elsewhere": (
        "annihilates",
        "calc(W @ u).eq(u - u @ (u.T @ u) / norm(u) ** 2, by=W).eq(0, by",
        "calc(u).eq(u + 0 * u, by",
        "undecided",
    ),
    "a reason that is not enough": ("annihilates", "by=W).eq(0", 'by="algebra").eq(0', "undecided"),
    "a reason that cannot be read": ("annihilates", 'by="algebra"', 'by="magic"', "undecided"),
    "a lemma that is not named": ("idempotent", "by=annihilates", 'by="algebra"', "undecided"),
    "a missing hypothesis": ("annihilates", "(W @ u == 0, given=[u != 0])", "(W @ u == 0)", "gap"),
    "another definition": ("annihilates", "u.T / norm(u) ** 2)", "u.T / norm(u))", "refuted"),
    "a lemma that is false": ("idempotent", "(W @ u == 0,", "(W @ u == u,", "undecided"),
}


@pytest.mark.parametrize("why", NOT_PROVED)
def test_entry_of_a_true_theorem_in_the_place_of_another_changes_nothing(
    why: str, run: Run, kept: dict[str, Json], project: Path
) -> None:
    name, old, new, outcome = NOT_PROVED[why]
    assert old in SCRIPT
    written(project, {"paper.py": SCRIPT.replace(old, new)})
    plain = run("--no-cache")
    for theorem in NAMES:
        entry_of(project / "paper.py", theorem).write_text(json.dumps(kept[theorem]))
    assert run() == plain
    assert plain[0] == 1
    assert {record["name"]: record["outcome"] for record in plain[1]}[name] == outcome


def test_these_entries_would_be_used_if_they_were_right(
    run: Run, kept: dict[str, Json], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way in which the tests above put entries in their place is the right one."""
    plain = run("--no-cache")
    for path in entries(project):
        path.unlink()
    for name, value in kept.items():
        certificate = value["certificate"]["certificate"]
        value = {**value, "certificate": sealed(certificate)}
        entry_of(project / "paper.py", name).write_text(json.dumps(value))
    monkeypatch.delattr("lemmata.derive.compile.prove_line")
    assert run() == plain
