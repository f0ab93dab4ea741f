"""Theorems: a statement, what is given, and how it is derived."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lemmata.derive.chain import Calc, Cases, Derivation, Induction, Squeeze
from lemmata.derive.compile import Compiled, compiled
from lemmata.derive.errors import DerivationError
from lemmata.derive.lemmas import TheoremUse
from lemmata.derive.raising import names_in
from lemmata.derive.reasons import label_of
from lemmata.derive.stated import hypotheses_of, place_of, statement_of, words_of
from lemmata.kernel.certificate import Certificate
from lemmata.kernel.checked import Checked
from lemmata.kernel.context import Context
from lemmata.kernel.document import to_document
from lemmata.language.context import context_of
from lemmata.language.expr import Expr, Statement, expression
from lemmata.language.lower import lower_statement
from lemmata.refute.counterpart import Comparison, Counterpart

if TYPE_CHECKING:
    from lemmata.refute.point import Point


@dataclass(frozen=True, eq=False)
class Theorem:
    """A statement under hypotheses, with its derivation; it may follow `by=` in another derivation."""

    name: str
    statement: Statement
    given: tuple[Statement, ...]
    source: str
    title: str
    description: str
    file: str
    line: int
    derivation: Derivation
    counterparts: tuple[Counterpart, ...] = ()

    def at(self, **values: object) -> TheoremUse:
        """The theorem at other values of its variables, to follow `by=`.

        The values are named as the variables are; a name that Python does not accept is not reached.
        """
        return TheoremUse(self, tuple((name, expression(value)) for name, value in values.items()))

    def theorem_instance(self) -> TheoremUse:
        return TheoremUse(self)

    @cached_property
    def hypotheses(self) -> tuple[tuple[str, Statement], ...]:
        return tuple((label_of(statement), statement) for statement in self.given)

    @cached_property
    def expressions(self) -> tuple[Expr, ...]:
        """Every expression of the derivation, and those of the theorems it uses."""
        said = (side for s in (self.statement, *self.given) for side in (s.left, s.right))
        return (*said, *self.written)

    @property
    def spoken(self) -> tuple[Expr, ...]:
        """The same without hypotheses about all times: a time that is bound there is none of the theorem."""
        said = (self.statement, *(s for s in self.given if s.over is None))
        return (*(side for s in said for side in (s.left, s.right)), *self.written)

    @cached_property
    def written(self) -> tuple[Expr, ...]:
        """Those of the derivation alone."""
        found: list[Expr] = []
        for chain in chains(self.derivation):
            found += chain.exprs
            found += [expr for line in chain.lines for expr in _expressions_of(line.by)]
        if isinstance(self.derivation, Cases):
            found += [self.derivation.on.left, self.derivation.on.right]
        return tuple(found)

    @cached_property
    def context(self) -> Context:
        return context_of((self.statement,), self.hypotheses, self.written)

    def compare(self, counterpart: Counterpart) -> Comparison:
        """The theorem and the function which computes what it says, at points."""
        from lemmata.refute.compare import compare

        extra = tuple((label_of(statement), statement) for statement in counterpart.given)
        context = context_of((self.statement,), (*self.hypotheses, *extra), self.written)
        return compare(self.statement, lower_statement(self.statement), context, counterpart)

    @cached_property
    def compiled(self) -> Compiled:
        """The result of the derivation; worked out once."""
        return compiled(self.name, self.context, lower_statement(self.statement), self.derivation)

    @property
    def known(self) -> Compiled | None:
        """The result of the derivation, if it was worked out already."""
        found: Compiled | None = vars(self).get("compiled")
        return found

    def take_over(self, result: Compiled) -> None:
        """Let a result that was found before be the one of the derivation."""
        vars(self)["compiled"] = result

    def has_proof(self, certificate: Certificate) -> bool:
        """Whether a certificate is one of this derivation. Raises DerivationError where it is of another."""
        if self.known is not None:
            return self.known.certificate == certificate
        from lemmata.derive.replay import replay

        return replay(self, certificate).certificate == certificate

    def proved_certificate(self) -> Certificate:
        """The certificate, if the kernel accepts it without conditions. Raises DerivationError."""
        result = self.compiled
        if result.certificate is None or result.verdict is None or result.verdict.outcome != "proved":
            raise DerivationError(f"by={self.name}: this theorem is not proved")
        return result.certificate

    def certificate(self) -> dict[str, Any]:
        """The certificate as JSON values. Raises DerivationError where a line has no proof."""
        result = self.compiled
        if result.certificate is None:
            raise DerivationError(f"{self.name}: a line is not proved, so there is no certificate")
        return to_document(result.certificate)

    def record(self) -> dict[str, object]:
        """What is known of the theorem, as plain JSON values. Raises Disagreement."""
        from lemmata.derive.record import record

        return record(self)

    def kept(self, record: Mapping[str, object]) -> dict[str, Any] | None:
        """What may be kept of the theorem once its record is known, as plain JSON values; None if nothing."""
        from lemmata.derive.kept import kept

        return kept(self, record)

    def recalled(self, values: object, checked: Checked) -> dict[str, object] | None:
        """The record from what was kept, with a new verdict of the kernel; None where that is not enough."""
        from lemmata.derive.kept import recalled

        return recalled(self, values, checked)

    def outline(self) -> list[Any]:
        """What the theorem says, as plain JSON values; the lines of its derivation are not in it."""
        from lemmata.derive.kept import outline

        return outline(self)


def chains(derivation: Derivation) -> tuple[Calc, ...]:
    """The chains of a derivation."""
    match derivation:
        case Induction():
            return (derivation.base, derivation.step)
        case Cases():
            return (derivation.first, derivation.second)
        case Squeeze():
            return (derivation.below, derivation.above)
        case Calc():
            return (derivation,)


def _expressions_of(by: Any) -> Iterable[Expr]:
    """The expressions which a reason speaks of."""
    for part in by if isinstance(by, list | tuple) else (by,):
        if isinstance(part, Expr):
            yield part
        elif hasattr(part, "theorem_instance"):
            use = part.theorem_instance()
            if set(names_in(use.theorem.expressions).variables) - {name for name, _ in use.values}:
                yield from use.theorem.spoken
            yield from (value for _, value in use.values)


def counterpart(
    function: Callable[..., Any], call: Callable[[Point], Any], *, given: Iterable[Statement] = ()
) -> Counterpart:
    """The function which computes what a theorem says, to follow `computed_by=`.

    `call(at)` calls it at a point, where `at(expr)` is the value of any expression as floats, `at.samples(x)`
    that of a random variable in equally likely outcomes, and `at.function(σ)` an unknown function. It returns
    what both sides of an equation are; (left, right) for another relation. `given` are hypotheses which the
    function needs and the theorem does not.

    >>> from math import hypot
    >>> from lemmata import calc, norm, vector
    >>> x = vector("x", 2)
    >>> @theorem(
    ...     norm(x) ** 2 == x.T @ x, computed_by=counterpart(hypot, lambda at: hypot(*at(x)) ** 2)
    ... )
    ... def squared_norm():
    ...     return calc(norm(x) ** 2).eq(x.T @ x, by="norm")
    >>> squared_norm.record()["counterparts"][0]["agrees"]
    True
    """
    return Counterpart(function, call, hypotheses_of(given))


def theorem(
    statement: Statement,
    *,
    given: Iterable[Statement] = (),
    source: str = "",
    computed_by: Counterpart | Iterable[Counterpart] = (),
) -> Callable[[Callable[..., Derivation]], Theorem]:
    """Declare a theorem; the decorated function returns its derivation, its docstring says what it means.

    `computed_by` names the numeric functions which compute what the theorem says; each is compared with it.

    >>> from lemmata import calc, scalar
    >>> x = scalar("x")
    >>> @theorem(x / x == 1, given=[x != 0])
    ... def ratio():
    ...     "A number divided by itself is 1."
    ...     return calc(x / x).eq(1, by="algebra")
    >>> ratio.record()["outcome"]
    'proved'
    """
    statement_of("theorem", statement)
    hypotheses = hypotheses_of(given)
    counterparts = (computed_by,) if isinstance(computed_by, Counterpart) else tuple(computed_by)
    for found in counterparts:
        if not isinstance(found, Counterpart):
            raise DerivationError(f"computed_by={found!r}: needs counterpart(function, lambda at: ...)")

    def decorated(function: Callable[..., Derivation]) -> Theorem:
        wanted = inspect.signature(function).parameters
        derivation = function(statement) if wanted else function()
        if not isinstance(derivation, Derivation):
            raise DerivationError(
                f"{function.__name__} returns {derivation!r}; needs calc(...), induction, cases or squeeze"
            )
        words, place = words_of(function), place_of(function)
        return Theorem(
            function.__name__, statement, hypotheses, source, *words, *place, derivation, counterparts
        )

    return decorated
