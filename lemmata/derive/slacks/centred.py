"""Inequalities by centring: Σ_i r_i² - (Σ_i r_i)²/n = Σ_i (r_i - (Σ_j r_j)/n)², as in a variance.

The r are polynomials: sums Σ_i p_i·q_i which have the same other factors are written as sums of squares,
Σ_i Σ_k d_k·r_ik² with numbers d_k >= 0, and each square is then centred. What is left stays as it is.
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.derive.names import Names
from lemmata.derive.slacks.squares import squares
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import MINUS_ONE, ONE, Add, Count, Dim, Index, Mul, Num, Pow, Sum, Term

_SQUARE = Num(Fraction(2))

#: Sums over one dimension, by the factors they have beside it: the polynomial that is summed.
Groups = dict[tuple[Dim, Monomial], Poly]


def centred(normalizer: Normalizer, names: Names, poly: Poly) -> Term | None:
    """The polynomial with centred squares in the place of sums of squares; None where there are none.

    That it is not negative is left to the kernel.
    """
    place = Index(names.name())
    found: list[Term] = []
    for (dim, factors), inside in _groups(normalizer, place, poly).items():
        parts = (
            Mul((Num(factor), as_term(factors, Fraction(1)), _spread(names, place, dim, root)))
            for factor, root in squares(normalizer, inside) or ()
        )
        slack = Add(tuple(parts))
        rest = normalizer.add([poly, normalizer.scale(normalizer.poly(slack), Fraction(-1))])
        if len(rest) < len(poly):
            found.append(slack)
            poly = rest
    return Add((*found, *(as_term(monomial, value) for monomial, value in poly.items()))) if found else None


def _groups(normalizer: Normalizer, place: Index, poly: Poly) -> Groups:
    """The simple sums among the terms, with what they sum at a place."""
    found: Groups = {}
    for monomial, value in poly.items():
        for power in monomial:
            base, exponent = power
            if not isinstance(base, Sum) or isinstance(base.body, Sum) or exponent != ONE:
                continue
            factors = tuple(other for other in monomial if other is not power)
            body = Substitution(normalizer.fresh, indices={base.index: place}).apply(base.body)
            inside = normalizer.scale(normalizer.poly(body), value)
            group = (base.dim, factors)
            found[group] = normalizer.add([found.get(group, {}), inside])
    return found


def _spread(names: Names, place: Index, dim: Dim, root: Term) -> Term:
    """Σ_i (r_i - (Σ_j r_j)/n)²."""
    other = Index(names.name())
    moved = Substitution(names, indices={place.name: other}).apply(root)
    size = Count(Index(dim)) if isinstance(dim, str) else Num(Fraction(dim))
    mean = Mul((Sum(other.name, dim, moved), Pow(size, MINUS_ONE)))
    index = Index(names.name())
    here = Substitution(names, indices={place.name: index}).apply(root)
    return Sum(index.name, dim, Pow(Add((here, Mul((MINUS_ONE, mean)))), _SQUARE))
