"""Viterbi decoding finds a most likely sequence: proved by the rules of the kernel alone."""

from __future__ import annotations

import pytest

from lemmata.derive import Theorem
from lemmata.derive.disproof import Disproof
from proofs import viterbi
from tests.proofs.judged import judged, point

#: theorem, statement, hypotheses
PROVED: list[tuple[Theorem, str, list[str]]] = [
    (viterbi.largest_probabilities, "max_s max_i p[s,i] P[i,j] = max_i P[i,j] δ[i]", []),
    (viterbi.first_probabilities, "P[BOS,j] = max_i P[i,j] I[i,BOS]", []),
    (viterbi.last_word, "δ[j] ≤ δ[j*]", ["p[s,j] ≤ p[s*,j*]"]),
    (
        viterbi.word_before,
        "P[i,k*] δ[i] ≤ P[i*,k*] δ[i*]",
        ["p[s,i] P[i,k] q[k,r] ≤ p[s*,i*] P[i*,k*] q[k*,r*]", "q[k*,r*] > 0"],
    ),
    (viterbi.invariant, "ρ[t] ≤ Δ[t][w[t]]", []),
    (
        viterbi.back_pointers,
        "ρ*[t] = Δ[t][w*[t]]",
        ["P[i,w*[t]] Δ[t-1][i] ≤ P[w*[t-1],w*[t]] Δ[t-1][w*[t-1]] for all t"],
    ),
    (
        viterbi.viterbi_finds_a_maximiser,
        "ρ[t] ≤ ρ*[t]",
        [
            "P[i,w*[t]] Δ[t-1][i] ≤ P[w*[t-1],w*[t]] Δ[t-1][w*[t-1]] for all t",
            "Δ[t][j] ≤ Δ[t][w*[t]]",
        ],
    ),
    (viterbi.largest_of_all, "ρ[t] ≤ max_j Δ[t][j]", []),
]


@pytest.mark.parametrize(("theorem", "statement", "given"), PROVED, ids=lambda x: getattr(x, "name", ""))
def test_theorem_says_what_the_question_asks_and_rests_on_no_axiom(
    theorem: Theorem, statement: str, given: list[str]
) -> None:
    record = judged(theorem)
    assert (record["outcome"], record["evidence"], record["axioms"]) == ("proved", "exact", [])
    assert record["statement"]["text"] == statement
    assert [hypothesis["text"] for hypothesis in record["hypotheses"]] == given


def test_the_algorithm_agrees_with_the_theorem_on_the_largest_probability() -> None:
    (compared,) = judged(viterbi.largest_of_all)["counterparts"]
    assert compared["agrees"] and compared["instances"] >= 10


#: disproof, sizes and chosen words, values, left and right side of the smallest counterexample
DISPROVED: list[tuple[Disproof, dict[str, int], dict[str, str], tuple[str, str]]] = [
    (
        viterbi.word_before_is_not_unique,
        {"N": 2, "S": 1, "R": 1, "i′": 2, "k*": 1, "i*": 1, "s*": 1, "r*": 1},
        {"P": "[[1, 0], [1, 0]]", "p": "[[1, 1]]", "q": "[[1], [0]]"},
        ("1", "1"),
    ),
    (
        viterbi.a_model_that_is_not_markov,
        {"S": 2, "N": 1, "s*": 1},
        {"p": "[[1], [1]]", "c": "[[0], [1]]"},
        ("[[0, 1]]", "[[0, 0]]"),
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
