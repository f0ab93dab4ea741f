"""Sums and products without end: a closed form of the partial ones, and the limit of that.

A rational function of t is one of u = 1/(t+1), which tends to 0; t^k·q^t tends to 0 for |q| < 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb

from lemmata.derive.closed import Closed, Coefficients, closed_product, closed_sum, polynomial
from lemmata.derive.conditions import with_conditions
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Attempt, Known, Searcher
from lemmata.kernel.certificate import Continuous, Geometric, Proof, Reciprocal, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import speaks_of
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Count, Index, Mul, Natural, Num, Pow, Ref, Term

#: Proves a claim about a natural number by induction: the number, its least value, and the label.
Induction = Callable[[Searcher, Statement, str, int, str], Proof | None]


def by_partial_sums(searcher: Searcher, claim: Statement, label: str, induction: Induction) -> Proof | None:
    """Steps for S[t] -> L, where S are the partial sums or products of what has a closed form."""
    on = _time_of(searcher, claim)
    closed = closed_form(searcher, claim.left) if on else None
    if closed is None or any(power.base == ONE for power in closed.powers):
        return None
    limits = _Limits(searcher, claim, f"{label}l")
    template = limits.template(closed)
    if template is None or not isinstance(claim.left, Ref):
        return None
    value = written(closed.at(Count(Index(on))), searcher.names)
    equation = Statement((), "=", Ref(claim.left.name, (Index(on),)), value)
    before = induction(searcher, equation, on, dict(searcher.context.naturals)[on], f"{label}e")
    if before is None:
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


def closed_form(searcher: Searcher, member: Term) -> Closed | None:
    """A closed form of a recurrence S[t] = S[t-1] + f(t) from 0 on, or S[t] = S[t-1]·f(t) from 1 on."""
    steps = [
        s for _, s in searcher.context.definitions if isinstance(s.left, Ref) and isinstance(member, Ref)
    ]
    step = next((s for s in steps if s.left.name == member.name and s.binders), None)  # type: ignore[union-attr]
    if step is None or len(step.binders) != 1:
        return None
    ((time, _),) = step.binders
    before = Ref(step.left.name, (Index(time, -1),))  # type: ignore[union-attr]
    normalizer = searcher.workspace(Statement(step.binders, "=", ZERO, ZERO), Known()).normalizer
    match step.right:
        case Add((first, part)) if first == before:
            return closed_sum(normalizer, part, time)
        case Mul((first, part)) if first == before:
            return closed_product(normalizer, part, time)
    return None


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
        above, below = closed.rational.above, closed.rational.below
        degree = max(_degree(above), _degree(below))
        if _degree(below) < degree:
            return None
        parts = [closed.constant]
        if degree:
            hole = self.hole(Pow(Count(Index(self.growing, 1)), MINUS_ONE), Reciprocal())
            top, bottom = (polynomial(list(map(Num, _turned(c, degree))), hole) for c in (above, below))
            parts.append(Mul((top, Pow(bottom, MINUS_ONE))))
        else:
            parts.append(Num(above[0] / below[0]))
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

    def hole(self, sequence: Term, by: Geometric | Reciprocal) -> Term:
        """A hole for a sequence that tends to 0."""
        name = f"{self.label}{len(self.holes) + 1}"
        claim = Statement(self.claim.binders, "->", written(sequence, self.searcher.names), ZERO)
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


def _degree(coefficients: Coefficients) -> int:
    return max((k for k, c in enumerate(coefficients) if c), default=0)


def _turned(coefficients: Coefficients, degree: int) -> Coefficients:
    """u^d·P(t) for t = 1/u - 1, as a polynomial in u: Σ_i p_i·(1-u)^i·u^(d-i)."""
    found = [Fraction(0)] * (degree + 1)
    for i, value in enumerate(coefficients[: degree + 1]):
        for k in range(i + 1):
            found[degree - i + k] += value * comb(i, k) * (-1) ** k
    return tuple(found)
