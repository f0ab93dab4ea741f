"""Tables of figures, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

_UNITS = {"s": 1.0, "ms": 1e3, "µs": 1e6, "ns": 1e9}


class Figure(NamedTuple):
    """A number with its unit, and how many times that of the base it is."""

    value: float
    unit: str
    ratio: float | None = None

    def __str__(self) -> str:
        digits = f"{self.value:,.0f}" if self.value >= 1e3 else f"{self.value:.3g}"
        compared = "" if self.ratio is None else f" ({self.ratio:.2f}×)"
        return f"{digits} {self.unit}".rstrip() + compared


#: What was measured on one input, by name.
Case = dict[str, Figure]


@dataclass(frozen=True)
class Table:
    """Cases by name; what is missing, and why a row is not there, is said below."""

    title: str
    note: str
    cases: dict[str, Case]
    missing: tuple[str, ...] = ()

    def markdown(self) -> str:
        """The longer of the two, cases or what is compared, goes down."""
        names = list(dict.fromkeys(name for case in self.cases.values() for name in case))
        cells = [["", *self.cases]]
        cells += [[name, *(str(case.get(name, "–")) for case in self.cases.values())] for name in names]
        if len(self.cases) > len(names):
            cells = [list(column) for column in zip(*cells, strict=True)]
        head, *body = ["| " + " | ".join(row) + " |" for row in cells]
        lines = [f"### {self.title}", "", self.note, "", head, "|---" * len(cells[0]) + "|", *body]
        if self.missing:
            lines += ["", f"Left out, since not installed: {', '.join(self.missing)}."]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        cases = {
            name: {row: figure._asdict() for row, figure in case.items()} for name, case in self.cases.items()
        }
        return asdict(self) | {"cases": cases}

    @staticmethod
    def from_json(found: Mapping[str, Any]) -> Table:
        cases = {
            name: {row: Figure(**figure) for row, figure in case.items()}
            for name, case in found["cases"].items()
        }
        return Table(found["title"], found["note"], cases, tuple(found["missing"]))


def compared(seconds: Mapping[str, float], base: str, *, unit: str, work: float = 1) -> Case:
    """Times of one case, for each unit of work, and their ratios to that of `base` where it was measured."""
    reference = seconds.get(base)
    return {
        name: Figure(time / work * _UNITS[unit], unit, None if reference is None else time / reference)
        for name, time in seconds.items()
    }
