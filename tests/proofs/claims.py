"""Claims: theorems made on the spot, from a statement or from a chain."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from lemmata import calc, theorem
from lemmata.derive import Theorem
from lemmata.language.expr import Statement

NEXT = {"==": "eq", "!=": "ne", "<=": "le", "<": "lt", ">=": "ge", ">": "gt"}


def claim(statement: Statement, given: Iterable[Statement] = ()) -> Theorem:
    """The statement as a theorem whose proof is left to the search."""
    chain = getattr(calc(statement.left), NEXT[statement.relation])(statement.right)
    return derived(statement, chain, given)


def derived(statement: Statement, derivation: Any, given: Iterable[Statement] = ()) -> Theorem:
    """The statement as a theorem with this derivation."""

    def claimed() -> Any:
        """A claim."""
        return derivation

    return theorem(statement, given=given)(claimed)


def outcomes(record: dict[str, Any]) -> list[str]:
    """The outcome of each line that claims something."""
    return [line["outcome"] for line in record["lines"] if line["relation"]]


def sizes(record: dict[str, Any]) -> list[int]:
    """The dimensions (not the times) of the counterexample."""
    dims = {name for text in _dimensions(record) for name in text}
    return [size for name, size in record["counterexample"]["dims"].items() if name in dims]


def _dimensions(record: dict[str, Any]) -> Iterable[list[str]]:
    for declared in record["declarations"]:
        names, _, domain = declared["text"].partition(" ∈ ")
        if domain == "ℕ, ≥ 1":
            yield names.split(", ")


def line_after_a_false_one_does_not_follow(record: dict[str, Any]) -> bool:
    """Whether a line that stands on a false one is marked as not following, be it true or not."""
    claims = [line for line in record["lines"] if line["relation"]]
    pairs = (pair for pair in pairwise(claims) if pair[0]["part"] == pair[1]["part"])
    cut = [after for before, after in pairs if before["outcome"] == "refuted"]
    return all(after["follows"] is False or after["outcome"] == "refuted" for after in cut)
