"""Matching: where a left side occurs in a product, up to the names of indices and the order of factors.

A product is taken apart into bound indices and powers of atoms (`opened`). A pattern's free indices may
go to any index of the same sort; its bound indices go to bound indices that occur nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from lemmata.kernel.substitute import Fresh, free_indices, freshened
from lemmata.kernel.terms import (
    ONE,
    Add,
    Delta,
    Dim,
    Index,
    Inverse,
    Lambda,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

Powers = tuple[tuple[Term, Term], ...]
#: For each index of the pattern the index which it stands for.
Match = Mapping[str, Index]


@dataclass(frozen=True)
class Product:
    """Σ over the bound indices of a product of powers."""

    bound: tuple[tuple[str, Dim], ...]
    powers: Powers

    def without(self, taken: tuple[int, ...]) -> Powers:
        return tuple(power for place, power in enumerate(self.powers) if place not in taken)


def opened(powers: Powers, names: Fresh) -> Product:
    """The product with its networks opened, their bound indices renamed."""
    bound: list[tuple[str, Dim]] = []
    found: list[tuple[Term, Term]] = []
    for base, exponent in powers:
        for copy, rest in _copies(base, exponent):
            body = freshened(names, copy) if isinstance(copy, Sum) else copy
            while isinstance(body, Sum) and rest == ONE:
                bound.append((body.index, body.dim))
                body = body.body
            inner = [(body, rest)] if rest != ONE else _powers(body)
            found += [copy for power in inner for copy in _copies(*power)]
    return Product(tuple(bound), tuple(found))


def _copies(base: Term, exponent: Term) -> Iterator[tuple[Term, Term]]:
    """A natural power is that many factors."""
    whole = isinstance(exponent, Num) and exponent.value.denominator == 1 and 1 <= exponent.value <= 8
    if whole and isinstance(exponent, Num):
        yield from ((base, ONE) for _ in range(int(exponent.value)))
    else:
        yield base, exponent


def _powers(term: Term) -> list[tuple[Term, Term]]:
    factors = term.factors if isinstance(term, Mul) else (term,)
    return [(f.base, f.exponent) if isinstance(f, Pow) else (f, ONE) for f in factors]


def product_of(powers: Powers) -> Term:
    """The powers as one term."""
    factors = tuple(base if exponent == ONE else Pow(base, exponent) for base, exponent in powers)
    return factors[0] if len(factors) == 1 else Mul(factors)


@dataclass(frozen=True)
class Occurrence:
    """A place where a pattern occurs: the indices it stands at, and the product that surrounds it."""

    at: Match
    bound: tuple[tuple[str, Dim], ...]
    rest: Powers


def occurrences(
    pattern: Product, product: Product, fixed: frozenset[str], symmetric: frozenset[str]
) -> Iterator[Occurrence]:
    """The places where the pattern occurs in the product; the fixed names stand for themselves."""
    matcher = _Matcher(symmetric)
    themselves = {name: Index(name) for name in fixed}
    for match, taken in matcher.select(pattern.powers, product, themselves, ()):
        images = [match.get(name) for name, _ in pattern.bound]
        outside = {
            index for place in product.without(taken) for part in place for index in free_indices(part)
        }
        own = {image.name for image in images if image is not None}
        bound = {name for name, _ in product.bound}
        if len(own) == len(pattern.bound) and own <= bound and not own & outside:
            rest = tuple((name, dim) for name, dim in product.bound if name not in own)
            at = {name: index for name, index in match.items() if name not in {*dict(pattern.bound), *fixed}}
            if not any(index.name in own for index in at.values()):
                yield Occurrence(at, rest, product.without(taken))


@dataclass(frozen=True)
class _Matcher:
    symmetric: frozenset[str]

    def select(
        self, patterns: Powers, product: Product, match: Match, taken: tuple[int, ...]
    ) -> Iterator[tuple[Match, tuple[int, ...]]]:
        """Each way to find the pattern's factors among those of the product."""
        if not patterns:
            yield match, taken
            return
        (base, exponent), *others = patterns
        for place, (candidate, power) in enumerate(product.powers):
            if place not in taken and power == exponent:
                for found in self.term(base, candidate, match):
                    yield from self.select(tuple(others), product, found, (*taken, place))

    def term(self, pattern: Term, term: Term, match: Match) -> Iterator[Match]:
        """Each way to see the term as an instance of the pattern; x² counts as x·x."""
        if isinstance(pattern, Mul) and isinstance(term, Mul | Pow):
            yield from self.unordered(_single_factors(pattern), _single_factors(term), match)
            return
        if type(pattern) is not type(term):
            return
        match pattern, term:
            case Add(parts), Add(others):
                yield from self.unordered(parts, others, match)
            case Ref(name, indices), Ref(other, others) if _same_name(name, other, match):
                yield from self.indices(indices, others, match)
                if name in self.symmetric:
                    yield from self.indices(indices, others[::-1], match)
            case Ref(), Ref():
                return
            case Delta(left, right), Delta(first, second):
                yield from self.indices((left, right), (first, second), match)
                yield from self.indices((left, right), (second, first), match)
            case Inverse(), Inverse() if pattern.symmetric:
                yield from self.parts(_values(pattern), _values(term), match)
                swapped = (*_values(term)[:-2], term.at[::-1], term.symmetric)
                yield from self.parts(_values(pattern), swapped, match)
            case _:
                yield from self.parts(_values(pattern), _values(term), match)

    def unordered(self, patterns: tuple[Term, ...], terms: tuple[Term, ...], match: Match) -> Iterator[Match]:
        if len(patterns) != len(terms):
            return
        if not patterns:
            yield match
            return
        for place, term in enumerate(terms):
            rest = terms[:place] + terms[place + 1 :]
            for found in self.term(patterns[0], term, match):
                yield from self.unordered(patterns[1:], rest, found)

    def indices(
        self, patterns: tuple[Index, ...], indices: tuple[Index, ...], match: Match
    ) -> Iterator[Match]:
        if len(patterns) != len(indices):
            return
        found = dict(match)
        for pattern, index in zip(patterns, indices, strict=True):
            if not pattern.name:
                if pattern != index:
                    return
                continue
            image = Index(index.name, index.offset - pattern.offset)
            if found.setdefault(pattern.name, image) != image:
                return
        yield found

    def parts(self, patterns: tuple[Any, ...], values: tuple[Any, ...], match: Match) -> Iterator[Match]:
        """Match the fields of two nodes in order."""
        if len(patterns) != len(values):
            return
        if not patterns:
            yield match
            return
        for found in self.part(patterns[0], values[0], match):
            yield from self.parts(patterns[1:], values[1:], found)

    def part(self, pattern: Any, value: Any, match: Match) -> Iterator[Match]:
        if isinstance(pattern, Index) and isinstance(value, Index):
            yield from self.indices((pattern,), (value,), match)
        elif isinstance(pattern, tuple) and isinstance(value, tuple):
            yield from self.parts(pattern, value, match)
        elif isinstance(pattern, Lambda) and isinstance(value, Lambda):
            yield from self.parts(_values(pattern), _values(value), match)
        elif isinstance(pattern, Term):
            yield from self.term(pattern, value, match)
        elif isinstance(pattern, str) and isinstance(value, str) and _is_bound(pattern):
            yield from self.indices((Index(pattern),), (Index(value),), match)
        elif pattern == value:
            yield match


def _values(node: Any) -> tuple[Any, ...]:
    return tuple(getattr(node, field.name) for field in fields(node))


def _single_factors(term: Term) -> tuple[Term, ...]:
    """The factors of a product, natural powers as so many factors."""
    return tuple(
        base if rest == ONE else Pow(base, rest) for power in _powers(term) for base, rest in _copies(*power)
    )


def _same_name(pattern: str, name: str, match: Match) -> bool:
    """Whether two variables are the same, or bound by derivatives that correspond."""
    return pattern == name or (_is_bound(pattern) and match.get(pattern) == Index(name))


def instances(pattern: Term, term: Term, fixed: frozenset[str], symmetric: frozenset[str]) -> Iterator[Match]:
    """Each way to see a term as an instance of a pattern: the indices for which its free indices stand."""
    themselves = {name: Index(name) for name in fixed}
    yield from _Matcher(symmetric).term(pattern, term, themselves)


def _is_bound(name: str) -> bool:
    """Whether a name is that of a bound index, in a normal form or in a certificate."""
    return name.startswith("·") or "%" in name
