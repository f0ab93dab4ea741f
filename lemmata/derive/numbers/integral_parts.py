"""Claims with floors: n <= x < n + 1 for n = floor(x), and that integers less than 1 apart are equal."""

from __future__ import annotations

from dataclasses import replace

from lemmata.derive.numbers.numbers import Goal
from lemmata.derive.reasons import everything
from lemmata.kernel.certificate import Between, Combine, Discrete, Floor, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import ONE, ZERO, Add, Apply, Term


def by_floors(goal: Goal) -> Proof | None:
    """An inequality, or an equation of integers, from the laws of the floors in it."""
    laws = _laws(goal)
    if not laws or goal.claim.relation not in ("<", "<=", "="):
        return None
    if goal.claim.relation != "=":
        found = _linear(goal, laws, goal.claim, goal.label)
        return None if found is None else (*laws, *found)
    return _equal(goal, laws)


def _laws(goal: Goal) -> list[Step]:
    """n <= x and x < n + 1 for the floors in a claim, as they are after the normal form."""
    normalizer, laws = goal.normalizer(), list[Step]()
    sides = (*subterms(normalizer.normal(goal.claim.left)), *subterms(normalizer.normal(goal.claim.right)))
    for part in dict.fromkeys(part for part in sides if isinstance(part, Apply) and part.function == "floor"):
        x = goal.written(part.argument)
        n: Term = Apply("floor", 0, x)
        for claim in (Statement((), "<=", n, x), Statement((), "<", x, Add((n, ONE)))):
            laws.append(Step(f"{goal.label}n{len(laws)}", claim, Floor(x, ())))
    return laws


def _linear(goal: Goal, laws: list[Step], claim: Statement, label: str) -> Proof | None:
    """A claim from the laws, as a sum of inequalities."""
    known = replace(everything(goal.context), facts=tuple((law.id, law.claim) for law in laws))
    return goal.searcher.prove(claim, known, label).steps


def _equal(goal: Goal, laws: list[Step]) -> Proof | None:
    """l = r for integers, from l < r + 1 and r < l + 1."""
    normalizer = goal.normalizer()
    first, second = (goal.written(normalizer.normal(side)) for side in (goal.claim.left, goal.claim.right))
    if not (normalizer.signs.integer(first) and normalizer.signs.integer(second)):
        return None
    steps, labels = list(laws), []
    for name, left, right in (("a", first, second), ("b", second, first)):
        label = f"{goal.label}{name}"
        near = Statement((), "<", left, Add((right, ONE)))
        found = _linear(goal, laws, near, f"{label}n")
        if found is None:
            return None
        apart = Statement((), "<=", Add((left, ONE)), Add((right, ONE)))
        below = Statement((), "<=", left, right)
        steps += (*found, Step(f"{label}d", apart, Discrete(found[-1].id, ())))
        steps.append(Step(label, below, Combine((Use(f"{label}d", (), (), ONE),), ZERO, (), ())))
        labels.append(label)
    return (*steps, Step(goal.label, goal.claim, Between(labels[0], labels[1])))
