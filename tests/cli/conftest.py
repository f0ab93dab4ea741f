"""Commands run in an empty folder, with proof scripts whose records are written by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lemmata.cli import main
from tests.cli import fake_derive


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of the command."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "lemmata.derive", fake_derive)
    return tmp_path


@pytest.fixture
def script(folder: Path) -> Callable[..., Path]:
    """Writes a proof script with the given theorems."""

    def write(path: str, *theorems: str, text: str = "") -> Path:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text or f"theorems = {list(theorems)!r}\n", encoding="utf-8")
        return folder / path

    return write


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command: its exit code, what it printed, and what it said on stderr."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *capsys.readouterr()

    return command
