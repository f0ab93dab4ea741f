"""Claims by cases of the signs of the numbers whose absolute value or sign is taken."""

from __future__ import annotations

from dataclasses import replace

from lemmata.derive.inductions import plain
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Cases, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import ZERO, Apply, Num, Pow, Term

#: How many numbers are told apart by their signs at most.
LARGEST_CASES = 4

#: A number, and whether it is told from 0, or whether it is below 0.
Split = tuple[Term, str]


def by_cases(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """The claim by the signs of numbers in it; those of a limit are looked for in what is given."""
    given = [said for _, said in searcher.context.hypotheses]
    speaking = given if claim.relation == "->" else [claim]
    splits = [split for said in speaking for split in _splits(said)]
    return _split(searcher, claim, splits[:LARGEST_CASES], label)


def _split(searcher: Searcher, claim: Statement, splits: list[Split], label: str) -> Proof | None:
    """The claim where a number is <= 0 and where it is > 0 (or where it is 0 and where not), and so on."""
    if not splits:
        return None
    (first, relation), *others = splits
    on = Statement((), relation, first, ZERO)
    other = Statement((), "!=", first, ZERO) if relation == "=" else Statement((), "<", ZERO, first)
    proofs: list[Proof] = []
    for name, case in (("n", on), ("p", other)):
        inside = replace(searcher, context=searcher.context.assume(f"{label} case", case))
        found = plain(inside, claim, f"{label}{name}")
        found = found or _split(inside, claim, others, f"{label}{name}")
        if found is None:
            return None
        proofs.append(found)
    return (Step(label, claim, Cases(f"{label} case", on, proofs[0], proofs[1])),)


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
