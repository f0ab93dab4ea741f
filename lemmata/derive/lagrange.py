"""Cauchy's inequality by Lagrange's identity.

    Σ_i a_i²·Σ_j b_j² - (Σ_i a_i·b_i)² = ½ Σ_i Σ_j (a_i·b_j - a_j·b_i)²

Sources: Lagrange (1773); Steele (2004), The Cauchy-Schwarz Master Class, chapter 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from lemmata.derive.names import Names
from lemmata.derive.squares import root
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import MINUS_ONE, ONE, Add, Dim, Index, Mul, Num, Pow, Sum, Term


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
    """For two factors Σ_i a_i² and Σ_j b_j²: the other factors, times Σ_i Σ_j (a_i·b_j - a_j·b_i)²."""
    place = Index(names.name())
    sums = [(base, power) for power in monomial if isinstance(base := power[0], Sum) and power[1] == ONE]
    for (first, power), (second, other) in combinations(sums, 2):
        roots = [_root(normalizer, place, each) for each in (first, second)]
        if first.dim != second.dim or None in roots:
            continue
        a, b = (as_term(found, Fraction(1)) for found in roots if found is not None)
        rest = as_term(tuple(each for each in monomial if each not in (power, other)), Fraction(1))
        yield Mul((rest, _squares(names, place.name, first.dim, a, b)))


def _root(normalizer: Normalizer, place: Index, total: Sum) -> Monomial | None:
    """The square root of what is summed, at a place, if it is one term."""
    body = Substitution(normalizer.fresh, indices={total.index: place}).apply(total.body)
    inside = normalizer.poly(body)
    if len(inside) != 1 or isinstance(total.body, Sum):
        return None
    ((monomial, value),) = inside.items()
    return root(normalizer, monomial) if value == 1 else None


def _squares(names: Names, place: str, dim: Dim, a: Term, b: Term) -> Term:
    i, j = Index(names.name()), Index(names.name())

    def at(term: Term, index: Index) -> Term:
        return Substitution(names, indices={place: index}).apply(term)

    difference = Add((Mul((at(a, i), at(b, j))), Mul((MINUS_ONE, at(a, j), at(b, i)))))
    return Sum(i.name, dim, Sum(j.name, dim, Pow(difference, Num(Fraction(2)))))
