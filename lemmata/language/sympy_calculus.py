"""SymPy's unevaluated derivatives, limits, integrals and sums as expressions of ours.

What an integral or a limit binds gets a name with a prime, so that it is another than that of an author.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import add, mul
from typing import Any

import sympy

from lemmata.language import build
from lemmata.language.declare import Variable, checked
from lemmata.language.errors import LanguageError
from lemmata.language.expr import SCALAR, Expr, number

#: A sum of so many terms is written out.
LARGEST_SUM = 100
Known = Mapping[Any, Expr]
Read = Callable[[Any, Known], Expr]


def derivative(value: Any, known: Known, read: Read) -> Expr:
    """A derivative by numbers, each so many times."""
    found = read(value.expr, known)
    for symbol, times in value.variable_count:
        if not times.is_Integer:
            raise LanguageError(f"{value}: how often it is differentiated has to be a number")
        for _ in range(int(times)):
            found = build.diff(found, read(symbol, known))
    return found


def integral(value: Any, known: Known, read: Read) -> Expr:
    """∫ over one or several ranges, of which the first is the innermost."""
    return _from_outside(value, known, read, list(value.limits))


def _from_outside(value: Any, known: Known, read: Read, limits: list[Any]) -> Expr:
    if not limits:
        return _scalar(value, read(value.function, known))
    *inner, limit = limits
    if len(limit) != 3:
        raise LanguageError(f"{value}: an integral needs both ends of its range")
    symbol, *ends = limit
    first, last = (_end(value, end, known, read) for end in ends)
    name, inside = _bound(symbol, known)
    return Expr("integral", (_from_outside(value, inside, read, inner), first, last), SCALAR, name)


def limit(value: Any, known: Known, read: Read) -> Expr:
    """A limit, from one side or from both."""
    body, symbol, point, side = value.args
    at = _end(value, point, known, read)
    sides = "" if point.is_infinite or str(side) == "+-" else str(side)
    name, inside = _bound(symbol, known)
    return Expr("limit", (_scalar(value, read(body, inside)), at), SCALAR, (name, sides))


def total(value: Any, known: Known, read: Read) -> Expr:
    """A sum, or a product, between integers, written out."""
    ((symbol, first, last), *others) = value.limits
    whole = bool(first.is_Integer and last.is_Integer)
    if others or not whole or not 0 <= last - first < LARGEST_SUM:
        raise LanguageError(
            f"{value}: over one index, between integers at most {LARGEST_SUM} apart; write others as text"
        )
    parts = [read(value.function, {**known, symbol: number(k)}) for k in range(int(first), int(last) + 1)]
    return reduce(mul if isinstance(value, sympy.Product) else add, parts)


def _bound(symbol: Any, known: Known) -> tuple[str, Known]:
    """The name of a bound real number, and what is known where it is bound."""
    name = f"{checked(symbol.name)}′"
    return name, {**known, symbol: Expr("variable", (), SCALAR, Variable(name, SCALAR))}


def _end(value: Any, end: Any, known: Known, read: Read) -> Expr:
    """A number, or ±∞, which stands nowhere else."""
    if end in (sympy.oo, -sympy.oo):
        return Expr("infinity") if end == sympy.oo else -Expr("infinity")
    return _scalar(value, read(end, known))


def _scalar(value: Any, found: Expr) -> Expr:
    if found.shape != SCALAR:
        raise LanguageError(f"{value}: numbers are needed, and {found} is none")
    return found


#: What is read so, by its kind.
CALCULUS: Mapping[type, Callable[[Any, Known, Read], Expr]] = {
    sympy.Derivative: derivative,
    sympy.Integral: integral,
    sympy.Limit: limit,
    sympy.Sum: total,
    sympy.Product: total,
}
