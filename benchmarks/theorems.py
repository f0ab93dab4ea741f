"""How long each theorem of `proofs/` takes, and of that the kernel; how much memory the kernel uses.

    python benchmarks/theorems.py [--copies N] [PATH ...]

Times are of this process, in seconds, and as parts of the whole. Then `lemmata check` is run as a command on
N copies of the scripts, in each of which the theorems have other names: without the cache, with an empty one,
and with what the run before kept.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from lemmata.derive import collect
from lemmata.derive.theorem import Theorem
from lemmata.kernel import verify_text

ROOT = Path(__file__).resolve().parent.parent


def commands(scripts: list[Path], copies: int) -> dict[str, float]:
    """The wall times of `lemmata check` in new processes."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "pyproject.toml").touch()
        (project / "proofs").mkdir()
        for number in range(copies):
            for script in scripts:
                copy = project / "proofs" / f"{script.stem}_{number}.py"
                copy.write_text(renamed(script.read_text(encoding="utf-8"), number), encoding="utf-8")
        runs = {"without the cache": ["--no-cache"], "with an empty cache": [], "with what was kept": []}
        return {name: seconds(project, options) for name, options in runs.items()}


def renamed(script: str, number: int) -> str:
    """A script in which no theorem has the name which it has in another copy."""
    for name in re.findall(r"^@theorem.*?^def (\w+)\(", script, re.MULTILINE | re.DOTALL):
        script = re.sub(rf"\b{name}\b", f"{name}_{number}", script)
    return script


def seconds(project: Path, options: list[str]) -> float:
    """The wall time of `lemmata check` in a new process."""
    begun = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "lemmata", "check", *options],
        check=True,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    return perf_counter() - begun


def verified(theorem: Theorem) -> tuple[float, int]:
    """The time in which the kernel verifies a certificate, and the most memory it needs, in bytes."""
    text = json.dumps(theorem.certificate())
    begun = perf_counter()
    verdict = verify_text(text)
    seconds = perf_counter() - begun
    tracemalloc.start()
    verify_text(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    if verdict.outcome != "proved":
        raise SystemExit(f"{theorem.name}: {verdict.outcome}, {verdict.reason}")
    return seconds, peak


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python benchmarks/theorems.py")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="scripts (default: proofs/)")
    parser.add_argument("--copies", type=int, default=1, help="of the scripts, for the times of the command")
    asked = parser.parse_args(arguments)
    scripts = asked.paths or sorted((ROOT / "proofs").glob("[!_]*.py"))
    rows, highest = [], 0
    for script in scripts:
        for theorem in collect(script):
            begun = perf_counter()
            theorem.record()
            whole = perf_counter() - begun
            kernel, peak = verified(theorem)
            rows.append((theorem.name, whole, kernel))
            highest = max(highest, peak)
    print(f"{'theorem':<42}{'check':>8}{'kernel':>9}{'part':>7}")
    for name, whole, kernel in rows:
        print(f"{name:<42}{whole:8.3f}{kernel:9.3f}{kernel / whole:7.0%}")
    total, kernel = sum(row[1] for row in rows), sum(row[2] for row in rows)
    print(f"{'all':<42}{total:8.3f}{kernel:9.3f}{kernel / total:7.0%}")
    print(f"kernel memory: {highest / 2**20:.1f} MiB at most")
    print(f"lemmata check of {asked.copies * len(rows)} theorems:")
    for name, time in commands(scripts, asked.copies).items():
        print(f"  {name:<20}{time:6.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
