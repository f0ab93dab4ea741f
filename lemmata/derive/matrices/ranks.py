"""Inequalities of ranks, which are traces of projections.

    Σ_ik A_ik² <= rank(A)·opnorm(A)²      rank(A·B) <= rank(A)      rank(A·B) <= rank(B)

The first is ‖A Π e_c‖² <= opnorm(A)²·‖Π e_c‖², summed over c, for the projection Π = pinv(A)·A. The others
hold as rank(A) - rank(A·B) = ‖A·pinv(A) - (A·B)·pinv(A·B)‖², and the same of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from lemmata.derive.matrices.matrices import TWO, Matrix, product
from lemmata.derive.matrices.projections import Projection
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Combine, Proof, Step, Stretch, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Call, Index, Lambda, Mul, Num, Pow, Sum, Term

_MINUS_TWO = Num(Fraction(-2))


def squares_below_rank(matrix: Matrix, label: str) -> Proof:
    """Steps of which the last claims Σ_ik A_ik² <= rank(A)·opnorm(A)²."""
    a = Projection(matrix, label)
    p, largest, names = a.inverse, matrix.square(), matrix.names
    rows, columns = matrix.rows, matrix.columns
    onto = product(p, matrix)
    image = product(matrix, onto)
    i, k = Index(names.name()), Index(names.name())
    bound = Statement(((k.name, columns),), "<=", image.column(k), Mul((largest, onto.column(k))))
    vector = Lambda(((i.name, columns),), onto.entry(i, k))
    stretched = Step(f"{label} each", bound, Stretch("opnorm", matrix.tensor, vector))
    both = Add((matrix.entry(i, k), image.entry(i, k)))
    uses = (
        Use(stretched.id, ((k.name, k),), ((k.name, columns),), ONE),
        a.use("first", i, k, (rows, columns), Mul((MINUS_ONE, both))),
        a.use("fourth", i, k, (columns, columns), Mul((largest, onto.entry(i, k)))),
        a.use("second", i, k, (columns, rows), Mul((largest, matrix.entry(k, i)))),
        Use(f"{label} trace", (), (), largest),
    )
    claim = Statement((), "<=", matrix.all_squares(), Mul((a.rank(), largest)))
    laws = tuple(map(a.law, ("first", "second", "fourth", "trace")))
    return (*laws, stretched, Step(label, claim, Combine(uses, ZERO, (), ())))


def rank_of_product(first: Matrix, second: Matrix, label: str, *, of_rows: bool) -> Proof:
    """Steps of which the last claims rank(A·B) <= rank(A), or rank(A·B) <= rank(B) by the rows."""
    whole = Projection(product(first, second), f"{label}w")
    part = Projection(second if of_rows else first, f"{label}p")
    symmetric = "fourth" if of_rows else "third"
    small, large = _onto(whole, of_rows=of_rows), _onto(part, of_rows=of_rows)
    i, k = Index(first.names.name()), Index(first.names.name())
    square = (small.rows, small.rows)
    shape, whole_shape = ((each.matrix.rows, each.matrix.columns) for each in (part, whole))
    other = product(whole.inverse, first) if of_rows else product(second, whole.inverse)
    uses = (
        Use(f"{label}p trace", (), (), ONE),
        Use(f"{label}w trace", (), (), MINUS_ONE),
        part.use(symmetric, i, k, square, Add((large.entry(i, k), Mul((_MINUS_TWO, small.entry(i, k)))))),
        whole.use(symmetric, i, k, square, small.entry(i, k)),
        part.use("first", i, k, shape, Add((part.inverse.entry(k, i), Mul((_MINUS_TWO, other.entry(k, i)))))),
        whole.use("first", i, k, whole_shape, whole.inverse.entry(k, i)),
    )
    apart = Pow(Add((large.entry(i, k), Mul((MINUS_ONE, small.entry(i, k))))), TWO)
    slack: Term = Sum(i.name, small.rows, Sum(k.name, small.rows, apart))
    laws = tuple(each.law(law) for each in (part, whole) for law in ("first", symmetric, "trace"))
    claim = Statement((), "<=", whole.rank(), part.rank())
    return (*laws, Step(label, claim, Combine(uses, slack, (), ())))


def _onto(projection: Projection, *, of_rows: bool) -> Matrix:
    """The projection on the columns, or on the rows."""
    a, p = projection.matrix, projection.inverse
    return product(p, a) if of_rows else product(a, p)


def rank_laws(names: Names, claim: Statement, label: str) -> Iterator[Proof]:
    """The laws of the ranks of products of which a claim speaks."""
    parts = (*subterms(claim.left), *subterms(claim.right))
    ranks = dict.fromkeys(p for p in parts if isinstance(p, Call) and p.function == "rank")
    for number, rank in enumerate(ranks):
        factors = None if free_indices(rank) else _factors(rank.arguments[0], names)
        if factors is not None:
            yield rank_of_product(*factors, f"{label}k{number}a", of_rows=False)
            yield rank_of_product(*factors, f"{label}k{number}b", of_rows=True)


def _factors(tensor: Lambda, names: Names) -> tuple[Matrix, Matrix] | None:
    """The matrices A and B of a product A·B."""
    (row, column), body = tensor.indices, tensor.body
    if not isinstance(body, Sum) or not isinstance(body.body, Mul) or len(body.body.factors) != 2:
        return None
    middle = (body.index, body.dim)
    for first, second in permutations(body.body.factors):
        if column[0] not in free_indices(first) and row[0] not in free_indices(second):
            left, right = Lambda((row, middle), first), Lambda((middle, column), second)
            return Matrix(left, names), Matrix(right, names)
    return None
