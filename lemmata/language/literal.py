"""Tensors whose entries are written out: vectors and matrices of exact numbers, and families of anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lemmata.language.errors import LanguageError, NotANumber, ShapeError
from lemmata.language.expr import Expr, mismatch, number
from lemmata.language.indexing import index_of, sort_of


@dataclass(frozen=True)
class Family:
    """Expressions of one shape, written out; `members[b]` is the one of number b, counted from 1."""

    members: tuple[Expr, ...]

    def __getitem__(self, key: object) -> Expr:
        count, place = len(self.members), index_of(key)
        written = f"{self}[{key}]"
        if place is None or (isinstance(key, Expr) and key.head == "index" and key.data[1] != count):
            raise LanguageError(f"{written}: {key} is no index over {count}, the number of members")
        if place[0]:
            return Expr("chosen", self.members, self.members[0].shape, (place, sort_of(key)))
        if not 1 <= place[1] <= count:
            raise LanguageError(f"{written}: members are counted from 1; there are {count}")
        return self.members[place[1] - 1]

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.members))}]"

    __repr__ = __str__


def family(members: Sequence[Expr]) -> Family:
    """Expressions of one shape as a family, whose members are named in brackets.

    Raises LanguageError where there are none, ShapeError where their shapes differ.

    >>> from lemmata.language.declare import index, vector
    >>> b = index("b", 2)
    >>> family([vector("u", 3), vector("v", 3)])[b]
    [u, v][b]
    """
    found = tuple(members)
    for member in found:
        if not isinstance(member, Expr):
            raise LanguageError(f"family({list(members)}): {member!r} is no expression")
    if not found:
        raise LanguageError("family([]): a family needs at least one member")
    for member in found[1:]:
        if member.shape != found[0].shape:
            raise mismatch("family", found[0], member, "the members of a family have one shape")
    return Family(found)


def array(entries: Sequence[Any]) -> Any:
    """A vector, a matrix or a family of matrices of exact numbers, nested as in NumPy.

    `[1, 2, 3]` is a column, `[[1, 2, 3]]` a row, `[[1, 2], [3, 4]]` a matrix, and three levels of brackets
    are a family of matrices. The entries are whole numbers and Fractions.

    Raises NotANumber for any other entry, ShapeError where there is none or where the rows differ in length.

    >>> from lemmata.language.build import ones
    >>> array([[1, 3, 2], [1, 2, 3]]) @ ones(3)
    [[1, 3, 2], [1, 2, 3]] 𝟏
    """
    depth = _depth(entries, entries)
    if depth == 0:
        raise ShapeError(f"array({entries!r}): there are no brackets; a list of entries is needed")
    if depth == 3:
        return family([_matrix(rows, entries) for rows in entries])
    return _matrix(entries if depth == 2 else [[entry] for entry in entries], entries)


def _depth(part: object, whole: object) -> int:
    """How many brackets are around the entries, by the first of them."""
    if not isinstance(part, list | tuple):
        return 0
    if not part:
        raise ShapeError(f"array({whole!r}): there is an empty list; every list needs at least one entry")
    depth = 1 + _depth(part[0], whole)
    if depth > 3:
        raise ShapeError(f"array({whole!r}): there are {depth} levels of brackets; at most 3 are known")
    return depth


def _matrix(rows: Sequence[Any], whole: object) -> Expr:
    found = tuple(tuple(_entry(entry, whole) for entry in _row(row, whole)) for row in rows)
    lengths = {len(row) for row in found}
    if len(lengths) > 1:
        counts = ", ".join(map(str, sorted(lengths)))
        raise ShapeError(f"array({whole!r}): the rows have {counts} entries; all need the same number")
    shape = (len(found), len(found[0]))
    return number(found[0][0]) if shape == (1, 1) else Expr("array", (), shape, found)


def _row(row: object, whole: object) -> Sequence[Any]:
    if not isinstance(row, list | tuple):
        raise ShapeError(f"array({whole!r}): {row!r} stands where a row is needed")
    if not row:
        raise ShapeError(f"array({whole!r}): there is an empty list; every list needs at least one entry")
    return row


def _entry(value: object, whole: object) -> Fraction:
    if isinstance(value, list | tuple):
        raise ShapeError(f"array({whole!r}): {value!r} stands where a number is needed")
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        hint = (
            f"write Fraction({str(value)!r})" if isinstance(value, float) else "write a number or a Fraction"
        )
        raise NotANumber(f"array({whole!r}): {value!r} is no exact number; {hint}")
    return Fraction(value)
