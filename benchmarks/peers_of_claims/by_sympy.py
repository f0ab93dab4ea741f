"""SymPy: whether `simplify(lhs - rhs)` is 0.

A claim is said by `to_sympy`, with SymPy's words for calculus added: SymPy evaluates them, so what it makes
of them is part of what is measured. There are none for Jacobians, whose places are the other way in SymPy,
for directions, and for single entries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from benchmarks.peers_of_claims.asking import NotSaid, Peer
from lemmata.language.expr import SCALAR, Expr
from lemmata.language.sympy_border import WORDS, to_sympy


def said(expr: Expr) -> Any:
    """The expression in SymPy's words. Raises NotSaid or LanguageError where there is none."""
    return to_sympy(expr, {**WORDS, **CALCULUS})


def equal(module: Any, left: Expr, right: Expr) -> bool:
    """Whether SymPy simplifies the difference to zero, which for matrices is not equal to 0."""
    found = (said(left) - said(right)).doit().simplify()
    return bool(found == 0 or getattr(found, "is_zero_matrix", False) or isinstance(found, module.ZeroMatrix))


def _matmul(expr: Expr, left: Any, right: Any) -> Any:
    """A 1 x 1 product as its trace, which SymPy differentiates; it takes the entry for a constant."""
    found = WORDS["matmul"](expr, left, right)
    return sympy.Trace(found.args[0]) if found.__class__.__name__ == "MatrixElement" else found


def _derivative(expr: Expr, body: Any, by: Any) -> Any:
    if expr.args[0].shape == SCALAR == expr.args[1].shape:
        return sympy.Derivative(body, by)
    return body.doit().diff(by)


def _hessian(expr: Expr, body: Any, by: Any) -> Any:
    return body.doit().diff(by).diff(by)


def _integral(expr: Expr, body: Any, first: Any, last: Any) -> Any:
    return sympy.Integral(body, (sympy.Symbol(expr.data, real=True), first.doit(), last.doit()))


def _limit(expr: Expr, body: Any, point: Any) -> Any:
    name, side = expr.data
    return sympy.Limit(body, sympy.Symbol(name, real=True), point.doit(), side or "+-")


def _series(expr: Expr, body: Any, first: Any, last: Any) -> Any:
    """A sum or a product over the integers."""
    head, name = expr.data
    kind = {"index_sum": sympy.Sum, "index_product": sympy.Product}.get(head)
    if kind is None:
        raise NotSaid(f"SymPy has no word for {head}")
    bound = sympy.Symbol(name, integer=True)
    return kind(body.xreplace({sympy.Symbol(name, real=True): bound}), (bound, first.doit(), last.doit()))


def _apply(expr: Expr, value: Any) -> Any:
    function = FUNCTIONS.get(expr.data) if isinstance(expr.data, str) else None
    if function is None:
        return WORDS["apply"](expr, value)
    return function(value) if expr.shape == SCALAR else value.applyfunc(function)


#: Functions for which `to_sympy` has no word.
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    **{name: getattr(sympy, name) for name in ("tan", "asin", "acos", "atan", "asinh", "acosh", "atanh")},
    **{name: getattr(sympy, name) for name in ("erf", "gamma", "floor", "sign")},
    **{"ceil": sympy.ceiling, "lgamma": sympy.loggamma, "cbrt": lambda x: sympy.real_root(x, 3)},
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
    "relu": lambda x: sympy.Max(x, 0),
}

CALCULUS: dict[str, Callable[..., Any]] = {
    "matmul": _matmul,
    "diff": _derivative,
    "gradient": _derivative,
    "hessian": _hessian,
    "integral": _integral,
    "limit": _limit,
    "series": _series,
    "apply": _apply,
    "pi": lambda expr: sympy.pi,
    "infinity": lambda expr: sympy.oo,
}

SYMPY = Peer("SymPy", "sympy", equal)
