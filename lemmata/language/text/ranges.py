"""Scalars that are indices: natural numbers of which is given that they lie between 1 and a dimension."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lemmata.language.errors import Unreadable
from lemmata.language.text.declared import plain
from lemmata.language.text.tree import Parsed, implications

_DERIVATIVES = ("grad", "jac", "hess", "dir", "diff")


@dataclass
class _Ends:
    """What is given of one name: whether it is at least 1, and the dimension that it is at most."""

    least: bool = False
    most: str | int | None = None


@dataclass
class Ranges:
    """The names that are used as indices, each with its dimension, and which hypotheses say just that."""

    indices: dict[str, str | int] = field(default_factory=dict)
    #: The least values of natural numbers of which such a hypothesis is given.
    least: dict[str, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def ranges(texts: Iterable[str], given: list[str], natural: set[str]) -> Ranges:
    """Of the natural numbers, those which stand in brackets somewhere and are given to be indices."""
    subscripts = {name for text in (*texts, *given) for name in _subscripts(text)} & natural
    ends: dict[str, _Ends] = {}
    bounds: dict[str, set[int]] = {}
    for number, text in enumerate(given):
        for name, least, most in _bounds(text):
            if name in subscripts:
                found = ends.setdefault(name, _Ends())
                found.least |= least
                found.most = most if most is not None else found.most
                bounds.setdefault(name, set()).add(number)
    result = Ranges()
    for name, found in ends.items():
        if found.least and found.most is not None:
            result.indices[name] = found.most
            result.used |= bounds[name]
    for number, text in enumerate(given):
        for name, value in _least(text):
            if name in natural and name not in result.indices:
                result.least[name] = max(value, result.least.get(name, 0))
                result.used.add(number)
    return result


def differentiates(text: str) -> bool:
    """Whether a text speaks of derivatives."""
    nodes = (node for parsed in _parsed(text) for node in ast.walk(parsed.node))
    return any(isinstance(node, ast.Name) and node.id in _DERIVATIVES for node in nodes)


def _least(text: str) -> Iterator[tuple[str, int]]:
    """What a hypothesis says, if all it says is `k >= 1`, `1 <= k` or `k > 0`."""
    found = _parsed(text)
    node = found[0].node if len(found) == 1 else None
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return
    match node.left, node.ops[0], node.comparators[0]:
        case (ast.Name(name), ast.GtE(), ast.Constant(int() as value)) | (
            ast.Constant(int() as value),
            ast.LtE(),
            ast.Name(name),
        ):
            yield plain(name), value
        case (ast.Name(name), ast.Gt(), ast.Constant(int() as value)) | (
            ast.Constant(int() as value),
            ast.Lt(),
            ast.Name(name),
        ):
            yield plain(name), value + 1


def _parsed(text: str) -> list[Parsed]:
    """A text as trees; one that cannot be read has none, as whoever reads it will say."""
    try:
        return implications(text)
    except Unreadable:
        return []


def _subscripts(text: str) -> Iterator[str]:
    for parsed in _parsed(text):
        for node in ast.walk(parsed.node):
            if isinstance(node, ast.Subscript):
                yield from (plain(part.id) for part in ast.walk(node.slice) if isinstance(part, ast.Name))


def _bounds(text: str) -> Iterator[tuple[str, bool, str | int | None]]:
    """What a hypothesis says, if all it says is `1 <= i`, `i <= n` or `1 <= i <= n`."""
    found = _parsed(text)
    node = found[0].node if len(found) == 1 else None
    if not isinstance(node, ast.Compare) or not all(isinstance(op, ast.LtE | ast.GtE) for op in node.ops):
        return
    sides = [node.left, *node.comparators]
    if isinstance(node.ops[0], ast.GtE):
        sides.reverse()
    said = [_said(low, high) for low, high in pairwise(sides)]
    if all(part is not None for part in said) and len({type(op) for op in node.ops}) == 1:
        yield from (part for part in said if part is not None)


def _said(low: ast.expr, high: ast.expr) -> tuple[str, bool, str | int | None] | None:
    match low, high:
        case ast.Constant(1), ast.Name(name):
            return plain(name), True, None
        case ast.Name(name), ast.Name(dim):
            return plain(name), False, plain(dim)
        case ast.Name(name), ast.Constant(int() as number) if number >= 1:
            return plain(name), False, number
    return None
