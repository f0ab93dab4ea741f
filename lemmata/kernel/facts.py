"""Facts: what hypotheses say of the signs of terms, found again by normal form.

    t != 0     0 <= t     0 < t        for all values of the indices of t

A fact about `b1^p1 · ... · bk^pk` being nonzero says the same of every base.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import or_

from lemmata.kernel.context import Statement
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Poly
from lemmata.kernel.signs import NONNEGATIVE, NONZERO, POSITIVE, UNKNOWN, Facts, Sign
from lemmata.kernel.substitute import Substitution, free_indices, outcome_depends, subterms
from lemmata.kernel.terms import MINUS_ONE, Add, Index, Mul, Natural, Num, Ref, Sum, Term

SIGNS = {"!=": NONZERO, "<=": NONNEGATIVE, "<": POSITIVE}
#: A quick invariant of a polynomial: how many monomials, and which variables.
Outline = tuple[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Fact:
    """The sign of a polynomial, which is kept scaled and with its indices closed."""

    key: Term
    outline: Outline
    sign: Sign


@dataclass
class FactTable(Facts):
    """Some facts; `fixed` are the names that are no indices of a statement."""

    plain: Normalizer
    fixed: frozenset[str]
    facts: tuple[Fact, ...]
    _asked: dict[Term, Sign] = field(default_factory=dict)

    def of(self, term: Term) -> Sign:
        if isinstance(term, Num) or not self.facts:
            return UNKNOWN
        if term not in self._asked:
            self._asked[term] = self._found(term)
        return self._asked[term]

    def _found(self, term: Term) -> Sign:
        spoken = variables(term)
        if not any(fact.outline[1] <= spoken for fact in self.facts):
            return UNKNOWN
        return self._look_up(self.plain.poly(self._unlabelled(term)))

    def _unlabelled(self, term: Term) -> Term:
        """A part of a canonical form with other names for those of its labels which are not bound in it."""
        labels = (name for name in free_indices(term) if name.startswith("·"))
        put = {label: Index(self.plain.fresh.name()) for label in labels}
        return Substitution(self.plain.fresh, indices=put).apply(term)

    def _look_up(self, poly: Poly) -> Sign:
        alike = [fact for fact in self.facts if fact.outline == outline(poly)]
        if not alike:
            return UNKNOWN
        place = key(self.plain, self.fixed, poly)
        known = reduce(or_, (fact.sign for fact in alike if fact.key == place), UNKNOWN)
        if known.nonzero:
            return known
        opposite = key(self.plain, self.fixed, self.plain.scale(poly, Fraction(-1)))
        return known | Sign(False, any(fact.sign.nonzero for fact in alike if fact.key == opposite))

    def without(self, names: frozenset[str]) -> FactTable:
        kept = tuple(fact for fact in self.facts if not outcome_depends(fact.key, names))
        return FactTable(self.plain, self.fixed, kept)


def variables(term: Term) -> frozenset[str]:
    return frozenset(part.name for part in subterms(term) if isinstance(part, Ref))


def outline(poly: Poly) -> Outline:
    bases = (base for monomial in poly for base, _ in monomial)
    return len(poly), frozenset[str]().union(*map(variables, bases))


def key(plain: Normalizer, fixed: frozenset[str], poly: Poly) -> Term:
    """The polynomial scaled so that its largest coefficient is 1, with its free indices closed: their
    order and their names do not matter."""
    largest = max(map(abs, poly.values()), default=Fraction(1))
    term = plain.term(plain.scale(poly, 1 / largest))
    free = sorted(free_indices(term) - fixed)
    for name in free:
        term = Sum(name, "·", term)
    return plain.canonical(term) if free else term


def facts_of(statement: Statement, plain: Normalizer, fixed: frozenset[str]) -> Iterator[Fact]:
    """What one statement says of signs, if it is of a form that says something."""
    if statement.relation not in SIGNS or any(isinstance(sort, Natural) for _, sort in statement.binders):
        return
    poly = plain.poly(Add((statement.right, Mul((MINUS_ONE, statement.left)))))
    yield from _fact(poly, SIGNS[statement.relation], plain, fixed)
    if statement.relation != "<=" and len(poly) == 1:
        (monomial,) = poly
        for base, exponent in monomial:
            if isinstance(exponent, Num):
                yield from _fact(plain.poly(base), NONZERO, plain, fixed)


def _fact(poly: Poly, sign: Sign, plain: Normalizer, fixed: frozenset[str]) -> Iterator[Fact]:
    """The fact, if the indices of the polynomial have their dimensions from its variables."""
    term = plain.term(poly)
    seen = {index.name for part in subterms(term) if isinstance(part, Ref) for index in part.indices}
    if free_indices(term) - fixed <= seen:
        yield Fact(key(plain, fixed, poly), outline(poly), sign)
