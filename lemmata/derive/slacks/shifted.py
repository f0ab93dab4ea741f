"""Signs seen over a common denominator, and where natural numbers are counted from their least values:
n >= k > 0 is (n - k) + k, where n - k >= 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil

from lemmata.derive.slacks.squares import sum_of_squares
from lemmata.kernel.clearing import multiplied
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Poly
from lemmata.kernel.substitute import Substitution, free_indices
from lemmata.kernel.terms import MINUS_ONE, Index, Mul, Num, Pow, Term

#: A name for a natural number above its least value.
_ABOVE = "above%"


def shifted(normalizer: Normalizer, term: Term, least: Mapping[str, int]) -> Iterator[Term]:
    """A term in which the natural numbers n >= k > 0 are written as (n - k) + k, and multiplied out."""
    used = [name for name in least if least[name] > 0 and name in free_indices(term)]
    if not used:
        return
    above = {name: Index(f"{_ABOVE}{place}", least[name]) for place, name in enumerate(used)}
    back = {index.name: Index(name, -index.offset) for name, index in above.items()}
    inner = normalizer.normal(Substitution(normalizer.fresh, indices=above).apply(term))
    yield Substitution(normalizer.fresh, indices=back).apply(inner)


def manifest(normalizer: Normalizer, poly: Poly, least: Mapping[str, int], *, strictly: bool) -> Term | None:
    """A polynomial as a term which is manifestly >= 0 (or > 0), perhaps over a common denominator."""
    found = _of_sign(normalizer, poly, least, strictly)
    below = {} if found is not None else _denominators(poly)
    if not below:
        return found
    above, under = poly, list[Term]()
    for base, power in below.items():
        divisor = _positive(normalizer, base, least)
        if divisor is None:
            return None
        above = normalizer.scale(multiplied(normalizer, above, base, power), Fraction(divisor[0] ** power))
        under.append(Pow(divisor[1], Num(Fraction(-power))))
    found = _of_sign(normalizer, above, least, strictly)
    return None if found is None else Mul((found, *under))


def _positive(normalizer: Normalizer, base: Term, least: Mapping[str, int]) -> tuple[int, Term] | None:
    """1 and a base, or -1 and its opposite, which is manifestly > 0."""
    for sign, side in ((1, base), (-1, normalizer.normal(Mul((MINUS_ONE, base))))):
        for form in (side, *shifted(normalizer, side, least)):
            if normalizer.signs.of(form).positive:
                return sign, form
    return None


def _of_sign(normalizer: Normalizer, poly: Poly, least: Mapping[str, int], strictly: bool) -> Term | None:
    term = normalizer.term(poly)
    for form in (term, *shifted(normalizer, term, least)):
        sign = normalizer.signs.of(form)
        if sign.positive if strictly else sign.nonnegative:
            return form
    return sum_of_squares(normalizer, poly, strictly=strictly)


def _denominators(poly: Poly) -> dict[Term, int]:
    """The bases of negative powers, each with the largest power by which something is divided, rounded up."""
    found: dict[Term, int] = {}
    for monomial in poly:
        for base, exponent in monomial:
            if isinstance(exponent, Num) and exponent.value < 0:
                found[base] = max(ceil(-exponent.value), found.get(base, 0))
    return found
