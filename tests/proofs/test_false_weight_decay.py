"""False variants of the theorem on weight decay: each is refuted, at the smallest size."""

from __future__ import annotations

import pytest

from lemmata import calc, dims, field, grad, index, norm, scalars, total, vector
from lemmata.derive import Theorem
from lemmata.language.expr import Expr, Statement
from tests.proofs.claims import claim, derived, line_after_a_false_one_does_not_follow, outcomes
from tests.proofs.judged import judged

n, m, p, q = dims("n m p q")
η, γ = scalars("η γ")
θ = vector("θ", n)
L = field("L", n, order=1)
g = grad(L, θ)
step = θ - η * grad(L(θ) + γ * norm(θ) ** 2, θ)
right = θ - η * g - 2 * η * γ * θ

j = index("j", m)
x, y = vector("x", p, over=m), vector("y", q, over=m)
loss = field("ℓ", p, q, n, order=1)
losses = total(loss(x[j], y[j], θ), j)
gradients = grad(losses, θ)
penalised = total(loss(x[j], y[j], θ) + γ * norm(θ) ** 2, j)
batch_step = θ - η * grad(1 / m * penalised, θ)

WRONG_STATEMENTS = [
    pytest.param(step == θ - η * g + 2 * η * γ * θ, id="λ has the wrong sign"),
    pytest.param(step == θ - η * g - η * γ * θ, id="λ without the 2"),
    pytest.param(step == θ - η * g - 2 * γ * θ, id="λ without η"),
    pytest.param(step == θ - η * g - 2 * η * θ, id="λ without γ"),
    pytest.param(step == θ - η * g - 2 * η**2 * γ * θ, id="λ with η²"),
    pytest.param(step == θ + η * g - 2 * η * γ * θ, id="the gradient is added"),
    pytest.param(step == -η * g - 2 * η * γ * θ, id="θ itself is left out"),
    pytest.param(step == θ - η * g, id="no decay"),
    pytest.param(step == θ - η * g - 2 * η * γ * norm(θ) * θ, id="the decay grows with ‖θ‖"),
    pytest.param(step == (1 - 2 * η * γ) * (θ - η * g), id="the decay after the step"),
    pytest.param(step == θ - η * grad(L, (1 - 2 * η * γ) * θ) - 2 * η * γ * θ, id="decayed before ∇L"),
    pytest.param(θ - η * grad(L(θ) + γ * norm(θ), θ) == right, id="‖θ‖ for ‖θ‖²"),
    pytest.param(θ - η * grad(L(θ) + γ / 2 * norm(θ) ** 2, θ) == right, id="γ/2 for γ"),
    pytest.param(grad(norm(θ) ** 2, θ) == θ, id="the gradient of ‖θ‖² is θ"),
    pytest.param(grad(norm(θ) ** 2, θ) == -2 * θ, id="the gradient of ‖θ‖² is -2θ"),
    pytest.param(grad(norm(θ), θ) == θ, id="the gradient of ‖θ‖ is θ"),
]

#: statement on a mini-batch, and the smallest number m of examples for which it is wrong
WRONG_BATCHES = [
    pytest.param(batch_step == θ - η * gradients - 2 * η * γ * θ, 2, id="1/m is left out"),
    pytest.param(batch_step == θ - η / m**2 * gradients - 2 * η * γ * θ, 2, id="1/m twice"),
    pytest.param(batch_step == θ - η / m * gradients - 2 * η * γ / m * θ, 2, id="the decay divided by m"),
    pytest.param(batch_step == θ - η / m * gradients - 2 * η * γ * m * θ, 2, id="the decay times m"),
    pytest.param(batch_step == θ - η / m * gradients + 2 * η * γ * θ, 1, id="λ has the wrong sign"),
    pytest.param(batch_step == θ - η / m * gradients, 1, id="no decay"),
    pytest.param(
        θ - η * grad(penalised, θ) == θ - η * gradients - 2 * η * γ * θ, 2, id="m terms γ‖θ‖² counted once"
    ),
    pytest.param(
        θ - η * grad(1 / m * (losses + γ * norm(θ) ** 2), θ) == θ - η / m * gradients - 2 * η * γ * θ,
        2,
        id="one term γ‖θ‖² counted m times",
    ),
]

rough = field("L", n)

#: statement, and what it needs
GAPS = [
    pytest.param(grad(norm(θ), θ) == θ / norm(θ), ["θ ≠ 0"], id="‖θ‖ has no gradient at 0"),
    pytest.param(
        θ - η * grad(rough(θ) + γ * norm(θ) ** 2, θ) == θ - η * grad(rough, θ) - 2 * η * γ * θ,
        ["L differentiable"],
        id="L need not be differentiable",
    ),
]


@pytest.mark.parametrize("statement", WRONG_STATEMENTS)
def test_wrong_statement_is_refuted_for_one_number(statement: Statement) -> None:
    record = judged(claim(statement))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["dims"] == {"n": 1}
    assert record["counterexample"]["left"] != record["counterexample"]["right"]


@pytest.mark.parametrize(("statement", "examples"), WRONG_BATCHES)
def test_wrong_statement_on_a_batch_is_refuted(statement: Statement, examples: int) -> None:
    record = judged(claim(statement))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["dims"] == {"n": 1, "m": examples, "p": 1, "q": 1}


@pytest.mark.parametrize(("statement", "needs"), GAPS)
def test_condition_which_is_missing_is_named(statement: Statement, needs: list[str]) -> None:
    record = judged(claim(statement))
    assert (record["outcome"], record["evidence"]) == ("gap", None)
    assert [condition["text"] for condition in record["needs"]] == needs
    assert record["counterexample"] is None


def test_norm_is_not_cancelled_for_free() -> None:
    record = judged(claim(norm(θ) ** 2 / norm(θ) == norm(θ)))
    assert (record["outcome"], [need["text"] for need in record["needs"]]) == ("gap", ["θ ≠ 0"])
    assert record["counterexample"]["dims"] == {"n": 1}
    assert (record["counterexample"]["left"], record["counterexample"]["right"]) == ("undefined (1/0)", "0")


FALSE, TRUE = "refuted", "proved"


def chain(*lines: tuple[Expr, str]) -> Theorem:
    """The update with weight decay, by some lines."""
    derivation = calc(step)
    for line, by in lines:
        derivation = derivation.eq(line, by=by)
    return derived(step == right, derivation)


def with_line(line: Expr) -> Theorem:
    """The right derivation, with its second line replaced."""
    return chain(
        (θ - η * (g + grad(γ * norm(θ) ** 2, θ)), "derivative"), (line, "derivative"), (right, "algebra")
    )


#: the second line, the outcome of each line
WRONG_LINES = [
    pytest.param(θ - η * (g + γ * θ), [TRUE, FALSE, TRUE], id="the 2 is lost"),
    pytest.param(θ - η * (g - 2 * γ * θ), [TRUE, FALSE, TRUE], id="a sign is lost"),
    pytest.param(θ - η * (g + 2 * θ), [TRUE, FALSE, TRUE], id="γ is lost"),
    pytest.param(θ - η * g + 2 * γ * θ, [TRUE, FALSE, TRUE], id="a bracket is lost"),
    pytest.param(θ - η * (g + 2 * γ * norm(θ) * θ), [TRUE, FALSE, TRUE], id="‖θ‖θ for θ"),
    pytest.param(θ - (g + 2 * γ * θ), [TRUE, FALSE, TRUE], id="η is lost"),
    pytest.param(-η * (g + 2 * γ * θ), [TRUE, FALSE, TRUE], id="θ is lost"),
    pytest.param(θ - η * (grad(L, 2 * θ) + 2 * γ * θ), [TRUE, FALSE, TRUE], id="∇L at another point"),
]


@pytest.mark.parametrize(("line", "expected"), WRONG_LINES)
def test_wrong_line_is_named_and_the_others_are_still_checked(line: Expr, expected: list[str]) -> None:
    record = judged(with_line(line))
    assert outcomes(record) == expected
    assert line_after_a_false_one_does_not_follow(record)
    assert (record["outcome"], record["certificate"]) == ("undecided", None)
    assert record["reason"] == f"the line `{line}` is false"
    assert record["lines"][2]["counterexample"]["dims"] == {"n": 1}


def test_division_by_the_norm_needs_a_condition_only_where_it_is_made() -> None:
    detour = (θ - η * g - η * γ * 2 * norm(θ) * (θ / norm(θ)), "algebra")
    record = judged(chain((right, "derivative"), detour, (right, "algebra")))
    assert outcomes(record) == [TRUE, "gap", "gap"]
    assert [line["needs"] for line in record["lines"]][1] == []
    assert [need["text"] for need in record["lines"][2]["needs"]] == ["θ ≠ 0"]
    assert (record["outcome"], [need["text"] for need in record["needs"]]) == ("gap", ["θ ≠ 0"])
