"""The grammar: Python's own, of which a closed list of nodes is known. Nothing is evaluated."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from lemmata.language.errors import Unreadable
from lemmata.language.text.scan import Token, scan

#: How many operations may stand one inside of the other.
LARGEST_NESTING = 150

_NODES: tuple[type[ast.AST], ...] = (
    *(ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Call, ast.Attribute, ast.Subscript, ast.Tuple),
    *(ast.Name, ast.Constant, ast.And, ast.Load),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow, ast.UAdd, ast.USub),
    *(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE),
)


@dataclass(frozen=True)
class Source:
    """A text, and how the places in its parts are those in the whole."""

    text: str
    shift: int
    #: The places of characters by those of bytes in UTF-8.
    places: dict[int, int]

    def at(self, node: ast.expr) -> tuple[int, int]:
        """Where a node stands in the whole text."""
        return self._place(node.col_offset), self._place(node.end_col_offset or node.col_offset)

    def _place(self, byte: int) -> int:
        return self.places.get(byte, 0) + self.shift

    def of(self, node: ast.expr) -> str:
        """The text of a node."""
        first, last = self.at(node)
        return self.text[first - self.shift : last - self.shift]


@dataclass(frozen=True)
class Parsed:
    """A formula as a tree, with the text it came from."""

    node: ast.expr
    source: Source


def implications(text: str) -> list[Parsed]:
    """The formulas between the arrows of `a => b => c`: all but the last are assumed. Raises Unreadable."""
    tokens = scan(text)
    arrows = [token for token in tokens if token.text == "=>"]
    if any(_is_inside(tokens, arrow) for arrow in arrows):
        raise Unreadable("=> may not stand inside of brackets", arrows[0].at)
    starts = [0, *(arrow.at[1] for arrow in arrows)]
    ends = [*(arrow.start for arrow in arrows), len(text)]
    return [_parsed(text[start:end], start) for start, end in zip(starts, ends, strict=True)]


def _is_inside(tokens: tuple[Token, ...], arrow: Token) -> bool:
    before = [token.text for token in tokens if token.start < arrow.start]
    return sum(map(before.count, "([")) > sum(map(before.count, ")]"))


def _parsed(text: str, shift: int) -> Parsed:
    """One formula, in brackets so that it may be written on several lines and begin with a space."""
    if not text.strip():
        raise Unreadable("a side of => is empty", (shift, shift + len(text)))
    plain = "".join(" " if letter in "\t\r\n" else letter for letter in text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            node = ast.parse(f"({plain})", mode="eval").body
    except SyntaxError as error:
        first = max(0, min((error.offset or 1) - 2, len(text) - 1))
        raise Unreadable(f"this is no formula: {error.msg}", (shift + first, shift + first + 1)) from error
    except (RecursionError, MemoryError, ValueError) as error:
        raise Unreadable("the formula is nested too deeply", (shift, shift + len(text))) from error
    source = Source(text, shift, _places(text))
    _check(node, source)
    return Parsed(node, source)


def _places(text: str) -> dict[int, int]:
    """Where each character begins in UTF-8, behind the bracket that was put before it."""
    found, byte = {}, 1
    for place, letter in enumerate(text):
        found[byte] = place
        byte += len(letter.encode())
    return {**found, byte: len(text)}


def _check(node: ast.expr, source: Source) -> None:
    """Raises Unreadable for what is not in the grammar, and for what is nested too deeply."""
    level: list[ast.AST] = [node]
    for _ in range(LARGEST_NESTING):
        for part in level:
            if not isinstance(part, _NODES) or (isinstance(part, ast.Call) and part.keywords):
                at = source.at(part) if isinstance(part, ast.expr) else source.at(node)
                raise Unreadable("this is not in the grammar of formulas", at)
        level = [child for part in level for child in _children(part)]
        if not level:
            return
    raise Unreadable(f"operations are nested more than {LARGEST_NESTING} deep", source.at(node))


def _children(node: ast.AST) -> Iterator[ast.AST]:
    return (child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr_context))
