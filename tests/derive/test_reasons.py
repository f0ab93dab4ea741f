"""What may follow `by=`: whether a line is true, and whether it follows by the reason given."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lemmata import (
    E,
    calc,
    define,
    dims,
    dot,
    grad,
    induction,
    matrix,
    norm,
    random_vector,
    recurrence,
    scalars,
    time,
    tr,
    vector,
    zeros,
)
from lemmata.derive import UnknownReason
from lemmata.derive.chain import Calc
from lemmata.derive.reasons import WORDS, label_of, reason
from lemmata.language.context import context_of
from lemmata.language.expr import Statement
from tests.proofs.claims import derived
from tests.proofs.judged import judged

(n,) = dims("n")
a, b = scalars("a b")
x, y = vector("x", n), vector("y", n)
A, B = matrix("A", n, n), matrix("B", n, n)
w = define("w", a * x)
v = define("v", w + y)
X = random_vector("X", n)
t = time("t")
h = recurrence("h", n, over=t, start=x, step=lambda h, t: A @ h[t - 1])
orthogonal = dot(x, y) == 0
symmetric = A.T == A
pythagoras = norm(x) ** 2 + norm(y) ** 2

#: chain of one line, what is given
FOLLOWS: list[tuple[str, Calc, list[Statement]]] = [
    ("algebra", calc((A + B) @ x).eq(A @ x + B @ x, by="algebra"), []),
    ("factoring", calc(A @ x + B @ x).eq((A + B) @ x, by="factoring"), []),
    ("expanding", calc(norm(x + y) ** 2).eq(pythagoras + 2 * dot(x, y), by="expanding"), []),
    ("norm", calc(dot(x, x)).eq(norm(x) ** 2, by="norm"), []),
    ("linearity of the mean", calc(E(A @ X + x)).eq(A @ E(X) + x, by="linearity"), []),
    ("trace", calc(tr(A @ B)).eq(tr(B @ A), by="algebra"), []),
    ("derivative", calc(grad(norm(x) ** 2, x)).eq(2 * x, by="derivative"), []),
    ("product rule", calc(grad(dot(x, y) * dot(x, x), x)).eq(
        dot(x, x) * y + 2 * dot(x, y) * x, by="product rule"), []),
    ("chain rule, through a definition", calc(grad(norm(w) ** 2, x)).eq(2 * a * w, by="chain rule"), []),
    ("quotient rule", calc(grad(1 / (1 + norm(x) ** 2), x)).eq(
        -2 * x / (1 + norm(x) ** 2) ** 2, by="quotient rule"), []),
    ("a defined name", calc(w).eq(a * x, by=w), []),
    ("a definition", calc(w).eq(a * x, by=w.data.all), []),
    ("definition", calc(w).eq(a * x, by="definition"), []),
    ("definitions of definitions", calc(v).eq(a * x + y, by="definitions"), []),
    ("the start of a recurrence", calc(h[0]).eq(x, by=h.start), []),
    ("the step of a recurrence", calc(h[t + 1]).eq(A @ h[t], by=h.step), []),
    ("a recurrence", calc(h[1]).eq(A @ x, by=h), []),
    ("a hypothesis", calc(norm(x + y) ** 2).eq(pythagoras, by=orthogonal), [orthogonal]),
    ("hypothesis", calc(norm(x + y) ** 2).eq(pythagoras, by="hypothesis"), [orthogonal]),
    ("assumptions", calc(norm(x + y) ** 2).eq(pythagoras, by="assumptions"), [orthogonal, symmetric]),
    ("a hypothesis on matrices", calc(dot(x, A @ y)).eq(dot(A @ x, y), by=symmetric), [symmetric]),
    ("two reasons", calc(norm(w + y) ** 2).eq(
        a**2 * norm(x) ** 2 + norm(y) ** 2, by=[w, orthogonal]), [orthogonal]),
]  # fmt: skip

#: a line which is true, but not by the reason given: chain, hypotheses, what it follows from instead
LOOSE: list[tuple[str, Calc, list[Statement], str]] = [
    ("algebra for a definition", calc(w).eq(a * x, by="algebra"), [], "the definitions"),
    ("one definition for two", calc(v).eq(a * x + y, by=v.data.all), [], "the definitions"),
    ("algebra for a hypothesis", calc(norm(x + y) ** 2).eq(pythagoras, by="algebra"), [orthogonal],
     "the hypotheses"),
    ("another hypothesis", calc(norm(x + y) ** 2).eq(pythagoras, by=symmetric), [orthogonal, symmetric],
     "the hypotheses"),
    ("the start for the step", calc(h[t + 1]).eq(A @ h[t], by=h.start), [],
     "the definitions and recurrences"),
    ("one of two reasons", calc(dot(w, y)).eq(0, by=orthogonal), [orthogonal], "all that is known"),
]  # fmt: skip

#: no reason given: chain, hypotheses, what was found
FOUND: list[tuple[str, Calc, list[Statement], str]] = [
    ("nothing is needed", calc(x + x).eq(2 * x), [], "algebra"),
    ("a definition", calc(w).eq(a * x), [], "the definitions"),
    ("a hypothesis", calc(norm(x + y) ** 2).eq(pythagoras), [orthogonal], "the hypotheses"),
    ("a recurrence", calc(h[t + 1]).eq(A @ h[t]), [], "the definitions and recurrences"),
    ("everything", calc(dot(w, y)).eq(0), [orthogonal], "all that is known"),
]

#: what follows `by=`, in a context that gives x·y = 0; what is said of it
UNKNOWN: list[tuple[object, str]] = [
    ("magic", f"by='magic': the words for a reason are {', '.join(WORDS)}"),
    ("", f"by='': the words for a reason are {', '.join(WORDS)}"),
    (3, "by=3: a reason is a definition, a hypothesis, a theorem, or one of algebra, "),
    (x, "by=x: a reason is a definition, a hypothesis, a theorem, or one of algebra, "),
    (None, "by=None: a reason is a definition, a hypothesis, a theorem, or one of algebra, "),
    (dot(x, y) == 1, "by=xᵀ y == 1: this is not among the hypotheses (xᵀ y == 0)"),
    (dot(y, x) == 0, "by=yᵀ x == 0: this is not among the hypotheses (xᵀ y == 0)"),
    (w, "by=w: neither side speaks of what is defined there"),
    ("induction hypothesis", "by='induction hypothesis': this line is not in the step of an induction"),
]


def line(chain: Calc, given: list[Statement]) -> dict[str, Any]:
    """The record of the one line of a chain."""
    record = judged(derived(chain.statement, chain, given))
    (_, only) = record["lines"]
    assert record["outcome"] == ("proved" if only["follows"] is not False else "undecided")
    found: dict[str, Any] = only
    return found


@pytest.mark.parametrize(("chain", "given"), [row[1:] for row in FOLLOWS], ids=[row[0] for row in FOLLOWS])
def test_line_follows_by_its_reason(chain: Calc, given: list[Statement]) -> None:
    found = line(chain, given)
    assert (found["outcome"], found["follows"], found["evidence"]) == ("proved", True, "exact")


@pytest.mark.parametrize(("chain", "given", "instead"), [row[1:] for row in LOOSE], ids=[r[0] for r in LOOSE])
def test_true_line_does_not_follow_by_another_reason(
    chain: Calc, given: list[Statement], instead: str
) -> None:
    found = line(chain, given)
    assert (found["outcome"], found["follows"], found["found"]) == ("proved", False, instead)


@pytest.mark.parametrize(("chain", "given", "what"), [row[1:] for row in FOUND], ids=[r[0] for r in FOUND])
def test_search_says_what_it_found(chain: Calc, given: list[Statement], what: str) -> None:
    found = line(chain, given)
    assert (found["outcome"], found["follows"], found["reason"], found["found"]) == ("proved", None, "", what)


@pytest.mark.parametrize(("by", "said"), UNKNOWN)
def test_what_is_no_reason_is_named(by: object, said: str) -> None:
    context = context_of((x == x,), ((label_of(orthogonal), orthogonal),))
    with pytest.raises(UnknownReason, match="^" + re.escape(said)):
        reason(by, context)


@pytest.mark.parametrize("by", ["magic", 3, dot(x, y) == 1, "induction hypothesis"], ids=str)
def test_line_with_an_unknown_reason_stops_no_other_line(by: object) -> None:
    chain = calc(w).eq(a * x, by=w).eq(2 * a * x / 2, by=by).eq(x * a, by="algebra")
    record = judged(derived(w == x * a, chain))
    assert [found["outcome"] for found in record["lines"]] == ["", "proved", "invalid", "proved"]
    assert record["lines"][2]["message"].startswith("by=")
    assert (record["outcome"], record["certificate"]) == ("undecided", None)


def test_induction_hypothesis_is_known_in_the_step_only() -> None:
    claim = h[t] == zeros(n)
    chain = calc(h[t]).eq(A @ h[t - 1], by=h.step).eq(0, by="induction hypothesis")
    base = calc(h[0]).eq(x, by=h.start).eq(0, by=x == zeros(n))
    proof = induction(on=t, base=base, step=chain)
    assert judged(derived(claim, proof, [x == zeros(n)]))["outcome"] == "proved"
    early = induction(on=t, base=calc(h[0]).eq(0, by="induction hypothesis"), step=chain)
    record = judged(derived(claim, early, [x == zeros(n)]))
    assert record["outcome"] == "undecided"
    assert record["lines"][1]["outcome"] == "invalid"
