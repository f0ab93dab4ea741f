"""How many claims are decided, how, and how fast: equations of the Matrix Cookbook, gradients of machine
learning, scalar analysis, each true claim beside a false variant, and SymPy beside us.

    python -m benchmarks.claims [SET ...] [--jobs 2] [--timeout 10] [--peers] [--list OUTCOME]

The sets are files of `tests/`: cookbook, gradients, scalar. A *wrong* claim is false and proved, or
true and refuted; there must be none. SymPy is asked `simplify(lhs - rhs) == 0`, where it can say both sides.
"""

from __future__ import annotations

import argparse
import json
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from lemmata.claims.check import check_many
from lemmata.claims.claim import claim_from
from lemmata.claims.judge import question_of
from lemmata.claims.result import OUTCOMES, Result
from lemmata.language.errors import LanguageError
from lemmata.language.sympy_border import to_sympy

TESTS = Path(__file__).resolve().parent.parent / "tests"
#: The files of false claims, besides those whose names end in `_false`.
FALSE_FILES = ("traps", "sympy_wrong")


@dataclass(frozen=True)
class Group:
    """Claims of one kind: all are true, or all are false."""

    name: str
    true: bool
    claims: tuple[dict[str, Any], ...]


def groups(chosen: Sequence[str]) -> Iterator[Group]:
    """The claims of the sets, the derivatives of the cookbook apart from the rest."""
    for name in chosen:
        for path in sorted((TESTS / name).glob("*.jsonl")):
            claims = tuple(map(json.loads, path.read_text(encoding="utf-8").splitlines()))
            true = path.stem not in FALSE_FILES and not path.stem.endswith("_false")
            yield Group(f"{name}/{path.stem}", true, claims)


def is_wrong(group: Group, result: Result) -> bool:
    return result.outcome == ("refuted" if group.true else "proved")


def row(group: Group, results: Sequence[Result]) -> str:
    """A row of the table: how many of each outcome, how many are wrong, and the times in ms."""
    count = Counter(result.outcome for result in results)
    times = sorted(1000 * result.seconds for result in results)
    numbers = [str(count[outcome]) for outcome in OUTCOMES]
    wrong = sum(is_wrong(group, result) for result in results)
    late = times[int(0.95 * (len(times) - 1))]
    cells = [group.name, "true" if group.true else "false", str(len(results)), *numbers, str(wrong)]
    return "| " + " | ".join([*cells, f"{median(times):.0f}", f"{late:.0f}"]) + " |"


HEAD = ["claims", "are", "count", *OUTCOMES, "wrong", "median ms", "95 % ms"]


class OutOfTime(Exception):
    """A peer took longer than it may."""


def _alarm(*_: object) -> None:
    raise OutOfTime


def by_sympy(claim: dict[str, Any], seconds: float) -> str:
    """What SymPy says of an equation: yes, no, or why it says nothing."""
    try:
        question = question_of(claim_from(claim))
        (statement,) = question.statements
        if statement.relation != "==" or question.hypotheses:
            return "not said"
        left, right = to_sympy(statement.left), to_sympy(statement.right)
    except (LanguageError, ValueError):
        return "not said"
    signal.signal(signal.SIGALRM, _alarm)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return "yes" if (left - right).doit().simplify() == 0 else "no"
    except OutOfTime:
        return "out of time"
    except Exception as error:  # a peer may fail in any way
        return type(error).__name__
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    options = arguments()
    print("| " + " | ".join(HEAD) + " |\n|" + " --- |" * len(HEAD))
    for group in groups(options.sets):
        start = perf_counter()
        results = list(check_many(group.claims, jobs=options.jobs, timeout=options.timeout))
        print(row(group, results), flush=True)
        for claim, result in zip(group.claims, results, strict=True):
            if result.outcome in options.list or is_wrong(group, result):
                print(f"    {result.outcome} {claim['id']}: {claim['claim'][:100]} ({result.reason[:160]})")
        if options.peers:
            answers = Counter(by_sympy(claim, options.timeout) for claim in group.claims)
            print(f"    SymPy: {dict(answers)}; lemmata took {perf_counter() - start:.1f} s in all")


def arguments() -> argparse.Namespace:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("sets", nargs="*", default=["cookbook", "gradients", "scalar"], metavar="SET")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes judge")
    parser.add_argument("--timeout", type=float, default=10, help="seconds for one claim")
    parser.add_argument("--peers", action="store_true", help="ask SymPy as well")
    parser.add_argument("--list", action="append", default=[], choices=OUTCOMES, help="list these claims")
    return parser.parse_args()


if __name__ == "__main__":
    main()
