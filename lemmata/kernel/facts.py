"""Facts: what hypotheses say of the signs of terms, found again by normal form.

    t != 0     0 <= t     0 < t        for all values of the indices of t

A fact about `b1^p1 · ... · bk^pk` being nonzero says the same of every base.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from lemmata.kernel.context import Statement
from lemmata.kernel.normal import Normalizer, Poly
from lemmata.kernel.signs import NONNEGATIVE, NONZERO, POSITIVE, UNKNOWN, Facts, Sign
from lemmata.kernel.substitute import free_indices, mentions, subterms
from lemmata.kernel.terms import MINUS_ONE, Add, Mul, Natural, Num, Ref, Sum, Term

SIGNS = {"!=": NONZERO, "<=": NONNEGATIVE, "<": POSITIVE}


class FactTable(Facts):
    """Facts by the normal form of their terms, scaled so that the largest coefficient is 1."""

    def __init__(self, plain: Normalizer, fixed: frozenset[str], table: dict[Term, Sign]) -> None:
        self.plain = plain
        self.fixed = fixed
        self.table = table
        self._asked: dict[Term, Sign] = {}

    def of(self, term: Term) -> Sign:
        if not self.table:
            return UNKNOWN
        if term not in self._asked:
            self._asked[term] = self._look_up(self.plain.poly(term))
        return self._asked[term]

    def _look_up(self, poly: Poly) -> Sign:
        direct = self.table.get(self.key(poly), UNKNOWN)
        opposite = self.table.get(self.key(self.plain.scale(poly, Fraction(-1))), UNKNOWN)
        return direct | Sign(False, opposite.nonzero)

    def without(self, names: frozenset[str]) -> FactTable:
        kept = {
            key: sign for key, sign in self.table.items() if not any(mentions(key, name) for name in names)
        }
        return FactTable(self.plain, self.fixed, kept)

    def key(self, poly: Poly) -> Term:
        """The scaled polynomial, its free indices closed: their order and names do not matter."""
        largest = max(map(abs, poly.values()), default=Fraction(1))
        term = self.plain.term(self.plain.scale(poly, 1 / largest))
        for name in sorted(free_indices(term) - self.fixed):
            term = Sum(name, "·", term)
        return self.plain.canonical(term)

    def add(self, statement: Statement) -> None:
        """Learn from one statement, if it is of a form which says something of signs."""
        if statement.relation not in SIGNS or any(isinstance(sort, Natural) for _, sort in statement.binders):
            return
        poly = self.plain.poly(Add((statement.right, Mul((MINUS_ONE, statement.left)))))
        self._put(poly, SIGNS[statement.relation])
        if statement.relation != "<=" and len(poly) == 1:
            (monomial,) = poly
            for base, exponent in monomial:
                if isinstance(exponent, Num):
                    self._put(self.plain.poly(base), NONZERO)

    def _put(self, poly: Poly, sign: Sign) -> None:
        """Learn the sign of a polynomial whose indices have their dimensions from the variables."""
        term = self.plain.term(poly)
        seen = {index.name for part in subterms(term) if isinstance(part, Ref) for index in part.indices}
        if free_indices(term) - self.fixed <= seen:
            key = self.key(poly)
            self.table[key] = self.table.get(key, UNKNOWN) | sign
            self._asked.clear()


def facts_from(statements: Iterable[Statement], plain: Normalizer, fixed: frozenset[str]) -> FactTable:
    """The facts among some statements; `fixed` are the names that are no indices of a statement."""
    table = FactTable(plain, fixed, {})
    for statement in statements:
        table.add(statement)
    return table
