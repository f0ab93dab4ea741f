"""A text is measured before any work is done with it: hostile ones are refused at once, with the place."""

from __future__ import annotations

import pytest

from lemmata.language.errors import Unreadable
from lemmata.language.text.declared import declare
from lemmata.language.text.forms import FORMS
from lemmata.language.text.reading import read
from lemmata.language.text.scan import LARGEST_COUNT, LARGEST_DEPTH, LARGEST_DIGITS, LARGEST_TEXT, scan

#: text, what the message says, the characters to blame
REFUSED = (
    ("", "empty", (0, 0)),
    ("x == 1; y", "';' has no meaning", (6, 7)),
    ("x = 1", "write == for an equation", (2, 3)),
    ("x^2 == 1", r"write \*\* for a power", (1, 2)),
    ("x² == 1", r"\*\* for a power", (1, 2)),
    ("xᵀ == x", "write .T", (1, 2)),
    ("2x == 1", "followed by x", (1, 2)),
    ("0x10 == 16", "followed by x10", (1, 4)),
    ("1j == 1", "followed by j", (1, 2)),
    ("lambda == 1", "cannot be a name", (0, 6)),
    ("(x == 1", "not closed", (0, 1)),
    ("x) == 1", "no bracket is open", (1, 2)),
    ("(x] == 1", "no bracket is open", (2, 3)),
    ("x == " + "-" * 9 + "1", "signs follow", None),
    ("1" * (LARGEST_DIGITS + 1) + " == 1", "digits", (0, LARGEST_DIGITS + 1)),
    ("1e999 == 1", "digits", (0, 5)),
    ("1e" + "9" * 9999 + " == 1", "digits", None),
    ("(" * (LARGEST_DEPTH + 1) + "x" + ")" * (LARGEST_DEPTH + 1), "nested", None),
    ("(" * 1_000_000, "characters", None),
    ("x " * LARGEST_TEXT, "characters", None),
    ("x+" * LARGEST_COUNT + "x", "words", None),
    ("\x00 == 1", "no meaning", (0, 1)),
    ("x == 1 # comment", "'#' has no meaning", (7, 8)),
    ("'abc' == x", "no meaning", None),
)


@pytest.mark.parametrize(("text", "message", "at"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_too_large_or_strange_is_refused_with_its_place(
    text: str, message: str, at: tuple[int, int] | None
) -> None:
    with pytest.raises(Unreadable, match=message) as raised:
        scan(text)
    assert at is None or raised.value.at == at


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("9**9**9 == 1", "exponent is at most 1000"),
        ("x**1001 == 1", "exponent is at most 1000"),
        ("99**600 == 1", "at most 1000 digits"),
        ("((x**100)**100) == 1", "powers of powers"),
        ("((x**100 + 1)**100) == 1", "powers of powers"),
        ("x**(9**9) == 1", "exponent is at most 1000"),
        ("x**(999 + 999) == 1", "exponent is at most 1000"),
        ("x**-1001 == 1", "exponent is at most 1000"),
        ("+".join(["x"] * 400) + " == 1", "nested more than"),
        ("x" + "**x" * 300 + " == 1", "nested"),
    ],
)
def test_powers_and_nesting_are_bounded_before_anything_is_worked_out(text: str, message: str) -> None:
    names = declare({"x": ((), ())}, FORMS)
    with pytest.raises(Unreadable, match=message):
        read(text, names, FORMS)


def test_decimals_are_exact_rationals() -> None:
    names = declare({"x": ((), ())}, FORMS)
    (statement,) = read("x == 0.1 + 2.5e-1", names, FORMS).claimed
    assert str(statement) == "x = 1/10 + 1/4"
