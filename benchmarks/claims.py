"""How many claims are decided, how, and how fast: equations of the Matrix Cookbook, gradients of machine
learning, scalar analysis, each true claim beside a false variant, and other programs beside us.

    python -m benchmarks.claims [SET ...] [--jobs 2] [--timeout 10] [--peers] [--list OUTCOME]

The sets are files of `tests/`: cookbook, gradients, scalar. A *wrong* claim is false and proved, or
true and refuted; there must be none. SymPy, tensorgrad and Math-Verify are asked, where they are installed,
for what they can say of both sides: see `benchmarks/peers_of_claims`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.peers_of_claims import PEERS
from benchmarks.peers_of_claims.asking import YES, asked
from benchmarks.peers_of_claims.tally import Tally, of_lemmata, of_peer
from lemmata.claims.check import check_many
from lemmata.claims.result import OUTCOMES, Result

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
    """The claims of the sets. Some files of a set are chosen as `cookbook/derivatives` is."""
    for name in chosen:
        folder, _, file = name.partition("/")
        for path in sorted((TESTS / folder).glob(f"{file}*.jsonl")):
            claims = tuple(map(json.loads, path.read_text(encoding="utf-8").splitlines()))
            true = path.stem not in FALSE_FILES and not path.stem.endswith("_false")
            yield Group(f"{folder}/{path.stem}", true, claims)


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


Tallies = dict[str, dict[str, Tally]]


def kind(group: Group) -> str:
    """The row of the table of peers to which a group belongs."""
    name = group.name.removesuffix("_false")
    folder, _, file = name.partition("/")
    if file in (*FALSE_FILES, "derivatives"):
        return name
    return f"{folder}, others" if folder == "cookbook" else folder


def peers_of(group: Group, results: Sequence[Result], seconds: float) -> dict[str, Tally]:
    """What we and the peers which are installed say of the claims of a group; a line is printed for each."""
    found = {"lemmata": of_lemmata(results, group.true)}
    for peer in PEERS:
        if peer.installed:
            answers = [asked(peer, claim, seconds) for claim in group.claims]
            found[peer.name] = of_peer(answers, group.true, results)
            print(found[peer.name].line(peer.name))
            for claim, answer in zip(group.claims, answers, strict=True):
                if answer.said == YES and not group.true:
                    print(f"        yes to {claim['id']}: {claim['claim'][:100]}")
    return found


def table_of_peers(tallies: Tallies) -> str:
    """What each says right and wrong of the claims of each kind, and its median time."""
    names = list(next(iter(tallies.values()), {}))
    rows = [["claims", *names], ["---"] * (len(names) + 1)]
    rows += [[name, *(tally.cell() for tally in row.values())] for name, row in tallies.items()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def main() -> None:
    options = arguments()
    tallies: Tallies = {}
    print("| " + " | ".join(HEAD) + " |\n|" + " --- |" * len(HEAD))
    judged: dict[tuple[str, bool], list[Result]] = {}
    for group in groups(options.sets):
        results = list(check_many(group.claims, jobs=options.jobs, timeout=options.timeout))
        print(row(group, results), flush=True)
        judged.setdefault((group.name.split("/")[0], group.true), []).extend(results)
        for claim, result in zip(group.claims, results, strict=True):
            if result.outcome in options.list or is_wrong(group, result):
                print(f"    {result.outcome} {claim['id']}: {claim['claim'][:100]} ({result.reason[:160]})")
        if options.peers:
            known = tallies.setdefault(kind(group), {})
            for name, tally in peers_of(group, results, options.timeout).items():
                known[name] = known.get(name, Tally()) + tally
    for (name, true), results in judged.items():
        print(row(Group(f"all of {name}", true, ()), results))
    if options.peers:
        print(f"\n{table_of_peers(tallies)}")
        for missing in (peer.module for peer in PEERS if not peer.installed):
            print(f"Left out, since not installed: {missing}")


def arguments() -> argparse.Namespace:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("sets", nargs="*", default=["cookbook", "gradients", "scalar"], metavar="SET")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes judge")
    parser.add_argument("--timeout", type=float, default=10, help="seconds for one claim")
    parser.add_argument("--peers", action="store_true", help="ask other programs as well")
    parser.add_argument("--list", action="append", default=[], choices=OUTCOMES, help="list these claims")
    return parser.parse_args()


if __name__ == "__main__":
    main()
