"""Checking theorems one after the other, and showing how it goes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lemmata.cli import scripts
from lemmata.cli.cache import Cache
from lemmata.cli.errors import BrokenScript, NoProofScript
from lemmata.cli.terminal import Progress, painter
from lemmata.report import text, words
from lemmata.report.record import Record


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run: the theorems with their records, and the scripts that broke."""

    checked: list[tuple[scripts.Theorem, Record]] = field(default_factory=list)
    broken: list[BrokenScript] = field(default_factory=list)

    @property
    def records(self) -> list[Record]:
        return [record for _, record in self.checked]

    @property
    def all_proved(self) -> bool:
        return all(map(words.is_upheld, self.records))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be checked: the theorems of some names (without a name, all) of some scripts or folders."""

    paths: Sequence[str]
    names: Sequence[str] = ()
    cache: Cache | None = None


def checked(result: Run, wanted: Wanted) -> Iterator[Record]:
    """The record of each theorem of the scripts, as it is checked; `result` keeps what came of it.

    A script that breaks does not stop the others.
    """
    found = list(scripts.named(collected(scripts.find(wanted.paths), result), wanted.names))
    if not found and not result.broken:
        raise NoProofScript(f"{', '.join(wanted.paths)}: no theorem is stated there")
    progress = Progress(sys.stderr, len(found))
    for done, (script, theorem) in enumerate(found):
        progress.show(done, theorem.name)
        try:
            record = scripts.record(theorem, script, wanted.cache)
        except BrokenScript as error:
            result.broken.append(error)
            continue
        finally:
            progress.clear()
        result.checked.append((theorem, record))
        yield record
    if wanted.cache is not None:
        wanted.cache.tidy()


def collected(files: Sequence[Path], result: Run) -> Iterator[tuple[Path, scripts.Theorem]]:
    """The theorems of each script that runs."""
    for script in files:
        try:
            yield from ((script, theorem) for theorem in scripts.theorems(script))
        except BrokenScript as error:
            result.broken.append(error)


def silently(wanted: Wanted) -> Run:
    """A run of which only the progress bar is seen."""
    result = Run()
    for _ in checked(result, wanted):
        pass
    return result


def aloud(wanted: Wanted) -> Run:
    """A run with one line a theorem, then what is wrong with those not proved, then the count."""
    result, paint = Run(), painter(sys.stdout)
    for record in checked(result, wanted):
        print(text.summary(record, paint), flush=True)
    for record in result.records:
        if not words.is_upheld(record):
            print(f"\n{text.block(record, paint)}")
    if result.records:
        print(f"\n{text.overview(result.records, paint)}")
    return result


def as_json(wanted: Wanted) -> Run:
    """A run with one record a line, as JSON."""
    result = Run()
    for record in checked(result, wanted):
        print(json.dumps(record, ensure_ascii=False, sort_keys=True), flush=True)
    return result
