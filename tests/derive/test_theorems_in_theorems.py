"""A theorem may follow `by=` in another: as it stands, or at other values of its variables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata import calc, dims, dot, grad, matrix, norm, scalars, theorem, vector
from lemmata.derive import Theorem
from lemmata.language.expr import Expr, Statement
from tests.proofs.claims import derived, outcomes
from tests.proofs.judged import judged

n, m = dims("n m")
a, b = scalars("a b")
x, y, u, v = (vector(name, n) for name in "xyuv")
z = vector("z", m)
A = matrix("A", n, n)


@theorem(norm(x + y) ** 2 == norm(x) ** 2 + norm(y) ** 2, given=[dot(x, y) == 0])
def pythagoras() -> Expr:
    """The square of the hypotenuse."""
    return calc(norm(x + y) ** 2).eq(norm(x) ** 2 + norm(y) ** 2, by="hypothesis")


@theorem(norm(x - y) ** 2 == norm(x) ** 2 + norm(y) ** 2, given=[dot(x, y) == 0])
def pythagoras_for_the_difference() -> Expr:
    """The other diagonal of a rectangle is as long."""
    return calc(norm(x - y) ** 2).eq(norm(x) ** 2 + norm(y) ** 2, by=pythagoras.at(y=-y))


@theorem(norm(x) ** 2 >= 0)
def squares_are_nonnegative() -> Expr:
    """A sum of squares is at least 0."""
    return calc(norm(x) ** 2).ge(0, by="algebra")


@theorem(a / a == 1, given=[a != 0])
def ratio() -> Expr:
    """A number divided by itself is 1."""
    return calc(a / a).eq(1, by="algebra")


@theorem(a / a == 1)
def ratio_without_condition() -> Expr:
    """The same, where 0 / 0 is not excluded."""
    return calc(a / a).eq(1, by="algebra")


@theorem(norm(x) == 1)
def unit_vectors_only() -> Expr:
    """Every vector is a unit vector."""
    return calc(norm(x)).eq(1, by="algebra")


def using(goal: Statement, by: object, *given: Statement) -> Theorem:
    """The statement as a theorem that follows by another one."""
    step = calc(goal.left).eq if goal.relation == "==" else calc(goal.left).ge
    return derived(goal, step(goal.right, by=by), given)


def square(vector: Expr) -> Expr:
    return norm(vector) ** 2


USES = [
    pytest.param(using(square(x + y) == square(x) + square(y), pythagoras, dot(x, y) == 0),
                 id="as it stands"),
    pytest.param(using(square(y + x) + a == square(y) + square(x) + a, pythagoras,
                       dot(x, y) == 0), id="inside"),
    pytest.param(using(square(u + v) == square(u) + square(v), pythagoras.at(x=u, y=v),
                       dot(u, v) == 0), id="u, v"),
    pytest.param(using(square(x + y) == square(x) + square(y), pythagoras.at(x=y, y=x),
                       dot(x, y) == 0), id="y, x"),
    pytest.param(using(square(A @ u + v) == square(A @ u) + square(v), pythagoras.at(x=A @ u, y=v),
                       dot(A @ u, v) == 0), id="at Au, v"),
    pytest.param(using(square(x - y) + a == square(x) + square(y) + a, pythagoras_for_the_difference,
                       dot(x, y) == 0), id="of a theorem that uses another"),
    pytest.param(using(square(y) + a >= a, squares_are_nonnegative.at(x=y)), id="an inequality"),
    pytest.param(using(b / b + a == 1 + a, ratio.at(a=b), b != 0), id="with its condition"),
    pytest.param(using(grad(square(x), x) + u == 2 * x + u, []), id="by nothing"),
]  # fmt: skip

#: use, what is said of it
WRONG_USES = [
    pytest.param(lambda: using(b / b == 1, ratio.at(a=b)), "ratio assumes a != 0, which is not shown here",
                 id="its condition is missing"),
    pytest.param(lambda: using(square(u + v) == square(u) + square(v), pythagoras.at(x=u, y=v)),
                 "pythagoras assumes xᵀ y == 0, which is not shown here", id="its hypothesis is missing"),
    pytest.param(lambda: using(b / b == 1, ratio_without_condition.at(a=b), b != 0),
                 "by=ratio_without_condition: this theorem is not proved", id="it has a gap"),
    pytest.param(lambda: using(square(x) == 1, unit_vectors_only),
                 "by=unit_vectors_only: this theorem is not proved", id="it is false"),
    pytest.param(lambda: using(square(x) == square(x), pythagoras.at(x=a)),
                 "by=pythagoras(x = a): x needs", id="a scalar for a vector"),
    pytest.param(lambda: using(square(z) == square(z), pythagoras.at(x=z)),
                 "by=pythagoras(x = z): there is no variable y of the shape ('m',)",
                 id="a vector of another size"),
]  # fmt: skip


@pytest.mark.parametrize("use", USES)
def test_theorem_is_used(use: Theorem) -> None:
    record = judged(use)
    assert (record["outcome"], record["evidence"]) == ("proved", "exact")


@pytest.mark.parametrize(("use", "said"), WRONG_USES)
def test_theorem_that_does_not_fit_proves_nothing(use: Callable[[], Theorem], said: str) -> None:
    record = judged(use())
    assert record["outcome"] in ("undecided", "refuted")
    assert (outcomes(record), record["certificate"]) == (["invalid"], None)
    assert record["lines"][1]["message"].startswith(said)


def test_value_for_what_the_theorem_does_not_have_is_refused() -> None:
    record = judged(using(square(x + y) == square(x) + square(y), pythagoras.at(w=u), dot(x, y) == 0))
    assert outcomes(record) == ["invalid"]
    assert "w" in record["lines"][1]["message"]


def test_theorem_rests_on_those_it_uses_and_on_theirs() -> None:
    third = judged(using(square(x - y) + a == square(x) + square(y) + a, pythagoras_for_the_difference,
                         dot(x, y) == 0))  # fmt: skip
    assert judged(pythagoras)["rests_on"] == []
    assert judged(pythagoras_for_the_difference)["rests_on"] == ["pythagoras"]
    assert sorted(third["rests_on"]) == ["pythagoras", "pythagoras_for_the_difference"]


def test_reason_names_the_theorem_and_its_values() -> None:
    record = judged(pythagoras_for_the_difference)
    assert [line["reason"] for line in record["lines"]] == ["", "pythagoras(y = -y)"]
