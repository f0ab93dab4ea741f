"""Replaying a certificate: a derivation is compiled with the steps of the certificate instead of a search.

The certificate may be anything. What is replayed is the derivation of the script: each line needs steps of
which the last claims just that line, and which cite only what its reason names. The kernel judges the steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lemmata.derive.chain import Calc
from lemmata.derive.compile import Compiled, Compiler
from lemmata.derive.errors import DerivationError
from lemmata.derive.lemmas import Borrowed, TheoremUse, rule_for
from lemmata.derive.lines import LineResult, Task
from lemmata.derive.reasons import ladder, reason
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import (
    Absurd,
    Attained,
    Between,
    Cases,
    Certificate,
    Combine,
    Congruence,
    Induction,
    LemmaUse,
    Monotone,
    Proof,
    Step,
    Unit,
)
from lemmata.kernel.context import Statement
from lemmata.language.lower import lower_statement

if TYPE_CHECKING:
    from lemmata.derive.theorem import Theorem


class DoesNotFit(DerivationError):
    """A certificate that is not one of this derivation."""


def replay(theorem: Theorem, certificate: Certificate) -> Compiled:
    """The derivation with the steps of the certificate; no verdict yet. Raises DerivationError."""
    goal = lower_statement(theorem.statement)
    compiler = Replay(Searcher(theorem.context), Compiled(), False, certificate=certificate)
    proof = compiler.derivation(goal, theorem.derivation)
    need(proof is not None, "the lines do not come to the statement")
    lemmas = tuple(compiler.lemmas.values())
    rebuilt = Certificate(theorem.name, theorem.context, goal, proof or (), lemmas)
    need(rebuilt == certificate, "another derivation")
    return replace(compiler.result, certificate=certificate)


def need(fits: bool, otherwise: str) -> None:
    if not fits:
        raise DoesNotFit(otherwise)


@dataclass
class Replay(Compiler):
    """A compiler which finds the steps of lines in a certificate, one line after the other."""

    certificate: Certificate = field(kw_only=True)
    left: Iterator[Step] = field(init=False)

    def __post_init__(self) -> None:
        self.left = flat(self.certificate.proof)

    def until(self, label: str) -> Proof:
        """The next steps, the last of which has the label."""
        steps: list[Step] = []
        for step in self.left:
            steps.append(step)
            if step.id == label:
                return tuple(steps)
        raise DoesNotFit(f"there is no step {label}")

    def line(self, searcher: Searcher, task: Task) -> LineResult:
        claim = lower_statement(task.statement)
        given = None if task.by is None else reason(task.by, searcher.context)
        uses = given.theorems if given else ()
        borrowed = tuple(self.lemma(use, f"{task.label}t{number}") for number, use in enumerate(uses))
        steps = self.until(task.label)
        need(steps[-1].claim == claim, "another line")
        cited = citations(steps)
        if given is None:
            found = rung(searcher, cited)
        else:
            found = ""
            need(cited <= {*labels(given.known, searcher), *(b.label for b in borrowed)}, "another reason")
        return LineResult(
            task,
            claim,
            searcher.context,
            given.words if given else "",
            "proved",
            None if given is None else True,
            found,
            steps=steps,
            borrowed=borrowed,
        )

    def lemma(self, use: TheoremUse, label: str) -> Borrowed:
        """The theorem as it is used here; its proof in the certificate must be the one of its script."""
        theorem, steps = use.theorem, self.until(label)
        lemmas = {lemma.name: lemma for lemma in self.certificate.lemmas}
        need(theorem.name in lemmas, f"there is no lemma {theorem.name}")
        lemma = lemmas[theorem.name]
        need(theorem.has_proof(lemma), f"another proof of {theorem.name}")
        by, rule = steps[-1].by, rule_for(use, lemma)
        need(isinstance(by, LemmaUse) and replace(by, premises=()) == rule, f"another use of {theorem.name}")
        return Borrowed(label, steps[-1].claim, lemma, steps)

    def conclusion(
        self, label: str, searcher: Searcher, goal: Statement, calc: Calc, results: list[LineResult]
    ) -> Proof | None:
        """Put together as ever; the step which the certificate has in its place is compared in the end."""
        found = super().conclusion(label, searcher, goal, calc, results)
        self.until(label)
        return found

    def end(self, searcher: Searcher, claim: Statement, label: str) -> Proof | None:
        steps = self.until(label)
        need(steps[-1].claim == claim, "another end of a chain")
        return steps


def flat(proof: Proof) -> Iterator[Step]:
    """The steps of the lines, in the order of the derivation: those inside an induction or a case split."""
    for step in proof:
        match step.by:
            case Induction(_, _, first, second) | Cases(_, _, first, second):
                yield from flat(first)
                yield from flat(second)
            case _:
                yield step


def labels(known: Known, searcher: Searcher) -> set[str]:
    """By which names the steps of a search may cite what is known; the rules of order may cite any inequality
    that is assumed."""
    assumed = searcher.context.hypotheses if known.order or known.contradiction else ()
    inequalities = {label for label, statement in assumed if statement.relation in ("<=", "<")}
    return {label for label, _ in known.premises} | set(known.unfold) | inequalities


def rung(searcher: Searcher, cited: set[str]) -> str:
    """The words for what a line without a reason uses: the least that has all that is cited."""
    for words, known in ladder(searcher.context):
        if cited <= labels(known, searcher):
            return words
    raise DoesNotFit("the line uses more than is known")


def citations(steps: Sequence[Step]) -> set[str]:
    """What the last step follows from, directly and by the steps before it; a side condition does not count,
    since it may be proved by whatever is known."""
    own = {step.id: step for step in steps}
    found = dict.fromkeys([steps[-1].id])
    todo = list(found)
    while todo:
        step = own.get(todo.pop())
        new = [name for name in (cited_by(step) if step else ()) if name not in found]
        found.update(dict.fromkeys(new))
        todo += new
    return found.keys() - own.keys()


def cited_by(step: Step) -> tuple[str, ...]:
    match step.by:
        case Combine(using, _, unfold, _):
            return (*(use.premise for use in using), *unfold)
        case Congruence() | Monotone() | Attained() | Unit() | Absurd():
            return (step.by.premise,)
        case Between(below, above):
            return (below, above)
        case LemmaUse(lemma):
            return (lemma,)
        case _:
            return ()
