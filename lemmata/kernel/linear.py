"""Inverses and determinants of symbolic dimension in the normal form.

    inv(c·M) = c^-1·inv(M)     inv(I) = I     inv(inv(M)) = M     inv(A·B) = inv(B)·inv(A)     A·inv(A) = I
    det(c·M) = c^n·det(M)      det(I) = 1     det(inv(M)) = det(M)^-1      det(A·B) = det(A)·det(B)
    det(0) = 0                 det(Mᵀ) = det(M)               of diagonal matrices: see `diagonal`

for square A and B; c does not depend on the row and the column. Each holds where both sides are defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from lemmata.kernel import diagonal
from lemmata.kernel.poly import Monomial, Poly
from lemmata.kernel.substitute import Substitution, free_indices, freshened, relabelled
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Count,
    Delta,
    Determinant,
    Dim,
    Index,
    Inverse,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A square matrix by its entries at (row, column), which is a product of powers."""

    row: str
    column: str
    dim: Dim
    body: Term

    def entry(self, row: Index, column: Index, normalizer: Normalizer) -> Term:
        put = {self.row: row, self.column: column}
        return Substitution(normalizer.fresh, indices=put).apply(self.body)


@dataclass
class Reduced:
    """A square matrix in normal form: the scalar factor of one that is a product, and what remains; both the
    transpose and the determinants of what remains are worked out when they are asked for."""

    content: Poly
    matrix: _Matrix
    _transposed: _Matrix | None = None
    _determinants: tuple[Term, Term] | None = None

    def transposed(self, normalizer: Normalizer) -> _Matrix:
        """The transpose of what remains."""
        if self._transposed is None:
            self._transposed = _transposed(normalizer, self.matrix)
        return self._transposed

    def determinants(self, normalizer: Normalizer) -> tuple[Term, Term]:
        """The determinants of what remains and of its transpose, as canonical terms."""
        if self._determinants is None:
            both = (self.matrix, self.transposed(normalizer))
            here, turned = (normalizer.canonical(_determinant_term(each)) for each in both)
            self._determinants = here, turned
        return self._determinants


def inverse(normalizer: Normalizer, term: Inverse) -> Poly:
    """The normal form of an entry of an inverse."""
    reduced = _reduced(normalizer, term)
    outside = normalizer.power(reduced.content, normalizer.poly(MINUS_ONE))
    return normalizer.product([outside, _inverse(normalizer, reduced, *term.at)])


def determinant(normalizer: Normalizer, term: Determinant) -> Poly:
    """The normal form of a determinant."""
    reduced = _reduced(normalizer, term)
    outside = normalizer.power(reduced.content, normalizer.poly(size(term.dim)))
    return normalizer.product([outside, _determinant(normalizer, reduced)])


def size(dim: Dim) -> Term:
    """A dimension as a number."""
    return Count(Index(dim) if isinstance(dim, str) else Index("", dim))


def _reduced(normalizer: Normalizer, term: Inverse | Determinant) -> Reduced:
    """The matrix of an inverse or a determinant in normal form, worked out once for all entries of it."""
    place = relabelled(Determinant(term.row, term.column, term.dim, term.body))
    if place not in normalizer.matrices:
        found = _split_content(normalizer, _renamed(normalizer, term))
        normalizer.matrices[place] = Reduced(*found)
    return normalizer.matrices[place]


def _renamed(normalizer: Normalizer, term: Inverse | Determinant) -> _Matrix:
    bound = ((term.row, term.dim), (term.column, term.dim))
    ((row, _), (column, _)), body = normalizer.renamed(bound, term.body)
    return _Matrix(row, column, term.dim, normalizer.normal(body))


def _split_content(normalizer: Normalizer, matrix: _Matrix) -> tuple[Poly, _Matrix]:
    """The scalar factor of a matrix which is one product, and what remains of it."""
    poly = normalizer.poly(matrix.body)
    bound = {matrix.row, matrix.column}
    ((monomial, value), *others) = poly.items() or (((), Fraction(0)),)
    if not monomial and not others:
        return normalizer.poly(ONE), matrix
    if others:
        content = _rational_content(normalizer, matrix, poly)
        body = normalizer.term(normalizer.scale(poly, 1 / content))
        return normalizer.poly(Num(content)), replace(matrix, body=body)
    inside = tuple(power for power in monomial if normalizer.touched(power) & bound)
    outside = tuple(power for power in monomial if power not in inside)
    return {outside: value}, replace(matrix, body=normalizer.term({inside: Fraction(1)}))


def _rational_content(normalizer: Normalizer, matrix: _Matrix, poly: Poly) -> Fraction:
    """The largest coefficient, with the sign of the first monomial, which is that of the transpose too."""

    def order(monomial: Monomial) -> tuple[int, int]:
        part = replace(matrix, body=normalizer.term({monomial: Fraction(1)}))
        both = (part, _transposed(normalizer, part))
        return min(_order(normalizer, normalizer.canonical(_determinant_term(each))) for each in both)

    first = poly[min(poly, key=order)]
    return max(map(abs, poly.values())) * (1 if first > 0 else -1)


def _inverse(normalizer: Normalizer, reduced: Reduced, first: Index, second: Index) -> Poly:
    matrix = reduced.matrix
    if _is_identity(matrix):
        return normalizer.poly(Delta(first, second))
    if _is_inverse(matrix):
        return normalizer.poly(_inside(normalizer, matrix, first, second))
    split = _factors(normalizer, matrix)
    if split is not None:
        left, right = split
        k = normalizer.fresh.name()
        parts = (_inverse_term(right, first, Index(k)), _inverse_term(left, Index(k), second))
        return normalizer.poly(Sum(k, matrix.dim, Mul(parts)))
    direct = _inverse_term(matrix, first, second)
    # Labels in an inverse depend on the place in it, which those of the matrix alone do not.
    here, turned = reduced.determinants(normalizer)
    if here == turned:
        return normalizer.atom(normalizer.canonical(replace(direct, symmetric=True)))
    if _orientation(normalizer, here) <= _orientation(normalizer, turned):
        return normalizer.atom(normalizer.canonical(direct))
    return normalizer.atom(normalizer.canonical(_inverse_term(reduced.transposed(normalizer), second, first)))


def _determinant(normalizer: Normalizer, reduced: Reduced) -> Poly:
    matrix = reduced.matrix
    if matrix.body == ZERO:
        return {}
    if _is_identity(matrix):
        return normalizer.poly(ONE)
    inner = matrix.body
    if _is_inverse(matrix) and isinstance(inner, Inverse):
        body = Determinant(inner.row, inner.column, inner.dim, inner.body)
        return normalizer.power(normalizer.poly(body), normalizer.poly(MINUS_ONE))
    parts = diagonal.taken_apart(normalizer, _determinant_term(matrix))
    if parts is not None:
        return parts
    split = _factors(normalizer, matrix)
    if split is not None:
        return normalizer.product(normalizer.poly(_determinant_term(part)) for part in split)
    return normalizer.atom(min(reduced.determinants(normalizer), key=partial(_orientation, normalizer)))


def _transposed(normalizer: Normalizer, matrix: _Matrix) -> _Matrix:
    """The transpose, its body in normal form: δ(i,j)·f(j), which is δ(i,j)·f(i), looks the same in both."""
    body = matrix.entry(Index(matrix.column), Index(matrix.row), normalizer)
    return replace(matrix, body=normalizer.normal(body))


def _is_identity(matrix: _Matrix) -> bool:
    match matrix.body:
        case Delta(Index(left, 0), Index(right, 0)):
            return {left, right} == {matrix.row, matrix.column}
    return False


def _is_inverse(matrix: _Matrix) -> bool:
    """Whether the matrix is the inverse of one other, or its transpose."""
    match matrix.body:
        case Inverse(_, _, _, body, (Index(first, 0), Index(second, 0))):
            bound = {matrix.row, matrix.column}
            return {first, second} == bound and not free_indices(body) & bound
    return False


def _inside(normalizer: Normalizer, matrix: _Matrix, first: Index, second: Index) -> Term:
    """The entry of M for the inverse of `inv(M)`, seen through the names of row and column."""
    inner = matrix.body
    if not isinstance(inner, Inverse):
        return inner
    at = (first, second) if inner.at[0].name == matrix.row else (second, first)
    entries = _Matrix(inner.row, inner.column, inner.dim, inner.body)
    return entries.entry(*at, normalizer)


def _inverse_term(matrix: _Matrix, first: Index, second: Index) -> Inverse:
    return Inverse(matrix.row, matrix.column, matrix.dim, matrix.body, (first, second))


def _determinant_term(matrix: _Matrix) -> Determinant:
    return Determinant(matrix.row, matrix.column, matrix.dim, matrix.body)


def _orientation(normalizer: Normalizer, term: Term) -> tuple[bool, tuple[int, int]]:
    """M before its transpose where M is declared, else by a fixed order, whatever the place in it."""
    match term:
        case Determinant(row, column, _, Ref(_, (Index(i), Index(j)))):
            return (i, j) != (row, column), (0, 0)
    return False, _order(normalizer, term)


def _order(normalizer: Normalizer, term: Term) -> tuple[int, int]:
    """First without the names of free indices, and the order that they give to sums, so that renaming them
    changes nothing."""
    closed = term
    for name in sorted(free_indices(term)):
        closed = Sum(name, "·", closed)
    return normalizer.order(normalizer.canonical(closed)), normalizer.order(term)


def _factors(normalizer: Normalizer, matrix: _Matrix) -> tuple[_Matrix, _Matrix] | None:
    """M = A·B for square A and B, where one bound index connects the row's side with the column's."""
    bound: list[tuple[str, Dim]] = []
    body = freshened(normalizer.fresh, matrix.body)
    while isinstance(body, Sum):
        bound.append((body.index, body.dim))
        body = body.body
    factors: list[Term] = list(body.factors) if isinstance(body, Mul) else [body]
    for bridge, dim in sorted(bound):
        if dim == matrix.dim:
            row_side = _reachable(normalizer, factors, matrix.row, bridge)
            column_side = [factor for factor in factors if factor not in row_side]
            split = _sides(normalizer, matrix, bridge, bound, row_side, column_side)
            if split is not None:
                return split
    return None


def _reachable(normalizer: Normalizer, factors: list[Term], start: str, bridge: str) -> list[Term]:
    """The factors connected with an index without crossing the bridge."""
    names, found = {start}, list[Term]()
    growing = True
    while growing:
        new = [f for f in factors if f not in found and normalizer.free(f) & names]
        found += new
        names |= {name for f in new for name in normalizer.free(f)} - {bridge}
        growing = bool(new)
    return found


def _sides(
    normalizer: Normalizer,
    matrix: _Matrix,
    bridge: str,
    bound: list[tuple[str, Dim]],
    row_side: list[Term],
    column_side: list[Term],
) -> tuple[_Matrix, _Matrix] | None:
    def uses(factors: list[Term], name: str) -> bool:
        return any(name in normalizer.free(factor) for factor in factors)

    if not uses(row_side, bridge) or uses(row_side, matrix.column) or not uses(column_side, matrix.column):
        return None
    if not uses(column_side, bridge) or uses(column_side, matrix.row):
        return None
    others = [(name, dim) for name, dim in bound if name != bridge]
    shared = [name for name, _ in others if uses(row_side, name) and uses(column_side, name)]
    if shared:
        return None
    left = _summed([pair for pair in others if uses(row_side, pair[0])], row_side)
    right = _summed([pair for pair in others if uses(column_side, pair[0])], column_side)
    return _Matrix(matrix.row, bridge, matrix.dim, left), _Matrix(bridge, matrix.column, matrix.dim, right)


def _summed(bound: list[tuple[str, Dim]], factors: list[Term]) -> Term:
    term: Term = Mul(tuple(factors))
    for name, dim in bound:
        term = Sum(name, dim, term)
    return term


def cancelled(normalizer: Normalizer, names: set[str], monomial: Monomial) -> tuple[str, Poly] | None:
    """Σ_k A[i,k]·inv(A)[k,j] = δ(i,j), for one such bound k."""
    for inverse_power in monomial:
        base, exponent = inverse_power
        if not isinstance(base, Inverse) or exponent != ONE or not isinstance(base.body, Ref):
            continue
        for matrix_power in monomial:
            rest = [power for power in monomial if power not in (inverse_power, matrix_power)]
            for k, delta in _contractions(base, matrix_power, names, normalizer.symmetric):
                if not any(k in normalizer.touched(power) for power in rest):
                    parts = [normalizer.poly(delta), *(normalizer.poly(Pow(*power)) for power in rest)]
                    return k, normalizer.product(parts)
    return None


def _contractions(
    inverse: Inverse, power: tuple[Term, Term], names: set[str], symmetric: frozenset[str]
) -> Iterator[tuple[str, Delta]]:
    """The indices over which M·inv(M) or inv(M)·M is summed, and the deltas that result."""
    body, (p, q), factor = inverse.body, inverse.at, power[0]
    if not isinstance(body, Ref) or not isinstance(factor, Ref) or power[1] != ONE:
        return
    if (
        factor.name != body.name
        or len(body.indices) != 2
        or {i.name for i in body.indices} != {inverse.row, inverse.column}
    ):
        return
    i, j = factor.indices
    if body.indices[0].name == inverse.column:
        p, q = q, p
    pairs = [(j, p, i, q), (i, q, p, j)]
    if body.name in symmetric:
        pairs += [(i, p, j, q), (j, q, p, i)]
    for inner, outer, left, right in pairs:
        if (
            inner == outer
            and inner.name in names
            and not inner.offset
            and inner.name not in (left.name, right.name)
        ):
            yield inner.name, Delta(left, right)
