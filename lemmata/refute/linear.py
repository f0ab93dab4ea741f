"""Small matrices of values: determinant, inverse, linear systems, L·D·Lᵀ."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq_mat

from lemmata.refute.duals import powered, primal
from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.values import ONE, ZERO, Value, is_exact, sign

Rows = list[list[Value]]
Places = list[tuple[int, ...]]
#: The largest matrix whose determinant is expanded.
LARGEST_EXPANSION = 5


def identity(size: int) -> Rows:
    return [[ONE if row == column else ZERO for column in range(size)] for row in range(size)]


def rows_of(entries: Mapping[tuple[int, ...], Value]) -> Rows:
    """A matrix given by its entries, counted from 1; the first half of the indices is that of the rows."""
    rows, columns = places_of(entries)
    return [[entries[(*i, *j)] for j in columns] for i in rows]


def places_of(entries: Mapping[tuple[int, ...], Value]) -> tuple[Places, Places]:
    """The places of the rows and of the columns, in order."""
    half = len(next(iter(entries))) // 2
    return sorted({entry[:half] for entry in entries}), sorted({entry[half:] for entry in entries})


def determinant(matrix: Rows) -> Value:
    """By expansion along the first row: no division, so that slopes at singular matrices are right."""
    if not matrix:
        return ONE
    if len(matrix) > LARGEST_EXPANSION:
        return _determinant_of_numbers(matrix)
    total: Value = ZERO
    for column, entry in enumerate(matrix[0]):
        minor = [[*row[:column], *row[column + 1 :]] for row in matrix[1:]]
        term = entry * determinant(minor)
        total = total + (term if column % 2 == 0 else -term)
    return total


def _determinant_of_numbers(matrix: Rows) -> Value:
    if not all(is_exact(entry) for row in matrix for entry in row):
        raise CannotTell("the determinant of a large matrix of balls")
    return fmpq_mat(matrix).det()


def inverse(matrix: Rows) -> Rows:
    """By elimination. Raises Undefined for a matrix which is certainly singular."""
    size = len(matrix)
    rows = [[*row, *unit] for row, unit in zip(matrix, identity(size), strict=True)]
    for column in range(size):
        pivot = _pivot(rows, column)
        rows[column], rows[pivot] = rows[pivot], rows[column]
        scale = powered(rows[column][column], Fraction(-1))
        rows[column] = [entry * scale for entry in rows[column]]
        for other in range(size):
            if other != column:
                _subtract(rows[other], rows[column], rows[other][column])
    return [row[size:] for row in rows]


def _pivot(rows: Rows, column: int) -> int:
    signs = {row: sign(primal(rows[row][column])) for row in range(column, len(rows))}
    for row, found in signs.items():
        if found:
            return row
    if None in signs.values():
        raise CannotTell("whether a matrix is singular")
    raise Undefined("the inverse of a singular matrix")


def _subtract(row: list[Value], other: list[Value], factor: Value) -> None:
    row[:] = [entry - factor * above for entry, above in zip(row, other, strict=True)]


def solve(matrix: Rows, right: list[Value], size: int) -> list[Value] | None:
    """One solution x of an exact system M x = r with `size` unknowns (free ones are 0), or None."""
    rows = [[*row, entry] for row, entry in zip(matrix, right, strict=True)]
    pivots: list[int] = []
    for column in range(size):
        below = [row for row in range(len(pivots), len(rows)) if rows[row][column] != 0]
        if below:
            _eliminate(rows, len(pivots), below[0], column)
            pivots.append(column)
    if any(row[size] != 0 for row in rows[len(pivots) :]):
        return None
    solution = [ZERO] * size
    for row, column in enumerate(pivots):
        solution[column] = rows[row][size]
    return solution


def _eliminate(rows: Rows, target: int, source: int, column: int) -> None:
    rows[target], rows[source] = rows[source], rows[target]
    scale = ONE / rows[target][column]
    rows[target] = [entry * scale for entry in rows[target]]
    for other in range(len(rows)):
        if other != target:
            _subtract(rows[other], rows[target], rows[other][column])


def cholesky(matrix: Rows) -> tuple[Rows, list[Value]] | None:
    """L (unit lower triangular) and d >= 0 with M = L·diag(d)·Lᵀ, exactly; None if M is not such."""
    size = len(matrix)
    lower, d = identity(size), [ZERO] * size
    for column in range(size):
        d[column] = matrix[column][column] - _weighted(lower[column], lower[column], d, column)
        if d[column] < 0:
            return None
        for row in range(column + 1, size):
            rest = matrix[row][column] - _weighted(lower[row], lower[column], d, column)
            if d[column] == 0 and rest != 0:
                return None
            lower[row][column] = rest / d[column] if d[column] != 0 else ZERO
    return lower, d


def is_definite(matrix: Rows, *, strictly: bool) -> bool:
    """Whether xᵀM x >= 0 for all x, or > 0 for all x that are not 0, of an exact matrix."""
    size = range(len(matrix))
    found = cholesky([[matrix[i][j] + matrix[j][i] for j in size] for i in size])
    return found is not None and not (strictly and any(entry == 0 for entry in found[1]))


def rank(matrix: Rows) -> int:
    """The rank of an exact matrix, by elimination."""
    rows, found = [list(row) for row in matrix], 0
    for column in range(len(matrix[0]) if matrix else 0):
        below = [row for row in range(found, len(rows)) if rows[row][column] != 0]
        if below:
            _eliminate(rows, found, below[0], column)
            found += 1
    return found


def _weighted(left: list[Value], right: list[Value], d: list[Value], upto: int) -> Value:
    return sum((left[k] * d[k] * right[k] for k in range(upto)), ZERO)
