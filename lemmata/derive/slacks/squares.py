"""Sums of squares: a polynomial as Σ d_k·(Σ_j l_kj·m_j)², with rational numbers d_k >= 0.

The m_j are the square roots of the terms that are squares. A term which is a product m_i·m_j goes to that
place of a symmetric matrix; where there are several, in equal parts. The matrix is then decomposed as L·D·Lᵀ.
(A polynomial may be a sum of squares in other ways too, which is not looked for.)
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.terms import Add, Mul, Num, Pow, Term

#: How many square roots are looked at, and how often a constant is halved that is to remain.
LARGEST_BASIS, LARGEST_HALVING = 24, 12

Matrix = list[list[Fraction]]


def sum_of_squares(normalizer: Normalizer, poly: Poly, *, strictly: bool) -> Term | None:
    """The polynomial as a sum of squares, if it is found to be one; strictly, with a positive number more."""
    if not strictly:
        return _sum(squares(normalizer, poly))
    constant = poly.get((), Fraction(0))
    for halvings in range(LARGEST_HALVING if constant > 0 else 0):
        rest = {**poly, (): constant * (1 - Fraction(1, 2**halvings))}
        found = _sum(squares(normalizer, {m: v for m, v in rest.items() if v}))
        if found is not None:
            return Add((Num(constant / 2**halvings), found))
    return None


def squares(normalizer: Normalizer, poly: Poly) -> list[tuple[Fraction, Term]] | None:
    """Numbers d_k >= 0 and terms r_k with poly = Σ d_k·r_k²; None where none are found."""
    roots = _roots(normalizer, poly)
    gram = _gram(normalizer, poly, roots) if 0 < len(roots) <= LARGEST_BASIS else None
    found = None if gram is None else decomposed(gram)
    if found is None:
        return None
    rows = ((factor, _row(roots, row)) for factor, row in found if factor)
    return [(factor, Add(terms)) for factor, terms in rows if terms]


def _row(roots: list[Monomial], row: list[Fraction]) -> tuple[Term, ...]:
    return tuple(as_term(root, value) for root, value in zip(roots, row, strict=True) if value)


def _sum(found: list[tuple[Fraction, Term]] | None) -> Term | None:
    if found is None:
        return None
    return Add((Num(Fraction(0)), *(Mul((Num(d), Pow(root, Num(Fraction(2))))) for d, root in found)))


def _roots(normalizer: Normalizer, poly: Poly) -> list[Monomial]:
    """The square roots of the terms with positive coefficients that have one."""
    found = (root(normalizer, monomial) for monomial, value in poly.items() if value > 0)
    return [monomial for monomial in found if monomial is not None]


def root(normalizer: Normalizer, monomial: Monomial) -> Monomial | None:
    """The square root of a product, up to its sign, if it is one."""
    halves = []
    for base, exponent in monomial:
        if not isinstance(exponent, Num):
            return None
        half = exponent.value / 2
        if half.denominator > 1 and not normalizer.signs.of(base).nonnegative:
            return None
        halves.append((base, Num(half)))
    return tuple(halves)


def _gram(normalizer: Normalizer, poly: Poly, roots: list[Monomial]) -> Matrix | None:
    """The matrix G with poly = mᵀG m; None where a term is no product of two square roots."""
    size = len(roots)
    places: dict[Monomial, list[tuple[int, int]]] = {}
    for i in range(size):
        for j in range(i, size):
            for monomial in normalizer.times(roots[i], roots[j]):
                places.setdefault(monomial, []).append((i, j))
    gram = [[Fraction(0)] * size for _ in range(size)]
    for monomial, value in poly.items():
        cells = places.get(monomial)
        if not cells:
            return None
        # A square goes to the diagonal as a whole.
        chosen = [cell for cell in cells if cell[0] == cell[1]] or cells
        for i, j in chosen:
            share = value / len(chosen)
            gram[i][j] += share if i == j else share / 2
            gram[j][i] = gram[i][j]
    return gram


def decomposed(gram: Matrix) -> list[tuple[Fraction, list[Fraction]]] | None:
    """G = Σ d_k·l_k·l_kᵀ with d_k >= 0; None if G is not positive semidefinite."""
    size = len(gram)
    rest = [row[:] for row in gram]
    found: list[tuple[Fraction, list[Fraction]]] = []
    for _ in range(size):
        pivot = max(range(size), key=lambda k: rest[k][k])
        d = rest[pivot][pivot]
        if d <= 0:
            return found if all(not value for row in rest for value in row) else None
        column = [rest[i][pivot] / d for i in range(size)]
        found.append((d, column))
        for i in range(size):
            for j in range(size):
                rest[i][j] -= d * column[i] * column[j]
        if any(rest[k][k] < 0 for k in range(size)):
            return None
    return found if all(not value for row in rest for value in row) else None
