"""Lowering: from matrices to entries, the one way into the kernel's language.

`lower(A @ x, i, None)` is the term Σ_k A[i,k]·x[k]. New names are `i%1`, `i%2`, ..., which no name of an
author can be. What this file gets wrong, the kernel cannot notice; so every lowered statement is also
evaluated at points as matrices, without this file (see `lemmata.refute.direct`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from lemmata.kernel import terms as t
from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.terms import Index, Lambda, Term
from lemmata.language import functions
from lemmata.language.depend import depends, free_places, members, unfolded_parts
from lemmata.language.errors import NotLowered
from lemmata.language.expr import SCALAR, Expr, Statement
from lemmata.language.names import tidied

Place = Index | None
#: A variable, or a member of a family, which is held as the variable of a derivative.
Key = tuple[str, Any]


def key_of(expr: Expr) -> Key:
    """What a variable or a member of a family is known by."""
    if expr.head == "member":
        return (expr.args[0].data.name, expr.data[0])
    return (expr.data.name, None)


@dataclass(frozen=True)
class Around:
    """What is bound around an expression: held variables, definitions to unfold, indices renamed."""

    held: Mapping[Key, str] = field(default_factory=dict)
    unfolds: Callable[[Expr], bool] = lambda _: False
    indices: Mapping[str, Index] = field(default_factory=dict)


class Lowering:
    """Lowers expressions; its names are new for each lowering and always the same."""

    def __init__(self) -> None:
        self.count = 0

    def new(self, letter: str = "i") -> str:
        self.count += 1
        return f"{letter}%{self.count}"

    def lower(self, expr: Expr, row: Place, column: Place, around: Around = Around()) -> Term:
        """The entry (row, column) of an expression; a place is None where there is but one row or column."""
        meaning = _MEANINGS.get(expr.head)
        if meaning is None:
            raise NotLowered(f"{expr}: {expr.head} has no term in the kernel")
        return meaning(self, expr, row, column, around)

    def scalar(self, expr: Expr, around: Around) -> Term:
        return self.lower(expr, None, None, around)

    def binders(self, expr: Expr, letter: str = "i") -> tuple[Place, Place]:
        """New indices for the rows and the columns."""
        row, column = (None if dim == 1 else Index(self.new(letter)) for dim in expr.shape)
        return row, column

    def tensor(self, expr: Expr, around: Around) -> Lambda:
        """The expression as a tensor given by its entries."""
        row, column = self.binders(expr)
        indices = zip((row, column), expr.shape, strict=True)
        names = tuple((place.name, dim) for place, dim in indices if place is not None)
        return Lambda(names, self.lower(expr, row, column, around))


def times(*factors: Term) -> Term:
    return factors[0] if len(factors) == 1 else t.Mul(factors)


def minus(term: Term) -> Term:
    return t.Mul((t.MINUS_ONE, term))


def number(value: int | Fraction) -> Term:
    return t.Num(Fraction(value))


def entry(*places: Place) -> tuple[Index, ...]:
    return tuple(place for place in places if place is not None)


def index_at(place: tuple[str, int], around: Around) -> Index:
    name, offset = place
    renamed = around.indices.get(name)
    return Index(name, offset) if renamed is None else Index(renamed.name, renamed.offset + offset)


def _number(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return number(e.data)


def _count(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Count(Index(e.data if e.head == "size" else e.data[0]))


def _index(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    raise NotLowered(f"{e} is an index, not a number")


def _variable(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    key = key_of(e)
    family = e if e.head == "variable" else e.args[0]
    if key in a.held:
        return t.Ref(a.held[key], entry(r, c))
    definition = family.data.all
    if definition is not None and a.unfolds(e):
        return low.lower(definition.statement.right, r, c, a)
    if e.head == "variable" and family.data.over is not None:
        raise NotLowered(f"{e} is a family; name one member, such as {e}[t]")
    first = (index_at(e.data[0], a),) if e.head == "member" else ()
    return t.Ref(family.data.name, (*first, *entry(r, c)))


def _entry(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    places = iter(index_at(place, a) for place, _ in e.data)
    row, column = (None if dim == 1 else next(places) for dim in e.args[0].shape)
    return low.lower(e.args[0], row, column, a)


def _identity(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.ONE if r is None or c is None else t.Delta(r, c)


def _add(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Add(tuple(low.lower(part, r, c, a) for part in e.args))


def _sub(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    left, right = (low.lower(part, r, c, a) for part in e.args)
    return t.Add((left, minus(right)))


def _neg(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return minus(low.lower(e.args[0], r, c, a))


def _mul(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    parts = (low.scalar(x, a) if x.shape == SCALAR else low.lower(x, r, c, a) for x in e.args)
    return t.Mul(tuple(parts))


def _div(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    top, bottom = e.args
    return t.Mul((low.lower(top, r, c, a), t.Pow(low.scalar(bottom, a), t.MINUS_ONE)))


def _matmul(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    left, right = e.args
    if left.shape[1] == 1:
        return t.Mul((low.lower(left, r, None, a), low.lower(right, None, c, a)))
    k = Index(low.new())
    return t.Sum(k.name, left.shape[1], t.Mul((low.lower(left, r, k, a), low.lower(right, k, c, a))))


def _hadamard(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Mul(tuple(low.lower(part, r, c, a) for part in e.args))


def _power(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """A power of a scalar. ‖x‖^(2k) is (Σ x²)^k, which has a derivative where ‖x‖ has none."""
    base, exponent = e.args
    even = exponent.head == "number" and (exponent.data / 2).denominator == 1
    if even and base.head == "norm":
        total = squares(low, base.args[0], a)
        return total if exponent.data == 2 else t.Pow(total, number(exponent.data / 2))
    return t.Pow(low.scalar(base, a), low.scalar(exponent, a))


def _matrix_power(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    base, exponent = e.args
    times_ = int(exponent.data)
    if times_ == 0:
        return _identity(low, e, r, c, a)
    product = base
    for _ in range(times_ - 1):
        product = product @ base
    return low.lower(product, r, c, a)


def _transpose(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return low.lower(e.args[0], c, r, a)


def _inverse(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    (matrix,) = e.args
    if r is None or c is None:
        return t.Pow(low.scalar(matrix, a), t.MINUS_ONE)
    i, j = Index(low.new()), Index(low.new())
    return t.Inverse(i.name, j.name, matrix.shape[0], low.lower(matrix, i, j, a), (r, c))


def _det(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    (matrix,) = e.args
    if matrix.shape == SCALAR:
        return low.scalar(matrix, a)
    i, j = Index(low.new()), Index(low.new())
    return t.Determinant(i.name, j.name, matrix.shape[0], low.lower(matrix, i, j, a))


def _trace(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    (matrix,) = e.args
    if matrix.shape == SCALAR:
        return low.scalar(matrix, a)
    k = Index(low.new())
    return t.Sum(k.name, matrix.shape[0], low.lower(matrix, k, k, a))


def _norm(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Pow(squares(low, e.args[0], a), number(Fraction(1, 2)))


def squares(low: Lowering, e: Expr, a: Around) -> Term:
    """The sum of the squares of all entries."""
    tensor = low.tensor(e, a)
    term: Term = t.Pow(tensor.body, number(2))
    for name, dim in reversed(tensor.indices):
        term = t.Sum(name, dim, term)
    return term


def _diag(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    value = low.lower(e.args[0], r, None, a)
    return value if r is None or c is None else t.Mul((t.Delta(r, c), value))


def _diagonal(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return low.lower(e.args[0], r, r, a)


def _zeros(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.ZERO


def _ones(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.ONE


def _apply(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    argument = low.lower(e.args[0], r, c, a)
    return functions.term(e.data, argument) if isinstance(e.data, str) else t.Apply(e.data.name, 0, argument)


def _call(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Call(e.data.name, entry(r, c), tuple(low.tensor(x, a) for x in e.args))


def _gradient_at(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Call(e.data.name, (), (low.tensor(e.args[0], a),), ((0, entry(r, c)),))


def _sum(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    name, dim = e.data
    k = Index(low.new())
    inner = replace(a, indices={**a.indices, name: k})
    return t.Sum(k.name, dim, low.lower(e.args[0], r, c, inner))


def _derivative(low: Lowering, body: Expr, by: Expr, a: Around) -> tuple[str, Around]:
    """A new name for the variable of a derivative, and the surroundings in which it is held."""
    key = key_of(by)
    name = low.new("x")
    for other in members(body, key[0]):
        if other != key[1]:
            raise NotLowered(
                f"{body} has other members of {key[0]} than {by}: hold them apart by other names"
            )
    outer = a.unfolds

    def unfolds(expr: Expr) -> bool:
        return outer(expr) or depends(expr, key[0])

    _check_recurrences(body, key)
    return name, replace(a, held={**a.held, key: name}, unfolds=unfolds)


def _check_recurrences(body: Expr, key: Key) -> None:
    """What a body depends on must be seen in it: neither a recurrence nor a sum may hide the variable."""
    for part in unfolded_parts(body, key[0]):
        recurs = (
            part.head == "member" and part.args[0].data.step is not None and part.args[0].data.name != key[0]
        )
        if recurs and depends(part.args[0], key[0]):
            raise NotLowered(f"{part} depends on {key[0]} through its recurrence: unfold it first")
        if part.head == "index_sum" and key[1] is not None and key[1][0] == part.data[0]:
            raise NotLowered(f"{part} has an index {part.data[0]} of its own: give one of them another name")


def _point(low: Lowering, by: Expr, a: Around) -> Lambda:
    return low.tensor(by, a)


def _gradient(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    body, by = e.args
    name, inner = _derivative(low, body, by, a)
    return t.Derivative(name, low.scalar(body, inner), entry(r, c), _point(low, by, a))


def _jacobian(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    body, by = e.args
    name, inner = _derivative(low, body, by, a)
    return t.Derivative(name, low.lower(body, r, None, inner), entry(c), _point(low, by, a))


def _diff(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    body, by = e.args
    name, inner = _derivative(low, body, by, a)
    return t.Derivative(name, low.lower(body, r, c, inner), (), _point(low, by, a))


def _hessian(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    body, by = e.args
    outer_name, outer = _derivative(low, body, by, a)
    name, inner = _derivative(low, body, by, outer)
    first = t.Derivative(name, low.scalar(body, inner), entry(r), _point(low, by, outer))
    return t.Derivative(outer_name, first, entry(c), _point(low, by, a))


def _in_mean(a: Around) -> Around:
    outer = a.unfolds

    def unfolds(expr: Expr) -> bool:
        return outer(expr) or depends(expr, None)

    return replace(a, unfolds=unfolds)


def _expectation(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Expectation(low.lower(e.args[0], r, c, _in_mean(a)))


def _covariance(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    x, y = e.args
    a = _in_mean(a)

    def mean(*factors: Term) -> Term:
        return t.Expectation(times(*factors))

    def first() -> Term:
        return low.lower(x, r, None, a)

    def second() -> Term:
        return low.lower(y, c, None, a)

    return t.Add((mean(first(), second()), minus(t.Mul((mean(first()), mean(second()))))))


_MEANINGS: dict[str, Callable[[Lowering, Expr, Place, Place, Around], Term]] = {
    "number": _number,
    "size": _count,
    "time": _count,
    "index": _index,
    "variable": _variable,
    "member": _variable,
    "entry": _entry,
    "identity": _identity,
    "zeros": _zeros,
    "ones": _ones,
    "add": _add,
    "sub": _sub,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "matmul": _matmul,
    "hadamard": _hadamard,
    "power": _power,
    "matrix_power": _matrix_power,
    "transpose": _transpose,
    "inverse": _inverse,
    "det": _det,
    "trace": _trace,
    "norm": _norm,
    "diag": _diag,
    "diagonal": _diagonal,
    "apply": _apply,
    "call": _call,
    "gradient": _gradient,
    "gradient_at": _gradient_at,
    "jacobian": _jacobian,
    "hessian": _hessian,
    "diff": _diff,
    "expectation": _expectation,
    "covariance": _covariance,
    "index_sum": _sum,
}

_RELATIONS = {"==": "=", "!=": "!=", "<=": "<=", "<": "<", ">=": "<=", ">": "<"}


ROW, COLUMN = Index("i%"), Index("j%")


def lower_statement(statement: Statement) -> KernelStatement:
    """A statement entry by entry, for all indices; `u != 0` says that some entry is not 0."""
    low = Lowering()
    free = tuple(sorted(free_places(statement)))
    if statement.relation == "!=" and statement.left.shape != SCALAR:
        gap = statement.left if statement.right.head == "zeros" else statement.left - statement.right
        return KernelStatement(free, "!=", tidied(squares(low, gap, Around())), t.ZERO)
    row, column = (
        None if dim == 1 else place for dim, place in zip(statement.left.shape, (ROW, COLUMN), strict=True)
    )
    places = zip((row, column), statement.left.shape, strict=True)
    binders = (*free, *((place.name, dim) for place, dim in places if place is not None))
    left, right = (tidied(low.lower(side, row, column)) for side in (statement.left, statement.right))
    if statement.relation in (">=", ">"):
        left, right = right, left
    return KernelStatement(binders, _RELATIONS[statement.relation], left, right)


def lower(expr: Expr, row: Place = None, column: Place = None) -> Term:
    """The entry (row, column) of an expression."""
    return tidied(Lowering().lower(expr, row, column))
