"""The laws M·inv(M) = I and inv(M)·M = I of the inverses that occur in a claim, as steps to be used."""

from __future__ import annotations

from dataclasses import replace

from lemmata.derive.names import written
from lemmata.kernel.certificate import Combine, InverseLaw, Step
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.substitute import Fresh, Substitution, free_indices, subterms
from lemmata.kernel.terms import Delta, Index, Inverse, Mul, Ref, Sum, Term


def inverse_laws(context: Context, sides: tuple[Term, ...], names: Fresh, label: str) -> list[Step]:
    """For each inverse of more than a declared matrix, its two laws. The normal form knows those of a
    declared one."""
    found: dict[Term, Inverse] = {}
    for side in sides:
        for part in subterms(side):
            if isinstance(part, Inverse) and not isinstance(part.body, Ref) and _is_closed(context, part):
                found.setdefault(part.body, part)
    return [
        Step(f"{label}i{number}{side}", law_of(matrix, side, names), InverseLaw(matrix, side))
        for number, matrix in enumerate(found.values())
        for side in ("left", "right")
    ]


def with_facts(law: Step, facts: tuple[str, ...]) -> Step:
    """The law of an inverse, or a combination, where some premises may give its conditions."""
    return replace(law, by=replace(law.by, facts=facts)) if isinstance(law.by, InverseLaw | Combine) else law


def _is_closed(context: Context, matrix: Inverse) -> bool:
    """Whether the matrix speaks of nothing but the context."""
    known = {variable.name for variable in context.variables}
    outside = free_indices(matrix.body) - {matrix.row, matrix.column}
    times = {name for name, _ in context.naturals} | set(context.dims)
    return outside <= times and all(p.name in known for p in subterms(matrix.body) if isinstance(p, Ref))


def law_of(matrix: Inverse, side: str, names: Fresh, binders: tuple[str, str] | None = None) -> Statement:
    """M·inv(M) = I or inv(M)·M = I, entry by entry."""
    k = Index(names.name())
    i, j = map(Index, binders or (names.name(), names.name()))

    def entry(row: Index, column: Index) -> Term:
        return Substitution(names, indices={matrix.row: row, matrix.column: column}).apply(matrix.body)

    def inverted(row: Index, column: Index) -> Term:
        return Inverse(matrix.row, matrix.column, matrix.dim, matrix.body, (row, column))

    first, second = (inverted, entry) if side == "left" else (entry, inverted)
    product = written(Sum(k.name, matrix.dim, Mul((first(i, k), second(k, j)))), names)
    return Statement(((i.name, matrix.dim), (j.name, matrix.dim)), "=", product, Delta(i, j))
