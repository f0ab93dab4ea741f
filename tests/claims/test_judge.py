"""What is said of a claim: its outcome, why, and what would be needed."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.claims.judge import judge
from lemmata.claims.result import OUTCOMES, Result

SHAPES: dict[str, dict[str, Any]] = {
    "x": {"shape": ["n"]},
    "y": {"shape": ["n"]},
    "v": {"shape": [3]},
    "a": {"shape": []},
    "b": {"shape": []},
    "p": {"shape": [], "is": ["positive"]},
    "t": {"shape": [], "is": ["natural"]},
    "k": {"shape": [], "is": ["integer"]},
    "A": {"shape": ["n", "n"]},
    "B": {"shape": ["n", "n"]},
    "R": {"shape": ["n", "n"], "is": ["invertible"]},
    "S": {"shape": ["n", "n"], "is": ["symmetric"]},
    "K": {"shape": ["n", "n"], "is": ["skew"]},
    "Q": {"shape": ["n", "n"], "is": ["orthogonal"]},
    "P": {"shape": ["n", "n"], "is": ["idempotent"]},
    "D": {"shape": ["n", "n"], "is": ["diagonal"]},
    "M": {"shape": ["n", "n"], "is": ["spd"]},
    "N": {"shape": ["n", "n"], "is": ["psd"]},
    "U": {"shape": ["n", "m"]},
    "V": {"shape": ["m", "n"]},
    "z": {"shape": [], "is": ["complex"]},
    "σ": {"shape": [], "is": ["function", "differentiable"]},
    "w": {"shape": ["n"], "is": ["random"]},
}


def said(claim: str, *given: str) -> Result:
    """What is found of a claim over the names above."""
    return judge({"id": claim, "vars": SHAPES, "given": list(given), "claim": claim})


PROVED = (
    ("grad(x.T@A@x, x) == (A + A.T)@x",),
    ("grad(log(abs(det(R))), R) == inv(R).T",),
    ("dir(inv(R), R, B) == -inv(R)@B@inv(R)",),
    ("vec(A@B@R) == kron(R.T, A)@vec(B)",),
    ("tr(kron(A, B)) == tr(A)*tr(B)",),
    ("inv(Q) == Q.T",),
    ("det(Q)**2 == 1",),
    ("x.T@K@x == 0",),
    ("tr(K) == 0",),
    ("P@P@P == P",),
    ("inv(eye(n) - 2*P) == eye(n) - 2*P", "det(eye(n) - 2*P) != 0"),
    ("D.T == D",),
    ("x.T@M@x >= 0",),
    ("det(M) > 0",),
    ("tr(N) >= 0",),
    ("x.T@M@x > 0", "norm(x) > 0"),
    ("inv(M + p*eye(n)) == inv(p*eye(n) + M)",),
    (
        "inv(R + U@V) == inv(R) - inv(R)@U@inv(eye(m) + V@inv(R)@U)@V@inv(R)",
        "det(R + U@V) != 0",
        "det(eye(m) + V@inv(R)@U) != 0",
    ),
    ("det(eye(n) + U@V) == det(eye(m) + V@U)",),
    ("det(R + x@y.T) == det(R)*(1 + y.T@inv(R)@x)",),
    ("B@A == eye(n)", "A@B == eye(n)"),
    ("inv(A) == B", "A@B == eye(n)"),
    ("pinv(pinv(U)) == U",),
    ("pinv(U) == inv(U.T@U)@U.T", "det(U.T@U) != 0"),
    ("grad(det(A), A)@A.T == det(A)*eye(n)",),
    ("E(w.T@A@w) == tr(A@S) + x.T@A@x", "E(w) == x", "Var(w) == S"),
    ("sum(i, i, 1, t) == t*(t + 1)/2",),
    ("A**t@A == A@A**t",),
    ("det(A**t) == det(A)**t",),
    ("abs(a + b) <= abs(a) + abs(b)",),
    ("max(a, b) + min(a, b) == a + b",),
    ("a**2 + b**2 >= 2*a*b",),
    ("sin(2*a) == 2*sin(a)*cos(a)",),
    ("diff(σ(a)**2, a) == 2*σ(a)*diff(σ(a), a)",),
    ("a > 0 and b > 0 => a*b > 0",),
    ("diff(atan(a), a) == 1/(1 + a**2)",),
    ("gamma(1/2) == sqrt(pi)",),
    ("rank(A@B) <= rank(B)",),
)


@pytest.mark.parametrize("claim", PROVED, ids=[claim[0] for claim in PROVED])
def test_proved_by_the_kernel_alone(claim: tuple[str, ...]) -> None:
    result = said(*claim)
    assert (result.outcome, result.evidence) == ("proved", "exact"), result.reason
    assert result.counterexample is None and result.needs == ()


CITED = (
    ("opnorm(A@B) <= opnorm(A)*opnorm(B)",),
    ("rank(P) == tr(P)",),
    ("inv(expm(A)) == expm(-A)",),
    ("det(expm(A)) == exp(tr(A))",),
)


@pytest.mark.parametrize("claim", CITED, ids=[claim[0] for claim in CITED])
def test_a_claim_that_rests_on_the_literature_is_cited_with_its_source(claim: tuple[str, ...]) -> None:
    result = said(*claim)
    assert (result.outcome, result.evidence) == ("proved", "cited"), result.reason
    assert any("Horn and Johnson (2013)" in fact for fact in result.rests_on)
    assert len(result.rests_on) == 2, "the fact itself and its name; none that is not needed"


#: claim, hypotheses, what is said of the mistake
REFUTED = (
    (("grad(x.T@A@x, x) == 2*A@x",), "it holds where A is symmetric"),
    (("grad(tr(A@B), A) == B",), "true with Bᵀ for B"),
    (("grad(x.T@x, x) == x",), "a factor 2 is missing"),
    (("grad(norm(x)**2/2, x) == -x",), "the sign is wrong"),
    (("(A@B).T == A.T@B.T",), "true with Bᵀ Aᵀ for Aᵀ Bᵀ"),
    (("(A + B)@(A + B) == A@A + 2*A@B + B@B",), "it holds where A and B commute"),
    (("sum(x[i], i, 1, n) == x.T@ones(n)/n",), "the sum is meant, not the mean"),
    (("grad(y.T@x/norm(x), x) == y/norm(x)", "norm(x) > 0"), "the projection I - x xᵀ/‖x‖² is missing"),
    (("jac(v/norm(v), v) == eye(3)/norm(v)", "norm(v) > 0"), "the projection I - v vᵀ/‖v‖² is missing"),
    (("grad(norm(x - sum(x[i], i, 1, n)/n*ones(n))**2/2, x) == x",), "the projection I - 𝟏 𝟏ᵀ/n is missing"),
    (("jac(softmax(x), x) == diag(softmax(x))",), "true with diag("),
    (("det(A + B) == det(A) + det(B)",), ""),
    (("sqrt(a**2) == a",), ""),
    (("x.T@S@x >= 0",), ""),
    (("x.T@N@x > 0", "norm(x) > 0"), ""),
    (("det(Q) == 1",), ""),
    (("D@A == A@D",), ""),
    (("U@V == eye(n)", "V@U == eye(m)"), ""),
    (("expm(A + B) == expm(A)@expm(B)",), ""),
    (("k/2 == floor(k/2)",), ""),
    (("a**2 >= 1",), ""),
    (("a > b => a**2 > b**2",), ""),
    (("asin(sin(a)) == a",), ""),
    (("pinv(A@B) == pinv(B)@pinv(A)",), ""),
    (("rank(A@B) == rank(A)",), ""),
)


@pytest.mark.parametrize(("claim", "mistake"), REFUTED, ids=[claim[0] for claim, _ in REFUTED])
def test_a_false_claim_is_refuted_at_a_point_with_a_guess_at_the_mistake(
    claim: tuple[str, ...], mistake: str
) -> None:
    result = said(*claim)
    assert result.outcome == "refuted", result.reason
    assert result.evidence is None
    assert result.counterexample is not None
    assert ">" in claim[0] or result.counterexample["lhs"] != result.counterexample["rhs"]
    assert mistake in result.reason


@pytest.mark.parametrize(
    ("claim", "sides"), [("a >= 1", ("0", "1")), ("a > 0", ("0", "0")), ("a <= -1", ("0", "-1"))]
)
def test_a_counterexample_has_its_sides_as_they_are_written(claim: str, sides: tuple[str, str]) -> None:
    result = said(claim)
    assert result.counterexample is not None
    assert (result.counterexample["lhs"], result.counterexample["rhs"]) == sides
    assert f"the left side is {sides[0]}, the right side {sides[1]}" in result.reason


def test_an_index_is_the_same_in_a_claim_and_in_what_is_given() -> None:
    variables = {"x": {"shape": ["n"]}, "i": {"shape": [], "is": ["natural"]}}
    given = ["x[i] == 0", "1 <= i", "i <= n"]
    outcomes = {
        text: judge({"vars": variables, "given": given, "claim": text}).outcome
        for text in ("x[i]**2 == 0", "x.T@x == 0")
    }
    assert outcomes == {"x[i]**2 == 0": "proved", "x.T@x == 0": "refuted"}


def test_an_integer_is_refuted_at_an_integer_only() -> None:
    assert said("sin(pi*k) == 0").outcome != "refuted"
    found = said("k**2 == k").counterexample
    assert found is not None and found["values"]["k"] == "-1"


GAPS = (
    (("a/a == 1",), "a ≠ 0"),
    (("exp(log(a)) == a",), "a > 0"),
    (("A@inv(A) == eye(n)",), "det(A) ≠ 0"),
    (("diff(abs(a)**3, a) == 3*a*abs(a)",), "a ≠ 0"),
    (("diff(asin(a), a) == 1/sqrt(1 - a**2)",), "1 - a² > 0"),
    (("hess(σ(a)*x.T@x, x) == 2*σ(a)*eye(n)",), ""),
)


@pytest.mark.parametrize(("claim", "need"), GAPS[:-1], ids=[claim[0] for claim, _ in GAPS[:-1]])
def test_a_claim_that_lacks_a_condition_is_a_gap_which_names_it(claim: tuple[str, ...], need: str) -> None:
    result = said(*claim)
    assert result.outcome == "gap", result.reason
    assert result.needs == (need,)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("sqrt(z**2) == z", "complex"),
        ("integral(1/(2 + cos(a)), a, 0, 2*pi) == 0", "a limit or an integral"),
        ("limit(sin(a), a, oo) == 0", "a limit or an integral"),
        ("sum(1/i**2, i, 1, oo) == pi**2/6", "no proof was found"),
        ("argmax(x[i], i, 1, n) != argmax(2*x[i], i, 1, n)", "sets are only shown to be equal"),
        ("pinv(kron(A, B)) == kron(pinv(A), pinv(B))", "rows and columns only"),
        ("abs(sin(a)) <= abs(a)", "no proof was found"),
    ],
)
def test_what_no_rule_decides_is_undecided_and_says_why(claim: str, reason: str) -> None:
    result = said(claim)
    assert result.outcome == "undecided"
    assert reason in result.reason


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "a claim is an object"),
        ({}, "the key `claim` needs a text"),
        ({"claim": 1}, "the key `claim` needs a text"),
        ({"claim": "1 == 1", "vars": []}, "the key `vars` needs an object"),
        ({"claim": "1 == 1", "given": "x"}, "the key `given` needs a list"),
        ({"claim": "1 == 1", "vars": {"x": {"shape": [0]}}}, "positive integers"),
        ({"claim": "1 == 1", "vars": {"x": {"shape": ["n", "m", "p"]}}}, "at most two"),
        ({"claim": "1 == 1", "vars": {"x": {"shape": [], "is": "real"}}}, "list of properties"),
        ({"claim": "1 == 1", "given": ["a == "]}, "hypothesis 1"),
        ({"claim": "1 == 1", "given": ["1 == 1 => 1 == 1"]}, "an implication is not assumed"),
        ({"claim": "1 == 1" + " " * 200_000}, "characters"),
    ],
)
def test_what_is_no_claim_is_invalid_and_says_what_is_needed(values: object, reason: str) -> None:
    result = judge(values)
    assert result.outcome == "invalid"
    assert reason in result.reason


def test_the_characters_to_blame_are_those_of_the_claim() -> None:
    result = said("a + foo == 1")
    assert result.outcome == "invalid"
    assert result.at == (4, 7)


def test_a_claim_of_two_parts_is_as_strong_as_the_weaker() -> None:
    assert said("a == a and a**2 >= 0").outcome == "proved"
    assert said("a == a and a >= 0").outcome == "refuted"
    assert said("a == a and a/a == 1").outcome == "gap"
    assert said("a == a and abs(sin(a)) <= abs(a)").outcome == "undecided"


def test_the_result_is_plain_json() -> None:
    found = said("a == b").to_json()
    assert list(found) == [
        *("id", "outcome", "evidence", "needs", "counterexample", "residual", "rests_on", "reason"),
        *("at", "seconds"),
    ]
    assert found["outcome"] in OUTCOMES
    assert found["residual"] == "b - a"


def test_names_do_not_clash_with_those_that_are_bound() -> None:
    assert said("sum(a*i, i, 1, 3) == 6*a").outcome == "proved"
    assert said("integral(a*p, p, 0, 1) == a/2").outcome == "proved"
    assert said("integral(a*p, p, 0, 1) == p/2").outcome == "refuted"
    assert (
        said("sum(x[i]*sum(y[i], i, 1, n), i, 1, n) == sum(x[i], i, 1, n)*sum(y[i], i, 1, n)").outcome
        == "proved"
    )


@pytest.mark.parametrize("claim", ["x.T@y == y.T@x", "A@B == B@A", "a/a == 1", "a + foo == 1"])
def test_the_same_claim_has_the_same_result(claim: str) -> None:
    first, second = said(claim).to_json(), said(claim).to_json()
    assert {**first, "seconds": 0} == {**second, "seconds": 0}
