"""What is known of a theorem: the shape of its record, and that no two of its parts disagree."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from lemmata import calc, define, dims, dot, eye, inv, matrix, norm, scalars, tr, vector
from lemmata.derive import Disagreement, Theorem
from lemmata.derive import record as recording
from lemmata.language.expr import Expr, Statement
from lemmata.refute import Attack, Counterexample
from lemmata.report.record import Record
from tests.proofs.claims import claim, derived
from tests.proofs.judged import judged

(n,) = dims("n")
a, b = scalars("a b")
x, y = vector("x", n), vector("y", n)
A, B = matrix("A", n, n), matrix("B", n, n)
w = define("w", a * x)

EVERY_KIND = {
    "proved": claim(tr(A @ B) == tr(B @ A)),
    "proved with a condition": claim(x / norm(x) * norm(x) == x, [x != 0]),
    "refuted": claim(A @ B == B @ A),
    "gap": claim(x / norm(x) * norm(x) == x),
    "undecided": claim(dot(x, y) <= norm(x) * norm(y)),
    "a false line": derived(w == a * x, calc(w).eq(x, by=w).eq(a * x, by=w)),
    "an unknown reason": derived(w == a * x, calc(w).eq(a * x, by="magic")),
}


def mismatches(value: Any, wanted: Any, place: str) -> list[str]:
    """Where plain values have not the shape which a type says."""
    if is_typeddict(wanted):
        hints = get_type_hints(wanted)
        if not isinstance(value, dict) or set(value) != set(hints):
            return [f"{place}: {value!r} has not the keys {sorted(hints)}"]
        return [found for key in hints for found in mismatches(value[key], hints[key], f"{place}.{key}")]
    if get_origin(wanted) is list:
        (inner,) = get_args(wanted)
        if not isinstance(value, list):
            return [f"{place}: {value!r} is no list"]
        return [found for n, part in enumerate(value) for found in mismatches(part, inner, f"{place}[{n}]")]
    if get_origin(wanted) is dict:
        keys, values = get_args(wanted)
        good = isinstance(value, dict) and all(isinstance(k, keys) for k in value)
        good = good and all(isinstance(v, values) for v in value.values())
        return [] if good else [f"{place}: {value!r} is not {wanted}"]
    if get_args(wanted):
        tried = [mismatches(value, choice, place) for choice in get_args(wanted)]
        return [] if [] in tried else tried[0]
    return [] if isinstance(value, wanted) else [f"{place}: {value!r} is no {wanted.__name__}"]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_record_has_the_shape_which_reports_read(kind: str) -> None:
    record = judged(EVERY_KIND[kind])
    assert list(record) == list(Record.__annotations__)
    assert mismatches(record, Record, "record") == []


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_record_is_plain_json(kind: str) -> None:
    record = judged(EVERY_KIND[kind])
    assert json.loads(json.dumps(record)) == record


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_evidence_is_claimed_for_what_is_proved_only(kind: str) -> None:
    record = judged(EVERY_KIND[kind])
    assert (record["evidence"] is not None) == (record["outcome"] == "proved")
    for line in record["lines"]:
        assert (line["evidence"] is not None) == (line["outcome"] == "proved")


def test_shape_test_sees_a_key_that_is_missing_and_a_wrong_type() -> None:
    record = judged(EVERY_KIND["refuted"])
    without = {key: value for key, value in record.items() if key != "needs"}
    assert len(mismatches(without, Record, "record")) == 1
    assert mismatches({**record, "line": "3"}, Record, "record") == ["record.line: '3' is no int"]


#: statement, what its sides differ by
RESIDUALS = [
    (A @ x + B @ x == A @ x, "-B x"),
    (norm(x + y) ** 2 == norm(x) ** 2 + norm(y) ** 2, "-2 (yᵀ x)"),
    (tr(A @ B) == 2 * tr(B @ A), "tr(A B)"),
    (A @ B == B @ A, "B A - A B"),
    ((A @ B).T == A.T @ B.T, "Aᵀ Bᵀ - Bᵀ Aᵀ"),
    ((a + b) ** 2 == a**2 + b**2, "-2 a b"),
]


@pytest.mark.parametrize(("statement", "text"), RESIDUALS, ids=str)
def test_residual_is_said_in_the_notation_of_the_author(statement: Statement, text: str) -> None:
    assert judged(claim(statement))["lines"][1]["residual"]["text"] == text


#: left side, right side, what the statement needs
NEEDS: list[tuple[Expr, object, list[str]]] = [
    (a / a, 1, ["a ≠ 0"]),
    (a * b / (a * b), 1, ["a b ≠ 0"]),
    (norm(x) / norm(x), 1, ["x ≠ 0"]),
    (A @ inv(A), eye(n), ["det(A) ≠ 0"]),
    (dot(y, x) / dot(y, x), 1, ["yᵀ x ≠ 0"]),
]


@pytest.mark.parametrize(("left", "right", "needs"), NEEDS, ids=str)
def test_condition_is_named_as_a_reader_would(left: Expr, right: object, needs: list[str]) -> None:
    record = judged(claim(left == right))
    assert (record["outcome"], sorted(need["text"] for need in record["needs"])) == ("gap", needs)


#: statement, counterexample: sizes, values, left, right
COUNTEREXAMPLES = [
    (norm(x) == 1, {"n": 1}, {"x": "[0]"}, "0", "1"),
    (a * b == a + b, {}, {"a": "1", "b": "0"}, "0", "1"),
    (A.T == A, {"n": 2}, {"A": "[[0, 1], [0, 0]]"}, "[[0, 0], [1, 0]]", "[[0, 1], [0, 0]]"),
    (dot(x, y) == norm(x) * norm(y), {"n": 1}, {"x": "[1]", "y": "[-1]"}, "-1", "1"),
]


@pytest.mark.parametrize(("statement", "sizes", "values", "left", "right"), COUNTEREXAMPLES, ids=str)
def test_counterexample_is_the_simplest(
    statement: Statement, sizes: dict[str, int], values: dict[str, str], left: str, right: str
) -> None:
    found = judged(claim(statement))["counterexample"]
    assert found["dims"] == sizes
    assert {value["name"]: value["text"] for value in found["values"]} == values
    assert (found["left"], found["right"]) == (left, right)


def broken(*arguments: object) -> Attack:
    """An attack that finds what is not there."""
    found = Counterexample((("n", 1),), (), (("A", "[[1]]"),), (), (), (), "1", "2", "differs")
    return Attack(found, 1, "n = 1", "exact rationals")


def test_statement_both_accepted_and_refuted_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "attack", broken)
    with pytest.raises(Disagreement) as found:
        claim(tr(A @ B) == tr(B @ A)).record()
    said = str(found.value)
    for part in ("tr(A B) = tr(B A)", "A = [[1]]", "the left side is 1", "the right side 2"):
        assert part in said


def test_statement_that_is_not_accepted_may_be_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "attack", broken)
    assert claim(A @ B == B @ A).record()["outcome"] == "refuted"


#: a theorem is judged anew each time, with the same result
@pytest.mark.parametrize(
    "make",
    [lambda: claim(A @ B == B @ A), lambda: claim(inv(A @ B) == inv(B) @ inv(A))],
    ids=["false", "gap"],
)
def test_record_is_deterministic_but_for_the_time(make: Callable[[], Theorem]) -> None:
    first, second = (without_times(make().record()) for _ in range(2))
    assert first == second


def without_times(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in ("seconds", "kernel_seconds")}
