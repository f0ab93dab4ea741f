"""Sums and products up to a natural number, and powers with one as their exponent, as recurrences.

S[s] = f(a) + ... + f(a + s - 1) is S[0] = 0, S[s] = S[s-1] + f(a + s - 1). One name is made for each body, so
that the same sum with two ends is one recurrence at two times.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from lemmata.language.build import eye
from lemmata.language.declare import Definition, Variable
from lemmata.language.depend import free_indices
from lemmata.language.errors import NotLowered
from lemmata.language.expr import SCALAR, Expr, Statement, compared, number, subexpressions, zeros_like
from lemmata.language.indexing import time_of
from lemmata.language.text.convolution import convolution, has_two_powers, natural_power

#: The time of the recurrences, which no text can name.
_TIME = "s%"
#: The number of terms of a sum without end.
_GROWING = "t%"
_LETTERS = {"sum": "Σ", "product": "Π"}


@dataclass
class Running:
    """The recurrences made so far, by what they run over."""

    made: dict[tuple[str, Expr], Expr] = field(default_factory=dict)
    #: The sums and products without end that were met, each with its partial sums or products.
    endless: dict[Expr, Expr] = field(default_factory=dict)
    #: Whether there are derivatives, by which a power must be seen: no recurrence then hides what it is of.
    differentiates: bool = False

    def over(self, kind: str, body: Callable[[Expr], Expr], first: int, last: Expr) -> Expr:
        """Σ or Π of body(i) for i = first..last. Raises NotLowered where the end is no natural number."""
        count = _shifted(last, 1 - first)
        later, part = _later(body, first)
        if kind == "sum" and self.differentiates and has_two_powers(part):
            return convolution(part, later, first, last, count, partial(self.recurrence, "pairs"))
        if free_indices(part):
            raise NotLowered(f"{part}: a recurrence for each value of an index is not known")
        return self.family(kind, body, first)[count]

    def family(self, kind: str, body: Callable[[Expr], Expr], first: int) -> Expr:
        """The sums or products of the first terms, by their number."""
        _, part = _later(body, first)
        if kind == "sum":
            return self.recurrence(kind, part, zeros_like(part.shape), lambda before: before + part)
        return self.recurrence(kind, part, _one(part), lambda before: before * part)

    def limit(self, statement: Statement) -> Statement:
        """`Σ_{k=a}^∞ f(k) = L` says that the partial sums tend to L; what says no such thing is as it was."""
        for side, other in ((statement.left, statement.right), (statement.right, statement.left)):
            family = self.endless.get(side) if statement.relation == "==" else None
            if family is not None and not any(part in self.endless for part in subexpressions(other)):
                growing = Expr("time", (), SCALAR, (_GROWING, 0))
                return Statement(family[growing], "->", other, growing.data)
        return statement

    def power(self, base: Expr, exponent: Expr) -> Expr:
        """A^t for a square matrix."""
        if place_below(exponent) < 0:
            return Expr("matrix_power_of", (base, exponent), base.shape)
        if self.differentiates:
            return natural_power(base, _shifted(exponent, 0))
        rows = base.shape[0]
        one = eye(rows) if isinstance(rows, int) else Expr("identity", (), base.shape)
        return self.recurrence("power", base, one, lambda before: before @ base)[_shifted(exponent, 0)]

    def recurrence(self, kind: str, part: Expr, start: Expr, step: Callable[[Expr], Expr]) -> Expr:
        """The family over time with this start and this step."""
        if (kind, part) not in self.made:
            name = f"{_LETTERS.get(kind, kind)}{len(self.made) + 1}"
            variable = Variable(name, start.shape, "time")
            family = Expr("variable", (), start.shape, variable)
            later = Expr("time", (), SCALAR, (_TIME, 1))
            body = compared(family[later], "==", step(family[later - number(1)]))
            object.__setattr__(variable, "step", Definition(f"{name}.step", body))
            object.__setattr__(
                variable, "start", Definition(f"{name}.start", compared(family[0], "==", start))
            )
            self.made[kind, part] = family
        return self.made[kind, part]


def _later(body: Callable[[Expr], Expr], first: int) -> tuple[Expr, Expr]:
    """The time s >= 1, and the s-th term."""
    later = Expr("time", (), SCALAR, (_TIME, 1))
    return later, body(later if first == 1 else later + number(first - 1))


def _one(part: Expr) -> Expr:
    if part.shape != SCALAR:
        raise NotLowered(f"{part}: a product is one of scalars")
    return number(1)


def _shifted(time: Expr, by: int) -> Expr:
    """A natural number and a number; it must not be below 0."""
    place = time_of(time)
    if place is None or not place[0]:
        raise NotLowered(f"{time} is no natural number")
    offset = place[1] + by
    least = _least(time)
    if least + offset < 0:
        raise NotLowered(f"{time} may be too small: the sum ends before it begins")
    named = next(part for part in _parts(time) if part.head == "time")
    return named if offset == 0 else named + number(offset) if offset > 0 else named - number(-offset)


def place_below(time: Expr) -> int:
    """The least value of a natural number and a number."""
    place = time_of(time)
    return -1 if place is None or not place[0] else _least(time) + place[1]


def _least(time: Expr) -> int:
    return int(next(part.data[1] for part in _parts(time) if part.head == "time"))


def _parts(expr: Expr) -> list[Expr]:
    return [expr, *(inner for part in expr.args for inner in _parts(part))]
