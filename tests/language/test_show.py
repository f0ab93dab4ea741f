"""Formulas are printed as they were typed, with as few brackets as their reading needs."""

from __future__ import annotations

import pytest
import sympy

from lemmata.language.declare import scalar
from lemmata.language.expr import Expr, Statement
from lemmata.language.show import latex, text
from tests.language.formulas import FORMULAS, NAMES
from tests.language.said import u, β, γ


@pytest.mark.parametrize(
    ("formula", "line", "_"), FORMULAS, ids=lambda part: part if isinstance(part, str) else ""
)
def test_text(formula: Expr | Statement, line: str, _: str) -> None:
    assert text(formula) == line == str(formula)


@pytest.mark.parametrize(
    ("formula", "_", "written"), FORMULAS, ids=lambda part: part if isinstance(part, str) else ""
)
def test_latex(formula: Expr | Statement, _: str, written: str) -> None:
    assert latex(formula) == written


def test_sympy_prints_our_expressions() -> None:
    assert sympy.latex(γ * u) == r"\gamma u"
    assert (γ * u)._repr_latex_() == r"$\displaystyle \gamma u$"


@pytest.mark.parametrize(("name", "written"), NAMES)
def test_names_in_latex(name: str, written: str) -> None:
    assert latex(scalar(name)) == written


def test_a_name_is_written_as_its_author_asks() -> None:
    assert latex(scalar("g", latex=r"\mathfrak{g}") ** 2) == r"\mathfrak{g}^{2}"


def test_a_long_product_is_printed_at_once() -> None:
    product = γ
    for _ in range(200):
        product = product * β
    assert text(product) == " ".join(["γ", *["β"] * 200])
