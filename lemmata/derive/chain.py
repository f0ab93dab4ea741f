"""What a derivation is: a chain of lines, an induction, a case split."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from lemmata.derive.errors import DerivationError
from lemmata.language.expr import SCALAR, Expr, Statement, compared, expression


@dataclass(frozen=True)
class Line:
    """One line of a chain: a relation to the line before, and the reason given."""

    relation: str
    expr: Expr
    by: Any
    file_line: int


@dataclass(frozen=True)
class Calc:
    """A chain of lines, as on paper.

    >>> from lemmata import scalar
    >>> x = scalar("x")
    >>> print(calc(x * x).eq(x**2, by="algebra").statement)
    x x = x²
    """

    first: Expr
    file_line: int
    lines: tuple[Line, ...] = ()

    def eq(self, expr: object, by: Any = None) -> Calc:
        """The next line, equal to the one before."""
        return self._next("==", expr, by, sys._getframe(1).f_lineno)

    def le(self, expr: object, by: Any = None) -> Calc:
        """The next line, at least as large as the one before."""
        return self._next("<=", expr, by, sys._getframe(1).f_lineno)

    def lt(self, expr: object, by: Any = None) -> Calc:
        """The next line, larger than the one before."""
        return self._next("<", expr, by, sys._getframe(1).f_lineno)

    def ge(self, expr: object, by: Any = None) -> Calc:
        """The next line, at most as large as the one before."""
        return self._next(">=", expr, by, sys._getframe(1).f_lineno)

    def gt(self, expr: object, by: Any = None) -> Calc:
        """The next line, smaller than the one before."""
        return self._next(">", expr, by, sys._getframe(1).f_lineno)

    def ne(self, expr: object, by: Any = None) -> Calc:
        """The next line, different from the one before."""
        return self._next("!=", expr, by, sys._getframe(1).f_lineno)

    def _next(self, relation: str, expr: object, by: Any, file_line: int) -> Calc:
        last = self.lines[-1].expr if self.lines else self.first
        value = compared(last, relation, expr).right
        return Calc(self.first, self.file_line, (*self.lines, Line(relation, value, by, file_line)))

    @property
    def exprs(self) -> tuple[Expr, ...]:
        return (self.first, *(line.expr for line in self.lines))

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What each line claims of the line before."""
        pairs = zip(self.exprs, self.lines, strict=False)
        return tuple(Statement(before, line.relation, line.expr) for before, line in pairs)

    @property
    def statement(self) -> Statement:
        """What the whole chain comes to. Raises DerivationError if its relations do not chain."""
        relations = {line.relation for line in self.lines} - {"=="}
        if not self.lines:
            raise DerivationError(f"the chain that begins with {self.first} has no second line")
        apart = sum(line.relation == "!=" for line in self.lines)
        if len({relation[0] for relation in relations}) > 1 or apart > 1:
            raise DerivationError(f"the relations {', '.join(sorted(relations))} do not chain")
        strict = [relation for relation in relations if len(relation) == 1]
        relation = strict[0] if strict else next(iter(relations), "==")
        return Statement(self.first, relation, self.lines[-1].expr)


def calc(first: object) -> Calc:
    """Begin a chain of lines."""
    return Calc(expression(first), sys._getframe(1).f_lineno)


@dataclass(frozen=True)
class Induction:
    """A base and a step, which may use the claim one time earlier."""

    on: Expr
    base: Calc
    step: Calc


def induction(*, on: Expr, base: Calc, step: Calc) -> Induction:
    """Prove a claim for all times: at the first (`base`), and at t from t - 1 (`step`, in which the
    reason "induction hypothesis" may be given)."""
    if getattr(on, "head", None) != "time":
        raise DerivationError(f"induction(on={on}): an induction runs over a time")
    return Induction(on, base, step)


@dataclass(frozen=True)
class Cases:
    """Two derivations: where a condition holds, and where it does not."""

    on: Statement
    first: Calc
    second: Calc


def cases(on: Statement, *, first: Calc, second: Calc) -> Cases:
    """Prove a claim where `on` (an `==`, a `<=` or a `>=` of scalars) holds, and where it does not; the
    reason "case" says which."""
    if getattr(on, "relation", None) not in ("==", "<=", ">=") or on.left.shape != SCALAR:
        raise DerivationError(f"cases({on}): a case is `a == b`, `a <= b` or `a >= b`, of scalars")
    return Cases(on, first, second)


@dataclass(frozen=True)
class Squeeze:
    """A sequence between its limit and another sequence with that limit."""

    over: Expr
    below: Calc
    above: Calc


def squeeze(*, over: Expr, below: Calc, above: Calc) -> Squeeze:
    """Prove `tends(a, 0, over=t)`: `below` is a chain 0 <= a, `above` a chain a <= ... <= q**t, where
    0 <= q < 1."""
    if getattr(over, "head", None) != "time":
        raise DerivationError(f"squeeze(over={over}): a limit is taken over a time")
    return Squeeze(over, below, above)


Derivation = Calc | Induction | Cases | Squeeze
