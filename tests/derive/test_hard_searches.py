"""A search that comes to no end says so: no statement stops the check of the others."""

from __future__ import annotations

from functools import reduce
from operator import mul
from typing import Any

import pytest

from lemmata import abs as absolute
from lemmata import calc, dims, index, norm, scalar, scalars, theorem, total, vector
from lemmata.language.expr import Statement
from lemmata.language.names import Plain

(n,) = dims("n")
x, y = vector("x", n), vector("y", n)
i, j = index("i", n), index("j", n)
a, b = scalars("a b")
p = scalar("p", positive=True)


def line(statement: Statement, *given: Statement) -> dict[str, Any]:
    """The record of the one line of a theorem."""
    chain = calc(statement.left)
    add = {"==": chain.eq, "<=": chain.le, "<": chain.lt}[statement.relation]

    def claimed() -> object:
        return add(statement.right, by="algebra")

    found: dict[str, Any] = theorem(statement, given=given)(claimed).record()["lines"][1]  # type: ignore[arg-type]
    return found


def test_a_root_of_a_sum_is_compared_with_an_inequality_about_something_else() -> None:
    assert line(x.T @ y <= norm(x) * norm(y), a > 0)["outcome"] == "undecided"


def test_an_equation_by_which_a_side_grows_for_ever_is_given_up() -> None:
    grows = a + x[i] == absolute(norm(x))
    assert line(norm(x + y) < total(x[j] * norm(x), j) + y[i], p == b, grows)["outcome"] != "proved"


def test_a_claim_beyond_the_work_limit_is_not_shown_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Plain.__init__, "__defaults__", (100_000,))
    factors = [scalar(f"u_{k}") + scalar(f"v_{k}") for k in range(24)]
    found = line(reduce(mul, factors) * p <= reduce(mul, factors) * p + p)
    assert found["outcome"] == "undecided"
    assert found["message"] == "the work limit of the kernel was reached"
