"""Laws have exactly the moments which are asked of them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.kernel.terms import ZERO
from lemmata.refute.choices import Choices
from lemmata.refute.errors import NotAnInstance
from lemmata.refute.instances import Outcome
from lemmata.refute.laws import Coordinate, Wanted, draw_law, two_points
from lemmata.refute.linear import cholesky, determinant, inverse, solve
from lemmata.refute.moments import moment_of
from lemmata.refute.values import Value, exact
from tests.refute.say import MATRIX, VECTOR, covariance, mean, mul, power, ref, says

POSITIVE = st.fractions("1/4", 4, max_denominator=4)
SMALL = st.fractions(-2, 2, max_denominator=3)
RANDOM = frozenset({"x", "y"})


def average(law: tuple[Outcome, ...], *coordinates: Coordinate) -> Value:
    """The mean of a product of coordinates."""
    found: Value = exact(0)
    for outcome in law:
        product = outcome.probability
        for name, entry in coordinates:
            product = product * outcome.tensors[name][entry]
        found = found + product
    return found


@given(POSITIVE, POSITIVE)
def test_two_points_have_mean_0_and_the_variance(variance: Fraction, point: Fraction) -> None:
    atoms = two_points(exact(variance), exact(point))
    assert sum(chance for _, chance in atoms) == 1
    assert sum(chance * value for value, chance in atoms) == 0
    assert sum(chance * value * value for value, chance in atoms) == exact(variance)


@given(
    st.lists(SMALL, min_size=3, max_size=3),
    st.lists(SMALL, min_size=9, max_size=9),
    st.lists(POSITIVE, min_size=3, max_size=3),
    POSITIVE,
)
@settings(max_examples=40, deadline=None)
def test_a_law_has_the_given_means_and_covariances(
    means: list[Fraction], factor: list[Fraction], skews: list[Fraction], scale: Fraction
) -> None:
    """Also for a singular covariance, skewed coordinates and a random common scale."""
    coordinates: list[Coordinate] = [("x", (1,)), ("x", (2,)), ("y", ())]
    rows = [[exact(entry) for entry in factor[3 * k : 3 * k + 3]] for k in range(3)]
    wanted = Wanted(
        {c: exact(m) for c, m in zip(coordinates, means, strict=True)},
        {
            (a, b): sum((p * q for p, q in zip(rows[j], rows[k], strict=True)), exact(0))
            for j, a in enumerate(coordinates)
            for k, b in enumerate(coordinates)
        },
    )
    known = {("skew", *c): exact(s) for c, s in zip(coordinates, skews, strict=True)}
    law = draw_law(coordinates, wanted, Choices({**known, ("scale", "law"): exact(scale)}))
    assert average(law) == 1
    for one in coordinates:
        assert average(law, one) == wanted.means[one]
        for other in coordinates:
            central = average(law, one, other) - average(law, one) * average(law, other)
            assert central == wanted.covariances[one, other]


def test_no_law_has_a_negative_variance() -> None:
    with pytest.raises(NotAnInstance):
        draw_law([("x", ())], Wanted({}, {(("x", ()), ("x", ())): exact(-1)}), Choices())


def test_too_many_coordinates_are_refused() -> None:
    with pytest.raises(NotAnInstance, match="7 random coordinates"):
        draw_law([("x", (k,)) for k in range(7)], Wanted({}, {}), Choices())


xi, xj, y = ref("x", "i"), ref("x", "j"), ref("y")


@pytest.mark.parametrize(
    ("statement", "entries", "central"),
    [
        (says(mean(xi), "=", ZERO, VECTOR), (xi,), False),
        (says(ZERO, "=", mean(xi), VECTOR), (xi,), False),
        (says(covariance(xi, xj), "=", ZERO, MATRIX), (xi, xj), True),
        (says(covariance(xi, y), "=", ZERO, VECTOR), (xi, y), True),
        (says(mean(mul(xi, y)), "=", ZERO, VECTOR), (xi, y), False),
        (says(mean(power(y, 2)), "=", ZERO), (y, y), False),
    ],
)
def test_moments_are_recognised(statement: object, entries: tuple[object, ...], central: bool) -> None:
    found = moment_of(statement, RANDOM)  # type: ignore[arg-type]
    assert found is not None and (found.entries, found.central) == (entries, central)


@pytest.mark.parametrize(
    "statement",
    [
        says(mean(power(y, 3)), "=", ZERO),
        says(mean(xi), "<=", ZERO, VECTOR),
        says(mean(mul(xi, ref("c"))), "=", ZERO, VECTOR),
        says(xi, "=", ZERO, VECTOR),
    ],
)
def test_other_hypotheses_are_left_to_be_checked(statement: object) -> None:
    assert moment_of(statement, RANDOM) is None  # type: ignore[arg-type]


@given(st.lists(SMALL, min_size=9, max_size=9))
def test_small_linear_algebra(entries: list[Fraction]) -> None:
    A = [[exact(entry) for entry in entries[3 * k : 3 * k + 3]] for k in range(3)]
    found = solve(A, [sum(row, exact(0)) for row in A], 3)
    assert found is not None
    assert [sum((a * x for a, x in zip(row, found, strict=True)), exact(0)) for row in A] == [
        sum(row, exact(0)) for row in A
    ]
    if determinant(A) != 0:
        product = [
            [sum((A[i][k] * inverse(A)[k][j] for k in range(3)), exact(0)) for j in range(3)]
            for i in range(3)
        ]
        assert product == [[exact(i == j) for j in range(3)] for i in range(3)]


def test_what_has_no_solution_has_none() -> None:
    assert solve([[exact(1)], [exact(1)]], [exact(1), exact(2)], 1) is None
    assert cholesky([[exact(1), exact(2)], [exact(2), exact(1)]]) is None
