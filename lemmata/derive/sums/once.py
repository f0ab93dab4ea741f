"""Recurrences at the time of a claim only: what they bring in is of the time before, as the hypothesis of an
induction is, and not of times before that."""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.kernel.certificate import Combine, Proof, Step, Use
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.environment import instance
from lemmata.kernel.signs import defined_name
from lemmata.kernel.substitute import Fresh, subterms
from lemmata.kernel.terms import ONE, ZERO, Index, Natural, Ref


def at_its_time(context: Context, claim: Statement, on: str, names: Fresh, label: str) -> Proof:
    """For each recurrence of which a claim speaks, its step at the latest time there, as steps of a proof."""
    return tuple(
        _instance(step, statement, Index(on, offset), names, f"{label}{number}")
        for number, (step, statement) in enumerate(context.definitions)
        if statement.binders[:1] and statement.binders[0][1] == Natural(1)
        for offset in _latest(claim, defined_name(statement.left), on)
    )


def _latest(claim: Statement, name: str, on: str) -> Iterator[int]:
    """The largest number that is added to a natural number as the time of a family."""
    times = (
        part.indices[0]
        for side in (claim.left, claim.right)
        for part in subterms(side)
        if isinstance(part, Ref) and part.name == name
    )
    offsets = [time.offset for time in times if time.name == on]
    return iter([max(offsets)] if offsets else [])


def _instance(premise: str, statement: Statement, time: Index, names: Fresh, label: str) -> Step:
    at = ((statement.binders[0][0], time),)
    found = instance(statement, at, names)
    places = tuple((name, Index(name)) for name, _ in found.binders)
    return Step(label, found, Combine((Use(premise, (*at, *places), (), ONE),), ZERO, (), ()))
