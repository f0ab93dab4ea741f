"""Claims of small matrices, whose dimensions are numbers, by their entries written out.

    A x = b, A: 2 x 2      gives      A[1,1] x[1] + A[1,2] x[2] = b[1]  and  A[2,1] x[1] + A[2,2] x[2] = b[2]

Each equation is solved for an entry that stands alone in it, if there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from lemmata.derive.names import written
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Combine, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference, instance
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import ONE, ZERO, Index, Num, Ref, Term
from lemmata.kernel.unroll import is_numeric, unrolled

#: How many entries of hypotheses are looked at.
LARGEST_SYSTEM = 64


def by_entries(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims the statement; None where none were found."""
    given = [(name, said) for name, said in searcher.context.hypotheses if _is_small(said)]
    if not given or any(isinstance(sort, int) for _, sort in claim.binders):
        return None
    try:
        return _Entries(searcher, searcher.workspace(claim, Known()).normalizer, label).steps(claim, given)
    except (Rejected, TooLarge):
        return None


def _is_small(said: Statement) -> bool:
    """Whether something in a statement has a numeric dimension."""
    if any(isinstance(sort, int) for _, sort in said.binders):
        return True
    parts = (part for side in (said.left, said.right) for part in subterms(side))
    return any(isinstance(part, Ref) and _is_numbered(part) for part in parts) or any(
        map(is_numeric, (said.left, said.right))
    )


def _is_numbered(entry: Ref) -> bool:
    return bool(entry.indices) and not any(index.name for index in entry.indices)


@dataclass(frozen=True)
class _Entries:
    searcher: Searcher
    normalizer: Normalizer
    label: str

    def steps(self, claim: Statement, given: list[tuple[str, Statement]]) -> Proof | None:
        found = tuple(islice(self.entries(given), LARGEST_SYSTEM))
        equations = tuple((step.id, step.claim) for step in found if step.claim.relation == "=")
        facts = tuple((step.id, step.claim) for step in found if step.claim.relation != "=")
        plain = replace(claim, left=self.out(claim.left), right=self.out(claim.right))
        inner = f"{self.label}w"
        proof = self.searcher.prove(plain, Known(equations, facts=facts, order=False), inner).steps
        if proof is None:
            return None
        at = tuple((name, Index(name)) for name, _ in claim.binders)
        by = Combine((Use(inner, at, (), ONE),), ZERO, (), tuple(name for name, _ in facts))
        return (*found, *proof, Step(self.label, claim, by))

    def out(self, side: Term) -> Term:
        """A side with what is numeric written out."""
        return written(unrolled(self.normalizer, side), self.searcher.names)

    def entries(self, given: list[tuple[str, Statement]]) -> Iterator[Step]:
        """The hypotheses at each value of their numeric indices, written out."""
        for name, said in given:
            ranges = {index: range(1, sort + 1) for index, sort in said.binders if isinstance(sort, int)}
            for number, places in enumerate(product(*ranges.values())):
                put = tuple((index, Index("", place)) for index, place in zip(ranges, places, strict=True))
                there = instance(said, put, self.searcher.names)
                at = (*put, *((index, Index(index)) for index, _ in there.binders))
                claim, times = self.solved(there)
                by = Combine((Use(name, at, (), times),), ZERO, (), ())
                yield Step(f"{self.label}{name} {number}", claim, by)

    def solved(self, said: Statement) -> tuple[Statement, Term]:
        """A statement written out, solved for an entry that stands alone, and its factor in the proof."""
        left, right = self.out(said.left), self.out(said.right)
        if said.relation != "=":
            return replace(said, left=left, right=right), ONE
        poly = self.normalizer.poly(difference(left, right))
        alone = [monomial for monomial in poly if _is_alone(monomial, poly)]
        if not alone:
            rest = written(self.normalizer.term(poly), self.searcher.names)
            return replace(said, left=rest, right=ZERO), ONE
        ((entry, _),) = chosen = max(alone, key=repr)
        value = poly[chosen]
        others = {monomial: -factor / value for monomial, factor in poly.items() if monomial != chosen}
        rest = written(self.normalizer.term(others), self.searcher.names)
        return replace(said, left=entry, right=rest), Num(1 / value)


def _is_alone(monomial: Monomial, poly: Poly) -> bool:
    """Whether a monomial is an entry which occurs in no other."""
    if len(monomial) != 1 or not isinstance(monomial[0][0], Ref) or monomial[0][1] != ONE:
        return False
    ((entry, _),) = monomial
    others = (base for other in poly if other != monomial for base, _ in other)
    return not any(part == entry for base in others for part in subterms(base))
