"""Equal sets of arguments: argmax f == argmax g says that f and g are defined, and of each index k that
f(k) = max f implies g(k) = max g, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.claims.found import Finding, joined
from lemmata.claims.question import Clock, Hypotheses
from lemmata.claims.statement import judged_together, shown
from lemmata.language.argmax import CHOSEN, Arguments, both_sets
from lemmata.language.context import context_of
from lemmata.language.errors import NotLowered
from lemmata.language.expr import Statement, compared
from lemmata.language.lower import lower_statement
from lemmata.refute import Attack, Counterexample
from lemmata.refute.sets import arguments_at

#: The label under which it is assumed that an index is in a set.
_LABEL = "in the set"


def judged_sets(statement: Statement, hypotheses: Hypotheses, clock: Clock) -> Finding:
    """What is found of an equation of sets. Raises NotLowered where its sets are not over one dimension."""
    sets = both_sets(statement)
    try:
        parts = judged_together(_parts(sets, hypotheses), clock)
    except NotLowered as error:
        raise NotLowered(str(error).replace(CHOSEN, sets[0].name)) from error
    found = [_in_words(part, sets, hypotheses) for part in parts]
    defined, whole = joined(found[:2]), joined(found)
    if whole.outcome == "undecided" and defined.outcome == "gap" and defined.needs:
        return _lacking(defined, "the values are defined")
    return _lacking(whole, "it is proved") if whole.outcome == "gap" and whole.needs else whole


def _lacking(found: Finding, what: str) -> Finding:
    return replace(found, reason=f"{what} once this is given: {', '.join(found.needs)}")


def _parts(
    sets: tuple[Arguments, Arguments], hypotheses: Hypotheses
) -> Iterator[tuple[Statement, Hypotheses]]:
    """That the values are defined, as what is assumed is assumed to be; and both implications."""
    left, right = sets
    for one in sets:
        yield compared(one.largest, "==", one.largest), hypotheses
    for given, claimed in ((left, right), (right, left)):
        yield claimed.holds(), (*hypotheses, (_LABEL, given.holds()))


def _in_words(finding: Finding, sets: tuple[Arguments, Arguments], hypotheses: Hypotheses) -> Finding:
    """The finding without the index asked about: with both sets, or with the name that the claim gives it."""
    name = sets[0].name
    reason, needs = (finding.reason.replace(CHOSEN, name), (n.replace(CHOSEN, name) for n in finding.needs))
    said = replace(finding, needs=tuple(needs), residual=None, reason=reason)
    if finding.attack is None or finding.attack.counterexample is None:
        return said
    found = _without_index(finding.attack.counterexample)
    if finding.outcome != "refuted":
        return replace(said, counterexample=shown(found))
    found = _with_sets(found, finding.attack, sets, hypotheses)
    return replace(said, counterexample=shown(found), reason=f"it fails at {found.said()}")


def _without_index(found: Counterexample) -> Counterexample:
    return replace(found, naturals=tuple(pair for pair in found.naturals if pair[0] != CHOSEN))


def _with_sets(
    shown_at: Counterexample, attack: Attack, sets: tuple[Arguments, Arguments], hypotheses: Hypotheses
) -> Counterexample:
    """The counterexample with the sets as its sides, if it is certain what they are."""
    context = context_of([one.holds() for one in sets], hypotheses)
    texts = (
        None
        if attack.found is None
        else arguments_at(context, lower_statement(one.holds()), CHOSEN, attack.found)
        for one in sets
    )
    left, right = (text or "not certain" for text in texts)
    return replace(shown_at, left=left, right=right)
