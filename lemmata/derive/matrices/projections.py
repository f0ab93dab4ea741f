"""Pseudo-inverses as steps: the laws of Penrose, and what follows for a matrix of full rank.

With P = pinv(B), the matrix B·P is the orthogonal projection on the columns of B, and its trace is the rank.
If that is the number of rows, then ‖I - B·P‖² = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.derive.matrices.matrices import Matrix, complement, product, trace
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Combine, Penrose, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import (
    MINUS_ONE,
    ZERO,
    Call,
    Dim,
    Index,
    Lambda,
    Term,
)


@dataclass(frozen=True)
class Projection:
    """A matrix B, its pseudo-inverse P, and the steps for the laws of P."""

    matrix: Matrix
    label: str

    @property
    def names(self) -> Names:
        return self.matrix.names

    @property
    def inverse(self) -> Matrix:
        i, k = Index(self.names.name()), Index(self.names.name())
        indices = ((i.name, self.matrix.columns), (k.name, self.matrix.rows))
        return Matrix(Lambda(indices, Call("pinv", (i, k), (self.matrix.tensor,))), self.names)

    def rank(self) -> Term:
        return Call("rank", (), (self.matrix.tensor,))

    def law(self, law: str) -> Step:
        """One of the laws, for all entries r and c."""
        r, c = Index("r%law"), Index("c%law")
        b, p = self.matrix, self.inverse
        rows, columns = b.rows, b.columns
        left, right, dims = {
            "first": (product(product(b, p), b).entry(r, c), b.entry(r, c), (rows, columns)),
            "second": (product(product(p, b), p).entry(r, c), p.entry(r, c), (columns, rows)),
            "third": (product(b, p).entry(r, c), product(b, p).entry(c, r), (rows, rows)),
            "fourth": (product(p, b).entry(r, c), product(p, b).entry(c, r), (columns, columns)),
            "trace": (trace(product(p, b)), self.rank(), ()),
        }[law]
        binders = tuple(zip((r.name, c.name), dims, strict=False))
        return Step(f"{self.label} {law}", Statement(binders, "=", left, right), Penrose(law, b.tensor))

    def use(self, law: str, i: Index, k: Index, dims: tuple[Dim, Dim], times: Term) -> Use:
        """A law at all entries i and k, times a factor."""
        sums = ((i.name, dims[0]), (k.name, dims[1]))
        return Use(f"{self.label} {law}", (("r%law", i), ("c%law", k)), sums, times)

    def vanishes(self, full: str, *, of_rows: bool) -> Proof:
        """Steps of which the last claims ‖I - B·P‖² = 0; by a premise, the rank is the number of rows. With
        those of the rows, that is ‖I - P·B‖² = 0 and the number of columns."""
        i, k = Index(self.names.name()), Index(self.names.name())
        b, p = self.matrix, self.inverse
        first, second, symmetric = (p, b, "fourth") if of_rows else (b, p, "third")
        uses = (
            self.use(symmetric, i, k, (first.rows, first.rows), product(first, second).entry(i, k)),
            self.use("first", i, k, (b.rows, b.columns), p.entry(k, i)),
            Use(full, (), (), MINUS_ONE),
            Use(f"{self.label} trace", (), (), MINUS_ONE),
        )
        claim = Statement((), "=", complement(first, second).all_squares(), ZERO)
        laws = tuple(map(self.law, (symmetric, "first", "trace")))
        return (*laws, Step(self.label, claim, Combine(uses, ZERO, (), ())))
