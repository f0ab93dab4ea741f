"""Inequalities of norms and largest eigenvalues by a unit vector at which one of them is attained.

With uᵀS u = eigmax(S) for a unit vector u, and uᵀT u <= eigmax(T) for all other matrices T, the claim may be
one of numbers: eigmax(A + B) = uᵀA u + uᵀB u <= eigmax(A) + eigmax(B).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.derive.matrices.matrices import Matrix, form, largest, length
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Combine, Maximiser, Proof, Step, Stretch, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.spectral import NORMS, attaining
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Call, Index, Lambda, Mul, Ref

#: How many norms are tried.
LARGEST = 3


def by_maximiser(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims l <= r or l < r; None where none were found."""
    if claim.relation not in ("<=", "<"):
        return None
    norms = _norms(searcher, claim)
    for norm in norms if len(norms) <= LARGEST else ():
        found = _opened(searcher, claim, norm, norms, label)
        if found is not None:
            return (found,)
    return None


def _norms(searcher: Searcher, claim: Statement) -> list[Call]:
    """The norms of which the claim speaks, each once."""
    parts = (*subterms(claim.left), *subterms(claim.right))
    norms = [p for p in parts if isinstance(p, Call) and p.function in NORMS and not free_indices(p)]
    if not norms:
        return []
    normal = searcher.workspace(claim, everything(searcher.context)).normalizer.normal
    return list({normal(norm): norm for norm in norms}.values())


def _opened(searcher: Searcher, claim: Statement, norm: Call, norms: list[Call], label: str) -> Step | None:
    """The claim by a unit vector for one norm."""
    unit, value, name = f"{label} unit", f"{label} value", Index(searcher.names.name())
    matrix, vector = norm.arguments[0], searcher.names.name()
    by = Maximiser(norm.function, matrix, vector, unit, value, ())
    context, has_length_one, has_value = attaining(searcher.names, searcher.context, by)
    context = context.assume(unit, has_length_one).assume(value, has_value)
    u = Lambda(((name.name, matrix.indices[1][1]),), Ref(vector, (name,)))
    by_unit = Combine((Use(unit, (), (), MINUS_ONE),), ONE, (), ())
    others = [other for other in norms if other is not norm]
    steps = (
        Step(f"{label}p", Statement((), "<", ZERO, length(u)), by_unit),
        *_bounds(searcher, others, u, label),
    )
    known = replace(everything(context), facts=tuple((step.id, step.claim) for step in steps))
    found = replace(searcher, context=context).prove(claim, known, f"{label}i").steps
    return None if found is None else Step(label, claim, replace(by, proof=(*steps, *found)))


def _bounds(searcher: Searcher, norms: list[Call], u: Lambda, label: str) -> Iterator[Step]:
    """What some norms are at least, by the vector."""
    for number, norm in enumerate(norms):
        tensor = norm.arguments[0]
        if tensor.indices[1][1] == u.indices[0][1]:
            stretched = form(norm.function, Matrix(tensor, searcher.names), u)
            claim = Statement((), "<=", stretched, Mul((largest(norm), length(u))))
            yield Step(f"{label}s{number}", claim, Stretch(norm.function, tensor, u))
