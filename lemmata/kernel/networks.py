"""Sums over indices in the normal form: deltas are contracted; what is connected is one network."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from lemmata.kernel import linear
from lemmata.kernel.canonical import is_label
from lemmata.kernel.poly import (
    UNITY,
    Bound,
    Monomial,
    Poly,
    as_term,
    copies,
    nested,
    powers_of,
)
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import (
    ONE,
    Delta,
    Dim,
    Index,
    Pow,
    Sum,
    Term,
)

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer


def sum_over(normalizer: Normalizer, bound: Bound, monomial: Monomial) -> Poly:
    """Σ of a monomial over some indices."""
    names = frozenset(name for name, _ in bound)
    outside = tuple(power for power in monomial if names.isdisjoint(normalizer.touched(power)))
    inside = [power for power in monomial if not names.isdisjoint(normalizer.touched(power))]
    inner, factors = opened(normalizer, inside)
    return normalizer.product([{outside: UNITY}, contract(normalizer, [*bound, *inner], factors)])


def taken_apart(normalizer: Normalizer, network: Term, renamed: bool = False) -> tuple[Bound, Term]:
    """The indices which a network binds in front and what it sums, with new names for labels; or for all of
    them, as one that is multiplied with others needs."""
    bound, body = nested(network, Sum)
    new = {name: normalizer.fresh.name() for name, _ in bound if renamed or is_label(name)}
    if not new:
        return bound, body
    put = {old: Index(name) for old, name in new.items()}
    named = Substitution(normalizer.fresh, indices=put).apply(body)
    return [(new.get(name, name), dim) for name, dim in bound], named


def size_of(normalizer: Normalizer, dim: Dim) -> Poly:
    return normalizer._count(Index(dim) if isinstance(dim, str) else Index("", dim))


def opened(normalizer: Normalizer, powers: list[tuple[Term, Term]]) -> tuple[Bound, Poly]:
    """The product of powers, its networks opened: the indices which they bind, and the factors."""
    bound: Bound = []
    factors: list[Poly] = []
    for base, exponent in powers:
        times = copies(base, exponent)
        if not times:
            factors.append({((base, exponent),): UNITY})
        for _ in range(times):
            inner, network = taken_apart(normalizer, base, renamed=True)
            bound += inner
            factors.append(normalizer.product(map(partial(poly_of_power, normalizer), powers_of(network))))
    return bound, normalizer.product(factors)


def poly_of_power(normalizer: Normalizer, power: tuple[Term, Term]) -> Poly:
    return {(power,): UNITY}


def contract(normalizer: Normalizer, bound: Bound, factors: Poly) -> Poly:
    """Σ over the bound indices of a polynomial without open networks."""
    return normalizer.add(
        normalizer.scale(_contract_monomial(normalizer, bound, monomial), coefficient)
        for monomial, coefficient in factors.items()
    )


def _contract_monomial(normalizer: Normalizer, bound: Bound, monomial: Monomial) -> Poly:
    normalizer.fresh.spend(len(monomial) + len(bound))
    if any(isinstance(base, Sum) and copies(base, exponent) for base, exponent in monomial):
        more, factors = opened(normalizer, list(monomial))
        return contract(normalizer, [*bound, *more], factors)
    names = {name for name, _ in bound}
    step = _eliminated(normalizer, names, monomial) or linear.cancelled(normalizer, names, monomial)
    if step is not None:
        name, poly = step
        return contract(normalizer, [pair for pair in bound if pair[0] != name], poly)
    return normalizer.product(
        map(partial(_component, normalizer), *zip(*_components(normalizer, bound, monomial), strict=True))
    )


def _eliminated(normalizer: Normalizer, names: set[str], monomial: Monomial) -> tuple[str, Poly] | None:
    """Σ_i δ(i,j) f(i) = f(j), for one such i."""
    for delta, exponent in monomial:
        if isinstance(delta, Delta) and exponent == ONE:
            for old, new in ((delta.left, delta.right), (delta.right, delta.left)):
                if old.name in names:
                    put = Substitution(normalizer.fresh, indices={old.name: new})
                    rest = (put.apply(Pow(base, e)) for base, e in monomial if base != delta)
                    return old.name, normalizer.product(map(normalizer.poly, rest))
    return None


def _components(
    normalizer: Normalizer, bound: Bound, monomial: Monomial
) -> list[tuple[Bound, list[tuple[Term, Term]]]]:
    """The monomial taken apart into factors that share no bound index."""
    components: list[tuple[Bound, list[tuple[Term, Term]]]] = [([pair], []) for pair in bound]
    for power in monomial:
        touched = [c for c in components if any(name in normalizer.touched(power) for name, _ in c[0])]
        joined: tuple[Bound, list[tuple[Term, Term]]] = ([], [power])
        for component in touched:
            joined[0].extend(component[0])
            joined[1].extend(component[1])
        components = [c for c in components if c not in touched] + [joined]
    return components or [([], [])]


def _component(normalizer: Normalizer, bound: Bound, powers: list[tuple[Term, Term]]) -> Poly:
    if not bound:
        return normalizer.collect(powers)
    if not powers:
        return normalizer.product(size_of(normalizer, dim) for _, dim in bound)
    body = as_term(tuple(powers), Fraction(1))
    for name, dim in bound:
        body = Sum(name, dim, body)
    return normalizer.atom(normalizer.canonical(body))
