"""Laws of ranks and eigenvalues, with their proofs, for what a claim speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.derive.matrices.congruent import Congruent
from lemmata.derive.matrices.dualforms import dual_forms
from lemmata.derive.matrices.eigenvalues import Definite, less
from lemmata.derive.matrices.matrices import Matrix, declared
from lemmata.derive.matrices.ranks import rank_laws
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Proof
from lemmata.kernel.context import Statement
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.spectral import NORMS
from lemmata.kernel.substitute import free_indices, mentions, subterms
from lemmata.kernel.terms import Add, Call, Index, Inverse, Ref

#: What is declared of a matrix with xᵀM x > 0 for x != 0.
DEFINITE = frozenset(("spd", "symmetric", "invertible"))


def laws_for(searcher: Searcher, claim: Statement, label: str) -> Iterator[Proof]:
    """Proofs, each of a law as its last claim."""
    yield from rank_laws(searcher.names, claim, label)
    yield from eigenvalue_laws(searcher, claim, label)
    yield from form_laws(searcher, claim, label)
    yield from congruence_laws(searcher, claim, label)


def congruence_laws(searcher: Searcher, claim: Statement, label: str) -> Iterator[Proof]:
    """rank(B M Bᵀ) = rank(B), where a claim speaks of both ranks and M is definite."""
    parts = (*subterms(claim.left), *subterms(claim.right))
    ranks = [p for p in parts if isinstance(p, Call) and p.function == "rank" and not free_indices(p)]
    if len(ranks) < 2:
        return
    normalizer = searcher.workspace(claim, everything(searcher.context)).normalizer
    forms = [Matrix(rank.arguments[0], searcher.names) for rank in ranks]
    for variable in searcher.context.variables:
        if not variable.properties >= DEFINITE:
            continue
        middle = Matrix(declared(variable, searcher.names), searcher.names)
        for number, matrix in enumerate(forms):
            found = Congruent(matrix, Definite(middle, f"{label}g{number}d"), f"{label}g{number}")
            if matrix.columns == middle.rows and any(_same(normalizer, found.whole.matrix, f) for f in forms):
                yield found.steps()


def _same(normalizer: Normalizer, first: Matrix, second: Matrix) -> bool:
    """Whether two matrices have the same entries."""
    if (first.rows, first.columns) != (second.rows, second.columns):
        return False
    i, k = Index(first.names.name()), Index(first.names.name())
    return not normalizer.poly(less(first.entry(i, k), second.entry(i, k)))


def form_laws(searcher: Searcher, claim: Statement, label: str) -> Iterator[Proof]:
    """The law of the forms xᵀM x and xᵀinv(M) x, where a claim speaks of inv(M) and x."""
    sides = Add((claim.left, claim.right))
    inverses = [
        part.body.name for part in subterms(sides) if isinstance(part, Inverse) and isinstance(part.body, Ref)
    ]
    for variable in searcher.context.variables:
        if variable.name not in inverses or not variable.properties >= DEFINITE:
            continue
        for vector in searcher.context.variables:
            if vector.shape == variable.shape[:1] and mentions(sides, vector.name):
                matrix = Matrix(declared(variable, searcher.names), searcher.names)
                known = Definite(matrix, f"{label}f {variable.name} {vector.name}")
                yield dual_forms(known, declared(vector, searcher.names))


def eigenvalue_laws(searcher: Searcher, claim: Statement, label: str) -> Iterator[Proof]:
    """The laws of the norms in a claim, for matrices that are manifestly definite and symmetric."""
    parts = (*subterms(claim.left), *subterms(claim.right))
    calls = (part for part in parts if isinstance(part, Call) and part.function in NORMS)
    norms = dict.fromkeys(call for call in calls if not free_indices(call))
    if not norms:
        return
    normalizer = searcher.workspace(claim, everything(searcher.context)).normalizer
    for number, norm in enumerate(norms):
        known = Definite(Matrix(norm.arguments[0], searcher.names), f"{label}e{number}")
        if norm.function == "opnorm" and _is_definite(normalizer, known):
            yield known.norm_is_eigenvalue()
    for number, variable in enumerate(searcher.context.variables):
        if variable.properties >= DEFINITE:
            known = Definite(Matrix(declared(variable, searcher.names), searcher.names), f"{label}d{number}")
            spoken = normalizer.normal(known.eigmax(known.minus()))
            if any(normalizer.normal(norm) == spoken for norm in norms):
                yield (known.smallest_is_positive(),)
                yield replace(known, label=f"{label}r{number}").reciprocal()


def _is_definite(normalizer: Normalizer, known: Definite) -> bool:
    """Whether a matrix is manifestly symmetric and positive definite."""
    positive = known.matrix.rows == known.matrix.columns and normalizer.signs.of(known.eigmax()).positive
    return positive and _same(normalizer, known.matrix, known.matrix.transposed())
