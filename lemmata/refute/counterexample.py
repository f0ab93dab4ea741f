"""A counterexample, ready to be read: sizes, values, both sides."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

#: A number, or rows of them; a number which is not rational is shown by its certain digits.
Shown = Fraction | str | tuple["Shown", ...]


@dataclass(frozen=True)
class Counterexample:
    """The simplest point found at which a statement fails: `kind` is "differs" or "undefined".

    `values` are those of the variables which matter, `functions` what is put for the unknown ones,
    `laws` what is known of the random variables. `binders` is the entry at which the two sides were first
    seen to differ; `left` and `right` show the whole sides where they are small.
    """

    dims: tuple[tuple[str, int], ...]
    naturals: tuple[tuple[str, int], ...]
    values: tuple[tuple[str, Shown], ...]
    functions: tuple[tuple[str, str], ...]
    laws: tuple[tuple[str, str], ...]
    binders: tuple[tuple[str, int], ...]
    left: str
    right: str
    kind: str
    note: str = ""

    def texts(self) -> tuple[tuple[str, str], ...]:
        """What each thing is, as text: ("u", "[2]"), ("σ(z)", "z²")."""
        functions = tuple(tuple(text.split(" = ", 1)) for _, text in self.functions)
        values = ((name, show_value(value)) for name, value in self.values)
        return (*values, *((name, text) for name, text in functions), *self.laws)

    def said(self) -> str:
        """Where the statement fails, and both sides there, in a sentence."""
        point = ", ".join(f"{name} = {text}" for name, text in self.texts())
        sizes = "".join(f"{name} = {size}, " for name, size in (*self.dims, *self.naturals))
        return f"{sizes}{point}".rstrip(", ") + f": the left side is {self.left}, the right side {self.right}"

    def to_record(self) -> dict[str, Any]:
        """In plain JSON values, as records hold it."""
        return {
            "dims": dict((*self.dims, *self.naturals)),
            "values": [{"name": name, "text": text} for name, text in self.texts()],
            "left": self.left,
            "right": self.right,
            "note": self.note,
        }


def show_value(value: Shown) -> str:
    """`2`, `[1, 1/2]`, `[[1, 0], [0, 1]]`."""
    if isinstance(value, tuple):
        return "[" + ", ".join(map(show_value, value)) + "]"
    return str(value)
