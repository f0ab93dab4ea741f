"""Lowering: from matrices to entries, the one way into the kernel's language.

`lower(A @ x, i, None)` is the term Σ_k A[i,k]·x[k]. New names are `i%1`, `i%2`, ..., which no name of an
author can be. What this file gets wrong, the kernel cannot notice; so every lowered statement is also
evaluated at points as matrices, without this file (see `lemmata.refute.direct`).
"""

from __future__ import annotations

from lemmata.kernel import terms as t
from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.environment import instance
from lemmata.kernel.terms import Index, Lambda, Natural, Term
from lemmata.language.around import ALONE, Meaning, Place, entry
from lemmata.language.around import Around as Around
from lemmata.language.calculus import CALCULUS
from lemmata.language.depend import free_places
from lemmata.language.entries import MATRICES, squares
from lemmata.language.errors import NotLowered
from lemmata.language.expr import SCALAR, Expr, Statement
from lemmata.language.names import Plain, tidied
from lemmata.language.products import axes, factors

_MEANINGS: dict[str, Meaning] = {**MATRICES, **CALCULUS}


class Lowering:
    """Lowers expressions; its names are new for each lowering and always the same."""

    def __init__(self) -> None:
        self.count = 0

    def new(self, letter: str = "i") -> str:
        self.count += 1
        return f"{letter}%{self.count}"

    def lower(self, expr: Expr, row: Place, column: Place, around: Around = ALONE) -> Term:
        """The entry (row, column) of an expression; a place is None where there is but one row or column."""
        meaning = _MEANINGS.get(expr.head)
        if meaning is None:
            raise NotLowered(f"{expr} has no meaning in the kernel")
        return meaning(self, expr, row, column, around)

    def scalar(self, expr: Expr, around: Around) -> Term:
        return self.lower(expr, None, None, around)

    def binders(self, expr: Expr, letter: str = "i") -> tuple[Place, Place]:
        """New indices for the rows and the columns."""
        row, column = (self.place(dim, letter) for dim in expr.shape)
        return row, column

    def place(self, dim: str | int, letter: str = "i") -> Place:
        """A new place in a dimension: an index, or one for each factor."""
        found = tuple(Index(self.new(letter)) for _ in factors(dim))
        return found[0] if len(found) == 1 else found or None

    def tensor(self, expr: Expr, around: Around) -> Lambda:
        """The expression as a tensor given by its entries."""
        row, column = self.binders(expr)
        indices = zip(entry(row, column), axes(expr.shape), strict=True)
        names = tuple((index.name, dim) for index, dim in indices)
        return Lambda(names, self.lower(expr, row, column, around))


_RELATIONS = {"==": "=", "!=": "!=", "<=": "<=", "<": "<", ">=": "<=", ">": "<", "->": "->"}


ROW, COLUMN = Index("i%"), Index("j%")


def lower_statement(statement: Statement) -> KernelStatement:
    """A statement entry by entry, for all indices; `u != 0` says that some entry is not 0."""
    lowered = _entry_by_entry(statement)
    return lowered if statement.over is None else _bound(lowered, *statement.over)


def _entry_by_entry(statement: Statement) -> KernelStatement:
    low = Lowering()
    free = tuple(sorted(free_places(statement)))
    if statement.relation == "!=" and statement.left.shape != SCALAR:
        gap = statement.left if statement.right.head == "zeros" else statement.left - statement.right
        return KernelStatement(free, "!=", tidied(squares(low, gap, ALONE)), t.ZERO)
    row, column = (_place(*pair) for pair in zip((ROW, COLUMN), statement.left.shape, strict=True))
    places = zip(entry(row, column), axes(statement.left.shape), strict=True)
    binders = (*free, *((index.name, dim) for index, dim in places))
    left, right = (tidied(low.lower(side, row, column)) for side in (statement.left, statement.right))
    if statement.relation in (">=", ">"):
        left, right = right, left
    return KernelStatement(binders, _RELATIONS[statement.relation], left, right)


def _place(index: Index, dim: str | int) -> Place:
    """The place of an entry in a dimension: the index, or `i%`, `i%'`, ... for the factors of a product."""
    found = tuple(Index(index.name + "'" * count) for count, _ in enumerate(factors(dim)))
    return found[0] if len(found) == 1 else found or None


def _bound(statement: KernelStatement, time: str, start: int) -> KernelStatement:
    """A statement over a time, which is bound in it, so that it needs a name of its own."""
    name = f"{time}%"
    there = instance(statement, [(time, Index(name))], Plain())
    left, right = (tidied(side) for side in (there.left, there.right))
    return KernelStatement((*there.binders, (name, Natural(start))), there.relation, left, right)


def lower(expr: Expr, row: Place = None, column: Place = None) -> Term:
    """The entry (row, column) of an expression."""
    return tidied(Lowering().lower(expr, row, column))
