"""The README's commands are where `.ci/run` looks for them, and what they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "ends_with"), [("check", "lemmata report"), ("test", "pytest -n auto")])
def test_command_is_one_line_below_its_mark(name: str, ends_with: str) -> None:
    (command,) = re.findall(rf"^<!-- command: {name} -->\n```sh\n(.*)\n```$", README, re.MULTILINE)
    assert command.endswith(ends_with)


def test_ci_takes_the_commands_from_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert set(re.findall(r"readme_command (\w+)", script)) == {"check", "test"}
    assert "pytest" not in script


@pytest.mark.parametrize("link", re.findall(r"\]\((?!https?:)([^)#]+)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
