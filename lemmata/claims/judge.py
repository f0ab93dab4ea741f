"""Judging one claim: it is read, a proof is looked for and given to the kernel, and it is attacked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

from lemmata.claims.claim import BadClaim, Claim, claim_from
from lemmata.claims.complexes import with_parts
from lemmata.claims.found import Finding, joined
from lemmata.claims.question import Clock, Hypotheses, Question
from lemmata.claims.result import Result, invalid, undecided
from lemmata.claims.sets import judged_sets
from lemmata.claims.statement import judged
from lemmata.language.argmax import speaks_of_sets
from lemmata.language.declare import Variable
from lemmata.language.depend import reached
from lemmata.language.errors import LanguageError, NotLowered, Unreadable
from lemmata.language.expr import Statement
from lemmata.language.text.complexes import real_statements
from lemmata.language.text.declared import Names, declare, plain
from lemmata.language.text.extremes import plainer
from lemmata.language.text.forms import FORMS
from lemmata.language.text.ranges import differentiates, ranges
from lemmata.language.text.reading import Read, read
from lemmata.language.text.running import Running


def judge(values: object, seconds: float | None = None) -> Result:
    """What is to be said of a claim, given as JSON values. Raises nothing for what is in the claim but
    MemoryError and RecursionError, after which this process should judge no more.

    The time is looked at between one way to decide it and the next: who needs a limit that holds judges in a
    process of its own, as `check_many` does.

    >>> judge({"id": 1, "vars": {"x": {"shape": ["n"]}}, "claim": "x.T @ x == norm(x)**2"}).outcome
    'proved'
    """
    begun = perf_counter()
    result = _judged(values, Clock(seconds))
    return replace(result, seconds=round(perf_counter() - begun, 6))


def _judged(values: object, clock: Clock) -> Result:
    id = values.get("id") if isinstance(values, dict) else None
    try:
        claim = claim_from(values)
        question = question_of(claim)
    except BadClaim as error:
        return invalid(id, str(error))
    except Unreadable as error:
        return invalid(id, str(error), error.at)
    except NotLowered as error:
        return undecided(id, f"no rule is known for this: {error}")
    return answered(claim.id, question, clock)


def question_of(claim: Claim) -> Question:
    """The claim as statements. Raises Unreadable; the places of its errors are those in the claim's text."""
    declared = {name: (said.shape, said.properties) for name, said in claim.declared.items()}
    names = declare(declared, FORMS)
    natural = {name for name, said in claim.declared.items() if "natural" in said.properties}
    found = ranges([claim.text], list(claim.given), {plain(name) for name in natural})
    names.use_as_indices(found.indices)
    names.begin_at(found.least)
    given: list[Statement] = []
    running = Running(differentiates=any(map(differentiates, (claim.text, *claim.given))))
    for number, text in enumerate(claim.given):
        if number not in found.used:
            given += _hypotheses(number + 1, text, names, running)
    said = read(claim.text, names, FORMS, running)
    stated = (*given, *said.assumed, *said.claimed)
    spoken = {found.name for statement in stated for found in variables_of(statement)}
    laws = [law for name, known in names.laws.items() if name in spoken for law in known]
    every = (plainer(statement) for statement in (*laws, *given, *said.assumed))
    hypotheses = tuple((f"given {number}", statement) for number, statement in enumerate(every, 1))
    claimed = tuple(map(running.limit, said.claimed))
    complexes = tuple(sorted(names.complexes & spoken))
    if complexes:
        return in_parts(claimed, hypotheses, complexes)
    return Question(claimed, hypotheses, said.claimed)


def in_parts(claimed: Sequence[Statement], hypotheses: Hypotheses, complexes: tuple[str, ...]) -> Question:
    """A claim on complex numbers, as one on their real and imaginary parts."""
    parts = [(part, kind) for said in claimed for part, kind in real_statements(said, complexes)]
    given = tuple(
        (f"{label} {kind}".strip(), part)
        for label, said in hypotheses
        for part, kind in real_statements(said, complexes)
    )
    statements, kinds = tuple(part for part, _ in parts), tuple(kind for _, kind in parts)
    return Question(statements, given, statements, complexes, kinds)


def variables_of(statement: Statement) -> Iterator[Variable]:
    """The variables of which a statement speaks."""
    for side in (statement.left, statement.right):
        yield from reached(side).values()


def _hypotheses(number: int, text: str, names: Names, running: Running) -> tuple[Statement, ...]:
    try:
        found: Read = read(text, names, FORMS, running)
    except Unreadable as error:
        raise Unreadable(f"hypothesis {number}, `{text[:80]}`: {error}") from error
    if found.assumed:
        raise Unreadable(f"hypothesis {number}, `{text[:80]}`: an implication is not assumed")
    return found.claimed


def answered(id: object, question: Question, clock: Clock) -> Result:
    """The findings for all that is claimed, as one result."""
    if any(speaks_of_sets(said) for _, said in question.hypotheses):
        return undecided(
            id, "that two sets of arguments are equal is not assumed; it is only shown or refuted"
        )
    try:
        findings = [_found(statement, question, clock) for statement in question.statements]
    except NotLowered as error:
        return undecided(id, f"no rule is known for this: {error}")
    except LanguageError as error:
        return invalid(id, str(error))
    if question.complexes:
        pairs = zip(findings, question.parts, strict=True)
        findings = [with_parts(found, question.complexes, kind) for found, kind in pairs]
    return Result(id, **_said(joined(findings)))


def _found(statement: Statement, question: Question, clock: Clock) -> Finding:
    if speaks_of_sets(statement):
        return judged_sets(statement, question.hypotheses, clock)
    return judged(statement, question.hypotheses, clock, guesses=not question.complexes)


def _said(found: Finding) -> dict[str, Any]:
    return {
        "outcome": found.outcome,
        "evidence": found.evidence,
        "needs": found.needs,
        "counterexample": found.counterexample,
        "residual": found.residual,
        "rests_on": found.rests_on,
        "reason": found.reason,
    }
