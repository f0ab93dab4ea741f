"""The same attack finds the same things: in two runs, and whatever the hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from lemmata.refute import Attack, attack, written
from tests.refute.test_false_statements import FALSE
from tests.refute.test_true_statements import TRUE

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
from tests.refute.test_determinism import everything
print(everything())
"""


def everything() -> str:
    """What all attacks of the tables say."""
    rows = [(row[1], row[2]) for row in FALSE] + list(TRUE.values())
    return "\n".join(said(attack(gamma, statement)) for gamma, statement in rows)


def said(found: Attack) -> str:
    """What an attack says, and the point at which the statement fails."""
    return f"{found} {None if found.found is None else written(found.found)}"


def _run(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout.strip()


def test_two_runs_find_the_same() -> None:
    assert everything() == everything()


def test_the_hash_seed_does_not_matter() -> None:
    assert _run("1") == _run("2") == everything()
