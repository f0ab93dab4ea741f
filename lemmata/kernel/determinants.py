"""Laws of determinants and inverses which the normal form does not see, as factors must be guessed.

product     det(A·B) = det(A)·det(B)        A and B: n x n
exchange    det(I + A·B) = det(I + B·A)     A: n x m, B: m x n, or a column and a row (Sylvester 1851)
kronecker   det(A ⊗ B) = det(A)^m·det(B)^n  A: n x n, B: m x m
    one side    A·B = I gives B·A = I and det A != 0
    Penrose     A·P·A = A, P·A·P = P, (A·P)ᵀ = A·P, (P·A)ᵀ = P·A, tr(P·A) = rank(A)
                where P = pinv(A), of any shape
"""

from __future__ import annotations

from collections.abc import Callable

from lemmata.kernel.certificate import DeterminantLaw, OneSided, Penrose
from lemmata.kernel.composite import square
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment, equivalent
from lemmata.kernel.errors import Rejected
from lemmata.kernel.linear import size
from lemmata.kernel.rules import require
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Call,
    Delta,
    Determinant,
    Dim,
    Index,
    Lambda,
    Mul,
    Pow,
    Sum,
    Term,
)
from lemmata.kernel.wellformed import scope_of

Entries = Callable[[Index, Index], Term]


def determinant_law(env: Environment, claim: Statement, by: DeterminantLaw) -> None:
    """det(A·B) = det(A)·det(B),  or  det(I + A·B) = det(I + B·A),  or  det(A ⊗ B) = det(A)^m·det(B)^n."""
    require(claim.relation == "=", "a law of determinants is an equation")
    scope = scope_of(env.context).bind(*claim.binders)
    axes = scope.check_lambda(by.left), scope.check_lambda(by.right)
    fits = 1 <= len(axes[0]) == len(axes[1]) <= 2 and axes[0] == axes[1][::-1]
    fits = fits or (by.law == "kronecker" and all(len(a) == 2 and a[0] == a[1] for a in axes))
    require(fits, "the law of determinants needs an n x m and an m x n matrix, or a column and a row")
    left, right = _kronecker(env, by) if by.law == "kronecker" else _law(env, by, axes[0])
    law = Statement(claim.binders, "=", left, right)
    require(equivalent(claim, law, env.normalizer(claim.binders)), "the claim is not the law of determinants")
    env.collect(claim)
    env.collect(law)


def one_sided(env: Environment, claim: Statement, by: OneSided) -> None:
    """A one-sided inverse of a square matrix is its inverse.

    A·B = I          A·B = I
    -------          ---------      A and B: n x n
    B·A = I          det A != 0
    """
    scope = scope_of(env.context)
    axes = scope.check_lambda(by.left), scope.check_lambda(by.right)
    require(axes[0] == axes[1], "the rule needs two square matrices of one size")
    left, right = square(by.left, env.fresh), square(by.right, env.fresh)
    premise = env.premise(by.premise)
    needed = left.identity(left.entry, right.entry)
    same = equivalent(needed, premise, env.normalizer(needed.binders))
    require(same, f"{by.premise} does not say that the product is the identity")
    law = left.identity(right.entry, left.entry)
    if claim.relation == "!=":
        law = Statement((), "!=", left.determinant(), ZERO)
    require(equivalent(claim, law, env.normalizer(claim.binders)), "the claim is not what the rule concludes")
    for statement in (claim, law, needed, premise):
        env.collect(statement)


def penrose(env: Environment, claim: Statement, by: Penrose) -> None:
    """Of the pseudo-inverse P of A: A·P·A = A, P·A·P = P, A·P and P·A are symmetric (Penrose 1955).

    P·A is then the orthogonal projection on the row space of A, whose trace is its dimension: rank(A).
    """
    scope = scope_of(env.context)
    axes = scope.check_lambda(by.matrix)
    require(len(axes) == 2, "a pseudo-inverse needs a matrix")
    (rows, columns), entry = axes, entries_of(env, by.matrix)

    def inverse(row: Index, column: Index) -> Term:
        return Call("pinv", (row, column), (by.matrix,))

    left, right = times(env, entry, columns, inverse), times(env, inverse, rows, entry)
    names = tuple(env.fresh.name() for _ in range(2))
    i, j = map(Index, names)
    laws = {
        "first": (times(env, left, rows, entry)(i, j), entry(i, j), (rows, columns)),
        "second": (times(env, right, columns, inverse)(i, j), inverse(i, j), (columns, rows)),
        "third": (left(i, j), left(j, i), (rows, rows)),
        "fourth": (right(i, j), right(j, i), (columns, columns)),
        "trace": (Sum(i.name, columns, right(i, i)), Call("rank", (), (by.matrix,)), ()),
    }
    require(by.law in laws, f"there is no law {by.law} of the pseudo-inverse")
    first, second, dims = laws[by.law]
    law = Statement(tuple(zip(names, dims, strict=False)), "=", first, second)
    require(equivalent(claim, law, env.normalizer(claim.binders)), "the claim is not the law named")
    env.collect(claim)
    env.collect(law)


def times(env: Environment, first: Entries, dim: Dim, second: Entries) -> Entries:
    """The entries of a product over a dimension."""

    def entry(row: Index, column: Index) -> Term:
        k = Index(env.fresh.name())
        return Sum(k.name, dim, Mul((first(row, k), second(k, column))))

    return entry


def _law(env: Environment, by: DeterminantLaw, axes: tuple[Dim, ...]) -> tuple[Term, Term]:
    """Both sides."""
    match by.law:
        case "product":
            require(len(axes) == 2 and axes[0] == axes[1], "the product needs two square matrices")
            one, other = (_det(env, axes[0], entries_of(env, tensor)) for tensor in (by.left, by.right))
            return _det(env, axes[0], _product(env, by.left, by.right)), Mul((one, other))
        case "exchange":
            first = _det(env, axes[0], _product(env, by.left, by.right), ONE)
            turned = _product(env, by.right, by.left)
            if len(axes) == 1:
                inner = Index(env.fresh.name())
                return first, Add((ONE, Sum(inner.name, axes[0], turned(inner, inner))))
            return first, _det(env, axes[1], turned, ONE)
    raise Rejected(f"{by.law} is no law of determinants")


def _kronecker(env: Environment, by: DeterminantLaw) -> tuple[Term, Term]:
    """det(A ⊗ B) and det(A)^m·det(B)^n."""
    first, second = square(by.left, env.fresh), square(by.right, env.fresh)
    rows, columns = (tuple(Index(env.fresh.name()) for _ in range(2)) for _ in range(2))
    dims = (*first.dims, *second.dims)
    axes = tuple((index.name, dim) for index, dim in zip((*rows, *columns), dims * 2, strict=True))
    factors = (m.entry(rows[k : k + 1], columns[k : k + 1]) for k, m in enumerate((first, second)))
    whole = Lambda(axes, Mul(tuple(factors)))
    sizes = (size(dim) for dim in reversed(dims))
    powers = (Pow(matrix.determinant(), n) for matrix, n in zip((first, second), sizes, strict=True))
    return square(whole, env.fresh).determinant(), Mul(tuple(powers))


def entries_of(env: Environment, tensor: Lambda) -> Entries:
    """The entries of a matrix; those of a column, or of a row, stand at the first place."""
    names = [name for name, _ in tensor.indices]

    def entry(row: Index, column: Index) -> Term:
        put = dict(zip(names, (row, column), strict=False))
        return Substitution(env.fresh, indices=put).apply(tensor.body)

    return entry


def _product(env: Environment, left: Lambda, right: Lambda) -> Entries:
    """The entries of A·B; of a column and a row, the products of their entries."""
    first, second = entries_of(env, left), entries_of(env, right)

    def entry(row: Index, column: Index) -> Term:
        if len(left.indices) == 1:
            return Mul((first(row, column), second(column, row)))
        k = Index(env.fresh.name())
        return Sum(k.name, left.indices[1][1], Mul((first(row, k), second(k, column))))

    return entry


def _det(env: Environment, dim: Dim, entry: Entries, diagonal: Term | None = None) -> Term:
    """The determinant of a matrix, or of I + the matrix."""
    i, j = Index(env.fresh.name()), Index(env.fresh.name())
    body = entry(i, j) if diagonal is None else Add((Delta(i, j), entry(i, j)))
    return Determinant(i.name, j.name, dim, body)
