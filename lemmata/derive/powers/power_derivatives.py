"""Claims on powers X^k of matrices and their derivatives, for all natural k."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lemmata.derive.compile import at_time
from lemmata.derive.names import written
from lemmata.derive.needed import needed
from lemmata.derive.powers.matrix_powers import MatrixPowers
from lemmata.derive.powers.power_determinants import determinants
from lemmata.derive.powers.power_pairs import Way, families, straight, turned
from lemmata.derive.powers.power_slopes import Slopes
from lemmata.derive.powers.power_traces import traces
from lemmata.derive.reasons import INDUCTION_LABEL, everything
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Induction, Proof, Step
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.environment import fixed_names, speaks_of
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import Call, Determinant, Index, Lambda, Term


def by_power_derivatives(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims the statement; None if none were found, the claim is too large, or a
    derivative is not known."""
    if not any(_is_power(part) for side in (claim.left, claim.right) for part in subterms(side)):
        return None
    try:
        return _Claim(searcher, claim, label).proved()
    except (TooLarge, Rejected):
        return None


def _is_power(term: Term) -> bool:
    return isinstance(term, Call) and term.function == "matrix_power"


class _Claim:
    """A claim, and what is shown of the powers in it."""

    def __init__(self, searcher: Searcher, claim: Statement, label: str) -> None:
        self.searcher, self.claim, self.label = searcher, claim, label
        self.given = everything(searcher.context)
        self.powers: list[tuple[Slopes, list[Index]]] = [
            (Slopes(searcher, MatrixPowers(matrix, searcher.names, f"{label}p{number}")), exponents)
            for number, (matrix, exponents) in enumerate(self.found().items())
        ]

    def found(self) -> dict[Lambda, list[Index]]:
        """The matrices with powers, each with the exponents of which nothing is assumed and at which it is
        differentiated."""
        normalizer = self.searcher.workspace(self.claim, Known()).normalizer
        found: dict[Lambda, dict[Index, None]] = {}
        for side in (self.claim.left, self.claim.right):
            for part in subterms(written(normalizer.normal(side), self.searcher.names)):
                if isinstance(part, Call) and _is_power(part) and self.is_fixed(part.arguments[0]):
                    exponents = found.setdefault(part.arguments[0], {})
                    if part.partials and _is_free(self.searcher.context, part.output[0].name):
                        exponents[part.output[0]] = None
        return {matrix: list(exponents) for matrix, exponents in found.items()}

    def is_fixed(self, matrix: Lambda) -> bool:
        """Whether a matrix is the same throughout."""
        outside = free_indices(matrix.body) - {name for name, _ in matrix.indices}
        return outside <= fixed_names(self.searcher.context)

    def proved(self) -> Proof | None:
        """The steps: by the lemmas, with sums over pairs of powers seen in one way or the other, or by
        induction on the claim."""
        for way in (straight, turned):
            last = self.by_lemmas(way)
            if last is not None:
                return self.whole(last)
        last = next(filter(None, self.by_inductions()), None)
        return None if last is None else self.whole(last)

    def whole(self, last: Proof) -> Proof:
        return needed((*(step for slopes, _ in self.powers for step in slopes.powers.steps), *last))

    def inside(self) -> Searcher:
        """After all that is shown."""
        shown = {label: said for slopes, _ in self.powers for label, said in slopes.powers.proven.items()}
        return replace(self.searcher, proven={**self.searcher.proven, **shown})

    def by_lemmas(self, way: Way) -> Proof | None:
        labels: list[str | None] = []
        facts: list[str] = []
        for slopes, exponents in self.powers:
            for exponent in exponents:
                if any(isinstance(part, Determinant) for part in subterms(self.claim.left)):
                    laws, regular = determinants(slopes, exponent)
                    labels, facts = [*labels, *laws], [*facts, *regular]
                labels += traces(slopes, exponent)
                found = families(self.searcher.context, slopes.powers.dim)
                labels += [slopes.shown(way(slopes, family), exponent) for family in found]
        inside = self.inside()
        premises = tuple((label, inside.proven[label]) for label in labels if label is not None)
        known = replace(
            self.given,
            premises=(*premises, *self.given.premises),
            facts=tuple((label, inside.proven[label]) for label in facts),
        )
        return inside.prove(self.claim, known, self.label).steps

    def by_inductions(self) -> Iterator[Proof | None]:
        """The claim by induction on each natural number, by the laws of powers and of their derivatives."""
        inside, context = self.inside(), self.searcher.context
        laws = tuple(law for slopes, _ in self.powers for law in slopes.laws)
        known = replace(self.given, premises=(*laws, *self.given.premises))
        for name, least in context.naturals:
            if not _is_free(context, name) or not speaks_of(self.claim, name):
                continue
            first = at_time(self.claim, name, Index("", least), self.searcher.names)
            base = inside.prove(first, known, f"{self.label}b").steps
            if base is None:
                continue
            earlier = at_time(self.claim, name, Index(name, -1), self.searcher.names)
            later = tuple((other, value + (other == name)) for other, value in context.naturals)
            there = replace(inside, context=replace(context, naturals=later).assume(INDUCTION_LABEL, earlier))
            before = replace(known, premises=((INDUCTION_LABEL, earlier), *known.premises))
            step = there.prove(self.claim, before, f"{self.label}i").steps
            if step is not None:
                yield (Step(self.label, self.claim, Induction(name, INDUCTION_LABEL, base, step)),)


def _is_free(context: Context, name: str) -> bool:
    """Whether a natural number of the context is any from its least value on."""
    given = (*context.hypotheses, *context.definitions)
    return name in dict(context.naturals) and not any(speaks_of(said, name) for _, said in given)
