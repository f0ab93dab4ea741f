"""What runs over 1..d, where d is a number, written out: sums, determinants and inverses.

Σ_i f(i) = f(1) + ... + f(d)        det M = Σ_π sign(π)·M[1,π1]···M[d,πd]        (Leibniz)
inv(M)[p,q] = (-1)^(p+q)·det(M without row q and column p)/det M                  (Cramer)
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

from lemmata.kernel.substitute import Substitution, subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    Add,
    Apply,
    Derivative,
    Determinant,
    Expectation,
    Index,
    Inverse,
    Maximum,
    Mul,
    Num,
    Pow,
    Sum,
    Term,
)

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer

#: The largest dimension of a determinant, and of a sum, that is written out.
LARGEST_MATRIX, LARGEST_SUM = 4, 16


def is_numeric(term: Term) -> bool:
    """Whether something in a term runs over a numeric dimension larger than 1."""
    parts = (part for part in subterms(term) if isinstance(part, Sum | Determinant | Inverse))
    return any(isinstance(part.dim, int) for part in parts)


def unrolled(normalizer: Normalizer, term: Term) -> Term:
    """The term with what is numeric written out, from the outside in; derivatives are worked out."""
    normalizer.fresh.spend()
    match term:
        case Derivative():
            return unrolled(normalizer, normalizer.derivative(term))
        case Sum(index, int() as dim, body) if dim <= LARGEST_SUM:
            parts = (_at(normalizer, body, {index: place}) for place in range(1, dim + 1))
            return Add(tuple(unrolled(normalizer, part) for part in parts))
        case Determinant(_, _, int() as dim, _) if dim <= LARGEST_MATRIX:
            return unrolled(normalizer, _leibniz(normalizer, term, range(1, dim + 1), range(1, dim + 1)))
        case Inverse(_, _, int() as dim, _, (p, q)) if dim <= LARGEST_MATRIX and not p.name and not q.name:
            return unrolled(normalizer, _cramer(normalizer, term, p.offset, q.offset))
    return _inside(normalizer, term)


def _inside(normalizer: Normalizer, term: Term) -> Term:
    """The parts of a term written out; what is bound there has a symbolic dimension."""
    match term:
        case Add(parts) | Mul(parts):
            return type(term)(tuple(unrolled(normalizer, part) for part in parts))
        case Pow(base, exponent):
            return Pow(unrolled(normalizer, base), unrolled(normalizer, exponent))
        case Apply():
            return replace(term, argument=unrolled(normalizer, term.argument))
        case Sum() | Maximum() | Inverse() | Determinant() | Expectation():
            return replace(term, body=unrolled(normalizer, term.body))
    return term


def _at(normalizer: Normalizer, body: Term, places: dict[str, int]) -> Term:
    put = {name: Index("", place) for name, place in places.items()}
    return Substitution(normalizer.fresh, indices=put).apply(body)


def _leibniz(
    normalizer: Normalizer, matrix: Determinant | Inverse, rows: range | list[int], columns: range | list[int]
) -> Term:
    """The determinant of some rows and columns."""
    found: list[Term] = []
    for chosen in permutations(range(len(columns))):
        entries = [
            _at(normalizer, matrix.body, {matrix.row: row, matrix.column: columns[place]})
            for row, place in zip(rows, chosen, strict=True)
        ]
        found.append(Mul((_sign(chosen), *entries)))
    return Add(tuple(found)) if rows else ONE


def _sign(chosen: tuple[int, ...]) -> Term:
    odd = sum(a > b for k, a in enumerate(chosen) for b in chosen[k + 1 :]) % 2
    return MINUS_ONE if odd else ONE


def _cramer(normalizer: Normalizer, term: Inverse, p: int, q: int) -> Term:
    size = range(1, int(term.dim) + 1)
    minor = _leibniz(normalizer, term, [k for k in size if k != q], [k for k in size if k != p])
    whole = _leibniz(normalizer, term, size, size)
    return Mul((Num(Fraction((-1) ** (p + q))), minor, Pow(whole, MINUS_ONE)))
