"""What the tactics about numbers share: a claim of numbers in a context, and how it is reduced to others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

from lemmata.derive.conditions import closed, named
from lemmata.derive.names import Names, written
from lemmata.derive.numbers.samples import seems_false
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Cases, Cut, Justification, Proof, Step, Use
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.errors import KernelError
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import ONE, ZERO, Ref, Term

Way = Callable[["Goal"], Proof | None]


@dataclass
class Effort:
    """How much is still looked at for one claim."""

    left: int


@dataclass(frozen=True)
class Goal:
    """A claim of numbers to be proved in a context; `depth` is how often it may be reduced to another."""

    searcher: Searcher
    claim: Statement
    label: str
    depth: int
    effort: Effort
    ways: tuple[Way, ...]
    #: Those of the ways which reduce a claim to others by one step.
    reducing: frozenset[Way]
    #: The claims which this one is to help to prove.
    above: frozenset[object] = frozenset()

    @property
    def key(self) -> object:
        return self.claim, self.context

    @property
    def context(self) -> Context:
        return self.searcher.context

    @property
    def names(self) -> Names:
        return self.searcher.names

    def normalizer(self) -> Normalizer:
        return self.searcher.workspace(self.claim, everything(self.context)).normalizer

    def variables(self) -> list[str]:
        """The numbers of which the claim speaks."""
        scalars = {variable.name for variable in self.context.variables if variable.shape == ()}
        parts = (part for side in (self.claim.left, self.claim.right) for part in subterms(side))
        return sorted({part.name for part in parts if isinstance(part, Ref)} & scalars)

    def written(self, term: Term) -> Term:
        return written(term, self.names)

    def shown(self) -> Proof | None:
        """Steps of which the last makes the claim, which the kernel accepts."""
        self.effort.left -= 1
        if self.effort.left < 0 or self.depth < 0 or self.key in self.above:
            return None
        if seems_false(self.context, self.claim):
            return None
        for way in self.ways:
            try:
                found = way(self)
                reduced = way in self.reducing
                number = len(found) - 1 if found is not None and reduced else 0
                if found and (found := self.completed(found[number:], found[:number], reduced=reduced)):
                    return found
            except KernelError:
                continue
        return None

    def completed(self, proof: Proof, before: Proof = (), *, reduced: bool = True) -> Proof | None:
        """The steps behind some that were shown before, if the kernel accepts them, perhaps once some
        conditions were proved. Where the last one only has other proofs inside, it was looked at in these."""
        if reduced and isinstance(proof[-1].by, Cases | Cut):
            return (*before, *proof)
        used = {name for step in proof for name in _premises(step.by)}
        known = {**self.searcher.proven, **{step.id: step.claim for step in before if step.id in used}}
        verdict = closed(self.context, known, proof, self.claim)
        if verdict.outcome == "proved":
            return (*before, *proof)
        missing = [condition.statement for condition in verdict.missing if not condition.in_mean]
        if verdict.outcome != "gap" or None in missing or self.depth < 1:
            return None
        closing, inside = [], self
        for number, fact in enumerate(fact for fact in missing if fact is not None):
            if fact.binders:
                return None
            strict = replace(fact, relation="<" if fact.relation == "!=" else fact.relation)
            if fact.relation == "!=" and fact.right == ZERO:
                strict = replace(strict, left=ZERO, right=fact.left)
            shown = inside.sub(named(strict, self.names), f"k{number}").shown()
            if shown is None:
                return None
            context, close = having(inside, shown[-1].claim, shown, f"h{number}")
            closing.append(close)
            inside = replace(inside, searcher=replace(inside.searcher, context=context))
        if closed(inside.context, known, proof, self.claim).outcome != "proved":
            return None
        proof = (*before, *proof)
        for close in reversed(closing):
            proof = close(proof)
        return proof

    def sub(self, claim: Statement, name: str, context: Context | None = None) -> Goal:
        """A simpler goal."""
        searcher = self.searcher if context is None else replace(self.searcher, context=context)
        return replace(
            self,
            searcher=searcher,
            claim=claim,
            label=f"{self.label}{name}",
            depth=self.depth - 1,
            above=self.above | {self.key},
        )


def _premises(by: Justification) -> Iterator[str]:
    """The names in a justification, those of its premises among them."""
    for field in fields(by):
        value = getattr(by, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Use | str):
                yield part.premise if isinstance(part, Use) else part


def positive(relation: str, term: Term) -> Statement:
    """0 <= t, 0 < t or 0 = t."""
    return Statement((), relation, ZERO, term)


def whole(step: Step | Proof, times: Term = ONE) -> Use:
    """A step without binders, as a premise."""
    last = step if isinstance(step, Step) else step[-1]
    return Use(last.id, (), (), times)


def having(goal: Goal, fact: Statement, proof: Proof, name: str) -> tuple[Context, Callable[[Proof], Proof]]:
    """The context with a fact that was proved, and how a proof there becomes one without it."""
    label = f"{goal.label}{name}"

    def closing(rest: Proof) -> Proof:
        return (*proof, Step(f"{label}.", goal.claim, Cut(proof[-1].id, label, rest)))

    return goal.context.assume(label, fact), closing


def split_at(goal: Goal, number: Term) -> Proof | None:
    """The claim where a number is <= 0, and where it is > 0."""
    label, proofs = f"{goal.label}|", []
    cases = Statement((), "<=", number, ZERO), Statement((), "<", ZERO, number)
    for case, name in zip(cases, "np", strict=True):
        proof = goal.sub(goal.claim, name, goal.context.assume(label, case)).shown()
        if proof is None:
            return None
        proofs.append(proof)
    return (Step(goal.label, goal.claim, Cases(label, cases[0], proofs[0], proofs[1])),)
