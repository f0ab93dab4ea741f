"""Disproofs: a statement which is claimed to be false; the refuter must find where it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Any

from lemmata.derive.declarations import declarations
from lemmata.derive.errors import DerivationError
from lemmata.derive.guard import guard
from lemmata.derive.raising import names_in
from lemmata.derive.reasons import label_of
from lemmata.derive.record import definitions, shown_counterexample
from lemmata.derive.stated import hypotheses_of, place_of, statement_of, words_of
from lemmata.derive.words import formula
from lemmata.kernel import Checked
from lemmata.kernel.certificate import Certificate
from lemmata.kernel.context import Context
from lemmata.kernel.context import Statement as Claim
from lemmata.kernel.schema import certificates
from lemmata.language.context import context_of
from lemmata.language.expr import Expr, Statement
from lemmata.language.lower import lower_statement
from lemmata.refute import THOROUGH, Attack, attack, look_again, written


@dataclass(frozen=True, eq=False)
class Disproof:
    """A statement under hypotheses which fails at some point where these hold."""

    name: str
    statement: Statement
    given: tuple[Statement, ...]
    source: str
    title: str
    description: str
    file: str
    line: int

    @cached_property
    def hypotheses(self) -> tuple[tuple[str, Statement], ...]:
        return tuple((label_of(statement), statement) for statement in self.given)

    @cached_property
    def context(self) -> Context:
        return context_of((self.statement,), self.hypotheses)

    @property
    def expressions(self) -> tuple[Expr, ...]:
        return tuple(side for said in (self.statement, *self.given) for side in (said.left, said.right))

    def certificate(self) -> dict[str, Any]:
        """There is none: a counterexample is its own proof. Raises DerivationError."""
        raise DerivationError(f"{self.name}: a disproof has a counterexample and no certificate")

    @cached_property
    def goal(self) -> Claim:
        return lower_statement(self.statement)

    @cached_property
    def attacked(self) -> Attack:
        return attack(self.context, self.goal, THOROUGH)

    def outline(self) -> list[object]:
        """What it says, as plain JSON values."""
        return [certificates.write(Certificate(self.name, self.context, self.goal, ()))]

    def kept(self, record: Mapping[str, object]) -> dict[str, Any] | None:
        """Where the statement fails. That it does is worked out again each time."""
        point = self.attacked.found
        return None if point is None or record["outcome"] != "disproved" else written(point)

    def recalled(self, values: object, checked: Checked) -> dict[str, Any] | None:
        """The record, where the statement fails at the point that was kept; else None."""
        begun = perf_counter()
        found = look_again(self.context, self.goal, values)
        shown = None if found is None else self._record(found, begun)
        return shown if shown is not None and shown["outcome"] == "disproved" else None

    def record(self) -> dict[str, Any]:
        """The record of a theorem, whose outcome is `disproved` where a counterexample was found.

        The values of a counterexample are exact, or balls which exclude that the relation holds.
        """
        begun = perf_counter()
        guard(self.context, (self.statement, *self.given), ())
        return self._record(self.attacked, begun)

    def _record(self, found: Attack, begun: float) -> dict[str, Any]:
        differs = found.counterexample is not None and found.counterexample.kind == "differs"
        names = names_in(self.expressions)
        shown: dict[str, Any] = {
            name: getattr(self, name) for name in ("name", "title", "description", "source", "file", "line")
        }
        empty: dict[str, Any] = {key: [] for key in ("lines", "needs", "conditions", "axioms", "rests_on")}
        return {
            **shown,
            **empty,
            "outcome": "disproved" if differs else "undecided",
            "evidence": "certified" if differs else None,
            "reason": "" if differs else found.note or "no counterexample was found",
            "statement": formula(self.statement),
            "declarations": declarations(self.context, dict(names.variables), dict(names.functions)),
            "definitions": list(definitions(self.context, names)),
            "hypotheses": [{"label": label, **formula(said)} for label, said in self.hypotheses],
            "cross_check": None if differs else found.to_record(),
            "counterparts": [],
            "counterexample": shown_counterexample(found),
            "certificate": None,
            "seconds": perf_counter() - begun,
            "kernel_seconds": 0.0,
        }


def disproof(
    statement: Statement, *, given: Iterable[Statement] = (), source: str = ""
) -> Callable[[Callable[[], None]], Disproof]:
    """Declare that a statement is false; the docstring of the decorated function says why that matters.

    >>> from lemmata import scalar
    >>> x = scalar("x")
    >>> @disproof(x**2 >= x)
    ... def squares_are_no_smaller():
    ...     "A square may be smaller than the number."
    >>> squares_are_no_smaller.record()["counterexample"]["values"][0]["text"]
    '1/2'
    """
    said, hypotheses = statement_of("disproof", statement), hypotheses_of(given)

    def decorated(function: Callable[[], None]) -> Disproof:
        words, place = words_of(function), place_of(function)
        return Disproof(function.__name__, said, hypotheses, source, *words, *place)

    return decorated
