"""Axioms are cited and attacked; disproofs need a counterexample."""

from __future__ import annotations

from pathlib import Path

import pytest

from lemmata import axiom, calc, dims, disproof, matrix, opnorm, scalar, theorem
from lemmata.cli import main
from lemmata.derive import Theorem
from lemmata.derive.errors import DerivationError, Disagreement
from lemmata.language.expr import Statement

n, m = dims("n m")
A, B = matrix("A", n, m), matrix("B", n, m)
a = scalar("a")


@axiom(opnorm(A + B) <= opnorm(A) + opnorm(B), source="Horn and Johnson (2013), Definition 5.6.1")
def triangle() -> None:
    """The triangle inequality."""


@axiom(opnorm(A + B) == opnorm(A) + opnorm(B), source="nobody")
def additive() -> None:
    """Nobody says so."""


def citing(reason: object, statement: Statement) -> Theorem:
    @theorem(statement)
    def cited() -> object:
        """A theorem that cites."""
        return calc(statement.left).le(statement.right, by=reason)

    return cited


def test_what_rests_on_an_axiom_is_cited_and_says_on_which() -> None:
    record = citing(triangle, opnorm(A + B) <= opnorm(A) + opnorm(B)).record()
    assert (record["outcome"], record["evidence"]) == ("proved", "cited")
    assert record["axioms"] == [{"name": "triangle", "source": "Horn and Johnson (2013), Definition 5.6.1"}]
    assert [line["evidence"] for line in record["lines"] if line["relation"]] == ["cited"]


def test_a_theorem_that_cites_one_that_cites_is_cited_too() -> None:
    first = citing(triangle, opnorm(A + B) <= opnorm(A) + opnorm(B))
    record = citing(first, opnorm(A + B) <= opnorm(A) + opnorm(B)).record()
    assert record["evidence"] == "cited"
    assert [found["name"] for found in record["axioms"]] == ["triangle"]


def test_an_axiom_which_is_named_is_cited_needed_or_not() -> None:
    record = citing([triangle, "algebra"], opnorm(A) <= opnorm(A) + 1).record()
    assert (record["outcome"], record["evidence"]) == ("proved", "cited")
    assert [found["name"] for found in record["axioms"]] == ["triangle"]


def test_a_false_axiom_stops_the_run_with_the_point_at_which_it_fails() -> None:
    with pytest.raises(Disagreement) as raised:
        citing(additive, opnorm(A + B) <= opnorm(A) + opnorm(B)).record()
    said = "the axiom additive, ‖A + B‖ = ‖A‖ + ‖B‖, is false at n = 1, m = 1, A = "
    assert str(raised.value).startswith(said)


@pytest.mark.parametrize("source", ["", "  "])
def test_an_axiom_needs_its_source(source: str) -> None:
    with pytest.raises(DerivationError, match="needs its source: author, year and place"):
        axiom(a == a, source=source)


def test_only_a_statement_is_declared() -> None:
    with pytest.raises(DerivationError, match=r"axiom\(a\): needs a statement such as `a == b`"):
        axiom(a, source="x")  # type: ignore[arg-type]
    with pytest.raises(DerivationError, match="given=3: a hypothesis is a statement"):
        axiom(a == a, source="x", given=[3])  # type: ignore[list-item]
    with pytest.raises(DerivationError, match="given=3: a hypothesis is a statement"):
        disproof(a == a, given=[3])  # type: ignore[list-item]
    with pytest.raises(DerivationError, match=r"disproof\(a\): needs a statement such as `a == b`"):
        disproof(a)  # type: ignore[arg-type]


def disproved(statement: Statement, *given: Statement) -> dict[str, object]:
    def found() -> None:
        """It is false."""

    return disproof(statement, given=given)(found).record()


def test_a_false_statement_is_disproved_by_certain_values() -> None:
    record = disproved(a**2 >= a)
    assert (record["outcome"], record["evidence"], record["certificate"]) == ("disproved", "certified", None)


@pytest.mark.parametrize(
    ("statement", "given"),
    [(a**2 >= 0, ()), (opnorm(A) >= 0, ()), (a <= 1, (a <= 1,))],
    ids=["a² >= 0", "‖A‖ >= 0", "what is given"],
)
def test_a_true_statement_is_not_disproved(statement: Statement, given: tuple[Statement, ...]) -> None:
    record = disproved(statement, *given)
    assert (record["outcome"], record["evidence"], record["counterexample"]) == ("undecided", None, None)
    assert record["reason"] == "no counterexample was found"


def test_a_value_that_does_not_exist_is_no_disproof() -> None:
    """1/a = 1/a has no value at a = 0; it is false nowhere."""
    record = disproved(1 / a == 1 / a)
    assert (record["outcome"], record["evidence"]) == ("undecided", None)


def test_a_disproof_has_no_certificate() -> None:
    def found() -> None:
        """It is false."""

    with pytest.raises(DerivationError, match="a disproof has a counterexample and no certificate"):
        disproof(a**2 >= a)(found).certificate()


SCRIPT = """
from lemmata import disproof, scalar
a = scalar("a")
@disproof(a**2 >= {right})
def smaller():
    "A square may be smaller."
"""


@pytest.mark.parametrize(("right", "code", "word"), [("a", 0, "disproved"), ("0", 1, "NOT SHOWN")])
def test_the_check_fails_where_a_disproof_has_no_counterexample(
    right: str, code: int, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "squares.py"
    script.write_text(SCRIPT.format(right=right), encoding="utf-8")
    assert main(["check", str(script)]) == code
    assert word in capsys.readouterr().out
