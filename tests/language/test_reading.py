"""Brackets are where they are needed: a printed formula, as it is read, has the value of what was typed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lemmata.language import build as say
from lemmata.language.declare import dims, function, matrix, scalars, vector
from lemmata.language.expr import SCALAR, Expr, Shape, number
from lemmata.language.show import latex, text
from tests.language.reader import Misleading, call, power, read, read_latex, times

(n,) = dims("n")
a, b, c = scalars("a b c")
u, v, m = vector("u", n), vector("v", n), matrix("m", n, n)
σ = function("σ")
VALUES = {
    **{"a": 1.25, "b": 0.4, "c": -1.7},
    **{"u": np.array([[1.5], [-0.3]]), "v": np.array([[0.2], [1.1]])},
    "m": np.array([[0.9, -1.3], [0.4, 2.1]]),
}


def value(e: Expr) -> Any:
    """The value of an expression, by what its parts are."""
    parts = [value(part) for part in e.args]
    match e.head, parts:
        case "number", []:
            return float(e.data)
        case "variable", []:
            return VALUES[e.data.name]
        case "apply", [x] if e.data == "sqrt":
            return power(x, 0.5)
        case "apply", [x]:
            return call(e.data if isinstance(e.data, str) else e.data.name, x)
    meanings: dict[str, Callable[..., Any]] = {
        **{"add": lambda x, y: x + y, "sub": lambda x, y: x - y, "neg": lambda x: -x, "mul": times},
        **{"div": lambda x, y: x / y, "matmul": times, "hadamard": lambda x, y: x * y},
        **{"power": power, "transpose": np.transpose, "norm": lambda x: call("norm", x)},
    }
    return meanings[e.head](*parts)


LEAVES: dict[Shape, list[Expr]] = {
    SCALAR: [a, b, c, number(2), number(-3), number(Fraction(1, 2)), number(Fraction(-2, 3))],
    ("n", 1): [u, v],
    (1, "n"): [u.T, v.T],
    ("n", "n"): [m, m.T],
}
ANY = ("add", "sub", "neg", "scaled", "divided", "product")
NUMBERS = (*ANY, "power", "square", "reciprocal", "abs", "sqrt", "σ", "exp", "norm")


@st.composite
def formulas(draw: st.DrawFn, shape: Shape = SCALAR, depth: int = 4) -> Expr:
    """Formulas of a shape."""
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(LEAVES[shape]))

    def part(shape: Shape) -> Expr:
        return draw(formulas(shape, depth - 1))

    match draw(st.sampled_from(NUMBERS if shape == SCALAR else (*ANY, "hadamard", "transpose"))):
        case "add":
            return part(shape) + part(shape)
        case "sub":
            return part(shape) - part(shape)
        case "neg":
            return -part(shape)
        case "scaled":
            left, right = part(SCALAR), part(shape)
            return left * right if draw(st.booleans()) else right * left
        case "divided":
            return part(shape) / part(SCALAR)
        case "hadamard":
            return say.had(part(shape), part(shape))
        case "transpose":
            return part(shape[::-1]).T
        case "power":
            return part(SCALAR) ** draw(formulas(SCALAR, min(depth - 1, 1)))
        case "square":
            return part(SCALAR) ** 2
        case "reciprocal":
            return part(SCALAR) ** -1
        case "abs":
            return say.abs_(part(SCALAR))
        case "sqrt":
            return say.sqrt(part(SCALAR))
        case "σ":
            return σ(part(SCALAR))
        case "exp":
            return say.exp(part(SCALAR))
        case "norm":
            return say.norm(part(("n", 1)))
    inner = draw(st.sampled_from([1, "n"])) if shape != SCALAR else "n"
    return part((shape[0], inner)) @ part((inner, shape[1]))


def evaluated(work: Callable[[], Any]) -> Any:
    """The value, where it is a number of moderate size."""
    try:
        found = work()
    except (OverflowError, ZeroDivisionError):
        assume(False)
    assume(np.all(np.isfinite(found)) and np.max(np.abs(found)) < 1e9)
    return found


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("shown", "reader"), [(text, read), (latex, read_latex)], ids=["text", "latex"])
@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(list(LEAVES)).flatmap(formulas))
def test_a_printed_formula_is_read_as_it_was_meant(
    shown: Callable[[Expr], str], reader: Callable[..., Any], formula: Expr
) -> None:
    meant = evaluated(lambda: value(formula))
    written = shown(formula)
    np.testing.assert_allclose(reader(written, VALUES), meant, rtol=1e-6, atol=1e-6, err_msg=written)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("a b + c", a * b + c),
        ("a - b - c", a - b - c),
        ("a/b/c", a / b / c),
        ("-a²", -(a**2)),
        ("2^a b", number(2) ** a * b),
        ("a/(b c)", a / (b * c)),
        ("a (b + c)", a * (b + c)),
        ("σ(b + c)", σ(b + c)),
        ("a/b u", a / b * u),
        ("u uᵀ v", u @ u.T @ v),
        ("‖u - v‖²", say.norm(u - v) ** 2),
        ("√a b", say.sqrt(a) * b),
        ("u ⊙ v + a v", say.had(u, v) + a * v),
    ],
)
def test_how_a_line_is_read(line: str, meant: Expr) -> None:
    np.testing.assert_allclose(read(line, VALUES), value(meant))


@pytest.mark.parametrize("line", ["a/b c", "1/2 a", "a + - b", "(a", "‖u ‖u‖ v", "a )"])
def test_what_could_be_misread_is_not_read(line: str) -> None:
    with pytest.raises(Misleading):
        read(line, VALUES)
