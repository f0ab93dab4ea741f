"""Using a theorem in the proof of another, as it stands or at other values of its variables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from lemmata.derive.algebra.following import Given, by_words
from lemmata.derive.conditions import named, with_conditions
from lemmata.derive.errors import DerivationError
from lemmata.derive.reasons import everything
from lemmata.derive.search import Attempt, Searcher
from lemmata.kernel.certificate import Certificate, LemmaUse, Proof, Step
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.environment import Environment, equivalent
from lemmata.kernel.errors import KernelError
from lemmata.kernel.lemma import mapped_statement
from lemmata.kernel.terms import Dim, Lambda
from lemmata.language.expr import Expr
from lemmata.language.expr import Statement as Said
from lemmata.language.lower import Around, Lowering, lower_statement


class Usable(Protocol):
    """A theorem or an axiom, as far as another proof knows it."""

    @property
    def name(self) -> str: ...
    @property
    def expressions(self) -> tuple[Expr, ...]: ...
    @property
    def spoken(self) -> tuple[Expr, ...]: ...
    def has_proof(self, certificate: Certificate) -> bool: ...
    def proved_certificate(self) -> Certificate: ...


@dataclass(frozen=True)
class TheoremUse:
    """A theorem at some values of its variables; the others stand for themselves."""

    theorem: Usable
    values: tuple[tuple[str, Expr], ...] = ()
    #: The statement at these values, as it would be written, if that is known.
    said: Said | None = None
    #: The dimensions which no value shows.
    sizes: tuple[tuple[str, str | int], ...] = ()
    #: What is assumed at these values, as it would be written, where that is known.
    given: tuple[Said | None, ...] = ()

    def theorem_instance(self) -> TheoremUse:
        return self

    def __str__(self) -> str:
        shown = ", ".join(f"{name} = {value}" for name, value in self.values)
        return f"{self.theorem.name}({shown})" if shown else self.theorem.name


@dataclass(frozen=True)
class Borrowed:
    """The statement of a theorem in the present context, and the steps that bring it here."""

    label: str
    claim: Statement
    certificate: Certificate
    steps: Proof = field(default=())
    #: The statement as it would be written here, if that is known.
    said: Said | None = None


def borrow(searcher: Searcher, use: TheoremUse, label: str) -> Borrowed:
    """The theorem as a premise. Raises DerivationError if it is not proved, or does not fit."""
    certificate = use.theorem.proved_certificate()
    rule = rule_for(use, certificate)
    env = searcher.environment()
    try:
        mapped = mapped_statement(env, rule, certificate.context, certificate.statement)
        claim = certificate.statement if rule.is_plain else named(mapped, searcher.names)
        steps, premises = premises_of(searcher, env, rule, certificate, label, use.given)
    except KernelError as error:
        raise DerivationError(f"by={use}: {error}") from error
    step = Step(label, claim, replace(rule, premises=premises))
    return Borrowed(label, claim, certificate, (*steps, step), use.said)


def rule_for(use: TheoremUse, certificate: Certificate) -> LemmaUse:
    """The rule with the values at which the theorem is used. Raises DerivationError where it has no such
    variable."""
    known = sorted(variable.name for variable in certificate.context.variables)
    for name, _ in use.values:
        if name not in known:
            raise DerivationError(f"by={use}: {certificate.name} speaks of {', '.join(known)}, not of {name}")
    tensors = tuple((name, _tensor(value)) for name, value in use.values)
    dims = {**dict(use.sizes), **dict(_dims(certificate.context, tensors))}
    declared = certificate.context.dims
    pairs = tuple((old, new) for old, new in dims.items() if old in declared and old != new)
    return LemmaUse(certificate.name, pairs, (), tensors, (), ())


def _dims(context: Context, tensors: tuple[tuple[str, Lambda], ...]) -> tuple[tuple[str, Dim], ...]:
    """The dimensions of a theorem at which its variables have the shapes of their values."""
    shapes = {variable.name: variable.shape for variable in context.variables}
    found: dict[str, Dim] = {}
    for name, value in tensors:
        for old, (_, new) in zip(shapes[name], value.indices, strict=False):
            if isinstance(old, str):
                found.setdefault(old, new)
    return tuple((old, new) for old, new in found.items() if old != new)


def _tensor(value: Expr) -> Lambda:
    return Lowering().tensor(value, Around())


def premises_of(
    searcher: Searcher,
    env: Environment,
    rule: LemmaUse,
    lemma: Certificate,
    label: str,
    given: tuple[Said | None, ...] = (),
) -> tuple[Proof, tuple[tuple[str, str], ...]]:
    """Steps for what the theorem assumes; what is assumed here as well is named."""
    steps: list[Step] = []
    names: list[tuple[str, str]] = []
    for number, (old, statement) in enumerate((*lemma.context.definitions, *lemma.context.hypotheses)):
        needed = named(mapped_statement(env, rule, lemma.context, statement), searcher.names)
        same = dict((*searcher.context.definitions, *searcher.context.hypotheses)).get(old) == statement
        there = old if same and rule.is_plain else _there(env, searcher.context, needed)
        if there is None:
            there = f"{label}h{number}"
            known = everything(searcher.context)
            found = with_conditions(searcher, searcher.prove(needed, known, there), known)
            said = given[number] if number < len(given) else None
            if found.steps is None and said is not None:
                found = Attempt(_by_words(searcher, said, there))
            if found.steps is None:
                raise DerivationError(f"{lemma.name} assumes {old}, which is not shown here")
            steps += found.steps
        names.append((old, there))
    return tuple(steps), tuple(names)


def _by_words(searcher: Searcher, said: Said, label: str) -> Proof | None:
    """Steps for an equation of matrices by the hypotheses and the laws of what occurs."""
    if said.relation != "==":
        return None
    given = [Given(name, known) for name, known in searcher.said]
    claim = lower_statement(said)
    return by_words(said.left - said.right, claim, label, searcher.names, given=given, facts=())


def _there(env: Environment, context: Context, needed: Statement) -> str | None:
    """The label under which the same statement is known here."""
    for label, statement in (*context.definitions, *context.hypotheses):
        if equivalent(statement, needed, env.normalizer(statement.binders)):
            return label
    return None
