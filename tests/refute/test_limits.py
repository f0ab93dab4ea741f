"""Limits, and what is given at all times of a recurrence: told where all goes round for ever, else not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata import (
    E,
    always,
    choice,
    column,
    dims,
    index,
    matrix,
    maximum,
    random_scalar,
    recurrence,
    scalar,
    tends,
    time,
    vector,
    word,
)
from lemmata.kernel.context import Context, Variable
from lemmata.kernel.context import Statement as Said
from lemmata.kernel.terms import ZERO, Count, Index, Mul, Natural, Num, Ref
from lemmata.language.context import context_of
from lemmata.language.expr import Expr, Statement
from lemmata.language.lower import lower_statement
from lemmata.refute import Attack, attack
from lemmata.refute.values import compare, exact

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


def test_under_a_limit_nothing_is_refuted() -> None:
    """Whether a family tends to 1 is not seen at its first values."""
    f = scalar("f", over=t)
    found = attacked(tends(2 * f[t], 2, over=t), tends(f[t], 1, over=t))
    assert (found.counterexample, found.instances) == (None, 0)
    assert found.note.endswith("is a limit, which no finitely many values show")


def test_values_are_compared_by_the_known_relations_only() -> None:
    with pytest.raises(NotImplementedError, match="-> is no relation of two values"):
        compare("->", exact(Fraction(0)), exact(Fraction(1)))


def test_a_hypothesis_on_a_random_recurrence_is_left_unsettled() -> None:
    noise = random_scalar("x")
    s = sequence(0, lambda s, t: s[t - 1] + noise, "s")
    assert attacked(E(s[t]) <= 6, always(E(s[t]) <= 5, over=t)).counterexample is None


def natural_family(name: str, *properties: str, times: int = 1) -> Variable:
    return Variable(name, (Natural(0),) * times, frozenset(properties))


def test_what_is_defined_by_its_time_is_not_known_from_finitely_many_times() -> None:
    """c t <= 100 for all t gives c <= 0, though c = 1 keeps it for a hundred times."""
    c, at = Variable("c", (), frozenset({"nonnegative"})), Index("t")
    binders = (("t", Natural(0)),)
    defined = Context(
        variables=(c, natural_family("y")),
        definitions=(("d", Said(binders, "=", Ref("y", (at,)), Mul((Ref("c", ()), Count(at))))),),
        hypotheses=(("h", Said(binders, "<=", Ref("y", (at,)), Num(Fraction(100)))),),
    )
    assert attack(defined, Said((), "<=", Ref("c", ()), ZERO)).counterexample is None


def test_a_recurrence_over_two_times_is_not_taken_to_repeat_itself() -> None:
    """2^t f(u) <= 10⁶ for all t and u gives f <= 0; f(0) = 0 says nothing of the other u."""
    at, other = Index("t"), Index("u")
    start = Said((("u", Natural(0)),), "=", Ref("s", (Index("", 0), other)), Ref("f", (other,)))
    doubled = Mul((Num(Fraction(2)), Ref("s", (Index("t", -1), other))))
    step = Said((("t", Natural(1)), ("u", Natural(0))), "=", Ref("s", (at, other)), doubled)
    both = (("t", Natural(0)), ("u", Natural(0)))
    context = Context(
        variables=(natural_family("f", "nonnegative"), natural_family("s", times=2)),
        definitions=(("start", start), ("step", step)),
        hypotheses=(
            ("h", Said(both, "<=", Ref("s", (at, other)), Num(Fraction(10**6)))),
            ("first", Said((), "=", Ref("f", (Index("", 0),)), ZERO)),
        ),
    )
    goal = Said((("u", Natural(0)),), "<=", Ref("f", (other,)), ZERO)
    assert attack(context, goal).counterexample is None


def test_the_cross_check_says_that_a_hypothesis_was_not_checked_at_all_times() -> None:
    f = scalar("f", over=t)
    found = attacked(f[0] <= f[0] + 1, always(f[t] * t <= 5, over=t))
    assert found.instances > 0
    assert found.method.endswith("about all times cannot be checked at finitely many")
