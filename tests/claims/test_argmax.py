"""Equations of sets of arguments: argmax(f, i, 1, n) is the set of all i at which f is largest."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.claims.judge import judge
from lemmata.claims.result import Result
from lemmata.language.argmax import CHOSEN

SHAPES: dict[str, dict[str, Any]] = {
    "x": {"shape": ["n"]},
    "y": {"shape": ["n"]},
    "z": {"shape": ["m"]},
    "w": {"shape": [3]},
    "p": {"shape": ["n"]},
    "A": {"shape": ["n", "n"]},
    "a": {"shape": []},
    "c": {"shape": [], "is": ["positive"]},
    "k": {"shape": [], "is": ["natural"]},
}
POSITIVE = "min(p[i], i, 1, n) > 0"
IN_RANGE = ("1 <= k", "k <= n")


def said(claim: str, *given: str) -> Result:
    return judge({"id": claim, "vars": SHAPES, "given": list(given), "claim": claim})


def argmax(body: str) -> str:
    return f"argmax({body}, i, 1, n)"


#: Functions which keep the order of what they are applied to.
KEPT = (
    ("x[i] + a", "x[i]", ()),
    ("c*x[i]", "x[i]", ()),
    ("x[i]/c - a", "x[i]", ()),
    ("a*x[i]", "-x[i]", ("a < 0",)),
    ("exp(x[i])", "x[i]", ()),
    ("exp(c*x[i] + a)", "x[i]", ()),
    ("-exp(-x[i])", "x[i]", ()),
    ("softmax(x)[i]", "x[i]", ()),
    ("log(softmax(x)[i])", "x[i]", ()),
    ("softmax(A@x)[i]", "(A@x)[i]", ()),
    ("x[i] - max(x[j], j, 1, n)", "x[i]", ()),
    ("x[i] - logsumexp(x)", "x[i]", ()),
    ("x[i]/norm(x)", "x[i]", ("norm(x) > 0",)),
    ("x[i]**3", "x[i]", ()),
    ("x[i]**5 + x[i]", "x[i]", ()),
    ("x[i] + exp(x[i])", "x[i]", ()),
    ("sigmoid(x[i])", "x[i]", ()),
    ("softplus(x[i])", "x[i]", ()),
    ("tanh(x[i])", "x[i]", ()),
    ("sinh(x[i])", "x[i]", ()),
    ("sigmoid(x[i])", "exp(x[i])", ()),
    ("exp(-x[i])", "-x[i]", ()),
    ("x[i]**2", "abs(x[i])", ()),
    ("log(p[i])", "p[i]", (POSITIVE,)),
    ("sqrt(p[i])", "p[i]", (POSITIVE,)),
    ("p[i]**2", "p[i]", (POSITIVE,)),
    ("-1/p[i]", "p[i]", (POSITIVE,)),
    ("log(p[i]/sum(p[j], j, 1, n))", "p[i]", (POSITIVE,)),
    ("A[k, i]", "2*A[k, i] + a", IN_RANGE),
    ("A[i, i]", "A[i, i] + tr(A)", ()),
)


@pytest.mark.parametrize(("left", "right", "given"), KEPT, ids=[f"{one} and {two}" for one, two, _ in KEPT])
def test_what_keeps_the_order_keeps_the_set(left: str, right: str, given: tuple[str, ...]) -> None:
    for claim in (f"{argmax(left)} == {argmax(right)}", f"{argmax(right)} == {argmax(left)}"):
        result = said(claim, *given)
        assert (result.outcome, result.evidence) == ("proved", "exact"), (claim, result.reason)


#: Functions which do not: with both sets where they first differ.
CHANGED = (
    ("x[i]**2", "x[i]", (), "{1}", "{2}"),
    ("-x[i]", "x[i]", (), "{1}", "{2}"),
    ("a*x[i]", "x[i]", ("a >= 0",), "{1, 2}", "{2}"),
    ("relu(x[i])", "x[i]", (), "{1, 2}", "{2}"),
    ("floor(x[i])", "x[i]", (), "{1, 2}", "{2}"),
    ("sign(x[i])", "x[i]", (), "{1, 2}", "{2}"),
    ("min(x[i], 1)", "x[i]", (), "{1, 2}", "{2}"),
    ("cos(x[i])", "x[i]", (), "{1}", "{2}"),
    ("exp(-x[i])", "x[i]", (), "{1}", "{2}"),
    ("sin(x[i])", "x[i]", (), "{1}", "{2}"),
    ("x[i]*sigmoid(x[i])", "x[i]", (), "{2}", "{1}"),
    ("x[i]*(1 - x[i])", "x[i]", (), "{1, 2}", "{2}"),
    ("x[i] + y[i]", "x[i]", (), "{1, 2}", "{2}"),
    ("y[i]", "x[i]", (), "{1, 2}", "{2}"),
    ("A[k, i]", "sum(A[j, i], j, 1, n)", IN_RANGE, "{1, 2}", "{2}"),
)


@pytest.mark.parametrize(
    ("left", "right", "given", "first", "second"),
    CHANGED,
    ids=[f"{one} and {two}" for one, two, *_ in CHANGED],
)
def test_what_changes_the_set_is_refuted_by_both_sets(
    left: str, right: str, given: tuple[str, ...], first: str, second: str
) -> None:
    result = said(f"{argmax(left)} == {argmax(right)}", *given)
    assert result.outcome == "refuted", result.reason
    found = result.counterexample
    assert found is not None
    assert (found["dims"]["n"], found["lhs"], found["rhs"]) == (2, first, second)
    assert CHOSEN not in str(result.to_json())


def test_a_range_between_numbers_is_one_over_a_dimension() -> None:
    assert said("argmax(w[i], i, 1, 3) == argmax(w[j] + a, j, 1, 3)").outcome == "proved"
    found = said("argmax(w[i], i, 1, 3) == argmax(w[i]**2, i, 1, 3)").counterexample
    assert found is not None
    assert found["lhs"] != found["rhs"]


def test_both_sides_must_be_defined() -> None:
    result = said(f"{argmax('log(x[i])')} == {argmax('2*log(x[i])')}")
    assert (result.outcome, result.needs[:1]) == ("gap", ("x > 0",))
    assert CHOSEN not in str(result.to_json())
    result = said(f"{argmax('x[i] + 1/a')} == {argmax('x[i]')}")
    assert (result.outcome, result.needs) == ("gap", ("a ≠ 0",))


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (f"{argmax('x[i]')} != {argmax('-x[i]')}", "sets are only shown to be equal"),
        (f"{argmax('x[i]')} == argmax(z[j], j, 1, m)", "one is taken over 1..n, the other over 1..m"),
        (f"argmax(x[1]*i, i, 2, n) == {argmax('x[i]')}", "an argmax is taken over 1..n"),
        ("argmax(1/i, i, 1, oo) == argmax(2/i, i, 1, oo)", "an argmax is taken over 1..n"),
        (f"{argmax('x[i]')} == {argmax('i')}", "i is an index, not a number"),
        (f"{argmax('x[i]')} == {argmax('sum(x[i], t, 1, k)')}", "no rule is known"),
    ],
)
def test_other_ranges_and_relations_are_undecided(claim: str, reason: str) -> None:
    result = said(claim)
    assert result.outcome == "undecided"
    assert reason in result.reason


def test_sets_are_not_assumed_to_be_equal() -> None:
    equal = f"{argmax('x[i]')} == {argmax('y[i]')}"
    for result in (said("a == a", equal), said(f"{equal} => a == a")):
        assert result.outcome == "undecided"
        assert "not assumed" in result.reason


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (f"a == {argmax('x[i]')}", "is a set of indices, and the other side is none"),
        (f"{argmax('x[i]')} == 0", "is a set of indices, and the other side is none"),
        (f"{argmax('x[i]')} <= {argmax('y[i]')}", "compared by == only"),
        (f"{argmax('x[i]')} + 1 == {argmax('y[i]')}", "is a set of indices"),
        (f"sum({argmax('x[i]')}, j, 1, n) == a", "is a set of indices"),
        (f"{argmax('x')} == {argmax('x[i]')}", "needs scalars"),
    ],
)
def test_a_set_is_no_number(claim: str, reason: str) -> None:
    result = said(claim)
    assert result.outcome == "invalid"
    assert reason in result.reason
    assert result.at is not None


def test_a_declared_index_is_the_same_in_all_that_is_given() -> None:
    assert said("x[k] == 0 => sum(x[j], j, 1, n) == 0", *IN_RANGE).outcome == "refuted"
    assert said("x[1] == 0", *IN_RANGE, "x[k] == 0").outcome == "refuted"
    assert said("x[k]*y[k] == 0", *IN_RANGE, "x[k] == 0").outcome == "proved"


def test_a_sum_of_what_an_index_around_binds_has_no_meaning_yet() -> None:
    result = said("max(sum(x[i], t, 1, k), i, 1, n) == k*max(x[i], i, 1, n)")
    assert result.outcome == "undecided"
