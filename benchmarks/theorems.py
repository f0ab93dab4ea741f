"""How long each theorem of `proofs/` takes, and of that the kernel; how much memory the kernel uses.

    python benchmarks/theorems.py [PATH ...]

Times are of this process, in seconds, and as parts of the whole. A cold start is measured by running
`lemmata check` as a command.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from pathlib import Path
from time import perf_counter

from lemmata.derive import collect
from lemmata.derive.theorem import Theorem
from lemmata.kernel import verify_text

ROOT = Path(__file__).resolve().parent.parent


def cold_start(paths: list[str]) -> float:
    """The wall time of `lemmata check` in a new process."""
    begun = perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from lemmata.cli import main; main()", "check", *paths],
        check=True,
        cwd=ROOT,
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


def main(paths: list[str]) -> None:
    scripts = [Path(path) for path in paths] or sorted((ROOT / "proofs").glob("[!_]*.py"))
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
    print(f"lemmata check from a cold start: {cold_start([str(script) for script in scripts]):.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
