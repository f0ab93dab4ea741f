"""Claims about sums and products up to a natural number by their closed forms, each of which is a lemma."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from lemmata.derive.names import written
from lemmata.derive.search import Known, Searcher
from lemmata.derive.sums.closed import Closed, closed_product, closed_sum
from lemmata.kernel.certificate import Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import Substitution, subterms
from lemmata.kernel.terms import ZERO, Add, Count, Index, Lambda, Mul, Natural, Ref, Term

#: A name for a time.
_AT = "at%"

#: Proves a claim about a natural number by induction: the number, its least value, and the label.
Induction = Callable[[Searcher, Statement, str, int, str], Proof | None]
#: Proves a claim by what is known.
Plain = Callable[[Searcher, Statement, str], Proof | None]


def by_closed_forms(
    searcher: Searcher, claim: Statement, label: str, induction: Induction, plain: Plain
) -> Proof | None:
    """Steps of which the last claims the statement, where all its sums and products have closed forms."""
    forms = Forms(searcher)
    members = list(forms.members(claim.left, claim.right))
    if not members or any(forms.closed(member.name) is None for member in members):
        return None
    steps, inside = list[Step](), searcher
    for number, member in enumerate(members):
        found = forms.lemma(inside, member, f"{label}f{number}", induction)
        if found is None:
            return None
        steps += found
        inside = replace(inside, proven={**inside.proven, found[-1].id: found[-1].claim})
    last = plain(inside, claim, label)
    return None if last is None else (*steps, *last)


@dataclass
class Forms:
    """The closed forms of the recurrences of a context, by their names."""

    searcher: Searcher
    known: dict[str, Closed | None] = field(default_factory=dict)

    @cached_property
    def steps(self) -> dict[str, Statement]:
        """The steps of those recurrences whose members are numbers."""
        found = {}
        for _, said in self.searcher.context.definitions:
            if isinstance(said.left, Ref) and [sort for _, sort in said.binders] == [Natural(1)]:
                found[said.left.name] = said
        return found

    def members(self, *sides: Term) -> list[Ref]:
        """The members of recurrences at a natural number, each after those on which it depends."""
        naturals, steps = dict(self.searcher.context.naturals), self.steps
        found = (part for side in sides for part in subterms(side))
        places = [(p.name, p.indices[0]) for p in found if isinstance(p, Ref) and p.name in steps]
        there = [(name, at) for name, at in places if at.name in naturals]
        return list(dict.fromkeys(member for name, at in there for member in self._with_inner(name, at)))

    def _with_inner(self, name: str, at: Index) -> Iterator[Ref]:
        for part in self._inner(name):
            yield from self._with_inner(part.name, at)
        yield Ref(name, (at,))

    def _inner(self, name: str) -> list[Ref]:
        """The members of other recurrences on which a step depends."""
        parts = (part for part in subterms(self.steps[name].right) if isinstance(part, Ref))
        return [part for part in parts if part.name in self.steps and part.name != name]

    def closed(self, name: str) -> Closed | None:
        """A closed form of S[t] = S[t-1] + f(t) from 0 on, or of S[t] = S[t-1]·f(t) from 1 on."""
        if name not in self.known:
            self.known[name] = None
            self.known[name] = self._closed(name) if name in self.steps else None
        return self.known[name]

    def _closed(self, name: str) -> Closed | None:
        step = self.steps[name]
        ((time, _),) = step.binders
        values: dict[str, Lambda] = {}
        for member in self._inner(name):
            inner = self.closed(member.name)
            if inner is None:
                return None
            values[member.name] = Lambda(((_AT, 1),), inner.at(Count(Index(_AT))))
        right = Substitution(self.searcher.names, tensors=values).apply(step.right)
        normalizer = self.searcher.workspace(Statement(step.binders, "=", ZERO, ZERO), Known()).normalizer
        match right:
            case Add((Ref(own), part)) if own == name:
                return closed_sum(normalizer, part, time)
            case Mul((Ref(own), part)) if own == name:
                return closed_product(normalizer, part, time)
        return None

    def lemma(self, searcher: Searcher, member: Ref, label: str, induction: Induction) -> Proof | None:
        """Steps for S[t] = F(t)."""
        closed, at = self.closed(member.name), member.indices[0]
        if closed is None:
            return None
        value = written(closed.at(Count(at)), searcher.names)
        claim = Statement((), "=", member, value)
        return induction(searcher, claim, at.name, dict(searcher.context.naturals)[at.name], label)
