"""How a derivation that fails is shown, from the script to the text. Each text is a snapshot.

Write the snapshots anew with `python -m tests.derive.test_shown`, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lemmata.derive import Theorem, collect
from lemmata.report import text

HERE = Path(__file__).parent
SNAPSHOTS = HERE / "snapshots"
SCRIPT = HERE / "scripts" / "normalization.py"
THEOREMS = {theorem.name: theorem for theorem in collect(SCRIPT)}


def shown(theorem: Theorem) -> str:
    """The block of a theorem, in which its file has no folder."""
    record = theorem.record()
    return text.block({**record, "file": SCRIPT.name}) + "\n"  # type: ignore[typeddict-item]


@pytest.mark.parametrize("name", THEOREMS)
def test_text_of_a_derivation_that_fails(name: str) -> None:
    assert shown(THEOREMS[name]) == (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")


def test_false_line_is_shown_with_what_it_differs_by_and_where_it_fails() -> None:
    lines = shown(THEOREMS["false_line"]).splitlines()
    assert lines[0].endswith("normalization.py:20, line 3 of 4")
    wrong = next(number for number, line in enumerate(lines) if line.startswith("   > "))
    assert "(I - u uᵀ/‖u‖)" in lines[wrong]
    assert lines[wrong].endswith("FALSE")
    assert lines[wrong + 1].startswith("   the two sides differ by  ")
    assert "n = 1" in lines[wrong + 2]
    assert "left [0]   right [-1/2]" in lines[wrong + 2]


def write_snapshots() -> None:
    """Take what is printed now as what is right."""
    for name, theorem in THEOREMS.items():
        (SNAPSHOTS / f"{name}.txt").write_text(shown(theorem), encoding="utf-8")


if __name__ == "__main__":
    write_snapshots()
