"""From a derivation to a certificate: each line becomes steps, and one last step puts them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from lemmata.derive.chain import Calc, Cases, Derivation, Induction, Squeeze
from lemmata.derive.errors import DerivationError
from lemmata.derive.lemmas import Borrowed
from lemmata.derive.lines import LineResult, Task, essential, prove_line
from lemmata.derive.names import Names, written
from lemmata.derive.reasons import INDUCTION_LABEL, every_definition
from lemmata.derive.search import Known, Searcher
from lemmata.kernel import certificate as c
from lemmata.kernel import check
from lemmata.kernel.check import Verdict
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.document import to_document
from lemmata.kernel.environment import instance
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Index
from lemmata.language.errors import LanguageError
from lemmata.language.lower import lower_statement


@dataclass
class Compiled:
    """The lines with their results, the certificate if every line has steps, and its verdict."""

    lines: list[tuple[str, Calc, list[LineResult]]] = field(default_factory=list)
    certificate: c.Certificate | None = None
    digest: str = ""
    verdict: Verdict | None = None
    message: str = ""
    kernel_seconds: float = 0.0

    @property
    def results(self) -> list[LineResult]:
        return [result for _, _, results in self.lines for result in results]


def compiled(name: str, context: Context, goal: Statement, derivation: Derivation) -> Compiled:
    """Prove each line; where all have steps, the certificate and the kernel's verdict on it."""
    quick = _compiled(name, context, goal, derivation, careful=False)
    if quick.verdict is not None and quick.verdict.outcome == "proved":
        return quick
    return _compiled(name, context, goal, derivation, careful=True)


def _compiled(
    name: str, context: Context, goal: Statement, derivation: Derivation, careful: bool
) -> Compiled:
    work = Compiler(Searcher(context), Compiled(), careful)
    proof = work.derivation(goal, derivation)
    if proof is not None:
        certificate = c.Certificate(name, context, goal, proof, tuple(work.lemmas.values()))
        document = to_document(certificate)
        work.result.certificate, work.result.digest = certificate, document["digest"]
        begun = perf_counter()
        work.result.verdict = check(certificate, document["digest"])
        work.result.kernel_seconds = perf_counter() - begun
    return work.result


@dataclass
class Compiler:
    """Puts a derivation together from the steps of its lines, which `line` and `end` search for."""

    searcher: Searcher
    result: Compiled
    careful: bool
    lemmas: dict[str, c.Certificate] = field(default_factory=dict)

    def derivation(self, goal: Statement, derivation: Derivation) -> c.Proof | None:
        match derivation:
            case Calc():
                return self.chain("", "s", self.searcher, goal, derivation)
            case Induction():
                return self.induction(goal, derivation)
            case Cases():
                return self.cases(goal, derivation)
            case Squeeze():
                return self.squeeze(goal, derivation)

    def chain(
        self, part: str, prefix: str, searcher: Searcher, goal: Statement, calc: Calc
    ) -> c.Proof | None:
        """The steps of a chain and the last one, which claims the goal; None if a line has none."""
        results: list[LineResult] = []
        self.result.lines.append((part, calc, results))
        steps: list[c.Step] = []
        for number, (line, statement) in enumerate(zip(calc.lines, calc.statements, strict=True)):
            task = Task(f"{prefix}{number + 1}", statement, line.by, line.file_line)
            result = self.line(searcher, task)
            if any(not before.steps for before in results) and not result.steps:
                result = self.from_the_start(searcher, result, calc, number)
            results.append(result)
            steps += self.borrowed(result.borrowed)
            steps += result.steps
            searcher = replace(searcher, proven={**searcher.proven, task.label: result.claim})
        if any(not result.steps for result in results):
            return None
        last = self.conclusion(f"{prefix}goal", searcher, goal, calc, results)
        return None if last is None else (*steps, *last)

    def line(self, searcher: Searcher, task: Task) -> LineResult:
        """The result of a line; one that cannot be read does not stop the others."""
        try:
            return essential(searcher, prove_line(searcher, task, self.careful))
        except (DerivationError, LanguageError) as error:
            claim = lower_statement(task.statement)
            return LineResult(task, claim, searcher.context, "", "invalid", None, message=str(error))

    def from_the_start(self, searcher: Searcher, result: LineResult, calc: Calc, number: int) -> LineResult:
        """A line after one that failed may still be true of the first line, though it does not follow."""
        try:
            whole = replace(calc, lines=calc.lines[: number + 1]).statement
        except DerivationError:
            return result
        found = self.line(searcher, Task(f"{result.task.label}w", whole, None, result.task.file_line))
        if found.outcome != "proved":
            return result
        return replace(result, outcome="proved", follows=False, residual=None, steps=())

    def borrowed(self, borrowed: Sequence[Borrowed]) -> list[c.Step]:
        """The steps that bring theorems here; each theorem goes into the certificate once."""
        for lemma in borrowed:
            self.lemmas[lemma.certificate.name] = lemma.certificate
        return [step for lemma in borrowed for step in lemma.steps]

    def conclusion(
        self, label: str, searcher: Searcher, goal: Statement, calc: Calc, results: list[LineResult]
    ) -> c.Proof | None:
        """The goal from the lines: the sum of their differences, and the ends of the chain, which may be
        said in other words in the goal."""
        try:
            whole = lower_statement(calc.statement)
        except DerivationError as error:
            self.result.message = str(error)
            return None
        backwards = calc.statement.relation in (">=", ">")
        uses = [_use(result, backwards) for result in results]
        steps: list[c.Step] = []
        for end, left, right in (("l", goal.left, whole.left), ("r", whole.right, goal.right)):
            if left != right:
                claim = Statement(goal.binders, "=", left, right)
                found = self.end(searcher, claim, f"{label}{end}")
                if found is None:
                    self.result.message = f"the chain proves {calc.statement}, not what is to be proved"
                    return None
                steps += found
                uses.append(c.Use(found[-1].id, _at(claim), (), ONE))
        by = c.Combine(tuple(uses), ZERO, _unfolded(results), _facts(results))
        return (*steps, c.Step(label, goal, by))

    def end(self, searcher: Searcher, claim: Statement, label: str) -> c.Proof | None:
        """Steps for an end of a chain in the words of the goal; None if none are found."""
        return searcher.prove(claim, Known((), every_definition(searcher.context).unfold), label).steps

    def induction(self, goal: Statement, derivation: Induction) -> c.Proof | None:
        on, context = derivation.on.data[0], self.searcher.context
        least = dict(context.naturals).get(on, 0)
        names = self.searcher.names
        start = at_time(goal, on, Index("", least), names)
        base = self.chain("base", "b", self.searcher, start, derivation.base)
        before = at_time(goal, on, Index(on, -1), names)
        later = tuple((name, minimum + (name == on)) for name, minimum in context.naturals)
        inside = replace(context, naturals=later).assume(INDUCTION_LABEL, before)
        searcher = replace(self.searcher, context=inside)
        step = self.chain("step", "r", searcher, goal, derivation.step)
        if base is None or step is None:
            return None
        return (c.Step("goal", goal, c.Induction(on, INDUCTION_LABEL, base, step)),)

    def cases(self, goal: Statement, derivation: Cases) -> c.Proof | None:
        on = lower_statement(derivation.on)
        other = (
            Statement((), "!=", on.left, on.right)
            if on.relation == "="
            else Statement((), "<", on.right, on.left)
        )
        parts = []
        titles = (f"case {derivation.on}", f"case not {derivation.on}")
        for title, prefix, case, calc in zip(
            titles, "pq", (on, other), (derivation.first, derivation.second), strict=True
        ):
            searcher = replace(self.searcher, context=self.searcher.context.assume("the case", case))
            parts.append(self.chain(title, prefix, searcher, goal, calc))
        first, second = parts
        if first is None or second is None:
            return None
        return (c.Step("goal", goal, c.Cases("the case", on, first, second)),)

    def squeeze(self, goal: Statement, derivation: Squeeze) -> c.Proof | None:
        """Both chains, the limit of the last line of the upper one, and the goal between them."""
        on, proofs = derivation.over.data[0], []
        chains = (("from below", "l", derivation.below), ("from above", "u", derivation.above))
        for part, prefix, calc in chains:
            proofs.append(self.chain(part, prefix, self.searcher, lower_statement(calc.statement), calc))
        below, above = proofs
        if below is None or above is None:
            return None
        growing = goal.binders[-1][0] if goal.binders else on
        upper = lower_statement(derivation.above.statement)
        last = instance(upper, [(on, Index(growing))], self.searcher.names)
        limit = Statement(goal.binders, "->", last.right, goal.right)
        steps = (
            c.Step("limit", limit, c.Geometric(())),
            c.Step("goal", goal, c.Squeeze(on, below[-1].id, above[-1].id, "limit")),
        )
        return (*below, *above, *steps)


def _use(result: LineResult, backwards: bool) -> c.Use:
    """A line in the sum of differences; an equation counts the other way round in a chain of >=."""
    reversed_ = backwards and result.task.statement.relation == "=="
    return c.Use(result.task.label, _at(result.claim), (), MINUS_ONE if reversed_ else ONE)


def at_time(goal: Statement, on: str, time: Index, names: Names) -> Statement:
    """A claim at another time."""
    there = instance(goal, [(on, time)], names)
    return replace(there, left=written(there.left, names), right=written(there.right, names))


def _at(statement: Statement) -> tuple[tuple[str, Index], ...]:
    """Each binder at itself."""
    return tuple((name, Index(name)) for name, _ in statement.binders)


def _unfolded(results: list[LineResult]) -> tuple[str, ...]:
    """The definitions which the lines unfold: what they define may have conditions in the last step too."""
    bys = (step.by for result in results for step in result.steps)
    return tuple(dict.fromkeys(label for by in bys if isinstance(by, c.Combine) for label in by.unfold))


def _facts(results: list[LineResult]) -> tuple[str, ...]:
    """The conditions proved or borrowed on the way, which the last step needs too."""
    found: dict[str, None] = {}
    for result in results:
        claims = [(step.id, step.claim) for step in result.steps]
        for label, claim in (*((lemma.label, lemma.claim) for lemma in result.borrowed), *claims):
            if claim.relation in ("!=", "<", "<="):
                found[label] = None
    return tuple(found)
