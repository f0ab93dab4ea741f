"""Rewriting with equations: each is used from the left to the right, where its leading product occurs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from lemmata.derive.match import Occurrence, Powers, Product, occurrences, opened, product_of
from lemmata.derive.names import written
from lemmata.kernel.certificate import Use
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.environment import difference, instance
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly
from lemmata.kernel.substitute import Fresh, Substitution, subterms
from lemmata.kernel.terms import Count, Delta, Expectation, Mul, Natural, Num, Sum, Term
from lemmata.kernel.wellformed import Scope

#: How often one polynomial is rewritten before the search gives up.
LARGEST_REWRITING = 100


@dataclass(frozen=True)
class Equation:
    """A premise `left = right` and the product on its left that is looked for."""

    label: str
    statement: Statement
    pattern: Product


@dataclass
class Workspace:
    """What a search works with: the context, its normal forms, and the names it gives."""

    context: Context
    normalizer: Normalizer
    names: Fresh
    scope: Scope
    fixed: frozenset[str] = frozenset()
    unfold: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def symmetric(self) -> frozenset[str]:
        return self.normalizer.symmetric


def equation(workspace: Workspace, label: str, statement: Statement) -> Equation | None:
    """A premise as a rewriting, if it is an equation with something to look for."""
    if statement.relation != "=":
        return None
    left = workspace.normalizer.poly(statement.left)
    leading = [monomial for monomial in left if monomial]
    if not leading:
        return None
    chosen = max(leading, key=lambda monomial: (_weight(monomial), repr(monomial)))
    return Equation(label, statement, opened(chosen, workspace.names))


def _weight(monomial: Monomial) -> tuple[int, int]:
    """Means weigh most, then entries of variables; numbers of a dimension weigh nothing."""
    parts = [part for base, _ in monomial for part in subterms(base)]
    means = [part for part in parts if isinstance(part, Expectation)]
    deep = max((len(list(subterms(mean))) for mean in means), default=0)
    return deep, sum(not isinstance(part, Count | Num | Delta) for part in parts)


@dataclass
class Rewriting:
    """A polynomial on its way, and the premises used so far: start = poly + Σ uses."""

    poly: Poly
    uses: list[Use] = field(default_factory=list)


def rewrite(workspace: Workspace, poly: Poly, equations: Iterable[Equation]) -> Rewriting:
    """Rewrite until no left side occurs, or the limit is reached. No polynomial is come back to, as by
    A[i,j] = -A[j,i]."""
    state = Rewriting(poly)
    known, seen, barren = list(equations), {_place(poly)}, set[tuple[str, Monomial]]()
    for _ in range(LARGEST_REWRITING):
        places = _found(workspace, state.poly, known, barren)
        changed = (_replaced(workspace, state, *found) for found in places)
        new = next((other for other in changed if _place(other.poly) not in seen), None)
        if new is None:
            break
        state = new
        seen.add(_place(state.poly))
    return state


def _place(poly: Poly) -> frozenset[tuple[Monomial, Fraction]]:
    return frozenset(poly.items())


def _found(
    workspace: Workspace, poly: Poly, equations: list[Equation], barren: set[tuple[str, Monomial]]
) -> Iterator[tuple[Equation, Occurrence, Fraction]]:
    """Each place at which a left side occurs. It occurs nowhere in what is `barren`."""
    order = sorted(poly, key=workspace.normalizer.monomial_order)
    for known in equations:
        for monomial in order:
            if (known.label, monomial) in barren:
                continue
            barren.add((known.label, monomial))
            for place in _places(workspace, known, monomial):
                barren.discard((known.label, monomial))
                yield known, place, poly[monomial]


def _places(workspace: Workspace, known: Equation, monomial: Monomial) -> Iterator[Occurrence]:
    """Where a left side occurs in a monomial, and the premise holds."""
    fixed = workspace.fixed - {name for name, _ in known.statement.binders}
    product = opened(monomial, workspace.names)
    for place in occurrences(known.pattern, product, fixed, workspace.symmetric):
        if _fits(workspace, known.statement, place):
            yield place


def _fits(workspace: Workspace, statement: Statement, place: Occurrence) -> bool:
    """Whether the premise holds at the indices found, all of which are known there."""
    scope = workspace.scope.bind(*place.bound)
    return all(name in place.at and scope.fits(place.at[name], sort) for name, sort in statement.binders)


def _replaced(
    workspace: Workspace, state: Rewriting, known: Equation, place: Occurrence, value: Fraction
) -> Rewriting:
    coefficient = _leading_coefficient(workspace, known)
    times = Mul((Num(value / coefficient), product_of(place.rest)))
    at = tuple((name, place.at[name]) for name, _ in known.statement.binders)
    use = Use(known.label, at, place.bound, written(times, workspace.names))
    change = workspace.normalizer.poly(_weighted_normally(workspace, known.statement, use))
    rest = workspace.normalizer.add([state.poly, change])
    return Rewriting(rest, [*state.uses, use])


def _leading_coefficient(workspace: Workspace, known: Equation) -> Fraction:
    poly = workspace.normalizer.poly(known.statement.left)
    target = workspace.normalizer.poly(closed(known.pattern.bound, known.pattern.powers))
    return next((poly[monomial] for monomial in target if monomial in poly), Fraction(1))


def weighted(workspace: Workspace, statement: Statement, use: Use) -> Term:
    """Σ times·(right - left) of one use."""
    at = instance(statement, use.at, workspace.names)
    return closed_term(use.sums, Mul((use.times, difference(at.right, at.left))))


def _weighted_normally(workspace: Workspace, statement: Statement, use: Use) -> Term:
    """The same, of a normal form which is worked out once, whatever the indices at which it is used."""
    if any(isinstance(sort, Natural) for _, sort in statement.binders):
        return weighted(workspace, statement, use)
    gained = workspace.normalizer.normal(difference(statement.right, statement.left))
    put = Substitution(workspace.names, indices=dict(use.at))
    return closed_term(use.sums, Mul((use.times, put.apply(gained))))


def closed(bound: tuple[tuple[str, str | int], ...], powers: Powers) -> Term:
    return closed_term(bound, product_of(powers))


def closed_term(bound: tuple[tuple[str, str | int], ...], term: Term) -> Term:
    for name, dim in bound:
        term = Sum(name, dim, term)
    return term
