"""The function which computes what a theorem is about, and how it is called at a point."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lemmata.language.expr import Statement

if TYPE_CHECKING:
    from lemmata.refute.point import Point


@dataclass(frozen=True)
class Counterpart:
    """A numeric function, its call at a point, and what it needs beyond the hypotheses of the theorem."""

    function: Callable[..., Any]
    call: Callable[[Point], Any]
    given: tuple[Statement, ...]

    @property
    def name(self) -> str:
        """The function by the shortest name by which it is imported: `numerics.normalization.weight_norm`."""
        name, parts = self.function.__name__, self.function.__module__.split(".")
        for length in range(1, len(parts)):
            package = ".".join(parts[:length])
            if getattr(sys.modules.get(package), name, None) is self.function:
                return f"{package}.{name}"
        return f"{self.function.__module__}.{name}"


@dataclass(frozen=True)
class Comparison:
    """How a counterpart fared: at how many points of which sizes, and where it differs."""

    function: str
    instances: int
    dims: str
    difference: str

    @property
    def agrees(self) -> bool:
        """Whether it was compared at all, and did not differ."""
        return self.instances > 0 and not self.difference

    def to_record(self) -> dict[str, Any]:
        """In plain JSON values."""
        return {
            "function": self.function,
            "instances": self.instances,
            "dims": self.dims,
            "agrees": self.agrees,
            "difference": self.difference,
        }
