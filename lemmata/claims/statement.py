"""One statement under hypotheses: proved by the kernel, or attacked, or what is missing is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from lemmata.claims.cited import Citing
from lemmata.claims.found import Finding
from lemmata.claims.mistakes import LARGEST_COUNT, edits
from lemmata.claims.question import Clock, Hypotheses
from lemmata.claims.series import by_known_series
from lemmata.derive.abbreviations import with_definitions
from lemmata.derive.calculus.reals import Values, evaluated, speaks_of_reals
from lemmata.derive.largest_entries import by_largest_entries
from lemmata.derive.lines import LineResult, Task, essential, prove_line, with_care
from lemmata.derive.names import Names
from lemmata.derive.raising import names_in
from lemmata.derive.search import Searcher
from lemmata.derive.unguided import unguided
from lemmata.derive.verdicts import verdict_on
from lemmata.derive.words import Words
from lemmata.kernel.certificate import Certificate, Proof
from lemmata.kernel.check import Verdict
from lemmata.kernel.context import Context
from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.environment import Ledger
from lemmata.kernel.terms import Determinant
from lemmata.language.argmax import CHOSEN
from lemmata.language.context import context_of
from lemmata.language.errors import LanguageError
from lemmata.language.expr import Statement
from lemmata.language.lower import lower_statement
from lemmata.refute import Attack, Budget, Counterexample, attack
from lemmata.refute.again import look_again, written
from lemmata.refute.direct import check_lowering
from lemmata.refute.errors import LoweringMismatch

#: How hard a statement is attacked: one that is proved, one that is not, and how its lowering is tested.
GUARD = Budget(instances=6, work=20_000, descent_work=0)
ATTACK = Budget(instances=60, work=300_000)
ATTACK_ON_SETS = Budget(instances=500, work=300_000)
GLANCE = Budget(instances=12, tries=4, work=60_000, descent_work=0)
LOOK = Budget(instances=4, work=10_000, shrink_work=0, descent_work=0)
LOWERING = Budget(instances=2, work=20_000)

#: A name that nobody can give, for what grows in a limit.
GROWING = "time%%"

DISAGREE = "the kernel and the refuter disagree; this is a bug of lemmata"


#: A way to decide a statement.
Look = Callable[[], Finding | None]


def judged(statement: Statement, hypotheses: Hypotheses, clock: Clock, guesses: bool = True) -> Finding:
    """What is found of a statement, and a guess at the mistake if one is wanted.

    Raises LanguageError where the statement has no meaning."""
    return _Judgement(statement, hypotheses, clock, guesses).finding()


def judged_together(parts: Iterable[tuple[Statement, Hypotheses]], clock: Clock) -> Sequence[Finding]:
    """What is found of statements, each under its hypotheses, all of which are claimed: only that one is
    refuted, if that is seen quickly. Raises LanguageError where one has no meaning."""
    judgements = [_Judgement(statement, hypotheses, clock) for statement, hypotheses in parts]
    for judgement in judgements:
        if judgement.early is not None and judgement.early.outcome == "refuted":
            return [judgement.early]
    return [judgement.finding() for judgement in judgements]


@dataclass(frozen=True)
class _Judgement:
    statement: Statement
    hypotheses: Hypotheses
    clock: Clock
    guesses: bool = True

    @cached_property
    def context(self) -> Context:
        return context_of((self.statement,), self.hypotheses)

    @cached_property
    def with_time(self) -> Context:
        """The context in which a proof is looked for: it may speak of what grows in a limit."""
        if self.statement.relation != "->" or self.statement.over is None:
            return self.context
        return replace(self.context, naturals=(*self.context.naturals, (GROWING, self.statement.over[1])))

    @cached_property
    def goal(self) -> KernelStatement:
        return lower_statement(self.statement)

    @cached_property
    def words(self) -> Words:
        said = (self.statement, *(said for _, said in self.hypotheses))
        return Words(self.context, names_in(side for s in said for side in (s.left, s.right)))

    def finding(self) -> Finding:
        """A proof that the kernel accepts; else a counterexample; else what is missing. What is quick comes
        first."""
        after = (self.attacked, self.at_once) if self.is_of_sets else ()
        slow = (*after, self.nearly, self.unguided, self.valued, self.cited, self.carefully, self.attacked)
        return self.early or self.first(slow) or self.open()

    @cached_property
    def early(self) -> Finding | None:
        """What is found quickly. Inequalities between all entries are not: they come later."""
        return self.first((self.transferred if self.is_of_sets else self.at_once, self.glance))

    @cached_property
    def is_of_sets(self) -> bool:
        """Whether this says that an index is in one set if it is in another."""
        return CHOSEN in dict(self.context.choices)

    def first(self, looks: Iterable[Look]) -> Finding | None:
        """What is found by the first look which finds something, while there is time."""
        for look in looks:
            found = look()
            if found is not None:
                return found
            if self.clock.is_over():
                return Finding("undecided", reason=f"the time limit of {self.clock.seconds:g} s was reached")
        return None

    def transferred(self) -> Finding | None:
        """A proof that one number is the largest where another is."""
        return self.accepted(by_largest_entries(self.searcher(), self.goal, "s1") or ())

    def at_once(self) -> Finding | None:
        """A proof by the normal form or a little rewriting."""
        return self.accepted(self.quick.steps)

    def glance(self) -> Finding | None:
        """A counterexample among the simplest instances."""
        return self.refuted(self.attacked_by(GLANCE))

    def unguided(self) -> Finding | None:
        """A proof by sums of squares, by induction or by cases."""
        searcher, values = self.values
        return self.accepted(unguided(searcher, self.goal, values=values) or ())

    @cached_property
    def values(self) -> tuple[Searcher, Values]:
        """What the limits and integrals of the claim are, and who found it."""
        searcher = self.searcher()
        return searcher, evaluated(searcher, (self.goal.left, self.goal.right), "v")

    def valued(self) -> Finding | None:
        """A counterexample, where the limits and integrals have values that the kernel accepts."""
        if not speaks_of_reals(self.goal):
            return None
        _, values = self.values
        stated = KernelStatement(self.goal.binders, self.goal.relation, *values.terms)
        if speaks_of_reals(stated) or not all(map(self.is_value, values.proofs())):
            return None
        broken = self.as_written(attack(self.context, stated, ATTACK))
        found = broken.counterexample
        if found is None or found.kind != "differs":
            return None
        reason = f"it fails at {found.said()}".replace("at : ", "everywhere: ")
        return Finding("refuted", counterexample=shown(found), reason=reason, attack=broken)

    def is_value(self, steps: Proof) -> bool:
        """Whether the kernel accepts some steps, of which the last says what a limit or an integral is."""
        return verdict_on(self.context, steps[-1].claim, steps, ()).outcome == "proved"

    def cited(self) -> Finding | None:
        """A proof by facts of the literature."""
        verdict = by_known_series(self.searcher(), self.statement, self.goal)
        citing = Citing(self.statement, self.hypotheses, self.searcher(), self.judge)
        verdict = verdict or citing.verdict()
        return None if verdict is None else self.proved(verdict)

    def nearly(self) -> Finding | None:
        """A proof in which conditions are proved, too, where nothing else is missing."""
        return self.carefully() if self.quick.steps else None

    def carefully(self) -> Finding | None:
        """A proof in which conditions are proved, too."""
        return self.with_care

    @cached_property
    def with_care(self) -> Finding | None:
        return self.accepted(self.careful.steps) or self.abbreviated()

    def abbreviated(self) -> Finding | None:
        """A proof with definitions in the place of hypotheses that only give names, where a matrix was to be
        invertible."""
        context, needs = with_definitions(self.context), self.careful.needs
        regular = any(isinstance(need.statement.left, Determinant) for need in needs if need.statement)
        if self.careful.outcome != "gap" or not regular or context == self.context:
            return None
        kept = {label for label, _ in context.hypotheses}
        said = tuple(pair for pair in self.hypotheses if pair[0] in kept)
        result = prove_line(Searcher(context, said=said), Task("s1", self.statement, None, 0), True)
        verdict = verdict_on(context, self.goal, result.steps, ()) if result.steps else None
        return self.proved(verdict) if verdict is not None and verdict.outcome == "proved" else None

    def attacked(self) -> Finding | None:
        """A counterexample."""
        return self.refuted(self.attack)

    @cached_property
    def quick(self) -> LineResult:
        return prove_line(self.searcher(), Task("s1", self.statement, None, 0), careful=False)

    @cached_property
    def careful(self) -> LineResult:
        return with_care(self.searcher(), self.quick)

    @cached_property
    def attack(self) -> Attack:
        return self.attacked_by(ATTACK_ON_SETS if self.is_of_sets else ATTACK)

    def attacked_by(self, budget: Budget) -> Attack:
        """An attack, with the sides of a counterexample as they were written."""
        return self.as_written(attack(self.context, self.goal, budget))

    def as_written(self, found: Attack) -> Attack:
        """The kernel knows no `>`: the larger side came last."""
        example = found.counterexample
        if example is None or self.statement.relation not in (">", ">="):
            return found
        return replace(found, counterexample=replace(example, left=example.right, right=example.left))

    @cached_property
    def names(self) -> Names:
        return Names()

    @cached_property
    def ledger(self) -> Ledger:
        """The normal forms worked out so far, for all who search."""
        return Ledger(self.names)

    def searcher(self) -> Searcher:
        """Who may do as much work as one that was never asked before."""
        self.names.allow(Names().left - self.names.left)
        return Searcher(self.with_time, names=self.names, said=self.hypotheses, ledger=self.ledger)

    def judge(self, steps: Proof, lemmas: tuple[Certificate, ...] = ()) -> Verdict:
        """The kernel's verdict on some steps."""
        return verdict_on(self.with_time, self.goal, steps, lemmas)

    def verdict(self, steps: Proof) -> Verdict | None:
        """The kernel's verdict on some steps, if there are any."""
        return self.judge(steps) if steps else None

    def accepted(self, steps: Proof) -> Finding | None:
        """What is found if the kernel accepts the steps without conditions."""
        verdict = self.verdict(steps)
        return self.proved(verdict) if verdict is not None and verdict.outcome == "proved" else None

    def proved(self, verdict: Verdict) -> Finding:
        """What the kernel accepts is attacked all the same, and its lowering is tested."""
        found = self.attacked_by(GUARD).counterexample
        if found is not None and found.kind == "differs":
            return Finding("undecided", reason=f"{DISAGREE}: {found.said()}")
        try:
            check_lowering(self.statement, self.goal, self.context, LOWERING)
        except LoweringMismatch as error:
            return Finding("undecided", reason=f"{DISAGREE}: {error}")
        evidence = "cited" if verdict.axioms else "exact"
        return Finding("proved", evidence, rests_on=(*verdict.axioms, *verdict.rests_on))

    def refuted(self, attack: Attack) -> Finding | None:
        """What is found if an attack broke the statement."""
        found = attack.counterexample
        if found is None or found.kind != "differs":
            return None
        if self.is_of_sets:
            return Finding("refuted", counterexample=shown(found), attack=attack)
        where = None if attack.found is None else written(attack.found)
        mistake = self.mistake(where) if self.guesses else ""
        return Finding(
            "refuted",
            counterexample=shown(found),
            residual=self.residual(self.quick),
            reason=f"it fails at {found.said()}{'; ' if mistake else ''}{mistake}",
        )

    def mistake(self, point: object) -> str:
        """What makes the statement true, if it is one edit; at the point where it fails, to begin with."""
        for words, changed, more in islice(edits(self.statement), LARGEST_COUNT):
            given = tuple((f"more {number}", said) for number, said in enumerate(more))
            other = _Judgement(changed, (*self.hypotheses, *given), self.clock)
            if self.clock.is_over():
                break
            if other.is_likely(point):
                return words
        return ""

    def is_likely(self, point: object) -> bool:
        """Whether a statement that was guessed means something, does not fail at a point, stands a brief
        attack, and is proved."""
        try:
            failed = look_again(self.context, self.goal, point)
            return failed is None and self.survives() and self.is_proved()
        except LanguageError:
            return False

    def survives(self) -> bool:
        """Whether a brief attack finds no counterexample."""
        return attack(self.context, self.goal, LOOK).counterexample is None

    def is_proved(self) -> bool:
        """Whether the kernel accepts a proof that is found at once."""
        verdict = self.verdict(self.quick.steps)
        return verdict is not None and verdict.outcome == "proved"

    def residual(self, result: LineResult) -> str | None:
        """What the two sides differ by, in the notation of the claim."""
        if result.residual is None:
            return None
        said = self.words.residual(result.claim, result.residual)
        return None if said is None else said["text"]

    def open(self) -> Finding:
        """A claim that is neither proved nor refuted."""
        result, verdict, found = self.careful, self.verdict(self.careful.steps), self.attack.counterexample
        if verdict is not None and verdict.outcome == "gap":
            missing = essential(self.searcher(), result).needs or verdict.missing
            needs = tuple(self.words.condition(need)["text"] for need in missing)
            return Finding("gap", needs=needs, reason=f"it is proved once this is given: {', '.join(needs)}")
        if found is not None:
            reason = f"a side is undefined at {found.said()}"
            return Finding("gap", counterexample=shown(found), reason=reason, attack=self.attack)
        return Finding("undecided", residual=self.residual(result), reason=self.tried(verdict))

    def tried(self, verdict: Verdict | None) -> str:
        """Why nothing is known, and what was tried."""
        stopped = self.careful.message or (verdict.reason if verdict is not None else "")
        count = self.attack.instances
        agrees = f"{count} instances agree" if count else "no instance was found"
        note = f" ({self.attack.note})" if self.attack.note else ""
        return f"no proof was found{': ' if stopped else ''}{stopped}; {agrees}{note}"


def shown(found: Counterexample) -> Mapping[str, Any]:
    """A counterexample in the form of results."""
    return {
        "dims": dict((*found.dims, *found.naturals)),
        "values": dict(found.texts()),
        "lhs": found.left,
        "rhs": found.right,
    }
