"""Powers of a matrix that is diagonalised: A = V diag(λ) W with W V = I gives A^k = V diag(λ^k) W."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from lemmata.derive.equations import closed
from lemmata.derive.match import opened
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Proof
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import ONE, Count, Index, Mul, Natural, Ref, Sum, Term

#: Looks for a proof of a claim by induction, under a label.
Prove = Callable[[Statement, str], Proof | None]


def by_diagonal(searcher: Searcher, claim: Statement, label: str, prove: Prove) -> Proof | None:
    """Steps of which the last claims the statement, by a law of powers; None if none were found."""
    for number, law in enumerate(_laws(searcher, claim)):
        name = f"{label}d{number}"
        before = prove(law, name)
        if before is None:
            continue
        known, shown = everything(searcher.context), {step.id: step.claim for step in before}
        inside = replace(searcher, proven={**searcher.proven, **shown})
        last = inside.prove(claim, replace(known, premises=((name, law), *known.premises)), label).steps
        if last is not None:
            return (*before, *last)
    return None


def _laws(searcher: Searcher, claim: Statement) -> Iterator[Statement]:
    """For each recurrence A^t = A^(t-1) A of which the claim speaks, what the hypotheses on A say of it."""
    for family, matrix in _powers(searcher.context):
        times = {
            part.indices[0]
            for side in (claim.left, claim.right)
            for part in subterms(side)
            if isinstance(part, Ref) and part.name == family
        }
        for _, said in searcher.context.hypotheses if len(times) == 1 else ():
            left = said.left
            if isinstance(left, Ref) and left.name == matrix and said.relation == "=":
                (time,) = times
                right = _raised(searcher, said, time)
                if right is not None:
                    yield Statement(said.binders, "=", Ref(family, (time, *left.indices)), right)


def _powers(context: Context) -> Iterator[tuple[str, str]]:
    """The recurrences P[t] = P[t-1] A of matrices, each with A."""
    for _, said in context.definitions:
        match said.left, said.right:
            case Ref(name, (_, i, j)), Sum(
                k, _, Mul((Ref(before, (_, first, inner)), Ref(matrix, (own, last))))
            ):
                later = bool(said.binders) and said.binders[0][1] == Natural(1)
                if later and before == name and (first, inner, own, last) == (i, Index(k), Index(k), j):
                    yield name, matrix


def _raised(searcher: Searcher, said: Statement, time: Index) -> Term | None:
    """Σ_a V[i,a] W[a,j] λ[a]^t, where the right side is Σ_a V[i,a] W[a,j] λ[a]; None for others."""
    try:
        poly = searcher.workspace(said, Known()).normalizer.poly(said.right)
    except (Rejected, TooLarge):
        return None
    if len(poly) != 1 or any(value != 1 for value in poly.values()):
        return None
    product = opened(next(iter(poly)), searcher.names)
    bound = {name for name, _ in product.bound}
    inner = [base for base, exponent in product.powers if exponent == ONE and free_indices(base) <= bound]
    if len(product.bound) != 1 or not inner:
        return None
    others = tuple((base, exponent) for base, exponent in product.powers if base not in inner)
    raised = tuple((base, Count(time)) for base in inner)
    return written(closed(product.bound, (*others, *raised)), searcher.names)
