"""Who depends on what: through definitions and recurrences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lemmata.kernel.terms import Sort
from lemmata.language.errors import LanguageError
from lemmata.language.expr import Expr, Statement, mismatch, rebuilt, subexpressions

if TYPE_CHECKING:
    from lemmata.language.declare import Variable


def variables(expr: Expr) -> Iterator[Variable]:
    """The variables which occur."""
    for part in subexpressions(expr):
        if part.head == "variable":
            yield part.data


def reached(expr: Expr) -> dict[str, Variable]:
    """The variables which occur, also through definitions, by name."""
    found: dict[str, Variable] = {}
    todo = list(variables(expr))
    while todo:
        variable = todo.pop()
        if variable.name not in found:
            found[variable.name] = variable
            for definition in variable.definitions:
                todo += variables(definition.statement.right)
    return found


def depends(expr: Expr, name: str | None) -> bool:
    """Whether an expression depends on a variable; with None, on any random variable not under a mean."""
    if name is not None:
        return name in reached(expr)
    if expr.head in ("expectation", "covariance"):
        return False
    if expr.head == "variable":
        bodies = (d.statement.right for d in expr.data.definitions if expr.data.all is not None)
        return "random" in expr.data.properties or any(depends(body, None) for body in bodies)
    return any(depends(argument, None) for argument in expr.args)


def unfolded_parts(expr: Expr, held: str) -> Iterator[Expr]:
    """What occurs in an expression, also in the definitions of what occurs; `held` is not looked into."""
    todo, seen = [expr], {held}
    while todo:
        for part in subexpressions(todo.pop()):
            yield part
            if part.head == "variable" and part.data.name not in seen and part.data.all is not None:
                seen.add(part.data.name)
                todo.append(part.data.all.statement.right)


def members(expr: Expr, name: str) -> set[object]:
    """The places at which members of a family occur, also in definitions."""
    found: set[object] = set()
    for part in unfolded_parts(expr, name):
        if part.head == "member" and part.args[0].data.name == name:
            found.add(part.data[0])
    return found


def times_in(expr: Expr) -> set[str]:
    """The names of the times which occur, also in definitions."""
    found: set[str] = set()
    for part in unfolded_parts(expr, ""):
        if part.head == "time":
            found.add(part.data[0])
        elif part.head == "member" and part.args[0].data.over == "time":
            found.add(part.data[0][0])
    return found - {""}


def none_hidden(what: str, time: str, *exprs: Expr) -> None:
    """Raises LanguageError where a time occurs only inside of a definition: it would not be bound there."""
    for expr in exprs:
        for variable in variables(expr):
            if variable.all is not None and time in times_in(variable.all.statement.right):
                raise LanguageError(f"{what}: the time {time} is hidden in {variable.name}; write it out")


def free_places(statement: Statement) -> set[tuple[str, Sort]]:
    """The indices which no sum binds; they are bound by the statement."""
    return free_indices(statement.left) | free_indices(statement.right)


def free_indices(expr: Expr) -> set[tuple[str, Sort]]:
    """The indices of an expression which no sum binds, each with its dimension."""
    found: set[tuple[str, Sort]] = set()
    for argument in expr.args:
        found |= free_indices(argument)
    if expr.head == "member" and expr.args[0].data.over != "time" and _is_free(expr.data):
        found.add((expr.data[0][0], expr.args[0].data.over))
    if expr.head == "chosen":
        found.add(expr.data[1])
    if expr.head in ("entry", "at_words"):
        found |= {(part[0][0], part[1][1]) for part in expr.data if part is not None and _is_free(part)}
    if expr.head in ("index_sum", "index_max", "column"):
        found.discard(expr.data)
    return found


def _is_free(part: tuple[tuple[str, int], tuple[str, ...]]) -> bool:
    """Whether a place is an index: neither a number nor a choice."""
    (name, _), sort = part
    return bool(name) and sort[2:] != ("choice",)


def substitute(expr: Expr, values: Mapping[Expr, Expr]) -> Expr:
    """The expression with other expressions in the place of some of its parts, the outermost first."""
    for part, value in values.items():
        if part.shape != value.shape:
            raise mismatch("substitution", part, value)
    found = values.get(expr)
    return rebuilt(expr, lambda part: substitute(part, values)) if found is None else found
