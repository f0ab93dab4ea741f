"""Determinants of diagonal matrices, which are the products of their entries, in the normal form.

    det(diag(f·g)) = det(diag f)·det(diag g)        det(diag(f^e)) = det(diag f)^e    e the same for all i
    det(diag(exp f)) = exp(Σ_i f(i))                log det(diag f) = Σ_i log f(i)    f(i) > 0 for all i
    det(diag(f)·M·diag(g)) = det(diag f)·det M·det(diag g)

Each holds where both sides are defined: a broken e needs f >= 0, which is a condition of the left side.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lemmata.kernel import powers
from lemmata.kernel.poly import UNITY, Poly
from lemmata.kernel.substitute import Substitution, freshened
from lemmata.kernel.terms import (
    ONE,
    Apply,
    Delta,
    Determinant,
    Dim,
    Index,
    Mul,
    Sum,
    Term,
)

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer


def diagonal_of(normalizer: Normalizer, matrix: Determinant) -> Poly | None:
    """The entries f(row) of a matrix δ(row, column)·f(row); None of one which is not manifestly diagonal."""
    poly = normalizer.poly(matrix.body)
    ends = {matrix.row, matrix.column}
    entries: Poly = {}
    for monomial, value in poly.items():
        rest = tuple(power for power in monomial if not _is_delta(power, ends))
        if len(rest) == len(monomial):
            return None
        entries[rest] = value
    put = Substitution(normalizer.fresh, indices={matrix.column: Index(matrix.row)})
    return normalizer.poly(put.apply(normalizer.term(entries))) if entries else None


def _is_delta(power: tuple[Term, Term], ends: set[str]) -> bool:
    """Whether this is δ(row, column)."""
    match power:
        case (Delta(Index(left, 0), Index(right, 0)), exponent):
            return {left, right} == ends and exponent == ONE
    return False


def taken_apart(normalizer: Normalizer, matrix: Determinant) -> Poly | None:
    """A determinant by the laws at the head of this file; None where none of them changes anything."""
    entries = diagonal_of(normalizer, matrix)
    return _scaled(normalizer, matrix) if entries is None else _product(normalizer, matrix, entries)


def _product(normalizer: Normalizer, matrix: Determinant, entries: Poly) -> Poly | None:
    """The determinant of a diagonal matrix."""
    row, dim = matrix.row, matrix.dim
    if not entries:
        return {}
    if len(entries) > 1:
        common = powers.common(normalizer, entries, True)
        if not common:
            return None
        shared: Poly = {common: UNITY}
        rest = powers.without(normalizer, entries, common)
        return normalizer.product(_of(normalizer, row, dim, part) for part in (shared, rest))
    ((monomial, value),) = entries.items()
    if len(monomial) != 1 or value != 1:
        parts: list[Poly] = [{(power,): UNITY} for power in monomial]
        parts.append({(): value})
        return normalizer.product(_of(normalizer, row, dim, part) for part in parts)
    return _of_power(normalizer, row, dim, *monomial[0])


def _of(normalizer: Normalizer, row: str, dim: Dim, entries: Poly) -> Poly:
    column = normalizer.fresh.name()
    body = Mul((Delta(Index(row), Index(column)), normalizer.term(entries)))
    return normalizer.poly(Determinant(row, column, dim, body))


def _of_power(normalizer: Normalizer, row: str, dim: Dim, base: Term, exponent: Term) -> Poly | None:
    """Π_i b(i)^e."""
    if row in normalizer.free(exponent):
        return None
    if isinstance(base, Apply) and base.function == "exp" and base.order == 0:
        return normalizer.poly(Apply("exp", 0, Sum(row, dim, Mul((exponent, base.argument)))))
    if exponent == ONE:
        return None
    return normalizer.power(_of(normalizer, row, dim, normalizer.poly(base)), normalizer.poly(exponent))


def _scaled(normalizer: Normalizer, matrix: Determinant) -> Poly | None:
    """det(f(i)·M[i,j]·g(j)) = det(diag f)·det M·det(diag g), of a product; None without f and g."""
    ((monomial, value), *others) = normalizer.poly(matrix.body).items()
    sides = [(matrix.row, matrix.column), (matrix.column, matrix.row)]
    touched = {power: normalizer.touched(power) for power in monomial}
    outside = [tuple(p for p in monomial if a in touched[p] and b not in touched[p]) for a, b in sides]
    rest = tuple(power for power in monomial if power not in (*outside[0], *outside[1]))
    if others or not rest or not any(outside):
        return None
    inner = replace(matrix, body=normalizer.term({rest: value}))
    diagonals = [
        _of(normalizer, name, matrix.dim, {side: UNITY})
        for side, (name, _) in zip(outside, sides, strict=True)
    ]
    return normalizer.product([normalizer.poly(inner), *diagonals])


def logarithm(normalizer: Normalizer, matrix: Determinant) -> Poly | None:
    """log det(diag f) = Σ_i log f(i), where every f(i) is known to be positive."""
    named = freshened(normalizer.fresh, matrix)
    if not isinstance(named, Determinant):
        return None
    entries = diagonal_of(normalizer, named)
    if entries is None or not normalizer.signs.of(normalizer.term(entries)).positive:
        return None
    return normalizer.poly(Sum(named.row, named.dim, Apply("log", 0, normalizer.term(entries))))
