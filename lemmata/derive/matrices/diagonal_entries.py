"""What an equation of square matrices says of the diagonal: A[i,i] = 0, where Aᵀ = -A."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Combine, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference, instance
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.terms import ONE, ZERO, Index, Natural


def by_diagonal_entries(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims an equation; None where no diagonal is said to be 0."""
    if claim.relation != "=":
        return None
    try:
        steps = tuple(_zeros(searcher, claim, label))
    except (Rejected, TooLarge):
        return None
    known = everything(searcher.context)
    premises = (*((step.id, step.claim) for step in steps), *known.premises)
    found = searcher.prove(claim, replace(known, premises=premises), label).steps if steps else None
    return None if found is None else (*steps, *found)


def _zeros(searcher: Searcher, claim: Statement, label: str) -> Iterator[Step]:
    """The hypotheses at places on the diagonal, where one product is left there, which is 0."""
    normalizer = searcher.workspace(claim, Known()).normalizer
    for number, (name, said) in enumerate(searcher.context.hypotheses):
        sorts = [sort for _, sort in said.binders]
        if said.relation != "=" or len(sorts) != 2 or sorts[0] != sorts[1] or isinstance(sorts[0], Natural):
            continue
        place = Index(searcher.names.name())
        at = tuple((binder, place) for binder, _ in said.binders)
        there = instance(said, at, searcher.names)
        poly = normalizer.poly(difference(there.left, there.right))
        if len(poly) == 1:
            left = written(normalizer.term(poly), searcher.names)
            zero = Statement(((place.name, sorts[0]),), "=", left, ZERO)
            yield Step(f"{label}z{number}", zero, Combine((Use(name, at, (), ONE),), ZERO, (), ()))
