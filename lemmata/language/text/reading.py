"""What a formula means: from the tree of a text to expressions and statements with shapes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeVar

from lemmata.language.argmax import check_sets
from lemmata.language.declare import Function
from lemmata.language.errors import LanguageError, Unreadable
from lemmata.language.expr import SCALAR, Expr, Statement, number, zeros_like
from lemmata.language.indexing import time_of
from lemmata.language.text.declared import Names, plain
from lemmata.language.text.numbers import check_power
from lemmata.language.text.running import Running
from lemmata.language.text.tree import Parsed, Source, implications

Made = TypeVar("Made")

_RELATIONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_OPERATIONS: dict[type[ast.operator], Callable[[Expr, Expr], Expr]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
    ast.MatMult: lambda left, right: left @ right,
    ast.Pow: lambda left, right: left**right,
}


@dataclass(frozen=True)
class Read:
    """A statement as text: what is assumed in it, and what is claimed (all of these)."""

    assumed: tuple[Statement, ...]
    claimed: tuple[Statement, ...]


@dataclass(frozen=True)
class Reader:
    """Reads formulas over some names; `bound` are those which a sum or an integral around binds."""

    names: Names
    forms: Mapping[str, Form]
    source: Source
    bound: Mapping[str, Expr] = field(default_factory=dict)
    running: Running = field(default_factory=Running)

    # -- statements --------------------------------------------------------------------------------

    def statements(self, node: ast.expr) -> list[Statement]:
        """All that a formula states: `a and b` states both, `a < b < c` two inequalities."""
        if isinstance(node, ast.BoolOp):
            return [found for part in node.values for found in self.statements(part)]
        if not isinstance(node, ast.Compare):
            raise self.error("this states nothing: it needs one of == != <= < >= >", node)
        sides = [node.left, *node.comparators]
        pairs = zip(sides, node.ops, sides[1:], strict=False)
        return [self._compared(node, left, _RELATIONS[type(op)], right) for left, op, right in pairs]

    def _compared(self, node: ast.expr, left: ast.expr, relation: str, right: ast.expr) -> Statement:
        first, second = self.expression(left), self.expression(right)
        if _is_zero(second):
            second = zeros_like(first.shape)
        elif _is_zero(first):
            first = zeros_like(second.shape)
        return self.made(node, lambda: check_sets(_COMPARISONS[relation](first, second)))

    # -- expressions -------------------------------------------------------------------------------

    def expression(self, node: ast.expr) -> Expr:
        """The expression which a tree stands for. Raises Unreadable."""
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name(name):
                return self._name(node, plain(name))
            case ast.UnaryOp(op, operand):
                inner = self.expression(operand)
                return inner if isinstance(op, ast.UAdd) else self.made(node, lambda: -inner)
            case ast.BinOp(left, op, right):
                return self._operation(node, left, op, right)
            case ast.Attribute(value, "T"):
                return self.expression(value).T
            case ast.Attribute(_, name):
                raise self.error(f".{name} has no meaning; .T is the transpose", node)
            case ast.Subscript(value, place):
                return self._entry(node, value, place)
            case ast.Call(function, arguments):
                return self._call(node, function, arguments)
        raise self.error("an expression is needed here", node)

    def _constant(self, node: ast.Constant) -> Expr:
        if not isinstance(node.value, int | float) or isinstance(node.value, bool):
            raise self.error("a side of a limit stands behind its point only", node)
        return number(Fraction(self.source.of(node)))

    def _name(self, node: ast.expr, name: str) -> Expr:
        found = self.bound.get(name, self.names.meanings.get(name))
        if isinstance(found, Function):
            raise self.error(f"{name} is a function; write what it is applied to", node)
        if found is not None:
            return found
        form = self.forms.get(name)
        if form is not None and not form.least:
            return form.make(self, [])
        if form is not None:
            raise self.error(f"{name} is a function; write {form.usage}", node)
        raise self.error(f"{name} is not declared", node)

    def _operation(self, node: ast.expr, left: ast.expr, op: ast.operator, right: ast.expr) -> Expr:
        if isinstance(op, ast.Pow):
            self.made(node, lambda: check_power(left, right, self.source.of))
        first, second = self.expression(left), self.expression(right)
        if isinstance(op, ast.Pow) and first.shape != SCALAR and first.shape[0] == first.shape[1]:
            place = time_of(second)
            if place is not None and place[0]:
                return self.made(node, lambda: self.running.power(first, second))
            if second.head not in ("number", "neg") and second.shape == SCALAR:
                return Expr("matrix_power_of", (first, second), first.shape)
        return self.made(node, lambda: _OPERATIONS[type(op)](first, second))

    def _entry(self, node: ast.expr, value: ast.expr, place: ast.expr) -> Expr:
        inner = self.expression(value)
        parts = place.elts if isinstance(place, ast.Tuple) else [place]
        keys = tuple(map(self.expression, parts))
        return self.made(node, lambda: inner[keys if len(keys) > 1 else keys[0]])

    def _call(self, node: ast.expr, function: ast.expr, arguments: list[ast.expr]) -> Expr:
        if not isinstance(function, ast.Name):
            raise self.error("only a name is applied to something", function)
        name = plain(function.id)
        known = self.names.meanings.get(name)
        if isinstance(known, Function):
            if len(arguments) != 1:
                raise self.error(f"{name} takes 1 argument, not {len(arguments)}", node)
            inner = self.expression(arguments[0])
            return self.made(node, lambda: known(inner))
        form = self.forms.get(name)
        if form is None or not form.least:
            there = form is not None or known is not None or name in self.bound
            what = "is no function" if there else "is not known"
            raise self.error(f"{name} {what}", function)
        if not form.least <= len(arguments) <= form.most:
            raise self.error(f"{name} is written {form.usage}; here are {len(arguments)} arguments", node)
        return self.made(node, lambda: form.make(self, arguments))

    # -- what forms ask for ------------------------------------------------------------------------

    def binding(self, name: str, meaning: Expr) -> Reader:
        """The reader inside of what binds a name."""
        return replace(self, bound={**self.bound, name: meaning})

    def name_of(self, node: ast.expr) -> str:
        """A name that is bound here."""
        if not isinstance(node, ast.Name):
            raise self.error("a name is needed here", node)
        name = plain(node.id)
        if name in self.forms:
            raise self.error(f"{name} has a meaning of its own", node)
        return name

    def side(self, node: ast.expr) -> str:
        """From which side a limit is taken: "+" or "-"."""
        if not isinstance(node, ast.Constant) or node.value not in ("+", "-"):
            raise self.error('a side is "+" or "-"', node)
        return str(node.value)

    def natural(self, node: ast.expr, what: str, largest: int) -> int:
        """A natural number that is written out."""
        found = self.expression(node)
        value = found.data if found.head == "number" else None
        if value is None or value.denominator > 1 or not 0 <= value <= largest:
            raise self.error(f"{what} is a natural number up to {largest}", node)
        return int(value)

    def dimension(self, node: ast.expr) -> object:
        """A dimension: its name or a positive integer."""
        found = self.expression(node)
        return self.natural(node, "a dimension", 64) if found.head == "number" else found

    def made(self, node: ast.expr, make: Callable[[], Made]) -> Made:
        """What `make` makes; its errors are those of a node."""
        try:
            return make()
        except Unreadable:
            raise
        except LanguageError as error:
            raise self.error(str(error), node) from error

    def error(self, message: str, node: ast.expr) -> Unreadable:
        return Unreadable(message, self.source.at(node))


@dataclass(frozen=True)
class Form:
    """How a name of the grammar is used: how many arguments, and what they make."""

    usage: str
    least: int
    most: int
    make: Callable[[Reader, list[ast.expr]], Expr]


_COMPARISONS: dict[str, Callable[[Expr, Expr], Statement]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<=": lambda left, right: left <= right,
    "<": lambda left, right: left < right,
    ">=": lambda left, right: left >= right,
    ">": lambda left, right: left > right,
}


def read(text: str, names: Names, forms: Mapping[str, Form], running: Running | None = None) -> Read:
    """A formula over some names. Raises Unreadable. Formulas that are read together share `running`."""
    running = Running() if running is None else running
    found = [_read(part, names, forms, running) for part in implications(text)]
    assumed = tuple(statement for part in found[:-1] for statement in part)
    return Read(assumed, tuple(found[-1]))


def _read(parsed: Parsed, names: Names, forms: Mapping[str, Form], running: Running) -> list[Statement]:
    reader = Reader(names, forms, parsed.source, running=running)
    try:
        return reader.statements(parsed.node)
    except RecursionError as error:
        raise Unreadable("the formula is nested too deeply", parsed.source.at(parsed.node)) from error


def _is_zero(expr: Expr) -> bool:
    return expr.head == "number" and expr.data == 0 and expr.shape == SCALAR
