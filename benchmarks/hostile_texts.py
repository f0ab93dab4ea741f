"""Hostile and random texts, read as claims: whether one crashes the reader, runs something, or takes long.

    python -m benchmarks.hostile_texts [COUNT] [--seed 1]        random texts, and mutations of real ones
    python -m benchmarks.hostile_texts --atheris [-runs=100000]  guided by coverage (pip install atheris)

Every text must be read or refused with `Unreadable`. Meanwhile Python may compile (the parser does) and
nothing else: what opens a file, imports, or runs a program or code is seen by an audit hook and ends the run.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from lemmata.claims.claim import BadClaim, claim_from
from lemmata.claims.judge import question_of
from lemmata.language.errors import LanguageError

TESTS = Path(__file__).resolve().parent.parent / "tests"
VARS = {
    "x": {"shape": ["n"]},
    "A": {"shape": ["n", "m"]},
    "S": {"shape": ["n", "n"], "is": ["symmetric"]},
    "a": {"shape": []},
    "k": {"shape": [], "is": ["natural"]},
    "σ": {"shape": [], "is": ["function"]},
}
PLAIN = """
x A S a k σ n m i e pi oo 0 1 2 9 10 1.5 1e3 .5 ( ) [ ] , + - * / ** @ . .T == != <= < >= > => and
inv tr det rank had kron vec diag eye zeros ones norm fro exp log sqrt abs grad jac hess dir diff
sum prod max min argmax integral limit E Var Cov softmax gamma floor
__import__ eval exec open os.system lambda yield await if else for in is not None True
: ; { } ' " \\ # % ^ ~ | & ! ? ` $ 9**9**9 𝔸 ² ᵀ "+" x.__class__
"""
WORDS = (*PLAIN.split(), "x" * 50, "(" * 30, ")" * 30, "-" * 20, "\x00", "\ud7ff", "\n", "\t")
FORBIDDEN = ("exec", "open", "os.", "subprocess.", "socket.", "ctypes.", "import", "marshal.", "pickle.")


def claims(count: int, random: Random) -> Iterator[dict[str, Any]]:
    """Random words, and real claims with some characters or words changed."""
    real = [
        json.loads(line) for path in TESTS.glob("*/*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
    for number in range(count):
        if number % 3 == 0:
            yield {"vars": VARS, "claim": " ".join(random.choices(WORDS, k=random.randrange(1, 40)))}
        elif number % 3 == 1:
            yield {"vars": VARS, "claim": "".join(random.choices(WORDS, k=random.randrange(1, 40)))}
        else:
            values = random.choice(real)
            yield {**values, "claim": mutated(values["claim"], random)}


def mutated(text: str, random: Random) -> str:
    """A text with a few places changed, doubled or left out."""
    for _ in range(random.randrange(1, 6)):
        place = random.randrange(len(text) + 1)
        kind = random.randrange(4)
        if kind == 0:
            text = text[:place] + random.choice(WORDS) + text[place:]
        elif kind == 1:
            text = text[:place] + text[place + random.randrange(1, 8) :]
        elif kind == 2:
            text = text[:place] + text[place:] * random.randrange(1, 4)
        else:
            text = text[:place] + chr(random.randrange(1, 0x2FFF)) + text[place:]
    return text


def read(values: dict[str, Any]) -> str:
    """How a claim is read: as statements, or refused. Anything else is raised."""
    try:
        question_of(claim_from(values))
    except (BadClaim, LanguageError):
        return "refused"
    return "read"


def watch() -> None:
    """End the run when anything is opened, imported or executed from now on."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN) and event != "object.__getattr__":
            sys.stderr.write(f"a text had the reader do this: {event} {arguments}\n")
            sys.stderr.flush()
            raise SystemExit(1)

    sys.addaudithook(hook)


def campaign(count: int, seed: int) -> None:
    """Read many texts, and say how that went."""
    found, slowest = Counter[str](), (0.0, "")
    every = list(claims(count, Random(seed)))
    read({"vars": VARS, "claim": "inv(S) == S and 1 == 1"})  # what is imported late is imported now
    watch()
    for values in every:
        start = perf_counter()
        found[read(values)] += 1
        slowest = max(slowest, (perf_counter() - start, str(values["claim"])))
    print(f"{count} texts: {dict(found)}; the slowest took {slowest[0]:.3f} s: {slowest[1][:80]!r}")


def guided(arguments: Sequence[str]) -> None:
    """Texts which coverage suggests."""
    import atheris

    def one(data: bytes) -> None:
        text = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(400)
        read({"vars": VARS, "claim": text})

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def main() -> None:
    arguments = sys.argv[1:]
    if "--atheris" in arguments:
        arguments.remove("--atheris")
        guided(arguments)
        return
    seed = int(arguments[arguments.index("--seed") + 1]) if "--seed" in arguments else 1
    count = next((int(a) for a in arguments if a.isdigit()), 100_000)
    campaign(count, seed)


if __name__ == "__main__":
    main()
