"""False variants of the theorem on weight normalisation and of its corollaries."""

from __future__ import annotations

import pytest

from lemmata import calc, define, dims, eye, field, grad, inv, norm, scalars, tr, vector, zeros
from lemmata.derive import Theorem
from lemmata.language.expr import Expr, Statement
from tests.proofs.claims import claim, derived, line_after_a_false_one_does_not_follow, outcomes
from tests.proofs.judged import judged

(n,) = dims("n")
γ, η = scalars("γ η")
u = vector("u", n)
w = define("w", γ * u / norm(u))
W = define("W⊥", eye(n) - u @ u.T / norm(u) ** 2)
L = field("L", n, order=1)
rough = field("L", n)
g = grad(L, w)
gradient = grad(L(w), u)
nonzero = u != 0
right = γ / norm(u) * W @ g


def onto(factor: object) -> Expr:
    """I - factor u uᵀ."""
    return eye(n) - factor * u @ u.T


#: statement, under u != 0; the smallest n for which it is wrong (at n = 1 both sides may be 0)
WRONG_GRADIENTS = [
    pytest.param(gradient == -γ / norm(u) * W @ g, 2, id="sign"),
    pytest.param(gradient == 2 * γ / norm(u) * W @ g, 2, id="factor 2"),
    pytest.param(gradient == γ / norm(u) * g, 1, id="the projection is dropped"),
    pytest.param(gradient == 1 / norm(u) * W @ g, 2, id="γ is dropped"),
    pytest.param(gradient == γ * W @ g, 2, id="1/‖u‖ is dropped"),
    pytest.param(gradient == γ / norm(u) ** 2 * W @ g, 2, id="‖u‖² for ‖u‖"),
    pytest.param(gradient == γ / norm(u) * onto(1 / norm(u)) @ g, 1, id="‖u‖ for ‖u‖² in W⊥"),
    pytest.param(gradient == γ / norm(u) * onto(-1 / norm(u) ** 2) @ g, 1, id="+ for - in W⊥"),
    pytest.param(gradient == γ / norm(u) * onto(2 / norm(u) ** 2) @ g, 1, id="a reflection for W⊥"),
    pytest.param(gradient == γ / norm(u) * (u @ u.T / norm(u) ** 2) @ g, 1, id="the projection onto u"),
    pytest.param(gradient == γ / norm(u) * (1 - u.T @ u / norm(u) ** 2) * g, 2, id="uᵀu for uuᵀ"),
    pytest.param(gradient == γ / norm(u) * W @ grad(L, u), 2, id="∇L at u"),
    pytest.param(grad(L(γ * u), u) == γ * W @ grad(L, γ * u), 1, id="projection without normalising"),
    pytest.param(gradient == W @ gradient * 2, 2, id="projected and doubled"),
]

#: the same for what follows from it
WRONG_COROLLARIES = [
    pytest.param(W @ u == u, 1, id="W⊥u = u"),
    pytest.param(W @ W - eye(n) == zeros(n, n), 1, id="W⊥² = I"),
    pytest.param(W @ W == 2 * W, 2, id="W⊥² = 2W⊥"),
    pytest.param(W.T == -W, 2, id="W⊥ᵀ = -W⊥"),
    pytest.param(tr(W) == n, 1, id="the trace of W⊥ is n"),
    pytest.param(g.T @ gradient == 0, 2, id="∇_u L is orthogonal to ∇_w L"),
    pytest.param(u.T @ g == 0, 1, id="∇_w L is orthogonal to u"),
    pytest.param(
        norm(u - η * gradient) ** 2 == norm(u) ** 2 - η**2 * norm(gradient) ** 2, 2, id="minus η²‖∇_u L‖²"
    ),
    pytest.param(norm(u - η * gradient) ** 2 == norm(u) ** 2 + η * norm(gradient) ** 2, 2, id="η for η²"),
    pytest.param(norm(u - η * gradient) ** 2 == norm(u) ** 2 + η**2 * norm(g) ** 2, 1, id="∇_w for ∇_u"),
    pytest.param(norm(u - η * gradient) == norm(u) + η * norm(gradient), 2, id="norms for squares"),
    pytest.param(norm(u - η * gradient) ** 2 <= norm(u) ** 2, 2, id="u shrinks"),
    pytest.param(norm(u) ** 2 < norm(u - η * gradient) ** 2, 1, id="u grows strictly"),
    pytest.param(norm(u) ** 2 <= norm(u - η * g) ** 2, 1, id="u never shrinks, without normalising"),
]

#: statement, hypotheses, what it needs
GAPS = [
    pytest.param(right, [], "u ≠ 0", id="u != 0 is missing"),
    pytest.param(right, [γ != 0], "u ≠ 0", id="γ != 0 for u != 0"),
    pytest.param(γ / norm(u) * W @ grad(rough, w), [nonzero], "L differentiable", id="L is not smooth"),
]

#: corollary, which needs u != 0 as well
GAPS_OF_COROLLARIES = [
    pytest.param(W @ u == 0, id="W⊥u = 0"),
    pytest.param(W.T == W, id="W⊥ᵀ = W⊥"),
    pytest.param(W @ W == W, id="W⊥² = W⊥"),
    pytest.param(tr(W) == n - 1, id="the trace of W⊥ is n - 1"),
    pytest.param(u.T @ gradient == 0, id="uᵀ∇_u L = 0"),
]


@pytest.mark.parametrize(("statement", "size"), WRONG_GRADIENTS + WRONG_COROLLARIES)
def test_wrong_statement_is_refuted_at_the_smallest_size(statement: Statement, size: int) -> None:
    record = judged(claim(statement, [nonzero]))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["dims"] == {"n": size}
    assert record["counterexample"]["left"] != record["counterexample"]["right"] or "<" in statement.relation


@pytest.mark.parametrize(("right_side", "given", "need"), GAPS)
def test_condition_which_is_missing_is_named(right_side: Expr, given: list[Statement], need: str) -> None:
    left = grad(rough(w), u) if need == "L differentiable" else gradient
    record = judged(claim(left == right_side, given))
    assert (record["outcome"], record["evidence"]) == ("gap", None)
    assert [condition["text"] for condition in record["needs"]] == [need]


@pytest.mark.parametrize("statement", GAPS_OF_COROLLARIES)
def test_corollary_needs_a_direction(statement: Statement) -> None:
    record = judged(claim(statement))
    assert (record["outcome"], record["evidence"]) == ("gap", None)
    assert [condition["text"] for condition in record["needs"]] == ["u ≠ 0"]
    assert judged(claim(statement, [nonzero]))["outcome"] == "proved"


def test_projection_has_no_inverse() -> None:
    record = judged(claim(W @ inv(W) == eye(n), [nonzero]))
    assert (record["outcome"], [need["text"] for need in record["needs"]]) == ("gap", ["det(W⊥) ≠ 0"])
    assert record["counterexample"]["dims"] == {"n": 1}
    assert "singular" in record["counterexample"]["left"]


FALSE, TRUE = "refuted", "proved"
EXPANDED = γ / norm(u) * g - γ / norm(u) ** 3 * u @ (u.T @ g)
PROOF = [
    (EXPANDED, "derivative"),
    (γ / norm(u) * (eye(n) - u @ u.T / norm(u) ** 2) @ g, "factoring"),
    (right, W),
]


def with_line(number: int, line: Expr) -> Theorem:
    """The right derivation, with one line changed."""
    chain = calc(gradient)
    for place, (expr, by) in enumerate(PROOF):
        chain = chain.eq(line if place == number else expr, by=by)
    return derived(gradient == right, chain, [nonzero])


#: the changed line, what it says, the outcomes of the three lines, the size at which the line fails
WRONG_LINES = [
    pytest.param(0, γ / norm(u) * g, [FALSE, TRUE, TRUE], 1, id="no product rule"),
    pytest.param(0, γ / norm(u) * g + γ / norm(u) ** 3 * u @ (u.T @ g), [FALSE, TRUE, TRUE], 1, id="+ for -"),
    pytest.param(0, γ / norm(u) * g - γ / norm(u) ** 2 * u @ (u.T @ g), [FALSE, TRUE, TRUE], 1, id="‖u‖²"),
    pytest.param(0, γ / norm(u) * g - 2 * γ / norm(u) ** 3 * u @ (u.T @ g), [FALSE, TRUE, TRUE], 1, id="2"),
    pytest.param(0, γ / norm(u) * g - γ / norm(u) ** 3 * (u.T @ u) * g, [FALSE, TRUE, TRUE], 2, id="uᵀu"),
    pytest.param(1, γ / norm(u) * onto(1 / norm(u)) @ g, [TRUE, FALSE, TRUE], 1, id="‖u‖ in the bracket"),
    pytest.param(
        1, γ / norm(u) * onto(1 / norm(u) ** 3) @ g, [TRUE, FALSE, TRUE], 1, id="‖u‖³ in the bracket"
    ),
    pytest.param(1, γ * onto(1 / norm(u) ** 2) @ g, [TRUE, FALSE, TRUE], 2, id="1/‖u‖ is lost"),
    pytest.param(2, γ * W @ g, [TRUE, TRUE, FALSE], 2, id="1/‖u‖ is lost at the end"),
    pytest.param(2, γ / norm(u) * g, [TRUE, TRUE, FALSE], 1, id="W⊥ is lost at the end"),
]


@pytest.mark.parametrize(("number", "line", "expected", "size"), WRONG_LINES)
def test_wrong_line_is_named_and_the_others_are_still_checked(
    number: int, line: Expr, expected: list[str], size: int
) -> None:
    record = judged(with_line(number, line))
    assert outcomes(record) == expected
    assert line_after_a_false_one_does_not_follow(record)
    assert (record["outcome"], record["certificate"]) == ("undecided", None)
    assert record["reason"] == f"the line `{line}` is false"
    assert record["lines"][1 + number]["counterexample"]["dims"] == {"n": size}
