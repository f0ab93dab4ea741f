"""Conditions that a proof misses, found among words of matrices: products that are regular, vectors that are
not 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lemmata.derive.conditions import closed, informed, with_conditions
from lemmata.derive.search import Attempt, Known, Searcher
from lemmata.derive.words import Words
from lemmata.kernel.certificate import Proof
from lemmata.kernel.conditions import Condition
from lemmata.kernel.context import Statement
from lemmata.language.expr import Statement as Said

#: Finds steps, with a label, of which the last gives a condition.
Finder = Callable[[Said, str], Proof | None]


def with_found_conditions(
    searcher: Searcher,
    attempt: Attempt,
    known: Known,
    words: Callable[[], Words],
    finders: tuple[Finder, ...],
) -> Attempt:
    """The attempt with steps for its conditions: what is found so comes first, as it is quick."""
    given = {**searcher.proven, **dict(known.facts)}
    proofs: list[Proof] = []
    if attempt.steps:
        verdict = closed(searcher.context, given, attempt.steps, attempt.steps[-1].claim)
        proofs = _found(attempt.steps[-1].id, verdict.missing, words, finders)
    if not proofs or not attempt.steps:
        return with_conditions(searcher, attempt, known)
    before = tuple(step for proof in proofs for step in proof)
    facts = tuple((steps[-1].id, steps[-1].claim) for steps in proofs)
    told = tuple(informed(step, tuple(label for label, _ in facts)) for step in attempt.steps)
    whole = _judged(searcher, attempt, (*before, *told), given)
    if whole.verdict is not None and whole.verdict.outcome == "proved":
        return whole
    more = replace(known, facts=(*known.facts, *facts))
    found = with_conditions(searcher, replace(attempt, steps=told), more)
    return _judged(searcher, attempt, (*before, *(found.steps or ())), given)


def _judged(searcher: Searcher, attempt: Attempt, steps: Proof, given: dict[str, Statement]) -> Attempt:
    return replace(attempt, steps=steps, verdict=closed(searcher.context, given, steps, steps[-1].claim))


def _found(
    label: str, missing: tuple[Condition, ...], words: Callable[[], Words], finders: tuple[Finder, ...]
) -> list[Proof]:
    """The steps for each condition of which something is found, once."""
    conditions = [c.statement for c in missing if c.statement is not None and not c.in_mean]
    say = words() if conditions else None
    stated = [say.statement(condition) for condition in conditions] if say is not None else []
    different = {(said.left, said.relation): said for said in stated if said is not None}
    proofs = (
        next(filter(None, (finder(said, f"{label}r{number}") for finder in finders)), None)
        for number, said in enumerate(different.values())
    )
    return [proof for proof in proofs if proof is not None]
