"""Linear systems with composite matrices, such as those of Kronecker products.

K Z = Y      det K != 0                K R = I
-----------------------              ------------
    Z = inv(K) Y                      inv(K) = R
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Combine, InverseLaw, OneSided, Proof, Step, Use
from lemmata.kernel.composite import Places, Square, square
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import Substitution, free_indices
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Call, Delta, Index, Lambda, Mul, Sum, Term


def by_system(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims the statement; None where no inverse is by itself on a side of it."""
    if claim.relation != "=":
        return None
    for inverted, other, sign in ((claim.right, claim.left, ONE), (claim.left, claim.right, MINUS_ONE)):
        found = _inverse_at(inverted, searcher)
        if found is not None and _is_plain(found, claim):
            return _System(searcher, claim, found, other, sign, label).steps()
    return None


@dataclass(frozen=True)
class _Inverse:
    """Σ_k inv(K)[rows, k]·f(k); `alone` says that f(k) is δ(k, columns)."""

    call: Call
    rows: Places
    bound: Places
    factor: Term
    alone: bool


def _inverse_at(term: Term, searcher: Searcher) -> _Inverse | None:
    """The inverse which is by itself on a side, if there is one."""
    bound: list[str] = []
    while isinstance(term, Sum):
        bound.append(term.index)
        term = term.body
    factors = term.factors if isinstance(term, Mul) else (term,)
    for place, factor in enumerate(factors):
        if isinstance(factor, Call) and factor.function == "inv":
            half = len(factor.output) // 2
            rows, columns = factor.output[:half], factor.output[half:]
            rest = (*factors[:place], *factors[place + 1 :])
            if not bound and not rest:
                names = tuple(Index(searcher.names.name()) for _ in columns)
                return _Inverse(factor, rows, names, Mul(tuple(map(Delta, names, columns))), True)
            if sorted(bound) == sorted(index.name for index in columns):
                return _Inverse(factor, rows, columns, Mul(rest), False)
    return None


def _is_plain(found: _Inverse, claim: Statement) -> bool:
    """Whether the rows are binders of the claim, of which neither the matrix nor the factor speaks."""
    names = {index.name for index in found.rows}
    inside = free_indices(found.call.arguments[0].body) - {n for n, _ in found.call.arguments[0].indices}
    binders = [name for name, _ in claim.binders]
    return (
        len(names) == len(found.rows)
        and names <= set(binders)
        and not inside & set(binders)
        and not free_indices(found.factor) & names
        and (not found.alone or binders == [index.name for index in found.call.output])
    )


@dataclass(frozen=True)
class _System:
    searcher: Searcher
    claim: Statement
    inverse: _Inverse
    other: Term
    sign: Term
    label: str

    def steps(self) -> Proof | None:
        known = everything(self.searcher.context)
        system = self.system()
        before = self.searcher.prove(system, known, f"{self.label}p").steps
        if before is None:
            return None
        (tensor,) = self.inverse.call.arguments
        facts: tuple[str, ...] = ()
        if self.inverse.alone:
            apart = Statement((), "!=", written(self.matrix.determinant(), self.searcher.names), ZERO)
            by = OneSided(f"{self.label}p", tensor, Lambda(self.axes(), self.other))
            before, facts = (*before, Step(f"{self.label}n", apart, by)), (f"{self.label}n",)
        law = self.law()
        first = Step(f"{self.label}l", law, InverseLaw(self.inverse.call, "left", facts))
        by_both = Combine((self.use_of_law(law), self.use_of_system()), ZERO, (), facts)
        return (*before, first, Step(self.label, self.claim, by_both))

    @property
    def matrix(self) -> Square:
        return square(self.inverse.call.arguments[0], self.searcher.names)

    def axes(self) -> tuple[tuple[str, str | int], ...]:
        dims = self.matrix.dims * 2
        return tuple((index.name, dim) for index, dim in zip(self.inverse.call.output, dims, strict=True))

    def new(self) -> Places:
        return tuple(Index(self.searcher.names.name()) for _ in self.inverse.rows)

    def at(self, term: Term, old: Places, new: Places) -> Term:
        put = {index.name: place for index, place in zip(old, new, strict=True)}
        return Substitution(self.searcher.names, indices=put).apply(term)

    def system(self) -> Statement:
        """K Z = Y."""
        rows, places = self.inverse.rows, self.new()
        left: Term = Mul((self.matrix.entry(rows, places), self.at(self.other, rows, places)))
        for index, dim in zip(places, self.matrix.dims, strict=True):
            left = Sum(index.name, dim, left)
        right = self.at(self.inverse.factor, self.inverse.bound, rows)
        left, right = (written(side, self.searcher.names) for side in (left, right))
        return replace(self.claim, left=left, right=right)

    def law(self) -> Statement:
        """inv(K) K = I."""
        found = self.matrix.identity(self.matrix.inverse, self.matrix.entry)
        left, right = (written(side, self.searcher.names) for side in (found.left, found.right))
        return replace(found, left=left, right=right)

    def use_of_law(self, law: Statement) -> Use:
        """Σ_j (inv(K) K = I)[rows, j]·Z(j)."""
        places = self.new()
        at = tuple(zip((name for name, _ in law.binders), (*self.inverse.rows, *places), strict=True))
        times = Mul((self.sign, MINUS_ONE, self.at(self.other, self.inverse.rows, places)))
        return Use(f"{self.label}l", at, self.sums(places), written(times, self.searcher.names))

    def use_of_system(self) -> Use:
        """Σ_k inv(K)[rows, k]·(K Z = Y)[k]."""
        places = self.new()
        put = {row.name: place for row, place in zip(self.inverse.rows, places, strict=True)}
        at = tuple((name, put.get(name, Index(name))) for name, _ in self.claim.binders)
        times = Mul((self.sign, self.matrix.inverse(self.inverse.rows, places)))
        return Use(f"{self.label}p", at, self.sums(places), written(times, self.searcher.names))

    def sums(self, places: Places) -> tuple[tuple[str, str | int], ...]:
        return tuple((index.name, dim) for index, dim in zip(places, self.matrix.dims, strict=True))
