"""What the theorems rest on, all together: axioms, conditions, lemmas and evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lemmata.report import words
from lemmata.report.record import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing which theorems rest on, where it comes from, and the names of those theorems."""

    what: str
    origin: str
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that some theorems rest on; `open` are those which are not proved.

    A record has the axioms of the lemmas which it rests on, so each axiom counts for all above it.
    """

    axioms: tuple[Entry, ...]
    conditions: tuple[Entry, ...]
    lemmas: tuple[Entry, ...]
    evidence: tuple[Entry, ...]
    open: tuple[Entry, ...]

    def forbidden(self, allowed: Collection[str]) -> tuple[Entry, ...]:
        """The axioms which are not among those allowed."""
        return tuple(axiom for axiom in self.axioms if axiom.what not in allowed)


def ledger(records: Sequence[Record]) -> Ledger:
    """The ledger of some records."""
    proved = [record for record in records if record["evidence"]]
    return Ledger(
        axioms=entries((a["name"], a["source"], r["name"]) for r in records for a in r["axioms"]),
        conditions=entries((c["text"], c["given_by"], r["name"]) for r in records for c in r["conditions"]),
        lemmas=entries((lemma, "", r["name"]) for r in records for lemma in r["rests_on"]),
        evidence=entries(
            (r["evidence"] or "", words.EVIDENCE.get(r["evidence"] or "", ""), r["name"]) for r in proved
        ),
        open=entries(
            (words.MARKS[r["outcome"]], words.OUTCOMES[r["outcome"]], r["name"])
            for r in records
            if not words.is_proved(r) and not words.is_upheld(r)
        ),
    )


def entries(uses: Iterable[tuple[str, str, str]]) -> tuple[Entry, ...]:
    """One entry for each (what, origin), with all that use it."""
    grouped: dict[tuple[str, str], dict[str, None]] = {}
    for what, origin, name in uses:
        grouped.setdefault((what, origin), {})[name] = None
    return tuple(Entry(what, origin, tuple(names)) for (what, origin), names in sorted(grouped.items()))


#: The headings of a ledger, and what is said where there is nothing.
SECTIONS = (
    ("Axioms", "axioms", "none: every proof uses the rules of the kernel only"),
    ("Conditions", "conditions", "none"),
    ("Lemmas", "lemmas", "none rests on another"),
    ("Evidence", "evidence", "nothing is proved"),
    ("Not proved", "open", "none"),
)


def sections(book: Ledger) -> Iterable[tuple[str, tuple[Entry, ...], str]]:
    """Each heading with its entries, and what is said where there are none."""
    for title, field, nothing in SECTIONS:
        yield title, getattr(book, field), nothing


def text(book: Ledger) -> str:
    """The ledger for a terminal."""
    shown: list[str] = []
    for title, found, nothing in sections(book):
        shown += [title, *(written(entry) for entry in found)] if found else [title, f"  ({nothing})"]
    return "\n".join(shown)


def written(entry: Entry) -> str:
    """One entry: what it is, where it is from, who uses it."""
    origin = f"  [{entry.origin}]" if entry.origin else ""
    return f"  {entry.what}{origin}  <- {', '.join(entry.used_by)}"
