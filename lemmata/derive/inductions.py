"""Claims about natural numbers by induction; and what is proved at once, by all that is known."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lemmata.derive.calculus.reals import by_reals
from lemmata.derive.compile import at_time
from lemmata.derive.conditions import with_conditions
from lemmata.derive.matrices.diagonalised import by_diagonal
from lemmata.derive.powers.cleared import by_clearing
from lemmata.derive.reasons import INDUCTION_LABEL, everything
from lemmata.derive.search import Attempt, Known, Searcher
from lemmata.derive.slacks.slack import by_slack
from lemmata.derive.slacks.tangents import by_tangents
from lemmata.derive.sums.increments import by_increments
from lemmata.derive.sums.once import at_its_time
from lemmata.derive.sums.series import by_partial_sums
from lemmata.kernel.certificate import Combine, Induction, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import speaks_of
from lemmata.kernel.terms import Index


def by_inductions(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """The claim by induction on one of the natural numbers of which it speaks."""
    spoken = [pair for pair in searcher.context.naturals if speaks_of(claim, pair[0])]
    if not spoken:
        return None
    tries = (induction(searcher, claim, name, least, label) for name, least in spoken)
    return (
        by_clearing(claim, searcher.names, label, partial(by_inductions, searcher))
        or next((proof for proof in tries if proof is not None), None)
        or by_diagonal(searcher, claim, label, lambda law, name: induction(searcher, law, *spoken[0], name))
    )


def induction(searcher: Searcher, claim: Statement, on: str, least: int, label: str) -> Proof | None:
    """The claim at the least number, and at each later one from the one before."""
    context, names = searcher.context, searcher.names
    if any(speaks_of(said, on) for _, said in (*context.hypotheses, *context.definitions)):
        return None
    base = plain(searcher, at_time(claim, on, Index("", least), names), f"{label}b")
    if base is None:
        return None
    later = tuple((name, minimum + (name == on)) for name, minimum in context.naturals)
    before = at_time(claim, on, Index(on, -1), names)
    there = replace(searcher, context=replace(context, naturals=later).assume(INDUCTION_LABEL, before))
    step = _by_increments(there, claim, (INDUCTION_LABEL, before), on, f"{label}i")
    step = step or plain(there, claim, f"{label}i") or _at_its_time(there, claim, on, f"{label}i")
    return None if step is None else (Step(label, claim, Induction(on, INDUCTION_LABEL, base, step)),)


def plain(searcher: Searcher, claim: Statement, label: str, known: Known | None = None) -> Proof | None:
    """Steps by all that is known, which the kernel accepts."""
    if claim.relation == "->":
        return by_partial_sums(searcher, claim, label, induction)
    if known is None:
        known = everything(searcher.context)
        proven = tuple(pair for pair in searcher.proven.items() if pair[1].relation == "=")
        known = replace(known, premises=(*proven, *known.premises))
    found = searcher.prove(claim, known, label)
    if found.steps is None:
        steps = by_reals(searcher, claim, label) or by_slack(searcher, claim, label)
        found = Attempt(steps or by_tangents(searcher, claim, label))
    return accepted(searcher, found, known)


def accepted(searcher: Searcher, attempt: Attempt, known: Known) -> Proof | None:
    """The steps of an attempt, with those for its conditions, if the kernel accepts them."""
    found = with_conditions(searcher, attempt, known)
    return found.steps if found.verdict is not None and found.verdict.outcome == "proved" else None


def _by_increments(
    searcher: Searcher, claim: Statement, before: tuple[str, Statement], on: str, label: str
) -> Proof | None:
    """Steps for an inequality from the one before."""
    attempt = Attempt(by_increments(searcher, claim, before, on, label))
    return accepted(searcher, attempt, everything(searcher.context))


def _at_its_time(searcher: Searcher, claim: Statement, on: str, label: str) -> Proof | None:
    """Steps by all that is known, where recurrences are used at the time of the claim only."""
    steps = at_its_time(searcher.context, claim, on, searcher.names, f"{label}t")
    if not steps:
        return None
    used = {use.premise for step in steps if isinstance(step.by, Combine) for use in step.by.using}
    known = everything(searcher.context)
    premises = [premise for premise in known.premises if premise[0] not in used]
    shown = {step.id: step.claim for step in steps}
    inside = replace(searcher, proven={**searcher.proven, **shown})
    last = plain(inside, claim, label, replace(known, premises=(*premises, *shown.items())))
    return None if last is None else (*steps, *last)
