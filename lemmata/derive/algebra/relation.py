"""Equations that may be used, as polynomials, and how each is said to the kernel."""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.derive.algebra.poly import Poly, Proof
from lemmata.language.expr import SCALAR, Shape


@dataclass(frozen=True)
class Relation:
    """poly = 0, which is the difference of the sides of a premise.

    `label` names the premise (none where the normal form of the kernel knows the equation), `binders` its
    indices, `flipped` says that the premise is the transposed equation. With `traced`, the equation says that
    traces are equal, as their difference is the trace of this combination of other relations.
    """

    poly: Poly
    label: str = ""
    binders: tuple[str, ...] = ()
    flipped: bool = False
    shape: Shape = SCALAR
    traced: Proof = ()
