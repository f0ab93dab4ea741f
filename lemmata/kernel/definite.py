"""Definite matrices: what is manifestly xᵀM x >= 0 for all x, or > 0 for all x that are not 0.

    A declared so      I      c·M, c >= 0      M + N      inv(M), M > 0      diag(d), d >= 0      BᵀM B, BᵀB

Nothing is asked about symmetry: a real matrix with xᵀM x > 0 for all x != 0 has a determinant > 0, and its
inverse is of the same kind (Horn and Johnson 2013, 7.1.P3); with >= 0, by continuity, a determinant >= 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from lemmata.kernel.sign import NONNEGATIVE, POSITIVE, UNKNOWN, Sign
from lemmata.kernel.substitute import Fresh, Substitution, free_indices
from lemmata.kernel.terms import Add, Delta, Dim, Index, Inverse, Mul, Num, Pow, Ref, Sum, Term

if TYPE_CHECKING:
    from lemmata.kernel.signs import Signs

Bound = tuple[tuple[str, Dim], ...]
#: The names which both ends of a form get, so that they can be compared.
_END, _JOINT, _OWN = "∗end", "∗joint", "∗own"


def definite(signs: Signs, body: Term, row: str, column: str) -> Sign:
    """What is known of Σ x[row]·body·x[column] for all x."""
    ends = {row, column}
    match body:
        case Delta(Index(left, 0), Index(right, 0)) if {left, right} == ends:
            return POSITIVE
        case Ref(name, (Index(left, 0), Index(right, 0))) if {left, right} == ends:
            return declared(signs.variables.get(name, frozenset()))
        case Inverse(r, c, _, inner, (Index(left, 0), Index(right, 0))) if {left, right} == ends:
            known = definite(signs, inner, r, c) if not free_indices(inner) & ends else UNKNOWN
            return known if known.positive else UNKNOWN
        case Add(parts):
            return _sum([definite(signs, part, row, column) for part in parts])
        case Mul() | Sum():
            return _form(signs, body, row, column)
    return UNKNOWN


def quadratic(signs: Signs, term: Sum) -> Sign:
    """The sign of Σ f(k)·M[k,m]·f(m), a number; without M, that of Σ f(k, p)·f(m, p)."""
    bound, factors = _opened(term)
    for place, factor in enumerate(factors):
        for k, m in _pairs(bound):
            known = definite(signs, factor, k, m)
            others = [*factors[:place], *factors[place + 1 :]]
            outside = [part for part in others if not free_indices(part) & {k, m}]
            if not known.nonnegative or not _all_nonnegative(signs, outside):
                continue
            inside = [part for part in others if part not in outside]
            elsewhere = _free([factor, *outside])
            if _alike(inside, bound, {k: _END}, {m: _END}, elsewhere):
                strict = known.positive and not outside and len(bound) == 2
                return Sign(True, strict and signs.of(_norm_of(inside, k, dict(bound)[k])).nonzero)
    for k, m in _pairs(bound):
        outside = [part for part in factors if not free_indices(part) & {k, m}]
        inside = [part for part in factors if part not in outside]
        ends = {k: _END}, {m: _END}
        if _alike(inside, bound, *ends, _free(outside)) and _all_nonnegative(signs, outside):
            return NONNEGATIVE
    return UNKNOWN


def _norm_of(factors: list[Term], k: str, dim: Dim) -> Term:
    """Σ f(k)²."""
    own = Mul(tuple(factor for factor in factors if k in free_indices(factor)))
    return Sum(k, dim, Pow(own, Num(Fraction(2))))


def declared(properties: frozenset[str]) -> Sign:
    """What is declared of a matrix."""
    return POSITIVE if "spd" in properties else Sign("psd" in properties)


def _sum(known: list[Sign]) -> Sign:
    nonnegative = all(sign.nonnegative for sign in known)
    return Sign(nonnegative, nonnegative and any(sign.positive for sign in known))


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
    diagonal = [f for f in inside if isinstance(f, Delta) and free_indices(f) == {row, column}]
    if diagonal:
        others = [factor for factor in inside if factor is not diagonal[0]]
        entries = _product(signs, others)
        strict = entries.nonzero and scale.nonzero and not bound
        return Sign(entries.nonnegative, entries.nonnegative and strict)
    return Sign(_is_form(signs, inside, bound, row, column))


def _is_form(signs: Signs, factors: list[Term], bound: Bound, row: str, column: str) -> bool:
    """Whether this is Σ f(row, k)·M[k,m]·f(column, m) for a definite M, or Σ f(row, k)·f(column, k)."""
    if _alike(factors, bound, {row: _END}, {column: _END}, frozenset()):
        return True
    for place, factor in enumerate(factors):
        for k, m in _pairs(bound):
            others = [*factors[:place], *factors[place + 1 :]]
            ends = {row: _END, k: _JOINT}, {column: _END, m: _JOINT}
            if definite(signs, factor, k, m).nonnegative and _alike(others, bound, *ends, _free([factor])):
                return True
    return False


def _alike(
    factors: list[Term],
    bound: Bound,
    first: Mapping[str, str],
    second: Mapping[str, str],
    elsewhere: frozenset[str],
) -> bool:
    """Whether the factors fall into those of one end and those of the other, which are the same but for
    names. An index which is summed over may belong to both ends; or one to each, if it is in no factor
    elsewhere."""
    if any(_dim(bound, a) != _dim(bound, b) for a, b in zip(first, second, strict=True)):
        return False
    one = [factor for factor in factors if free_indices(factor) & set(first)]
    other = [factor for factor in factors if free_indices(factor) & set(second)]
    if len(one) + len(other) != len(factors) or any(factor in other for factor in one) or not one:
        return False
    names = {name for name, _ in bound} - set(first) - set(second)
    mine, yours = ({n for f in side for n in free_indices(f)} & names for side in (one, other))
    own, theirs = sorted(mine - yours), sorted(yours - mine)
    if len(own) != len(theirs) or len(own) > 1 or elsewhere & {*own, *theirs}:
        return False
    if own and _dim(bound, own[0]) != _dim(bound, theirs[0]):
        return False
    renamed = (
        _renamed(one, {**first, **{name: _OWN for name in own}}),
        _renamed(other, {**second, **{name: _OWN for name in theirs}}),
    )
    return renamed[0] == renamed[1]


def _renamed(factors: Iterable[Term], names: Mapping[str, str]) -> Counter[Term]:
    put = Substitution(Fresh(1_000), indices={old: Index(new) for old, new in names.items()})
    return Counter(map(put.apply, factors))


def _free(terms: Iterable[Term]) -> frozenset[str]:
    return frozenset[str]().union(*map(free_indices, terms))


def _dim(bound: Bound, name: str) -> Dim | None:
    return dict(bound).get(name)


def _pairs(bound: Bound) -> Iterator[tuple[str, str]]:
    for k, _ in bound:
        for m, _ in bound:
            if k != m:
                yield k, m


def _opened(term: Term) -> tuple[Bound, list[Term]]:
    """The indices over which a product is summed, and its factors; powers of 2 are written out."""
    bound: list[tuple[str, Dim]] = []
    while isinstance(term, Sum):
        bound.append((term.index, term.dim))
        term = term.body
    factors = list(_factors(term))
    return tuple(bound), factors


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


def _all_nonnegative(signs: Signs, factors: list[Term]) -> bool:
    return _product(signs, factors).nonnegative
