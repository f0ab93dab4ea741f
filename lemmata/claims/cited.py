"""Proofs by facts of the literature, which are lemmas with an axiom or a proof of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lemmata.claims.facts import instances
from lemmata.claims.question import Hypotheses
from lemmata.derive.errors import DerivationError
from lemmata.derive.lemmas import Borrowed, TheoremUse, borrow
from lemmata.derive.lines import LineResult, Task, prove_line
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import (
    Absurd,
    Certificate,
    Combine,
    Congruence,
    InverseLaw,
    Monotone,
    Proof,
    Step,
)
from lemmata.kernel.check import Verdict
from lemmata.language.expr import Statement, subexpressions

#: The kernel's verdict on steps for the statement, after some lemmas.
Judge = Callable[[Proof, tuple[Certificate, ...]], Verdict]


@dataclass(frozen=True)
class Citing:
    """Who looks for a proof by facts, and asks the kernel about it."""

    statement: Statement
    hypotheses: Hypotheses
    searcher: Searcher
    judge: Judge

    def verdict(self) -> Verdict | None:
        """The verdict of the kernel on a proof by facts, if one is found: by one of them, else by all."""
        uses = instances((self.statement, *(said for _, said in self.hypotheses)))
        usable = [use for use in sorted(uses, key=_generality) if _is_usable(self.searcher, use)]
        for chosen in (*([use] for use in usable), *([usable] if len(usable) > 1 else [])):
            result = prove_line(self.searcher, Task("s1", self.statement, chosen, 0), True)
            if result.steps and result.outcome == "proved":
                return self.with_fewest(result)
        return None

    def with_fewest(self, result: LineResult) -> Verdict | None:
        """The verdict on a proof by facts, without those that it does not need."""
        used = list(result.borrowed)
        verdict = self.with_lemmas(result, used)
        combined = {
            use.premise for step in result.steps if isinstance(step.by, Combine) for use in step.by.using
        }
        doubtful = [fact for fact in result.borrowed if fact.label not in combined]
        for fact in doubtful if verdict is not None else ():
            fewer = [other for other in used if other is not fact]
            shorter = self.with_lemmas(result, fewer)
            if shorter is not None:
                used, verdict = fewer, shorter
        return verdict

    def with_lemmas(self, result: LineResult, used: Sequence[Borrowed]) -> Verdict | None:
        """The verdict on the steps of a line behind those of some facts, if the kernel accepts them."""
        dropped = frozenset(b.label for b in result.borrowed) - {b.label for b in used}
        steps = (
            *(step for b in used for step in b.steps),
            *(_without(step, dropped) for step in result.steps),
        )
        lemmas = tuple({b.certificate.name: b.certificate for b in used}.values())
        verdict = self.judge(steps, lemmas)
        return verdict if verdict.outcome == "proved" else None


def _generality(use: TheoremUse) -> tuple[int, int]:
    """Less for what assumes more, and for what says more: it is used less often, and tells more."""
    said = use.said
    parts = [] if said is None else [p for side in (said.left, said.right) for p in subexpressions(side)]
    return -len(use.given), -len(parts)


def _is_usable(searcher: Searcher, use: TheoremUse) -> bool:
    """Whether what a fact assumes is given."""
    try:
        borrow(searcher, use, "fact")
    except DerivationError:
        return False
    return True


def _without(step: Step, labels: frozenset[str]) -> Step:
    """A step that does not look at some facts."""
    if not isinstance(step.by, Combine | Congruence | InverseLaw | Monotone | Absurd):
        return step
    return replace(step, by=replace(step.by, facts=tuple(f for f in step.by.facts if f not in labels)))
