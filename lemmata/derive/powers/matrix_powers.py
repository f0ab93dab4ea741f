"""The laws of the powers of one matrix, and of their derivatives by its entries, as steps of a proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lemmata.derive.names import Names
from lemmata.kernel.certificate import Combine, Differentiated, Justification, PowerLaw, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Binders
from lemmata.kernel.substitute import entry_of
from lemmata.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Call,
    Delta,
    Derivative,
    Dim,
    Index,
    Lambda,
    Mul,
    Natural,
    Ref,
    Sum,
    Term,
)

START = Index("", 0)


@dataclass
class MatrixPowers:
    """The powers X^t of a square matrix X. `steps` are proved in their order; `proven` has their claims."""

    matrix: Lambda
    names: Names
    label: str
    steps: list[Step] = field(default_factory=list)
    proven: dict[str, Statement] = field(default_factory=dict)

    @property
    def dim(self) -> Dim:
        return self.matrix.indices[0][1]

    def indices(self, count: int) -> list[Index]:
        return [Index(self.names.name()) for _ in range(count)]

    def places(self, *indices: Index) -> Binders:
        """Binders over the dimension of the matrix."""
        return tuple((index.name, self.dim) for index in indices)

    def entry(self, row: Index, column: Index) -> Term:
        return entry_of(self.matrix, (row, column), self.names)

    def power(self, t: Index, row: Index, column: Index) -> Term:
        """X^t[row, column]."""
        return Call("matrix_power", (t, row, column), (self.matrix,))

    def slope(self, t: Index, at: Sequence[Index]) -> Term:
        """∂X^t[i, j] / ∂X[r, s] at (i, j, r, s)."""
        i, j, r, s = at
        return Call("matrix_power", (t, i, j), (self.matrix,), ((0, (r, s)),))

    def times(self, left: Term, right: Term, over: Index) -> Term:
        return Sum(over.name, self.dim, Mul((left, right)))

    def step(self, name: str, claim: Statement, by: Justification) -> str:
        """One more step, if there is none of this name; its label."""
        label = f"{self.label}{name}"
        if label not in self.proven:
            self.steps.append(Step(label, claim, by))
            self.proven[label] = claim
        return label

    def law(self, law: str) -> str:
        """X^0 = I, X^t = X^(t-1) X, or X^t = X X^(t-1)."""
        return self.step(law, self.statement(law), PowerLaw(law, self.matrix))

    def statement(self, law: str) -> Statement:
        t, i, j, k = self.indices(4)
        if law == "start":
            return Statement(self.places(i, j), "=", self.power(START, i, j), Delta(i, j))
        before = Index(t.name, -1)
        if law == "right":
            product = self.times(self.power(before, i, k), self.entry(k, j), k)
        else:
            product = self.times(self.entry(i, k), self.power(before, k, j), k)
        return Statement(((t.name, Natural(1)), *self.places(i, j)), "=", self.power(t, i, j), product)

    def slope_law(self, law: str) -> str:
        """The derivative of a law: that of X^0 is 0, ∂X^t = ∂X^(t-1) X + X^(t-1) ∂X."""
        moved = self.differentiated(law)
        t, i, j, r, s, k = self.indices(6)
        before, at = Index(t.name, -1), (i, j, r, s)
        claim = Statement(self.places(*at), "=", self.slope(START, at), ZERO)
        if law == "right":
            inner = self.times(self.slope(before, (i, k, r, s)), self.entry(k, j), k)
            right = Add((inner, Mul((self.power(before, i, r), Delta(s, j)))))
            claim = Statement(((t.name, Natural(1)), *self.places(*at)), "=", self.slope(t, at), right)
        names = [name for name, _ in self.proven[moved].binders]
        use = Use(moved, pairs(names, [Index(name) for name, _ in claim.binders]), (), ONE)
        return self.step(f"{law} slope", claim, combined(use))

    def differentiated(self, law: str) -> str:
        """A law for any matrix x, differentiated by an entry of x, at X."""
        x = self.names.name()
        i, j, r, s = self.indices(4)
        free = MatrixPowers(Lambda(self.places(i, j), Ref(x, (i, j))), self.names, self.label)  # type: ignore[arg-type]
        said = free.statement(law)
        names = tuple(name for name, _ in said.binders)
        use = Use(f"{self.label}{law} of any", pairs(names, list(map(Index, names))), (), ONE)
        binders = (*said.binders, *self.places(r, s))
        proof: Proof = (
            Step(use.premise, said, PowerLaw(law, free.matrix)),
            Step(f"{use.premise} too", Statement(binders, "=", said.left, said.right), combined(use)),
        )
        left, right = (Derivative(x, side, (r, s), self.matrix) for side in (said.left, said.right))
        claim = Statement(binders, "=", left, right)
        return self.step(f"{law} differentiated", claim, Differentiated(proof, ()))


def pairs(names: Sequence[str], at: Sequence[Index]) -> tuple[tuple[str, Index], ...]:
    return tuple(zip(names, at, strict=True))


def combined(*uses: Use) -> Combine:
    """A linear combination that is an equation."""
    return Combine(uses, ZERO, (), ())
