"""The largest of some values, and what is said of matrices by it: eigenvalues and the operator norm."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb, arb_mat, fmpq_mat

from lemmata.refute.duals import Dual, powered, primal, slope_of
from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.linear import Rows, determinant, inverse
from lemmata.refute.rows import matmul, transposed
from lemmata.refute.values import ONE, ZERO, Value, exact, is_exact, power, sign


def largest(values: list[Value]) -> Value:
    """The largest value; of balls that overlap, a ball which contains it."""
    if any(isinstance(value, Dual) for value in values):
        raise CannotTell("the derivative of a maximum")
    found = values[0]
    for value in values[1:]:
        known = sign(value - found)
        if known is None:
            found = arb(found).max(arb(value))
        elif known > 0:
            found = value
    return found


def largest_eigenvalue(matrix: Rows) -> Value:
    """Of the symmetric part of a matrix: a rational number where it is one, else a ball."""
    size, level = len(matrix), _highest_level(matrix)
    if level is not None:
        return _moving_eigenvalue(matrix, level)
    half = exact(Fraction(1, 2))
    part = [[(matrix[i][j] + matrix[j][i]) * half for j in range(size)] for i in range(size)]
    if size == 1:
        return part[0][0]
    if size == 2:
        middle, spread = (part[0][0] + part[1][1]) * half, (part[0][0] - part[1][1]) * half
        return middle + power(spread * spread + part[0][1] * part[0][1], Fraction(1, 2))
    if not all(is_exact(entry) for row in part for entry in row):
        raise CannotTell("an eigenvalue of a matrix of balls")
    return _largest_root(part)


def _moving_eigenvalue(matrix: Rows, level: int) -> Value:
    """Of M + εH: λ + ε·tr(C·H)/tr(C) for the adjugate C of λI - M, by the characteristic polynomial. For a
    simple λ, C is a positive multiple of the projection on its eigenvectors; else C = 0."""
    still, slopes = _parted(matrix, level)
    value, places = largest_eigenvalue(still), range(len(matrix))
    half = exact(Fraction(1, 2))
    shifted = [
        [(value if i == j else ZERO) - (still[i][j] + still[j][i]) * half for j in places] for i in places
    ]
    cofactors = [[_cofactor(shifted, i, j) for j in places] for i in places]
    trace = sum((cofactors[i][i] for i in places), start=ZERO)
    if sign(primal(trace)) != 1:
        raise CannotTell("the derivative of an eigenvalue that may not be simple")
    slope = sum((cofactors[i][j] * slopes[i][j] for i in places for j in places), start=ZERO)
    return Dual(level, value, slope * powered(trace, Fraction(-1)))


def _cofactor(matrix: Rows, row: int, column: int) -> Value:
    minor = [[*line[:column], *line[column + 1 :]] for line in (*matrix[:row], *matrix[row + 1 :])]
    return determinant(minor) if (row + column) % 2 == 0 else -determinant(minor)


def _highest_level(matrix: Rows) -> int | None:
    """The level of the highest ε in a matrix, if there is one."""
    return max((x.level for row in matrix for x in row if isinstance(x, Dual)), default=None)


def _parted(matrix: Rows, level: int) -> tuple[Rows, Rows]:
    """X and H, for X + εH."""
    still = [[x.value if isinstance(x, Dual) and x.level == level else x for x in row] for row in matrix]
    return still, [[slope_of(x, level) for x in row] for row in matrix]


def _largest_root(part: Rows) -> Value:
    """The roots of the characteristic polynomial are real, since the matrix is symmetric."""
    polynomial = fmpq_mat(part).charpoly().numer()
    roots: list[Value] = []
    for factor, _ in polynomial.factor()[1]:
        if factor.degree() == 1:
            roots.append(exact(Fraction(-int(factor[0]), int(factor[1]))))
        else:
            found: Any = factor.complex_roots()
            roots += [root.real for root, _ in found]
    return largest(roots)


def operator_norm(matrix: Rows) -> Value:
    """√λ₁(AᵀA)."""
    columns = range(len(matrix[0]))
    product = [[sum((row[i] * row[j] for row in matrix), start=ZERO) for j in columns] for i in columns]
    return powered(largest_eigenvalue(product), Fraction(1, 2))


def rank(matrix: Rows) -> Value:
    """The rank of a matrix of rational numbers."""
    _needs_exact(matrix)
    return exact(fmpq_mat(matrix).rank())


def pseudo_inverse(matrix: Rows) -> Rows:
    """Of A = F·G, for F of the columns with a pivot and G of the rows that are not 0 after elimination, it is
    Gᵀ(G Gᵀ)⁻¹(FᵀF)⁻¹Fᵀ (MacDuffee)."""
    if any(isinstance(entry, Dual) for row in matrix for entry in row):
        return _moving_pseudo_inverse(matrix)
    _needs_exact(matrix)
    reduced, count = fmpq_mat(matrix).rref()
    rows, columns = len(matrix), len(matrix[0])
    if count == 0:
        return [[ZERO] * rows for _ in range(columns)]
    below = [[reduced[i, j] for j in range(columns)] for i in range(count)]
    pivots = [next(j for j in range(columns) if row[j] != 0) for row in below]
    first = fmpq_mat([[row[j] for j in pivots] for row in matrix])
    second = fmpq_mat(below)
    found = second.transpose() * (second * second.transpose()).inv()
    found = found * (first.transpose() * first).inv() * first.transpose()
    return [[found[i, j] for j in range(rows)] for i in range(columns)]


def _moving_pseudo_inverse(matrix: Rows) -> Rows:
    """Of full rank, which then does not change: Aᵀ(A Aᵀ)⁻¹; where there are more rows, that of Aᵀ, turned."""
    turned = transposed(matrix)
    if len(matrix) > len(turned):
        return transposed(_moving_pseudo_inverse(turned))
    try:
        return matmul(turned, inverse(matmul(matrix, turned)))
    except Undefined as error:
        raise CannotTell("the derivative of a pseudo-inverse where the rank may change") from error


def exponential(matrix: Rows) -> Rows:
    """The exponential of a matrix, in balls; of 0 exactly. Slopes are entries of one of blocks."""
    level = _highest_level(matrix)
    if level is not None:
        return _moving_exponential(matrix, level)
    _needs_exact(matrix)
    size = range(len(matrix))
    if all(entry == 0 for row in matrix for entry in row):
        return [[ONE if i == j else ZERO for j in size] for i in size]
    found = arb_mat([[arb(entry) for entry in row] for row in matrix]).exp()
    return [[found[i, j] for j in size] for i in size]


def _moving_exponential(matrix: Rows, level: int) -> Rows:
    """exp(X + εH) = exp(X) + εL, where L is above the diagonal of the exponential of (X H; 0 X)."""
    size = range(len(matrix))
    still, slopes = _parted(matrix, level)
    upper = [[*row, *slope] for row, slope in zip(still, slopes, strict=True)]
    found = exponential([*upper, *([*(ZERO for _ in size), *row] for row in still)])
    return [[Dual(level, found[i][j], found[i][len(matrix) + j]) for j in size] for i in size]


def _needs_exact(matrix: Rows) -> None:
    if not all(is_exact(entry) for row in matrix for entry in row):
        raise CannotTell("a function of a matrix of balls")


MATRIX_NORMS: dict[str, Callable[[Rows], Any]] = {
    "opnorm": operator_norm,
    "eigmax": largest_eigenvalue,
    "rank": rank,
    "pinv": pseudo_inverse,
    "expm": exponential,
    "det": determinant,
    "inv": inverse,
}
