"""The proof script in the README is proved as it stands, and its false variant is shown as there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lemmata.cli import main

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SCRIPT = re.search(r"```python\n(.*?)```", README, re.DOTALL)
SHOWN = re.search(r"^FALSE.*?\n```", README, re.DOTALL | re.MULTILINE)


def lines_without_place(text: str) -> list[str]:
    """The lines, without the one that says where the script is."""
    return [" ".join(line.split()) for line in text.splitlines() if "line 3 of 3" not in line]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    assert SCRIPT
    (tmp_path / "paper.py").write_text(SCRIPT[1], encoding="utf-8")
    return tmp_path / "paper.py"


def test_example_is_proved(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "paper.py"]) == 0
    assert "1 theorem: 1 proved" in capsys.readouterr().out


def test_false_line_is_shown_as_in_the_readme(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = "γ / norm(u) * (eye(n) - u @ u.T / norm(u)) @ grad(L, w)"
    text = script.read_text(encoding="utf-8").replace("γ / norm(u) * W @ grad(L, w)", wrong)
    script.write_text(text.replace("by=W)", 'by="factoring")'), encoding="utf-8")
    assert main(["check", "paper.py"]) == 1
    printed = lines_without_place(capsys.readouterr().out)
    assert SHOWN
    for line in lines_without_place(SHOWN[0].removesuffix("```")):
        assert line in printed
