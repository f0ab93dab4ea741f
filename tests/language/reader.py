"""Reads a printed formula as a mathematician does, and works out its value.

What stands side by side is a product; a product goes from left to right, a slash in it divides by the one
factor after it. What nobody reads with certainty is refused: a/b c, for numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

Value = Any

_TOKENS = re.compile(r" *(?:(\d+)|([a-zσ]+)(\()?|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(.))")
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


#: How a bracket is closed, and what it means.
_BRACKETS = {"(": (")", ""), "|": ("|", "abs"), "‖": ("‖", "norm"), "⟨": ("⟩", "abs"), "⟦": ("⟧", "norm")}


class Misleading(Exception):
    """A formula which can be read in two ways."""


def call(name: str, value: Value) -> Value:
    """What the functions are: the unknown σ is a polynomial."""
    if name == "abs":
        return np.abs(value)
    if name == "norm":
        return float(np.sqrt(np.sum(value * value)))
    return value * value / 7 + value + 1 if name == "σ" else np.exp(value / 50)


def power(base: Value, exponent: Value) -> Value:
    """A power; a root is one of the absolute value, so that it is always a number."""
    return (base if exponent == int(exponent) else abs(base)) ** exponent


def times(left: Value, right: Value) -> Value:
    """The product of numbers and matrices; a 1 x 1 matrix is a number."""
    if np.ndim(left) == 0 or np.ndim(right) == 0:
        return left * right
    product = left @ right
    return float(product[0, 0]) if product.shape == (1, 1) else product


class Reader:
    """Reads a line of text, where the names have values."""

    def __init__(self, line: str, values: Mapping[str, Value]) -> None:
        self.tokens = [match.groups() for match in _TOKENS.finditer(line.strip())]
        self.values = values
        self.place = 0
        self.ends: list[str] = []

    def sign(self) -> str:
        """The sign which comes next, if it is one."""
        return str(self.tokens[self.place][4] or "") if self.place < len(self.tokens) else ""

    def took(self, *signs: str) -> str:
        found = self.sign()
        if found not in signs:
            return ""
        self.place += 1
        return found

    def whole(self) -> Value:
        value = self.sum()
        if self.place != len(self.tokens):
            raise Misleading(f"something is left: {self.tokens[self.place :]}")
        return value

    def sum(self) -> Value:
        """Terms; only the first one may begin with a minus."""
        value = -self.term() if self.took("-") else self.term()
        while sign := self.took("+", "-"):
            value = value + self.term() if sign == "+" else value - self.term()
        return value

    def term(self) -> Value:
        """A product, or products entry by entry."""
        value = self.product()
        while self.took("⊙"):
            value = value * self.product()
        return value

    def product(self) -> Value:
        value, over = self.power(), False
        while self.place < len(self.tokens) and self.sign() not in ("+", "-", "⊙", *self.ends[-1:]):
            if self.took("/"):
                value, over = value / self.power(), True
                continue
            self.took("·")
            factor = self.power()
            if over and np.ndim(factor) == 0:
                raise Misleading("a/b c")
            value, over = times(value, factor), False
        return value

    def power(self) -> Value:
        value = self.atom()
        while self.place < len(self.tokens):
            raised = self.tokens[self.place][3]
            if raised:
                self.place += 1
                value = power(value, int(raised.translate(_LOWERED)))
            elif self.took("ᵀ"):
                value = np.transpose(value)
            elif self.took("^"):
                return power(value, self.atom())
            else:
                break
        return value

    def atom(self) -> Value:
        number, name, called, _, sign = self.tokens[self.place]
        self.place += 1
        if number:
            return float(number)
        if called:
            return call(name, self.until(")"))
        if name:
            return self.values[name]
        if sign == "√":
            return power(self.atom(), 0.5)
        if sign not in _BRACKETS:
            raise Misleading(f"{sign} stands where a formula begins")
        end, name = _BRACKETS[sign]
        inside = self.until(end)
        return call(name, inside) if name else inside

    def until(self, end: str) -> Value:
        self.ends.append(end)
        value = self.sum()
        if not self.took(self.ends.pop()):
            raise Misleading(f"{end} is missing")
        return value


def read(line: str, values: Mapping[str, Value]) -> Value:
    """The value of a line of text."""
    return Reader(line, values).whole()


_COMMANDS = {r"\left": "", r"\right": "", r"\!": "", r"\bigl": "", r"\bigr": "", r"\cdot": "·"}
_COMMANDS |= {r"\odot": "⊙", r"\lVert ": "⟦", r" \rVert": "⟧", r"\lvert ": "⟨", r" \rvert": "⟩"}
_COMMANDS |= {r"^{\top}": "ᵀ", r"\sigma": "σ", r"\exp": "exp"}
_GROUPS = (r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))"), (r"\\sqrt\{([^{}]*)\}", r"√(\1)")
_GROUPS += ((r"\^\{([^{}]*)\}", r"^(\1)"),)


def read_latex(formula: str, values: Mapping[str, Value]) -> Value:
    """The value of a formula in LaTeX, which tells left bars from right ones."""
    for command, line in _COMMANDS.items():
        formula = formula.replace(command, line)
    while "{" in formula:
        before = formula
        for group, line in _GROUPS:
            formula = re.sub(group, line, formula)
        if formula == before:
            raise Misleading(formula)
    return read(formula, values)
