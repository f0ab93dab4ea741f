"""A guess at the mistake: one edit of a false equation, or one condition more, that makes it true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from lemmata.language.build import eye, norm, ones
from lemmata.language.errors import LanguageError
from lemmata.language.expr import SCALAR, Expr, Statement, number, same, subexpressions

#: How many edits are tried.
LARGEST_COUNT = 60

#: An edit: what is to be said of it, the statement after it, and what is assumed more.
Edit = tuple[str, Statement, tuple[Statement, ...]]


def edits(statement: Statement) -> Iterator[Edit]:
    """The statement after one edit of its right side, or under one condition more, the likeliest first."""
    if statement.relation != "==" or statement.over is not None:
        return
    seen: list[Expr] = [statement.right]
    for words, right in _rights(statement):
        if right.shape == statement.right.shape and not any(same(right, other) for other in seen):
            seen.append(right)
            yield words, replace(statement, right=right), ()
    for words, condition in _conditions(statement):
        yield words, statement, (condition,)


def _rights(statement: Statement) -> Iterator[tuple[str, Expr]]:
    right = statement.right
    yield "the sign is wrong", -right
    yield "a factor 2 is missing", number(2) * right
    yield "a factor 1/2 is missing", right / number(2)
    yield from _made(lambda: _projections(statement))
    yield from _everywhere(right, _transposed)
    yield from _everywhere(right, _terms)
    yield from _everywhere(right, _swapped)
    yield from _everywhere(right, _kinds)
    for size in _sizes(right):
        yield f"a factor 1/{size} is missing: the mean is meant, not the sum", right / size
        yield f"a factor {size} is missing: the sum is meant, not the mean", size * right
    yield from _everywhere(right, _powers)


def _projections(statement: Statement) -> Iterator[tuple[str, Expr]]:
    """The right side behind, or before, the projection on what is orthogonal to a direction."""
    right = statement.right
    for along in _directions(statement):
        dim = along.shape[0]
        projection = eye(_dimension(dim)) - along
        words = f"the projection {projection} is missing"
        if right.shape[0] == dim:
            yield words, projection @ right
        if right.shape[1] == dim:
            yield words, right @ projection


def _directions(statement: Statement) -> Iterator[Expr]:
    """u uᵀ/‖u‖² for each vector u whose norm is spoken of, and 1 1ᵀ/n for each size n."""
    parts = (part for side in (statement.left, statement.right) for part in subexpressions(side))
    normed = {str(part.args[0]): part.args[0] for part in parts if part.head == "norm"}
    for vector in normed.values():
        if vector.shape[1] == 1 != vector.shape[0]:
            yield vector @ vector.T / norm(vector) ** 2
    for size in _sizes(statement.right):
        yield ones(size) @ ones(size).T / size


def _everywhere(expr: Expr, edit: Callable[[Expr], Iterator[tuple[str, Expr]]]) -> Iterator[tuple[str, Expr]]:
    """The expression with an edit at one of its parts."""
    for words, changed in _made(lambda: edit(expr)):
        yield words, changed
    for place, part in enumerate(expr.args):
        for words, changed in _everywhere(part, edit):
            arguments = (*expr.args[:place], changed, *expr.args[place + 1 :])
            if changed.shape == part.shape:
                yield words, replace(expr, args=arguments)


def _made(edit: Callable[[], Iterator[tuple[str, Expr]]]) -> list[tuple[str, Expr]]:
    """The edits whose shapes fit."""
    try:
        return list(edit())
    except LanguageError:
        return []


def _transposed(expr: Expr) -> Iterator[tuple[str, Expr]]:
    if expr.head == "transpose" and expr.shape[0] == expr.shape[1]:
        yield f"true with {expr.args[0]} for {expr}", expr.args[0]
    elif expr.head in ("variable", "inverse") and expr.shape[0] == expr.shape[1] and expr.shape != SCALAR:
        yield f"true with {expr.T} for {expr}", expr.T


def _terms(expr: Expr) -> Iterator[tuple[str, Expr]]:
    if expr.head not in ("add", "sub"):
        return
    left, right = expr.args
    turned = left - right if expr.head == "add" else left + right

    def join(first: Expr, second: Expr) -> Expr:
        return first + second if expr.head == "add" else first - second

    yield f"the sign of {right} is wrong", turned
    yield f"a factor 2 is missing before {right}", join(left, number(2) * right)
    yield f"a factor 2 is missing before {left}", join(number(2) * left, right)
    yield f"a factor 1/2 is missing before {right}", join(left, right / number(2))
    yield f"the term {right} is too much", left


def _swapped(expr: Expr) -> Iterator[tuple[str, Expr]]:
    if expr.head == "matmul":
        left, right = expr.args
        if left.shape[0] == right.shape[1]:
            yield f"true with {right @ left} for {expr}", right @ left
        if left.head == "matmul" and left.args[0].shape == right.shape == left.args[1].shape:
            first, second = left.args
            yield f"true with {first @ right @ second} for {expr}", first @ right @ second


def _kinds(expr: Expr) -> Iterator[tuple[str, Expr]]:
    if expr.head == "hadamard":
        yield f"true with {expr.args[0] @ expr.args[1]} for {expr}", expr.args[0] @ expr.args[1]
    if expr.head == "diag":
        covariance = expr - expr.args[0] @ expr.args[0].T
        yield f"true with {covariance} for {expr}", covariance
    if expr.head == "div":
        top, bottom = expr.args
        yield f"true with {top * bottom} for {expr}", top * bottom
        yield f"true with {bottom**2} for {bottom}", top / bottom**2


def _powers(expr: Expr) -> Iterator[tuple[str, Expr]]:
    if expr.head == "power" and expr.args[1].head == "number":
        base, exponent = expr.args
        for value in (exponent.data + 1, exponent.data - 1):
            changed = base ** number(value)
            yield f"true with {changed} for {expr}", changed


def _sizes(expr: Expr) -> list[Expr]:
    names = {
        dim for part in subexpressions(expr) for dim in part.shape if isinstance(dim, str) and "·" not in dim
    }
    return [Expr("size", (), SCALAR, name) for name in sorted(names)]


def _dimension(dim: str | int) -> Expr | int:
    """A dimension as it is declared."""
    return dim if isinstance(dim, int) else Expr("size", (), SCALAR, dim)


def _conditions(statement: Statement) -> Iterator[tuple[str, Statement]]:
    matrices: dict[str, Expr] = {}
    for side in (statement.left, statement.right):
        for part in subexpressions(side):
            square = part.shape[0] == part.shape[1] and part.shape != SCALAR
            if part.head == "variable" and square and part.data.over is None:
                matrices.setdefault(part.data.name, part)
    for matrix in matrices.values():
        if "symmetric" not in matrix.data.properties:
            yield f"it holds where {matrix} is symmetric", matrix == matrix.T
    for first, second in combinations(matrices.values(), 2):
        if first.shape == second.shape:
            yield f"it holds where {first} and {second} commute", first @ second == second @ first
