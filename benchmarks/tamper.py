"""Changed certificates: is one of them accepted with a statement that the original does not prove?

    python benchmarks/tamper.py [--each N] [--show] [PATH ...]

Takes the certificate of each theorem (default: all of `proofs/`), changes it N times in ways drawn from a
fixed seed, seals it with a digest that fits, and asks the kernel. Prints how many were accepted and refused,
how long the slowest took, and every accepted one whose statement or context is another: those want a look.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from lemmata.derive import Theorem, collect
from lemmata.kernel import Verdict, verify_text
from lemmata.kernel.document import digest_of

ROOT = Path(__file__).resolve().parent.parent
Json = Any
Path_ = tuple[Any, ...]

HUGE = [10**6, 10**7, 10**30, -(10**6), 2**63, "9" * 99, "1/" + "9" * 90, "9" * 4000]
WRONG_TYPES: list[Json] = [None, True, 1.5, [], {}, "", 0, -1, "x", ["num", "1"], [[]], float("nan")]
RULES: list[Json] = [["sorry"], ["axiom", "by decree"], ["combine"], ["lemma", "none", [], [], [], [], []]]
DECREE = "by decree"
TRIVIAL: Json = ["combine", [], ["num", "0"], [], []]


@dataclass(frozen=True)
class Certificate:
    """A certificate of a theorem as JSON values, and the places in it."""

    name: str
    document: Json
    places: tuple[Path_, ...] = field(repr=False)

    @property
    def body(self) -> Json:
        return self.document["certificate"]


def certificates(paths: list[Path]) -> list[Certificate]:
    """The certificates of the theorems in some proof scripts."""
    theorems = [said for path in paths for said in collect(path) if isinstance(said, Theorem)]
    return [_certificate(theorem.name, theorem.certificate()) for theorem in theorems]


def _certificate(name: str, document: Json) -> Certificate:
    document = json.loads(json.dumps(document))
    return Certificate(name, document, tuple(_places(document["certificate"])))


def _places(value: Json, here: Path_ = ()) -> Iterator[Path_]:
    if here:
        yield here
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield from _places(value[key], (*here, key))


def scripts() -> list[Path]:
    return sorted(path for path in (ROOT / "proofs").glob("*.py") if path.name != "__init__.py")


# -- changes: each takes a copy of the body, and says False where it does not apply ------------------------

Change = Callable[[Json, tuple[Path_, ...], random.Random], bool | None]


def at(body: Json, path: Path_) -> Json:
    for key in path:
        body = body[key]
    return body


def put(body: Json, path: Path_, value: Json) -> None:
    at(body, path[:-1])[path[-1]] = value


def pick(places: tuple[Path_, ...], source: random.Random, fits: Callable[[Path_], bool]) -> Path_ | None:
    """A place that fits, found by trying."""
    tried = (source.choice(places) for _ in range(400))
    return next((path for path in tried if fits(path)), None)


def kind(value: Json) -> object:
    """What a value is for: terms by their tag, other lists by their length."""
    if isinstance(value, list):
        return ("list", len(value), type(value[0]) if value else None)
    return type(value)


def swap_fields(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """Two parts of the same kind change places."""
    first = source.choice(places)
    alike = kind(at(body, first))
    second = pick(
        places, source, lambda path: kind(at(body, path)) == alike and at(body, path) != at(body, first)
    )
    if second is None or first == second[: len(first)] or second == first[: len(second)]:
        return False
    one, other = at(body, first), at(body, second)
    put(body, first, other)
    put(body, second, one)
    return None


def copy_field(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """One part is put in the place of another of the same kind."""
    first = source.choice(places)
    alike = kind(at(body, first))
    second = pick(
        places, source, lambda path: kind(at(body, path)) == alike and at(body, path) != at(body, first)
    )
    if second is None:
        return False
    put(body, first, copy.deepcopy(at(body, second)))
    return None


def change_number(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """A rational number, a minimum, an offset, an order or a constant dimension."""

    def is_number(path: Path_) -> bool:
        value = at(body, path)
        rational = isinstance(value, list) and len(value) == 2 and value[0] == "num"
        return rational or (isinstance(value, int) and not isinstance(value, bool))

    place = pick(places, source, is_number)
    if place is None:
        return False
    value = at(body, place)
    if isinstance(value, int):
        put(body, place, value + source.choice([-2, -1, 1, 2]))
    else:
        put(body, place, ["num", source.choice(["0", "1", "-1", "2", "1/2", "-2", "3"])])
    return None


def make_huge(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    place = pick(places, source, lambda path: isinstance(at(body, path), int | str))
    if place is None:
        return False
    put(body, place, source.choice(HUGE))
    return None


def wrong_type(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    put(body, source.choice(places), copy.deepcopy(source.choice(WRONG_TYPES)))
    return None


def nest(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """A term below many others."""
    place = pick(places, source, lambda path: kind(at(body, path)) == ("list", 2, str))
    if place is None:
        return False
    value = at(body, place)
    for _ in range(source.choice([1, 5, 40, 200])):
        value = source.choice(
            [["mul", [value]], ["pow", value, ["num", "1"]], ["apply", "exp", 0, value], ["mean", value]]
        )
    put(body, place, value)
    return None


def _proofs(body: Json, places: tuple[Path_, ...]) -> list[Json]:
    """Lists of steps, those of lemmas, inductions and cases too."""
    found = [at(body, path) for path in places]
    return [
        value
        for value in found
        if isinstance(value, list) and value and isinstance(value[0], dict) and "by" in value[0]
    ]


def drop_step(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    proof = source.choice(_proofs(body, places))
    del proof[source.randrange(len(proof))]
    return None


def repeat_step(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    proof = source.choice(_proofs(body, places))
    step = copy.deepcopy(source.choice(proof))
    step["id"] = source.choice([step["id"], "another"])
    proof.insert(source.randrange(len(proof) + 1), step)
    return None


def reorder_steps(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    proof = source.choice(_proofs(body, places))
    if len(proof) < 2:
        return False
    first, second = source.sample(range(len(proof)), 2)
    proof[first], proof[second] = proof[second], proof[first]
    return None


def trivial_step(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """A step by algebra alone, whatever it was by."""
    source.choice(source.choice(_proofs(body, places)))["by"] = copy.deepcopy(TRIVIAL)
    return None


def unknown_rule(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    source.choice(source.choice(_proofs(body, places)))["by"] = copy.deepcopy(source.choice(RULES))
    return None


def redirect(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """A premise, a name or an index becomes another that occurs."""
    place = pick(places, source, lambda path: isinstance(at(body, path), str) and path[-1] != 0)
    other = pick(places, source, lambda path: isinstance(at(body, path), str))
    if place is None or other is None:
        return False
    put(body, place, at(body, other))
    return None


def decree(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """The theorem or a lemma becomes an axiom, with its proof or without."""
    one = source.choice([body, *body["lemmas"]])
    one["axiom"] = DECREE
    if source.random() < 0.7:
        one["proof"], one["lemmas"] = [], []
    return None


def other_claim(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """The statement and the last claim become the same other statement."""
    statement, last = body["statement"], body["proof"][-1]
    side = source.choice(["left", "right"])
    changed = copy.deepcopy(statement)
    match source.randrange(4):
        case 0:
            changed["relation"] = source.choice(["=", "<=", "<", "!=", "->"])
        case 1:
            changed["left"], changed["right"] = changed["right"], changed["left"]
        case 2:
            changed[side] = ["mul", [["num", source.choice(["2", "-1", "0"])], changed[side]]]
        case 3:
            changed[side] = ["add", [["num", source.choice(["1", "-1"])], changed[side]]]
    body["statement"], last["claim"] = changed, copy.deepcopy(changed)
    return None


def other_context(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """One entry of the context is dropped, or a property is."""
    context = body["context"]
    key = source.choice([key for key, values in context.items() if values])
    entry = source.choice(context[key])
    if key == "variables" and source.random() < 0.7:
        entry["properties"] = source.choice(
            [[], ["positive"], ["random"], ["symmetric"], ["invertible"], ["onehot"]]
        )
        entry["moments"] = source.choice([0, 1, 2])
    elif key == "functions" and source.random() < 0.7:
        entry["order"] = source.choice([0, 1])
    else:
        context[key].remove(entry)
    return None


def everywhere(body: Json, places: tuple[Path_, ...], source: random.Random) -> bool | None:
    """A name, a relation or a number is another wherever it occurs."""
    place = pick(places, source, lambda path: isinstance(at(body, path), str | int))
    other = pick(places, source, lambda path: isinstance(at(body, path), str | int))
    if place is None or other is None:
        return False
    old, new = at(body, place), at(body, other)
    for path in places:
        if at(body, path) == old and type(at(body, path)) is type(old):
            put(body, path, new)
    return None


CHANGES: tuple[Change, ...] = (
    swap_fields,
    copy_field,
    change_number,
    make_huge,
    wrong_type,
    nest,
    drop_step,
    repeat_step,
    reorder_steps,
    trivial_step,
    unknown_rule,
    decree,
    redirect,
    other_claim,
    other_context,
    everywhere,
)


@dataclass(frozen=True)
class Mutant:
    """A changed certificate: of which theorem, how, and its text."""

    origin: Certificate
    how: str
    text: str


def mutants(origin: Certificate, count: int, seed: int = 0) -> Iterator[Mutant]:
    """Changed certificates with digests that fit, and a few texts that are none."""
    source = random.Random(f"{origin.name} {seed}")
    made = 0
    while made < count:
        if made % 20 == 19:
            yield _damaged(origin, source)
        else:
            mutant = _changed(origin, source)
            if mutant is None:
                continue
            yield mutant
        made += 1


def _changed(origin: Certificate, source: random.Random) -> Mutant | None:
    change = source.choice(CHANGES)
    body = copy.deepcopy(origin.body)
    if change(body, origin.places, source) is False or _same(body, origin.body):
        return None
    document = {**origin.document, "certificate": body}
    document["digest"] = digest_of({key: document[key] for key in ("format", "version", "certificate")})
    return Mutant(origin, change.__name__, json.dumps(document))


def _same(first: Json, second: Json) -> bool:
    return json.dumps(first) == json.dumps(second)


def _damaged(origin: Certificate, source: random.Random) -> Mutant:
    """Text cut off, or with one letter changed; or a certificate with another name under its old digest."""
    text = json.dumps(origin.document)
    place = source.randrange(len(text))
    match source.randrange(3):
        case 0:
            return Mutant(origin, "cut_off", text[:place])
        case 1:
            return Mutant(
                origin, "other_letter", text[:place] + source.choice('{}[]",:0x\\') + text[place + 1 :]
            )
    body = copy.deepcopy(origin.body)
    body["name"] = "another"
    return Mutant(origin, "old_digest", json.dumps({**origin.document, "certificate": body}))


# -- judging ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """What the kernel says of a mutant, and in how many seconds."""

    mutant: Mutant
    verdict: Verdict
    seconds: float

    @property
    def says_more(self) -> bool:
        """Whether it is accepted with a statement or a context that is not the one of the original."""
        if self.verdict.outcome != "proved":
            return False
        body, old = json.loads(self.mutant.text)["certificate"], self.mutant.origin.body
        return not all(_same(body[key], old[key]) for key in ("statement", "context"))


def judged(mutant: Mutant) -> Judged:
    begun = perf_counter()
    verdict = verify_text(mutant.text)
    return Judged(mutant, verdict, perf_counter() - begun)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--each", type=int, default=200, help="changed certificates of each theorem")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="write out what says more than the original")
    options = parser.parse_args(arguments)
    origins = certificates(options.paths or scripts())
    results = [judged(m) for origin in origins for m in mutants(origin, options.each, options.seed)]
    print(f"{len(results)} changed certificates of {len(origins)} theorems")
    outcomes = Counter(result.verdict.outcome for result in results)
    for outcome, number in outcomes.most_common():
        print(f"  {number:6} {outcome}")
    slowest = max(results, key=lambda result: result.seconds)
    print(f"slowest: {slowest.seconds:.2f} s, {slowest.mutant.how} of {slowest.mutant.origin.name}")
    more = [result for result in results if result.says_more]
    print(f"accepted with another statement or context: {len(more)}")
    for how, number in Counter(result.mutant.how for result in more).most_common():
        print(f"  {number:6} {how}")
    if options.show:
        for result in more:
            print(
                result.mutant.how, result.mutant.origin.name, result.verdict.statement, result.verdict.given
            )
    return int(slowest.seconds > 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
