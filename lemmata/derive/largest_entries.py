"""Where one function is largest another is: g(k) = max g from f(k) = max f, if both rise with one number.

Let f = S(u) and g = T(u) for a number u and functions S and T that are seen to be increasing. Then
S(max u) <= S(u(k)) <= S(max u), as S(u(j)) <= S(u(k)) for all j; so u(k) = max u, where S is undone. And
T(u(j)) <= T(u(k)) for all j, so that max g <= g(k).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from lemmata.derive.equations import Workspace
from lemmata.derive.names import written
from lemmata.derive.order import replaced
from lemmata.derive.reasons import everything
from lemmata.derive.rising import Bound, Rising
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import (
    Attained,
    Between,
    Combine,
    Cut,
    EntryOfMaximum,
    Justification,
    Proof,
    Step,
    Use,
)
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference, instance
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.substitute import Substitution, free_indices, subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Index, Lambda, Maximum, Mul, Ref, Term

#: How many numbers are tried of which both sides may be functions.
LARGEST_COUNT = 4


def by_largest_entries(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims g(k) = max g; None where nothing like that is given of k."""
    if not searcher.context.choices:
        return None
    try:
        workspace = searcher.workspace(claim, everything(searcher.context))
        wanted = _attained(workspace, claim)
        for name, said in searcher.context.hypotheses if wanted is not None else ():
            given = _attained(workspace, said)
            if wanted is not None and given is not None and given.place == wanted.place:
                return _transferred(searcher, claim, label, name, given, wanted)
    except (Rejected, TooLarge):
        return None
    return None


def _transferred(
    searcher: Searcher, claim: Statement, label: str, name: str, given: _Largest, wanted: _Largest
) -> Proof | None:
    """Steps from one hypothesis, where what is given of all indices is known of the chosen one."""
    facts = {f"{label}h{number}": fact for number, fact in enumerate(_at_choice(searcher, wanted, label))}
    context = searcher.context
    for known, fact in facts.items():
        context = context.assume(known, fact.claim)
    found = _Transfer(replace(searcher, context=context), claim, label, name, given, wanted).proof()
    for known, fact in reversed(facts.items()):
        if found is not None:
            found = (fact, Step(f"{known}.", claim, Cut(fact.id, known, found)))
    return found


def _at_choice(searcher: Searcher, largest: _Largest, label: str) -> Iterator[Step]:
    """What is given of all indices, of the one that is chosen."""
    for name, said in searcher.context.hypotheses:
        if len(said.binders) == 1 and said.binders[0][1] == largest.maximum.dim and said.relation != "=":
            at = ((said.binders[0][0], largest.at),)
            claim = instance(said, at, searcher.names)
            sides = (written(side, searcher.names) for side in (claim.left, claim.right))
            by = Combine((Use(name, at, (), ONE),), ZERO, (), ())
            yield Step(f"{label}k{name}", Statement((), said.relation, *sides), by)


@dataclass(frozen=True)
class _Largest:
    """An equation f(k) = max f: the maximum, k, and whether the maximum is on the right side."""

    maximum: Maximum
    at: Index
    on_right: bool

    @property
    def place(self) -> object:
        return self.at, self.maximum.dim


def _attained(workspace: Workspace, said: Statement) -> _Largest | None:
    """What a statement says, if it says f(k) = max f for a choice k of the context."""
    choices = dict(workspace.context.choices)
    if said.relation != "=" or said.binders:
        return None
    for largest, other in ((said.right, said.left), (said.left, said.right)):
        for name in free_indices(other) & choices.keys() if isinstance(largest, Maximum) else ():
            if isinstance(largest, Maximum) and largest.dim == choices[name]:
                put = Substitution(workspace.names, indices={largest.index: Index(name)})
                if workspace.normalizer.is_zero(difference(other, put.apply(largest.body))):
                    return _Largest(largest, Index(name), largest is said.right)
    return None


@dataclass
class _Transfer:
    """A claim g(k) = max g on its way from a hypothesis f(k) = max f."""

    searcher: Searcher
    claim: Statement
    label: str
    given: str
    first: _Largest
    last: _Largest
    steps: list[Step] = field(default_factory=list)

    @cached_property
    def workspace(self) -> Workspace:
        return self.searcher.workspace(self.claim, everything(self.searcher.context))

    def proof(self) -> Proof | None:
        """Steps by the first number u, or -u, of which both functions are seen to rise as they are written or
        in normal form."""
        j = self.searcher.names.name()
        f, g = (self.entry(one.maximum, Index(j)) for one in (self.first, self.last))
        for u, first, last, hole in self.numbers(f, g, j):
            for sign in (ONE, MINUS_ONE):
                turned = [self.turned(side, hole, sign) for side in (first, last)]
                for first_form, last_form in (turned, map(self.normal, turned)):
                    self.steps = []
                    if self.carried(u if sign == ONE else Mul((sign, u)), first_form, last_form, hole, j):
                        return tuple(self.steps)
        return None

    def normal(self, template: Term) -> Term:
        return written(self.workspace.normalizer.normal(template), self.searcher.names)

    def turned(self, template: Term, hole: str, sign: Term) -> Term:
        """The template for the number -u, where the sign is that."""
        if sign == ONE:
            return template
        put = Substitution(self.searcher.names, tensors={hole: Lambda((), Mul((sign, Ref(hole))))})
        return put.apply(template)

    def entry(self, maximum: Maximum, at: Index) -> Term:
        return Substitution(self.searcher.names, indices={maximum.index: at}).apply(maximum.body)

    def numbers(self, f: Term, g: Term, j: str) -> Iterator[tuple[Term, Term, Term, str]]:
        """Numbers which depend on j in both terms, the largest first, with what both are of them."""
        sides = [self.parts(side, j) for side in (f, g)]
        common = [key for key in sides[0] if key in sides[1]]
        for key in common[:LARGEST_COUNT]:
            hole = self.searcher.names.name()
            first, last = self.opened(f, sides[0][key], hole), self.opened(g, sides[1][key], hole)
            if j not in free_indices(first) | free_indices(last):
                yield sides[0][key][0], first, last, hole

    def parts(self, side: Term, j: str) -> dict[Term, list[Term]]:
        """The parts of a term that depend on j and on nothing that is bound in it, by their normal forms."""
        found: dict[Term, list[Term]] = {}
        for part in subterms(side):
            free = free_indices(part)
            if j in free and free - {j} <= self.workspace.fixed:
                found.setdefault(self.workspace.normalizer.normal(part), []).append(part)
        return found

    def opened(self, side: Term, parts: list[Term], hole: str) -> Term:
        return replaced(side, lambda term: Ref(hole) if term in parts else None)

    # -- the two halves ----------------------------------------------------------------------------

    def carried(self, u: Term, first: Term, last: Term, hole: str, j: str) -> bool:
        """Whether u(k) = max u follows from what is given, and the claim from that."""
        if first == Ref(hole):
            return self.raised(self.given, self.first, last, hole)
        maximum = Maximum(j, self.first.maximum.dim, written(u, self.searcher.names))
        largest = _Largest(maximum, self.first.at, True)
        known = self.undone(largest, first, hole)
        return known is not None and self.raised(known, largest, last, hole)

    def undone(self, u: _Largest, template: Term, hole: str) -> str | None:
        """The step u(k) = max u from S(u(k)) = max S(u)."""
        names, top = self.searcher.names, u.maximum
        j, value = names.name(), self.entry(top, u.at)
        highest = self.below_chosen(self.given, self.first, j)
        rising = Rising(self.searcher, self.workspace.normalizer, (), (), hole, f"{self.label}u")
        claim = Statement((), "<=", rising.at(template, top), rising.at(template, value))
        above = self.step(claim, Attained(top, highest, j, hole, written(template, names), claim.right))
        bound = Bound(self.step(Statement((), "<=", value, top), EntryOfMaximum(top, u.at)), value, top, True)
        through = rising.through(template, bound)
        if through is None or not through.rises:
            return None
        self.steps += rising.steps
        equal = Statement((), "=", rising.at(template, value), rising.at(template, top))
        done = len(rising.steps)
        last = rising.undone(template, bound, self.step(equal, Between(through.step, above)))
        self.steps += rising.steps[done:]
        return last

    def raised(self, known: str, u: _Largest, template: Term, hole: str) -> bool:
        """Whether the claim was shown from u(k) = max u."""
        searcher, j = self.searcher, self.searcher.names.name()
        binders = ((j, u.maximum.dim),)
        all_j = Statement(binders, "=", ZERO, ZERO)
        normalizer = searcher.workspace(all_j, everything(searcher.context)).normalizer
        rising = Rising(searcher, normalizer, (), binders, hole, f"{self.label}r")
        low, high = (self.entry(u.maximum, at) for at in (Index(j), u.at))
        bound = rising.through(template, Bound(self.below_chosen(known, u, j), low, high, True))
        if bound is None or not bound.rises:
            return False
        self.steps += rising.steps
        top, slot = self.last.maximum, searcher.names.name()
        value = self.entry(top, self.last.at)
        by = Attained(top, bound.step, j, slot, Ref(slot), value)
        most = self.step(Statement((), "<=", top, value), by)
        least = self.step(Statement((), "<=", value, top), EntryOfMaximum(top, self.last.at))
        order = (least, most) if self.last.on_right else (most, least)
        self.steps.append(Step(self.label, self.claim, Between(*order)))
        return True

    def below_chosen(self, known: str, u: _Largest, j: str) -> str:
        """The step u(j) <= u(k) for all j, from u(k) = max u."""
        binders, at = ((j, u.maximum.dim),), Index(j)
        entry, chosen = self.entry(u.maximum, at), self.entry(u.maximum, u.at)
        first = self.step(Statement(binders, "<=", entry, u.maximum), EntryOfMaximum(u.maximum, at))
        times = MINUS_ONE if u.on_right else ONE
        uses = (Use(first, ((j, at),), (), ONE), Use(known, (), (), times))
        return self.step(Statement(binders, "<=", entry, chosen), Combine(uses, ZERO, (), ()))

    def step(self, claim: Statement, by: Justification) -> str:
        """A new step; its name."""
        sides = (written(side, self.searcher.names) for side in (claim.left, claim.right))
        self.steps.append(
            Step(f"{self.label}e{len(self.steps)}", Statement(claim.binders, claim.relation, *sides), by)
        )
        return self.steps[-1].id
