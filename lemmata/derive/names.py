"""Names for bound indices in certificates."""

from __future__ import annotations

from lemmata.kernel.substitute import Fresh, freshened
from lemmata.kernel.terms import Term
from lemmata.language.names import Plain as Names
from lemmata.language.names import tidied

__all__ = ["Names", "tidied", "written"]


def written(term: Term, names: Fresh) -> Term:
    """The term with names for all its binders which a certificate may contain."""
    return tidied(freshened(names, term))
