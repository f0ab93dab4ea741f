"""det T != 0 where a matrix V with V = T is known to be invertible."""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Combine, Congruence, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.terms import MINUS_ONE, ZERO, Determinant, Index, Mul, Natural, Ref, Term

_HOLE = "h%equal"
_ROW, _COLUMN = "r%equal", "c%equal"


def by_equal_matrix(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims that a determinant is not 0; None where no given equation says it."""
    if claim.relation != "!=" or not isinstance(claim.left, Determinant) or claim.right != ZERO:
        return None
    normalizer = searcher.workspace(claim, Known()).normalizer
    for name, equation in _equations(searcher):
        known = equation.left
        if not normalizer.signs.of(known).nonzero or not _same(normalizer, equation.right, claim.left):
            continue
        step = Step(f"{label}e", equation, Congruence(name, (), _HOLE, _template(known), ()))
        by = Combine((Use(step.id, (), (), MINUS_ONE),), Mul((MINUS_ONE, known)), (), ())
        return step, Step(label, claim, by)
    return None


def _equations(searcher: Searcher) -> Iterator[tuple[str, Statement]]:
    """det V = det T for each hypothesis V = T of a square matrix V."""
    for name, given in searcher.context.hypotheses:
        if given.relation != "=" or len(given.binders) != 2:
            continue
        (row, dim), (column, columns) = given.binders
        if dim != columns or isinstance(dim, Natural):
            continue
        for one, other in ((given.left, given.right), (given.right, given.left)):
            if isinstance(one, Ref) and one.indices == (Index(row), Index(column)):
                sides = (Determinant(row, column, dim, side) for side in (one, other))
                yield name, Statement((), "=", *sides)


def _template(known: Term) -> Determinant:
    """det of the hole, in the place of a determinant of a variable."""
    if not isinstance(known, Determinant):
        raise TypeError(f"{known} is no determinant")
    return Determinant(_ROW, _COLUMN, known.dim, Ref(_HOLE, (Index(_ROW), Index(_COLUMN))))


def _same(normalizer: Normalizer, left: Term, right: Term) -> bool:
    return normalizer.is_zero(difference(left, right))
