"""Statements and contexts: Γ ⊢ ∀ binders. left relation right."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lemmata.kernel.terms import Dim, Remembering, Sort, Term, remembering

#: The relations which a statement may assert.
RELATIONS = ("=", "<=", "<", "!=", "->")


@remembering
@dataclass(frozen=True)
class Statement(Remembering):
    """For all values of the binders (name, sort): left relation right, and both sides are defined.

    `->` is a limit: the left side tends to the right one as the last binder, a natural number, grows, for all
    values of the others.
    """

    binders: tuple[tuple[str, Sort], ...]
    relation: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Variable:
    """A tensor. Each axis is a dimension, or `Natural` (a family indexed by time).

    Properties: `positive`, `nonnegative` (every entry), `symmetric`, `invertible` (matrices), `onehot` (along
    the last axis one entry is 1, the others are 0), `random` (known by moments only); `moments` is the order
    up to which the moments exist.
    """

    name: str
    shape: tuple[Sort, ...] = ()
    properties: frozenset[str] = frozenset()
    moments: int = 0


@dataclass(frozen=True, slots=True)
class Function:
    """An unknown function from tensors of the given shapes to a tensor; `order` times continuously
    differentiable (once: differentiable). Element-wise application needs scalar input and output."""

    name: str
    inputs: tuple[tuple[Dim, ...], ...] = ((),)
    output: tuple[Dim, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """Γ: what is declared, defined and assumed.

    `choices` are indices which are the same throughout, each with its dimension: what is proved holds for all
    values of them.

    A definition is an equation whose left side is an entry of the defined variable, with the binders
    as its indices. A recurrence is one whose time index is a `Natural` binder, and refers to earlier
    times; its start has the number 0 in that place.
    """

    dims: tuple[str, ...] = ()
    naturals: tuple[tuple[str, int], ...] = ()
    variables: tuple[Variable, ...] = ()
    functions: tuple[Function, ...] = ()
    definitions: tuple[tuple[str, Statement], ...] = ()
    hypotheses: tuple[tuple[str, Statement], ...] = ()
    choices: tuple[tuple[str, Dim], ...] = ()

    def assume(self, label: str, statement: Statement) -> Context:
        """Γ with one more hypothesis."""
        return replace(self, hypotheses=(*self.hypotheses, (label, statement)))
