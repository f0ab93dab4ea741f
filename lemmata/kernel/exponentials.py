"""The rules of the exponential of a matrix, exp(A) = Σ A^k/k!, which the normal form takes for any function.

intertwine     A·M = M·B gives exp(A)·M = M·exp(B), as A^k·M = M·B^k
direction      the derivative of exp at X along C is ∫ exp(sX)·C·exp((1-s)X) ds over 0 <= s <= 1;
               it is exp(X)·C where C commutes with X, and so is the gradient of tr(C·exp(X)), transposed
flow           what solves F' = A·F is exp(τA)·F(0)
"""

from __future__ import annotations

from dataclasses import replace

from lemmata.kernel.certificate import Flow, Frechet, Intertwine
from lemmata.kernel.context import Context, Statement, Variable
from lemmata.kernel.determinants import Entries, entries_of, times
from lemmata.kernel.environment import Environment, equivalent
from lemmata.kernel.rules import require
from lemmata.kernel.substitute import Substitution, names_of
from lemmata.kernel.terms import ONE, ZERO, Call, Derivative, Dim, Index, Lambda, Mul, Ref, Sum, Term
from lemmata.kernel.wellformed import check_context, scope_of


def intertwine(env: Environment, claim: Statement, by: Intertwine) -> None:
    """What passes matrices through passes their exponentials through.

        A·M = M·B
    -----------------      A: n x n, M: n x m, B: m x m
    exp(A)·M = M·exp(B)
    """
    rows, columns = _square(env, by.left), _square(env, by.right)
    fits = scope_of(env.context).check_lambda(by.between) == (rows, columns)
    require(fits, "the matrix between does not fit the other two")
    between = entries_of(env, by.between)

    def said(first: Entries, second: Entries) -> Statement:
        sides = times(env, first, rows, between), times(env, between, columns, second)
        return _equation(env, (rows, columns), *sides)

    needed = said(entries_of(env, by.left), entries_of(env, by.right))
    _concluded(env, claim, by.premise, needed, said(_exponential(by.left), _exponential(by.right)))


def frechet(env: Environment, claim: Statement, by: Frechet) -> None:
    """The derivative of the exponential along what commutes.

                       X·C = C·X
    ------------------------------------------------      ∂_pq f: the derivative of f(X) by X[p,q]
    Σ_pq ∂_pq exp(X)[i,j]·C[p,q] = (exp(X)·C)[i,j]        inner
    Σ_pq ∂_ij exp(X)[p,q]·C[q,p] = (exp(X)·C)[j,i]        outer
    """
    require(by.side in ("inner", "outer"), "the sum is over the inner or over the outer indices")
    dim = _square(env, by.matrix)
    require(_square(env, by.direction) == dim, "the direction does not fit the matrix")
    matrix, direction = entries_of(env, by.matrix), entries_of(env, by.direction)
    needed = _equation(
        env, (dim, dim), times(env, matrix, dim, direction), times(env, direction, dim, matrix)
    )
    product = times(env, _exponential(by.matrix), dim, direction)

    def slope(i: Index, j: Index) -> Term:
        p, q = Index(env.fresh.name()), Index(env.fresh.name())
        output, entry = ((i, j), (p, q)) if by.side == "inner" else ((p, q), (i, j))
        factor = direction(p, q) if by.side == "inner" else direction(q, p)
        partial = Call("expm", output, (by.matrix,), ((0, entry),))
        return Sum(p.name, dim, Sum(q.name, dim, Mul((partial, factor))))

    def value(i: Index, j: Index) -> Term:
        return product(i, j) if by.side == "inner" else product(j, i)

    _concluded(env, claim, by.premise, needed, _equation(env, (dim, dim), slope, value))


def check_flow(env: Environment, claim: Statement, by: Flow) -> tuple[Context, Statement]:
    """The context and the statement of the proof inside: F' = A·F for every real τ, a new name."""
    said = (*env.context.hypotheses, *env.context.definitions, *env.proven.items())
    for label, statement in said:
        speaks = any(by.time in names_of(side) for side in (statement.left, statement.right))
        require(not speaks, f"{label} speaks of {by.time}")
    rows = _square(env, by.matrix)
    context = replace(env.context, variables=(*env.context.variables, Variable(by.time)))
    check_context(context)
    dims = scope_of(context).check_lambda(by.flow)
    require(len(dims) == 2 and dims[0] == rows, "what flows does not fit the matrix")
    flow = entries_of(env, by.flow)

    def at(value: Term) -> Entries:
        put = Substitution(env.fresh, tensors={by.time: Lambda((), value)})
        return lambda row, column: put.apply(flow(row, column))

    def slope(row: Index, column: Index) -> Term:
        name = env.fresh.name()
        return Derivative(name, at(Ref(name))(row, column), (), Lambda((), Ref(by.time)))

    law = _equation(env, dims, at(ONE), times(env, _exponential(by.matrix), rows, at(ZERO)))
    require(equivalent(claim, law, env.normalizer(claim.binders)), "the claim is not F(1) = exp(A)·F(0)")
    env.collect(claim)
    env.collect(law)
    return context, _equation(env, dims, slope, times(env, entries_of(env, by.matrix), rows, flow))


def _square(env: Environment, matrix: Lambda) -> Dim:
    """The dimension of a square matrix of the context."""
    axes = scope_of(env.context).check_lambda(matrix)
    require(len(axes) == 2 and axes[0] == axes[1], "an exponential needs a square matrix")
    return axes[0]


def _exponential(matrix: Lambda) -> Entries:
    return lambda row, column: Call("expm", (row, column), (matrix,))


def _equation(env: Environment, dims: tuple[Dim, ...], left: Entries, right: Entries) -> Statement:
    """Entry by entry."""
    i, j = Index(env.fresh.name()), Index(env.fresh.name())
    return Statement(((i.name, dims[0]), (j.name, dims[1])), "=", left(i, j), right(i, j))


def _concluded(env: Environment, claim: Statement, label: str, needed: Statement, law: Statement) -> None:
    """The premise is what the rule needs, and the claim what it concludes."""
    premise = env.premise(label)
    same = equivalent(needed, premise, env.normalizer(needed.binders))
    require(same, f"{label} does not say that the products are equal")
    require(equivalent(claim, law, env.normalizer(claim.binders)), "the claim is not what the rule concludes")
    for statement in (claim, law, needed, premise):
        env.collect(statement)
