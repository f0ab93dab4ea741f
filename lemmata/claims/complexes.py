"""What was found of the parts of complex numbers, in the words of the claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lemmata.claims.found import Finding
from lemmata.language.text.complexes import IMAGINARY, REAL


def with_parts(found: Finding, names: Sequence[str], kind: str) -> Finding:
    """The finding for a part of both sides, in which z is said for what was found of its parts."""
    example = None if found.counterexample is None else _together(found.counterexample, names, kind)
    said = [found.reason, *([f"these are the {kind}s"] if example is not None and kind else [])]
    spoken = [n for n in names if any(f"{n}{letter}" in found.reason for letter in (REAL, IMAGINARY))]
    if spoken:
        said.append("here " + ", ".join(f"{name} = {name}{REAL} + {name}{IMAGINARY} i" for name in spoken))
    return replace(found, counterexample=example, reason="; ".join(said))


def _together(example: Mapping[str, Any], names: Sequence[str], kind: str) -> dict[str, Any]:
    """A counterexample with the complex numbers in the place of their parts."""
    values = dict(example["values"])
    for name in names:
        parts = [values.pop(f"{name}{letter}", None) for letter in (REAL, IMAGINARY)]
        if parts != [None, None]:
            values[name] = complex_text(*(part or "0" for part in parts))
    sides = {side: f"{example[side]} ({kind})" if kind else example[side] for side in ("lhs", "rhs")}
    return {**example, "values": values, **sides}


def complex_text(real: str, imaginary: str) -> str:
    """x + y i as text.

    >>> complex_text("0", "1"), complex_text("1/2", "-3"), complex_text("2", "0")
    ('i', '1/2 - 3 i', '2')
    """
    if imaginary == "0":
        return real
    size = imaginary.removeprefix("-")
    unit = "i" if size == "1" else f"{size} i"
    negative = imaginary.startswith("-")
    if real == "0":
        return f"-{unit}" if negative else unit
    return f"{real} {'-' if negative else '+'} {unit}"
