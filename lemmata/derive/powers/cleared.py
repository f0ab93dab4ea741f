"""L·inv(M) = R from L = R·M, and inv(M)·L = R from L = M·R, which are easier to show by induction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lemmata.derive.inverses import law_of
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Combine, InverseLaw, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import Substitution, free_indices
from lemmata.kernel.terms import MINUS_ONE, ZERO, Index, Inverse, Mul, Sum, Term

#: Looks for a proof of a claim, under a label.
Prove = Callable[[Statement, str], Proof | None]


def by_clearing(claim: Statement, names: Names, label: str, prove: Prove) -> Proof | None:
    """Steps of which the last claims the statement, a product with an inverse; None if none were found."""
    if claim.relation != "=" or len(claim.binders) != 2:
        return None
    for sign, sides in ((1, (claim.left, claim.right)), (-1, (claim.right, claim.left))):
        product = _product(claim, *sides)
        if product is not None:
            cleared = product.cleared(names)
            before = prove(cleared, f"{label}c")
            if before is not None:
                return (*before, *product.steps(claim, cleared, before[-1].id, sign, names, label))
    return None


@dataclass(frozen=True)
class _Product:
    """Σ_k other[.,k]·inv(M)[k,j] or Σ_k inv(M)[i,k]·other[k,.], and what it is to be equal to."""

    other: Term
    inverse: Inverse
    bound: str
    equal: Term
    binders: tuple[tuple[str, str | int], ...]

    @property
    def side(self) -> str:
        """On which side of M its inverse stands in the law that is used."""
        return "right" if self.inverse.at[0].name == self.bound else "left"

    @property
    def place(self) -> str:
        """The binder of the claim at which the inverse stands."""
        return self.inverse.at[1 if self.side == "right" else 0].name

    def entry(self, row: Index, column: Index, names: Names) -> Term:
        put = {self.inverse.row: row, self.inverse.column: column}
        return Substitution(names, indices=put).apply(self.inverse.body)

    def at(self, term: Term, name: str, index: Index, names: Names) -> Term:
        return Substitution(names, indices={name: index}).apply(term)

    def cleared(self, names: Names) -> Statement:
        """other = equal·M or other = M·equal."""
        here, k = Index(self.place), Index(names.name())
        entry = self.entry(*((k, here) if self.side == "right" else (here, k)), names)
        product = Sum(k.name, self.inverse.dim, Mul((self.at(self.equal, self.place, k, names), entry)))
        return Statement(self.binders, "=", self.at(self.other, self.bound, here, names), product)

    def steps(
        self, claim: Statement, cleared: Statement, known: str, sign: int, names: Names, label: str
    ) -> Proof:
        """The law of the inverse, and the claim."""
        law = law_of(self.inverse, self.side, names)
        k, dim, one = Index(names.name()), self.inverse.dim, Index(self.place)
        ends = (k, one) if self.side == "right" else (one, k)
        factor = replace(self.inverse, at=ends)
        first = tuple((name, k if name == self.place else Index(name)) for name, _ in cleared.binders)
        second = tuple(zip((name for name, _ in law.binders), ends, strict=True))
        minus = () if sign == 1 else (MINUS_ONE,)
        uses = (
            Use(known, first, ((k.name, dim),), Mul((*minus, factor))),
            Use(
                f"{label}v",
                second,
                ((k.name, dim),),
                Mul((*minus, self.at(self.equal, self.place, k, names))),
            ),
        )
        return (
            Step(f"{label}v", law, InverseLaw(self.inverse, self.side)),
            Step(label, claim, Combine(uses, ZERO, (), ())),
        )


def _product(claim: Statement, side: Term, equal: Term) -> _Product | None:
    """A side as a product with an inverse at one of its two ends."""
    names = {name for name, _ in claim.binders}
    binders = tuple((name, sort) for name, sort in claim.binders if isinstance(sort, str | int))
    if not isinstance(side, Sum) or not isinstance(side.body, Mul) or len(side.body.factors) != 2:
        return None
    for inverse, other in (side.body.factors, side.body.factors[::-1]):
        if not isinstance(inverse, Inverse) or len(binders) != 2:
            continue
        at = {index.name for index in inverse.at}
        outside = free_indices(inverse.body) - {inverse.row, inverse.column}
        place = at - {side.index}
        fits = side.index in at and len(place) == 1 and place <= names and not place & free_indices(other)
        if fits and not outside & (names | {side.index}):
            return _Product(other, inverse, side.index, equal, binders)
    return None
