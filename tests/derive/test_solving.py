"""The number for which a statement holds whatever the vectors and functions in it are."""

from __future__ import annotations

import pytest

from lemmata import dims, field, grad, norm, scalars, solve_for, vector
from lemmata.language.errors import LanguageError
from lemmata.language.expr import Statement
from tests.proofs.claims import claim
from tests.proofs.judged import judged

(n,) = dims("n")
a, b, η, γ, λ = scalars("a b η γ λ")
x, θ = vector("x", n), vector("θ", n)
L = field("L", n, order=1)
sgd = θ - η * grad(L, θ)
regularised = θ - η * grad(L(θ) + γ * norm(θ) ** 2, θ)
halved = θ - η * grad(L(θ) + γ / 2 * norm(θ) ** 2, θ)

SOLVED: list[tuple[Statement, str]] = [
    (regularised == sgd + λ * θ, "-2 γ η"),
    (regularised == sgd - λ * θ, "2 γ η"),
    (halved == sgd - λ * θ, "γ η"),
    (grad(a * norm(θ) ** 2, θ) == λ * θ, "2 a"),
    (λ * θ == θ, "1"),
    (θ - 2 * a * θ == θ + λ * θ, "-2 a"),
    (λ * θ + λ * x == a * (θ + x), "a"),
    (λ / a * θ == θ, "a"),
    (L(θ) * λ == 2 * L(θ), "2"),
]

UNSOLVED: list[tuple[Statement, str]] = [
    (λ * θ == x, "no value of λ makes λ θ = x hold for all values of the rest"),
    (λ * θ + λ * x == a * θ + b * x, "no value of λ"),
    (λ * λ * θ == θ, "more than one value of λ"),
    (regularised == (1 - λ) * sgd, "no value of λ"),
]


@pytest.mark.parametrize(("statement", "value"), SOLVED, ids=str)
def test_value_is_found(statement: Statement, value: str) -> None:
    assert str(solve_for(λ, statement)) == value


@pytest.mark.parametrize(("statement", "said"), UNSOLVED, ids=str)
def test_no_value_or_more_than_one_is_an_error(statement: Statement, said: str) -> None:
    with pytest.raises(LanguageError, match=said):
        solve_for(λ, statement)


def test_value_is_a_proposal_which_is_then_checked() -> None:
    value = solve_for(λ, regularised == sgd + λ * θ)
    assert judged(claim(regularised == sgd + value * θ))["outcome"] == "proved"
    assert judged(claim(regularised == sgd - value * θ))["outcome"] == "refuted"
