"""Definite matrices: what is manifestly xᵀM x >= 0 for all x, or > 0 for all x that are not 0.

    A declared so      I      c·M, c >= 0      M + N      inv(M), M > 0      diag(d), d >= 0      BᵀM B, BᵀB

Nothing is asked about symmetry: a real matrix with xᵀM x > 0 for all x != 0 has a determinant > 0, and its
inverse is of the same kind (Horn and Johnson 2013, 7.1.P3); with >= 0, by continuity, a determinant >= 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

from lemmata.kernel.renaming import is_renamed
from lemmata.kernel.sign import POSITIVE, UNKNOWN, Sign
from lemmata.kernel.substitute import free_indices
from lemmata.kernel.terms import Add, Delta, Dim, Index, Inverse, Mul, Num, Pow, Ref, Sum, Term

if TYPE_CHECKING:
    from lemmata.kernel.signs import Signs

Bound = tuple[tuple[str, Dim], ...]
#: Over how many indices, and of how many factors, a form is looked at.
LARGEST_FORM, LARGEST_PRODUCT = 6, 12
#: How many indices may belong to one end alone.
LARGEST_OWN = 3


def definite(signs: Signs, body: Term, row: str, column: str) -> Sign:
    """What is known of Σ x[row]·body·x[column] for all x."""
    signs.meter.spend()
    ends = {row, column}
    match body:
        case Delta(Index(left, 0), Index(right, 0)) if {left, right} == ends:
            return POSITIVE
        case Ref(name, (Index(left, 0), Index(right, 0))) if {left, right} == ends:
            return declared(signs.variables.get(name, frozenset()))
        case Inverse(r, c, _, inner, (Index(left, 0), Index(right, 0))) if {left, right} == ends:
            depends = (free_indices(inner) - {r, c}) & ends
            known = UNKNOWN if depends else definite(signs, inner, r, c)
            return known if known.positive else UNKNOWN
        case Add(parts):
            return _sum([definite(signs, part, row, column) for part in parts])
        case Mul() | Sum():
            return _form(signs, body, row, column)
    return UNKNOWN


def declared(properties: frozenset[str]) -> Sign:
    """What is declared of a matrix."""
    return POSITIVE if "spd" in properties else Sign("psd" in properties)


def _sum(known: list[Sign]) -> Sign:
    nonnegative = all(sign.nonnegative for sign in known)
    return Sign(nonnegative, nonnegative and any(sign.positive for sign in known))


def quadratic(signs: Signs, term: Sum) -> Sign:
    """The sign of Σ c·f(k)·M[k,m]·f(m), a number, for c >= 0; without M, that of Σ c·f(k, p)·f(m, p)."""
    bound, factors = _opened(term)
    for k, m in _pairs(signs, bound, factors):
        for inside, outside in _splits(factors, bound, {k, m}):
            if _alike(inside, bound, {k: m}, _free(outside)):
                return Sign(_product(signs, outside).nonnegative)
        for place, factor in enumerate(factors):
            others = [*factors[:place], *factors[place + 1 :]]
            for inside, outside in _splits(others, bound, {k, m}) if free_indices(factor) >= {k, m} else ():
                if not _alike(inside, bound, {k: m}, _free([factor, *outside])):
                    continue
                known = definite(signs, factor, k, m)
                if known.nonnegative and _product(signs, outside).nonnegative:
                    strict = known.positive and not outside and len(bound) == 2
                    return Sign(True, strict and signs.of(_norm_of(inside, k, dict(bound)[k])).nonzero)
    return UNKNOWN


def _splits(factors: list[Term], bound: Bound, ends: set[str]) -> Iterator[tuple[list[Term], list[Term]]]:
    """Some factors, and the others: those which speak of the ends; those which are joined to these."""
    near = [factor for factor in factors if free_indices(factor) & ends]
    yield near, [factor for factor in factors if factor not in near]
    inside, outside = _joined(factors, bound, ends)
    if len(inside) > len(near):
        yield inside, outside


def _joined(factors: list[Term], bound: Bound, start: set[str]) -> tuple[list[Term], list[Term]]:
    """The factors which are joined to some indices, through indices that are summed over, and the others."""
    found: list[Term] = []
    names, new = set(start), [factor for factor in factors if free_indices(factor) & start]
    while new:
        found += new
        names |= {name for name in _free(new) if name in dict(bound)}
        new = [f for f in factors if f not in found and free_indices(f) & names]
    return [f for f in factors if f in found], [f for f in factors if f not in found]


def _norm_of(factors: list[Term], k: str, dim: Dim) -> Term:
    """Σ f(k)²."""
    own = Mul(tuple(factor for factor in factors if k in free_indices(factor)))
    return Sum(k, dim, Pow(own, Num(Fraction(2))))


def _form(signs: Signs, body: Term, row: str, column: str) -> Sign:
    """A product, summed over some indices: c·M, diag(d), or f(row)·M·f(column)."""
    bound, factors = _opened(body)
    ends = {row, column} | {name for name, _ in bound}
    outside = [factor for factor in factors if not free_indices(factor) & ends]
    inside = [factor for factor in factors if factor not in outside]
    scale = _product(signs, outside)
    if not scale.nonnegative:
        return UNKNOWN
    if not bound and len(inside) == 1:
        known = definite(signs, inside[0], row, column)
        return Sign(known.nonnegative, known.nonzero and scale.nonzero)
    places = [k for k, f in enumerate(inside) if isinstance(f, Delta) and free_indices(f) == {row, column}]
    if places:
        entries = _product(signs, [*inside[: places[0]], *inside[places[0] + 1 :]])
        strict = entries.nonzero and scale.nonzero and not bound
        return Sign(entries.nonnegative, entries.nonnegative and strict)
    return Sign(_is_form(signs, inside, bound, row, column))


def _is_form(signs: Signs, factors: list[Term], bound: Bound, row: str, column: str) -> bool:
    """Whether this is Σ f(row, k)·M[k,m]·f(column, m) for a definite M, or Σ f(row, k)·f(column, k). The
    matrix M is the same for all rows and columns."""
    if _alike(factors, bound, {row: column}, frozenset()):
        return True
    for k, m in _pairs(signs, bound, factors):
        for place, factor in enumerate(factors):
            others = [*factors[:place], *factors[place + 1 :]]
            apart = not free_indices(factor) & {row, column}
            if (
                apart
                and _alike(others, bound, {row: column, k: m}, _free([factor]))
                and definite(signs, factor, k, m).nonnegative
            ):
                return True
    return False


def _alike(factors: list[Term], bound: Bound, turned: Mapping[str, str], elsewhere: frozenset[str]) -> bool:
    """Whether the factors fall into those of one end and those of the other, which are the same when the
    indices of the one are `turned` into those of the other. An index which is summed over may belong to both
    ends; or one to each, if it is in no factor elsewhere."""
    mine, yours = set(turned), set(turned.values())
    if any(dict(bound).get(a) != dict(bound).get(b) for a, b in turned.items()):
        return False
    one, other = _reached(factors, bound, mine, yours), _reached(factors, bound, yours, mine)
    if not one or len(one) != len(other) or len(one) + len(other) != len(factors):
        return False
    if _free(one) & yours or _free(other) & mine:
        return False
    names = {name for name, _ in bound} - mine - yours
    own, theirs = sorted((_free(one) - _free(other)) & names), sorted((_free(other) - _free(one)) & names)
    if len(own) != len(theirs) or len(own) > LARGEST_OWN or elsewhere & {*own, *theirs}:
        return False
    dims = dict(bound)
    for order in permutations(theirs):
        fits = all(dims[a] == dims[b] for a, b in zip(own, order, strict=True))
        if fits and _match(one, other, {**turned, **dict(zip(own, order, strict=True))}):
            return True
    return False


def _reached(factors: list[Term], bound: Bound, start: set[str], end: set[str]) -> list[Term]:
    """The factors of one end: those with its indices; and those which are joined to them by an index that is
    summed over, unless that leads to the other end."""
    near = [factor for factor in factors if free_indices(factor) & start]
    found, _ = _joined(factors, bound, start)
    return near if _free(found) & end else found


def _match(one: list[Term], other: list[Term], renaming: Mapping[str, str]) -> bool:
    """Whether each factor is one of the others, each but once, when its free indices are renamed."""
    left = list(other)
    for factor in one:
        found = next((k for k, that in enumerate(left) if is_renamed(factor, that, renaming)), None)
        if found is None:
            return False
        left.pop(found)
    return not left


def _free(terms: Iterable[Term]) -> frozenset[str]:
    return frozenset[str]().union(*map(free_indices, terms))


def _pairs(signs: Signs, bound: Bound, factors: list[Term]) -> Iterator[tuple[str, str]]:
    """Any two of the indices over which is summed, if neither they nor the factors are too many."""
    if len(bound) > LARGEST_FORM or len(factors) > LARGEST_PRODUCT:
        return
    for k, dim in bound:
        for m, other in bound:
            if k != m and dim == other:
                signs.meter.spend(len(factors))
                yield k, m


def _opened(term: Term) -> tuple[Bound, list[Term]]:
    """The indices over which a product is summed, and its factors; powers of 2 are written out."""
    bound: list[tuple[str, Dim]] = []
    while isinstance(term, Sum) and term.index not in dict(bound):
        bound.append((term.index, term.dim))
        term = term.body
    return tuple(bound), list(_factors(term))


def _factors(term: Term) -> Iterator[Term]:
    if isinstance(term, Mul):
        for factor in term.factors:
            yield from _factors(factor)
    elif isinstance(term, Pow) and isinstance(term.exponent, Num) and term.exponent.value == 2:
        yield from (*_factors(term.base), *_factors(term.base))
    else:
        yield term


def _product(signs: Signs, factors: list[Term]) -> Sign:
    return signs.of(Mul(tuple(factors))) if factors else POSITIVE
