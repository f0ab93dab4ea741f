"""The terminal form. The text of each kind of failure is a snapshot.

Write the snapshots anew with `python -m tests.report.test_text`, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lemmata.report import ledger, text
from lemmata.report.ledger import text as ledger_text
from lemmata.report.record import Record
from tests.report import records

SNAPSHOTS = Path(__file__).parent / "snapshots"
KINDS = {
    "false_line": records.FALSE,
    "gap": records.GAP,
    "undecided": records.UNDECIDED,
    "invalid": records.INVALID,
    "wrong_base_case": records.WRONG_BASE,
    "does_not_follow": records.DOES_NOT_FOLLOW,
    "false_statement": records.NO_LINES,
    "function_differs": records.DIFFERS,
    "long_line": records.LONG_FALSE,
}


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_a_failure(kind: str) -> None:
    assert text.block(KINDS[kind]) + "\n" == (SNAPSHOTS / f"{kind}.txt").read_text(encoding="utf-8")


def test_one_line_a_theorem() -> None:
    shown = "\n".join([*map(text.summary, records.ALL), text.overview(records.ALL)]) + "\n"
    assert shown == (SNAPSHOTS / "summary.txt").read_text(encoding="utf-8")


def test_ledger() -> None:
    shown = ledger_text(ledger(records.ALL)) + "\n"
    assert shown == (SNAPSHOTS / "ledger.txt").read_text(encoding="utf-8")


def test_block_shows_the_line_before_and_none_of_the_good_ones_above_it() -> None:
    shown = text.block(records.FALSE)
    assert "by derivative" in shown
    assert "∇_u L(w)\n" not in shown


def test_details_are_said_once() -> None:
    assert text.block(records.FALSE).count("it fails already") == 1
    assert text.block(records.GAP).count("needs") == 1


@pytest.mark.parametrize("record", records.ALL)
def test_colours_change_no_letter(record: Record) -> None:
    def bracketed(said: str, outcome: str) -> str:
        return f"⟦{said}⟧"

    shown = text.block(record, bracketed)
    assert shown.replace("⟦", "").replace("⟧", "") == text.block(record)
    assert "\x1b[1;31mFALSE\x1b[0m" in text.block(records.FALSE, text.coloured)


@pytest.mark.parametrize(("letters", "columns"), [("∇_u L", 5), ("x\u0302", 1), ("", 0), ("定理", 4)])
def test_width_counts_columns(letters: str, columns: int) -> None:
    assert text.width(letters) == columns


def write_snapshots() -> None:
    """Take what is printed now as what is right."""
    for kind, record in KINDS.items():
        (SNAPSHOTS / f"{kind}.txt").write_text(text.block(record) + "\n", encoding="utf-8")
    lines = [*map(text.summary, records.ALL), text.overview(records.ALL)]
    (SNAPSHOTS / "summary.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (SNAPSHOTS / "ledger.txt").write_text(ledger_text(ledger(records.ALL)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_snapshots()
