"""Powers of numbers are bounded before anything is worked out."""

from __future__ import annotations

import ast
from collections.abc import Callable
from fractions import Fraction
from math import log10

from lemmata.language.errors import LanguageError

#: The largest exponent that is a number, and the most digits that a power of a number may have.
LARGEST_EXPONENT = 1000
LARGEST_POWER = 1000

Text = Callable[[ast.expr], str]


def check_power(base: ast.expr, exponent: ast.expr, text: Text) -> None:
    """Raises LanguageError for a power which is too large to be worked out, such as 9**9**9."""
    size = digits(exponent, text)
    if size is None:
        return
    value = worked_out(exponent, text) if size <= 4 else None
    if (value is None and size > 4) or (value is not None and abs(value) > LARGEST_EXPONENT):
        raise LanguageError(f"an exponent is at most {LARGEST_EXPONENT}")
    inner = digits(base, text)
    if inner is not None and value is not None and inner * abs(float(value)) > LARGEST_POWER:
        raise LanguageError(f"a power of numbers has at most {LARGEST_POWER} digits")
    if total_exponent(base, text) * abs(value or Fraction(1)) > LARGEST_EXPONENT:
        raise LanguageError(f"powers of powers have an exponent of at most {LARGEST_EXPONENT}")


def digits(node: ast.expr, text: Text) -> float | None:
    """How many digits a number may have, above and below the line; None for what is no number."""
    match node:
        case ast.Constant(int() | float()):
            value = Fraction(text(node))
            return max(len(str(value.numerator)), len(str(value.denominator)))
        case ast.UnaryOp(_, operand):
            return digits(operand, text)
        case ast.BinOp(left, ast.Pow(), right):
            base, size = digits(left, text), digits(right, text)
            if base is None or size is None:
                return None
            power = worked_out(right, text) if size <= 4 else None
            return base * abs(float(power)) + 1 if power is not None else 10.0**9
        case ast.BinOp(left, ast.Add() | ast.Sub() | ast.Mult() | ast.Div(), right):
            sizes = digits(left, text), digits(right, text)
            return None if sizes[0] is None or sizes[1] is None else sizes[0] + sizes[1] + log10(2)
    return None


def worked_out(node: ast.expr, text: Text) -> Fraction | None:
    """The value of a number of few digits, if its operations are those of rational numbers."""
    match node:
        case ast.Constant(int() | float()):
            return Fraction(text(node))
        case ast.UnaryOp(op, operand):
            inner = worked_out(operand, text)
            return None if inner is None else -inner if isinstance(op, ast.USub) else inner
        case ast.BinOp(left, op, right):
            values = worked_out(left, text), worked_out(right, text)
            if values[0] is None or values[1] is None:
                return None
            return _combined(values[0], op, values[1])
    return None


def _combined(left: Fraction, op: ast.operator, right: Fraction) -> Fraction | None:
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div() if right:
            return left / right
        case ast.Pow() if right.denominator == 1 and abs(right) <= LARGEST_EXPONENT and (left or right > 0):
            return Fraction(left ** int(right))
    return None


def total_exponent(node: ast.expr, text: Text) -> Fraction:
    """The largest product of exponents of powers that stand one inside of the other."""
    children = (child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        size = digits(node.right, text)
        value = worked_out(node.right, text) if size is not None and size <= 4 else None
        return max(Fraction(1), abs(value or Fraction(1))) * total_exponent(node.left, text)
    return max((total_exponent(child, text) for child in children), default=Fraction(1))
