"""Sums and products without end: a closed form of the partial ones, and the limit of that.

A rational function of t tends to the quotient of what leads; t^k·q^t tends to 0 for |q| < 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from lemmata.derive.conditions import with_conditions
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Attempt, Searcher
from lemmata.derive.sums.closed import Closed, Rational
from lemmata.derive.sums.closing import Forms, Induction
from lemmata.kernel.certificate import Continuous, Geometric, Proof, Quotient, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import speaks_of
from lemmata.kernel.terms import ONE, ZERO, Add, Count, Index, Mul, Natural, Num, Pow, Ref, Term


def by_partial_sums(searcher: Searcher, claim: Statement, label: str, induction: Induction) -> Proof | None:
    """Steps for S[t] -> L, where S are the partial sums or products of what has a closed form."""
    on = _time_of(searcher, claim)
    if not on or not isinstance(claim.left, Ref):
        return None
    forms = Forms(searcher)
    closed = forms.closed(claim.left.name)
    if closed is None or any(power.base == ONE for power in closed.powers):
        return None
    limits = _Limits(searcher, claim, f"{label}l")
    template = limits.template(closed)
    before = template and forms.lemma(searcher, Ref(claim.left.name, (Index(on),)), f"{label}e", induction)
    if not before or template is None:
        return None
    by = Continuous(on, before[-1].id, tuple(limits.holes), template, tuple(limits.facts))
    attempt = Attempt((*before, *limits.steps, Step(label, claim, by)))
    found = with_conditions(searcher, attempt, everything(searcher.context))
    return found.steps if found.verdict is not None and found.verdict.outcome == "proved" else None


def _time_of(searcher: Searcher, claim: Statement) -> str:
    """A natural number of which nothing is assumed, with the range of that which grows."""
    context = searcher.context
    if claim.relation != "->" or len(claim.binders) != 1 or not isinstance(claim.left, Ref):
        return ""
    ((growing, sort),) = claim.binders
    if claim.left.indices != (Index(growing),):
        return ""
    for name, least in context.naturals:
        given = (*context.hypotheses, *context.definitions)
        if sort == Natural(least) and not any(speaks_of(said, name) for _, said in given):
            return name
    return ""


@dataclass
class _Limits:
    """The limits of the sequences of which a closed form is a continuous function."""

    searcher: Searcher
    claim: Statement
    label: str
    steps: list[Step] = field(default_factory=list)
    holes: list[tuple[str, str]] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    @property
    def growing(self) -> str:
        return self.claim.binders[-1][0]

    def template(self, closed: Closed) -> Term | None:
        """The closed form as a function of sequences that vanish; None where it has no limit."""
        limit = closed.rational.limit
        if limit is None:
            return None
        parts = [closed.constant]
        if closed.rational != Rational():
            parts.append(self.hole(closed.rational.at(Count(Index(self.growing))), Quotient(), Num(limit)))
        for power in closed.powers:
            self.small(power.base)
            parts += [Mul((r, self.vanishing(power.base, k))) for k, r in enumerate(power.factors)]
        return written(Add(tuple(parts)), self.searcher.names)

    def vanishing(self, base: Term, degree: int) -> Term:
        """A hole for t^k·q^t."""
        time = Count(Index(self.growing))
        power = Pow(base, time)
        left = Mul((Pow(time, Num(Fraction(degree))), power)) if degree else power
        return self.hole(left, Geometric(tuple(self.facts)))

    def hole(self, sequence: Term, by: Geometric | Quotient, limit: Term = ZERO) -> Term:
        """A hole for a sequence that has a limit."""
        name = f"{self.label}{len(self.holes) + 1}"
        claim = Statement(self.claim.binders, "->", written(sequence, self.searcher.names), limit)
        self.steps.append(Step(name, claim, by))
        self.holes.append((f"h%{len(self.holes) + 1}", name))
        return Ref(self.holes[-1][0])

    def small(self, base: Term) -> None:
        """A step for q² < 1, where it can be proved."""
        label = f"{self.label}q{len(self.facts) + 1}"
        claim = Statement((), "<", written(Pow(base, Num(Fraction(2))), self.searcher.names), ONE)
        known = everything(self.searcher.context)
        found = with_conditions(self.searcher, self.searcher.prove(claim, known, label), known)
        if found.steps is not None and found.verdict is not None and found.verdict.outcome == "proved":
            self.steps += found.steps
            self.facts.append(label)
