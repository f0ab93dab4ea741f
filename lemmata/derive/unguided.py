"""Proofs that nobody wrote: by sums of squares, tangents, induction on a natural number, or signs of it."""

from __future__ import annotations

from dataclasses import replace

from lemmata.derive.compile import at_time
from lemmata.derive.conditions import with_conditions
from lemmata.derive.reasons import INDUCTION_LABEL, everything
from lemmata.derive.scalars import by_scalars
from lemmata.derive.search import Attempt, Searcher
from lemmata.derive.slack import by_slack
from lemmata.derive.squared import by_squares_of_premises
from lemmata.derive.tangents import by_tangents
from lemmata.kernel.certificate import Cases, Induction, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import speaks_of
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import ZERO, Apply, Index, Num, Pow, Term

#: How many numbers are told apart by their signs at most.
LARGEST_CASES = 4


def unguided(searcher: Searcher, claim: Statement, label: str = "s1") -> Proof | None:
    """Steps of which the last claims the statement, by induction or by cases; None if none were found."""
    given = everything(searcher.context)
    found = by_slack(searcher, claim, label) or by_tangents(searcher, claim, label)
    found = found or by_squares_of_premises(searcher, claim, given, label)
    found = found or by_scalars(searcher, claim, label)
    if found is not None:
        return found
    for name, least in searcher.context.naturals:
        if _speaks(claim, name):
            found = _induction(searcher, claim, name, least, label)
            if found is not None:
                return found
    return _by_cases(searcher, claim, _splits(claim)[:LARGEST_CASES], label)


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
    step = _plain(replace(searcher, context=inside), claim, f"{label}i")
    return None if step is None else (Step(label, claim, Induction(on, INDUCTION_LABEL, base, step)),)


def _plain(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps by all that is known, which the kernel accepts."""
    known = everything(searcher.context)
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
