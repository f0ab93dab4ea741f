"""Invertible matrices are dense: what holds of polynomials in X where det X != 0 holds everywhere.

Both sides are continuous in X, and near each matrix there are invertible ones: X + εI for small ε. (Also near
each symmetric matrix there are symmetric ones.)
"""

from __future__ import annotations

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.environment import Environment, speaks_of
from lemmata.kernel.errors import Rejected
from lemmata.kernel.rules import require
from lemmata.kernel.signs import defined_name
from lemmata.kernel.substitute import mentions
from lemmata.kernel.terms import (
    ZERO,
    Add,
    Derivative,
    Determinant,
    Dim,
    Index,
    Mul,
    Natural,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

#: The bound names in the assumption that a determinant is not 0.
ROW_AND_COLUMN = ("r%dense", "c%dense")


def check_dense(env: Environment, claim: Statement, variable: str) -> Statement:
    """The assumption det X != 0 under which a claim may be proved. Raises Rejected where something is given
    of X, or of what is defined by X, or X is defined itself, or the claim is no equation (or <=) of
    polynomials in X, once what is defined by X is unfolded."""
    context = env.context
    dim = _dimension(context, variable)
    defined = {defined_name(said.left) for _, said in context.definitions}
    require(variable not in defined, f"{variable} is defined")
    moving = _moving(context, variable)
    for label, statement in context.hypotheses:
        speaks = speaks_of(statement, variable) or _mentions_any(statement, moving)
        require(not speaks, f"{label} speaks of {variable}")
    require(claim.relation in ("=", "<="), "only equations and <= are kept by limits")
    named = [label for label, said in context.definitions if defined_name(said.left) in moving]
    unfolded = env.unfolding(tuple(named)).statement(claim) if _mentions_any(claim, moving) else claim
    polynomial = all(is_polynomial(side, frozenset({variable})) for side in (unfolded.left, unfolded.right))
    require(polynomial, f"the claim is not one of polynomials in {variable}")
    row, column = ROW_AND_COLUMN
    entries = Ref(variable, (Index(row), Index(column)))
    return Statement((), "!=", Determinant(row, column, dim, entries), ZERO)


def _moving(context: Context, variable: str) -> frozenset[str]:
    """The variable and all whose definitions speak of it, directly or not."""
    moving, known = {variable}, 0
    while len(moving) > known:
        known = len(moving)
        for _, statement in context.definitions:
            name = defined_name(statement.left)
            if name and _mentions_any(statement, frozenset(moving)):
                moving.add(name)
    return frozenset(moving)


def _mentions_any(statement: Statement, names: frozenset[str]) -> bool:
    return any(mentions(side, name) for side in (statement.left, statement.right) for name in names)


def _dimension(context: Context, variable: str) -> Dim:
    """The dimension of a declared matrix of which nothing is said but that it is square, or symmetric."""
    for found in context.variables:
        if found.name == variable and len(found.shape) == 2 and found.properties <= {"symmetric"}:
            rows, columns = found.shape
            if rows == columns and not isinstance(rows, Natural):
                return rows
    raise Rejected(f"{variable} is not any square matrix")


def is_polynomial(term: Term, names: frozenset[str]) -> bool:
    """Whether a term is a polynomial in the entries of some variables, with fixed coefficients."""
    if not any(mentions(term, name) for name in names):
        return True
    match term:
        case Ref():
            return True
        case Add(parts) | Mul(parts):
            return all(is_polynomial(part, names) for part in parts)
        case Pow(base, Num(value)):
            return value >= 0 and value.denominator == 1 and is_polynomial(base, names)
        case Sum(_, _, body) | Determinant(_, _, _, body):
            return is_polynomial(body, names)
        case Derivative(variable, body, _, at):
            return is_polynomial(body, names | {variable}) and is_polynomial(at.body, names)
    return False
