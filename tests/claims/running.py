"""Claims of the fake judges, and the command run in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lemmata.claims.check import check_many
from lemmata.claims.result import Result
from tests.claims.judges import OBEY

ROOT = Path(__file__).parents[2]

#: Seconds after which something that was to happen will not.
PATIENCE = 30

#: The command, with another judge.
DRIVER = """
import sys
from lemmata.cli import claims, main
claims.JUDGE = sys.argv[1]
sys.exit(main(sys.argv[2:]))
"""


def ordered(orders: Iterable[str]) -> Iterator[dict[str, object]]:
    """A claim for each order which the judge is to obey."""
    return ({"id": number, "claim": order} for number, order in enumerate(orders))


def obeyed(*orders: str, judge: str = OBEY, **settings: Any) -> list[Result]:
    """The results of claims which give orders to the judge."""
    return list(check_many(ordered(orders), judge=judge, **{"memory": 300, **settings}))


def reasons(results: Iterable[Result]) -> list[str]:
    return [result.reason for result in results]


def timeless(results: Iterable[Result]) -> list[Result]:
    """Results without what differs from run to run."""
    return [replace(result, seconds=0.0) for result in results]


def lines_of(orders: Iterable[str]) -> bytes:
    """Claims, one a line."""
    return "".join(json.dumps(claim, ensure_ascii=False) + "\n" for claim in ordered(orders)).encode()


def written(path: Path, orders: Iterable[str]) -> Path:
    """A file of claims."""
    path.write_bytes(lines_of(orders))
    return path


def started(*arguments: object, judge: str = OBEY, **settings: Any) -> Any:
    """`lemmata claims` in a process of its own."""
    command = [sys.executable, "-c", DRIVER, judge, "claims", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, **{"stdout": pipe, "stderr": pipe, **settings})


def records(text: bytes) -> list[dict[str, Any]]:
    """The results on lines of JSON, without what differs from run to run."""
    found = [json.loads(line) for line in text.decode().splitlines()]
    return [{**record, "seconds": 0} for record in found]


def is_running(pid: int) -> bool:
    """Whether a process does anything: one that has ended may stay until somebody asks how it did."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold."""
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()
