"""Terms have the values which mathematics gives them; derivatives agree with their closed forms."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.kernel.terms import (
    ONE,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    Index,
    Lambda,
    Pow,
    Term,
)
from lemmata.refute import evaluate
from lemmata.refute.errors import CannotTell, OutOfWork, Undefined, UnknownName
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.functions import UNIVARIATE
from lemmata.refute.instances import Instance
from lemmata.refute.structure import Notes
from lemmata.refute.values import Value, agree, exact, fraction, precision
from tests.refute.say import (
    add,
    apply,
    at,
    inverse,
    matmul,
    mul,
    norm,
    number,
    power,
    ref,
    squares,
    total,
)

NUMBERS = st.fractions(-3, 3, max_denominator=4)


def tensors(**entries: object) -> dict[str, dict[tuple[int, ...], Value]]:
    """Tensors from nested lists."""
    return {name: dict(_entries(rows)) for name, rows in entries.items()}


def _entries(rows: object, before: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], Value]]:
    if not isinstance(rows, list):
        return [(before, exact(Fraction(rows)))]  # type: ignore[arg-type]
    return [found for k, row in enumerate(rows) for found in _entries(row, (*before, k + 1))]


def value(term: Term, n: int = 2, binders: dict[str, int] | None = None, **entries: object) -> Value:
    instance = Instance({"n": n}, {"t": 3}, tensors(**entries), {"σ": UNIVARIATE[2]})
    with precision(128):
        return Evaluator(instance, Meter(10**6), Notes()).at(term, binders or {})


def slope(body: Term, name: str, point: Term, *wrt: str | int, axes: tuple[str, ...] = ("q",)) -> Derivative:
    """∂ body / ∂ name[wrt] at name = point."""
    return Derivative(name, body, at(*wrt), Lambda(tuple((axis, "n") for axis in axes), point))


def test_sums_products_and_powers() -> None:
    assert value(squares("x"), x=[3, 4]) == 25
    assert value(norm("x"), x=[3, 4]) == 5
    assert value(total("k", ONE)) == 2
    assert value(Count(Index("n"))) == 2
    assert value(Count(Index("t", -1))) == 2
    assert value(Pow(number(2), Count(Index("t")))) == 8
    assert value(total("i", Delta(Index("i"), Index("", 2)))) == 1
    assert value(apply("σ", number(3))) == 9


def test_inverse_and_determinant() -> None:
    A = [[1, 2], [3, 5]]
    assert value(Determinant("i", "j", "n", ref("A", "i", "j")), A=A) == -1
    assert [value(inverse("A"), A=A, binders={"i": i, "j": j}) for i in (1, 2) for j in (1, 2)] == [
        -5,
        2,
        3,
        -1,
    ]
    with pytest.raises(Undefined, match="singular"):
        value(inverse("A"), A=[[1, 2], [2, 4]], binders={"i": 1, "j": 1})


@pytest.mark.parametrize(
    ("term", "what"),
    [
        (power(ref("x"), -1), "1/0"),
        (apply("log", ref("x")), "log(0)"),
        (power(add(ref("x"), number(-2)), "1/2"), "(-2)^(1/2)"),
        (slope(power(ref("z"), "1/2"), "z", ref("x"), axes=()), "the derivative of x^(1/2) at x = 0"),
    ],
)
def test_what_has_no_value_is_named(term: Term, what: str) -> None:
    with pytest.raises(Undefined) as caught:
        value(term, x=0)
    assert caught.value.what == what


def test_the_derivative_of_a_norm_at_0_is_left_open() -> None:
    with pytest.raises(CannotTell):
        value(slope(norm("z"), "z", ref("x", "q"), 1), x=[0, 0])


def test_partial_derivatives_of_functions_of_a_matrix() -> None:
    """∂eigmax(A)/∂A[2,2] is v[2]² for v = (3, 4)/5, and ∂exp(A)[1,1]/∂A[1,1] at 0 is 1."""
    matrix = Lambda((("r", "n"), ("c", "n")), ref("A", "r", "c"))
    by = ((0, at(2, 2)),)
    assert value(Call("eigmax", (), (matrix,), by), A=[[9, 12], [12, 16]]) == exact(Fraction(16, 25))
    assert agree(value(Call("expm", at(2, 2), (matrix,), by), A=[[0, 0], [0, 0]]), exact(1))
    with pytest.raises(CannotTell):
        value(Call("eigmax", (), (matrix,), by), A=[[1, 0], [0, 1]])


def test_names_that_are_not_declared_are_named() -> None:
    with pytest.raises(UnknownName, match="'y'"):
        value(ref("y"))
    with pytest.raises(UnknownName, match="index k"):
        value(ref("x", "k"), x=[1, 2])


def test_work_is_counted() -> None:
    with pytest.raises(OutOfWork):
        Evaluator(Instance({"n": 3}), Meter(3), Notes()).at(total("k", add(ONE, ONE)), {})


@given(st.lists(NUMBERS, min_size=2, max_size=2), st.lists(NUMBERS, min_size=4, max_size=4))
@settings(max_examples=40, deadline=None)
def test_the_gradient_of_a_quadratic_form(x: list[Fraction], entries: list[Fraction]) -> None:
    """∂(zᵀA z)/∂z_i = Σ_k (A_ik + A_ki) x_k, and its second derivative is A_ij + A_ji."""
    A = [entries[:2], entries[2:]]
    form = total("i", total("j", mul(ref("z", "i"), ref("A", "i", "j"), ref("z", "j"))))
    gradient = slope(form, "z", ref("x", "q"), "r")
    closed = total("k", mul(add(ref("A", "r", "k"), ref("A", "k", "r")), ref("x", "k")))
    inner = slope(form, "z", ref("y", "q"), "r")
    hessian = slope(inner, "y", ref("x", "q"), "s")
    for r in (1, 2):
        assert value(gradient, x=x, A=A, binders={"r": r}) == value(closed, x=x, A=A, binders={"r": r})
        for s in (1, 2):
            expected = A[r - 1][s - 1] + A[s - 1][r - 1]
            assert fraction(value(hessian, x=x, A=A, binders={"r": r, "s": s})) == expected


@given(st.lists(NUMBERS, min_size=4, max_size=4).filter(lambda a: a[0] * a[3] != a[1] * a[2]))
@settings(max_examples=40, deadline=None)
def test_derivatives_of_inverse_and_determinant(entries: list[Fraction]) -> None:
    """∂(A⁻¹)_ij/∂A_rs = −(A⁻¹)_ir (A⁻¹)_sj, and ∂ det A/∂A_rs = det A · (A⁻¹)_sr."""
    A = [entries[:2], entries[2:]]
    here = {"i": 1, "j": 2, "r": 2, "s": 1}
    found = slope(inverse("Z"), "Z", ref("A", "a", "b"), "r", "s", axes=("a", "b"))
    closed = mul(number(-1), inverse("A", "i", "r"), inverse("A", "s", "j"))
    assert value(found, A=A, binders=here) == value(closed, A=A, binders=here)
    det = Determinant("p", "q", "n", ref("Z", "p", "q"))
    found = slope(det, "Z", ref("A", "a", "b"), "r", "s", axes=("a", "b"))
    closed = mul(Determinant("p", "q", "n", ref("A", "p", "q")), inverse("A", "s", "r"))
    assert value(found, A=A, binders=here) == value(closed, A=A, binders=here)


def test_the_determinant_has_a_slope_where_it_is_0() -> None:
    det = Determinant("p", "q", "n", ref("Z", "p", "q"))
    found = slope(det, "Z", ref("A", "a", "b"), 1, 1, axes=("a", "b"))
    assert value(found, A=[[0, 0], [0, 7]]) == 7


@pytest.mark.parametrize(
    ("body", "closed"),
    [
        (apply("exp", power(ref("z"), 2)), mul(number(2), ref("x"), apply("exp", power(ref("x"), 2)))),
        (apply("log", ref("z")), power(ref("x"), -1)),
        (apply("sin", ref("z")), apply("cos", ref("x"))),
        (apply("cos", ref("z")), mul(number(-1), apply("sin", ref("x")))),
        (apply("sin", ref("z"), 3), apply("sin", ref("x"))),
        (apply("log", ref("z"), 2), mul(number(2), power(ref("x"), -3))),
        (power(ref("z"), "3/2"), mul(number("3/2"), power(ref("x"), "1/2"))),
        (power(ref("z"), -2), mul(number(-2), power(ref("x"), -3))),
        (Pow(ref("z"), ref("z")), mul(Pow(ref("x"), ref("x")), add(ONE, apply("log", ref("x"))))),
        (apply("σ", power(ref("z"), 2)), mul(number(4), power(ref("x"), 3))),
        (power(ref("z"), 0), number(0)),
    ],
)
def test_derivatives_of_functions_of_one_number(body: Term, closed: Term) -> None:
    for point in ("1/2", 2, "7/3"):
        found = value(slope(body, "z", ref("x"), axes=()), x=point)
        assert agree(found, value(closed, x=point))


def test_nested_derivatives_do_not_mix() -> None:
    """d/dx (x · d/dy (x + y) at y = 1) = 1."""
    inner = slope(add(ref("z"), ref("y")), "y", ONE, axes=())
    outer = slope(mul(ref("z"), inner), "z", ref("x"), axes=())
    assert value(outer, x=5) == 1


def test_a_derivative_shadows_the_variable_it_binds() -> None:
    assert value(slope(mul(ref("x"), ref("x")), "x", number(3), axes=()), x=100) == 6


def test_a_matrix_product_is_what_it_is() -> None:
    A, B = [[1, 2], [3, 4]], [[0, 1], [1, 1]]
    found = [value(matmul("A", "B"), A=A, B=B, binders={"i": i, "j": j}) for i in (1, 2) for j in (1, 2)]
    assert found == [2, 3, 4, 7]


def test_the_refuter_shares_nothing_with_the_kernel_but_its_language() -> None:
    allowed = {"lemmata.kernel.terms", "lemmata.kernel.context", "lemmata.kernel.errors"}
    for path in Path(evaluate.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lemmata.kernel"):
                assert node.module in allowed, f"{path.name} imports {node.module}"
