"""Closed forms of sums and products: guesses, which a proof by induction confirms.

Σ_{s=1..t} p(s)·q^s = q^t·R(t) - R(0), where q·p(s) = q·R(s) - R(s-1)       p, R polynomials
a rational function N(t)/D(t), which takes the first values of the sums or products
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, value_of
from lemmata.kernel.substitute import Substitution, free_indices
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Count, Index, Mul, Num, Pow, Term

#: The largest degree of the numerator and the denominator of a rational function that is fitted, and how many
#: more values than unknowns it has to take.
LARGEST_DEGREE, MORE_VALUES = 4, 3

Coefficients = tuple[Fraction, ...]


@dataclass(frozen=True)
class Rational:
    """A rational function N(t)/D(t) by its coefficients, those of the lowest powers first."""

    above: Coefficients = (Fraction(0),)
    below: Coefficients = (Fraction(1),)

    def at(self, time: Term) -> Term:
        """The value at a time."""
        above, below = (polynomial(list(map(Num, c)), time) for c in (self.above, self.below))
        return Mul((above, Pow(below, MINUS_ONE)))

    @property
    def limit(self) -> Fraction | None:
        """What it tends to, if it has a limit."""
        degree = max(k for k, c in enumerate(self.below) if c)
        if any(self.above[degree + 1 :]):
            return None
        return (self.above[degree] if degree < len(self.above) else 0) / self.below[degree]


@dataclass(frozen=True)
class Geometric:
    """q^t·R(t), the coefficients of R from the lowest power on."""

    base: Term
    factors: tuple[Term, ...]


@dataclass(frozen=True)
class Closed:
    """constant + N(t)/D(t) + Σ q^t·R(t)."""

    constant: Term
    rational: Rational
    powers: tuple[Geometric, ...] = ()

    def at(self, time: Term) -> Term:
        """The value at a time."""
        parts: list[Term] = [Mul((polynomial(p.factors, time), Pow(p.base, time))) for p in self.powers]
        if self.rational != Rational():
            parts.append(self.rational.at(time))
        return Add((self.constant, *parts))


def polynomial(coefficients: Sequence[Term], at: Term) -> Term:
    """Σ c_k·x^k."""
    parts = (Mul((c, Pow(at, Num(Fraction(k))))) for k, c in enumerate(coefficients) if c != Num(Fraction(0)))
    return Add(tuple(parts))


def closed_sum(normalizer: Normalizer, term: Term, time: str) -> Closed | None:
    """Σ_{s=1..t} of a term in s = `time`, as a function of t; None where none is found."""
    grouped: dict[Term, dict[int, Term]] = {}
    rest: Poly = {}
    for monomial, value in normalizer.poly(term).items():
        parts = _split(normalizer, monomial, time)
        if parts is None:
            rest[monomial] = value
        else:
            base, degree, factor = parts
            inside = grouped.setdefault(base, {})
            inside[degree] = Add((inside.get(degree, ZERO), Mul((Num(value), factor))))
    sums = _sums(_values(normalizer, normalizer.term(rest), time)) if rest else [Fraction(0)]
    rational = fitted(sums) if rest else Rational()
    if rational is None:
        return None
    powers = [_summed(normalizer, base, degrees) for base, degrees in grouped.items()]
    starts = [Mul((MINUS_ONE, p.factors[0])) for p in powers]
    return Closed(Add(tuple(starts)), rational, tuple(powers))


def closed_product(normalizer: Normalizer, term: Term, time: str) -> Closed | None:
    """Π_{s=1..t} of a term in s = `time`, as a function of t."""
    values, product = [Fraction(1)], Fraction(1)
    for value in _values(normalizer, term, time):
        product *= value
        values.append(product)
    rational = fitted(values) if product else None
    return None if rational is None else Closed(ZERO, rational)


def _split(normalizer: Normalizer, monomial: Monomial, time: str) -> tuple[Term, int, Term] | None:
    """A monomial in s as c·s^k·q^s: q, k and c."""
    bases, factors, degree = [], [], 0
    for base, exponent in monomial:
        if time not in free_indices(base) | free_indices(exponent):
            factors.append(Pow(base, exponent))
        elif base == Count(Index(time)) and isinstance(exponent, Num) and exponent.value.denominator == 1:
            degree = int(exponent.value)
        elif time not in free_indices(base):
            linear = _linear(normalizer.poly(exponent), time)
            if linear is None:
                return None
            bases.append(_power(base, linear))
            factors.append(Pow(base, Add((exponent, Mul((Num(-linear), Count(Index(time))))))))
        else:
            return None
    if degree < 0:
        return None
    return normalizer.normal(Mul(tuple(bases))), degree, normalizer.normal(Mul(tuple(factors)))


def _linear(exponent: Poly, time: str) -> Fraction | None:
    """c, where an exponent is c·s + d."""
    slope = exponent.get(((Count(Index(time)), ONE),), Fraction(0))
    others = (m for m in exponent if m != ((Count(Index(time)), ONE),))
    bound = any(time in free_indices(part) for m in others for power in m for part in power)
    return None if bound else slope


def _power(base: Term, exponent: Fraction) -> Term:
    return Pow(base, Num(exponent))


def _summed(normalizer: Normalizer, base: Term, degrees: dict[int, Term]) -> Geometric:
    """R with q·p(s) = q·R(s) - R(s-1), from the highest power down; for q = 1 with R(0) = 0."""
    last, shift = max(degrees), int(base == ONE)
    found: dict[int, Term] = {}
    for k in reversed(range(last + 1)):
        below = Num(Fraction(k + 1)) if shift else Add((base, MINUS_ONE))
        above = Add((Mul((base, degrees.get(k, ZERO))), _carried(found, k, k + 1 + shift)))
        found[k + shift] = normalizer.normal(Mul((above, Pow(below, MINUS_ONE))))
    return Geometric(base, tuple(found.get(k, ZERO) for k in range(last + 1 + shift)))


def _carried(found: dict[int, Term], k: int, first: int) -> Term:
    """What the higher powers of R(s-1) give to s^k: Σ_{m >= first} r_m·C(m,k)·(-1)^(m-k)."""
    parts = (Mul((Num(Fraction((-1) ** (m - k) * comb(m, k))), found[m])) for m in found if m >= first)
    return Add(tuple(parts))


def _values(normalizer: Normalizer, term: Term, time: str) -> Iterator[Fraction]:
    """The values of a term at s = 1, 2, ..., while they are numbers."""
    for place in range(1, 2 * LARGEST_DEGREE + 2 + MORE_VALUES):
        there = Substitution(normalizer.fresh, indices={time: Index("", place)}).apply(term)
        value = value_of(normalizer.poly(there))
        if value is None:
            return
        yield value


def _sums(values: Iterator[Fraction]) -> list[Fraction]:
    found = [Fraction(0)]
    for value in values:
        found.append(found[-1] + value)
    return found


def fitted(values: list[Fraction]) -> Rational | None:
    """The simplest rational function which takes these values at 0, 1, 2, ..."""
    for degree in range(LARGEST_DEGREE + 1):
        size = degree + 1
        if len(values) < 2 * size + MORE_VALUES:
            return None
        rows = [_row(Fraction(place), value, size) for place, value in enumerate(values)]
        found = _null_vector(rows[: 2 * size + MORE_VALUES])
        if found is not None and _fits(found, rows):
            return Rational(tuple(found[:size]), tuple(found[size:]))
    return None


def _row(place: Fraction, value: Fraction, size: int) -> list[Fraction]:
    """N(t) - value·D(t), as a linear form in the coefficients."""
    powers = [place**k for k in range(size)]
    return [*powers, *(-value * power for power in powers)]


def _fits(found: list[Fraction], rows: list[list[Fraction]]) -> bool:
    """Whether all values are taken, and the denominator is never 0."""
    size = len(found) // 2
    below = found[size:]
    defined = all(sum(p * d for p, d in zip(row[:size], below, strict=True)) for row in rows)
    return defined and not any(sum(a * b for a, b in zip(row, found, strict=True)) for row in rows)


def _null_vector(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """A vector which is not 0 and is orthogonal to all rows, by elimination."""
    rows, pivots, width = [list(row) for row in rows], list[int](), len(rows[0])
    for column in range(width):
        place = next((k for k in range(len(pivots), len(rows)) if rows[k][column]), None)
        if place is None:
            return _back(rows, pivots, column, width)
        top = len(pivots)
        rows[top], rows[place] = rows[place], rows[top]
        rows[top] = [value / rows[top][column] for value in rows[top]]
        for k, row in enumerate(rows):
            if k != top and row[column]:
                rows[k] = [a - row[column] * b for a, b in zip(row, rows[top], strict=True)]
        pivots.append(column)
    return None


def _back(rows: list[list[Fraction]], pivots: list[int], free: int, width: int) -> list[Fraction]:
    """The vector with 1 at a column without a pivot, after the pivots before it were made units."""
    found = [Fraction(0)] * width
    found[free] = Fraction(1)
    for row, pivot in zip(rows, pivots, strict=False):
        found[pivot] = -row[free]
    return found
