"""The value of a term at a point, in floating point: written from the meaning of terms alone.

A derivative is the imaginary part of the value a tiny imaginary step away (Squire and Trapp, 1998).
"""

from __future__ import annotations

import cmath
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lemmata.kernel import terms as t

STEP = 1e-30
Values = Mapping[tuple[int, ...], complex]


class Undefined(Exception):
    """The term has no value at the point."""


@dataclass(frozen=True)
class Point:
    """Sizes of dimensions, values of indices, entries of variables, functions of one number."""

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    tensors: Mapping[str, Values]
    functions: Mapping[tuple[str, int], Callable[[complex], complex]] = field(default_factory=dict)

    def at(self, **indices: int) -> Point:
        return replace(self, indices={**self.indices, **indices})

    def index(self, index: t.Index) -> int:
        return (self.indices[index.name] if index.name else 0) + index.offset

    def entry(self, indices: tuple[t.Index, ...]) -> tuple[int, ...]:
        return tuple(map(self.index, indices))

    def range(self, dim: t.Dim) -> range:
        return range(1, (self.sizes[dim] if isinstance(dim, str) else dim) + 1)


KNOWN: dict[str, Callable[[complex], complex]] = {"exp": cmath.exp, "sin": cmath.sin, "cos": cmath.cos}


def value(term: t.Term, point: Point) -> complex:
    """The value of a term. Raises Undefined where it has none."""
    match term:
        case t.Num(number):
            return complex(number)
        case t.Count(index):
            return complex(
                point.sizes.get(index.name, 0) + index.offset
                if index.name in point.sizes
                else point.index(index)
            )
        case t.Ref(name, indices):
            return point.tensors[name][point.entry(indices)]
        case t.Delta(left, right):
            return complex(point.index(left) == point.index(right))
        case t.Add(parts):
            return sum((value(part, point) for part in parts), 0j)
        case t.Mul(parts):
            return product(value(part, point) for part in parts)
        case t.Pow(base, exponent):
            return power(value(base, point), value(exponent, point))
        case t.Sum(index, dim, body):
            return sum((value(body, point.at(**{index: k})) for k in point.range(dim)), 0j)
        case t.Maximum(index, dim, body):
            return max((value(body, point.at(**{index: k})) for k in point.range(dim)), key=real)
        case t.Apply(function, order, argument):
            return applied(function, order, value(argument, point), point)
        case t.Inverse(row, column, dim, body, at):
            i, j = point.entry(at)
            return inverted(matrix(row, column, dim, body, point), i - 1, j - 1)
        case t.Determinant(row, column, dim, body):
            return determinant(matrix(row, column, dim, body, point))
        case t.Derivative():
            return derivative(term, point)
    raise NotImplementedError(type(term).__name__)


def real(number: complex) -> float:
    """What maxima compare. Raises Undefined for what is no real number: a maximum has no derivative here."""
    if number.imag:
        raise Undefined
    return number.real


def product(factors: object) -> complex:
    result = 1 + 0j
    for factor in factors:  # type: ignore[attr-defined]
        result *= factor
    return result


def power(base: complex, exponent: complex) -> complex:
    if exponent.imag == 0 and exponent.real == round(exponent.real):
        if exponent.real < 0 and abs(base) < 1e-9:
            raise Undefined
        return complex(base ** int(exponent.real))
    if base.real < 1e-9:
        raise Undefined
    return complex(cmath.exp(exponent * cmath.log(base)))


def applied(function: str, order: int, argument: complex, point: Point) -> complex:
    if function == "log":
        if argument.real < 1e-9:
            raise Undefined
        return cmath.log(argument)
    if abs(argument) > 50:
        raise Undefined
    return KNOWN[function](argument) if function in KNOWN else point.functions[function, order](argument)


def matrix(row: str, column: str, dim: t.Dim, body: t.Term, point: Point) -> list[list[complex]]:
    places = point.range(dim)
    return [[value(body, point.at(**{row: i, column: j})) for j in places] for i in places]


def determinant(rows: list[list[complex]]) -> complex:
    """By the first row."""
    if not rows:
        return 1 + 0j
    return sum((-1) ** j * entry * determinant(minor(rows, 0, j)) for j, entry in enumerate(rows[0]))


def minor(rows: list[list[complex]], i: int, j: int) -> list[list[complex]]:
    return [[*row[:j], *row[j + 1 :]] for k, row in enumerate(rows) if k != i]


def inverted(rows: list[list[complex]], i: int, j: int) -> complex:
    """By Cramer's rule."""
    whole = determinant(rows)
    if abs(whole) < 1e-6:
        raise Undefined
    return (-1) ** (i + j) * determinant(minor(rows, j, i)) / whole


def derivative(term: t.Derivative, point: Point) -> complex:
    names = [name for name, _ in term.at.indices]
    places = itertools.product(*(point.range(dim) for _, dim in term.at.indices))
    entries = {
        place: value(term.at.body, point.at(**dict(zip(names, place, strict=True)))) for place in places
    }
    moved = entries | {point.entry(term.wrt): entries[point.entry(term.wrt)] + STEP * 1j}
    result = value(term.body, replace(point, tensors={**point.tensors, term.variable: moved}))
    return complex(result.imag / STEP)
