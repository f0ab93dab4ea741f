"""Cauchy's inequality by Lagrange's identity.

    Σ_i a_i²·Σ_j b_j² - (Σ_i a_i·b_i)² = ½ Σ_i Σ_j (a_i·b_j - a_j·b_i)²

Sources: Lagrange (1773); Steele (2004), The Cauchy-Schwarz Master Class, chapter 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations

from lemmata.derive.names import Names
from lemmata.derive.slacks.squares import root
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import MINUS_ONE, ONE, Add, Dim, Index, Mul, Num, Pow, Sum, Term

Bound = tuple[tuple[str, Dim], ...]
#: Over how many indices a sum may go.
LARGEST_NESTING = 3


def cauchy(normalizer: Normalizer, names: Names, poly: Poly) -> Term | None:
    """The polynomial with Lagrange's squares in the place of products of sums of squares, where that leaves
    fewer terms; None where it does nowhere. That it is not negative is left to the kernel."""
    found: list[Term] = []
    for monomial, value in list(poly.items()):
        for part in _identities(normalizer, names, monomial) if value > 0 else ():
            slack = Mul((Num(value / 2), part))
            rest = normalizer.add([poly, normalizer.scale(normalizer.poly(slack), Fraction(-1))])
            if len(rest) < len(poly):
                found.append(slack)
                poly = rest
                break
    return Add((*found, *(as_term(monomial, value) for monomial, value in poly.items()))) if found else None


def _identities(normalizer: Normalizer, names: Names, monomial: Monomial) -> Iterator[Term]:
    """For two factors Σ_i a_i² and Σ_j b_j²: the other factors, times Σ_i Σ_j (a_i·b_j - a_j·b_i)². Each of i
    and j may be several indices."""
    sums = [(base, power) for power in monomial if isinstance(base := power[0], Sum) and power[1] == ONE]
    for (first, power), (second, other) in combinations(sums, 2):
        bound, inner = _opened(first)
        for others, body in _opened_in_every_order(second, tuple(dim for _, dim in bound)):
            places = tuple((names.name(), dim) for _, dim in bound)
            a = _root(normalizer, inner, bound, places)
            b = _root(normalizer, body, others, places)
            if a is not None and b is not None:
                rest = as_term(tuple(each for each in monomial if each not in (power, other)), Fraction(1))
                yield Mul((rest, _squares(names, places, a, b)))


def _opened(total: Sum) -> tuple[Bound, Term]:
    """The indices of a sum of sums, and what is summed."""
    bound: list[tuple[str, Dim]] = []
    inner: Term = total
    while isinstance(inner, Sum):
        bound.append((inner.index, inner.dim))
        inner = inner.body
    return tuple(bound), inner


def _opened_in_every_order(total: Sum, dims: tuple[Dim, ...]) -> Iterator[tuple[Bound, Term]]:
    """The same in all orders in which the indices have these dimensions."""
    bound, inner = _opened(total)
    if len(bound) == len(dims) <= LARGEST_NESTING:
        for order in permutations(bound):
            if tuple(dim for _, dim in order) == dims:
                yield order, inner


def _root(normalizer: Normalizer, body: Term, bound: Bound, places: Bound) -> Term | None:
    """The square root of what is summed, at some places, if it is one term."""
    put = {name: Index(new) for (name, _), (new, _) in zip(bound, places, strict=True)}
    inside = normalizer.poly(Substitution(normalizer.fresh, indices=put).apply(body))
    if len(inside) != 1:
        return None
    ((monomial, value),) = inside.items()
    found = root(normalizer, monomial) if value == 1 else None
    return None if found is None else as_term(found, Fraction(1))


def _squares(names: Names, places: Bound, a: Term, b: Term) -> Term:
    first, second = (tuple((names.name(), dim) for _, dim in places) for _ in range(2))

    def at(term: Term, there: Bound) -> Term:
        put = {name: Index(new) for (name, _), (new, _) in zip(places, there, strict=True)}
        return Substitution(names, indices=put).apply(term)

    difference = Add((Mul((at(a, first), at(b, second))), Mul((MINUS_ONE, at(a, second), at(b, first)))))
    term: Term = Pow(difference, Num(Fraction(2)))
    for name, dim in (*first, *second):
        term = Sum(name, dim, term)
    return term
