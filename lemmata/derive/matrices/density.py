"""Matrices which may be taken to be invertible, as all others are limits of them."""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.derive.search import Searcher
from lemmata.kernel.conditions import Condition
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.dense import check_dense
from lemmata.kernel.errors import Rejected
from lemmata.kernel.signs import defined_name
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import Ref


def regular_matrices(
    searcher: Searcher, claim: Statement, needs: tuple[Condition, ...]
) -> Iterator[tuple[str, Statement]]:
    """The matrices of which the missing conditions speak, each with the assumption that it is invertible, as
    far as the rule of density allows it."""
    for name in _matrices(searcher.context, needs):
        try:
            yield name, check_dense(searcher.environment(), claim, name)
        except Rejected:
            continue


def _matrices(context: Context, needs: tuple[Condition, ...]) -> list[str]:
    """The variables of which the conditions speak, also through definitions."""
    sides = (s for need in needs if need.statement for s in (need.statement.left, need.statement.right))
    names = {part.name for side in sides for part in subterms(side) if isinstance(part, Ref)}
    for _, definition in reversed(context.definitions):
        if defined_name(definition.left) in names:
            names |= {part.name for part in subterms(definition.right) if isinstance(part, Ref)}
    return [variable.name for variable in context.variables if variable.name in names]
