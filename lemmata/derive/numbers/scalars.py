"""Proofs about numbers: each way says how a claim follows from simpler ones, which are shown likewise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.derive.conditions import closed
from lemmata.derive.numbers.absolutes import LARGEST_SPLIT, absolute, by_absolute, within
from lemmata.derive.numbers.angles import by_addition
from lemmata.derive.numbers.contradictions import by_contradiction, by_division
from lemmata.derive.numbers.denesting import by_denesting
from lemmata.derive.numbers.enclosures import by_enclosure
from lemmata.derive.numbers.growth import by_growth
from lemmata.derive.numbers.injections import by_arctangents, by_injection, by_ranges
from lemmata.derive.numbers.integral_parts import by_floors
from lemmata.derive.numbers.logarithms import by_exponential, by_log_tangents, by_logarithm
from lemmata.derive.numbers.numbers import Effort, Goal, Way, having, positive, split_at
from lemmata.derive.numbers.quotients import by_factor, by_quotient
from lemmata.derive.numbers.rooted import by_root
from lemmata.derive.numbers.trigonometric import by_circle, by_cubic, by_waves
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.derive.slacks.polynomials import by_gram
from lemmata.derive.slacks.slack import by_slack
from lemmata.kernel.certificate import Combine, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import MINUS_ONE, ZERO, Call, Determinant, Inverse, Mul, Ref

#: How deep one claim is reduced to another, and how many claims are looked at in all.
LARGEST_DEPTH, LARGEST_WORK = 6, 60


def by_scalars(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims a statement about numbers, of which no inverse, determinant or function
    of a matrix is one here; None where none were found."""
    if claim.binders or claim.relation == "->":
        return None
    parts = [part for side in (claim.left, claim.right) for part in subterms(side)]
    of_matrices = any(isinstance(part, Inverse | Determinant | Call) for part in parts)
    if of_matrices or len(set(map(absolute, parts))) > LARGEST_SPLIT + 1:
        return None
    goal = Goal(searcher, claim, label, LARGEST_DEPTH, Effort(LARGEST_WORK), WAYS, REDUCING)
    closing, inside = [], goal
    for number, (fact, proof) in enumerate((*within(goal), *_signs(goal))):
        context, close = having(inside, fact, proof, f"g{number}")
        closing.append(close)
        inside = replace(inside, searcher=replace(inside.searcher, context=context))
    found = replace(inside, label=f"{label}a" if closing else label).shown()
    for close in reversed(closing):
        found = None if found is None else close(found)
    return found if found is None else goal.completed(found)


def _signs(goal: Goal) -> Iterator[tuple[Statement, Proof]]:
    """0 < x for the variables of which this follows from several hypotheses."""
    given = [said for _, said in goal.context.hypotheses if said.relation in ("<", "<=")]
    signs = goal.normalizer().signs
    for name in goal.variables() if len(given) > 1 else ():
        if not signs.of(Ref(name)).nonnegative:
            claim = positive("<", Ref(name))
            found = goal.searcher.prove(claim, everything(goal.context), f"{goal.label}v{name}").steps
            if found is not None and closed(goal.context, {}, found, claim).outcome == "proved":
                yield claim, found


def _by_form(goal: Goal) -> Proof | None:
    """An equation by the normal form, an inequality by the sign which is manifest."""
    normalizer = goal.normalizer()
    poly = normalizer.poly(difference(goal.claim.right, goal.claim.left))
    slack = ZERO if goal.claim.relation == "=" else goal.written(normalizer.term(poly))
    return (Step(goal.label, goal.claim, Combine((), slack, (), ())),)


def _by_squares(goal: Goal) -> Proof | None:
    return by_slack(goal.searcher, goal.claim, goal.label)


def _by_sides(goal: Goal) -> Proof | None:
    """A claim on a number x where x <= 0, and where x > 0, if the sign of x is not known."""
    if goal.depth < LARGEST_DEPTH or all(side == ZERO for side in (goal.claim.left, goal.claim.right)):
        return None
    for name in goal.variables():
        signs = goal.normalizer().signs
        if not any(signs.of(term).nonnegative for term in (Ref(name), Mul((MINUS_ONE, Ref(name))))):
            return split_at(goal, Ref(name))
    return None


WAYS: tuple[Way, ...] = (
    *(_by_form, _by_squares, by_absolute, by_circle, by_division, by_contradiction, by_injection),
    *(by_denesting, by_addition, by_floors, by_arctangents, by_ranges, by_log_tangents, by_logarithm),
    *(by_exponential, by_quotient, by_factor, by_gram, by_enclosure, by_root, by_cubic, by_waves, by_growth),
    _by_sides,
)
REDUCING: frozenset[Way] = frozenset(
    [
        *(by_absolute, by_injection, by_arctangents, by_logarithm, by_exponential, by_quotient),
        *(by_factor, by_root, by_cubic, by_waves, by_growth, _by_sides),
    ]
)
