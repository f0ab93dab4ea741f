"""Proofs that nobody wrote: by sums of squares, tangents, induction on a natural number, or signs of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lemmata.derive.cleared import by_clearing
from lemmata.derive.compile import at_time
from lemmata.derive.conditions import with_conditions
from lemmata.derive.diagonalised import by_diagonal
from lemmata.derive.equal_matrices import by_equal_matrix
from lemmata.derive.once import at_its_time
from lemmata.derive.power_derivatives import by_power_derivatives
from lemmata.derive.reasons import INDUCTION_LABEL, everything
from lemmata.derive.search import Attempt, Known, Searcher
from lemmata.derive.slack import by_slack
from lemmata.derive.squared import by_squares_of_premises
from lemmata.derive.tangents import by_tangents
from lemmata.kernel.certificate import Cases, Combine, Induction, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import speaks_of
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import ZERO, Apply, Index, Num, Pow, Term

#: How many numbers are told apart by their signs at most.
LARGEST_CASES = 3


def unguided(searcher: Searcher, claim: Statement, label: str = "s1") -> Proof | None:
    """Steps of which the last claims the statement, by induction or by cases; None if none were found."""
    given = everything(searcher.context)
    found = by_power_derivatives(searcher, claim, label) or by_slack(searcher, claim, label)
    found = found or by_tangents(searcher, claim, label)
    found = found or by_squares_of_premises(searcher, claim, given, label)
    found = found or by_equal_matrix(searcher, claim, label)
    if found is not None:
        return found
    found = _by_inductions(searcher, claim, label)
    return found or _by_cases(searcher, claim, _splits(claim)[:LARGEST_CASES], label)


def _by_inductions(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """The claim by induction on one of the natural numbers of which it speaks."""
    spoken = [pair for pair in searcher.context.naturals if _speaks(claim, pair[0])]
    if not spoken:
        return None
    tries = (_induction(searcher, claim, name, least, label) for name, least in spoken)
    return (
        by_clearing(claim, searcher.names, label, partial(_by_inductions, searcher))
        or next((proof for proof in tries if proof is not None), None)
        or by_diagonal(searcher, claim, label, lambda law, name: _induction(searcher, law, *spoken[0], name))
    )


def _speaks(claim: Statement, name: str) -> bool:
    return name in free_indices(claim.left) | free_indices(claim.right)


def _induction(searcher: Searcher, claim: Statement, on: str, least: int, label: str) -> Proof | None:
    """The claim at the least number, and at each later one from the one before."""
    context, names = searcher.context, searcher.names
    if any(speaks_of(said, on) for _, said in (*context.hypotheses, *context.definitions)):
        return None
    base = _plain(searcher, at_time(claim, on, Index("", least), names), f"{label}b")
    if base is None:
        return None
    later = tuple((name, minimum + (name == on)) for name, minimum in context.naturals)
    before = at_time(claim, on, Index(on, -1), names)
    inside = replace(context, naturals=later).assume(INDUCTION_LABEL, before)
    there = replace(searcher, context=inside)
    step = _plain(there, claim, f"{label}i") or _at_its_time(there, claim, on, f"{label}i")
    return None if step is None else (Step(label, claim, Induction(on, INDUCTION_LABEL, base, step)),)


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
    last = _plain(inside, claim, label, replace(known, premises=(*premises, *shown.items())))
    return None if last is None else (*steps, *last)


def _plain(searcher: Searcher, claim: Statement, label: str, known: Known | None = None) -> Proof | None:
    """Steps by all that is known, which the kernel accepts."""
    known = everything(searcher.context) if known is None else known
    found = searcher.prove(claim, known, label)
    if found.steps is None:
        found = Attempt(by_slack(searcher, claim, label) or by_tangents(searcher, claim, label))
    found = with_conditions(searcher, found, known)
    accepted = found.verdict is not None and found.verdict.outcome == "proved"
    return found.steps if accepted else None


def _by_cases(searcher: Searcher, claim: Statement, splits: list[Split], label: str) -> Proof | None:
    """The claim where a number is <= 0 and where it is > 0 (or where it is 0 and where not), and so on."""
    if not splits:
        return None
    (first, relation), *others = splits
    on = Statement((), relation, first, ZERO)
    other = Statement((), "!=", first, ZERO) if relation == "=" else Statement((), "<", ZERO, first)
    proofs: list[Proof] = []
    for name, case in (("n", on), ("p", other)):
        inside = replace(searcher, context=searcher.context.assume(f"{label} case", case))
        found = _plain(inside, claim, f"{label}{name}")
        found = found or _by_cases(inside, claim, others, f"{label}{name}")
        if found is None:
            return None
        proofs.append(found)
    return (Step(label, claim, Cases(f"{label} case", on, proofs[0], proofs[1])),)


Split = tuple[Term, str]


def _splits(claim: Statement) -> list[Split]:
    """The numbers whose absolute value or sign is taken, the innermost first; sign(x) has three cases."""
    found: dict[Split, None] = {}
    bound = {name for name, _ in claim.binders}
    for side in (claim.left, claim.right):
        for part in subterms(side):
            inner = _absolute(part)
            if inner is not None and not free_indices(inner) & bound and _is_closed(inner):
                if isinstance(part, Apply):
                    found.setdefault((inner, "="))
                found.setdefault((inner, "<="))
    return sorted(found, key=lambda split: len(list(subterms(split[0]))))


def _absolute(term: Term) -> Term | None:
    """The number x in (x²)^(k/2) or sign(x)."""
    match term:
        case Pow(Pow(inner, Num(square)), Num(root)) if square % 2 == 0 and root.denominator == 2:
            return inner
        case Apply("sign", _, inner):
            return inner
    return None


def _is_closed(term: Term) -> bool:
    """Whether the indices of a term are bound in it."""
    return not free_indices(term)
