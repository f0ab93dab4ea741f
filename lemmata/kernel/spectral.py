"""What the operator norm and the largest eigenvalue are: bounds for all vectors, which a unit vector attains.

    opnorm(A)² = max ‖A x‖²      eigmax(S) = max xᵀS x      over ‖x‖ = 1

There is a largest value, since the unit sphere is compact and not empty: a dimension is at least 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from lemmata.kernel.certificate import Maximiser, Stretch
from lemmata.kernel.context import Context, Statement, Variable
from lemmata.kernel.environment import Environment, equivalent
from lemmata.kernel.rules import require
from lemmata.kernel.signs import random_names
from lemmata.kernel.substitute import Fresh, Substitution, outcome_depends, subterms
from lemmata.kernel.terms import ONE, Call, Derivative, Dim, Index, Lambda, Mul, Num, Pow, Ref, Sum, Term
from lemmata.kernel.wellformed import Scope, check_context, scope_of

NORMS = ("opnorm", "eigmax")
_TWO = Num(Fraction(2))
Entry = Callable[[Index], Term]


def stretch(env: Environment, claim: Statement, by: Stretch) -> None:
    """No vector is stretched by more than the norm.

    -----------------------------      -------------------------
    ‖A x‖²  <=  opnorm(A)²·‖x‖²        xᵀS x  <=  eigmax(S)·‖x‖²
    """
    scope = scope_of(env.context).bind(*claim.binders)
    _check_norm(scope, by.norm, by.matrix)
    columns = by.matrix.indices[1][1]
    require(scope.check_lambda(by.vector) == (columns,), "the vector does not fit the matrix")
    ((name, _),) = by.vector.indices

    def entry(index: Index) -> Term:
        return Substitution(env.fresh, indices={name: index}).apply(by.vector.body)

    form, largest = _form(env.fresh, by.norm, by.matrix, entry), _largest(by.norm, by.matrix)
    law = Statement(claim.binders, "<=", form, Mul((largest, _square(env.fresh, columns, entry))))
    require(equivalent(claim, law, env.normalizer(claim.binders)), "the claim is not what the rule concludes")
    env.collect(claim)
    env.collect(law)


def maximiser(env: Environment, claim: Statement, by: Maximiser) -> tuple[Context, Statement, Statement]:
    """The context with the unit vector, and what may be assumed of it.

    The vector is new, so that neither the claim nor anything known speaks of it. It may depend on the matrix,
    which therefore is the same at every outcome and for all values of the binders.
    """
    _check_norm(scope_of(env.context), by.norm, by.matrix)
    require(not outcome_depends(by.matrix.body, random_names(env.context)), "the matrix is random")
    known = [said for _, said in (*env.context.hypotheses, *env.context.definitions)]
    sides = [side for said in (claim, *known, *env.proven.values()) for side in (said.left, said.right)]
    used = any(_is_named(part, by.vector) for side in (by.matrix.body, *sides) for part in subterms(side))
    require(not used, f"the name {by.vector} is used twice")
    largest = Call(by.norm, (), (by.matrix,))
    env.collect(Statement((), "=", largest, largest))
    found = attaining(env.fresh, env.context, by)
    check_context(found[0])
    return found


def attaining(fresh: Fresh, context: Context, by: Maximiser) -> tuple[Context, Statement, Statement]:
    """The context with a vector u; ‖u‖² = 1; and ‖A u‖² = opnorm(A)², or uᵀS u = eigmax(S)."""
    columns = by.matrix.indices[1][1]
    inside = replace(context, variables=(*context.variables, Variable(by.vector, (columns,))))

    def entry(index: Index) -> Term:
        return Ref(by.vector, (index,))

    unit = Statement((), "=", _square(fresh, columns, entry), ONE)
    form = _form(fresh, by.norm, by.matrix, entry)
    return inside, unit, Statement((), "=", form, _largest(by.norm, by.matrix))


def _check_norm(scope: Scope, norm: str, matrix: Lambda) -> None:
    require(norm in NORMS, f"{norm} is no largest value over unit vectors")
    scope.check(Call(norm, (), (matrix,)))


def _largest(norm: str, matrix: Lambda) -> Term:
    """opnorm(A)², or eigmax(S)."""
    value = Call(norm, (), (matrix,))
    return Pow(value, _TWO) if norm == "opnorm" else value


def _form(fresh: Fresh, norm: str, matrix: Lambda, entry: Entry) -> Term:
    """‖A x‖², or xᵀS x."""
    (row, rows), (column, columns) = matrix.indices
    i, j = Index(fresh.name()), Index(fresh.name())
    element = Substitution(fresh, indices={row: i, column: j}).apply(matrix.body)
    image = Sum(j.name, columns, Mul((element, entry(j))))
    return Sum(i.name, rows, Pow(image, _TWO) if norm == "opnorm" else Mul((entry(i), image)))


def _square(fresh: Fresh, dim: Dim, entry: Entry) -> Term:
    """‖x‖²."""
    k = Index(fresh.name())
    return Sum(k.name, dim, Pow(entry(k), _TWO))


def _is_named(part: Term, name: str) -> bool:
    """Whether a part is a variable of a name, or binds one."""
    match part:
        case Ref(found, _) | Derivative(found, _, _, _):
            return found == name
    return False
