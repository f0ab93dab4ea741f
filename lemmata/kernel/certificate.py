"""Certificates: a proof as data. A step claims a statement and says by which rule it follows.

A premise is named by the identifier of a step before it, or by the label of a hypothesis or a
definition. Steps inside an induction or a case may use those before the induction or the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Dim, Index, Lambda, Term


@dataclass(frozen=True, slots=True)
class Use:
    """A premise at some values of its binders, times a factor, summed over some indices."""

    premise: str
    at: tuple[tuple[str, Index], ...]
    sums: tuple[tuple[str, Dim], ...]
    times: Term


@dataclass(frozen=True, slots=True)
class Combine:
    using: tuple[Use, ...]
    slack: Term
    unfold: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Congruence:
    premise: str
    at: tuple[tuple[str, Index], ...]
    hole: str
    template: Term
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Monotone:
    function: str
    exponent: Fraction
    premise: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InverseLaw:
    matrix: Term
    side: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeterminantLaw:
    law: str
    left: Lambda
    right: Lambda


@dataclass(frozen=True, slots=True)
class Penrose:
    law: str
    matrix: Lambda


@dataclass(frozen=True, slots=True)
class Stretch:
    norm: str
    matrix: Lambda
    vector: Lambda


@dataclass(frozen=True, slots=True)
class PowerLaw:
    law: str
    matrix: Lambda


@dataclass(frozen=True, slots=True)
class OneSided:
    premise: str
    left: Lambda
    right: Lambda


@dataclass(frozen=True, slots=True)
class EntryOfMaximum:
    maximum: Term
    at: Index


@dataclass(frozen=True, slots=True)
class Attained:
    maximum: Term
    premise: str
    index: str
    hole: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Between:
    below: str
    above: str


@dataclass(frozen=True, slots=True)
class Absurd:
    premise: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    variable: str
    at: tuple[Index, ...]
    premise: str
    index: str
    hole: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Squeeze:
    on: str
    below: str
    above: str
    limit: str


@dataclass(frozen=True, slots=True)
class Geometric:
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """A quotient of polynomials has a limit; there is nothing to say besides the claim."""


@dataclass(frozen=True, slots=True)
class Continuous:
    on: str
    equation: str
    limits: tuple[tuple[str, str], ...]
    template: Term
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tangent:
    exponent: Term
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LimitValue:
    variable: str
    form: Term
    known: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LimitOfQuotient:
    variable: str
    top: Term
    bottom: Term
    premise: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Injective:
    function: str
    exponent: Fraction
    premise: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BothSides:
    below: str
    above: str


@dataclass(frozen=True, slots=True)
class Primitive:
    label: str
    variable: str
    primitive: Term
    rest: Term
    range: str
    facts: tuple[str, ...]
    proof: Proof


@dataclass(frozen=True, slots=True)
class SplitIntegral:
    at: Term


@dataclass(frozen=True, slots=True)
class Sine:
    premise: str
    cosine: str
    below: str
    above: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    function: str
    argument: Term
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdditionTheorem:
    first: Term
    second: Term
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    argument: Term
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discrete:
    premise: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enclosed:
    box: tuple[tuple[str, str, str], ...]
    bits: int
    depth: int


@dataclass(frozen=True, slots=True)
class Increasing:
    variable: str
    function: Term
    lower: Term
    upper: Term
    premise: str
    above: str
    below: str
    facts: tuple[str, ...]
    slope: Proof


@dataclass(frozen=True, slots=True)
class Induction:
    on: str
    label: str
    base: Proof
    step: Proof


@dataclass(frozen=True, slots=True)
class Cases:
    label: str
    on: Statement
    first: Proof
    second: Proof


@dataclass(frozen=True, slots=True)
class Cut:
    premise: str
    label: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Dense:
    label: str
    variable: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Maximiser:
    norm: str
    matrix: Lambda
    vector: str
    unit: str
    attained: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Intertwine:
    premise: str
    left: Lambda
    right: Lambda
    between: Lambda


@dataclass(frozen=True, slots=True)
class Frechet:
    premise: str
    side: str
    matrix: Lambda
    direction: Lambda


@dataclass(frozen=True, slots=True)
class Flow:
    time: str
    matrix: Lambda
    flow: Lambda
    proof: Proof


@dataclass(frozen=True, slots=True)
class Differentiated:
    proof: Proof
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fermat:
    premise: str
    proof: Proof
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LemmaUse:
    lemma: str
    dims: tuple[tuple[str, Dim], ...]
    naturals: tuple[tuple[str, Index], ...]
    tensors: tuple[tuple[str, Lambda], ...]
    functions: tuple[tuple[str, str], ...]
    premises: tuple[tuple[str, str], ...]

    @property
    def is_plain(self) -> bool:
        """Whether every name stands for itself."""
        return not (self.dims or self.naturals or self.tensors or self.functions)


Justification = (
    Combine
    | Congruence
    | Monotone
    | InverseLaw
    | DeterminantLaw
    | OneSided
    | Penrose
    | Stretch
    | PowerLaw
    | EntryOfMaximum
    | Attained
    | Between
    | Absurd
    | Unit
    | Squeeze
    | Geometric
    | Quotient
    | Continuous
    | Tangent
    | LimitValue
    | LimitOfQuotient
    | BothSides
    | Primitive
    | SplitIntegral
    | Injective
    | Sine
    | Range
    | AdditionTheorem
    | Floor
    | Discrete
    | Enclosed
    | Increasing
    | Induction
    | Cases
    | Cut
    | Dense
    | Maximiser
    | Intertwine
    | Frechet
    | Flow
    | Differentiated
    | Fermat
    | LemmaUse
)


@dataclass(frozen=True, slots=True)
class Step:
    """A claim, its identifier, and what it follows by."""

    id: str
    claim: Statement
    by: Justification


Proof = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A statement in a context, its proof, and the certificates of the lemmas which the proof uses.

    An axiom has no proof; `axiom` is its source: author, year and place.
    """

    name: str
    context: Context
    statement: Statement
    proof: Proof
    lemmas: tuple[Certificate, ...] = ()
    axiom: str = ""
