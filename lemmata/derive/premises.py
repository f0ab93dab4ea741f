"""Inequalities which a claim may follow from: entries of maxima, hypotheses, theorems, and roots of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from lemmata.derive.names import written
from lemmata.kernel.certificate import Combine, EntryOfMaximum, Monotone, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference, instance
from lemmata.kernel.poly import Poly
from lemmata.kernel.substitute import Substitution, free_indices, subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Count,
    Delta,
    Dim,
    Index,
    Inverse,
    Maximum,
    Mul,
    Natural,
    Num,
    Pow,
    Ref,
    Sort,
    Sum,
    Term,
)

if TYPE_CHECKING:
    from lemmata.derive.equations import Workspace
    from lemmata.derive.search import Known, Searcher

#: How many instances of one premise are considered.
LARGEST_CHOICE = 60


@dataclass(frozen=True, eq=False)
class Premise:
    """right - left >= 0 (or > 0, or = 0) as a polynomial, where it is found, and the steps before it.

    An equation may be multiplied by anything; `backwards`, it is read as left - right.
    """

    label: str
    at: tuple[tuple[str, Index], ...]
    poly: Poly
    relation: str
    steps: tuple[Step, ...] = ()
    backwards: bool = False
    facts: tuple[str, ...] = ()

    def use(self, factor: Term) -> Use:
        return Use(self.label, self.at, (), Mul((MINUS_ONE, factor)) if self.backwards else factor)


@dataclass
class Premises:
    """The premises for one claim, found as they are asked for."""

    searcher: Searcher
    workspace: Workspace
    claim: Statement
    known: Known
    label: str
    maxima: dict[tuple[Term, Term], Premise] = field(default_factory=dict)
    deltas: dict[Delta, Premise] = field(default_factory=dict)
    roots: dict[tuple[str, Fraction], Premise] = field(default_factory=dict)
    _given: list[tuple[Premise, Statement]] | None = None

    def steps(self, used: Iterable[Premise]) -> list[Step]:
        """The steps of some premises, each once."""
        return list({step.id: step for premise in used for step in premise.steps}.values())

    def of(self, poly: Poly) -> Iterator[Premise]:
        """What may be of use where this remains."""
        term = self.workspace.normalizer.term(poly)
        yield from self.entries(term)
        for part in subterms(term):
            if isinstance(part, Delta) and {part.left.name, part.right.name} - {""} <= self.free:
                yield self.delta(part)
        for premise, statement in self.given():
            yield premise
            yield from self.rooted(premise, statement, term)

    # -- maxima ------------------------------------------------------------------------------------

    def entries(self, term: Term) -> list[Premise]:
        """No entry is larger than the largest: for all maxima in reach, at all indices in use."""
        found: list[Premise] = []
        pending = [part for part in subterms(written(term, self.searcher.names))]
        seen: set[Term] = set()
        while pending:
            part = pending.pop()
            if not isinstance(part, Maximum) or part in seen or not free_indices(part) <= self.free:
                continue
            seen.add(part)
            for maximum in (Maximum(*parts) for parts in in_every_order(part)):
                for index in self.indices(maximum.dim):
                    premise, entry = self.entry(maximum, index)
                    found.append(premise)
                    pending += subterms(entry)
        return found

    def delta(self, delta: Delta) -> Premise:
        """δ <= 1, since 1 - δ = (1 - δ)²."""
        if delta not in self.deltas:
            label = f"{self.label}d{len(self.deltas) + 1}"
            claim = Statement(self.claim.binders, "<=", delta, ONE)
            slack = Pow(Add((ONE, Mul((MINUS_ONE, delta)))), Num(Fraction(2)))
            self.deltas[delta] = self.premise(claim, label, (Step(label, claim, Combine((), slack, (), ())),))
        return self.deltas[delta]

    def entry(self, maximum: Maximum, index: Index) -> tuple[Premise, Term]:
        names = self.searcher.names
        entry = written(Substitution(names, indices={maximum.index: index}).apply(maximum.body), names)
        normal = self.workspace.normalizer.normal
        place = (normal(maximum), normal(entry))
        if place not in self.maxima:
            label = f"{self.label}e{len(self.maxima) + 1}"
            step = Step(
                label, Statement(self.claim.binders, "<=", entry, maximum), EntryOfMaximum(maximum, index)
            )
            self.maxima[place] = self.premise(step.claim, label, (step,))
        return self.maxima[place], entry

    @property
    def free(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.claim.binders) | self.workspace.fixed

    def indices(self, sort: Sort) -> list[Index]:
        """The indices in use which are of a sort."""
        scope = self.workspace.scope
        if isinstance(sort, Natural):
            return [index for index in self.times() if scope.fits(index, sort)]
        return [Index(name) for name in scope.indices if scope.fits(Index(name), sort)]

    def times(self) -> list[Index]:
        """The times of which the claim speaks."""
        found: dict[Index, None] = {}
        for side in (self.claim.left, self.claim.right):
            for part in subterms(side):
                for index in _own(part):
                    if isinstance(self.workspace.scope.indices.get(index.name), Natural):
                        found[index] = None
        return list(found)

    # -- what is given -----------------------------------------------------------------------------

    def given(self) -> list[tuple[Premise, Statement]]:
        """The inequalities among hypotheses and facts, and the equations that may be used, at all indices in
        use."""
        if self._given is None:
            known = (*self.searcher.context.hypotheses, *self.known.facts)
            known = (*(pair for pair in known if pair[1].relation in ("<=", "<")), *self.known.premises)
            self._given = [found for label, statement in known for found in self.instances(label, statement)]
        return self._given

    def instances(self, label: str, statement: Statement) -> Iterator[tuple[Premise, Statement]]:
        choices = [[(name, index) for index in self.indices(sort)] for name, sort in statement.binders]
        for number, at in enumerate(product(*choices)):
            if number >= LARGEST_CHOICE:
                return
            there = instance(statement, at, self.searcher.names)
            found = self.premise(there, label, (), at)
            yield found, there
            if statement.relation == "=":
                opposite = self.workspace.normalizer.scale(found.poly, MINUS_ONE.value)
                yield replace(found, poly=opposite, backwards=True), there

    def premise(
        self,
        statement: Statement,
        label: str,
        steps: tuple[Step, ...],
        at: tuple[tuple[str, Index], ...] | None = None,
    ) -> Premise:
        places = tuple((name, Index(name)) for name, _ in statement.binders) if at is None else at
        poly = self.workspace.normalizer.poly(difference(statement.right, statement.left))
        return Premise(label, places, poly, statement.relation, steps)

    def rooted(self, premise: Premise, statement: Statement, term: Term) -> Iterator[Premise]:
        """Roots of both sides, where the root of the left one is asked for."""
        if premise.at or premise.relation == "=":
            return
        normalizer, names = self.workspace.normalizer, self.searcher.names
        left = normalizer.normal(statement.left)
        for part in subterms(term):
            if not isinstance(part, Pow) or not isinstance(part.exponent, Num) or part.exponent.value <= 0:
                continue
            if not free_indices(part) <= self.free:  # what a sum binds is not in the left side
                continue
            if normalizer.normal(written(part.base, names)) == left:
                place = (premise.label, part.exponent.value)
                if place not in self.roots:
                    self.roots[place] = self.root(premise, statement, part.exponent)
                yield self.roots[place]

    def root(self, premise: Premise, statement: Statement, exponent: Num) -> Premise:
        """An inequality to a power > 0; its left side is shown to be >= 0, where that can be seen."""
        label = f"{self.label}r{len(self.roots) + 1}"
        positive = Statement((), "<=", ZERO, statement.left)
        shown = self.searcher.prove(positive, replace(self.known, order=False), f"{label}s").steps or ()
        claim = Statement(
            (), statement.relation, *(Pow(s, exponent) for s in (statement.left, statement.right))
        )
        facts = (*(name for name, _ in self.known.facts), *(step.id for step in shown[-1:]))
        step = Step(label, claim, Monotone("power", exponent.value, premise.label, facts))
        return replace(self.premise(claim, label, (*shown, step)), facts=facts)


def in_every_order(nested: Maximum | Sum) -> Iterator[tuple[str, Dim, Term]]:
    """A maximum of maxima, or a sum of sums, with each of their indices as the outermost: that index, its
    dimension, and what is below it."""
    kind = type(nested)
    bound: list[tuple[str, Dim]] = []
    inner: Term = nested
    while isinstance(inner, kind):
        bound.append((inner.index, inner.dim))
        inner = inner.body
    for place, (outer, dim) in enumerate(bound):
        term: Term = inner
        for name, size in reversed([*bound[:place], *bound[place + 1 :]]):
            term = kind(name, size, term)
        yield outer, dim, term


def _own(term: Term) -> tuple[Index, ...]:
    match term:
        case Ref(_, indices):
            return indices
        case Count(index):
            return (index,)
        case Delta(left, right):
            return (left, right)
        case Inverse():
            return term.at
    return ()
