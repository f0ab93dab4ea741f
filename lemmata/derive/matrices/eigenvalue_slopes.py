"""The derivative of the largest eigenvalue of a matrix S, where it is simple and Sv = eigmax(S)·v.

    ∂eigmax(S)/∂S[i,j] = v[i]·v[j]/‖v‖²

For all X, vᵀX v <= eigmax(X)·‖v‖², and the two are equal at X = S.
Sources: Magnus (1985), On differentiating eigenvalues and eigenvectors; Horn and Johnson (2013), 6.3.12.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from lemmata.derive.conditions import closed, named
from lemmata.derive.inductions import accepted, plain
from lemmata.derive.matrices.matrices import Matrix, declared, entry, form, length
from lemmata.derive.matrices.same_ranks import by_same_rank
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Attempt, Known, Searcher
from lemmata.kernel.certificate import Combine, Fermat, Proof, Step, Stretch, Use
from lemmata.kernel.context import Statement, Variable
from lemmata.kernel.derivative import ONCE
from lemmata.kernel.environment import fixed_names
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Call,
    Derivative,
    Dim,
    Index,
    Lambda,
    Mul,
    Pow,
    Term,
)


def by_eigenvalue_slopes(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims the statement, by the derivatives of eigenvalues; None where these are
    not known."""
    try:
        laws = tuple(_laws(searcher, claim, label))
    except (Rejected, TooLarge):
        return None
    if not laws:
        return None
    before, known = tuple(step for law in laws for step in law), everything(searcher.context)
    premises = (*((law[-1].id, law[-1].claim) for law in laws), *known.premises)
    inside = replace(searcher, proven={**searcher.proven, **{step.id: step.claim for step in before}})
    found = plain(inside, claim, label, replace(known, premises=premises))
    return None if found is None else (*before, *found)


def _laws(searcher: Searcher, claim: Statement, label: str) -> Iterator[Proof]:
    """The derivatives of eigenvalues in the claim, each the last claim of some steps."""
    for number, matrix in enumerate(_matrices(searcher, claim)):
        for variable in searcher.context.variables:
            if variable.shape == (matrix.rows,):
                vector = declared(variable, searcher.names)
                found = _Slope(searcher, matrix, vector, f"{label}s{number} {variable.name}").steps()
                if found is not None:
                    yield found
                    break


def _matrices(searcher: Searcher, claim: Statement) -> Iterator[Matrix]:
    """The matrices, the same throughout, at which the claim speaks of the derivative of an eigenvalue."""
    parts = [part for side in (claim.left, claim.right) for part in subterms(side)]
    calls = [part for part in parts if isinstance(part, Call) and part.function == ONCE]
    moving = any(isinstance(part, Derivative) for part in parts) or any(call.partials for call in calls)
    if not calls or not moving:
        return
    normalizer = searcher.workspace(claim, Known()).normalizer
    found = dict[Lambda, None]()
    for side in (claim.left, claim.right):
        for part in subterms(written(normalizer.normal(side), searcher.names)):
            if isinstance(part, Call) and part.function == ONCE and part.partials:
                found[part.arguments[0]] = None
    for tensor in found:
        if free_indices(tensor.body) - {name for name, _ in tensor.indices} <= fixed_names(searcher.context):
            yield Matrix(tensor, searcher.names)


@dataclass(frozen=True)
class _Slope:
    """A matrix S, what may be its eigenvector v, and a label for the steps."""

    searcher: Searcher
    matrix: Matrix
    vector: Lambda
    label: str

    @cached_property
    def axes(self) -> tuple[tuple[str, Dim], ...]:
        return tuple((self.searcher.names.name(), self.matrix.rows) for _ in range(2))

    def steps(self) -> Proof | None:
        """Steps of which the last claims the derivative; None unless v is an eigenvector, and the eigenvalue
        simple."""
        known = everything(self.searcher.context)
        touching = Statement(self.axes, "=", *self.sides(self.matrix.tensor))
        equal = self.searcher.prove(touching, known, f"{self.label} equal").steps
        if equal is None:
            return None
        one = Statement((), "=", length(self.vector), ONE)
        unit = self.searcher.prove(one, known, f"{self.label} unit").steps or ()
        steps = (*equal, self.fermat(), *unit, self.last(is_unit=bool(unit)))
        return accepted(self.searcher, Attempt(steps), known) or self.simple(steps, known)

    def simple(self, steps: Proof, known: Known) -> Proof | None:
        """The steps behind those on the ranks which they need, if these are known of other matrices."""
        searcher, before = self.searcher, list[Step]()
        missing = closed(searcher.context, searcher.proven, steps, steps[-1].claim).missing
        for number, said in enumerate(need.statement for need in missing):
            if said is not None:
                label = f"{self.label} simple{number}"
                before += by_same_rank(searcher, named(said, searcher.names), label) or ()
        return accepted(searcher, Attempt((*before, *steps)), known) if before else None

    def sides(self, at: Lambda) -> tuple[Term, Term]:
        """vᵀX v and eigmax(X)·‖v‖²."""
        largest = Mul((Call(ONCE, (), (at,)), length(self.vector)))
        return form(ONCE, Matrix(at, self.searcher.names), self.vector), largest

    def fermat(self) -> Step:
        """The two have the same derivative at S, as the first is never larger."""
        name, (row, column) = self.searcher.names.name(), self.axes
        places = Index(row[0]), Index(column[0])
        anywhere = declared(Variable(name, (row[1], column[1])), self.searcher.names)
        below, above = self.sides(anywhere)
        bound = Statement(self.axes, "<=", below, above)
        stretched = Step(f"{self.label} below", bound, Stretch(ONCE, anywhere, self.vector))
        slopes = (Derivative(name, side, places, self.matrix.tensor) for side in (below, above))
        by = Fermat(f"{self.label} equal", (stretched,), ())
        return Step(f"{self.label} slope", Statement(self.axes, "=", *slopes), by)

    def last(self, *, is_unit: bool) -> Step:
        """The derivative, for a vector of the length 1 or of any other."""
        i, j = (Index(name) for name, _ in self.axes)
        slope = Call(ONCE, (), (self.matrix.tensor,), ((0, (i, j)),))
        product = tuple(entry(self.vector, index, self.searcher.names) for index in (i, j))
        over = ONE if is_unit else Pow(length(self.vector), MINUS_ONE)
        at = tuple((index.name, index) for index in (i, j))
        uses = [Use(f"{self.label} slope", at, (), Mul((MINUS_ONE, over)))]
        if is_unit:
            uses.append(Use(f"{self.label} unit", (), (), Mul((MINUS_ONE, slope))))
        claim = Statement(self.axes, "=", slope, Mul((*product, over)))
        return Step(self.label, claim, Combine(tuple(uses), ZERO, (), ()))
