"""The tactics for norms, maxima and forms, one after the other."""

from __future__ import annotations

from lemmata.derive.bounds import by_bounds
from lemmata.derive.matrices.fullrank import by_full_rank
from lemmata.derive.matrices.maximised import by_maximiser
from lemmata.derive.matrices.vanishing import by_vanishing
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Proof
from lemmata.kernel.context import Statement
from lemmata.kernel.errors import Rejected, TooLarge


def by_norms(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims the statement; None where none were found.

    A tactic finds nothing where a derivative is not known, or a term is too large.
    """
    for tactic in (by_bounds, by_maximiser, by_vanishing, by_full_rank):
        try:
            found = tactic(searcher, claim, label)
        except (Rejected, TooLarge):
            continue
        if found is not None:
            return found
    return None
