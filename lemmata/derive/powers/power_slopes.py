"""Lemmas on the derivatives of the powers X^e of a matrix, e = k + a number, shown by induction on k."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lemmata.derive.compile import at_time
from lemmata.derive.powers.matrix_powers import MatrixPowers, combined, pairs
from lemmata.derive.reasons import INDUCTION_LABEL, everything
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Induction, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Binders
from lemmata.kernel.terms import MINUS_ONE, ONE, Index, Mul, Term

#: How far above the least value of its exponent a lemma is shown.
LARGEST_CLIMB = 6


@dataclass(frozen=True)
class Lemma:
    """A claim for each exponent from `bottom` on, and what it follows from where it holds for the exponent
    before, by the label of that."""

    name: str
    bottom: int
    claim: Callable[[Index], Statement]
    later: Callable[[Index, str], tuple[Use, ...]]


@dataclass(eq=False)
class Slopes:
    """What is shown of the derivatives of the powers of one matrix."""

    searcher: Searcher
    powers: MatrixPowers
    #: For each lemma and each natural number the labels of its claims, from the least exponent on.
    rungs: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        p = self.powers
        self.start, self.right, self.left = map(p.law, ("start", "right", "left"))
        self.start_slope, self.right_slope = map(p.slope_law, ("start", "right"))

    @property
    def laws(self) -> tuple[tuple[str, Statement], ...]:
        """What a power and its derivative are rewritten by."""
        labels = (self.start_slope, self.right_slope, self.start, self.right)
        return tuple((label, self.powers.proven[label]) for label in labels)

    def use(self, label: str, binders: Binders, at: list[Index], times: Term = ONE, *over: Index) -> Use:
        """A premise at some indices, times a factor, summed over some indices."""
        sums = tuple((index.name, self.powers.dim) for index in over)
        return Use(label, pairs([name for name, _ in binders], at), sums, times)

    def of(self, label: str, at: list[Index], times: Term = ONE, *over: Index) -> Use:
        return self.use(label, self.powers.proven[label].binders, at, times, *over)

    def step(self, name: str, claim: Statement, *uses: Use) -> str:
        return self.powers.step(name, claim, combined(*uses))

    def shown(self, lemma: Lemma, e: Index) -> str | None:
        """The label of a lemma for an exponent: by induction for the least one, then by one step after the
        other."""
        lowest = lemma.bottom - dict(self.searcher.context.naturals)[e.name]
        if not lowest <= e.offset <= lowest + LARGEST_CLIMB:
            return None
        found = self.rungs.setdefault((lemma.name, e.name), [])
        if not found and (label := self.induction(lemma, Index(e.name, lowest))) is not None:
            found.append(label)
        while found and lowest + len(found) <= e.offset:
            here = Index(e.name, lowest + len(found))
            found.append(self.step(f"{lemma.name} {here}", lemma.claim(here), *lemma.later(here, found[-1])))
        return found[e.offset - lowest] if found else None

    def induction(self, lemma: Lemma, e: Index) -> str | None:
        """The label of a lemma for an exponent, by induction: for its least value by rewriting."""
        claim, label = lemma.claim(e), f"{self.powers.label}{lemma.name} {e}"
        base = self.rewritten(self.least(claim, e.name), f"{label} first")
        if base is None:
            return None
        last = Step(f"{label} later", claim, combined(*lemma.later(e, INDUCTION_LABEL)))
        by = Induction(e.name, INDUCTION_LABEL, base, (last,))
        return self.powers.step(f"{lemma.name} {e}", claim, by)

    def least(self, claim: Statement, name: str) -> Statement:
        """A claim at the least value of a natural number."""
        value = dict(self.searcher.context.naturals)[name]
        return at_time(claim, name, Index("", value), self.powers.names)

    def rewritten(self, claim: Statement, label: str) -> Proof | None:
        """A claim by the laws of powers and the definitions."""
        premises = (*self.laws, *everything(self.searcher.context).premises)
        inside = replace(self.searcher, proven={**self.searcher.proven, **self.powers.proven})
        return inside.prove(claim, Known(premises, order=False), label).steps


def before(exponent: Index) -> Index:
    return Index(exponent.name, exponent.offset - 1)


def after(exponent: Index) -> Index:
    return Index(exponent.name, exponent.offset + 1)


def minus(*factors: Term) -> Term:
    return Mul((MINUS_ONE, *factors))
