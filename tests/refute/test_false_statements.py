"""False statements are refuted, by the simplest counterexample."""

from __future__ import annotations

import pytest

from lemmata.kernel.context import Context, Function, Statement
from lemmata.kernel.terms import ONE, ZERO, Determinant
from lemmata.refute import attack
from tests.refute.say import (
    MATRIX,
    VECTOR,
    add,
    apply,
    context,
    covariance,
    dot,
    inverse,
    matmul,
    matrix,
    mean,
    minus,
    mul,
    norm,
    number,
    power,
    ref,
    says,
    scalar,
    squares,
    total,
    vector,
)

x, y = ref("x"), ref("y")
ONE_NUMBER = context(scalar("x"), dims=())
TWO_NUMBERS = context(scalar("x"), scalar("y"), dims=())
UNKNOWN = context(scalar("x"), scalar("y"), functions=(Function("σ"),), dims=())
SMOOTH = context(scalar("x"), scalar("y"), functions=(Function("σ", order=2),), dims=())
TWO_VECTORS = context(vector("x"), vector("y"))
TWO_MATRICES = context(matrix("A"), matrix("B"))
ORTHOGONAL = context(vector("x"), vector("y"), given=(("x·y = 0", says(dot("x", "y"), "=", ZERO)),))
UNCORRELATED = context(
    scalar("x", "random"),
    scalar("y", "random"),
    given=(("cov", says(covariance(x, y), "=", ZERO)),),
    dims=(),
)
xk, yk = ref("x", "k"), ref("y", "k")
xy = add(x, y)

#: name, context, statement, sizes, values, left, right
FALSE: list[tuple[str, Context, Statement, dict[str, int], dict[str, str], str, str]] = [
    ("x <= x²", ONE_NUMBER, says(x, "<=", power(x, 2)), {}, {"x": "1/2"}, "1/2", "1/4"),
    ("x <= 0", ONE_NUMBER, says(x, "<=", ZERO), {}, {"x": "1"}, "1", "0"),
    ("0 < x²", ONE_NUMBER, says(ZERO, "<", power(x, 2)), {}, {"x": "0"}, "0", "0"),
    ("x != 0", ONE_NUMBER, says(x, "!=", ZERO), {}, {"x": "0"}, "0", "0"),
    ("√(x²) = x", ONE_NUMBER, says(power(power(x, 2), "1/2"), "=", x), {}, {"x": "-1"}, "1", "-1"),
    (
        "exp(x+y) = exp x + exp y",
        TWO_NUMBERS,
        says(apply("exp", xy), "=", add(apply("exp", x), apply("exp", y))),
        {},
        {"x": "0", "y": "0"},
        "1",
        "2",
    ),
    (
        "σ(x+y) = σ(x) + σ(y)",
        UNKNOWN,
        says(apply("σ", xy), "=", add(apply("σ", x), apply("σ", y))),
        {},
        {"x": "0", "y": "0", "σ(z)": "z + 1"},
        "1",
        "2",
    ),
    ("σ'' = 0", SMOOTH, says(apply("σ", x, 2), "=", ZERO), {}, {"x": "0", "σ(z)": "z²"}, "2", "0"),
    (
        "Σ x² = (Σ x)²",
        TWO_VECTORS,
        says(squares("x"), "=", power(total("k", xk), 2)),
        {"n": 2},
        {"x": "[1, 1]"},
        "2",
        "4",
    ),
    (
        "x·y = ‖x‖‖y‖",
        TWO_VECTORS,
        says(dot("x", "y"), "=", mul(norm("x"), norm("y"))),
        {"n": 1},
        {"x": "[1]", "y": "[-1]"},
        "-1",
        "1",
    ),
    (
        "x·y = 0 makes ‖x+y‖² <= ‖x‖²",
        ORTHOGONAL,
        says(total("k", power(add(xk, yk), 2)), "<=", squares("x")),
        {"n": 1},
        {"x": "[0]", "y": "[1]"},
        "1",
        "0",
    ),
    (
        "x + y = x",
        TWO_VECTORS,
        says(add(ref("x", "i"), ref("y", "i")), "=", ref("x", "i"), VECTOR),
        {"n": 1},
        {"x": "[0]", "y": "[1]"},
        "[1]",
        "[0]",
    ),
    (
        "A = Aᵀ",
        TWO_MATRICES,
        says(ref("A", "i", "j"), "=", ref("A", "j", "i"), MATRIX),
        {"n": 2},
        {"A": "[[0, 1], [0, 0]]"},
        "[[0, 1], [0, 0]]",
        "[[0, 0], [1, 0]]",
    ),
    (
        "det A <= 0",
        TWO_MATRICES,
        says(Determinant("i", "j", "n", ref("A", "i", "j")), "<=", ZERO),
        {"n": 1},
        {"A": "[[1]]"},
        "1",
        "0",
    ),
    (
        "E x² = (E x)²",
        UNCORRELATED,
        says(mean(power(x, 2)), "=", power(mean(x), 2)),
        {},
        {"x": "1 with probability 1/2, -1 with probability 1/2"},
        "1",
        "0",
    ),
]


@pytest.mark.parametrize(
    ("gamma", "statement", "sizes", "values", "left", "right"),
    [row[1:] for row in FALSE],
    ids=[row[0] for row in FALSE],
)
def test_the_simplest_counterexample_is_shown(
    gamma: Context,
    statement: Statement,
    sizes: dict[str, int],
    values: dict[str, str],
    left: str,
    right: str,
) -> None:
    found = attack(gamma, statement).counterexample
    assert found is not None
    record = found.to_record()
    assert record["dims"] == sizes
    assert {value["name"]: value["text"] for value in record["values"]} == values
    assert (record["left"], record["right"]) == (left, right)
    assert found.kind == "differs"


def test_products_of_matrices_do_not_commute() -> None:
    found = attack(TWO_MATRICES, says(matmul("A", "B"), "=", matmul("B", "A"), MATRIX)).counterexample
    assert found is not None
    assert found.dims == (("n", 2),)
    assert {entry for _, rows in found.values for row in rows for entry in row} <= {0, 1, -1}


def test_the_inverse_of_a_product_turns_it_around() -> None:
    product = total("k", mul(inverse("A", "i", "k"), inverse("B", "k", "j")))
    whole = inverse("AB")
    statement = says(whole, "=", product, MATRIX)
    named = (("AB", says(ref("AB", "i", "j"), "=", matmul("A", "B"), MATRIX)),)
    gamma = context(matrix("A", "invertible"), matrix("B", "invertible"), matrix("AB"), definitions=named)
    found = attack(gamma, statement).counterexample
    assert found is not None and found.dims == (("n", 2),)


@pytest.mark.parametrize(
    ("statement", "values", "what"),
    [
        (says(mul(x, power(x, -1)), "=", ONE), {"x": "0"}, "1/0"),
        (says(power(power(x, "1/2"), 2), "=", x), {"x": "-1"}, "(-1)^(1/2)"),
        (says(apply("exp", apply("log", x)), "=", x), {"x": "0"}, "log(0)"),
        (says(ZERO, "<=", power(x, "1/2")), {"x": "-1"}, "(-1)^(1/2)"),
    ],
)
def test_a_side_without_a_value_is_a_counterexample(
    statement: Statement, values: dict[str, str], what: str
) -> None:
    found = attack(ONE_NUMBER, statement).counterexample
    assert found is not None and found.kind == "undefined"
    assert dict(found.texts()) == values
    assert f"undefined ({what})" in (found.left, found.right)


def test_a_difference_is_shown_rather_than_a_missing_value() -> None:
    found = attack(ONE_NUMBER, says(mul(x, power(x, -1)), "=", number(2))).counterexample
    assert found is not None and (found.kind, found.left) == ("differs", "1")


def test_uncorrelated_is_not_independent() -> None:
    product = says(mean(mul(power(x, 2), power(y, 2))), "=", mul(mean(power(x, 2)), mean(power(y, 2))))
    assert attack(UNCORRELATED, product).counterexample is not None


def test_variances_add_only_without_correlation() -> None:
    both = add(x, y)
    statement = says(covariance(both, both), "=", add(covariance(x, x), covariance(y, y)))
    assert attack(UNCORRELATED, statement).agrees
    correlated = context(scalar("x", "random"), scalar("y", "random"), dims=())
    assert attack(correlated, statement).counterexample is not None


def test_a_random_value_is_not_its_mean() -> None:
    found = attack(UNCORRELATED, says(x, "=", mean(x))).counterexample
    assert found is not None
    assert [name for name, _ in found.laws] == ["x", "law of x"]


def test_what_does_not_matter_is_said() -> None:
    found = attack(TWO_NUMBERS, says(minus(xy, x), "=", add(y, ONE))).counterexample
    assert found is not None
    assert found.note == "any other x or y tried fails too"
    found = attack(TWO_NUMBERS, says(mul(x, y), "=", ZERO)).counterexample
    assert found is not None
    assert found.note == "any other nonzero x or y tried fails too"


def test_balls_are_shown_with_their_certain_digits() -> None:
    found = attack(ONE_NUMBER, says(apply("exp", ONE), "<", number(2))).counterexample
    assert found is not None
    assert (found.left, found.right) == ("2.718281828 ± 4.60e-10", "2")


def test_numbers_that_are_close_are_told_apart() -> None:
    sine = power(apply("sin", ONE), 2)
    almost = minus(number(1), power(apply("cos", ONE), 2))
    assert attack(ONE_NUMBER, says(sine, "=", almost)).agrees
    off = add(sine, number("1/1000000000000000000000000000000"))
    found = attack(ONE_NUMBER, says(off, "=", almost)).counterexample
    assert found is not None and found.left.split("±")[0] != found.right.split("±")[0]
