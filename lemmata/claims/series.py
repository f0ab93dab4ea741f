"""Power series of the literature: exp, log, atan and sin, each an axiom of the kernel with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from lemmata.derive.axiom import Axiom, axiom
from lemmata.derive.errors import DerivationError
from lemmata.derive.lemmas import premises_of
from lemmata.derive.names import written
from lemmata.derive.search import Known, Searcher
from lemmata.kernel import check
from lemmata.kernel.certificate import Certificate, LemmaUse, Step
from lemmata.kernel.check import Verdict
from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.environment import Environment, Ledger
from lemmata.kernel.errors import KernelError
from lemmata.kernel.terms import Index, Lambda, Ref
from lemmata.language.build import exp, log, sin, tends
from lemmata.language.declare import recurrence, scalar, time
from lemmata.language.depend import substitute
from lemmata.language.expr import SCALAR, Expr, Statement, expression, number
from lemmata.language.lower import lower

x, t = scalar("xₓ"), time("tₓ")
MINUS = number(-1)


@dataclass(frozen=True)
class Series:
    """The axiom that partial sums tend to a function of x, the name of the sums, and which term is x."""

    axiom: Axiom
    sums: str
    place: int


def _series(
    name: str,
    term: Callable[[Expr], Expr],
    value: Expr,
    place: int,
    source: str,
    given: Iterable[Statement] = (),
) -> Series:
    def words() -> None:
        """A power series."""

    words.__name__ = name
    sums = recurrence("Sₓ", over=t, start=0, step=lambda S, t: S[t - 1] + term(t))
    return Series(axiom(tends(sums[t], value, over=t), source=source, given=given)(words), "Sₓ", place)


def _applied(function: str, to: Expr) -> Expr:
    return Expr("apply", (to,), SCALAR, function)


def _alternating(t: Expr) -> Expr:
    return MINUS ** (t - 1)


def _factorial(n: Expr) -> Expr:
    return _applied("gamma", n + 1)


@cache
def known() -> tuple[Series, ...]:
    """The series; `term` is the t-th one, t = 1, 2, ..."""
    book = "Abramowitz and Stegun (1964), Handbook of Mathematical Functions"
    small = [expression(-1) < x, x <= 1]
    return (
        _series("series_of_exp", lambda t: x ** (t - 1) / _factorial(t - 1), exp(x), 2, f"{book}, 4.2.1"),
        _series(
            "series_of_sin",
            lambda t: _alternating(t) * x ** (2 * (t - 1) + 1) / _factorial(2 * (t - 1) + 1),
            sin(x),
            1,
            f"{book}, 4.3.65",
        ),
        _series(
            "series_of_log", lambda t: _alternating(t) * x**t / t, log(1 + x), 1, f"{book}, 4.1.24", small
        ),
        _series(
            "series_of_atan",
            lambda t: _alternating(t) * x ** (2 * (t - 1) + 1) / (2 * (t - 1) + 1),
            _applied("atan", x),
            1,
            f"{book}, 4.4.42",
            [expression(-1) <= x, x <= 1],
        ),
    )


def by_known_series(searcher: Searcher, said: Statement, goal: KernelStatement) -> Verdict | None:
    """The kernel's verdict on a limit of partial sums that is a power series, if it accepts one."""
    step = said.left.args[0].data.step if said.relation == "->" and said.left.head == "member" else None
    if step is None or said.left.shape != SCALAR or step.statement.right.head != "add":
        return None
    (now, _), _ = step.statement.left.data
    term, time_of_term = step.statement.right.args[1], Expr("time", (), SCALAR, (now, 1))
    for series in known():
        value = substitute(term, {time_of_term: number(series.place)})
        verdict = _at(searcher, goal, series, said.left.args[0].data.name, value)
        if verdict is not None:
            return verdict
    return None


def _at(searcher: Searcher, goal: KernelStatement, series: Series, sums: str, value: Expr) -> Verdict | None:
    """The verdict on the series at a value of x."""
    lemma = series.axiom.proved_certificate()
    family = Lambda((("s%", 1),), Ref(sums, (Index("s%"),)))
    normalizer = searcher.workspace(goal, Known()).normalizer
    number_there = written(normalizer.normal(lower(value)), searcher.names)
    tensors = ((series.sums, family), (x.data.name, Lambda((), number_there)))
    rule = LemmaUse(lemma.name, (), (), tensors, (), ())
    env = Environment(searcher.context, {}, Ledger(searcher.names))
    try:
        steps, premises = premises_of(searcher, env, rule, lemma, "s1")
    except (DerivationError, KernelError):
        return None
    last = Step("s1", goal, replace(rule, premises=premises))
    verdict = check(Certificate("claim", searcher.context, goal, (*steps, last), (lemma,)))
    return verdict if verdict.outcome == "proved" else None
