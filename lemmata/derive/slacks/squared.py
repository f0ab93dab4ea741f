"""Inequalities from the squares of those which are given: x² <= 1 from |x| <= 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from lemmata.derive.names import written
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Monotone, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import Num, Pow, Term

_TWO = Num(Fraction(2))


def by_squares_of_premises(searcher: Searcher, claim: Statement, known: Known, label: str) -> Proof | None:
    """Steps of which the last claims an inequality; None where none were found."""
    if claim.relation not in ("<=", "<", "!="):
        return None
    steps = tuple(_squares(searcher, claim, label))
    if not steps:
        return None
    premises = (*known.premises, *((step.id, step.claim) for step in steps))
    # Without the facts: what is known to be >= 0 would be taken for all that is to be said of it.
    found = searcher.prove(claim, replace(known, premises=premises, facts=()), label).steps
    return None if found is None else (*steps, *found)


def _squares(searcher: Searcher, claim: Statement, label: str) -> Iterator[Step]:
    """l² R r² for the hypotheses l R r in which there is a root, and l is not negative."""
    signs = searcher.workspace(claim, Known()).normalizer.signs
    for number, (name, given) in enumerate(searcher.context.hypotheses):
        rooted = any(map(_is_root, (*subterms(given.left), *subterms(given.right))))
        if given.relation in ("<=", "<") and rooted and signs.of(given.left).nonnegative:
            left, right = (written(Pow(side, _TWO), searcher.names) for side in (given.left, given.right))
            squared = Statement(given.binders, given.relation, left, right)
            yield Step(f"{label}s{number}", squared, Monotone("power", _TWO.value, name, ()))


def _is_root(term: Term) -> bool:
    return isinstance(term, Pow) and isinstance(term.exponent, Num) and term.exponent.value.denominator == 2
