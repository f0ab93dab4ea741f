"""Finding the theorems of a proof script."""

from __future__ import annotations

from pathlib import Path

import pytest

from lemmata.derive import DerivationError, collect, theorem

LEMMAS = '''
from lemmata import calc, scalars, theorem
a, b = scalars("a b")

@theorem((a + b) ** 2 == a**2 + 2 * a * b + b**2, source="Euclid")
def square():
    """The square of a sum.

    In the words of Euclid, II.4.
    """
    return calc((a + b) ** 2).eq(a**2 + 2 * a * b + b**2, by="expanding")

@theorem(a + b == b + a)
def again():
    return calc(a + b).eq(b + a, by="algebra")
'''

USER = """
from lemmata import calc, theorem
from lemmas_of_collect import a, again, b, square

another_name = square

@theorem((a + b) ** 2 - 2 * a * b == a**2 + b**2)
def difference(goal):
    return calc(goal.left).eq(goal.right, by=square)
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    (tmp_path / "lemmas_of_collect.py").write_text(LEMMAS, encoding="utf-8")
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    return tmp_path


def test_theorems_come_in_the_order_of_the_script(scripts: Path) -> None:
    found = collect(scripts / "lemmas_of_collect.py")
    assert [(one.name, one.line) for one in found] == [("square", 5), ("again", 13)]


def test_theorem_has_the_title_the_description_and_the_source_that_were_given(scripts: Path) -> None:
    square, again = collect(scripts / "lemmas_of_collect.py")
    assert (square.title, square.source) == ("The square of a sum.", "Euclid")
    assert square.description == "In the words of Euclid, II.4."
    assert (again.title, again.description, again.source) == ("", "", "")


def test_imported_theorem_belongs_to_its_own_script(scripts: Path) -> None:
    (one,) = collect(scripts / "user.py")
    assert one.name == "difference"
    assert (one.record()["outcome"], one.record()["rests_on"]) == ("proved", ["square"])


def test_error_of_a_script_is_passed_on(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("1 / 0\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        collect(tmp_path / "broken.py")


@pytest.mark.parametrize("statement", [1, "a = b", True])
def test_theorem_needs_a_statement(statement: object) -> None:
    with pytest.raises(DerivationError, match="needs a statement such as `a == b`"):
        theorem(statement)  # type: ignore[arg-type]


def test_hypothesis_is_a_statement(scripts: Path) -> None:
    (one, _) = collect(scripts / "lemmas_of_collect.py")
    with pytest.raises(DerivationError, match=r"given=True: a hypothesis is a statement"):
        theorem(one.statement, given=[True])  # type: ignore[list-item]


def test_theorem_that_returns_no_derivation_is_refused(scripts: Path) -> None:
    (one, _) = collect(scripts / "lemmas_of_collect.py")
    with pytest.raises(DerivationError, match="nothing returns None; needs calc"):

        @theorem(one.statement)
        def nothing() -> None:
            """No derivation."""
