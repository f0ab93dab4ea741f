"""Tensors written out: numbers in brackets, and families whose members are listed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.language.declare import define, index, time
from lemmata.language.errors import LanguageError, NotANumber, ShapeError
from lemmata.language.expr import Expr, same
from lemmata.language.literal import Family, array, family
from tests.language.said import A, m, n, u, v, xs, γ

two, three = index("k", 2), index("l", 3)


@pytest.mark.parametrize(
    ("entries", "shape"),
    [
        ([1, 2, 3], (3, 1)),
        ([[1, 2, 3]], (1, 3)),
        ([[1, 2], [3, 4], [5, 6]], (3, 2)),
        ((1, Fraction(1, 2)), (2, 1)),
    ],
    ids=str,
)
def test_an_array_has_the_shape_of_its_brackets(entries: object, shape: tuple[int, int]) -> None:
    assert array(entries).shape == shape  # type: ignore[arg-type]


@pytest.mark.parametrize("entries", [[5], [[5]]], ids=str)
def test_one_number_is_a_scalar(entries: list[object]) -> None:
    assert array(entries).head == "number"


def test_three_levels_of_brackets_are_a_family_of_matrices() -> None:
    found = array([[[1, 2]], [[3, 4]], [[5, 6]]])
    assert isinstance(found, Family)
    assert (str(found[three]), found[three].shape) == ("[[[1, 2]], [[3, 4]], [[5, 6]]][l]", (1, 2))


def test_a_member_of_known_number_is_that_member() -> None:
    assert same(family([u, v])[2], v)
    assert same(array([[[1]], [[7]]])[1], array([[1]]))


def test_a_definition_over_an_index_has_members() -> None:
    found = define("X", family([u, v])[two], over=two)
    assert str(found.data.all.statement) == "X[k] = [u, v][k]"
    assert (str(found[1]), found[two].shape) == ("X[1]", ("n", 1))


REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: array([]), ShapeError, "array([]): there is an empty list; every list needs at least one entry"),
    (
        lambda: array([[]]),
        ShapeError,
        "array([[]]): there is an empty list; every list needs at least one entry",
    ),
    (
        lambda: array([[1], []]),
        ShapeError,
        "array([[1], []]): there is an empty list; every list needs at least one entry",
    ),
    (
        lambda: array([[1, 2], [3]]),
        ShapeError,
        "array([[1, 2], [3]]): the rows have 1, 2 entries; all need the same number",
    ),
    (lambda: array([[1, 2], 3]), ShapeError, "array([[1, 2], 3]): 3 stands where a row is needed"),
    (lambda: array([1, [2]]), ShapeError, "array([1, [2]]): [2] stands where a number is needed"),
    (
        lambda: array([[[[1]]]]),
        ShapeError,
        "array([[[[1]]]]): there are 4 levels of brackets; at most 3 are known",
    ),
    (
        lambda: array([1, 0.5]),
        NotANumber,
        "array([1, 0.5]): 0.5 is no exact number; write Fraction('0.5')",
    ),
    (
        lambda: array([True, 1]),
        NotANumber,
        "array([True, 1]): True is no exact number; write a number or a Fraction",
    ),
    (
        lambda: array([γ, 1]),
        NotANumber,
        "array([γ, 1]): γ is no exact number; write a number or a Fraction",
    ),
    (
        lambda: array([[[1, 2]], [[3]]]),
        ShapeError,
        "family: the shapes do not fit\n  [[1, 2]]  is 1 x 2\n  3  is a scalar\n"
        "  the members of a family have one shape",
    ),
    (lambda: array(3), ShapeError, "array(3): there are no brackets; a list of entries is needed"),  # type: ignore[arg-type]
    (lambda: family([]), LanguageError, "family([]): a family needs at least one member"),
    (lambda: family([u, 1]), LanguageError, "family([u, 1]): 1 is no expression"),  # type: ignore[list-item]
    (
        lambda: family([u, A]),
        ShapeError,
        "family: the shapes do not fit\n  u  is n x 1\n  A  is n x n\n"
        "  the members of a family have one shape",
    ),
    (lambda: family([u, v])[3], LanguageError, "[u, v][3]: members are counted from 1; there are 2"),
    (lambda: family([u, v])[0], LanguageError, "[u, v][0]: members are counted from 1; there are 2"),
    (
        lambda: family([u, v])[three],
        LanguageError,
        "[u, v][l]: l is no index over 2, the number of members",
    ),
    (
        lambda: family([u, v])[time("t")],
        LanguageError,
        "[u, v][t]: t is no index over 2, the number of members",
    ),
    (
        lambda: define("y", xs[index("j", m)], over=m),
        LanguageError,
        "y: a definition is for each value of an index, not over m",
    ),
    (
        lambda: define("y", xs[index("j", m)], over=index("i", n)),
        LanguageError,
        "y: nothing binds the index j of xs[j]; sum over it with total(...)",
    ),
]


@pytest.mark.parametrize(
    ("wrong", "error", "message"), REFUSED, ids=lambda part: part if isinstance(part, str) else ""
)
def test_what_cannot_be_written_out_is_refused(
    wrong: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        wrong()
    assert str(raised.value) == message


def test_an_array_is_an_expression() -> None:
    assert isinstance(array([1, 2]), Expr)
    assert same(array([1, 2]), array([Fraction(1), 2]))
    assert not same(array([1, 2]), array([2, 1]))
