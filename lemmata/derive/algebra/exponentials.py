"""What exponentials of matrices do to the words beside them: exp(X)·M = M·exp(Y), where X·M = M·Y.

With Y = 0: what X annihilates is left alone by exp(X). Of pseudo-inverses, I - P·M and I - M·P are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product as pairs

from lemmata.derive.algebra.letters import Letters
from lemmata.derive.algebra.poly import Poly
from lemmata.kernel.certificate import Combine, Flow, Intertwine, Step
from lemmata.kernel.certificate import Proof as Steps
from lemmata.kernel.context import Statement as Claim
from lemmata.kernel.terms import ZERO, Index
from lemmata.language.around import ALONE
from lemmata.language.build import expm
from lemmata.language.expr import SCALAR, Expr, subexpressions
from lemmata.language.lower import COLUMN, ROW, Lowering, lower

#: How many matrices are tried between two exponentials, and the name of the time in a flow.
LARGEST_TRIES, TIME = 16, "τ%"

#: Finds steps of which the last claims that a difference is 0.
Prover = Callable[[Expr, Claim, str], Steps | None]
#: Whether a polynomial is 0 by a little rewriting.
Test = Callable[[Poly], bool]
#: Two square matrices, and one between them.
Triple = tuple[Expr, Expr, Expr]


def intertwined(
    letters: Letters, label: str, places: tuple[str, str], vanishes: Test, prove: Prover
) -> Iterator[tuple[Steps, Expr]]:
    """Steps of which the last says that a difference of words with exponentials is 0, and this difference."""
    triples = [*_letters_between(letters), *_complements_between(letters)][:LARGEST_TRIES]
    zero: set[Expr] = set()
    for number, (first, second, between) in enumerate(triples):
        gap = first @ between - between @ second
        found = vanishes(letters.poly(gap))
        before = prove(gap, _equation(gap, (ROW.name, COLUMN.name)), f"{label}e{number}p") if found else None
        if before is None:
            continue
        for matrix in (first, second):
            if matrix.head == "zeros" and matrix not in zero:
                zero.add(matrix)
                yield _of_zero(matrix, f"{label}z{len(zero)}", places)
        said = expm(first) @ between - between @ expm(second)
        by = Intertwine(before[-1].id, *(Lowering().tensor(part, ALONE) for part in (first, second, between)))
        yield (*before, Step(f"{label}e{number}", _equation(said, places), by)), said


def _letters_between(letters: Letters) -> Iterator[Triple]:
    """Letters met between two exponentials met; a matrix itself beside its exponential."""
    plain = [expr for expr in letters.exprs if not _has_exponential(expr)]
    for first, second in pairs(_exponentials(letters), repeat=2):
        shape = (first.shape[0], second.shape[0])
        fitting = [expr for expr in plain if expr.shape == shape]
        yield from ((first, second, between) for between in fitting)
        if first is second:
            yield first, first, first


def _complements_between(letters: Letters) -> Iterator[Triple]:
    """I - P·M and I - M·P for pseudo-inverses P of M, between an exponential and that of 0."""
    inverses = [expr for expr in letters.exprs if expr.head == "pinv" and not _has_exponential(expr)]
    for matrix, inverse in pairs(_exponentials(letters), inverses):
        for product in (inverse @ inverse.args[0], inverse.args[0] @ inverse):
            if product.shape == matrix.shape != SCALAR:
                zero, complement = Expr("zeros", (), matrix.shape), _identity(matrix) - product
                yield matrix, zero, complement
                yield zero, matrix, complement


def _exponentials(letters: Letters) -> list[Expr]:
    return [expr.args[0] for expr in letters.exprs if expr.head == "expm"]


def _has_exponential(expr: Expr) -> bool:
    return any(part.head == "expm" for part in subexpressions(expr))


def _identity(matrix: Expr) -> Expr:
    return Expr("identity", (), matrix.shape)


def _of_zero(matrix: Expr, label: str, places: tuple[str, str]) -> tuple[Steps, Expr]:
    """I = exp(0), as I' = 0·I."""
    said, identity = _identity(matrix) - expm(matrix), Lowering().tensor(_identity(matrix), ALONE)
    claim = _equation(said, places)
    inner = Step(f"{label}i", Claim(claim.binders, "=", ZERO, ZERO), Combine((), ZERO, (), ()))
    by = Flow(TIME, Lowering().tensor(matrix, ALONE), identity, (inner,))
    return (Step(label, claim, by),), said


def _equation(gap: Expr, places: tuple[str, str]) -> Claim:
    """left - right = 0, as an equation of the two, entry by entry."""
    left, right = gap.args
    at = tuple(map(Index, places))
    return Claim(tuple(zip(places, gap.shape, strict=True)), "=", lower(left, *at), lower(right, *at))
