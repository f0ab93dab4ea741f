"""Proving one line of a chain: by the reason given, else by anything that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from lemmata.derive.algebra.beside import (
    inverses_beside,
    pseudo_inverses_beside,
    symmetric_pseudo_inverses,
)
from lemmata.derive.algebra.following import Given, by_words, symmetric_by_words
from lemmata.derive.algebra.uniqueness import by_uniqueness
from lemmata.derive.algebra.vectors import by_vectors
from lemmata.derive.apart import vector_apart
from lemmata.derive.conditions import informed, named, with_conditions
from lemmata.derive.found_conditions import with_found_conditions
from lemmata.derive.gaps import without_gap
from lemmata.derive.lemmas import Borrowed, borrow
from lemmata.derive.matrices.exponentials import by_exponentials
from lemmata.derive.matrices.least_norms import by_projection
from lemmata.derive.matrices.regular import regular_product
from lemmata.derive.raising import names_in
from lemmata.derive.reasons import Reason, everything, ladder, reason
from lemmata.derive.search import Attempt, Known, Searcher
from lemmata.derive.words import Words
from lemmata.kernel.certificate import Combine, Proof
from lemmata.kernel.conditions import Condition
from lemmata.kernel.context import Context
from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.show import show_condition
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import Term
from lemmata.language.expr import Expr, Statement, subexpressions
from lemmata.language.lower import lower_statement

#: How many missing conditions are tried, whether the others follow from them.
LARGEST_CHOICE = 3


@dataclass(frozen=True)
class Task:
    """A line to be proved: what it claims, the reason given, where it stands."""

    label: str
    statement: Statement
    by: Any
    file_line: int


@dataclass(frozen=True)
class LineResult:
    """What came of a line.

    `outcome` says whether the line is true as far as is known; `follows` whether the reason given was
    enough; `found` what was used instead. `residual` is what the two sides differ by.
    """

    task: Task
    claim: KernelStatement
    context: Context
    words: str
    outcome: str
    follows: bool | None
    found: str = ""
    needs: tuple[Condition, ...] = ()
    residual: Term | None = None
    steps: Proof = ()
    message: str = ""
    borrowed: tuple[Borrowed, ...] = field(default=())


def prove_line(searcher: Searcher, task: Task, careful: bool) -> LineResult:
    """Try to prove a line, and say how it went.

    If not careful, only steps are looked for: whoever asks has the kernel judge the whole proof, and asks
    again with care where it is not proved.
    """
    given = None if task.by is None else reason(task.by, searcher.context)
    borrowed = tuple(
        borrow(searcher, use, f"{task.label}t{n}") for n, use in enumerate(given.theorems if given else ())
    )
    inside = _knowing(searcher, borrowed)
    claim = lower_statement(task.statement)
    words = given.words if given else ""
    ready = LineResult(task, claim, searcher.context, words, "undecided", None, borrowed=borrowed)
    found = _Line(inside, ready, given).proved()
    return with_care(searcher, found) if careful else found


def with_care(searcher: Searcher, found: LineResult) -> LineResult:
    """A line for which steps were found, with steps for the conditions which the kernel misses; or proved
    without these conditions. It says what the kernel says."""
    if not found.steps:
        return found
    inside = _knowing(searcher, found.borrowed)
    completed = _Line(inside, found, None).completed()

    def again(searcher: Searcher) -> LineResult:
        return prove_line(searcher, found.task, careful=True)

    closed = without_gap(inside, completed, again) if completed.outcome == "gap" else None
    return closed or completed


def essential(searcher: Searcher, result: LineResult) -> LineResult:
    """The line with one of the missing conditions, if the others follow from it; else with all."""
    if len(result.needs) < 2:
        return result
    inside = _knowing(searcher, result.borrowed)
    candidates = {show_condition(c): c for c in result.needs if c.statement is not None and not c.in_mean}
    for shown in sorted(candidates, key=len)[:LARGEST_CHOICE]:
        condition = candidates[shown]
        assumed = condition.statement
        if assumed is not None and _suffices(inside, result.steps, assumed):
            return replace(result, needs=(condition,))
    return result


def _suffices(searcher: Searcher, steps: Proof, condition: KernelStatement) -> bool:
    """Whether a line is proved once the condition is assumed."""
    assumed = searcher.context.assume("the condition", named(condition, searcher.names))
    found = with_conditions(replace(searcher, context=assumed), Attempt(steps), everything(assumed))
    return found.verdict is not None and found.verdict.outcome == "proved"


def _knowing(searcher: Searcher, borrowed: Iterable[Borrowed]) -> Searcher:
    """Who knows what some theorems say, too."""
    return replace(searcher, proven={**searcher.proven, **{b.label: b.claim for b in borrowed}})


@dataclass
class _Line:
    """A line on its way; `residuals` are what the searches left over."""

    searcher: Searcher
    ready: LineResult
    given: Reason | None
    residuals: list[Term] = field(default_factory=list)
    stopped: str = ""

    def proved(self) -> LineResult:
        """The result by the reason given, or by anything that is known."""
        projected = self.by_projection()
        if projected is not None:
            return self.judged(projected, bool(self.ready.borrowed) if self.given else None, "Pythagoras")
        if self.given is not None:
            attempt = self.attempt(_with_borrowed(self.given, self.ready.borrowed))
            if attempt.steps is not None:
                return self.judged(attempt, True, "")
        loose = None if self.given is None else False
        for words, known in ladder(self.searcher.context):
            if self.stopped:  # the next one would take as long, and know more
                break
            extra = tuple((b.label, b.claim) for b in self.ready.borrowed)
            attempt = self.attempt(replace(known, premises=(*known.premises, *extra)))
            if attempt.steps is not None:
                return self.judged(attempt, loose, words)
        simplest = min(self.residuals, key=lambda term: len(list(subterms(term))), default=None)
        found = self.by_words(simplest) if not self.stopped else None
        if found is not None:
            return self.judged(found, loose, "words of matrices")
        found = None if self.stopped else self.by_exponentials()
        if found is not None:
            return self.judged(found, loose, "exponentials")
        return replace(self.ready, follows=loose, residual=simplest, message=self.stopped)

    def completed(self) -> LineResult:
        """The result with steps for the side conditions of those found, by whatever is known."""
        every, borrowed = everything(self.searcher.context), self.ready.borrowed
        equations = tuple((b.label, b.claim) for b in borrowed if b.claim.relation == "=")
        facts = tuple((b.label, b.claim) for b in borrowed if b.claim.relation != "=")
        known = replace(every, premises=(*every.premises, *equations), facts=facts)
        finders = (self.regular_product, self.vector_apart)
        steps = Attempt(self.ready.steps)
        attempt = with_found_conditions(self.searcher, steps, known, self.words, finders)
        return self.judged(attempt, self.ready.follows, self.ready.found)

    def attempt(self, known: Known) -> Attempt:
        """A search."""
        found = self.searcher.prove(self.ready.claim, known, self.ready.task.label)
        if found.residual is not None:
            self.residuals.append(found.residual)
        self.stopped = found.stopped or self.stopped
        return found

    def regular_product(self, said: Statement, label: str) -> Proof | None:
        return regular_product(said, label, self.words_with_inverses)

    def vector_apart(self, said: Statement, label: str) -> Proof | None:
        return vector_apart(said, label, self.premises()[0], self.searcher.names, self.words_of)

    def by_words(self, residual: Term | None) -> Attempt | None:
        """A combination of the hypotheses and the laws of inverses, found among words of matrices: of what
        was written, or of what remains once derivatives are worked out."""
        task = self.ready.task
        if task.statement.relation != "==" or task.statement.over is not None:
            return None
        difference = task.statement.left - task.statement.right
        steps = self.by_uniqueness()
        if steps is None:
            steps = self.by_words_of(difference)
        if steps is None:
            steps = self.by_words_beside(difference)
        if steps is None and residual is not None and is_differentiated(task.statement):
            left = self.words().expression(self.ready.claim, residual)
            steps = None if left is None else self.by_words_of(-left)
        return self.found(steps)

    def found(self, steps: Proof | None) -> Attempt | None:
        """An attempt from steps, if there are any."""
        if steps is None:
            return None
        used = {use.premise for step in steps if isinstance(step.by, Combine) for use in step.by.using}
        before = (step for said, proof in self.symmetric if said.label in used for step in proof)
        return Attempt((*before, *steps))

    def words_with_inverses(self, difference: Expr, claim: KernelStatement, label: str) -> Proof | None:
        """Steps for another equation, by the inverses that exist, too."""
        given, _ = self.premises()
        return self.words_of(difference, claim, label, inverses_beside(known.said for known in given))

    def by_words_beside(self, difference: Expr) -> Proof | None:
        """The same with inverses of which the claim does not speak."""
        task, (given, _) = self.ready.task, self.premises()
        beside = inverses_beside(known.said for known in given) + pseudo_inverses_beside(task.statement)
        return self.words_of(difference, self.ready.claim, task.label, beside) if beside else None

    def by_exponentials(self) -> Attempt | None:
        """Flows and derivatives of exponentials of matrices."""
        return self.found(by_exponentials(self.searcher, self.ready.claim, self.ready.task.label))

    def by_projection(self) -> Attempt | None:
        """‖u‖ <= ‖v‖, where u is orthogonal to v - u."""
        task = self.ready.task
        facts = self.premises()[1]
        return self.found(by_projection(task.statement, self.ready.claim, task.label, self.words_of, facts))

    def by_uniqueness(self) -> Proof | None:
        """pinv(M) = X, as X has the laws of a pseudo-inverse."""
        said, claim, label = self.ready.task.statement, self.ready.claim, self.ready.task.label
        for side, other, sign in ((said.left, said.right, 1), (said.right, said.left, -1)):
            if side.head == "pinv" and all(dim != 1 for dim in side.shape):
                (matrix,) = side.args
                unique = partial(
                    by_uniqueness,
                    matrix,
                    names=self.searcher.names,
                    prove=self.words_of,
                    symmetric=self.symmetric_product,
                )
                found = unique(other, claim, label, sign)
                found = found or by_vectors(matrix, other, claim, label, sign, self.searcher.names, unique)
                facts = self.premises()[1]
                return None if found is None else tuple(informed(step, facts) for step in found)
        return None

    @cached_property
    def symmetric(self) -> list[tuple[Given, Proof]]:
        """The pseudo-inverses that are symmetric."""
        task = self.ready.task
        return symmetric_pseudo_inverses(task.statement, task.label, self.searcher.names)

    def words_of(
        self, difference: Expr, claim: KernelStatement, label: str, beside: tuple[Expr, ...] = ()
    ) -> Proof | None:
        """Steps for another equation, by the same premises."""
        searcher, (given, facts) = self.searcher, self.premises()
        given += [said for said, _ in self.symmetric]
        return by_words(difference, claim, label, searcher.names, given=given, facts=facts, beside=beside)

    def symmetric_product(
        self, product: Expr, label: str, beside: tuple[Expr, ...] = ()
    ) -> tuple[Expr, Proof] | None:
        """What a symmetric product is, by the same premises."""
        names, (given, facts) = self.searcher.names, self.premises()
        return symmetric_by_words(product, label, names, given=given, facts=facts, beside=beside)

    def by_words_of(self, difference: Expr) -> Proof | None:
        return self.words_of(difference, self.ready.claim, self.ready.task.label)

    def premises(self) -> tuple[list[Given], tuple[str, ...]]:
        """What an equation of matrices may be found from, and which premises may give conditions."""
        searcher, borrowed = self.searcher, self.ready.borrowed
        given = [Given(label, said) for label, said in searcher.said]
        given += [
            Given(b.label, b.said, tuple(n for n, _ in b.claim.binders))
            for b in borrowed
            if b.said is not None
        ]
        facts = tuple(b.label for b in borrowed if b.claim.relation != "=")
        return given, facts

    def words(self) -> Words:
        statements = (self.ready.task.statement, *(said for _, said in self.searcher.said))
        return Words(self.searcher.context, names_in(side for s in statements for side in (s.left, s.right)))

    def judged(self, attempt: Attempt, follows: bool | None, found: str) -> LineResult:
        """The result of a line for which steps were found: the kernel says whether they hold."""
        steps, verdict = attempt.steps or (), attempt.verdict
        if verdict is None:
            return replace(self.ready, outcome="proved", follows=follows, found=found, steps=steps)
        return replace(
            self.ready,
            outcome=verdict.outcome,
            follows=follows,
            found=found,
            needs=verdict.missing,
            steps=steps,
            message="" if verdict.outcome in ("proved", "gap") else verdict.reason,
        )


def is_differentiated(statement: Statement) -> bool:
    """Whether a derivative is written in a statement."""
    heads = {part.head for side in (statement.left, statement.right) for part in subexpressions(side)}
    return not heads.isdisjoint(("gradient", "jacobian", "hessian", "diff", "directional"))


def _with_borrowed(given: Reason, borrowed: Iterable[Borrowed]) -> Known:
    equations = tuple((b.label, b.claim) for b in borrowed if b.claim.relation == "=")
    facts = tuple((b.label, b.claim) for b in borrowed if b.claim.relation != "=")
    return replace(given.known, premises=(*given.known.premises, *equations), facts=facts)
