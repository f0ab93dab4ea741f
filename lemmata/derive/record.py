"""The record of a theorem: everything known of it, as plain JSON values, for reports and commands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from lemmata.derive.chain import Calc
from lemmata.derive.compile import Compiled
from lemmata.derive.declarations import declarations
from lemmata.derive.errors import Disagreement
from lemmata.derive.guard import guard
from lemmata.derive.lines import LineResult
from lemmata.derive.raising import Names, names_in
from lemmata.derive.words import Words, formula
from lemmata.kernel.certificate import (
    Cases,
    Certificate,
    Cut,
    Dense,
    Flow,
    Increasing,
    Induction,
    Maximiser,
    Primitive,
    Proof,
)
from lemmata.kernel.check import Verdict
from lemmata.kernel.context import Context
from lemmata.language.lower import lower_statement
from lemmata.refute import BRIEF, THOROUGH, Attack, attack
from lemmata.refute.counterpart import Comparison

if TYPE_CHECKING:
    from lemmata.derive.theorem import Theorem

RULE_NAMES = {
    "InverseLaw": "inverse",
    "DeterminantLaw": "determinant",
    "OneSided": "one-sided inverse",
    "Penrose": "pseudo-inverse",
    "Frechet": "derivative of the exponential",
    "LemmaUse": "lemma",
    "EntryOfMaximum": "entry",
    "AdditionTheorem": "addition theorem",
}
#: How the steps for side conditions are named.
_SIDE = re.compile(r".*c\d+")


@dataclass(frozen=True)
class Seen:
    """What evaluation saw: the attack on the statement, and how its counterparts compare with it."""

    attack: Attack
    comparisons: tuple[Comparison, ...]


def record(theorem: Theorem) -> dict[str, Any]:
    """The record; the statement is attacked whatever the kernel says. Raises Disagreement."""
    begun = perf_counter()
    compiled = theorem.compiled
    guard(theorem.context, (theorem.statement, *theorem.given), compiled.results)
    proved = compiled.verdict is not None and compiled.verdict.outcome == "proved"
    found = attack(theorem.context, lower_statement(theorem.statement), BRIEF if proved else THOROUGH)
    refused_if_broken(theorem, compiled.verdict, found)
    seen = Seen(found, tuple(map(theorem.compare, theorem.counterparts)))
    return record_of(theorem, compiled, seen, begun)


def record_of(theorem: Theorem, compiled: Compiled, seen: Seen, begun: float) -> dict[str, Any]:
    """The record of what was found and seen; the work on it was begun at this time of `perf_counter`."""
    return _Recorder(theorem, compiled, seen, begun).record()


def refused_if_broken(theorem: Theorem, verdict: Verdict | None, found: Attack) -> None:
    """The kernel and the refuter cannot both be right."""
    counterexample = found.counterexample
    if verdict is not None and verdict.outcome == "proved" and counterexample is not None:
        raise Disagreement(
            f"{theorem.name}: the kernel accepts {theorem.statement}, but it is false at "
            f"{counterexample.said()}: this is a bug of lemmata"
        )


@dataclass
class _Outcome:
    word: str
    reason: str = ""


class _Recorder:
    def __init__(self, theorem: Theorem, compiled: Compiled, seen: Seen, begun: float) -> None:
        self.theorem = theorem
        self.compiled = compiled
        self.names = names_in(theorem.expressions)
        self.words = Words(theorem.context, self.names)
        self.verdict: Verdict | None = compiled.verdict
        self.attack = seen.attack
        self.comparisons = seen.comparisons
        self.lines = list(self.shown_lines())
        self.seconds = perf_counter() - begun

    def record(self) -> dict[str, Any]:
        theorem, outcome = self.theorem, self.outcome()
        proved = outcome.word == "proved"
        return {
            "name": theorem.name,
            "title": theorem.title,
            "description": theorem.description,
            "source": theorem.source,
            "file": theorem.file,
            "line": theorem.line,
            "outcome": outcome.word,
            "evidence": self.evidence() if proved else None,
            "reason": outcome.reason,
            "statement": formula(theorem.statement),
            "declarations": declarations(
                theorem.context, dict(self.names.variables), dict(self.names.functions)
            ),
            "definitions": list(definitions(theorem.context, self.names)),
            "hypotheses": [{"label": label, **formula(said)} for label, said in theorem.hypotheses],
            "lines": self.lines,
            "needs": self.needs(),
            "conditions": self.conditions() if proved else [],
            "axioms": self.axioms(),
            "rests_on": list(self.verdict.rests_on) if self.verdict else [],
            "cross_check": self.attack.to_record(),
            "counterparts": [comparison.to_record() for comparison in self.comparisons],
            "counterexample": shown_counterexample(self.attack),
            "certificate": self.certificate(),
            "seconds": self.seconds,
            "kernel_seconds": self.compiled.kernel_seconds,
        }

    def outcome(self) -> _Outcome:
        """The outcome of the statement, and why it is not proved."""
        if self.attack.counterexample is not None and self.attack.counterexample.kind == "differs":
            return _Outcome("refuted")
        verdict = self.verdict
        if verdict is not None and verdict.outcome != "proved":
            return _Outcome(verdict.outcome, "" if verdict.outcome == "gap" else verdict.reason)
        loose = [r for r in self.compiled.results if r.follows is False]
        if verdict is not None and not loose:
            return _Outcome("proved")
        wrong = next((line for line in self.lines if line["outcome"] not in ("", "proved")), None)
        if wrong is not None:
            return _Outcome("undecided", f"the line `{wrong['text']}` is {_said(wrong['outcome'])}")
        if loose:
            return _Outcome("undecided", f"a line is true, but does not follow by {loose[0].words}")
        return _Outcome("undecided", self.compiled.message or "no proof was found")

    def needs(self) -> list[dict[str, str]]:
        """What is missing: for each line what would be enough for it; else what the kernel names."""
        if self.verdict is None or self.verdict.outcome != "gap":
            return []
        lines = [need for result in self.compiled.results for need in result.needs]
        return _unique([self.words.condition(condition) for condition in lines or self.verdict.missing])

    def conditions(self) -> list[dict[str, str]]:
        """The side conditions that the context gives, and by which hypothesis."""
        given = self.verdict.discharged if self.verdict else ()
        assumed = {formula(said)["text"] for _, said in self.theorem.hypotheses}
        found = []
        for condition in given:
            if (
                condition.statement is None
                or condition.statement.relation == "<="
                or self.words.is_plain(condition)
            ):
                continue
            said = self.words.condition(condition)
            found.append({**said, "given_by": said["text"] if said["text"] in assumed else ""})
        return _unique(found)

    def axioms(self) -> list[dict[str, str]]:
        """The axioms on which the proof rests, itself or through its lemmas."""
        certificate = self.compiled.certificate
        return (
            []
            if certificate is None
            else [{"name": a.name, "source": a.axiom} for a in axioms_of(certificate)]
        )

    def evidence(self) -> str:
        return "cited" if self.verdict is not None and self.verdict.axioms else "exact"

    def certificate(self) -> dict[str, Any] | None:
        certificate = self.compiled.certificate
        if certificate is None or self.verdict is None:
            return None
        rules = Counter(_rules(certificate))
        return {
            "digest": self.compiled.digest,
            "steps": self.verdict.steps,
            "rules": dict(sorted(rules.items())),
        }

    def shown_lines(self) -> Iterator[dict[str, Any]]:
        for part, chain, results in self.compiled.lines:
            yield _first_line(part, chain)
            for result in results:
                yield self.line(part, result)

    def line(self, part: str, result: LineResult) -> dict[str, Any]:
        expr, outcome = result.task.statement.right, result.outcome
        found: Attack | None = None
        if outcome == "undecided":
            found = attack(result.context, result.claim, THOROUGH)
            if found.counterexample is not None and found.counterexample.kind == "differs":
                outcome = "refuted"
        words = Words(result.context, self.names)
        return {
            "part": part,
            "relation": {"==": "="}.get(result.task.statement.relation, result.task.statement.relation),
            **formula(expr),
            "reason": result.words,
            "found": result.found or _steps_said(result),
            "outcome": outcome,
            "follows": None if outcome == "refuted" else result.follows,
            "evidence": evidence_of(result) if outcome == "proved" else None,
            "needs": _unique([words.condition(need) for need in result.needs]),
            "residual": words.residual(result.claim, result.residual)
            if result.residual is not None
            else None,
            "counterexample": shown_counterexample(found) if found and outcome == "refuted" else None,
            "message": result.message,
            "file_line": result.task.file_line,
        }


def definitions(context: Context, names: Names) -> Iterator[dict[str, str]]:
    """The definitions of a context, as they were written."""
    every = (d for expr in names.variables.values() for d in expr.data.definitions)
    said = {definition.label: definition for definition in every}
    for label, _ in context.definitions:
        yield {"label": label, **formula(said[label].statement)}


def shown_counterexample(found: Attack) -> dict[str, Any] | None:
    """A counterexample as it is shown, if one was found."""
    if found.counterexample is None:
        return None
    shown = found.counterexample.to_record()
    for value in shown["values"]:
        value.setdefault("latex", _latex(value["text"]))
    return shown


def axioms_of(certificate: Certificate) -> list[Certificate]:
    """The axioms among a certificate and its lemmas, each once."""
    own = [certificate] if certificate.axiom else []
    below = [axiom for lemma in certificate.lemmas for axiom in axioms_of(lemma)]
    return list({axiom.name: axiom for axiom in (*own, *below)}.values())


def evidence_of(result: LineResult) -> str:
    """A line that uses a theorem is as strong as that."""
    return "cited" if any(axioms_of(borrowed.certificate) for borrowed in result.borrowed) else "exact"


def _first_line(part: str, chain: Calc) -> dict[str, Any]:
    empty = {"relation": "", "reason": "", "found": "", "outcome": "", "follows": None, "evidence": None}
    rest: dict[str, Any] = {"needs": [], "residual": None, "counterexample": None, "message": ""}
    return {"part": part, **formula(chain.first), **empty, **rest, "file_line": chain.file_line}


def _steps_said(result: LineResult) -> str:
    """Which conditions were proved on the way."""
    extra = [step for step in result.steps[:-1] if _SIDE.fullmatch(step.id)]
    return f"{len(extra)} side condition{'s' if len(extra) > 1 else ''} proved" if extra else ""


def _rules(certificate: Certificate) -> Iterator[str]:
    yield from _rules_of(certificate.proof)


def _rules_of(proof: Proof) -> Iterator[str]:
    for step in proof:
        name = type(step.by).__name__
        yield RULE_NAMES.get(name, name.lower())
        if isinstance(step.by, Induction):
            yield from _rules_of((*step.by.base, *step.by.step))
        if isinstance(step.by, Dense | Maximiser | Primitive | Flow | Cut):
            yield from _rules_of(step.by.proof)
        if isinstance(step.by, Increasing):
            yield from _rules_of(step.by.slope)
        if isinstance(step.by, Cases):
            yield from _rules_of((*step.by.first, *step.by.second))


def _unique(found: list[dict[str, str]]) -> list[dict[str, str]]:
    return list({entry["text"]: entry for entry in found}.values())


SAID = {
    "refuted": "false",
    "gap": "not shown: a condition is missing",
    "undecided": "not shown",
    "invalid": "not readable",
}


def _said(outcome: str) -> str:
    return SAID.get(outcome, outcome)


def _latex(text: str) -> str:
    return text.replace("²", "^2").replace("³", "^3")
