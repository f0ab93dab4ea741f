"""Inequalities of numbers, and of variables between numbers, by rigorous intervals."""

from __future__ import annotations

from lemmata.derive.numbers.numbers import Goal, whole
from lemmata.kernel.certificate import Combine, Enclosed, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import ZERO, Ref, Term

#: The ends of intervals in bits, and how often a box is halved.
BITS, BITS_OF_BOX, DEPTH_OF_BOX = 64, 40, 8


def is_closed(term: Term) -> bool:
    return not any(isinstance(part, Ref) for part in subterms(term))


def by_enclosure(goal: Goal) -> Proof | None:
    """An inequality of numbers, or of at most two variables in a box."""
    if goal.claim.relation == "=":
        return None
    names = goal.variables()
    if not names:
        return (Step(goal.label, goal.claim, Enclosed((), BITS, 0)),)
    if len(names) > 2:
        return None
    steps: list[Step] = []
    box = []
    for name in names:
        ends = bounds(goal, name)
        if not (ends[0] and ends[1]):
            return None
        labels = []
        for place, end in enumerate(ends):
            step = end[0]
            steps.append(Step(f"{goal.label}{name}{place}", step.claim, step.by))
            labels.append(steps[-1].id)
        box.append((name, labels[0], labels[1]))
    return (*steps, Step(goal.label, goal.claim, Enclosed(tuple(box), BITS_OF_BOX, DEPTH_OF_BOX)))


def bounds(goal: Goal, name: str) -> tuple[list[Step], list[Step]]:
    """Steps that claim a <= x, and x <= b, for numbers a and b."""
    lower: list[Step] = []
    upper: list[Step] = []
    x = Ref(name)
    for label, said in goal.context.hypotheses:
        if said.relation not in ("<", "<=") or said.binders:
            continue
        by = Combine((whole(Step(label, said, Enclosed((), 1, 0))),), ZERO, (), ())
        if said.right == x and is_closed(said.left):
            lower.append(Step("", said, by))
        if said.left == x and is_closed(said.right):
            upper.append(Step("", said, by))
    known = {v.name: v.properties for v in goal.context.variables}.get(name, frozenset())
    if known & {"positive", "nonnegative"}:
        relation = "<" if "positive" in known else "<="
        lower.append(Step("", Statement((), relation, ZERO, x), Combine((), x, (), ())))
    return lower, upper
