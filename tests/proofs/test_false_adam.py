"""False variants of what is proved of Adam: of the line that changes, of the rates, of the comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pytest

from lemmata import diff, dims, field, grad, had_div, index, norm, ones, scalars, sqrt, vector
from lemmata.language.errors import ShapeError
from lemmata.language.expr import Expr, Statement
from proofs import adam, adam_decay, adam_rates
from tests.proofs.claims import claim
from tests.proofs.judged import judged

n = adam.n
θ, L, γ, ε, δ = adam.θ, adam.L, adam.γ, adam.ε, adam.δ
g = grad(L, θ)
reg = adam.of_regularised(θ)
plain = field("K", n)

#: question 3.2: statement
WRONG_LINES = [
    pytest.param(reg == g + γ * norm(θ) ** 2 * ones(n), id="γ‖θ‖² is added, not its gradient"),
    pytest.param(reg == g + γ * θ, id="the 2 is lost"),
    pytest.param(reg == g - 2 * γ * θ, id="a sign is lost"),
    pytest.param(reg == g + 2 * θ, id="γ is lost"),
    pytest.param(reg == g + 2 * γ * norm(θ) * θ, id="‖θ‖θ for θ"),
    pytest.param(reg == g, id="no line changes"),
    pytest.param(
        adam.s_reg == adam.first_moment(adam.s, g) + 2 * γ * θ, id="2γθ is added to s, not to the gradient"
    ),
    pytest.param(adam.r_reg == adam.second_moment(adam.r, g), id="the line of r has the gradient of L"),
    pytest.param(adam.s_reg == adam.first_moment(adam.s, g), id="the line of s has the gradient of L"),
    pytest.param(
        adam.r_reg == adam.second_moment(adam.r, g) + (1 - adam.ρ2) * 4 * γ**2 * norm(θ) ** 2 * ones(n),
        id="(g + 2γθ)² = g² + 4γ²‖θ‖²",
    ),
]


@pytest.mark.parametrize("statement", WRONG_LINES)
def test_wrong_line_is_refuted_for_one_number(statement: Statement) -> None:
    record = judged(claim(statement))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["dims"]["n"] == 1
    assert record["counterexample"]["left"] != record["counterexample"]["right"]


def test_decay_is_not_what_l2_does_to_a_step() -> None:
    """The step on the regularised loss is not the step on L that also takes 2εγθ away."""
    s, r, t = adam.s, adam.r, adam.later
    of_loss = adam.updated(θ, adam.first_moment(s, g), adam.second_moment(r, g), t)
    whole = adam.updated(θ, adam.s_reg, adam.r_reg, t)
    record = judged(claim(whole == of_loss - 2 * ε * γ * θ, [*adam.rates, r >= 0]))
    assert record["outcome"] == "refuted"


def test_the_scalar_cannot_even_be_added_to_the_gradient() -> None:
    """As it is printed, γ‖θ‖² is added to a vector."""
    with pytest.raises(ShapeError, match="a number is added to each entry"):
        g + γ * norm(θ) ** 2


def test_the_loss_has_to_be_differentiable() -> None:
    record = judged(claim(grad(plain(θ) + γ * norm(θ) ** 2, θ) == grad(plain, θ) + 2 * γ * θ))
    assert (record["outcome"], [need["text"] for need in record["needs"]]) == ("gap", ["K differentiable"])


inside, outside, rate = adam_rates.inside, adam_rates.outside, adam_rates.l2_rate
r, small, large = adam_rates.r̂, adam_rates.r_small, adam_rates.r_large
ŝ, λ, weight = adam_rates.ŝ, adam_rates.λ, adam_rates.θ
ε, γ, δ = adam_rates.ε, adam_rates.γ, adam_rates.δ
positive, apart = adam_rates.positive, adam_rates.apart
known = adam_rates.rated


def taken(step: Expr, denominator: Expr) -> Expr:
    """The part of a step that the regulariser makes, relative to the weight."""
    return (-ε * ŝ / denominator - step) / weight


#: question 3.3: statement, hypotheses
WRONG_RATES = [
    pytest.param(rate(outside(large)) > rate(outside(small)), [*positive, *apart], id="the large one more"),
    pytest.param(rate(outside(large)) == rate(outside(small)), [*positive, *apart], id="both alike under L2"),
    pytest.param(rate(inside(large)) >= rate(inside(small)), [*positive, *apart], id="inside, the large one"),
    pytest.param(
        rate(outside(large)) < rate(outside(small)),
        [*positive, small >= 0, small <= large],
        id="strictly, though r̂ may be equal",
    ),
    pytest.param(rate(outside(large)) < rate(outside(small)), [ε > 0, δ > 0, *apart], id="γ > 0 is missing"),
    pytest.param(rate(outside(large)) < rate(outside(small)), [γ > 0, δ > 0, *apart], id="ε > 0 is missing"),
    pytest.param(rate(inside(r)) == rate(outside(r)), known, id="δ inside is δ outside"),
    pytest.param(
        inside(r) <= outside(r),
        [*known, r <= Fraction(1, 100)],
        id="δ inside is less than δ outside, at small r̂",
    ),
    pytest.param(inside(r) >= outside(r), known, id="δ inside is more than δ outside"),
    pytest.param(taken(adam_rates.l2_step(outside(r)), outside(r)) == rate(outside(r)) / 2, known, id="no 2"),
    pytest.param(taken(adam_rates.l2_step(outside(r)), outside(r)) == -rate(outside(r)), known, id="sign"),
    pytest.param(taken(adam_rates.l2_step(outside(r)), outside(r)) == 2 * ε * γ, known, id="as in SGD"),
    pytest.param(taken(adam_rates.l2_step(outside(r)), outside(r)) == rate(inside(r)), known, id="mixed δ"),
    pytest.param(taken(adam_rates.decoupled_step(inside(r)), inside(r)) == -λ, known, id="decay grows"),
    pytest.param(taken(adam_rates.decoupled_step(inside(r)), inside(r)) == ε * λ, known, id="decay with ε"),
    pytest.param(taken(adam_rates.decoupled_step(inside(r)), inside(r)) == λ * weight, known, id="λθ for λ"),
    pytest.param(taken(adam_rates.decoupled_step(inside(r)), inside(r)) == λ / inside(r), known, id="λ/√"),
]


@pytest.mark.parametrize(("statement", "given"), WRONG_RATES)
def test_wrong_rate_is_refuted(statement: Statement, given: Sequence[Statement]) -> None:
    record = judged(claim(statement, given))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["left"] and record["counterexample"]["right"]


#: hypotheses from which one is left out
@pytest.mark.parametrize(
    "given",
    [
        pytest.param([ε > 0, γ > 0, *apart], id="δ > 0 is missing"),
        pytest.param([*positive, small < large], id="r̂ >= 0 is missing"),
    ],
)
def test_rate_without_a_hypothesis_is_not_proved(given: Sequence[Statement]) -> None:
    assert judged(claim(rate(outside(large)) < rate(outside(small)), given))["outcome"] != "proved"


(η,) = scalars("η")[:1]
m, t = adam_decay.m, adam_decay.t
k = dims("k")[0]
v, h, q = vector("v", k), vector("h", k), vector("q", k)
i = index("i", k)
falling = adam_decay.rate
each = [v[i] != 0]

#: question 3.4: statement, hypotheses
WRONG_ARGUMENTS = [
    pytest.param(diff(falling, m) > 0, [*positive, m >= 0], id="the rate rises"),
    pytest.param(diff(falling, m) == 0, [*positive, m >= 0], id="the rate is constant"),
    pytest.param(diff(falling, m) == -2 * ε * γ / (m + δ), [*positive, m >= 0], id="no square"),
    pytest.param(
        had_div(had_div(2 * ε * γ * v, q), v) == 2 * ε * γ * ones(k),
        [v[i] != 0, q[i] > 0],
        id="L2 takes the same fraction of each weight",
    ),
    pytest.param(had_div(λ * v, v) == λ * v, each, id="λθ for λ"),
    pytest.param(
        had_div(v - η * h - (v - η * (h + 2 * γ * v)), v) == η * γ * ones(k), each, id="SGD without the 2"
    ),
    pytest.param(
        v - η * (h + 2 * γ * v) == v - η * h - (-2 * η * γ) * v, [], id="λ = -2ηγ, where it is subtracted"
    ),
    pytest.param(v - η * (h + 2 * γ * v) == v - η * h + 2 * η * γ * v, [], id="λ = 2ηγ, where it is added"),
    pytest.param(adam_decay.r[t] == m**2, [], id="r for r̂"),
    pytest.param(adam_decay.r[t] == (1 - adam_decay.ρ**t) * m, [], id="m for m²"),
    pytest.param(2 * ε * γ / (sqrt(m**2) + δ) == falling, [m < 0, δ > 0, m + δ != 0], id="√m² = m for m < 0"),
    pytest.param(falling < 2 * ε * γ / δ, [*positive, m >= 0], id="strictly, though m may be 0"),
]


@pytest.mark.parametrize(("statement", "given"), WRONG_ARGUMENTS)
def test_wrong_argument_is_refuted(statement: Statement, given: Sequence[Statement]) -> None:
    record = judged(claim(statement, given))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["left"] and record["counterexample"]["right"]


def test_a_fraction_of_a_weight_needs_a_weight() -> None:
    record = judged(claim(had_div(λ * v, v) == λ * ones(k)))
    assert (record["outcome"], len(record["needs"])) == ("gap", 1)


def test_two_weights_are_drawn_under_both_schemes() -> None:
    """Both shrink alike under decay; under L2 the one with small gradients much more."""
    drawn = draw(adam_decay.shrinkage_of_two_weights.draw)
    small_l2, large_l2, small_decay, large_decay = (line[-1] for line in drawn)
    assert small_decay == pytest.approx(large_decay, rel=1e-4)
    assert small_l2 < 0.2 < 0.9 < large_l2 < 1
    assert {len(line) for line in drawn} == {adam_decay.STEPS + 1}


def draw(figure: Callable[[object], None]) -> list[np.ndarray]:
    """The heights of the lines which a figure draws."""
    matplotlib = pytest.importorskip("matplotlib.figure")
    axes = matplotlib.Figure().subplots()
    figure(axes)
    return [np.asarray(line.get_ydata()) for line in axes.lines]
