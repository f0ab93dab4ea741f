"""Hypotheses that only give a name: V = T, where nothing else is said of V, is a definition."""

from __future__ import annotations

from dataclasses import replace

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.definitions import check_definitions
from lemmata.kernel.errors import IllFormed
from lemmata.kernel.substitute import is_total
from lemmata.kernel.terms import Index, Ref


def with_definitions(context: Context) -> Context:
    """The context in which the hypotheses that define a variable, by what is defined everywhere, are
    definitions: the same is assumed, and rules may use that nothing more is."""
    for label, statement in context.hypotheses:
        if not _names_something(statement):
            continue
        others = tuple(pair for pair in context.hypotheses if pair[0] != label)
        definitions = (*context.definitions, (label, statement))
        changed = replace(context, hypotheses=others, definitions=definitions)
        try:
            check_definitions(changed)
        except IllFormed:  # of a variable with properties, or by itself
            continue
        context = changed
    return context


def _names_something(statement: Statement) -> bool:
    places = tuple(Index(name) for name, _ in statement.binders)
    named = isinstance(statement.left, Ref) and statement.left.indices == places
    return named and statement.relation == "=" and is_total(statement.right)
