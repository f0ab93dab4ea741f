"""Claims about numbers which are proved, each beside a false one which is not."""

from __future__ import annotations

from typing import Any

import pytest

import lemmata

REAL: dict[str, Any] = {name: {"shape": [], "is": []} for name in ["x", "y", "z"]}
NONNEGATIVE: dict[str, Any] = {name: {"shape": [], "is": ["nonnegative"]} for name in ["x", "y", "z"]}
INTEGER: dict[str, Any] = {"n": {"shape": [], "is": ["integer"]}}
FIRST_QUARTER = ("x > 0", "x < pi/2")

#: A true claim, a false one, and what is given.
CLAIMS: dict[str, tuple[str, str, dict[str, Any], tuple[str, ...]]] = {
    "sine below its tangent": ("sin(x) <= x", "sin(x) <= x/2", NONNEGATIVE, ()),
    "cosine above a parabola": ("cos(x) >= 1 - x**2/2", "cos(x) >= 1 - x**2/3", REAL, ()),
    "tanh below its tangent": ("tanh(x) <= x", "tanh(x) <= x/2", NONNEGATIVE, ()),
    "Cusa and Huygens": (
        "sin(x)/x < (2 + cos(x))/3",
        "sin(x)/x < (1 + cos(x))/2",
        REAL,
        FIRST_QUARTER,
    ),
    "logarithm": ("2*x/(2 + x) <= log(1 + x)", "2*x/(1 + x) <= log(1 + x)", NONNEGATIVE, ()),
    "area functions": (
        "asinh(x) == log(x + sqrt(x**2 + 1))",
        "asinh(x) == log(x + sqrt(x**2 + 2))",
        REAL,
        (),
    ),
    "logarithm of a root": (
        "atanh(x) == log((1 + x)/(1 - x))/2",
        "atanh(x) == log((1 + x)/(1 - x))",
        REAL,
        ("abs(x) < 1",),
    ),
    "numbers near to each other": ("e**pi > pi**e", "e**pi < pi**e", {}, ()),
    "roots inside of roots": (
        "sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)",
        "sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(5)",
        {},
        (),
    ),
    "a formula of Cardano": (
        "cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5)) == 1",
        "cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5)) == 2",
        {},
        (),
    ),
    "a formula of Machin": (
        "4*atan(1/5) - atan(1/239) == pi/4",
        "4*atan(1/5) - atan(1/239) == 5*pi/4",
        {},
        (),
    ),
    "sum of arctangents": (
        "atan(x) + atan(y) == atan((x + y)/(1 - x*y))",
        "atan(x) + atan(y) == atan((x + y)/(1 + x*y))",
        REAL,
        ("x*y < 1",),
    ),
    "sum of waves": (
        "cos(x) + cos(y) == 2*cos((x + y)/2)*cos((x - y)/2)",
        "cos(x) + cos(y) == 2*cos((x + y)/2)*sin((x - y)/2)",
        REAL,
        (),
    ),
    "three squares": (
        "x**3 + y**3 + z**3 >= 3*x*y*z",
        "x**3 + y**3 + z**3 >= 4*x*y*z",
        NONNEGATIVE,
        (),
    ),
    "no sum of squares": (
        "x**4*y**2 + x**2*y**4 - 3*x**2*y**2 + 1 >= 0",
        "x**4*y**2 + x**2*y**4 - 4*x**2*y**2 + 1 >= 0",
        REAL,
        (),
    ),
    "the relu and its smooth one": ("relu(x) <= softplus(x)", "softplus(x) <= relu(x)", REAL, ()),
    "floors": ("floor(x + n) == floor(x) + n", "floor(x + n/2) == floor(x) + n/2", {**REAL, **INTEGER}, ()),
    "halves": ("floor(n/2) + ceil(n/2) == n", "floor(n/2) + floor(n/2) == n", INTEGER, ()),
    "turns": ("sin(pi*n) == 0", "cos(pi*n) == 1", INTEGER, ()),
    "a product which is 0": ("y == 0", "x == 0", REAL, ("x*y == 0", "x != 0")),
    "a sum of squares which is 0": ("x == 0", "x == 1", REAL, ("x**2 + y**2 == 0",)),
    "order of reciprocals": ("1/y < 1/x", "1/x < 1/y", REAL, ("x > 0", "y > x")),
}


def outcome(claim: str, variables: dict[str, Any], given: tuple[str, ...]) -> str:
    used = {name: said for name, said in variables.items() if name in f"{claim} {given}"}
    return lemmata.check(claim, vars=used, given=list(given)).outcome


@pytest.mark.parametrize("name", CLAIMS)
def test_true_claim_is_proved(name: str) -> None:
    claim, _, variables, given = CLAIMS[name]
    assert outcome(claim, variables, given) == "proved"


@pytest.mark.parametrize("name", CLAIMS)
def test_false_claim_is_not_proved(name: str) -> None:
    _, claim, variables, given = CLAIMS[name]
    assert outcome(claim, variables, given) in ("refuted", "undecided", "gap")
