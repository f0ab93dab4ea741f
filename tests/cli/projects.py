"""A project with a proof script and a module that it imports, and commands on it that are counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lemmata.cli.cache import FOLDER, Cache
from lemmata.cli.scripts import theorems

HELPER = "def double(x):\n    return 2 * x\n"
SCRIPT = '''"""A projection."""
from lemmata import calc, counterpart, define, dims, eye, norm, theorem, vector
import helper

(n,) = dims("n")
u = vector("u", n)
W = define("W", eye(n) - u @ u.T / norm(u) ** 2)


@theorem(W @ u == 0, given=[u != 0])
def annihilates():
    """It takes u to 0."""
    return calc(W @ u).eq(u - u @ (u.T @ u) / norm(u) ** 2, by=W).eq(0, by="algebra")


@theorem(W @ W == W, given=[u != 0])
def idempotent():
    """Twice is once."""
    return calc(W @ W).eq(W - W @ u @ u.T / norm(u) ** 2, by=W).eq(W, by=annihilates)


@theorem(u + u == 2 * u, computed_by=counterpart(helper.double, lambda at: helper.double(at(u))))
def twice():
    """Twice a vector."""
    return calc(u + u).eq(2 * u)
'''
OTHER = '''"""A sum, and a theorem from beside it."""
from lemmata import calc, dims, theorem, vector

(n,) = dims("n")
v = vector("v", n)


@theorem(v + v == 2 * v)
def sum_of_two():
    return calc(v + v).eq(2 * v, by="algebra")
'''


def written(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def entries(folder: Path) -> list[Path]:
    """What is kept of the theorems of a project."""
    return sorted((folder / FOLDER).glob("*.json"))


def entry_of(script: Path, name: str) -> Path:
    """Where something would be kept of a theorem as it stands."""
    (theorem,) = (theorem for theorem in theorems(script) if theorem.name == name)
    path = Cache().entry(theorem, script)
    if path is None:
        raise ValueError(f"{script}: it is not certain on what {name} depends")
    return path


def records(out: str) -> list[dict[str, Any]]:
    """The records which a command printed as JSON, without the times."""
    found = [json.loads(line) for line in out.splitlines()]
    return [{name: value for name, value in record.items() if "seconds" not in name} for record in found]
