"""How things are said, the same in every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from lemmata.report.record import (
    CertificateSummary,
    Condition,
    Counterexample,
    Counterpart,
    CrossCheck,
    Formula,
    Line,
    Record,
)

#: Stands in every generated file, and tells it from one written by hand.
WRITTEN = "written by `lemmata report`; change the proof script instead"

#: The mark of each outcome. What needs a look is in capitals.
MARKS = {
    "proved": "proved",
    "refuted": "FALSE",
    "gap": "GAP",
    "undecided": "NOT SHOWN",
    "invalid": "INVALID",
    "differs": "DIFFERS",
    "disproved": "disproved",
}

#: What each outcome means, in the order of the tables.
OUTCOMES = {
    "proved": "proved for every dimension and every value",
    "refuted": "false: a counterexample is shown",
    "gap": "true once a condition is added which the hypotheses do not give",
    "undecided": "neither a proof nor a counterexample was found",
    "invalid": "ill-formed",
    "differs": "proved, but the function which should compute it gives something else",
    "disproved": "false, as is claimed: a counterexample is shown",
}

#: Each kind of evidence, weakest first, and what it means.
EVIDENCE = {
    "admitted": "taken without proof",
    "sampled": "agrees at points; not a proof",
    "certified": "rigorous arithmetic over a stated range",
    "cited": "rests on a cited axiom",
    "exact": "the rules of the kernel only",
}

RELATIONS = {"<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "in": "∈"}


def mark(line: Line) -> str:
    """Is the line true, and does it follow by the reason given?"""
    said = MARKS.get(line["outcome"], line["outcome"])
    if line["outcome"] == "proved" and line["follows"] is False:
        return "DOES NOT FOLLOW"
    if line["outcome"] == "refuted" and line["follows"]:
        return f"{said}, though it follows"
    return said


def is_good(line: Line) -> bool:
    """True for the first line of a chain, and for a proved line which follows from the one before."""
    return line["outcome"] in ("", "proved") and line["follows"] is not False


def colour(line: Line) -> str:
    """The outcome in whose colour a line is shown: a true line which does not follow is not green."""
    return "undecided" if line["outcome"] == "proved" and not is_good(line) else line["outcome"]


def is_proved(record: Record) -> bool:
    return record["outcome"] == "proved"


def is_upheld(record: Record) -> bool:
    """Is the theorem proved, and does what computes it agree? Or is it disproved, as is claimed?"""
    if record["outcome"] == "disproved":
        return True
    return is_proved(record) and all(found["agrees"] for found in record["counterparts"])


def relation(line: Line) -> str:
    return RELATIONS.get(line["relation"], line["relation"])


def reason(line: Line) -> str:
    """The reason as the author gave it, else as it was found."""
    if line["reason"]:
        return f"by {line['reason']}"
    return f"found: {line['found']}" if line["found"] else ""


def reason_in_full(line: Line) -> str:
    """The author's reason together with what the search found for it."""
    if line["reason"] and line["found"] and line["found"] != line["reason"]:
        return f"by {line['reason']} ({line['found']})"
    return reason(line)


def judged(line: Line) -> str:
    """The mark of a line, and the evidence of one that is good."""
    return ", ".join(filter(None, (mark(line), line["evidence"] if is_good(line) else None)))


def standing(record: Record) -> str:
    """The outcome under which a theorem is shown: a derivation with a false line is called false, even where
    its statement is not known to be."""
    false = any(line["outcome"] == "refuted" for line in record["lines"])
    if is_proved(record):
        return "proved" if is_upheld(record) else "differs"
    return "refuted" if false else record["outcome"]


def verdict(record: Record) -> str:
    """The outcome of a theorem and its evidence."""
    outcome = MARKS.get(standing(record), standing(record))
    return ", ".join(filter(None, (outcome, record["evidence"])))


def parts(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines of each part (base, step, a case) in turn."""
    for part, members in groupby(lines, key=lambda line: line["part"]):
        yield part, list(members)


def part_title(part: str) -> str:
    """What an induction or a case split calls its parts."""
    return {"base": "Base case", "step": "Induction step"}.get(part, part[:1].upper() + part[1:])


def texts(formulas: Iterable[Formula]) -> str:
    return ", ".join(formula["text"] for formula in formulas)


def cross_check(check: CrossCheck | None) -> str:
    """How a statement fared at points, with the range; this is never a proof."""
    if check is None:
        return "not evaluated at points"
    if not check["instances"]:
        return "not attacked: no instance was found that satisfies the hypotheses"
    points = "1 instance" if check["instances"] == 1 else f"{check['instances']} instances"
    outcome = "agrees with" if check["agrees"] else "DISAGREES with"
    return f"{outcome} {points}" + (f" ({check['dims']})" if check["dims"] else "") + f", {check['method']}"


def counterpart(found: Counterpart) -> str:
    """How the function which computes what a theorem says compares with it."""
    if found["difference"]:
        return f"DIFFERS {found['difference']}"
    if not found["instances"]:
        return "never compared: no instance was found that satisfies the hypotheses"
    points = "1 instance" if found["instances"] == 1 else f"{found['instances']} instances"
    return f"agrees at {points}" + (f" ({found['dims']})" if found["dims"] else "") + ", in floating point"


def point(example: Counterexample) -> str:
    """The dimensions and values of a counterexample: `n = 1, u = [2]`."""
    dims = (f"{name} = {size}" for name, size in example["dims"].items())
    return ", ".join([*dims, *(f"{value['name']} = {value['text']}" for value in example["values"])])


def failure(example: Counterexample) -> str:
    """Where a statement fails, and both sides there."""
    where = f"it fails already at {point(example)}:" if point(example) else "it fails:"
    note = f"   ({example['note']})" if example["note"] else ""
    return f"{where}   left {example['left']}   right {example['right']}{note}"


def needed(conditions: Iterable[Formula]) -> str:
    """The conditions of a gap."""
    return f"needs  {texts(conditions)}   (no hypothesis gives it)"


def residual(line: Line) -> str:
    """What the residual of a line is: a difference which is there, or one which may be zero."""
    return "the two sides differ by" if line["outcome"] == "refuted" else "left over, not shown to be zero:"


def details(line: Line) -> list[str]:
    """Why a line is not good, one sentence each."""
    found = []
    if line["outcome"] == "proved" and line["follows"] is False:
        found.append("it is true, but does not follow from the line before by the reason given")
    if line["needs"]:
        found.append(needed(line["needs"]))
    if line["residual"]:
        found.append(f"{residual(line)}  {line['residual']['text']}")
    if line["counterexample"]:
        found.append(failure(line["counterexample"]))
    if line["message"]:
        found.extend(line["message"].splitlines())
    return found


def theorem_details(record: Record) -> list[str]:
    """Why a theorem is not proved or not upheld, where no line says it already."""
    said = {detail for line in record["lines"] for detail in details(line)}
    found = record["reason"].splitlines()
    if record["needs"]:
        found.append(needed(record["needs"]))
    if record["counterexample"]:
        found.append(failure(record["counterexample"]))
    found += [f"{c['function']} {counterpart(c)}" for c in record["counterparts"] if not c["agrees"]]
    return [detail for detail in found if detail not in said]


def given(condition: Condition) -> str:
    """What gives a side condition."""
    return f"given by {condition['given_by']}" if condition["given_by"] else "proved on the way"


def tally(records: Iterable[Record]) -> list[tuple[str, str]]:
    """The outcomes of some theorems and how they are said, with their number where they differ."""
    outcomes = [standing(record) for record in records]
    kinds = list(dict.fromkeys(outcomes))
    several = len(kinds) > 1
    return [(kind, f"{outcomes.count(kind)} {MARKS[kind]}" if several else MARKS[kind]) for kind in kinds]


def evidence(records: Iterable[Record]) -> str:
    """The kinds of evidence of some theorems."""
    return ", ".join(dict.fromkeys(record["evidence"] for record in records if record["evidence"]))


def counts(records: Iterable[Record]) -> str:
    """`7 theorems: 6 proved, 1 FALSE`."""
    outcomes = [standing(record) for record in records]
    found = [f"{outcomes.count(key)} {MARKS[key]}" for key in MARKS if key in outcomes]
    theorems = "1 theorem" if len(outcomes) == 1 else f"{len(outcomes)} theorems"
    return f"{theorems}: {', '.join(found)}" if found else theorems


def short(digest: str) -> str:
    """The first twelve digits of a digest."""
    return digest.removeprefix("sha256:")[:12]


def steps(certificate: CertificateSummary) -> str:
    """`5 steps (combine 4, derive 1)`."""
    number = "1 step" if certificate["steps"] == 1 else f"{certificate['steps']} steps"
    rules = ", ".join(f"{rule} {times}" for rule, times in sorted(certificate["rules"].items()))
    return f"{number} ({rules})" if rules else number


def sentence(said: str) -> str:
    """The words with a capital at their start; the names in them stay as they are."""
    return said[:1].upper() + said[1:]
