"""False variants of the theorems on vanishing gradients: none is proved, each fails at a small size."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata import (
    always,
    calc,
    det,
    diag,
    disproof,
    eye,
    fro,
    jac,
    largest_eigenvalue,
    opnorm,
    recurrence,
    squeeze,
    tends,
)
from lemmata.derive import Theorem
from lemmata.language.expr import Statement
from proofs.vanishing import (
    A,
    B,
    D,
    H,
    J,
    U,
    W,
    b,
    bounded,
    h0,
    large,
    n,
    small,
    spectral_norm,
    submultiplicativity,
    t,
    x,
    γ,
    δ,
    σ,
)
from tests.proofs.claims import claim, derived, outcomes
from tests.proofs.judged import judged, point, sizes_and_times

λ = largest_eigenvalue
Given = list[Statement]
grown, slopes = opnorm(J[t]), diag(σ.derivative(H(h0)))
step = jac(W @ σ(H(h0)) + U @ x + b, h0)
before = jac(H(h0), h0)
twice = recurrence("J", (n, n), over=t, start=2 * eye(n), step=lambda J, t: W @ D[t] @ J[t - 1])
product = recurrence("p", over=t, start=1, step=lambda p, t: p[t - 1] * opnorm(W @ D[t]))

#: statement, hypotheses, sizes and times, left and right side, of question 1.2
FALSE_12 = [
    pytest.param(
        opnorm(W @ D[t]) <= δ,
        [bounded, λ(W.T @ W) <= δ / γ],
        {"n": 1, "t": 0},
        ("1/2", "1/3"),
        id="a step, with λ₁ <= δ/γ instead of δ²/γ²",
    ),
    pytest.param(
        grown <= δ**t,
        [bounded, λ(W.T @ W) <= δ / γ],
        {"n": 1, "t": 1},
        ("1", "1/2"),
        id="λ₁ <= δ/γ instead of δ²/γ²",
    ),
    pytest.param(
        opnorm(W @ D[t]) <= δ,
        [bounded, λ(W) <= δ / γ],
        {"n": 1, "t": 0},
        ("1", "0"),
        id="λ₁(W) instead of its singular value",
    ),
    pytest.param(
        step == slopes @ W @ before,
        [],
        {"n": 2, "m": 1},
        ("[[0, 2], [0, 0]]", "[[0, 0], [0, 0]]"),
        id="Dσ W for W Dσ",
    ),
    pytest.param(step == W @ before, [], {"n": 1, "m": 1}, ("[[0]]", "[[1]]"), id="without Dσ"),
    pytest.param(
        step == before @ W @ slopes,
        [],
        {"n": 2, "m": 1},
        ("[[0, 0], [1, 0]]", "[[0, 0], [0, 0]]"),
        id="the step before on the left",
    ),
    pytest.param(
        step == W.T @ slopes @ before,
        [],
        {"n": 2, "m": 1},
        ("[[0, 1], [0, 0]]", "[[0, 0], [0, 0]]"),
        id="Wᵀ for W",
    ),
    pytest.param(
        step == W @ diag(σ(H(h0))) @ before, [], {"n": 1, "m": 1}, ("[[1]]", "[[0]]"), id="σ for σ′"
    ),
    pytest.param(grown >= δ**t, [bounded, small], {"n": 1, "t": 1}, ("1", "0"), id=">= for <="),
    pytest.param(opnorm(W @ D[t]) < δ, [bounded, small], {"n": 1, "t": 0}, ("1", "1"), id="< for <="),
    pytest.param(opnorm(W @ D[t]) == δ, [bounded, small], {"n": 1, "t": 0}, ("0", "1"), id="= for <="),
    pytest.param(
        grown <= δ ** (t + 1), [bounded, small], {"n": 1, "t": 0}, ("1", "0"), id="one factor too many"
    ),
    pytest.param(opnorm(W @ D[t]) <= δ**2, [bounded, small], {"n": 1, "t": 3}, ("1/2", "1/4"), id="δ² for δ"),
    pytest.param(grown <= δ**t, [small], {"n": 1, "t": 1}, ("2", "1"), id="the slopes are not bounded"),
    pytest.param(
        grown <= δ**t,
        [opnorm(D[t]) <= γ, small],
        {"n": 1, "t": 2},
        ("2", "1"),
        id="the slopes are bounded at one time only",
    ),
    pytest.param(
        fro(W @ D[t]) <= δ,
        [bounded, small],
        {"n": 2, "t": 0},
        ("1.414213562 ± 3.74e-10", "1"),
        id="the Frobenius norm",
    ),
    pytest.param(opnorm(twice[t]) <= δ**t, [bounded, small], {"n": 1, "t": 0}, ("2", "1"), id="begun at 2I"),
    pytest.param(
        J[t] == 0, [bounded, small, δ < 1], {"n": 1, "t": 0}, ("[[1]]", "[[0]]"), id="vanishes at once"
    ),
    pytest.param(
        grown == product[t],
        [],
        {"n": 2, "t": 2},
        ("0", "12"),
        id="the norm of a product is the product of the norms",
    ),
    pytest.param(
        product[t] <= grown, [], {"n": 2, "t": 2}, ("12", "0"), id="the product of norms is below the norm"
    ),
    pytest.param(
        opnorm(A) * opnorm(B) <= opnorm(A @ B),
        [],
        {"n": 1, "m": 2, "k": 1},
        ("1", "0"),
        id="submultiplicativity, the other way",
    ),
    pytest.param(λ(A.T @ A) == opnorm(A), [], {"m": 1, "n": 1}, ("4", "2"), id="λ₁(AᵀA) = ‖A‖"),
    pytest.param(opnorm(W @ W) == opnorm(W) ** 2, [], {"n": 2}, ("0", "1"), id="‖W²‖ = ‖W‖²"),
    pytest.param(opnorm(W) <= det(W), [], {"n": 1}, ("1", "-1"), id="‖W‖ <= det W"),
]

#: the same of question 1.3
FALSE_13 = [
    pytest.param(δ**t < grown, [bounded, large], {"n": 1, "t": 0}, ("1", "1"), id="large is sufficient"),
    pytest.param(δ**t <= grown, [bounded, large], {"n": 1, "t": 1}, ("1", "0"), id="large, and no decay"),
    pytest.param(
        δ**t <= grown,
        [always(D[t] == eye(n), over=t), γ == 1, large],
        {"n": 2, "t": 2},
        ("1", "0"),
        id="sufficient for a linear unit",
    ),
    pytest.param(
        grown >= 1, [bounded, λ(W.T @ W) > 1], {"n": 1, "t": 1}, ("1", "0"), id="sufficient with λ₁ > 1"
    ),
    pytest.param(grown > 1, [bounded, large], {"n": 1, "t": 0}, ("1", "1"), id="explodes, as is printed"),
    pytest.param(
        δ <= opnorm(W @ D[t]), [bounded, large], {"n": 1, "t": 0}, ("1", "0"), id="each step stretches"
    ),
    pytest.param(
        δ / γ < λ(W.T @ W), [bounded, δ**t < grown], {"n": 1, "t": 1}, ("1/3", "1/4"), id="δ/γ is necessary"
    ),
    pytest.param(
        δ**2 / γ**2 < λ(W.T @ W),
        [bounded, δ**t <= grown],
        {"n": 1, "t": 0},
        ("0", "0"),
        id="necessary where it may only stay",
    ),
    pytest.param(
        λ(W.T @ W) > 1, [bounded, grown > 1], {"n": 1, "t": 1}, ("1", "1"), id="λ₁ > 1 is necessary for any γ"
    ),
    pytest.param(
        δ / γ < λ(W), [bounded, δ**t < grown], {"n": 1, "t": 1}, ("0", "-1"), id="an eigenvalue of W"
    ),
    pytest.param(
        δ**2 / γ**2 < λ(W.T @ W),
        [δ**t < grown],
        {"n": 1, "t": 1},
        ("1", "1"),
        id="necessary without a bound on the slopes",
    ),
    pytest.param(
        δ**2 / γ**2 < λ(W.T @ W),
        [bounded, δ < grown],
        {"n": 1, "t": 0},
        ("0", "0"),
        id="necessary for more than δ",
    ),
    pytest.param(opnorm(D[t]) >= γ, [bounded], {"n": 1, "t": 0}, ("1", "0"), id="slopes reach their bound"),
    pytest.param(
        small,
        [bounded, δ < 1, grown <= δ**t],
        {"n": 1, "t": 0},
        ("1", "0"),
        id="small weights are necessary to vanish",
    ),
]


@pytest.mark.parametrize(("statement", "given", "sizes", "sides"), FALSE_12 + FALSE_13)
def test_false_variant_is_refuted_at_the_smallest_size(
    statement: Statement, given: Given, sizes: dict[str, int], sides: tuple[str, str] | None
) -> None:
    record = judged(claim(statement, given))
    assert (record["outcome"], record["certificate"]) == ("refuted", None)
    left, right = point(record)[2]
    assert sizes_and_times(record) == {name: size for name, size in sizes.items() if name[-1] not in "*′"}
    assert (left, right) == sides if sides else left != right


def refuted_limit(statement: Statement, given: Given) -> dict[str, Any]:
    def claimed() -> None:
        """A limit which is claimed to be false."""

    return disproof(statement, given=given)(claimed).record()


def squeezed(statement: Statement, given: Given) -> Theorem:
    """The proof of the theorem, with other hypotheses or another limit."""
    below, above = calc(0).le(statement.left, by="algebra"), calc(statement.left).le(δ**t)
    return derived(statement, squeeze(over=t, below=below, above=above), given)


#: statement, hypotheses, the values at the smallest counterexample and the value which comes again
FALSE_LIMITS = [
    pytest.param(
        tends(grown, 0, over=t), [bounded, small], {"W": "[[1]]", "D[0], D[1], …": "[[1]]"}, "1", id="any δ"
    ),
    pytest.param(
        tends(grown, 0, over=t),
        [bounded, small, δ <= 1],
        {"W": "[[1]]", "D[0], D[1], …": "[[1]]"},
        "1",
        id="δ = 1",
    ),
    pytest.param(
        tends(grown, 0, over=t),
        [bounded, λ(W) <= δ**2 / γ**2, δ < 1],
        {"W": "[[-1]]", "D[0], D[1], …": "[[1]]"},
        "1",
        id="λ₁(W) instead of its singular value",
    ),
    pytest.param(
        tends(grown, 1, over=t),
        [bounded, small, δ < 1],
        {"W": "[[0]]", "D[0], D[1], …": "[[0]]"},
        "0",
        id="tends to 1",
    ),
    pytest.param(
        tends(grown, δ, over=t), [bounded, small, δ < 1], {"W": "[[0]]", "δ": "1/2"}, "0", id="tends to δ"
    ),
    pytest.param(
        tends(opnorm(D[t]), 0, over=t),
        [bounded, small, δ < 1],
        {"D[0], D[1], …": "[[1]]"},
        "1",
        id="the slopes vanish",
    ),
    pytest.param(
        tends(grown, 0, over=t),
        [bounded, large],
        {"W": "[[1]]", "D[0], D[1], …": "[[1]]"},
        "1",
        id="large weights for small ones",
    ),
    pytest.param(
        tends(grown, 0, over=t),
        [bounded, δ < 1],
        {"W": "[[1]]", "D[0], D[1], …": "[[1]]"},
        "1",
        id="any weights",
    ),
]


@pytest.mark.parametrize(("statement", "given", "values", "again"), FALSE_LIMITS)
def test_false_limit_is_refuted_in_one_dimension_and_not_proved_by_squeezing(
    statement: Statement, given: Given, values: dict[str, str], again: str
) -> None:
    record = refuted_limit(statement, given)
    sizes, found, (left, _) = point(record)
    assert (record["outcome"], sizes["n"], left) == ("disproved", 1, again)
    assert values.items() <= found.items()
    assert judged(squeezed(statement, given))["outcome"] == "refuted"


@pytest.mark.parametrize(
    ("given", "outcome"),
    [([bounded, λ(W.T @ W) <= δ / γ, δ < 1], "undecided"), ([small, δ < 1], "refuted")],
    ids=["λ₁ <= δ/γ", "the slopes are not bounded"],
)
def test_limit_which_is_squeezed_by_a_false_line_is_not_proved(given: Given, outcome: str) -> None:
    record = judged(squeezed(tends(grown, 0, over=t), given))
    assert (record["outcome"], record["certificate"]) == (outcome, None)
    assert "refuted" in outcomes(record)


#: lines which misuse what may be cited: the left side, the right side, and the reason
MISUSED = [
    pytest.param(
        opnorm(W) * opnorm(D[t]),
        opnorm(W @ D[t]),
        submultiplicativity.at(A=W, B=D[t]),
        id="the axiom, the other way",
    ),
    pytest.param(
        opnorm(D[t] @ W),
        opnorm(W) * opnorm(D[t]) / 2,
        submultiplicativity.at(A=D[t], B=W),
        id="the axiom, with a factor",
    ),
    pytest.param(
        opnorm(W + D[t]),
        opnorm(W) * opnorm(D[t]),
        submultiplicativity.at(A=W, B=D[t]),
        id="a sum for a product",
    ),
    pytest.param(opnorm(W), λ(W), spectral_norm.at(A=W), id="λ₁(W) for λ₁(WᵀW)"),
    pytest.param(opnorm(W), λ(W.T @ W), spectral_norm.at(A=W), id="without the root"),
    pytest.param(opnorm(W.T @ W), opnorm(W), spectral_norm.at(A=W), id="‖WᵀW‖ for ‖W‖"),
]


@pytest.mark.parametrize(("left", "right", "by"), MISUSED)
def test_axiom_does_not_give_more_than_it_says(left: Any, right: Any, by: Any) -> None:
    record = judged(derived(left <= right, calc(left).le(right, by=by)))
    assert (record["outcome"], record["evidence"], record["certificate"]) == ("refuted", None, None)
    assert max(size for name, size in record["counterexample"]["dims"].items() if name == "n") <= 2


def test_true_statement_is_not_cited_to_an_axiom_which_does_not_give_it() -> None:
    """‖Wᵀ‖ = ‖W‖ is true; submultiplicativity does not say so."""
    record = judged(
        derived(
            opnorm(W.T) == opnorm(W), calc(opnorm(W.T)).eq(opnorm(W), by=submultiplicativity.at(A=W, B=W))
        )
    )
    assert (record["outcome"], record["counterexample"]) == ("undecided", None)
