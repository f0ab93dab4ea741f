"""A function that computes what a theorem says is compared with it at points; one that does not is found."""

from __future__ import annotations

import numpy as np
import pytest

from lemmata import (
    E,
    Var,
    calc,
    counterpart,
    define,
    dims,
    eye,
    function,
    grad,
    index,
    induction,
    matrix,
    norm,
    random_vector,
    recurrence,
    scalar,
    theorem,
    time,
    vector,
)
from lemmata.derive import DerivationError
from lemmata.report import text, words
from numerics.optimizers import sgd
from numerics.optimizers.momentum import sgd as sgd_where_it_is_written

(n,) = dims("n")
a = scalar("a")
u, v = vector("u", n), vector("v", n)


def double(x):
    return 2 * x


def stated(statement, computed_by, given=()):
    @theorem(statement, given=given, computed_by=computed_by)
    def found():
        return calc(statement.left).eq(statement.right, by="algebra")

    return found


def compared(statement, call, given=(), needed=()):
    found = stated(statement, counterpart(double, call, given=needed), given)
    return found.compare(found.counterparts[0])


def test_a_function_that_computes_the_theorem_agrees_at_every_size():
    found = compared(u + u == 2 * u, lambda at: double(at(u)))
    assert (found.agrees, found.instances, found.dims) == (True, 12, "n = 1, 2, 3")


def test_a_function_that_computes_something_else_is_found_with_both_values():
    found = compared(u + u == 2 * u, lambda at: double(at(u)) + 1)
    assert not found.agrees
    assert found.difference == "at n = 1: the left side is [2.], the function gives [3.]"


def test_a_difference_in_the_tenth_digit_is_not_seen_and_one_in_the_eighth_is():
    assert compared(u + u == 2 * u, lambda at: double(at(u)) * (1 + 1e-11)).agrees
    assert not compared(u + u == 2 * u, lambda at: double(at(u)) * (1 + 1e-7)).agrees


def test_a_value_of_the_wrong_shape_differs():
    found = compared(u + u == 2 * u, lambda at: double(at(u))[:, None])
    assert found.difference == "at n = 1: the left side is [2.], the function gives [[2.]]"


def test_not_a_number_differs():
    assert "the function gives [nan]" in compared(u + u == 2 * u, lambda at: at(u) * np.nan).difference


def test_what_the_function_raises_is_reported():
    found = compared(u + u == 2 * u, lambda at: 1 / 0)
    assert found.difference == "at n = 1: the function raises ZeroDivisionError: division by zero"


def test_a_relation_needs_both_sides():
    squares = norm(u) ** 2 <= norm(u) ** 2 + a**2

    def pair(at):
        return np.sum(at(u) ** 2), np.sum(at(u) ** 2) + at(a) ** 2

    assert compared(squares, pair).agrees
    swapped = compared(squares, lambda at: pair(at)[::-1])
    assert "the left side is" in swapped.difference
    one = compared(squares, lambda at: 1.0)
    assert one.difference == "at n = 1: the function gives 1.; for `<=` a pair (left, right) is needed"


def test_a_function_is_compared_only_where_it_is_defined():
    found = compared((a**2) ** 2 == a**4, lambda at: at(a) ** 4 if at(a) > 1 else 1 / 0, needed=[a > 1])
    assert found.agrees


def test_nothing_compared_is_no_agreement():
    found = compared(u + u == 2 * u, lambda at: double(at(u)), needed=[a**2 < 0])
    assert (found.agrees, found.instances) == (False, 0)
    assert words.counterpart(found.to_record()).startswith("never compared")


def test_matrices_sizes_and_derivatives_are_given_as_arrays():
    A = matrix("A", n, n)

    def call(at):
        assert isinstance(at(n), int)
        assert at(A).shape == (at(n), at(n))
        assert np.array_equal(at(eye(n)), np.eye(at(n)))
        return (at(A) + at(A).T) @ at(u)

    assert compared(grad(u.T @ A @ u, u) == A @ u + A.T @ u, call).agrees


def test_every_value_of_an_index_is_looked_at_and_all_members_are_given():
    m = dims("m")[0]
    j = index("j", m)
    x = vector("x", n, over=m)
    y = define("y", 2 * x[j], over=j)
    seen = set()

    def call(at):
        seen.add((at(m), at(j)))
        assert at.members(x).shape == (at(m), at(n))
        assert np.array_equal(at.members(y), 2 * at.members(x))
        return double(at.members(x)[at(j) - 1])

    assert compared(y[j] == x[j] + x[j], call).agrees
    assert {place for size, place in seen if size == 3} == {1, 2, 3}
    wrong = compared(y[j] == x[j] + x[j], lambda at: double(at.members(x)[0]))
    assert "j = 2" in wrong.difference


@pytest.mark.parametrize("what", [u, recurrence("z", n, over=time("t"), step=lambda z, t: z[t - 1])], ids=str)
def test_only_a_family_over_an_index_set_has_members(what):
    found = compared(u + u == 2 * u, lambda at: at.members(what))
    assert "needs a family over an index set" in found.difference


def test_the_times_of_a_family_are_looked_at_one_after_another():
    t = time("t")
    x = recurrence("x", n, over=t, start=u, step=lambda x, t: 2 * x[t - 1])
    seen = set()

    def call(at):
        seen.add(at(t))
        return at(u) * 2.0 ** at(t)

    @theorem(x[t] == 2**t * u, computed_by=counterpart(double, call))
    def doubled():
        return induction(
            on=t,
            base=calc(x[0]).eq(u, by=x.start),
            step=calc(x[t]).eq(2 * x[t - 1], by=x.step),
        )

    assert doubled.compare(doubled.counterparts[0]).agrees
    assert seen == {0, 1, 2, 3}


def test_an_unknown_function_is_one_of_arrays_and_has_derivatives():
    σ = function("σ", order=1)

    def call(at):
        value, slope = at.function(σ), at.function(σ, order=1)
        step = 1e-6
        for point in (-1.5, 0.25, 2.0):
            assert abs((value(point + step) - value(point - step)) / (2 * step) - slope(point)) < 1e-6
        return value(at(u))

    assert compared(σ(u) == σ(u) + 0 * u, call).agrees


x = random_vector("x", n, moments=2)
y = define("y", u.T @ x)


def test_the_samples_of_a_random_vector_have_its_mean_and_covariance():
    def call(at):
        drawn = at.samples(x)
        assert np.allclose(drawn.mean(axis=0), 0, atol=1e-12)
        assert np.allclose(drawn.T @ drawn / len(drawn), np.eye(at(n)))
        return at.samples(y) * 2

    given = [E(x) == 0, Var(x) == eye(n)]
    assert compared(y + y == 2 * u.T @ x, call, given=given).agrees
    once = compared(y + y == 2 * u.T @ x, lambda at: at.samples(y), given=given)
    assert "the left side is" in once.difference


def test_a_theorem_with_a_function_that_differs_is_not_upheld():
    found = stated(u + u == 2 * u, counterpart(double, lambda at: at(u))).record()
    assert found["outcome"] == "proved"
    assert not words.is_upheld(found)
    assert "double DIFFERS at n = 1: the left side is [2.], the function gives [1.]" in text.block(found)


def test_several_functions_are_compared_each():
    both = [counterpart(double, lambda at: double(at(u))), counterpart(np.add, lambda at: at(u))]
    assert [c["agrees"] for c in stated(u + u == 2 * u, both).record()["counterparts"]] == [True, False]


def test_a_function_has_the_shortest_name_by_which_it_is_imported():
    assert sgd is sgd_where_it_is_written
    assert counterpart(sgd, double).name == "numerics.optimizers.sgd"
    assert counterpart(double, double).name == f"{__name__}.double"


def test_what_is_no_counterpart_is_refused():
    with pytest.raises(DerivationError, match=r"computed_by=.*needs counterpart"):
        theorem(u + u == 2 * u, computed_by=[double])
    with pytest.raises(DerivationError, match="a hypothesis is a statement"):
        counterpart(double, double, given=[1])
