"""The shape of a record: what is known of one checked theorem, as plain JSON values.

A record is written when a theorem is checked. Everything in this package only reads records: it
computes no mathematics and judges nothing.
"""

from __future__ import annotations

from typing import TypedDict


class Formula(TypedDict):
    """A formula as one line of Unicode text and as LaTeX."""

    text: str
    latex: str


class Labelled(Formula):
    """A definition or a hypothesis, with the words that may follow `by=`."""

    label: str


class Condition(Formula):
    """A side condition which a proof used, and the hypothesis or rule that gives it."""

    given_by: str


class Axiom(TypedDict):
    """Something taken without proof, and where it is from."""

    name: str
    source: str


class Value(Formula):
    """What a variable is in a counterexample."""

    name: str


class Counterexample(TypedDict):
    """A point at which a statement fails: dimensions, values, and both sides there."""

    dims: dict[str, int]
    values: list[Value]
    left: str
    right: str
    note: str


class Line(TypedDict):
    """A line of a derivation. The first of a chain has no relation, no reason and no outcome.

    `part` is the induction or case part it belongs to; `outcome` says whether the line is true,
    `follows` whether it follows from the line before it by the reason given.
    """

    part: str
    relation: str
    text: str
    latex: str
    reason: str
    found: str
    outcome: str
    follows: bool | None
    evidence: str | None
    needs: list[Formula]
    residual: Formula | None
    counterexample: Counterexample | None
    message: str
    file_line: int


class CrossCheck(TypedDict):
    """The evaluation of a statement at points, by exact or rigorous arithmetic, and its range."""

    instances: int
    dims: str
    method: str
    agrees: bool


class Counterpart(TypedDict):
    """How the function which computes what a theorem says compares with it, and where it differs."""

    function: str
    instances: int
    dims: str
    agrees: bool
    difference: str


class CertificateSummary(TypedDict):
    """The digest of a certificate, its number of steps, and how often it uses each rule."""

    digest: str
    steps: int
    rules: dict[str, int]


class FigureRecord(TypedDict):
    """A figure of a proof script; where it is drawn, the reports know."""

    name: str
    title: str
    caption: str
    source: str
    file: str
    line: int


class Record(TypedDict):
    """One checked theorem."""

    name: str
    title: str
    description: str
    source: str
    file: str
    line: int
    outcome: str
    evidence: str | None
    reason: str
    statement: Formula
    declarations: list[Formula]
    definitions: list[Labelled]
    hypotheses: list[Labelled]
    lines: list[Line]
    needs: list[Formula]
    conditions: list[Condition]
    axioms: list[Axiom]
    rests_on: list[str]
    cross_check: CrossCheck | None
    counterparts: list[Counterpart]
    counterexample: Counterexample | None
    certificate: CertificateSummary | None
    seconds: float
    kernel_seconds: float
