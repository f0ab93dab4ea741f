"""Math-Verify: whether it takes one side, in LaTeX, for the answer that the other side is.

It reads each letter as a number, so only claims on numbers are said. The letters are chosen among those
which have no meaning of their own in LaTeX; the LaTeX is SymPy's, in the style which Math-Verify reads: there
log is to the base 10.
"""

from __future__ import annotations

from typing import Any

import sympy

from benchmarks.peers_of_claims.asking import NotSaid, Peer
from benchmarks.peers_of_claims.by_sympy import said
from lemmata.language.expr import SCALAR, Expr, subexpressions

LETTERS = "xyzabcuvwpqrst"
#: What SymPy keeps as a symbol in a limit.
DIRECTIONS = ("+", "-", "+-")


def equal(module: Any, left: Expr, right: Expr) -> bool:
    """Whether it verifies the right side as the left one. Its own limits of time are off, and it is told
    that there is LaTeX, since otherwise it takes some number in what it does not read for the answer."""
    how = {"extraction_config": [module.LatexExtractionConfig()], "parsing_timeout": None}
    gold, answer = (module.parse(f"${text}$", **how) for text in latex(left, right))
    if not (is_read(gold) and is_read(answer)):
        raise NotSaid("Math-Verify does not read the LaTeX as this formula")
    return bool(module.verify(gold, answer, timeout_seconds=None))


def is_read(found: list[Any]) -> bool:
    """Whether there is a formula, of nothing but our letters: a d says that a derivative was not seen."""
    formulas = [part for part in found if isinstance(part, sympy.Basic)]
    names = {symbol.name for formula in formulas for symbol in formula.atoms(sympy.Symbol)}
    return bool(formulas) and names <= {*LETTERS, *DIRECTIONS}


def latex(*sides: Expr) -> tuple[str, ...]:
    """The sides in LaTeX, with plain letters. Raises NotSaid where one speaks of a vector or a matrix."""
    for part in (part for side in sides for part in subexpressions(side)):
        if part.shape != SCALAR:
            raise NotSaid(f"Math-Verify has no word for {part}, which is no number")
    formulas = [tidy(said(side)) for side in sides]
    symbols = {symbol for formula in formulas for symbol in formula.atoms(sympy.Symbol)}
    names = sorted((symbol for symbol in symbols if symbol.name not in DIRECTIONS), key=str)
    if len(names) > len(LETTERS):
        raise NotSaid("a claim on more numbers than there are letters")
    letters = dict(zip(names, LETTERS, strict=False))
    style = {"symbol_names": letters, "inv_trig_style": "full", "ln_notation": True}
    return tuple(sympy.latex(formula, **style).replace(r"\limits", "") for formula in formulas)


def tidy(formula: Any) -> Any:
    """The same with one number in front of each product: (-1) 1 in LaTeX is read as a mixed number."""
    parts = [tidy(part) for part in formula.args]
    if formula.is_Mul:
        return _product([factor for part in parts for factor in (part.args if part.is_Mul else [part])])
    if formula.is_Pow and all(part.is_Rational for part in parts) and parts[0] != 0 and parts[1].is_Integer:
        return parts[0] ** parts[1]
    if formula.is_Add or formula.is_Pow or isinstance(formula, sympy.Function):
        return formula.func(*parts, evaluate=False)
    return formula.func(*parts) if parts else formula


def _product(factors: list[Any]) -> Any:
    number = sympy.prod(factor for factor in factors if factor.is_Rational)
    others = [factor for factor in factors if not factor.is_Rational]
    if number != 1 or not others:
        others = [number, *others]
    return sympy.Mul(*others, evaluate=False) if len(others) > 1 else others[0]


MATH_VERIFY = Peer("Math-Verify", "math_verify", equal)
