"""What is known of det X holds of det M, where X = M is given.

X = M        0 < det X
----------------------      (also for `!=` and `<=`, and from M to X)
      0 < det M
"""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.derive.names import Names, written
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Combine, Congruence, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Determinant, Index, Lambda, Mul, Natural, Ref, Term

HOLE = "hole%"


def by_equal_matrices(searcher: Searcher, claim: Statement, known: Known, label: str) -> Proof | None:
    """Steps for a condition on a determinant, by that of an equal matrix."""
    if ZERO not in (claim.left, claim.right) or claim.binders:
        return None
    found = claim.left if claim.right == ZERO else claim.right
    if not isinstance(found, Determinant):
        return None
    normalizer = searcher.workspace(claim, known).normalizer
    for name, equation in known.premises:
        for template, left, right in _determinants(equation, searcher.names):
            for this, other, times in ((left, right, MINUS_ONE), (right, left, ONE)):
                sign = normalizer.signs.of(other) | normalizer.signs.of(normalizer.normal(other))
                enough = sign.nonzero if claim.relation == "!=" else sign.positive
                if enough and normalizer.is_zero(difference(found, this)):
                    equal = Statement((), "=", left, right)
                    first = Step(f"{label}e", equal, Congruence(name, (), HOLE, template, ()))
                    return first, _conclusion(claim, first.id, times, other, label)
    return None


def _determinants(equation: Statement, names: Names) -> Iterator[tuple[Term, Term, Term]]:
    """The determinant of a hole, and those of both sides of an equation of square matrices."""
    dims = [sort for _, sort in equation.binders]
    if equation.relation != "=" or len(dims) != 2 or dims[0] != dims[1] or isinstance(dims[0], Natural):
        return
    row, column, dim = names.name(), names.name(), dims[0]
    template = Determinant(row, column, dim, Ref(HOLE, (Index(row), Index(column))))
    axes = tuple((name, dim) for name, _ in equation.binders)

    def filled(side: Term) -> Term:
        return written(Substitution(names, tensors={HOLE: Lambda(axes, side)}).apply(template), names)

    yield template, filled(equation.left), filled(equation.right)


def _conclusion(claim: Statement, equal: str, times: Term, other: Term, label: str) -> Step:
    """The claim, as det M = det M - det X + det X, of which the last is known."""
    if claim.right == ZERO:
        times, other = Mul((MINUS_ONE, times)), Mul((MINUS_ONE, other))
    return Step(label, claim, Combine((Use(equal, (), (), times),), other, (), ()))
