"""Inequalities by a slack which is manifestly not negative: a sum of squares, or of centred squares."""

from __future__ import annotations

from lemmata.derive.centred import centred
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.derive.squares import sum_of_squares
from lemmata.kernel.certificate import Combine, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.errors import Rejected, TooLarge


def by_slack(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """A step that claims l <= r or l < r, with the difference written as such a slack; None where none was
    found. Whether it is what it seems is for the kernel to say."""
    if claim.relation not in ("<=", "<"):
        return None
    normalizer = searcher.workspace(claim, everything(searcher.context)).normalizer
    try:
        poly = normalizer.poly(difference(claim.right, claim.left))
        slack = sum_of_squares(normalizer, poly, strictly=claim.relation == "<")
        slack = slack or centred(normalizer, searcher.names, poly)
    except (Rejected, TooLarge):
        return None
    if slack is None:
        return None
    return (Step(label, claim, Combine((), written(slack, searcher.names), (), ())),)
