"""False variants of the theorem on batch normalisation of whitened data."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lemmata import (
    E,
    Var,
    calc,
    define,
    dims,
    eye,
    norm,
    ones,
    random_vector,
    scalars,
    sqrt,
    vector,
)
from lemmata.derive import Theorem
from lemmata.language.expr import Expr, Statement
from tests.proofs.claims import claim, derived, line_after_a_false_one_does_not_follow, outcomes
from tests.proofs.judged import judged

(n,) = dims("n")
γ, β = scalars("γ β")
u = vector("u", n)
w = define("w", γ * u / norm(u))
x = random_vector("x", n, moments=2)
y = define("y", u.T @ x)
μ = define("μ_y", E(y))
σ = define("σ_y", sqrt(Var(y)))

nonzero, centred, white = u != 0, E(x) == 0, Var(x) == eye(n)
whitened = [nonzero, centred, white]
normalised = γ * (y - μ) / σ + β
right = w.T @ x + β

#: statement, hypotheses; all of them are wrong already for one number
WRONG = [
    pytest.param(normalised == -w.T @ x + β, whitened, id="sign of w"),
    pytest.param(normalised == w.T @ x - β, whitened, id="sign of β"),
    pytest.param(normalised == 2 * w.T @ x + β, whitened, id="factor 2"),
    pytest.param(normalised == w.T @ x, whitened, id="β is left out"),
    pytest.param((y - μ) / σ + β == right, whitened, id="γ is left out"),
    pytest.param(γ * (y - μ + β) / σ == right, whitened, id="β inside the bracket"),
    pytest.param(γ * (y - μ) / Var(y) + β == right, whitened, id="Var for σ"),
    pytest.param(γ * (y - μ) + β == right, whitened, id="not divided by σ"),
    pytest.param(normalised == γ * u.T @ x + β, whitened, id="w is not divided by ‖u‖"),
    pytest.param(normalised == γ * u.T @ x / norm(u) ** 2 + β, whitened, id="‖u‖² for ‖u‖"),
    pytest.param(normalised == right, [nonzero, white], id="E[x] = 0 is missing"),
    pytest.param(normalised == right, [nonzero, centred], id="Var(x) = I is missing"),
    pytest.param(normalised == right, [nonzero, E(x @ x.T) == eye(n)], id="E[xxᵀ] = I for Var(x) = I"),
    pytest.param(normalised == right, [nonzero, centred, Var(x) == 2 * eye(n)], id="variance 2"),
    pytest.param(normalised == right, [nonzero, E(x) == ones(n), white], id="mean 1"),
    pytest.param(γ * (y + μ) / σ + β == right, [nonzero, white], id="the mean is added"),
    pytest.param(E(y) == 0, [], id="E[y] = 0 without E[x] = 0"),
    pytest.param(E(y) == 1, [centred], id="E[y] = 1"),
    pytest.param(Var(y) == norm(u), whitened, id="Var(y) = ‖u‖"),
    pytest.param(Var(y) == norm(u) ** 4, whitened, id="Var(y) = ‖u‖⁴"),
    pytest.param(Var(y) == n, whitened, id="Var(y) = n"),
    pytest.param(Var(y) == norm(u) ** 2, [centred], id="Var(y) = ‖u‖² without Var(x) = I"),
    pytest.param(Var(y) == E(y**2), [], id="Var(y) = E[y²] without E[x] = 0"),
    pytest.param(Var(γ * y) == γ * norm(u) ** 2, whitened, id="Var(γy) = γ Var(y)"),
    pytest.param(Var(y + β) == norm(u) ** 2 + β, whitened, id="Var(y + β) = Var(y) + β"),
    pytest.param(E(y**2) == E(y) ** 2, whitened, id="E[y²] = E[y]²"),
]

#: what holds under fewer hypotheses, so that the missing ones above are what matters
RIGHT = [
    pytest.param(normalised == right, whitened, id="the theorem"),
    pytest.param(normalised == right, [nonzero, E(y) == 0, white], id="only y needs mean 0"),
    pytest.param(normalised == w.T @ (x - E(x)) + β, [nonzero, white], id="x less its mean"),
    pytest.param(normalised == right, [nonzero, centred, E(x @ x.T) == eye(n)], id="E[xxᵀ] = I and mean 0"),
    pytest.param(Var(y) == norm(u) ** 2, [white], id="Var(y) needs no mean"),
    pytest.param(Var(γ * y + β) == γ**2 * norm(u) ** 2, [white], id="Var(γy + β) = γ² Var(y)"),
]


@pytest.mark.parametrize(("statement", "given"), WRONG)
def test_wrong_statement_is_refuted_for_one_number(statement: Statement, given: Sequence[Statement]) -> None:
    record = judged(claim(statement, given))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["dims"] == {"n": 1}
    assert record["counterexample"]["left"] != record["counterexample"]["right"]


@pytest.mark.parametrize(("statement", "given"), RIGHT)
def test_what_holds_is_proved(statement: Statement, given: Sequence[Statement]) -> None:
    assert judged(claim(statement, given))["outcome"] == "proved"


def test_u_may_not_be_zero() -> None:
    record = judged(claim(normalised == right, [centred, white]))
    assert (record["outcome"], record["evidence"]) == ("gap", None)
    assert "u ≠ 0" in [need["text"] for need in record["needs"]]


def test_counterexample_to_missing_mean_is_a_law_with_variance_1() -> None:
    found = judged(claim(normalised == right, [nonzero, white]))["counterexample"]
    law = {value["name"]: value["text"] for value in found["values"]}["law of x"]
    assert law == "[2] with probability 1/2, [0] with probability 1/2"


FALSE, TRUE = "refuted", "proved"
VARIANCE = [
    (u.T @ Var(x) @ u, "linearity"),
    (u.T @ u, Var(x) == eye(n)),
    (norm(u) ** 2, "norm"),
]


def variance_by(number: int, line: Expr) -> Theorem:
    """The right derivation of Var(y) = ‖u‖², with one line changed."""
    chain = calc(Var(y))
    for place, (expr, by) in enumerate(VARIANCE):
        chain = chain.eq(line if place == number else expr, by=by)
    return derived(Var(y) == norm(u) ** 2, chain, [centred, white])


#: the changed line, what it says, the outcomes of the three lines
WRONG_LINES = [
    pytest.param(0, norm(u) * u.T @ Var(x) @ u, [FALSE, TRUE, TRUE], id="‖u‖ is put in"),
    pytest.param(0, -u.T @ Var(x) @ u, [FALSE, TRUE, TRUE], id="the sign"),
    pytest.param(0, u.T @ Var(x) @ u + u.T @ u, [FALSE, TRUE, TRUE], id="a term too many"),
    pytest.param(0, E(y) ** 2, [FALSE, TRUE, TRUE], id="E[y]² for E[y²]"),
    pytest.param(1, 2 * u.T @ u, [TRUE, FALSE, TRUE], id="factor 2"),
    pytest.param(1, u.T @ u / n, [TRUE, FALSE, TRUE], id="divided by n"),
    pytest.param(1, u.T @ ones(n), [TRUE, FALSE, TRUE], id="ones for u"),
    pytest.param(2, norm(u), [TRUE, TRUE, FALSE], id="‖u‖ for ‖u‖²"),
    pytest.param(2, -(norm(u) ** 2), [TRUE, TRUE, FALSE], id="-‖u‖²"),
]


@pytest.mark.parametrize(("number", "line", "expected"), WRONG_LINES)
def test_wrong_line_is_named_and_the_others_are_still_checked(
    number: int, line: Expr, expected: list[str]
) -> None:
    record = judged(variance_by(number, line))
    assert outcomes(record) == expected
    assert line_after_a_false_one_does_not_follow(record)
    assert (record["outcome"], record["certificate"]) == ("undecided", None)
    assert record["reason"] == f"the line `{line}` is false"
    assert record["lines"][1 + number]["counterexample"]["dims"]["n"] <= 2


def test_mean_is_not_dropped_where_only_the_variance_is_given() -> None:
    chain = calc(normalised).eq(γ * y / norm(u) + β, by=[μ, σ, white]).eq(right, by=[w, y])
    record = judged(derived(normalised == right, chain, [nonzero, white]))
    assert (record["outcome"], outcomes(record)) == ("refuted", [FALSE, TRUE])
