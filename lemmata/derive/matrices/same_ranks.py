"""Ranks that are known of another matrix: of one with the same entries, or with the opposite ones.

rank(-M) = rank(M), as rank(M·(-I)) <= rank(M) and rank(-M·(-I)) <= rank(-M)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.derive.matrices.matrices import Matrix
from lemmata.derive.matrices.ranks import rank_of_product
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Between, Congruence, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import MINUS_ONE, Call, Delta, Index, Lambda, Mul, Ref, Term

HOLE = "hole%rank"


def by_same_rank(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims what the rank of a matrix is, as a hypothesis says it of another."""
    if claim.binders or not isinstance(claim.left, Call) or claim.left.function != "rank":
        return None
    matrix, known = Matrix(claim.left.arguments[0], searcher.names), everything(searcher.context)
    for number, other in enumerate(_ranked(searcher, matrix)):
        for opposite in (False, True):
            equal = _equal(searcher, matrix, other, f"{label}e{number}{opposite}", opposite=opposite)
            if equal is None:
                continue
            premises = (*((step.id, step.claim) for step in equal), *known.premises)
            last = searcher.prove(claim, replace(known, premises=premises), label).steps
            if last is not None:
                return (*equal, *last)
    return None


def _ranked(searcher: Searcher, matrix: Matrix) -> Iterator[Matrix]:
    """The matrices of the same size whose ranks occur in hypotheses that are equations."""
    for _, said in searcher.context.hypotheses:
        for part in (*subterms(said.left), *subterms(said.right)) if said.relation == "=" else ():
            if isinstance(part, Call) and part.function == "rank" and not free_indices(part):
                other = Matrix(part.arguments[0], searcher.names)
                if (other.rows, other.columns) == (matrix.rows, matrix.columns):
                    yield other


def _equal(searcher: Searcher, matrix: Matrix, other: Matrix, label: str, *, opposite: bool) -> Proof | None:
    """Steps on equal ranks, the first of them on M = N or M = -N, if that is found."""
    axes = tuple((searcher.names.name(), dim) for dim in (matrix.rows, matrix.columns))
    i, j = (Index(name) for name, _ in axes)
    there = other.entry(i, j)
    entries = Statement(axes, "=", matrix.entry(i, j), Mul((MINUS_ONE, there)) if opposite else there)
    found = searcher.prove(entries, everything(searcher.context), f"{label} entries").steps
    if found is None:
        return None
    same = Statement((), "=", _rank(matrix.tensor), _rank(Lambda(axes, entries.right)))
    template = _rank(Lambda(axes, Ref(HOLE, (i, j))))
    step = Step(f"{label} rank", same, Congruence(f"{label} entries", (), HOLE, template, ()))
    return (*found, step, *(_turned(other, f"{label} minus") if opposite else ()))


def _turned(matrix: Matrix, label: str) -> Proof:
    """Steps of which the last claims rank(-M) = rank(M)."""
    names, (i, j) = matrix.names, (Index(matrix.names.name()) for _ in range(2))
    minus = Matrix(Lambda(matrix.tensor.indices, Mul((MINUS_ONE, matrix.tensor.body))), names)
    axes = ((i.name, matrix.columns), (j.name, matrix.columns))
    unit = Matrix(Lambda(axes, Mul((MINUS_ONE, Delta(i, j)))), names)
    below = rank_of_product(matrix, unit, f"{label}a", of_rows=False)
    above = rank_of_product(minus, unit, f"{label}b", of_rows=False)
    claim = Statement((), "=", _rank(minus.tensor), _rank(matrix.tensor))
    return (*below, *above, Step(label, claim, Between(f"{label}a", f"{label}b")))


def _rank(tensor: Lambda) -> Term:
    return Call("rank", (), (tensor,))
