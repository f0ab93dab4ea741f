"""Matrices as lists of rows, and the functions that are applied to them entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from lemmata.refute.duals import Dual, elementary, powered, primal, refuse_corner
from lemmata.refute.errors import CannotTell
from lemmata.refute.linear import Rows, identity
from lemmata.refute.special import SPECIAL, acos
from lemmata.refute.values import ZERO, Value, exact, sign


def mapped(rows: Rows, change: Callable[[Value], Value]) -> Rows:
    return [[change(entry) for entry in row] for row in rows]


def scaled(factor: Value, rows: Rows) -> Rows:
    return mapped(rows, lambda entry: factor * entry)


def combined(join: Callable[[Value, Value], Value], left: Rows, right: Rows) -> Rows:
    """Two matrices joined entry by entry."""
    return [[join(a, b) for a, b in zip(*pair, strict=True)] for pair in zip(left, right, strict=True)]


def matmul(left: Rows, right: Rows) -> Rows:
    columns = transposed(right)
    return [[total(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in left]


def natural_power(base: Rows, exponent: int) -> Rows:
    found = identity(len(base))
    for _ in range(exponent):
        found = matmul(found, base)
    return found


def transposed(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows, strict=True)]


def total(values: Iterable[Value]) -> Value:
    found: Value = sum(values, ZERO)
    return found


def plus(left: Value, right: Value) -> Value:
    return left + right


def minus(left: Value, right: Value) -> Value:
    return left - right


def times(left: Value, right: Value) -> Value:
    return left * right


def ratio(top: Value, bottom: Value) -> Value:
    return top * powered(bottom, Fraction(-1))


def _exp(x: Value) -> Value:
    return elementary("exp", 0, x)


def _size(x: Value) -> Value:
    """|x|; at 0 it has no derivative."""
    found = sign(primal(x))
    if found is None:
        raise CannotTell("the sign of a ball")
    if found == 0 and isinstance(x, Dual):
        refuse_corner(x, "the derivative of |x| at x = 0")
    return -x if found < 0 else x


def _half(value: Value) -> Value:
    return value * exact(Fraction(1, 2))


KNOWN: dict[str, Callable[[Value], Value]] = {
    "exp": _exp,
    "log": lambda x: elementary("log", 0, x),
    "sin": lambda x: elementary("sin", 0, x),
    "cos": lambda x: elementary("cos", 0, x),
    "sqrt": lambda x: powered(x, Fraction(1, 2)),
    "abs": _size,
    "tanh": lambda x: ratio(_exp(x) - _exp(-x), _exp(x) + _exp(-x)),
    "sigmoid": lambda x: ratio(_exp(x), _exp(x) + 1),
    "relu": lambda x: _half(x + _size(x)),
    "softplus": lambda x: elementary("log", 0, _exp(x) + 1),
    "tan": lambda x: ratio(elementary("sin", 0, x), elementary("cos", 0, x)),
    "acos": acos,
    "atanh": lambda x: _half(elementary("log", 0, ratio(1 + x, 1 - x))),
    "ceil": lambda x: -SPECIAL["floor"](-x),
    **SPECIAL,
    "cosh": lambda x: _half(_exp(x) + _exp(-x)),
    "sinh": lambda x: _half(_exp(x) - _exp(-x)),
}
