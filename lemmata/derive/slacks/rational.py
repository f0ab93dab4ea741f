"""Linear equations in rational numbers."""

from __future__ import annotations

from fractions import Fraction

Rows = list[list[Fraction]]


def echelon(rows: Rows) -> tuple[Rows, list[int]]:
    """The reduced echelon form, and the columns of its pivots."""
    rest, pivots = [row[:] for row in rows], list[int]()
    for column in range(len(rows[0]) if rows else 0):
        place = next((k for k in range(len(pivots), len(rest)) if rest[k][column]), None)
        if place is None:
            continue
        top = len(pivots)
        rest[top], rest[place] = rest[place], rest[top]
        head = rest[top][column]
        rest[top] = [value / head for value in rest[top]]
        for k, row in enumerate(rest):
            if k != top and row[column]:
                factor = row[column]
                rest[k] = [a - factor * b if b else a for a, b in zip(row, rest[top], strict=True)]
        pivots.append(column)
    return rest, pivots


def nullspace(rows: Rows, size: int) -> Rows:
    """A basis of the vectors x with A·x = 0."""
    rest, pivots = echelon(rows)
    found = []
    for free in (column for column in range(size) if column not in pivots):
        vector = [Fraction(int(k == free)) for k in range(size)]
        for row, pivot in zip(rest, pivots, strict=False):
            vector[pivot] = -row[free]
        found.append(vector)
    return found


def solved(rows: Rows, right: list[Fraction]) -> list[Fraction] | None:
    """One x with A·x = b; None where there is none."""
    size = len(rows[0])
    rest, pivots = echelon([[*row, value] for row, value in zip(rows, right, strict=True)])
    if size in pivots:
        return None
    found = [Fraction(0)] * size
    for row, pivot in zip(rest, pivots, strict=False):
        found[pivot] = row[size]
    return found
