"""Relations of SymPy with derivatives, limits, integrals and sums which it was not to work out."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

import lemmata

x, y = sp.symbols("x y", real=True)
k = sp.Symbol("k", integer=True)
JUDGED: list[tuple[Any, Any, str]] = [
    (sp.Integral(x**2, (x, 0, 1)), sp.Rational(1, 3), "proved"),
    (sp.Integral(x**2, (x, 0, x)), x**3 / 3, "proved"),
    (sp.Integral(x**2, (x, 0, 1)), x, "refuted"),
    (sp.Integral(sp.exp(-x), (x, 0, sp.oo)), 1, "proved"),
    (sp.Integral(x * y, (x, 0, y), (y, 0, 1)), sp.Rational(1, 8), "proved"),
    (sp.Integral(x * y, (x, 0, y), (y, 0, 1)), sp.Rational(1, 4), "refuted"),
    (sp.Integral(sp.sqrt(1 - x) * sp.log(1 - x), (x, 0, 1)), 0, "refuted"),
    (sp.Limit(sp.sin(x) / x, x, 0, "+-"), 1, "proved"),
    (sp.Limit(1 / x, x, sp.oo), 0, "proved"),
    (sp.Derivative(x**3, x, x), 6 * x, "proved"),
    (sp.Derivative(x**3, x), 6 * x, "refuted"),
    (sp.Sum(k * x, (k, 1, 4)), 10 * x, "proved"),
    (sp.Product(x + k, (k, 0, 2)), x**3 + 3 * x**2 + 2 * x, "proved"),
    (sp.Sum(k, (k, 1, 4)), 11, "refuted"),
]


@pytest.mark.parametrize(("left", "right", "outcome"), JUDGED, ids=[f"{a} = {b}" for a, b, _ in JUDGED])
def test_what_sympy_was_not_to_work_out_is_judged(left: Any, right: Any, outcome: str) -> None:
    found = lemmata.check(sp.Eq(left, right, evaluate=False))
    assert found.outcome == outcome, found.reason


@pytest.mark.parametrize(
    ("left", "reason"),
    [
        (sp.Integral(x, x), "both ends"),
        (sp.Sum(k, (k, 1, sp.oo)), "between integers"),
        (sp.oo, "no word"),
    ],
    ids=["no ends", "without end", "infinity"],
)
def test_what_has_no_word_here_is_invalid_with_a_reason(left: Any, reason: str) -> None:
    found = lemmata.check(sp.Eq(left, x, evaluate=False))
    assert found.outcome == "invalid"
    assert reason in found.reason
