"""The derivative of a pseudo-inverse P = pinv(M), where M has full rank (Golub and Pereyra 1973).

    ∂P = (I - P·M)·∂Mᵀ·PᵀP - P·∂M·P + P·Pᵀ·∂Mᵀ·(I - M·P)

M has full rank where det(M·Mᵀ) + det(Mᵀ·M) != 0, as none of the two is negative. That holds nearby too, where
P is Mᵀ·inv(M·Mᵀ), or inv(Mᵀ·M)·Mᵀ, and so has all derivatives.
"""

from __future__ import annotations

from collections.abc import Callable

from lemmata.kernel.substitute import Fresh, entry_of
from lemmata.kernel.terms import (
    MINUS_ONE,
    ZERO,
    Add,
    Call,
    Delta,
    Determinant,
    Dim,
    Index,
    Lambda,
    Mul,
    Pow,
    Sum,
    Term,
)

Entries = Callable[[Index, Index], Term]


def slope_of_pseudo_inverse(term: Call, change: Lambda, fresh: Fresh) -> Term:
    """The derivative of an entry of pinv(M), where the entries of M change by `change`; with it stands
    0/(det(M·Mᵀ) + det(Mᵀ·M)), for its condition."""
    (matrix,), (p, q) = term.arguments, term.output
    (_, rows), (_, columns) = matrix.indices
    i, j = Index(fresh.name()), Index(fresh.name())

    def entry(row: Index, column: Index) -> Term:
        return entry_of(matrix, (row, column), fresh)

    def inverse(row: Index, column: Index) -> Term:
        return Call("pinv", (row, column), (matrix,))

    def times(first: Entries, dim: Dim, second: Entries) -> Entries:
        return lambda row, column: _product(first, dim, second, row, column, fresh)

    onto_rows, onto_columns = times(inverse, rows, entry), times(entry, columns, inverse)
    factors = (
        Mul((_rest(onto_rows, p, j), times(_turned(inverse), columns, inverse)(i, q))),
        Mul((MINUS_ONE, inverse(p, i), inverse(j, q))),
        Mul((times(inverse, rows, _turned(inverse))(p, j), _rest(onto_columns, i, q))),
    )
    moved = Mul((Add(factors), entry_of(change, (i, j), fresh)))
    grams = times(entry, columns, _turned(entry)), times(_turned(entry), rows, entry)
    sizes = Add(
        tuple(_determinant(gram, dim, fresh) for gram, dim in zip(grams, (rows, columns), strict=True))
    )
    return Add((Sum(i.name, rows, Sum(j.name, columns, moved)), Mul((ZERO, Pow(sizes, MINUS_ONE)))))


def _product(first: Entries, dim: Dim, second: Entries, row: Index, column: Index, fresh: Fresh) -> Term:
    k = Index(fresh.name())
    return Sum(k.name, dim, Mul((first(row, k), second(k, column))))


def _turned(matrix: Entries) -> Entries:
    return lambda row, column: matrix(column, row)


def _rest(projection: Entries, row: Index, column: Index) -> Term:
    """An entry of I - Π."""
    return Add((Delta(row, column), Mul((MINUS_ONE, projection(row, column)))))


def _determinant(matrix: Entries, dim: Dim, fresh: Fresh) -> Term:
    row, column = Index(fresh.name()), Index(fresh.name())
    return Determinant(row.name, column.name, dim, matrix(row, column))
