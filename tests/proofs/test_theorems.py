"""Every theorem of `proofs/` is proved for every dimension, by the kernel alone or on axioms it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lemmata.derive import Disproof, Theorem, collect
from lemmata.kernel import verify_text
from proofs import normalization, recurrent, weight_decay
from tests.proofs.judged import judged, text_of_certificate

FOLDER = Path(normalization.__file__).parent
SCRIPTS = sorted(FOLDER.glob("[!_]*.py"))
STATED = [stated for script in SCRIPTS for stated in collect(script)]
THEOREMS = [pytest.param(stated, id=stated.name) for stated in STATED if isinstance(stated, Theorem)]
DISPROOFS = [pytest.param(stated, id=stated.name) for stated in STATED if isinstance(stated, Disproof)]
#: The theorems that rest on axioms, and on which.
ON_AXIOMS = {
    "norm_of_a_step": {"submultiplicativity", "spectral_norm"},
    "norm_of_jacobian": {"submultiplicativity", "spectral_norm", "norm_of_identity"},
    "bound_of_jacobian": {"submultiplicativity", "norm_of_identity"},
    "vanishing_gradient": {"submultiplicativity", "spectral_norm", "norm_of_identity"},
    "large_weights_are_necessary": {"submultiplicativity", "spectral_norm", "norm_of_identity"},
}

#: theorem, statement, hypotheses, sizes it is stated for
MAIN: list[tuple[Theorem, str, list[str], str]] = [
    (recurrent.activation_placement, "g[t] = σ(h[t])", [], "n, m ∈ ℕ, ≥ 1"),
    (
        weight_decay.weight_decay_is_l2_regularization,
        "θ - η ∇_θ (L(θ) + γ ‖θ‖²) = θ - η ∇_θ L + λ θ",
        [],
        "n ∈ ℕ, ≥ 1",
    ),
    (
        normalization.batch_normalization_of_whitened_data,
        "γ (y - μ_y)/σ_y + β = wᵀ x + β",
        ["u ≠ 0", "E[x] = 0", "Var(x) = I"],
        "n ∈ ℕ, ≥ 1",
    ),
    (
        normalization.weight_norm_gradient,
        "∇_u L(w) = γ/‖u‖ W⊥ ∇_w L",
        ["u ≠ 0"],
        "n ∈ ℕ, ≥ 1",
    ),
]


@pytest.mark.parametrize("theorem", THEOREMS)
def test_theorem_is_proved_without_a_condition_left(theorem: Theorem) -> None:
    record = judged(theorem)
    axioms = ON_AXIOMS.get(theorem.name, set())
    evidence = "cited" if axioms else "exact"
    assert (record["outcome"], record["evidence"], record["needs"]) == ("proved", evidence, [])
    assert {axiom["name"] for axiom in record["axioms"]} == axioms
    assert [line["outcome"] for line in record["lines"] if line["relation"]] == ["proved"] * steps(record)
    assert all(line["follows"] is not False for line in record["lines"])


@pytest.mark.parametrize("theorem", THEOREMS)
def test_theorem_agrees_with_exact_values_at_small_sizes(theorem: Theorem) -> None:
    record = judged(theorem)
    assert record["cross_check"]["agrees"]
    assert record["cross_check"]["instances"] >= 5
    assert record["counterexample"] is None


@pytest.mark.parametrize("stated", DISPROOFS)
def test_what_is_claimed_to_be_false_has_a_small_counterexample(stated: Disproof) -> None:
    record = stated.record()
    assert (record["outcome"], record["evidence"]) == ("disproved", "certified")
    sizes = dict(record["counterexample"]["dims"])
    if stated.statement.relation == "->":  # it says from when on the values come again
        sizes.pop("t")
    assert all(size <= 2 for size in sizes.values())


@pytest.mark.parametrize("theorem", THEOREMS)
def test_theorem_is_kept_from_one_run_to_the_next(theorem: Theorem) -> None:
    assert theorem.kept(judged(theorem)) is not None


@pytest.mark.parametrize("theorem", THEOREMS)
def test_certificate_is_accepted_by_the_kernel_alone(theorem: Theorem) -> None:
    verdict = verify_text(text_of_certificate(theorem))
    assert (verdict.outcome, verdict.missing) == ("proved", ())


@pytest.mark.parametrize(
    ("theorem", "statement", "given", "sizes"), MAIN, ids=lambda x: getattr(x, "name", "")
)
def test_result_says_what_the_question_asks(
    theorem: Theorem, statement: str, given: list[str], sizes: str
) -> None:
    record = judged(theorem)
    assert record["statement"]["text"] == statement
    assert [hypothesis["text"] for hypothesis in record["hypotheses"]] == given
    assert sizes in [declared["text"] for declared in record["declarations"]]


def test_factor_of_weight_decay_is_derived() -> None:
    assert str(weight_decay.λ.data.all.statement.right) == "-2 γ η"
    assert str(weight_decay.decay.data.all.statement.right) == "2 γ η"


def steps(record: dict[str, Any]) -> int:
    return sum(bool(line["relation"]) for line in record["lines"])
