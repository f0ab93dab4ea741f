"""Tactics: they search for steps which prove a claim. They judge nothing; the kernel does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lemmata.derive.equations import Equation, Workspace, equation, rewrite
from lemmata.derive.inside import change_as_written, change_inside
from lemmata.derive.inverses import inverse_laws, with_facts
from lemmata.derive.monotone import by_monotonicity, inside
from lemmata.derive.names import Names, written
from lemmata.derive.order import by_order
from lemmata.kernel import clearing, powers
from lemmata.kernel.certificate import Combine, Proof, Step, Use
from lemmata.kernel.check import Verdict
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.environment import Environment, Ledger, difference, fixed_names
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.poly import Poly, as_term
from lemmata.kernel.signs import Sign, defined_name
from lemmata.kernel.substitute import mentions, subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Index, Mul, Term
from lemmata.kernel.unroll import is_numeric
from lemmata.kernel.values import sign_at_values, vanishes
from lemmata.kernel.wellformed import scope_of
from lemmata.language.expr import Statement as Said

#: How many changes inside a side of a claim are made before the search gives up.
LARGEST_CHANGE = 24
#: A side is changed no more once it has become larger by so many parts: there are equations by which it grows
#: for ever, such as x = ‖x‖.
LARGEST_GROWTH = 150


@dataclass(frozen=True)
class Known:
    """What a claim may be proved from: labelled statements, definitions to unfold, and facts."""

    premises: tuple[tuple[str, Statement], ...] = ()
    unfold: tuple[str, ...] = ()
    facts: tuple[tuple[str, Statement], ...] = ()
    #: Whether the rules of order may be used: those of maxima and words, and sums of inequalities.
    order: bool = True
    #: Whether it is looked for a contradiction among what is given.
    contradiction: bool = False


@dataclass
class Attempt:
    """What a search came to: steps of which the last claims the statement, or what remains; `stopped` says
    why it did not come to an end."""

    steps: Proof | None
    residual: Term | None = None
    used: tuple[str, ...] = ()
    verdict: Verdict | None = None
    stopped: str = ""


@dataclass
class Searcher:
    """Searches in one context, after the steps proved so far."""

    context: Context
    proven: dict[str, Statement] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    #: The hypotheses as they were written.
    said: tuple[tuple[str, Said], ...] = ()
    #: The normal forms worked out so far, for all attempts.
    ledger: Ledger | None = None
    #: What equations were not enough for, after which steps.
    failed: dict[object, Attempt] = field(default_factory=dict, init=False, repr=False)

    def workspace(self, claim: Statement, known: Known) -> Workspace:
        proven = {**self.proven, **dict(known.facts), **dict(known.premises)}
        env = replace(self.environment(), proven=proven)
        normalizer = env.normalizer(claim.binders, [label for label, _ in known.facts])
        scope = scope_of(self.context).bind(*claim.binders)
        fixed = fixed_names(self.context) | {name for name, _ in claim.binders}
        facts = tuple(label for label, _ in known.facts)
        return Workspace(self.context, normalizer, self.names, scope, fixed, known.unfold, facts)

    def prove(self, claim: Statement, known: Known, label: str) -> Attempt:
        """Try to prove a claim by what is known. Only what the claim speaks of is unfolded, then also what
        the premises speak of. A claim is not shown which is too large for this, or of a derivative that is
        not known. Limits are not looked for here.
        """
        if claim.relation == "->":
            return Attempt(None)
        try:
            return self._proved(claim, known, label)
        except (TooLarge, Rejected) as error:
            return Attempt(None, stopped=str(error))

    def _proved(self, claim: Statement, known: Known, label: str) -> Attempt:
        found = self._by_equations(claim, known, label)
        if found.steps is None and known.order:
            return replace(found, steps=by_order(self, claim, known, label))
        return found

    def _by_equations(self, claim: Statement, known: Known, label: str) -> Attempt:
        """What normal form and rewriting come to; if that is not enough, they are not asked again."""
        place = (claim, known.premises, known.unfold, known.facts, tuple(self.proven))
        if place in self.failed:
            return self.failed[place]
        first = replace(known, unfold=self.relevant(known.unfold, (claim,)))
        found = _Search(self, self.workspace(claim, first), claim, first, label).run()
        if found.steps is not None:
            return found
        every = replace(known, unfold=self.relevant(known.unfold, (claim, *(s for _, s in known.premises))))
        if every.unfold != first.unfold:
            found = _Search(self, self.workspace(claim, every), claim, every, label).run()
        if found.steps is None:
            self.failed[place] = found
        return found

    def environment(self) -> Environment:
        """What a step may use, before anything is assumed."""
        if self.ledger is None or self.ledger.fresh is not self.names:
            self.ledger = Ledger(self.names)
        return Environment(self.context, self.proven, self.ledger)

    def relevant(self, labels: tuple[str, ...], statements: tuple[Statement, ...]) -> tuple[str, ...]:
        """The definitions of what the statements speak of, directly or through definitions."""
        terms = [side for statement in statements for side in (statement.left, statement.right)]
        chosen: list[str] = []
        for label, definition in reversed(self.context.definitions):
            name = defined_name(definition.left)
            if label in labels and any(mentions(term, name) for term in terms):
                chosen.append(label)
                terms.append(definition.right)
        return tuple(reversed(chosen))


@dataclass
class _Search:
    searcher: Searcher
    workspace: Workspace
    claim: Statement
    known: Known
    label: str
    steps: list[Step] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)

    def run(self) -> Attempt:
        """Normal form; else rewriting, of the sides and inside them."""
        self.unfolding = self.searcher.environment().unfolding(self.known.unfold)
        left, right = self.unfolding.apply(self.claim.left), self.unfolding.apply(self.claim.right)
        poly = self.workspace.normalizer.poly(difference(right, left))
        if self.concluded(poly, []):
            return self.attempt()
        state = rewrite(self.workspace, poly, self.equations())
        if self.concluded(state.poly, state.uses) or self.by_inverses(left, right):
            return self.attempt()
        left, right = (self.changed(side, sign) for side, sign in ((left, ONE), (right, MINUS_ONE)))
        if self.uses:
            poly = self.workspace.normalizer.poly(difference(right, left))
            state = rewrite(self.workspace, poly, self.equations())
            if self.concluded(state.poly, state.uses):
                return self.attempt()
        if self.by_monotonicity():
            return self.attempt()
        return Attempt(None, self.remaining(state.poly))

    def remaining(self, poly: Poly) -> Term:
        """What was not shown to be 0, as a term that is not canonical: most of them nobody looks at."""
        order = sorted(poly, key=self.workspace.normalizer.monomial_order)
        return Add(tuple(as_term(monomial, poly[monomial]) for monomial in order))

    def by_monotonicity(self) -> bool:
        """An increasing function of both sides of what is known, or of what can be proved."""
        if self.claim.relation not in ("<", "<="):
            return False
        known = (*self.known.facts, *self.workspace.context.hypotheses)
        step = by_monotonicity(self.workspace, self.claim, known, self.label)
        below, under = inside(self.claim), f"{self.label}m"
        if step is None and below is not None:
            before = self.searcher.prove(below, self.known, under).steps
            if before is not None:
                self.steps = list(before)
                step = by_monotonicity(self.workspace, self.claim, [(under, below)], self.label)
        if step is None:
            return False
        self.steps.append(step)
        return True

    def by_inverses(self, left: Term, right: Term) -> bool:
        """Rewriting that may use the laws of the inverses which occur."""
        laws = inverse_laws(self.workspace.context, (left, right), self.searcher.names, self.label)
        if not laws:
            return False
        known = [equation(self.workspace, law.id, law.claim) for law in laws]
        poly = self.workspace.normalizer.poly(difference(right, left))
        state = rewrite(self.workspace, poly, [*(e for e in known if e is not None), *self.equations()])
        used = {use.premise for use in state.uses}
        facts = self.workspace.facts
        self.steps = [with_facts(law, facts) for law in laws if law.id in used]
        if self.concluded(state.poly, state.uses):
            return True
        self.steps = []
        return False

    def attempt(self) -> Attempt:
        used = {use.premise for step in self.steps if isinstance(step.by, Combine) for use in step.by.using}
        return Attempt(tuple(self.steps), None, tuple(sorted(used)))

    def equations(self) -> list[Equation]:
        found = (equation(self.workspace, label, self.unfold(s)) for label, s in self.known.premises)
        return [known for known in found if known is not None]

    def unfold(self, statement: Statement) -> Statement:
        return self.unfolding.statement(statement)

    def changed(self, side: Term, sign: Term) -> Term:
        """The side after all changes, as written and inside; each is a step, used with the sign."""
        equations = self.equations()
        premises = [(label, self.unfold(s)) for label, s in self.known.premises]
        premises.sort(key=lambda pair: -size(pair[1].left))
        largest = size(side) + LARGEST_GROWTH
        for number in range(LARGEST_CHANGE):
            label = f"{self.label}{'l' if sign is ONE else 'r'}{number + 1}"
            change = change_as_written(self.workspace, self.claim, side, premises, label)
            change = change or change_inside(self.workspace, self.claim, side, equations, label)
            if change is None or size(change.term) > largest:
                break
            self.steps += change.steps
            at = tuple((name, Index(name)) for name, _ in self.claim.binders)
            self.uses.append(Use(change.label, at, (), sign))
            side = change.term
        return side

    def concluded(self, poly: Poly, uses: list[Use]) -> bool:
        """Whether what remains of right - left proves the relation; then the last step is added."""
        slack = self.slack(poly)
        if slack is None:
            return False
        by = Combine((*self.uses, *map(negated, uses)), slack, self.known.unfold, self.workspace.facts)
        self.steps.append(Step(self.label, self.claim, by))
        return True

    def slack(self, poly: Poly) -> Term | None:
        """What remains, as a term of manifest sign; None if the relation does not follow from it."""
        relation = self.claim.relation
        if relation == "=":
            return ZERO if self.vanishes(poly) else None
        for term in self.forms(poly):
            sign = self.sign(term)
            if {"<=": sign.nonnegative, "<": sign.positive, "!=": sign.nonzero}[relation]:
                return written(term, self.searcher.names)
        return None

    def vanishes(self, poly: Poly) -> bool:
        """Whether what remains is 0, perhaps at each value of the indices over numeric dimensions."""
        normalizer = self.workspace.normalizer
        if not clearing.cleared(normalizer, poly):
            return True
        parts = (part for monomial in poly for power in monomial for part in power)
        if not any(isinstance(sort, int) for _, sort in self.claim.binders) and not any(
            map(is_numeric, parts)
        ):
            return False
        return vanishes(normalizer, self.claim.binders, written(normalizer.term(poly), self.searcher.names))

    def sign(self, term: Term) -> Sign:
        normalizer = self.workspace.normalizer

        def of(part: Term) -> Sign:
            return normalizer.signs.of(part) | normalizer.signs.of(normalizer.normal(part))

        return sign_at_values(of, self.claim.binders, written(term, self.searcher.names), normalizer.fresh)

    def forms(self, poly: Poly) -> Iterator[Term]:
        """Ways to write what remains: by the terms which the author wrote, if nothing was rewritten; its
        normal form; the same with what is common to all its terms in front."""
        if not self.uses:
            left, right = self.unfolding.apply(self.claim.left), self.unfolding.apply(self.claim.right)
            yield Add(tuple(self.uncancelled(right, left)))
            if self.claim.relation == "!=":
                yield Mul((MINUS_ONE, Add(tuple(self.uncancelled(left, right)))))
        yield self.workspace.normalizer.term(poly)
        if factored := powers.factored(self.workspace.normalizer, poly):
            yield factored

    def uncancelled(self, right: Term, left: Term) -> list[Term]:
        """The terms of right - left as written, without those that cancel."""
        kept = list(_addends(right))
        for term in _addends(left):
            opposite = Mul((MINUS_ONE, term))
            for other in kept:
                if not self.workspace.normalizer.poly(Add((other, opposite))):
                    kept.remove(other)
                    break
            else:
                kept.append(opposite)
        return kept


def _addends(term: Term) -> Iterator[Term]:
    if isinstance(term, Add):
        for part in term.terms:
            yield from _addends(part)
    elif term != ZERO:
        yield term


def negated(use: Use) -> Use:
    """`rewrite` adds right - left to reduce what remains; the rule `combine` subtracts it."""
    return replace(use, times=Mul((MINUS_ONE, use.times)))


def size(term: Term) -> int:
    """How many parts a term has."""
    return sum(1 for _ in subterms(term))
