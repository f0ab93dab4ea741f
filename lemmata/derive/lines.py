"""Proving one line of a chain: by the reason given, else by anything that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from lemmata.derive.conditions import closed, with_conditions
from lemmata.derive.lemmas import Borrowed, borrow
from lemmata.derive.reasons import Reason, everything, ladder, reason
from lemmata.derive.search import Attempt, Known, Searcher
from lemmata.kernel.certificate import Proof
from lemmata.kernel.conditions import Condition
from lemmata.kernel.context import Context
from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.terms import Term
from lemmata.language.expr import Statement
from lemmata.language.lower import lower_statement


@dataclass(frozen=True)
class Task:
    """A line to be proved: what it claims, the reason given, where it stands."""

    label: str
    statement: Statement
    by: Any
    file_line: int


@dataclass(frozen=True)
class LineResult:
    """What came of a line.

    `outcome` says whether the line is true as far as is known; `follows` whether the reason given was
    enough; `found` what was used instead. `residual` is what the two sides differ by.
    """

    task: Task
    claim: KernelStatement
    context: Context
    words: str
    outcome: str
    follows: bool | None
    found: str = ""
    needs: tuple[Condition, ...] = ()
    residual: Term | None = None
    steps: Proof = ()
    message: str = ""
    borrowed: tuple[Borrowed, ...] = field(default=())


def prove_line(searcher: Searcher, task: Task) -> LineResult:
    """Try to prove a line, and say how it went."""
    claim = lower_statement(task.statement)
    given = None if task.by is None else reason(task.by, searcher.context)
    borrowed = tuple(
        borrow(searcher, use, f"{task.label}t{n}") for n, use in enumerate(given.theorems if given else ())
    )
    inside = replace(searcher, proven={**searcher.proven, **{b.label: b.claim for b in borrowed}})
    ready = LineResult(
        task, claim, searcher.context, given.words if given else "", "undecided", None, borrowed=borrowed
    )
    if given is not None:
        attempt = _attempt(inside, claim, _with_borrowed(given, borrowed), task.label)
        if attempt.steps is not None:
            return _judged(inside, ready, attempt, True, "")
    first: Attempt | None = None if given is None else attempt
    for words, known in ladder(searcher.context):
        extra = tuple((b.label, b.claim) for b in borrowed)
        found = _attempt(inside, claim, replace(known, premises=(*known.premises, *extra)), task.label)
        first = first or found
        if found.steps is not None:
            return _judged(inside, ready, found, None if given is None else False, words)
    residual = first.residual if first is not None else None
    return replace(ready, follows=None if given is None else False, residual=residual)


def _with_borrowed(given: Reason, borrowed: Iterable[Borrowed]) -> Known:
    equations = tuple((b.label, b.claim) for b in borrowed if b.claim.relation == "=")
    facts = tuple((b.label, b.claim) for b in borrowed if b.claim.relation != "=")
    return replace(given.known, premises=(*given.known.premises, *equations), facts=facts)


def _attempt(searcher: Searcher, claim: KernelStatement, known: Known, label: str) -> Attempt:
    """A search, with the side conditions proved by whatever is known."""
    found = searcher.prove(claim, known, label)
    all_known = everything(searcher.context)
    return with_conditions(searcher, found, replace(all_known, facts=known.facts))


def _judged(
    searcher: Searcher, ready: LineResult, attempt: Attempt, follows: bool | None, found: str
) -> LineResult:
    """The result of a line for which steps were found: the kernel says whether they hold."""
    steps = attempt.steps or ()
    verdict = attempt.verdict or closed(searcher.context, searcher.proven, steps, ready.claim)
    return replace(
        ready,
        outcome=verdict.outcome,
        follows=follows,
        found=found,
        needs=verdict.missing,
        steps=steps,
        message="" if verdict.outcome in ("proved", "gap") else verdict.reason,
    )
