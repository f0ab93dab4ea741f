"""Raising: from a normal form back to matrices, for residuals, conditions and derived gradients.

A monomial is a network: its factors are joined by indices. A path from the row to the column is a product
of matrices, a closed path a trace, a path between two vectors an inner product. What has no such shape
(three factors at one index) is not raised; then the index notation of the kernel is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from lemmata.derive.match import opened
from lemmata.kernel import terms as t
from lemmata.kernel.derivative import KNOWN_NORMS
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly
from lemmata.kernel.substitute import free_indices, freshened
from lemmata.kernel.terms import Index, Lambda, Term
from lemmata.language import build
from lemmata.language.declare import Field, Function, Variable
from lemmata.language.expr import SCALAR, Expr, number, same, subexpressions, zeros_like
from lemmata.language.names import Plain


class NotRaised(Exception):
    """A term which has no form in matrices."""


@dataclass(frozen=True)
class Names:
    """What the names of a term stand for in the author's language."""

    variables: Mapping[str, Expr]
    functions: Mapping[str, Function | Field]


def names_in(exprs: Iterable[Expr]) -> Names:
    """The declarations met in some expressions, also through definitions."""
    variables: dict[str, Expr] = {}
    functions: dict[str, Function | Field] = {}
    todo = list(exprs)
    while todo:
        for part in subexpressions(todo.pop()):
            if part.head == "variable" and part.data.name not in variables:
                variables[part.data.name] = part
                todo += [definition.statement.right for definition in part.data.definitions]
            elif part.head in ("apply", "call", "gradient_at") and not isinstance(part.data, str):
                functions[part.data.name] = part.data.base if isinstance(part.data, Function) else part.data
    return Names(variables, functions)


@dataclass(frozen=True, eq=False)
class Piece:
    """A factor: an expression and the indices of its rows and columns."""

    expr: Expr
    indices: tuple[str, ...]


@dataclass
class Raiser:
    """Raises the terms of one context."""

    names: Names
    normalizer: Normalizer
    sorts: dict[str, str | int] = field(default_factory=dict)
    choices: Mapping[str, str | int] = field(default_factory=dict)
    plain: Plain = field(default_factory=Plain)

    def term(self, term: Term, row: str | None = None, column: str | None = None) -> Expr:
        """A term as an expression with the given indices for its rows and columns. Raises NotRaised."""
        return self.poly(self.normalizer.poly(term), row, column)

    def poly(self, poly: Poly, row: str | None, column: str | None) -> Expr:
        if not poly:
            return zeros_like((self.dim(row), self.dim(column)))
        ordered = sorted(poly, key=lambda m: (poly[m] < 0, len(repr(m)), self.normalizer.monomial_order(m)))
        result: Expr | None = None
        for monomial in ordered:
            value = poly[monomial]
            part = self.monomial(monomial, abs(value), row, column)
            if result is None:
                result = part if value > 0 else -part
            else:
                result = result + part if value > 0 else result - part
        return result if result is not None else number(0)

    def monomial(self, monomial: Monomial, value: Fraction, row: str | None, column: str | None) -> Expr:
        """One product: numbers and scalars in front, what is below the line, then the matrices."""
        above: list[Expr] = []
        below: list[Expr] = []
        joined: list[tuple[Term, Term]] = []
        for base, exponent in monomial:
            if free_indices(base) & {row, column}:
                joined.append((base, exponent))
            else:
                self.scalar_power(base, exponent, above, below)
        matrix = self.network(tuple(joined), row, column) if joined else self.constant(row, column)
        if value.numerator != 1 or not (above or matrix is not None):
            above.insert(0, number(value.numerator))
        if value.denominator != 1:
            below.insert(0, number(value.denominator))
        return _assembled(above, below, matrix)

    def constant(self, row: str | None, column: str | None) -> Expr | None:
        if row is None and column is None:
            return None
        return Expr("ones", (), (self.dim(row), self.dim(column)))

    def dim(self, index: str | None) -> str | int:
        """The dimension of an index."""
        if index is None:
            return 1
        if index not in self.sorts:
            raise NotRaised(f"the dimension of {index}")
        return self.sorts[index]

    def scalar_power(self, base: Term, exponent: Term, above: list[Expr], below: list[Expr]) -> None:
        """A power of a scalar, above or below the line; powers of a squared norm are powers of the norm."""
        expr, power = self.scalar(base), exponent
        if expr.head == "norm" and isinstance(exponent, t.Num):
            power = t.Num(2 * exponent.value)
        if isinstance(power, t.Num):
            value = power.value
            (above if value > 0 else below).append(_power(expr, abs(value)))
        else:
            above.append(expr ** self.term(power))

    def scalar(self, base: Term) -> Expr:
        """A scalar factor; a sum of squares comes back as the norm, for which the power is doubled."""
        if isinstance(base, t.Sum):
            return self.network(((base, t.ONE),), None, None)
        if isinstance(base, t.Add):
            return self.term(base)
        piece = self.piece(base)
        if piece.indices:
            raise NotRaised("indices")
        return piece.expr

    def network(self, powers: tuple[tuple[Term, Term], ...], row: str | None, column: str | None) -> Expr:
        """A connected product of tensors."""
        product = opened(powers, self.plain)
        self.sorts |= dict(product.bound)
        pieces = [self.piece_power(base, exponent) for base, exponent in product.powers]
        return _joined(
            [piece for piece in pieces if piece.indices], row, column, [p for p in pieces if not p.indices]
        )

    def piece_power(self, base: Term, exponent: Term) -> Piece:
        piece = self.piece(base)
        if exponent == t.ONE:
            return piece
        if not piece.indices and isinstance(exponent, t.Num):
            power = exponent.value
            return Piece(
                _power(piece.expr, power) if power > 0 else number(1) / _power(piece.expr, -power), ()
            )
        raise NotRaised("a power of an entry")

    def piece(self, term: Term) -> Piece:
        base = freshened(self.plain, term)
        match base:
            case t.Ref(name, indices):
                return self.variable(name, indices)
            case t.Delta(left, right) if left.name and right.name:
                dim = self.dim(left.name if left.name in self.sorts else right.name)
                return Piece(Expr("identity", (), (dim, dim)), (left.name, right.name))
            case t.Count(Index(name, 0)):
                return Piece(Expr("size", (), SCALAR, name), ())
            case t.Num(value):
                return Piece(number(value), ())
            case t.Call():
                return self.call(base)
            case t.Apply(function, order, argument):
                return self.applied(function, order, argument)
            case t.Inverse(i, j, dim, body, (p, q)) if p.name and q.name:
                self.sorts |= {i: dim, j: dim, p.name: dim, q.name: dim}
                return Piece(build.inv(self.term(body, i, j)), (p.name, q.name))
            case t.Determinant(i, j, dim, body):
                self.sorts |= {i: dim, j: dim}
                return Piece(build.det(self.term(body, i, j)), ())
            case t.Expectation(body):
                return self.mean(body)
            case t.Add():
                return self.tensor(base, lambda expr: expr)
        raise NotRaised(type(base).__name__)

    def variable(self, name: str, indices: tuple[Index, ...]) -> Piece:
        expr = self.names.variables.get(name)
        if expr is None:
            raise NotRaised(name)
        variable: Variable = expr.data
        if variable.over is not None:
            place = (indices[0].name, indices[0].offset)
            sort = (place[0], 0) if variable.over == "time" else (place[0], variable.over)
            expr, indices = Expr("member", (expr,), expr.shape, (place, sort)), indices[1:]
        if indices and all(index.name in self.choices for index in indices):
            places = tuple(((i.name, 0), (i.name, self.choices[i.name], "choice")) for i in indices)
            return Piece(Expr("entry", (expr,), SCALAR, places), ())
        if any(index.offset or not index.name or index.name in self.choices for index in indices):
            raise NotRaised("an entry")
        if len(indices) > 2:
            raise NotRaised("an entry of a product of dimensions")
        return Piece(expr, tuple(index.name for index in indices))

    def call(self, call: t.Call) -> Piece:
        if call.function == "matrix_power":
            return self.natural_power(call)
        if call.function in KNOWN_NORMS:
            if len(call.arguments[0].indices) > 2:
                raise NotRaised("several indices for the rows")
            if call.partials:
                raise NotRaised("a derivative of a function of a matrix")
            (matrix,) = map(self.lambda_, call.arguments)
            shape = {"pinv": matrix.shape[::-1], "expm": matrix.shape}.get(call.function, SCALAR)
            return Piece(Expr(call.function, (matrix,), shape), tuple(i.name for i in call.output))
        function = self.names.functions.get(call.function)
        if not isinstance(function, Field):
            raise NotRaised(call.function)
        arguments = tuple(map(self.lambda_, call.arguments))
        if not call.partials:
            return Piece(
                Expr("call", arguments, function.output, function), tuple(i.name for i in call.output)
            )
        if len(call.partials) > 1 or len(arguments) > 1 or call.output:
            raise NotRaised("a higher derivative")
        ((slot, entry),) = call.partials
        value = Expr("gradient_at", (arguments[slot],), arguments[slot].shape, function)
        if arguments[slot].head in ("variable", "member"):
            value = Expr(
                "gradient",
                (Expr("call", arguments, SCALAR, function), arguments[slot]),
                arguments[slot].shape,
            )
        return Piece(value, tuple(index.name for index in entry))

    def natural_power(self, call: t.Call) -> Piece:
        if call.partials:
            raise NotRaised("a derivative of a power")
        (base,), (exponent, row, column) = map(self.lambda_, call.arguments), call.output
        named = Expr("time", (), SCALAR, (exponent.name, 0))
        shifted = named + number(exponent.offset) if exponent.offset > 0 else named - number(-exponent.offset)
        power = Expr("natural_power", (base, shifted if exponent.offset else named), base.shape)
        return Piece(power, (row.name, column.name))

    def lambda_(self, tensor: Lambda) -> Expr:
        names = [name for name, _ in tensor.indices]
        self.sorts |= dict(tensor.indices)
        return self.term(tensor.body, *names)

    def applied(self, function: str, order: int, argument: Term) -> Piece:
        def apply(expr: Expr) -> Expr:
            known = self.names.functions.get(function)
            data = replace(known, times=order) if isinstance(known, Function) else function
            return Expr("apply", (expr,), expr.shape, data)

        return self.tensor(argument, apply)

    def mean(self, body: Term) -> Piece:
        indices = sorted(free_indices(body))
        if len(indices) > 2:
            raise NotRaised("more than two indices")
        return Piece(build.E(self.term(body, *indices)), tuple(indices))

    def tensor(self, body: Term, wrap: object) -> Piece:
        """A function of a tensor entry by entry."""
        indices = sorted(
            free_indices(body) - {*self.normalizer.signs.dims, *self.normalizer.signs.naturals, *self.choices}
        )
        if len(indices) > 2:
            raise NotRaised("more than two indices")
        return Piece(wrap(self.term(body, *indices)), tuple(indices))  # type: ignore[operator]


def _power(expr: Expr, value: Fraction) -> Expr:
    return expr if value == 1 else expr ** number(value)


def _assembled(above: list[Expr], below: list[Expr], matrix: Expr | None) -> Expr:
    """above / below, in front of the matrices; plain symbols come first."""
    factor: Expr | None = None
    for part in sorted(above, key=lambda expr: len(list(subexpressions(expr)))):
        factor = part if factor is None else factor * part
    bottom: Expr | None = None
    for part in below:
        bottom = part if bottom is None else bottom * part
    if bottom is not None:
        factor = (number(1) if factor is None else factor) / bottom
    if matrix is None:
        return number(1) if factor is None else factor
    return matrix if factor is None else factor * matrix


def _joined(pieces: list[Piece], row: str | None, column: str | None, scalars: list[Piece]) -> Expr:
    """The product along paths."""
    left = list(pieces)
    factors: list[Expr] = [piece.expr for piece in scalars]
    main: Expr | None = None
    if row is not None and column is not None:
        main = _outer(left, row, column)
    elif row is not None or column is not None:
        main = _path(left, row or column or "")
    while left:
        factors.append(_closed(left))
    return _assembled(factors, [], main)


def _outer(left: list[Piece], row: str, column: str) -> Expr:
    start = _take(left, row)
    expr, end = _follow(left, start, row, column)
    if end == column:
        return expr
    if end is not None:
        raise NotRaised("a dangling index")
    return expr @ _path(left, column).T


def _path(left: list[Piece], row: str) -> Expr:
    """The product along the path from an index, which ends in a vector."""
    expr, end = _follow(left, _take(left, row), row, None)
    if end is not None:
        raise NotRaised("a dangling index")
    return expr


def _closed(left: list[Piece]) -> Expr:
    """A product without free indices: an inner product, or a trace."""
    vectors = [piece for piece in left if len(piece.indices) == 1]
    vector = min(vectors, key=lambda piece: len(list(subexpressions(piece.expr))), default=None)
    if vector is None:
        start = left.pop(0)
        if start.indices[0] == start.indices[1]:
            return build.tr(start.expr)
        first = start.indices[0]
        expr, end = _follow(left, start, first, first)
        if end != first:
            raise NotRaised("a dangling index")
        return build.tr(expr)
    left.remove(vector)
    rest = _path(left, vector.indices[0])
    return build.norm(rest) if same(rest, vector.expr) else vector.expr.T @ rest


def _take(left: list[Piece], index: str) -> Piece:
    found = [piece for piece in left if index in piece.indices]
    if len(found) != 1:
        raise NotRaised("not two factors at an index")
    left.remove(found[0])
    return found[0]


def _follow(left: list[Piece], piece: Piece, index: str, goal: str | None) -> tuple[Expr, str | None]:
    """The product from a piece onwards, until a vector or the goal is met."""
    expr, end = _oriented(piece, index)
    while end is not None and end != goal:
        following, after = _oriented(_take(left, end), end)
        expr = (
            following
            if expr.head == "identity"
            else expr
            if following.head == "identity"
            else expr @ following
        )
        end = after
    return expr, end


def _oriented(piece: Piece, index: str) -> tuple[Expr, str | None]:
    """The expression with the index as its rows, and the index of its columns."""
    if len(piece.indices) == 1:
        return piece.expr, None
    first, second = piece.indices
    if first == second:
        raise NotRaised("a diagonal")
    return (piece.expr, second) if first == index else (_transposed(piece.expr), first)


def _is_square(expr: Expr) -> bool:
    """Whether the expression is x xᵀ."""
    return expr.head == "matmul" and same(expr.args[0].T, expr.args[1])


def _transposed(expr: Expr) -> Expr:
    if expr.head == "identity" or (expr.head == "variable" and "symmetric" in expr.data.properties):
        return expr
    if expr.head == "expectation" and _is_square(expr.args[0]):
        return expr
    return expr.args[0] if expr.head == "transpose" else expr.T
