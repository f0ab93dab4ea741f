"""The command, with a judge which obeys."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.cli import claims, main
from tests.claims.judges import OBEY


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs `lemmata claims`: its exit code, what it printed, and what it said on stderr."""

    def command(*arguments: object, judge: str = OBEY) -> tuple[int, str, str]:
        monkeypatch.setattr(claims, "JUDGE", judge)
        code = main(["claims", *map(str, arguments)])
        return code, *capsys.readouterr()

    return command
