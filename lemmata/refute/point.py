"""A point of a theorem as floating-point numbers, for functions which compute with those."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lemmata.language.declare import Function
from lemmata.language.errors import LanguageError
from lemmata.language.expr import Expr
from lemmata.refute.errors import NotAnInstance
from lemmata.refute.linear import Rows
from lemmata.refute.matrices import Here, Matrices
from lemmata.refute.values import Value, exact, fraction, is_exact

#: A law is shown as a sample of at most this size, in which each outcome is as frequent as it is likely.
_LARGEST_SAMPLE = 4096


class Point:
    """What the variables of a theorem are at one instance; `at(expr)` is the value of an expression there."""

    def __init__(self, matrices: Matrices, here: Here) -> None:
        self._matrices = matrices
        self._here = here

    def __call__(self, expr: Expr) -> Any:
        """A float for a scalar, (n,) for a vector, (n, m) for a matrix, an int for a size or a place."""
        if expr.head == "index":
            return self._here.places[expr.data[0]]
        rows = self._matrices.value(expr, self._here)
        if expr.head in ("size", "time"):
            return int(fraction(rows[0][0]))
        return self._floats(rows, expr)

    def _floats(self, rows: Rows, expr: Expr) -> Any:
        found = np.array([[number(value) for value in row] for row in rows])
        if expr.shape[1] == 1:
            return float(found[0, 0]) if expr.shape[0] == 1 else found[:, 0]
        return found

    def members(self, family: Expr) -> NDArray[np.float64]:
        """All members of a family over an index set, (size of the set,) in front of their own shape."""
        over = family.data.over if family.head == "variable" else None
        if over is None or over == "time":
            raise LanguageError(f"members({family}): needs a family over an index set, not yet indexed")
        places = range(1, self._matrices.instance.size(over) + 1)
        found = (self._matrices.known(family.data, place, self._here) for place in places)
        return np.array([self._floats(rows, family) for rows in found])

    def samples(self, expr: Expr) -> NDArray[np.float64]:
        """The value in each of finitely many equally likely outcomes, (S,) in front of its own shape."""
        outcomes = self._matrices.instance.outcomes
        chances = [_chance(outcome.probability) for outcome in outcomes]
        size = lcm(*(chance.denominator for chance in chances))
        if size > _LARGEST_SAMPLE:
            raise NotAnInstance(f"the law is a sample of {size}; at most {_LARGEST_SAMPLE} are taken")
        values = [
            Point(self._matrices, replace(self._here, outcome=place))(expr) for place in range(len(outcomes))
        ]
        return np.repeat(np.array(values), [int(chance * size) for chance in chances], axis=0)

    def function(self, function: Function, order: int = 0) -> Callable[[Any], Any]:
        """An unknown element-wise function, or its derivative of this order, as one of arrays."""
        concrete = self._matrices.instance.functions[function.name]
        slots = [(0, ())] * order

        def value(entry: float) -> float:
            return number(concrete.slope((), [{(): exact(Fraction(entry))}], slots))

        return np.vectorize(value, otypes=[np.float64])


def number(value: Value) -> float:
    """The float next to a value."""
    return float(fraction(value)) if is_exact(value) else float(value.mid())


def _chance(probability: Value) -> Fraction:
    if not is_exact(probability):
        raise NotAnInstance("an outcome whose probability is not rational")
    return fraction(probability)
