"""Numbers are drawn for which the bounds of the hypotheses hold."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata.language.context import context_of
from lemmata.language.declare import dims, scalar, scalars, time, vector
from lemmata.language.expr import Statement
from lemmata.language.lower import lower_statement
from lemmata.refute.bounds import Bound, bounds_of, within
from lemmata.refute.search import attack
from lemmata.refute.values import exact

(n,) = dims("n")
a, b, ρ = scalars("a b ρ")
u = vector("u", n)
x = scalar("x", over=time("t"))


def bounds(*hypotheses: Statement) -> dict[str, tuple[Bound, ...]]:
    return dict(bounds_of(context_of([], [(str(given), given) for given in hypotheses])))


def test_bounds_are_read_on_both_sides() -> None:
    assert bounds(ρ >= 0, ρ < 1, a != 0) == {
        "ρ": (Bound("<=", Fraction(0), False), Bound("<", Fraction(1), True)),
        "a": (Bound("!=", Fraction(0), True),),
    }


def test_a_bound_on_a_vector_is_one_on_each_entry() -> None:
    assert bounds(u >= 0) == {"u": (Bound("<=", Fraction(0), False),)}


@pytest.mark.parametrize("given", [a < b, u[1] >= 0, a**2 < 1, u != 0, a == 1, x[3] < 1, 2 * a < 1], ids=str)
def test_what_is_no_bound_of_every_entry_is_left_to_chance(given: Statement) -> None:
    assert bounds(given) == {}


def test_numbers_out_of_bounds_are_left_out() -> None:
    pool = tuple(map(exact, (1, 2, -1, 0)))
    below, above = Bound("<", Fraction(1), True), Bound("<=", Fraction(0), False)
    assert within(pool, [below]) == tuple(map(exact, (-1, 0)))
    assert within(pool, [below, above]) == (exact(0),)


def test_where_the_pool_has_no_such_number_others_are_taken() -> None:
    pool = tuple(map(exact, (1, 2)))
    found = within(pool, [Bound("<", Fraction(1), True), Bound("<", Fraction(0), False)])
    assert found and all(0 < value < 1 for value in found)
    assert within(pool, [Bound("<", Fraction(0), True), Bound("<", Fraction(0), False)]) == pool


def test_instances_are_found_in_a_narrow_range() -> None:
    given = [ρ >= 0, ρ < 1, u >= 0, a > 0, a < 1]
    context = context_of([a * ρ * u >= 0], [(str(one), one) for one in given])
    found = attack(context, lower_statement(a * ρ * u >= 0))
    assert found.agrees
    assert found.instances >= 20
    assert not attack(context, lower_statement(a * ρ * u > 0)).agrees
