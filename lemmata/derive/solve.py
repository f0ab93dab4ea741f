"""Solving: the value of an unknown number for which a statement holds whatever the other values are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lemmata.derive.raising import Raiser, names_in
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.environment import Environment, Ledger, difference
from lemmata.kernel.poly import Monomial
from lemmata.kernel.substitute import free_indices
from lemmata.kernel.terms import Ref, Term
from lemmata.language.context import context_of
from lemmata.language.errors import LanguageError
from lemmata.language.expr import SCALAR, Expr, Statement
from lemmata.language.lower import lower_statement
from lemmata.language.sympy_border import from_sympy, to_sympy


def solve_for(unknown: Expr, statement: Statement) -> Expr:
    """The scalar for which an equation holds for all values of the vectors and functions in it.

    The coefficient of each vector in `left - right` must vanish; SymPy solves these equations. The result
    is a proposal: state it as a theorem to have it checked. Raises LanguageError if there is no solution, or
    more than one.

    >>> from lemmata import scalars, vector, dims
    >>> n, = dims("n")
    >>> θ = vector("θ", n)
    >>> a, λ = scalars("a λ")
    >>> solve_for(λ, θ - 2 * a * θ == θ + λ * θ)
    -2 a
    """
    import sympy

    equations = list(_coefficients(unknown, statement))
    found = sympy.solve(equations, unknown.symbol, dict=True) if equations else []
    values = [solution[unknown.symbol] for solution in found if unknown.symbol in solution]
    if len(values) != 1:
        what = "no value" if not values else "more than one value"
        raise LanguageError(f"{what} of {unknown} makes {statement} hold for all values of the rest")
    names = names_in((statement.left, statement.right)).variables
    return from_sympy(values[0], {expr.symbol: expr for expr in names.values() if expr.shape == SCALAR})


def _coefficients(unknown: Expr, statement: Statement) -> Iterable[Any]:
    """For each product of vectors and functions, its coefficient in left - right as a SymPy expression."""
    context = context_of((statement,), (), (unknown,))
    claim = lower_statement(statement)
    searcher = Searcher(context)
    workspace = searcher.workspace(claim, everything(context))
    unfolding = _unfolding(searcher, context)
    poly = workspace.normalizer.poly(unfolding.apply(difference(claim.left, claim.right)))
    raiser = Raiser(names_in((statement.left, statement.right, unknown)), workspace.normalizer)
    groups: dict[tuple[Term, ...], Any] = {}
    for monomial, value in poly.items():
        scalars, rest = _parted(monomial)
        coefficient = to_sympy(raiser.monomial(scalars, abs(value), None, None)) * (1 if value > 0 else -1)
        groups[rest] = groups.get(rest, 0) + coefficient
    return groups.values()


def _unfolding(searcher: Searcher, context: Any) -> Any:
    env = Environment(context, {}, Ledger(searcher.names))
    return env.unfolding(everything(context).unfold)


def _parted(monomial: Monomial) -> tuple[Monomial, tuple[Any, ...]]:
    """The scalar variables of a product, and its other factors."""

    def is_scalar(base: Term) -> bool:
        return not free_indices(base) and isinstance(base, Ref)

    scalars = tuple(power for power in monomial if is_scalar(power[0]))
    return scalars, tuple(power for power in monomial if not is_scalar(power[0]))
