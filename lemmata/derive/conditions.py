"""Side conditions: a condition which the kernel misses is proved as a step of its own, where it can be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lemmata.derive.matrices.carried import by_equal_matrices
from lemmata.derive.names import Names, written
from lemmata.derive.numbers.same_number import by_same_number
from lemmata.derive.search import Attempt, Known, Searcher
from lemmata.derive.slacks.slack import by_slack
from lemmata.derive.slacks.squared import by_squares_of_premises
from lemmata.derive.verdicts import verdict_on
from lemmata.kernel.certificate import (
    Cases,
    Combine,
    Congruence,
    Continuous,
    Geometric,
    Injective,
    InverseLaw,
    Monotone,
    Proof,
    Sine,
    Step,
)
from lemmata.kernel.check import Verdict
from lemmata.kernel.conditions import Condition
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.environment import difference, instance
from lemmata.kernel.facts import key
from lemmata.kernel.substitute import free_indices
from lemmata.kernel.terms import Index, Term

#: The rules that may look at facts for their conditions.
_INFORMED = Combine | Congruence | Monotone | InverseLaw | Geometric | Continuous | Injective | Sine
#: How often conditions of conditions are looked for.
LARGEST_DEPTH = 3


def closed(context: Context, proven: dict[str, Statement], steps: Proof, claim: Statement) -> Verdict:
    """The kernel's verdict on some steps, those proved before taken as hypotheses."""
    inside = replace(context, hypotheses=(*context.hypotheses, *proven.items()))
    return verdict_on(inside, claim, steps, ())


def with_conditions(searcher: Searcher, attempt: Attempt, known: Known) -> Attempt:
    """The steps of an attempt, with steps for the conditions which the kernel misses."""
    if attempt.steps is None:
        return attempt
    work = _Conditions(searcher, known, attempt.steps[-1].id)
    steps, verdict = work.completed(attempt.steps, LARGEST_DEPTH, True)
    return replace(attempt, steps=steps, verdict=verdict)


@dataclass
class _Conditions:
    """The conditions proved so far, in the order of their steps."""

    searcher: Searcher
    known: Known
    label: str
    before: list[Step] = field(default_factory=list)
    facts: dict[str, Statement] = field(default_factory=dict)
    tried: dict[tuple[str, Term], None] = field(default_factory=dict)

    def completed(self, steps: Proof, depth: int, whole: bool = False) -> tuple[Proof, Verdict]:
        """The steps with the facts they need, which are proved before them, and the verdict on them; if this
        is the whole proof, with the steps for these facts in front."""
        while True:
            steps = tuple(informed(step, tuple(self.facts)) for step in steps)
            proven = {**self.searcher.proven, **dict(self.known.facts), **({} if whole else self.facts)}
            proof = (*self.before, *steps) if whole else steps
            verdict = closed(self.searcher.context, proven, proof, steps[-1].claim)
            known = len(self.facts)
            for condition in verdict.missing if depth else ():
                self.attempt(condition, depth - 1)
            if len(self.facts) == known:
                return proof, verdict

    def attempt(self, condition: Condition, depth: int) -> None:
        """Prove one condition, once."""
        if condition.statement is None or condition.in_mean:
            return
        place = self.place(condition.statement)
        if place in self.tried:
            return
        self.tried[place] = None
        label = f"{self.label}c{len(self.tried)}"
        claim = named(_without_unused(condition.statement), self.searcher.names)
        known = replace(self.known, facts=(*self.known.facts, *self.facts.items()))
        found = self.searcher.prove(claim, known, label).steps
        if found is None:
            found = by_equal_matrices(self.searcher, claim, known, label)
            found = found or by_squares_of_premises(self.searcher, claim, known, label)
        if found is None:
            claim, found = self.by_slack(claim, label)
        if found is None:
            found = by_same_number(self.searcher, claim, replace(known, order=False), label)
        if found is None and claim.relation == "!=":
            claim, found = self.by_order(claim, known, label)
        if found is not None:
            steps, _ = self.completed(found, depth)
            self.before += steps
            self.facts[label] = claim

    def by_order(self, claim: Statement, known: Known, label: str) -> tuple[Statement, Proof | None]:
        """l < r or r < l for l != r, where something is given."""
        if self.searcher.context.hypotheses:
            for left, right in ((claim.left, claim.right), (claim.right, claim.left)):
                stated = Statement(claim.binders, "<", left, right)
                found = self.searcher.prove(stated, known, label).steps
                if found is not None:
                    return stated, found
        return claim, None

    def by_slack(self, claim: Statement, label: str) -> tuple[Statement, Proof | None]:
        """0 < t for a condition on t, as more conditions follow from it; else the condition itself."""
        ends = (claim.right, claim.left) if claim.relation == "!=" else (claim.left, claim.right)
        for stated in (Statement(claim.binders, "<", *ends), claim):
            found = by_slack(self.searcher, stated, label)
            known = {**self.searcher.proven, **dict(self.known.facts), **self.facts}
            if found and closed(self.searcher.context, known, found, stated).outcome == "proved":
                return stated, found
        return claim, None

    def place(self, statement: Statement) -> tuple[str, Term]:
        """The same for statements which differ by names only."""
        workspace = self.searcher.workspace(Statement((), "=", statement.left, statement.right), Known())
        poly = workspace.normalizer.poly(difference(statement.right, statement.left))
        return statement.relation, key(workspace.normalizer, workspace.fixed, poly)


def _without_unused(statement: Statement) -> Statement:
    used = free_indices(statement.left) | free_indices(statement.right)
    return replace(statement, binders=tuple(pair for pair in statement.binders if pair[0] in used))


def named(statement: Statement, names: Names) -> Statement:
    """The statement with names that a certificate may contain."""
    fresh = {old: names.name() for old, _ in statement.binders}
    renamed = instance(statement, [(old, Index(new)) for old, new in fresh.items()], names)
    binders = tuple((fresh[old], sort) for old, sort in statement.binders)
    return Statement(binders, statement.relation, written(renamed.left, names), written(renamed.right, names))


def informed(step: Step, labels: tuple[str, ...]) -> Step:
    """The step, and those in its cases, with more facts."""
    if isinstance(step.by, Cases):
        cases = (
            tuple(informed(inner, labels) for inner in proof) for proof in (step.by.first, step.by.second)
        )
        return replace(step, by=Cases(step.by.label, step.by.on, *cases))
    if isinstance(step.by, _INFORMED):
        new = tuple(label for label in labels if label not in step.by.facts)
        return replace(step, by=replace(step.by, facts=(*step.by.facts, *new)))
    return step
