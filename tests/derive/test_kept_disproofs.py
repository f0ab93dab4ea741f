"""Where a statement fails is kept of a disproof: it is evaluated there again, whatever is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from lemmata import choice, dims, disproof, eye, function, opnorm, scalar, tends, time, vector
from lemmata.derive.disproof import Disproof
from lemmata.kernel import Checked
from lemmata.language.declare import matrix, recurrence
from lemmata.language.expr import Statement

(n,) = dims("n")
a, b = scalar("a"), scalar("b")
p = scalar("p", positive=True)
u = vector("u", n)
k = choice("k*", n)
W = matrix("W", n, n)
σ = function("σ")
t = time("t")
J = recurrence("J", (n, n), over=t, start=eye(n), step=lambda J, t: W @ J[t - 1])


def claim(statement: Statement, *given: Statement) -> Disproof:
    def claimed() -> None:
        """It is false."""

    return disproof(statement, given=given)(claimed)


CLAIMS = {
    "numbers": lambda: claim(a**2 >= a),
    "under a hypothesis": lambda: claim(a <= b, b >= 0),
    "a function": lambda: claim(σ(a + b) == σ(a) + σ(b)),
    "a choice": lambda: claim(u[k] >= 0),
    "a limit": lambda: claim(tends(opnorm(J[t]), 0, over=t)),
}


@pytest.mark.parametrize("make", CLAIMS.values(), ids=CLAIMS.keys())
def test_what_was_kept_gives_the_same_record_again(make: Callable[[], Disproof]) -> None:
    first = make()
    record = first.record()
    kept = json.loads(json.dumps(first.kept(record)))
    again = make().recalled(kept, Checked())
    assert again is not None and again["outcome"] == "disproved"
    assert {**again, "seconds": 0, "line": 0} == {**record, "seconds": 0, "line": 0}


def test_nothing_is_kept_of_what_is_not_disproved() -> None:
    stated = claim(a**2 >= 0)
    assert stated.kept(stated.record()) is None


def kept_of(stated: Disproof) -> dict[str, Any]:
    kept = stated.kept(stated.record())
    assert kept is not None
    return json.loads(json.dumps(kept))  # type: ignore[no-any-return]


def test_a_true_statement_is_not_disproved_by_the_point_of_a_false_one() -> None:
    assert claim(a**2 >= 2 * a - 1).recalled(kept_of(claim(a**2 >= a)), Checked()) is None


def test_a_point_where_a_hypothesis_fails_is_no_counterexample() -> None:
    kept = kept_of(claim(a <= b))
    for given in ([a <= b], [p <= 0], [a == b]):
        assert claim(a <= b, *given).recalled(kept, Checked()) is None


def _set(*path: Any, to: object) -> Callable[[dict[str, Any]], None]:
    def change(kept: dict[str, Any]) -> None:
        *above, last = path
        place: Any = kept
        for key in above:
            place = place[key]
        place[last] = to

    return change


DAMAGE = {
    "no sizes": lambda kept: kept.pop("dims"),
    "more than a point": _set("outcome", to="disproved"),
    "dimension 0": _set("dims", "n", to=0),
    "a huge dimension": _set("dims", "n", to=10**6),
    "a dimension that is true": _set("dims", "n", to=True),
    "another dimension": _set("dims", "m", to=1),
    "a time before the first": _set("naturals", "k*", to=0),
    "no list": _set("choices", to="a"),
    "no pair": _set("choices", 0, to=["entry"]),
    "no number": _set("choices", 0, 1, to="1/0"),
    "a number to be computed": _set("choices", 0, 1, to="9**9**9"),
    "a number that is none": _set("choices", 0, 1, to=1.5),
    "no name": _set("choices", 0, 0, to="u"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_what_is_damaged_is_not_read(damage: Callable[[dict[str, Any]], object]) -> None:
    kept = deepcopy(kept_of(claim(u[k] >= 0)))
    assert claim(u[k] >= 0).recalled(kept, Checked()) is not None
    damage(kept)
    assert claim(u[k] >= 0).recalled(kept, Checked()) is None


@pytest.mark.parametrize("value", [None, 3, "x", [], [[]], {"dims": {}}, {"certificate": {}}])
def test_what_is_no_point_is_not_read(value: object) -> None:
    assert claim(a**2 >= a).recalled(value, Checked()) is None


def test_other_numbers_disprove_only_where_they_are_a_counterexample() -> None:
    kept = kept_of(claim(a**2 >= a))
    for number, fails in (("1/3", True), ("2", False), ("0", False), ("-1", False)):
        kept["choices"][0][1] = number
        assert (claim(a**2 >= a).recalled(kept, Checked()) is not None) == fails
