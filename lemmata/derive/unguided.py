"""Proofs that nobody wrote: by sums of squares, tangents, induction on a natural number, or signs of it."""

from __future__ import annotations

from dataclasses import replace

from lemmata.derive.carried import by_equal_matrices
from lemmata.derive.closing import by_closed_forms
from lemmata.derive.compile import at_time
from lemmata.derive.conditions import informed, with_conditions
from lemmata.derive.diagonal_entries import by_diagonal_entries
from lemmata.derive.increments import by_increments
from lemmata.derive.kronecker import by_kronecker
from lemmata.derive.laws import laws_for
from lemmata.derive.norms import by_norms
from lemmata.derive.rank_one import by_rank_one
from lemmata.derive.reals import Values, by_reals
from lemmata.derive.reasons import INDUCTION_LABEL, everything
from lemmata.derive.search import Attempt, Searcher
from lemmata.derive.series import by_partial_sums
from lemmata.derive.slack import by_slack
from lemmata.derive.squared import by_squares_of_premises
from lemmata.derive.systems import by_system
from lemmata.derive.tangents import by_tangents
from lemmata.derive.written_out import by_entries
from lemmata.kernel.certificate import Cases, Combine, Induction, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import instance, speaks_of
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import ONE, ZERO, Apply, Index, Natural, Num, Pow, Term

#: How many numbers are told apart by their signs at most.
LARGEST_CASES = 3


def unguided(
    searcher: Searcher, claim: Statement, label: str = "s1", values: Values | None = None
) -> Proof | None:
    """Steps of which the last claims the statement, by induction or by cases; None if none were found."""
    if claim.relation == "->":
        return _plain(searcher, claim, label) or _by_cases(searcher, claim, _given_splits(searcher), label)
    given = everything(searcher.context)
    found = by_reals(searcher, claim, label, values)
    found = found or by_slack(searcher, claim, label) or by_tangents(searcher, claim, label)
    found = found or by_norms(searcher, claim, label)
    found = found or by_squares_of_premises(searcher, claim, given, label)
    found = found or by_equal_matrices(searcher, claim, given, label)
    for search in (by_diagonal_entries, by_entries, by_rank_one, by_kronecker, by_system):
        found = found or search(searcher, claim, label)
    if found is not None:
        return found
    for name, least in searcher.context.naturals:
        if _speaks(claim, name):
            found = _induction(searcher, claim, name, least, label)
            if found is not None:
                return found
    found = by_closed_forms(searcher, claim, label, _induction, _plain) or _by_laws(searcher, claim, label)
    return found or _by_cases(searcher, claim, _splits(claim)[:LARGEST_CASES], label)


def _by_laws(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """The claim from laws of ranks and of eigenvalues, with cases of signs."""
    try:
        laws = tuple(laws_for(searcher, claim, label))
    except (Rejected, TooLarge):
        return None
    if not laws:
        return None
    context = searcher.context
    for law in laws:
        context = context.assume(law[-1].id, law[-1].claim)
    inside = replace(searcher, context=context)
    found = _plain(inside, claim, label) or _by_cases(inside, claim, _splits(claim)[:LARGEST_CASES], label)
    facts = tuple(law[-1].id for law in laws)
    steps = tuple(informed(step, facts) for step in found or ())
    return (*(step for law in laws for step in law), *steps) if steps else None


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
    later_on = replace(searcher, context=inside)
    step = _by_increments(later_on, claim, (INDUCTION_LABEL, before), on, f"{label}i")
    step = step or _plain(later_on, claim, f"{label}i") or _by_one_step(later_on, claim, on, f"{label}i")
    return None if step is None else (Step(label, claim, Induction(on, INDUCTION_LABEL, base, step)),)


def _by_increments(
    searcher: Searcher, claim: Statement, before: tuple[str, Statement], on: str, label: str
) -> Proof | None:
    """Steps for an inequality from the one before, which the kernel accepts."""
    attempt = Attempt(by_increments(searcher, claim, before, on, label))
    found = with_conditions(searcher, attempt, everything(searcher.context))
    return found.steps if found.verdict is not None and found.verdict.outcome == "proved" else None


def _plain(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps by all that is known, which the kernel accepts."""
    if claim.relation == "->":
        return by_partial_sums(searcher, claim, label, _induction)
    known = everything(searcher.context)
    proven = tuple(pair for pair in searcher.proven.items() if pair[1].relation == "=")
    known = replace(known, premises=(*proven, *known.premises))
    found = searcher.prove(claim, known, label)
    if found.steps is None:
        steps = by_reals(searcher, claim, label) or by_slack(searcher, claim, label)
        found = Attempt(steps or by_tangents(searcher, claim, label))
    found = with_conditions(searcher, found, known)
    accepted = found.verdict is not None and found.verdict.outcome == "proved"
    return found.steps if accepted else None


def _by_one_step(searcher: Searcher, claim: Statement, on: str, label: str) -> Proof | None:
    """Steps by one step of each recurrence, so that what it comes to is what the induction assumes."""
    known = everything(searcher.context)
    steps, others = [], []
    for name, said in known.premises:
        places = [(binder, Index(on)) for binder, sort in said.binders if sort == Natural(1)]
        if len(places) != 1:
            others.append((name, said))
            continue
        once = instance(said, places, searcher.names)
        at = (*places, *((binder, Index(binder)) for binder, _ in once.binders))
        steps.append(Step(f"{label}{name}", once, Combine((Use(name, at, (), ONE),), ZERO, (), ())))
    premises = (*others, *((step.id, step.claim) for step in steps))
    found = searcher.prove(claim, replace(known, premises=premises), label).steps if steps else None
    if found is None:
        return None
    complete = with_conditions(searcher, Attempt((*steps, *found)), known)
    accepted = complete.verdict is not None and complete.verdict.outcome == "proved"
    return complete.steps if accepted else None


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


def _given_splits(searcher: Searcher) -> list[Split]:
    """The numbers of whose absolute value or sign something is given."""
    given = (said for _, said in searcher.context.hypotheses)
    return [split for said in given for split in _splits(said)][:LARGEST_CASES]


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
