"""Deriving a gradient: the derivation is written, not only checked."""

from __future__ import annotations

import sys

from lemmata.derive.chain import Calc, Line
from lemmata.derive.factor import factored
from lemmata.derive.raising import Names, NotRaised, Raiser, names_in
from lemmata.derive.search import Known, Searcher
from lemmata.language.build import grad, jac
from lemmata.language.context import context_of
from lemmata.language.declare import Field
from lemmata.language.errors import LanguageError
from lemmata.language.expr import Expr, rebuilt, same
from lemmata.language.lower import lower_statement


def derive_gradient(f: object, x: Expr) -> Calc:
    """∇_x f, worked out: a chain from `grad(f, x)` to a form that can be read, with its reasons.

    The chain is a derivation like any other: print it, or return it from a theorem, where the kernel
    checks each line. Raises LanguageError where the gradient has no form in matrices.

    >>> from lemmata import dims, vector, norm
    >>> n, = dims("n")
    >>> u = vector("u", n)
    >>> derive_gradient(norm(u)**2, u).lines[-1].expr
    2 u
    """
    here = sys._getframe(1).f_lineno
    first = grad(f, x)
    lines = [Line("==", expr, "chain rule", here) for expr in _chain_rule(first)]
    expanded = _expanded(first, x)
    lines.append(Line("==", expanded, "derivative", here))
    short = factored(expanded)
    if short is not None:
        lines.append(Line("==", short, "factoring", here))
    return Calc(first, here, tuple(lines))


def _chain_rule(gradient: Expr) -> list[Expr]:
    """(∂w/∂x)ᵀ ∇_w L for L(w), where w is a name."""
    body, x = gradient.args
    if body.head == "call" and len(body.args) == 1 and isinstance(body.data, Field):
        (inner,) = body.args
        if inner.head == "variable" and inner.data.all is not None and inner.shape[1] == x.shape[1] == 1:
            return [jac(inner, x).T @ grad(body.data, inner)]
    return []


def _expanded(first: Expr, x: Expr) -> Expr:
    """The normal form of the derivative, in matrices; a defined name inside L(w) is kept."""
    statement = first == first
    context = context_of((statement,))
    claim = lower_statement(statement)
    searcher = Searcher(context)
    workspace = searcher.workspace(claim, Known())
    names = names_in((first,))
    raiser = Raiser(
        names, workspace.normalizer, {**{n: s for n, s in claim.binders if isinstance(s, str | int)}}
    )
    places = [name for name, _ in claim.binders]
    row = places[0] if x.shape[0] != 1 else None
    column = places[-1] if x.shape[1] != 1 else None
    try:
        raised = raiser.term(claim.left, row, column)
    except NotRaised as error:
        raise LanguageError(f"{first} has no form in matrices: {error}") from error
    return _folded(raised, names)


def _folded(expr: Expr, names: Names) -> Expr:
    """The expression with the arguments of unknown functions folded back into their defined names."""

    for name in names.variables.values():
        definition = name.data.all
        if definition is not None and expr.head == "gradient_at":
            point = expr.args[0]
            if point.shape == name.shape and _alike(point, definition.statement.right):
                return grad(expr.data, name)
    return rebuilt(expr, lambda part: _folded(part, names))


def _alike(left: Expr, right: Expr) -> bool:
    """Whether two expressions are the same by algebra."""
    if same(left, right):
        return True
    statement = left == right
    claim = lower_statement(statement)
    return Searcher(context_of((statement,))).prove(claim, Known(), "alike").steps is not None
