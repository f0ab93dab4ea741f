"""Limits, and what is given at all times of a recurrence: told where all goes round for ever, else not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata import (
    always,
    choice,
    column,
    dims,
    index,
    matrix,
    maximum,
    recurrence,
    scalar,
    tends,
    time,
    vector,
    word,
)
from lemmata.language.context import context_of
from lemmata.language.expr import Expr, Statement
from lemmata.language.lower import lower_statement
from lemmata.refute import Attack, attack

t = time("t")
(n,) = dims("n")
a, b = scalar("a"), scalar("b", over=t)


def attacked(statement: Statement, *given: Statement) -> Attack:
    hypotheses = tuple((str(hypothesis), hypothesis) for hypothesis in given)
    return attack(context_of((statement,), hypotheses), lower_statement(statement))


def sequence(start: object, step: object, name: str = "x") -> Expr:
    return recurrence(name, over=t, start=start, step=step)  # type: ignore[arg-type]


ALTERNATING = sequence(1, lambda x, t: -x[t - 1])
STILL = sequence(a, lambda x, t: x[t - 1])
ZERO_SOON = sequence(a, lambda x, t: x[t - 1] * 0)
HALVED = sequence(1, lambda x, t: x[t - 1] / 2)
GROWING = sequence(2, lambda x, t: x[t - 1] ** 2)
COUNTED = sequence(1, lambda x, t: x[t - 1] / t)
THREE = sequence(0, lambda x, t: 1 - x[t - 1] ** 2)
LATE = sequence(0, lambda y, t: ALTERNATING[t - 1] + 1, "y")


@pytest.mark.parametrize(
    "statement",
    [tends(ALTERNATING[t], 1, over=t), tends(ALTERNATING[t], 0, over=t), tends(ALTERNATING[t], -1, over=t),
     tends(STILL[t], 0, over=t), tends(ZERO_SOON[t], 1, over=t), tends(THREE[t], 0, over=t),
     tends(LATE[t], 0, over=t), tends(LATE[t], 2, over=t), tends(b[t], 0, over=t),
     tends(ALTERNATING[t] * a, 0, over=t)],
    ids=str,
)  # fmt: skip
def test_false_limit_of_what_goes_round_is_refuted(statement: Statement) -> None:
    found = attacked(statement).counterexample
    assert found is not None and found.kind == "differs"
    assert found.note.startswith("the values repeat themselves from there on")


@pytest.mark.parametrize(
    "statement",
    [tends(ZERO_SOON[t], 0, over=t), tends(STILL[t], a, over=t), tends(ALTERNATING[t] ** 2, 1, over=t)],
    ids=str,
)
def test_true_limit_of_what_goes_round_agrees(statement: Statement) -> None:
    found = attacked(statement)
    assert found.agrees and found.instances >= 10


@pytest.mark.parametrize(
    "statement",
    [tends(HALVED[t], 0, over=t), tends(HALVED[t], 1, over=t), tends(GROWING[t], 0, over=t),
     tends(COUNTED[t], 5, over=t), tends(a**t, 0, over=t)],
    ids=str,
)  # fmt: skip
def test_where_nothing_is_seen_to_go_round_there_is_no_answer(statement: Statement) -> None:
    """True or false: a limit is not told from finitely many values."""
    found = attacked(statement)
    assert found.counterexample is None and found.instances == 0


def test_what_is_given_at_all_times_of_a_recurrence_holds_at_the_instances() -> None:
    x = sequence(a, lambda x, t: x[t - 1] * b[t])
    assert attacked(x[t] <= 1, always(x[t] <= 1, over=t)).agrees
    found = attacked(x[t] <= Fraction(1, 2), always(x[t] <= 1, over=t)).counterexample
    assert found is not None and found.left == "1"


def test_a_recurrence_that_grows_satisfies_nothing_at_all_times() -> None:
    found = attacked(a == a + 1, always(GROWING[t] >= 1, over=t))
    assert (found.counterexample, found.instances) == (None, 0)


# Words, choices and the descent to the edge of what is given.
i, k = index("i", n), choice("k*", n)
A, u = matrix("A", n, n, nonnegative=True), vector("u", n, nonnegative=True)
w = word("w", n, over=t)


def test_a_word_is_one_of_the_vocabulary() -> None:
    assert attacked(u[w[t]] <= maximum(u[i], i)).agrees
    found = attacked(maximum(u[i], i) <= u[w[t]]).counterexample
    assert found is not None and dict(found.dims) == {"n": 2}
    assert (found.left, found.right) == ("1", "0")


def test_words_at_two_times_need_not_be_the_same() -> None:
    found = attacked(w[t] == w[t + 1]).counterexample
    assert found is not None and dict(found.dims) == {"n": 2}


def test_a_choice_is_one_index_for_the_whole_statement() -> None:
    assert attacked(A[k, i] * u[k] <= maximum(A[k, i], i) * u[k]).agrees
    found = attacked(u[i] <= u[k]).counterexample
    assert found is not None
    assert (dict(found.dims), dict(found.naturals), found.left, found.right) == (
        {"n": 2}, {"k*": 1}, "[0, 1]", "[0, 0]",
    )  # fmt: skip


def test_the_edge_of_several_inequalities_is_reached() -> None:
    """a = b² is met by few instances drawn at random."""
    c, d, e = (scalar(name, nonnegative=True) for name in "cde")
    given = [c**2 <= d, d <= e**2, e <= 1]
    found = attacked(c <= d, *given).counterexample
    assert found is not None and found.kind == "differs"
    assert attacked(c <= e, *given).agrees


def test_a_column_of_maxima_is_looked_at_entry_by_entry() -> None:
    j = index("j", n)
    found = attacked(column(maximum(A[i, j], i), j) == column(maximum(A[j, i], i), j)).counterexample
    assert found is not None and dict(found.dims) == {"n": 2}
