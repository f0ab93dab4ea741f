"""Names for bound indices in certificates: `k%1`, `k%2`, ... which no user's name can be."""

from __future__ import annotations

from lemmata.kernel.substitute import Fresh, Substitution
from lemmata.kernel.terms import Term

#: More work than the kernel allows itself for one certificate: the writer may search.
BUDGET = 3_000_000


class Names(Fresh):
    """A source of names that a certificate may contain."""

    def __init__(self) -> None:
        super().__init__(BUDGET)

    def name(self) -> str:
        return f"k%{super().name()[1:]}"


def written(term: Term, names: Fresh) -> Term:
    """The term with such names for all its binders."""
    return Substitution(names).apply(term)
