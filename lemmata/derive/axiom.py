"""Axioms: facts of analysis taken without proof, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from lemmata.derive.errors import DerivationError, Disagreement
from lemmata.derive.guard import guard
from lemmata.derive.lemmas import TheoremUse
from lemmata.derive.reasons import label_of
from lemmata.derive.stated import hypotheses_of, statement_of, words_of
from lemmata.kernel.certificate import Certificate
from lemmata.language.context import context_of
from lemmata.language.expr import Expr, Statement, expression
from lemmata.language.lower import lower_statement
from lemmata.refute import BRIEF, attack


@dataclass(frozen=True, eq=False)
class Axiom:
    """A statement with its source; it may follow `by=`, and what rests on it says so."""

    name: str
    statement: Statement
    given: tuple[Statement, ...]
    source: str
    title: str

    def at(self, **values: object) -> TheoremUse:
        """The axiom at other values of its variables, to follow `by=`."""
        return TheoremUse(self, tuple((name, expression(value)) for name, value in values.items()))

    def theorem_instance(self) -> TheoremUse:
        return TheoremUse(self)

    @property
    def expressions(self) -> tuple[Expr, ...]:
        return tuple(side for said in (self.statement, *self.given) for side in (said.left, said.right))

    @property
    def spoken(self) -> tuple[Expr, ...]:
        return self.expressions

    @cached_property
    def _certificate(self) -> Certificate:
        hypotheses = tuple((label_of(statement), statement) for statement in self.given)
        context, goal = context_of((self.statement,), hypotheses), lower_statement(self.statement)
        guard(context, (self.statement, *self.given), ())
        found = attack(context, goal, BRIEF).counterexample
        if found is not None:
            raise Disagreement(f"the axiom {self.name}, {self.statement}, is false at {found.said()}")
        return Certificate(self.name, context, goal, (), (), self.source)

    def has_proof(self, certificate: Certificate) -> bool:
        """Whether a certificate is that of this axiom."""
        return certificate == self.proved_certificate()

    def proved_certificate(self) -> Certificate:
        """The certificate, which has a source and no proof. An axiom is attacked like a theorem: raises
        Disagreement where it fails."""
        return self._certificate


def axiom(
    statement: Statement, *, source: str, given: Iterable[Statement] = ()
) -> Callable[[Callable[[], None]], Axiom]:
    """Declare an axiom: a fact with a source, such as "Horn and Johnson (2013), Theorem 5.6.2".

    >>> from lemmata import calc, scalar, theorem
    >>> x = scalar("x", nonnegative=True)
    >>> @axiom(x >= 0, source="the declaration of x")
    ... def known():
    ...     "x is not negative."
    >>> @theorem(x + 1 >= 1)
    ... def shifted():
    ...     return calc(x + 1).ge(1, by=known)
    >>> shifted.record()["evidence"], shifted.record()["axioms"][0]["source"]
    ('cited', 'the declaration of x')
    """
    said, hypotheses = statement_of("axiom", statement), hypotheses_of(given)
    told = str(source or "").strip()
    if not told:
        raise DerivationError(f"axiom({statement}): needs its source: author, year and place")

    def decorated(function: Callable[[], None]) -> Axiom:
        return Axiom(function.__name__, said, hypotheses, told, " ".join(words_of(function)).strip())

    return decorated
