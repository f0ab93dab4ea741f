"""Claims on a number x by the derivative: what holds at an end, and grows from there, holds at x."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lemmata.derive.numbers.enclosures import bounds
from lemmata.derive.numbers.numbers import Goal, having, positive, whole
from lemmata.kernel.certificate import Combine, Increasing, Proof, Step, Use
from lemmata.kernel.context import Context, Statement, Variable
from lemmata.kernel.environment import difference
from lemmata.kernel.substitute import Substitution, subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Derivative, Lambda, Mul, Pow, Ref, Term

#: How many terms a derivative has at most.
LARGEST_SLOPE = 16


@dataclass(frozen=True)
class End:
    """A number a with a <= x (or x <= a, where x is `below`), and the step that claims it."""

    at: Term
    step: Step
    below: bool


def by_growth(goal: Goal) -> Proof | None:
    """0 R f(x), where f = r - l, from 0 R f(a) and the sign of f' between a and x."""
    if goal.claim.relation not in ("<", "<=", "=") or goal.depth < 1 + (goal.claim.relation == "="):
        return None
    for name in goal.variables()[:2]:
        for end in _ends(goal, name):
            found = _Growth(goal, name, end).proof()
            if found is not None:
                return found
    return None


def _ends(goal: Goal, name: str) -> Iterator[End]:
    lower, upper = bounds(goal, name)
    for below, steps in ((False, lower), (True, upper)):
        for step in steps:
            yield End(step.claim.right if below else step.claim.left, step, below)


@dataclass(frozen=True)
class _Growth:
    goal: Goal
    name: str
    end: End

    def at(self, value: Term) -> Term:
        """f at a number."""
        put = Substitution(self.goal.names, tensors={self.name: Lambda((), value)})
        return self.goal.written(put.apply(difference(self.goal.claim.right, self.goal.claim.left)))

    def proof(self) -> Proof | None:
        goal, relation = self.goal, self.goal.claim.relation
        normal = goal.written(goal.normalizer().normal(self.at(self.end.at)))
        if any(isinstance(part, Pow) and part.base == ZERO for part in subterms(normal)):
            return None
        strict = relation == "<" and self.end.step.claim.relation == "<"
        ways = [(relation, "=" if relation == "=" else "<=")] if strict or relation != "<" else []
        if relation == "<" and normal != ZERO:
            ways.append(("<=", "<"))
        for slope, first in ways:
            begun = goal.sub(positive(first, normal), "a").shown()
            if begun is None:
                continue
            growing = self.growing(slope)
            if growing is not None:
                last = Combine((whole(begun), whole(growing)), ZERO, (), ())
                return (*begun, *growing, Step(goal.label, goal.claim, last))
        return None

    def growing(self, relation: str) -> Proof | None:
        """Steps of which the last claims f(a) R f(x), or -f(x) R -f(a)."""
        goal, label = self.goal, self.goal.label
        t = f"t%{len(goal.context.variables)}"
        ends = (Ref(self.name), self.end.at) if self.end.below else (self.end.at, Ref(self.name))
        function = self.at(Ref(t))
        if self.end.below:
            function = Mul((MINUS_ONE, function))
        above, below = f"{label}>", f"{label}<"
        inside = Context(
            goal.context.dims,
            goal.context.naturals,
            (*goal.context.variables, Variable(t)),
            goal.context.functions,
            goal.context.definitions,
            (
                *goal.context.hypotheses,
                (above, Statement((), "<", ends[0], Ref(t))),
                (below, Statement((), "<", Ref(t), ends[1])),
            ),
            goal.context.choices,
        )
        slope = self.slope(inside, t, function, relation)
        if slope is None:
            return None
        first = Step(f"{label}e", self.end.step.claim, self.end.step.by)
        values = [Substitution(goal.names, tensors={t: Lambda((), end)}).apply(function) for end in ends]
        claim = Statement((), relation, *map(goal.written, values))
        by = Increasing(t, function, ends[0], ends[1], first.id, above, below, (), slope)
        return first, Step(f"{label}g", claim, by)

    def slope(self, inside: Context, t: str, function: Term, relation: str) -> Proof | None:
        """Steps inside of which the last claims 0 R f'(t)."""
        v = f"{t}v"
        body = Substitution(self.goal.names, tensors={t: Lambda((), Ref(v))}).apply(function)
        derived = Derivative(v, self.goal.written(body), (), Lambda((), Ref(t)))
        wanted = self.goal.sub(positive(relation, derived), "s", inside)
        wanted = replace(wanted, depth=self.goal.depth)
        closing = []
        for number, (said, proof) in enumerate(self.between(t, wanted.label)):
            context, close = having(wanted, said, proof, f"h{number}")
            closing.append(close)
            wanted = replace(wanted, searcher=replace(wanted.searcher, context=context))
        normalizer = wanted.normalizer()
        poly = normalizer.poly(derived)
        if len(poly) > LARGEST_SLOPE:
            return None
        simple = wanted.sub(positive(relation, self.goal.written(normalizer.term(poly))), "d")
        below = (simple if relation != "=" else replace(simple, depth=min(2, simple.depth))).shown()
        if below is None:
            return None
        last = Step(f"{wanted.label}l", wanted.claim, Combine((whole(below),), ZERO, (), ()))
        found = wanted.completed((last,), below)
        for close in reversed(closing):
            found = None if found is None else close(found)
        return found

    def between(self, t: str, label: str) -> Iterator[tuple[Statement, Proof]]:
        """t < b where t < x and x <= b; a < t where x < t and a <= x."""
        side = f"{self.goal.label}{'>' if self.end.below else '<'}"
        for number, step in enumerate(bounds(self.goal, self.name)[0 if self.end.below else 1]):
            first = Step(f"{label}b{number}", step.claim, step.by)
            ends = (step.claim.left, Ref(t)) if self.end.below else (Ref(t), step.claim.right)
            said = Statement((), "<", *ends)
            both = Combine((whole(first), Use(side, (), (), ONE)), ZERO, (), ())
            yield said, (first, Step(f"{label}f{number}", said, both))
