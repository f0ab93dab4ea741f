"""Sums of squares with several Gram matrices: p = Σ_k g_k·v_kᵀ·Q_k·v_k, where 0 <= g_k and the Q_k are
positive semidefinite.

The v_k are products of letters, or combinations of them which vanish where p does: there the squares must.
Matrices are looked for with floats, rounded, and moved to where the equation holds; the kernel checks it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from lemmata.derive.slacks.letters import Exponents, Letters, summed, times
from lemmata.derive.slacks.rational import nullspace, solved
from lemmata.derive.slacks.squares import decomposed

Floats = npt.NDArray[np.float64]

#: How many products are looked at, how often floats are moved, how they are rounded, and where zeros are
#: looked for.
LARGEST_SIZE, ROUNDS, DENOMINATOR, SMALL_DENOMINATOR = 36, 400, 2**12, 12
PLACES = tuple(map(Fraction, (0, 1, -1, 2)))


@dataclass(frozen=True)
class Block:
    """Squares of combinations of some polynomials, times a product of letters."""

    factor: Exponents
    basis: tuple[Letters, ...]


def certificate(p: Letters, nonnegative: frozenset[int]) -> list[tuple[Exponents, Fraction, Letters]] | None:
    """Factors g, numbers d > 0 and polynomials q with p = Σ g·d·q²; None where none are found."""
    size = len(next(iter(p)))
    zeros = [z for z in product(*(_places(k in nonnegative) for k in range(size))) if not _value(p, z)]
    blocks = [_reduced(block, zeros) for block in _pruned(p, _blocks(p, size, nonnegative))]
    blocks = [block for block in blocks if block.basis]
    if not blocks or sum(len(block.basis) for block in blocks) > LARGEST_SIZE:
        return None
    return _Search(p, blocks).found()


def _places(nonnegative: bool) -> tuple[Fraction, ...]:
    return tuple(place for place in PLACES if place >= 0 or not nonnegative)


def _value(p: Letters, at: tuple[Fraction, ...]) -> Fraction:
    total = Fraction(0)
    for exponents, value in p.items():
        for letter, exponent in zip(at, exponents, strict=True):
            value *= letter**exponent
        total += value
    return total


def _blocks(p: Letters, size: int, nonnegative: frozenset[int]) -> list[tuple[Exponents, list[Exponents]]]:
    """For each factor the products whose squares, times it, are no larger than the terms of p."""
    degrees = [sum(exponents) for exponents in p]
    most = [max(column) for column in zip(*p, strict=True)]
    found = []
    for count in range(3):
        for letters in combinations(sorted(nonnegative), count):
            factor = tuple(int(k in letters) for k in range(size))
            ranges = [range((top - f) // 2 + 1) for top, f in zip(most, factor, strict=True)]
            fitting = [
                exponents
                for exponents in product(*ranges)
                if min(degrees) <= 2 * sum(exponents) + count <= max(degrees)
            ]
            if fitting:
                found.append((factor, fitting))
    return found


def _pruned(p: Letters, blocks: list[tuple[Exponents, list[Exponents]]]) -> list[Block]:
    """Without the products whose squares are no term of p, and are cancelled by nothing."""
    changing = True
    while changing:
        crossed = {
            summed(factor, a, b) for factor, basis in blocks for a, b in combinations(basis, 2) if a != b
        }
        kept = [
            (f, [a for a in basis if summed(f, a, a) in p or summed(f, a, a) in crossed])
            for f, basis in blocks
        ]
        changing, blocks = kept != blocks, kept
    return [Block(f, tuple({a: Fraction(1)} for a in basis)) for f, basis in blocks]


def _reduced(block: Block, zeros: Iterable[tuple[Fraction, ...]]) -> Block:
    """The combinations which vanish where the polynomial does and the factor does not."""
    rows = [
        [_value(q, zero) for q in block.basis] for zero in zeros if _value({block.factor: Fraction(1)}, zero)
    ]
    if not rows or not block.basis:
        return block
    basis = []
    for vector in nullspace(rows, len(block.basis)):
        q: Letters = {}
        for value, part in zip(vector, block.basis, strict=True):
            for place, known in part.items():
                q[place] = q.get(place, Fraction(0)) + value * known
        basis.append({place: value for place, value in q.items() if value})
    return Block(block.factor, tuple(basis))


class _Search:
    """The matrices Q_k, as one vector of the entries on and above their diagonals."""

    def __init__(self, p: Letters, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.cells = [
            (k, i, j)
            for k, block in enumerate(blocks)
            for i in range(len(block.basis))
            for j in range(i, len(block.basis))
        ]
        columns = [self._column(*cell) for cell in self.cells]
        places = sorted({*p, *(place for column in columns for place in column)})
        self.rows = [[column.get(place, Fraction(0)) for column in columns] for place in places]
        self.right = [p.get(place, Fraction(0)) for place in places]

    def _column(self, k: int, i: int, j: int) -> Letters:
        """What an entry contributes to p."""
        block = self.blocks[k]
        factor: Letters = {block.factor: Fraction(1 if i == j else 2)}
        return times(factor, times(block.basis[i], block.basis[j]))

    def found(self) -> list[tuple[Exponents, Fraction, Letters]] | None:
        matrix = np.array([[float(value) for value in row] for row in self.rows])
        right = np.array([float(value) for value in self.right])
        inverse = np.linalg.pinv(matrix)
        entries = inverse @ right
        if np.abs(matrix @ entries - right).max() > 1e-8:
            return None
        for least in (0.05, 0.005, 0.0):
            near = self._moved(matrix, right, inverse, entries, least)
            largest = DENOMINATOR if least else SMALL_DENOMINATOR
            exact = self._exact([Fraction(x).limit_denominator(largest) for x in near])
            squares = None if exact is None else self._squares(exact)
            if squares is not None:
                return squares
        return None

    def _moved(self, matrix: Floats, right: Floats, inverse: Floats, entries: Floats, least: float) -> Floats:
        """Between the matrices with eigenvalues that are large enough, and those that give p."""
        for _ in range(ROUNDS):
            lifted, enough = self._lifted(entries, least)
            if enough:
                break
            entries = lifted - inverse @ (matrix @ lifted - right)
        return entries

    def _lifted(self, entries: Floats, least: float) -> tuple[Floats, bool]:
        found, enough = entries.copy(), True
        for k, block in enumerate(self.blocks):
            size = len(block.basis)
            q = np.zeros((size, size))
            mine = [n for n, cell in enumerate(self.cells) if cell[0] == k]
            for n in mine:
                _, i, j = self.cells[n]
                q[i, j] = q[j, i] = entries[n]
            values, vectors = np.linalg.eigh(q)
            if values[0] < least / 2:
                enough = False
                q = (vectors * np.maximum(values, least)) @ vectors.T
                for n in mine:
                    found[n] = q[self.cells[n][1], self.cells[n][2]]
        return found, enough

    def _exact(self, entries: list[Fraction]) -> list[Fraction] | None:
        """The nearest entries which give p: x + Aᵀy, where A·Aᵀ·y = p - A·x."""
        rest = [
            value - sum((a * x for a, x in zip(row, entries, strict=True) if a), Fraction(0))
            for row, value in zip(self.rows, self.right, strict=True)
        ]
        gram = [
            [sum((a * b for a, b in zip(r, s, strict=True) if a and b), Fraction(0)) for s in self.rows]
            for r in self.rows
        ]
        y = solved(gram, rest)
        if y is None:
            return None
        moved = list(entries)
        for row, value in zip(self.rows, y, strict=True):
            for n, a in enumerate(row):
                if a and value:
                    moved[n] += a * value
        return moved

    def _squares(self, entries: list[Fraction]) -> list[tuple[Exponents, Fraction, Letters]] | None:
        found = []
        for k, block in enumerate(self.blocks):
            size = len(block.basis)
            q = [[Fraction(0)] * size for _ in range(size)]
            for (number, i, j), value in zip(self.cells, entries, strict=True):
                if number == k:
                    q[i][j] = q[j][i] = value
            parts = decomposed(q)
            if parts is None:
                return None
            for d, row in parts:
                root: Letters = {}
                for value, part in zip(row, block.basis, strict=True):
                    for place, known in part.items():
                        root[place] = root.get(place, Fraction(0)) + value * known
                found.append((block.factor, d, {place: value for place, value in root.items() if value}))
        return found
