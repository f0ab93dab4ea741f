"""Determinants of Kronecker products: det(A ⊗ B) = det(A)^m·det(B)^n."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import DeterminantLaw, Proof, Step
from lemmata.kernel.composite import square
from lemmata.kernel.context import Statement
from lemmata.kernel.linear import size
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import ONE, Call, Lambda, Mul, Pow, Term


def by_kronecker(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims the statement; None where there is no such determinant."""
    steps = tuple(_laws(searcher, claim, label))
    if not steps:
        return None
    known = everything(searcher.context)
    premises = (*((step.id, step.claim) for step in steps), *known.premises)
    found = searcher.prove(claim, replace(known, premises=premises), label).steps
    return None if found is None else (*steps, *found)


def _laws(searcher: Searcher, claim: Statement, label: str) -> Iterator[Step]:
    parts = (part for side in (claim.left, claim.right) for part in subterms(side))
    for number, call in enumerate(dict.fromkeys(part for part in parts if isinstance(part, Call))):
        if call.function != "det" or len(call.arguments[0].indices) != 4:
            continue
        factors = _factors(call)
        if factors is not None:
            sides = [square(matrix, searcher.names) for matrix in factors]
            sizes = [size(side.dims[0]) for side in reversed(sides)]
            powers = (Pow(side.determinant(), n) for side, n in zip(sides, sizes, strict=True))
            right = written(Mul(tuple(powers)), searcher.names)
            law = Statement((), "=", written(call, searcher.names), right)
            yield Step(f"{label}k{number}", law, DeterminantLaw("kronecker", *factors))


def _factors(call: Call) -> tuple[Lambda, Lambda] | None:
    """A and B, where the matrix is A ⊗ B."""
    (tensor,) = call.arguments
    factors = tensor.body.factors if isinstance(tensor.body, Mul) else (tensor.body,)
    (i, j, k, m) = tensor.indices
    ends = ({i[0], k[0]}, {j[0], m[0]})
    parts: tuple[list[Term], list[Term]] = ([], [])
    for factor in factors:
        free = free_indices(factor)
        if free & ends[0] and free & ends[1]:
            return None
        parts[1 if free & ends[1] else 0].append(factor)
    first, second = (Mul(tuple(part)) if part else ONE for part in parts)
    return Lambda((i, k), first), Lambda((j, m), second)
