"""The parts of an expression of complex numbers are those which the complex numbers of Python have."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.language.errors import NotLowered, Unreadable
from lemmata.language.expr import Expr, Statement
from lemmata.language.text.complexes import real_statements
from lemmata.language.text.declared import declare
from lemmata.language.text.forms import FORMS
from lemmata.language.text.reading import read

NAMES = declare({"z": ((), ("complex",)), "w": ((), ("complex",)), "x": ((), ())}, FORMS)
ENTIRE = ("exp", "sin", "cos", "sinh", "cosh")
REAL = {**{name: getattr(math, name) for name in (*ENTIRE, "sqrt")}, "abs": abs}
COMPLEX = {**{name: getattr(cmath, name) for name in (*ENTIRE, "tan", "tanh")}, "abs": abs}


def statement(text: str) -> Statement:
    (found,) = read(text, NAMES, FORMS).claimed
    return found


def value(expr: Expr, at: Mapping[str, Any], functions: Mapping[str, Callable[[Any], Any]]) -> Any:
    """The value of an expression."""
    args = [value(part, at, functions) for part in expr.args]
    match expr.head, args:
        case "number", _:
            return float(expr.data)
        case "variable", _:
            return at[expr.data.name]
        case "neg", [x]:
            return -x
        case "add", [x, y]:
            return x + y
        case "sub", [x, y]:
            return x - y
        case "mul", [x, y]:
            return x * y
        case "div", [x, y]:
            return x / y
        case "power", [x, y]:
            return x**y
        case "apply", [x]:
            return functions[expr.data](x)
    raise AssertionError(expr.head)


numbers = st.complex_numbers(max_magnitude=3, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    "text",
    [
        *("z + w - 2*x", "z*w", "-z*x + w", "x - z", "z**3", "z**-2", "z/w", "x/z", "w/x", "abs(z*w) + x"),
        *("exp(z)", "sin(z)", "cos(z)", "sinh(z)", "cosh(z)", "tan(z)", "tanh(w)", "exp(z*w)/(z - w)"),
        *("z**0", "(z + w)**2", "abs(z)**3", "cos(abs(z))*z"),
    ],
)
@given(z=numbers, w=numbers, x=st.floats(0.5, 2))
def test_the_parts_are_those_of_the_value(text: str, z: complex, w: complex, x: float) -> None:
    if min(abs(z), abs(w), abs(z - w)) < 1e-2:
        return
    said = statement(f"{text} == z*0 + ({text})")
    at = {"zʳ": z.real, "zⁱ": z.imag, "wʳ": w.real, "wⁱ": w.imag, "x": x}
    try:
        wanted = complex(value(said.left, {"z": z, "w": w, "x": x}, COMPLEX))
    except ZeroDivisionError:
        return
    if abs(wanted) > 1e6:
        return
    found = [value(part.left, at, REAL) for part, _ in real_statements(said, ["z", "w"])]
    assert found == pytest.approx([wanted.real, wanted.imag], rel=1e-6, abs=1e-6)


def test_what_is_real_stays_one_statement() -> None:
    assert len(real_statements(statement("abs(z) <= x"), ["z"])) == 1
    assert [kind for _, kind in real_statements(statement("z == x"), ["z"])] == [
        "real part",
        "imaginary part",
    ]


def test_two_numbers_differ_if_one_part_does() -> None:
    ((said, _),) = real_statements(statement("z != w"), ["z", "w"])
    assert said.relation == "!="
    same = {"zʳ": 1.0, "wʳ": 1.0, "zⁱ": 2.0, "wⁱ": 2.0}
    assert value(said.left, same, REAL) == 0
    assert value(said.left, {**same, "wⁱ": 3.0}, REAL) == 1


@pytest.mark.parametrize("text", ["z < x", "x >= z"])
def test_an_order_of_complex_numbers_cannot_be_read(text: str) -> None:
    with pytest.raises(Unreadable):
        real_statements(statement(text), ["z"])


@pytest.mark.parametrize("text", ["sqrt(z) == x", "log(z) == x", "z**x == 1", "grad(z**2, z) == z"])
def test_what_has_several_values_has_no_parts(text: str) -> None:
    with pytest.raises(NotLowered):
        real_statements(statement(text), ["z"])
