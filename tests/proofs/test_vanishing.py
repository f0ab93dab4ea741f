"""Gradients vanish where the weights are small: what is proved, on which axioms, and what is disproved."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike

from lemmata.cli import main
from lemmata.derive import Theorem
from lemmata.derive.axiom import Axiom
from lemmata.derive.disproof import Disproof
from proofs import vanishing
from tests.proofs.judged import judged, point

SUBMULTIPLICATIVITY, SPECTRAL, IDENTITY = "submultiplicativity", "spectral_norm", "norm_of_identity"

#: theorem, and the axioms it rests on, itself or through its lemmas
CITED = [
    (vanishing.norm_of_a_step, {SUBMULTIPLICATIVITY, SPECTRAL}),
    (vanishing.norm_of_jacobian, {SUBMULTIPLICATIVITY, SPECTRAL, IDENTITY}),
    (vanishing.bound_of_jacobian, {SUBMULTIPLICATIVITY, IDENTITY}),
    (vanishing.vanishing_gradient, {SUBMULTIPLICATIVITY, SPECTRAL, IDENTITY}),
    (vanishing.large_weights_are_necessary, {SUBMULTIPLICATIVITY, SPECTRAL, IDENTITY}),
]


def test_a_step_of_the_jacobian_needs_no_axiom() -> None:
    record = judged(vanishing.jacobian_of_a_step)
    assert (record["outcome"], record["evidence"], record["axioms"]) == ("proved", "exact", [])


@pytest.mark.parametrize(("theorem", "axioms"), CITED, ids=lambda x: getattr(x, "name", ""))
def test_what_rests_on_axioms_is_cited_and_names_each_with_its_source(
    theorem: Theorem, axioms: set[str]
) -> None:
    record = judged(theorem)
    assert (record["outcome"], record["evidence"]) == ("proved", "cited")
    assert {axiom["name"] for axiom in record["axioms"]} == axioms
    assert all(axiom["source"].startswith("Horn and Johnson (2013)") for axiom in record["axioms"])


@pytest.mark.parametrize(
    ("theorem", "function"),
    [
        (vanishing.jacobian_of_a_step, "numerics.recurrent.jacobian"),
        (vanishing.norm_of_jacobian, "numerics.recurrent.jacobian"),
        (vanishing.bound_of_jacobian, "numerics.recurrent.jacobian_bound"),
    ],
    ids=lambda x: getattr(x, "name", ""),
)
def test_what_is_computed_agrees_with_the_theorem(theorem: Theorem, function: str) -> None:
    (compared,) = judged(theorem)["counterparts"]
    assert (compared["function"], compared["agrees"]) == (function, True)
    assert compared["instances"] >= 10


def test_the_gradient_vanishes_under_the_hypotheses_of_the_question() -> None:
    record = judged(vanishing.vanishing_gradient)
    assert record["statement"]["text"] == "‖J[t]‖ → 0 as t → ∞"
    assert [given["text"] for given in record["hypotheses"]] == [
        "‖D[t]‖ ≤ γ for all t",
        "λ₁(Wᵀ W) ≤ δ²/γ²",
        "δ < 1",
    ]


#: disproof, sizes and times, values, left and right side of the smallest counterexample
DISPROVED: list[tuple[Disproof, dict[str, int], dict[str, str], tuple[str, str]]] = [
    (
        vanishing.vanishing_needs_less_than_one,
        {"n": 1, "t": 8},
        {"W": "[[1]]", "D[0], D[1], …": "[[1]]", "γ": "1", "δ": "1"},
        ("1", "0"),
    ),
    (
        vanishing.large_weights_are_not_sufficient,
        {"n": 1, "t": 1},
        {"δ": "1", "W": "[[2]]", "D[0], D[1], …": "[[0]]", "γ": "1"},
        ("1", "0"),
    ),
    (
        vanishing.large_weights_are_not_sufficient_for_a_linear_unit,
        {"n": 2, "t": 2},
        {"δ": "1", "W": "[[0, 2], [0, 0]]"},
        ("1", "0"),
    ),
]


@pytest.mark.parametrize(
    ("disproof", "sizes", "values", "sides"), DISPROVED, ids=lambda x: getattr(x, "name", "")
)
def test_disproof_shows_the_smallest_counterexample(
    disproof: Disproof, sizes: dict[str, int], values: dict[str, str], sides: tuple[str, str]
) -> None:
    record = judged(disproof)
    assert (record["outcome"], record["evidence"], record["certificate"]) == ("disproved", "certified", None)
    assert point(record) == (sizes, values, sides)


def test_a_counterexample_to_a_limit_says_that_its_values_come_again() -> None:
    found = judged(vanishing.vanishing_needs_less_than_one)["counterexample"]
    assert found["note"] == "the values repeat themselves from there on"


@pytest.mark.parametrize("name", [SUBMULTIPLICATIVITY, SPECTRAL, IDENTITY])
def test_axiom_is_attacked_and_survives(name: str) -> None:
    axiom: Axiom = getattr(vanishing, name)
    certificate = axiom.proved_certificate()
    assert (certificate.proof, certificate.axiom) == ((), axiom.source)


class Line:
    """What a curve gives back."""

    def get_color(self) -> str:
        return "black"


class Axes:
    """What a figure draws on; the curves are kept."""

    def __init__(self) -> None:
        self.curves: list[np.ndarray] = []
        self.names: list[str] = []

    def semilogy(self, values: ArrayLike) -> tuple[Line]:
        self.curves.append(np.asarray(values))
        return (Line(),)

    def annotate(self, name: str, *place: object, **style: object) -> None:
        self.names.append(name)

    def set(self, **what: object) -> None:
        assert what["xlabel"] == "number of steps T"


def test_each_bound_drawn_is_at_least_the_next_one_down_to_the_norm() -> None:
    axes = Axes()
    vanishing.jacobian_under_its_bounds.draw(axes)
    assert len(axes.curves) == len(axes.names) == 4
    for above, below in pairwise(axes.curves):
        assert (below <= above * (1 + 1e-12)).all()
        assert below[-1] < above[-1]


SCRIPT = vanishing.__file__


def test_ledger_allows_the_axioms_of_the_project_and_no_other(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = tmp_path / "pyproject.toml"
    every = [IDENTITY, SPECTRAL, SUBMULTIPLICATIVITY]
    settings.write_text(f"[tool.lemmata]\naxioms = {every!r}\n")
    assert main(["ledger", SCRIPT]) == 0
    assert capsys.readouterr().err == ""
    for missing in every:
        settings.write_text(f"[tool.lemmata]\naxioms = {[name for name in every if name != missing]!r}\n")
        assert main(["ledger", SCRIPT]) == 1
        assert f"the axiom {missing} is not allowed" in capsys.readouterr().err


def test_ledger_of_this_project_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What pyproject.toml allows is what the theorems cite."""
    monkeypatch.chdir(Path(SCRIPT).parent.parent)
    assert main(["ledger", SCRIPT]) == 0
