"""Reasons: what a line may use, from what follows `by=`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lemmata.derive.errors import UnknownReason
from lemmata.derive.search import Known
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Natural, Ref
from lemmata.language import expr as language
from lemmata.language.declare import Definition

ALGEBRA = ("algebra", "factoring", "linearity", "expanding", "norm")
#: A derivative looks through the definitions of what it differentiates.
CALCULUS = ("derivative", "chain rule", "product rule", "quotient rule")
#: The rules of maxima and of words, and sums of inequalities that are given.
ORDER = ("maximum", "order", "monotonicity")
#: What is given cannot be, so that anything follows.
ABSURD = ("contradiction",)
HYPOTHESES = ("hypothesis", "hypotheses", "assumption", "assumptions", "case")
DEFINITIONS = ("definition", "definitions")
INDUCTION = ("induction hypothesis",)
WORDS = (*ALGEBRA, *CALCULUS, *ORDER, *ABSURD, *HYPOTHESES, *DEFINITIONS, *INDUCTION)
INDUCTION_LABEL = "induction hypothesis"


@dataclass(frozen=True)
class Reason:
    """What was given, in words, and what a proof of the line may use."""

    words: str
    known: Known
    theorems: tuple[Any, ...] = ()


def label_of(statement: language.Statement) -> str:
    """The words by which a hypothesis is named."""
    over = f" for all {statement.over[0]}" if statement.over else ""
    return f"{statement.left} {statement.relation} {statement.right}{over}"


def reason(by: Any, context: Context) -> Reason:
    """Read what follows `by=`. Raises UnknownReason."""
    parts = tuple(by) if isinstance(by, list | tuple) else (by,)
    found = [_reason(part, context) for part in parts]
    return Reason(
        ", ".join(part.words for part in found),
        Known(
            tuple(premise for part in found for premise in part.known.premises),
            tuple(dict.fromkeys(label for part in found for label in part.known.unfold)),
            order=any(part.known.order for part in found),
            contradiction=any(part.known.contradiction for part in found),
        ),
        tuple(theorem for part in found for theorem in part.theorems),
    )


def _reason(by: Any, context: Context) -> Reason:
    if isinstance(by, str):
        return _word(by, context)
    if isinstance(by, Definition):
        return _definition(by.label, context)
    if isinstance(by, language.Expr) and by.head == "variable" and by.data.definitions:
        return _merged(
            [_definition(d.label, context) for d in by.data.definitions], f"the definition of {by}"
        )
    if isinstance(by, language.Statement):
        return _hypothesis(by, context)
    if hasattr(by, "theorem_instance"):
        instance = by.theorem_instance()
        return Reason(str(instance), Known(), (instance,))
    raise UnknownReason(
        f"by={by!r}: a reason is a definition, a hypothesis, a theorem, or one of {', '.join(WORDS)}"
    )


def _word(word: str, context: Context) -> Reason:
    if word in ALGEBRA:
        return Reason(word, Known(order=False))
    if word in ORDER:
        return Reason(word, Known())
    if word in ABSURD:
        return Reason(word, Known(contradiction=True))
    if word in CALCULUS:
        return Reason(word, Known((), every_definition(context).unfold))
    if word in HYPOTHESES:
        return Reason(word, Known(equations(context.hypotheses)))
    if word in DEFINITIONS:
        return Reason(word, every_definition(context))
    if word in INDUCTION:
        found = [pair for pair in context.hypotheses if pair[0] == INDUCTION_LABEL]
        if not found:
            raise UnknownReason("by='induction hypothesis': this line is not in the step of an induction")
        return Reason(word, Known(tuple(found)))
    raise UnknownReason(f"by={word!r}: the words for a reason are {', '.join(WORDS)}")


def _definition(label: str, context: Context) -> Reason:
    statement = dict(context.definitions).get(label)
    if statement is None:
        raise UnknownReason(f"by={label}: neither side speaks of what is defined there")
    known = Known(((label, statement),)) if _is_recurrence(statement) else Known((), (label,))
    return Reason(f"the definition of {label}", known)


def _hypothesis(by: language.Statement, context: Context) -> Reason:
    label = label_of(by)
    found = dict(context.hypotheses).get(label)
    if found is None:
        raise UnknownReason(
            f"by={label}: this is not among the hypotheses ({', '.join(dict(context.hypotheses))})"
        )
    return Reason(str(by), Known(equations(((label, found),))))


def _merged(parts: list[Reason], words: str) -> Reason:
    premises = tuple(premise for part in parts for premise in part.known.premises)
    return Reason(words, Known(premises, tuple(label for part in parts for label in part.known.unfold)))


def _is_recurrence(statement: Statement) -> bool:
    """Whether this is the step of a recurrence, or its start: the value at time 0."""
    step = any(sort == Natural(1) for _, sort in statement.binders)
    return step or (isinstance(statement.left, Ref) and len(statement.left.indices) > len(statement.binders))


def every_definition(context: Context) -> Known:
    """All definitions, and all recurrences."""
    recurrences = tuple(pair for pair in context.definitions if _is_recurrence(pair[1]))
    plain = tuple(label for label, statement in context.definitions if not _is_recurrence(statement))
    return Known(recurrences, plain)


def equations(pairs: Iterable[tuple[str, Statement]]) -> tuple[tuple[str, Statement], ...]:
    """The equations among some labelled statements; the others are facts, which are known anyway."""
    return tuple((label, statement) for label, statement in pairs if statement.relation == "=")


def everything(context: Context) -> Known:
    """All that the context offers."""
    definitions = every_definition(context)
    return Known((*equations(context.hypotheses), *definitions.premises), definitions.unfold)


def ladder(context: Context) -> list[tuple[str, Known]]:
    """What is tried where no reason is given, from little to much, nothing of it twice."""
    definitions = every_definition(context)
    hypotheses = Known(equations(context.hypotheses))
    tries = [
        ("algebra", Known(order=False)),
        ("order", Known()),
        ("the definitions", Known((), definitions.unfold)),
        ("the hypotheses", hypotheses),
    ]
    tries += [("the definitions and recurrences", definitions), ("all that is known", everything(context))]
    different = {known: words for words, known in reversed(tries)}
    return [(words, known) for words, known in tries if different[known] == words]
