"""Tactics of order: what maxima and words allow, and inequalities that follow from others.

A claim is made simple from the outside in. An equation becomes two inequalities. A word becomes any unit
vector, a maximum on the smaller side any of its entries: for these the kernel has rules. What is left is an
inequality of polynomials; each term that stands against it is cancelled by a premise times a factor of
manifest sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from lemmata.derive.names import Names, written
from lemmata.derive.premises import Premise, Premises
from lemmata.kernel.certificate import Absurd, Attained, Between, Combine, Proof, Step, Unit, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.substitute import Substitution, children, free_indices, subterms
from lemmata.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Apply,
    Delta,
    Derivative,
    Expectation,
    Index,
    Lambda,
    Maximum,
    Num,
    Ref,
    Term,
)

if TYPE_CHECKING:
    from lemmata.derive.equations import Workspace
    from lemmata.derive.search import Known, Searcher

#: How many premises one inequality may use, and how many are tried.
LARGEST_DEPTH, LARGEST_WORK = 8, 400


def by_order(searcher: Searcher, claim: Statement, known: Known, label: str) -> Proof | None:
    """Steps of which the last claims the statement, or None."""
    work = Order(searcher, replace(known, unfold=searcher.relevant(known.unfold, (claim,))))
    if claim.relation == "=" and not (known.contradiction or work.may_be_squeezed(claim)):
        return None
    return tuple(work.steps) if work.proved(claim, label) else None


@dataclass
class Order:
    searcher: Searcher
    known: Known
    steps: list[Step] = field(default_factory=list)

    @property
    def names(self) -> Names:
        return self.searcher.names

    def may_be_squeezed(self, claim: Statement) -> bool:
        """Whether an equation may follow from two inequalities: it has maxima or words, or some are given."""
        given = (statement.relation for _, statement in self.searcher.context.hypotheses)
        return "<=" in given or self.speaks_of_order(claim)

    def speaks_of_order(self, claim: Statement) -> bool:
        return any(
            isinstance(part, Maximum) or (isinstance(part, Ref) and part.name in self.words)
            for side in self.unfolded(claim)
            for part in subterms(side)
        )

    @property
    def words(self) -> frozenset[str]:
        variables = self.searcher.context.variables
        return frozenset(v.name for v in variables if "onehot" in v.properties)

    def unfolded(self, claim: Statement) -> tuple[Term, Term]:
        env = self.searcher.environment()
        unfolding = env.unfolding(self.known.unfold)
        return unfolding.apply(claim.left), unfolding.apply(claim.right)

    def workspace(self, claim: Statement) -> Workspace:
        return self.searcher.workspace(claim, self.known)

    def proved(self, claim: Statement, label: str) -> bool:
        """Whether steps for the claim were found; they are added."""
        if self.known.contradiction:
            return self.by_contradiction(claim, label)
        if claim.relation == "=":
            below = replace(claim, relation="<=")
            above = Statement(claim.binders, "<=", claim.right, claim.left)
            if not (self.proved(below, f"{label}a") and self.proved(above, f"{label}b")):
                return False
            self.steps.append(Step(label, claim, Between(f"{label}a", f"{label}b")))
            return True
        if claim.relation not in ("<=", "<"):
            return False
        left, right = map(self.normal(claim), self.unfolded(claim))
        simple = Statement(claim.binders, claim.relation, left, right)
        if not self.ordered(simple, f"{label}n"):
            return False
        at = tuple((name, Index(name)) for name, _ in claim.binders)
        by = Combine((Use(f"{label}n", at, (), ONE),), ZERO, self.known.unfold, self.facts)
        self.steps.append(Step(label, claim, by))
        return True

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(label for label, _ in self.known.facts)

    def normal(self, claim: Statement) -> Callable[[Term], Term]:
        """The normal form of a side, with names for a certificate."""
        normalizer = self.workspace(claim).normalizer
        return lambda side: written(normalizer.normal(side), self.names)

    def ordered(self, claim: Statement, label: str) -> bool:
        """The same for an inequality whose sides are in normal form."""
        done = len(self.steps)
        for way in (self.by_premises, self.by_maximum, self.by_word):
            if way(claim, label):
                return True
            del self.steps[done:]
        return False

    def by_word(self, claim: Statement, label: str) -> bool:
        """A word is any unit vector."""
        free = frozenset(name for name, _ in claim.binders) | self.workspace(claim).fixed
        for part in (*subterms(claim.left), *subterms(claim.right)):
            if isinstance(part, Ref) and part.name in self.words:
                at = part.indices[:-1]
                if all(not index.name or index.name in free for index in at):
                    return self.for_any_unit(claim, label, part.name, at)
        return False

    def for_any_unit(self, claim: Statement, label: str, name: str, at: tuple[Index, ...]) -> bool:
        (dim,) = (v.shape[-1] for v in self.searcher.context.variables if v.name == name)
        hole, entry, k = self.names.name(), self.names.name(), self.names.name()

        def opened(term: Term) -> Term | None:
            here = isinstance(term, Ref) and term.name == name and term.indices[:-1] == at
            return Ref(hole, term.indices[-1:]) if here and isinstance(term, Ref) else None

        left, right = (replaced(side, opened) for side in (claim.left, claim.right))
        units = Lambda(((entry, dim),), Delta(Index(entry), Index(k)))  # type: ignore[arg-type]
        premise = self.filled(claim, (k, dim), hole, units, left, right)
        if not self.ordered(premise, f"{label}w"):
            return False
        by = Unit(name, at, f"{label}w", k, hole, left, right)
        self.steps.append(Step(label, claim, by))
        return True

    def by_maximum(self, claim: Statement, label: str) -> bool:
        """A maximum on the smaller side is any of its entries."""
        free = frozenset(name for name, _ in claim.binders) | self.workspace(claim).fixed
        for part in _outermost(claim.left):
            if free_indices(part) <= free:
                return self.for_any_entry(claim, label, part)
        return False

    def for_any_entry(self, claim: Statement, label: str, maximum: Maximum) -> bool:
        hole, k = self.names.name(), self.names.name()
        left = replaced(claim.left, lambda term: Ref(hole) if term == maximum else None)
        entry = Substitution(self.names, indices={maximum.index: Index(k)}).apply(maximum.body)
        premise = self.filled(claim, (k, maximum.dim), hole, Lambda((), entry), left, claim.right)
        if not self.ordered(premise, f"{label}m"):
            return False
        by = Attained(maximum, f"{label}m", k, hole, left, claim.right)
        self.steps.append(Step(label, claim, by))
        return True

    def filled(
        self, claim: Statement, index: tuple[str, object], hole: str, value: Lambda, left: Term, right: Term
    ) -> Statement:
        """The claim with a value in its hole, for all values of one more index, in normal form."""
        put = Substitution(self.names, tensors={hole: value})
        binders = (index, *claim.binders)
        premise = Statement(binders, claim.relation, put.apply(left), put.apply(right))  # type: ignore[arg-type]
        normal = self.normal(premise)
        return replace(premise, left=normal(premise.left), right=normal(premise.right))

    def by_premises(self, claim: Statement, label: str) -> bool:
        """The inequality as a sum of premises times factors."""
        workspace = self.workspace(claim)
        poly = workspace.normalizer.poly(difference(claim.right, claim.left))
        premises = Premises(self.searcher, workspace, claim, self.known, label)
        search = _Cancelling(workspace, premises, claim.relation == "<")
        found = search.run(poly, LARGEST_DEPTH)
        if found is None:
            return False
        self.combined(claim, label, workspace, premises, *found)
        return True

    def combined(
        self,
        claim: Statement,
        label: str,
        workspace: Workspace,
        premises: Premises,
        chosen: Chosen,
        rest: Poly,
    ) -> None:
        """The step that puts the premises together."""
        self.steps += premises.steps(premise for premise, _ in chosen)
        uses = tuple(premise.use(written(factor, self.names)) for premise, factor in chosen)
        slack = written(workspace.normalizer.term(rest), self.names)
        facts = dict.fromkeys((*self.facts, *(fact for premise, _ in chosen for fact in premise.facts)))
        self.steps.append(Step(label, claim, Combine(uses, slack, (), tuple(facts))))

    def by_contradiction(self, claim: Statement, label: str) -> bool:
        """Something given is < what it is not: 0 < 0 is a sum of premises, and anything follows."""
        nothing = Statement((), "<", ZERO, ZERO)
        workspace = self.workspace(nothing)
        premises = Premises(self.searcher, workspace, claim, self.known, label)
        for premise, _ in premises.given():
            if premise.relation != "<":
                continue
            opposed = workspace.normalizer.scale(premise.poly, -ONE.value)
            found = _Cancelling(workspace, premises, True).run(opposed, LARGEST_DEPTH, ((premise, ONE),))
            if found is not None:
                self.combined(nothing, f"{label}x", workspace, premises, *found)
                self.steps.append(Step(label, claim, Absurd(f"{label}x", self.facts)))
                return True
        return False


Chosen = tuple[tuple[Premise, Term], ...]


@dataclass
class _Cancelling:
    """Depth-first: the first term of unknown sign is cancelled in every way there is."""

    workspace: Workspace
    premises: Premises
    strict: bool
    work: int = LARGEST_WORK
    #: How many premises could still be used where a polynomial remained before (and whether one was strict).
    seen: dict[tuple[frozenset[tuple[Monomial, Fraction]], bool], int] = field(default_factory=dict)

    def run(self, poly: Poly, depth: int, chosen: Chosen = ()) -> tuple[Chosen, Poly] | None:
        against = self.against(poly)
        if against is None:
            return (chosen, poly) if self.enough(poly, chosen) else None
        place = frozenset(poly.items()), any(premise.relation == "<" for premise, _ in chosen)
        if depth <= self.seen.get(place, 0):
            return None
        self.seen[place] = depth
        for premise, factor in self.ways(poly, against):
            self.work -= 1
            if self.work < 0:
                return None
            normalizer = self.workspace.normalizer
            used = normalizer.product([normalizer.poly(factor), premise.poly])
            rest = normalizer.add([poly, normalizer.scale(used, -ONE.value)])
            found = self.run(rest, depth - 1, (*chosen, (premise, factor)))
            if found is not None:
                return found
        return None

    def enough(self, poly: Poly, chosen: Chosen) -> bool:
        """Whether the rest is >= 0; for `<`, also whether something makes it strict."""
        signs = self.workspace.normalizer.signs
        rest = signs.of(self.workspace.normalizer.term(poly))
        if not rest.nonnegative and poly:
            return False
        strict = (signs.of(factor).positive for premise, factor in chosen if premise.relation == "<")
        return not self.strict or rest.positive or any(strict)

    def against(self, poly: Poly) -> Monomial | None:
        """A term which is not known to be >= 0, unless all together are."""
        signs = self.workspace.normalizer.signs
        terms = {monomial: as_term(monomial, value) for monomial, value in poly.items()}
        if not poly or signs.of(Add(tuple(terms.values()))).nonnegative:
            return None
        unknown = (monomial for monomial, term in terms.items() if not signs.of(term).nonnegative)
        return max(unknown, key=_speaks_of_floors, default=None)

    def ways(self, poly: Poly, against: Monomial) -> Iterator[tuple[Premise, Term]]:
        """Premises, each with the factor by which it cancels the term."""
        for premise in self.premises.of(poly):
            for monomial, value in premise.poly.items():
                cofactor = self.quotient(against, monomial)
                ratio = poly[against] / value
                if cofactor is None or ratio <= 0:
                    continue
                factor = as_term(cofactor, ratio)
                if premise.relation == "=" or self.workspace.normalizer.signs.of(factor).nonnegative:
                    yield premise, factor

    def quotient(self, whole: Monomial, part: Monomial) -> Monomial | None:
        """whole / part, if nothing is divided by but what is known to be > 0."""
        left = dict(whole)
        for base, exponent in part:
            there = left.get(base, ZERO)
            if there == exponent:
                del left[base]
            elif isinstance(exponent, Num) and isinstance(there, Num):
                left[base] = Num(there.value - exponent.value)
                if left[base].value < 0 and not self.workspace.normalizer.signs.of(base).positive:  # type: ignore[union-attr]
                    return None
            else:
                return None
        return tuple(left.items())


def _speaks_of_floors(monomial: Monomial) -> bool:
    """Whether a product has a floor in it, of which few premises speak."""
    return any(isinstance(base, Apply) and base.function == "floor" for base, _ in monomial)


def _outermost(term: Term) -> Iterator[Maximum]:
    """The maxima which are in no other, and not below a derivative or a mean."""
    if isinstance(term, Maximum):
        yield term
    elif not isinstance(term, Derivative | Expectation):
        for child in children(term):
            yield from _outermost(child)


def replaced(term: Term, change: Callable[[Term], Term | None]) -> Term:
    """The term with some of its parts changed; derivatives and means are left as they are."""
    changed = change(term)
    if changed is not None:
        return changed
    if isinstance(term, Derivative | Expectation):
        return term
    changes: dict[str, object] = {}
    for name in type(term).__match_args__:
        value = getattr(term, name)
        if isinstance(value, Term):
            changes[name] = replaced(value, change)
        elif isinstance(value, tuple) and value and all(isinstance(part, Term) for part in value):
            changes[name] = tuple(replaced(part, change) for part in value)
        elif isinstance(value, tuple) and value and all(isinstance(part, Lambda) for part in value):
            changes[name] = tuple(replace(part, body=replaced(part.body, change)) for part in value)
    return replace(term, **changes) if changes else term  # type: ignore[arg-type]


__all__ = ["by_order", "replaced"]
