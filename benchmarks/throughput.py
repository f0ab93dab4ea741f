"""How many claims are judged in a second, by one process and by two, and what a long run takes of memory.

    python -m benchmarks.throughput [--claims 2000] [--stream 1000000]

Simple claims, no two of which are the same, are judged by one worker and by two in turn; the ratio counts,
as the speed itself is that of the machine. The stream is answered by workers that judge nothing: what remains
is what the runner itself takes, and its memory must not grow with the length of the stream.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from time import perf_counter
from typing import Any

from lemmata.claims.check import check_many
from lemmata.claims.result import Result

SQUARE = {"shape": ["n", "n"]}
VECTOR = {"shape": ["n"]}
SCALAR: dict[str, list[str]] = {"shape": []}
#: Claims with a number in them, which makes each another one.
TEMPLATES = (
    ({"A": SQUARE, "B": SQUARE}, "tr({k}*A@B) == {k}*tr(B@A)"),
    ({"x": SCALAR, "y": SCALAR}, "(x + {k}*y)**2 == x**2 + {d}*x*y + {s}*y**2"),
    ({"x": VECTOR, "A": SQUARE}, "grad(x.T@A@x + {k}*x.T@x, x) == (A + A.T)@x + {d}*x"),
    ({"x": VECTOR}, "norm({k}*x) == {k}*norm(x)"),
    ({"x": SCALAR}, "diff(exp({k}*x), x) == {k}*exp(x)"),
)


def simple_claims(count: int) -> Iterator[dict[str, Any]]:
    """Claims, most of them true."""
    for number in range(count):
        variables, text = TEMPLATES[number % len(TEMPLATES)]
        k = 2 + number // len(TEMPLATES)
        yield {"id": number, "vars": variables, "claim": text.format(k=k, d=2 * k, s=k * k)}


def said(claim: object, seconds: float | None = None) -> Result:
    """An answer without a judgement."""
    return Result(claim.get("id") if isinstance(claim, dict) else None, "undecided", reason="not judged")


def seconds_for(count: int, jobs: int) -> float:
    """The time for some claims, once the workers are warm."""
    answers = check_many(simple_claims(count + 20 * jobs), jobs=jobs)
    for _ in range(20 * jobs):
        next(answers)
    begun = perf_counter()
    for _ in answers:
        pass
    return perf_counter() - begun


def memory() -> float:
    """The largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def streamed(count: int, jobs: int) -> tuple[float, float]:
    """How many answers come in a second, and by how many MB this process has grown meanwhile."""
    before, begun = memory(), perf_counter()
    for _ in check_many(simple_claims(count), jobs=jobs, judge="benchmarks.throughput:said"):
        pass
    return count / (perf_counter() - begun), memory() - before


def command() -> float:
    """The seconds of the command on one claim."""
    line = json.dumps(next(simple_claims(1)))
    begun = perf_counter()
    run = [sys.executable, "-m", "lemmata", "claims", "-"]
    subprocess.run(run, input=line, text=True, check=True, capture_output=True)
    return perf_counter() - begun


def main() -> None:
    options = arguments()
    print(f"the command on one claim: {min(command() for _ in range(3)):.2f} s")
    times = [{jobs: seconds_for(options.claims, jobs) for jobs in (1, 2)} for _ in range(options.rounds)]
    one, two = (options.claims / min(found[jobs] for found in times) for jobs in (1, 2))
    print(f"simple claims in a second: {one:.0f} by one worker, {two:.0f} by two: {two / one:.2f} x")
    for count in (options.stream // 10, options.stream):
        speed, grown = streamed(count, 2)
        print(f"{count} claims answered without judging: {speed:.0f} a second, {grown:.1f} MB more memory")


def arguments() -> argparse.Namespace:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--claims", type=int, default=2000, help="how many simple claims are judged")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    parser.add_argument("--stream", type=int, default=1_000_000, help="how many claims are only answered")
    return parser.parse_args()


if __name__ == "__main__":
    main()
