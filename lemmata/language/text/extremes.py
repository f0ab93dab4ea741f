"""Hypotheses on largest and smallest values as hypotheses on all: max e < c says e < c at each index."""

from __future__ import annotations

from lemmata.language.depend import free_indices
from lemmata.language.expr import Expr, Statement, subexpressions

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def plainer(statement: Statement) -> Statement:
    """The statement without a largest value on its smaller side, or a smallest one on its larger side."""
    if statement.relation not in _TURNED or statement.over is not None:
        return statement
    if statement.relation in (">", ">="):
        statement = Statement(statement.right, _TURNED[statement.relation], statement.left)
    left, right = statement.left, statement.right
    if left.head == "index_max" and _is_apart(left, right):
        return plainer(Statement(left.args[0], statement.relation, right))
    if right.head == "neg" and right.args[0].head == "index_max" and _is_apart(right.args[0], left):
        inner = right.args[0].args[0]
        return plainer(Statement(left, statement.relation, inner.args[0] if inner.head == "neg" else -inner))
    return statement


def _is_apart(extreme: Expr, other: Expr) -> bool:
    """Whether the index of the extreme is not used on the other side."""
    name = extreme.data[0]
    return all(name != found for found, _ in free_indices(other)) and not any(
        part.head in ("index_sum", "index_max") and part.data[0] == name
        for part in subexpressions(extreme.args[0])
    )
