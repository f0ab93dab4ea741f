"""Known element-wise functions: how each is written in the kernel, which knows exp, log, sin and cos.

√x = x^(1/2)         |x| = (x²)^(1/2)          relu x = (x + |x|)/2
tanh x = (1 - e^(-2x))/(1 + e^(-2x))           sigmoid x = 1/(1 + e^(-x))
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from lemmata.kernel.special import SPECIAL
from lemmata.kernel.terms import MINUS_ONE, ONE, Add, Apply, Mul, Num, Pow, Term


def _num(value: Fraction | int) -> Term:
    return Num(Fraction(value))


def _exp(x: Term, factor: int = 1) -> Term:
    return Apply("exp", 0, Mul((_num(factor), x)))


def _abs(x: Term) -> Term:
    return Pow(Pow(x, _num(2)), _num(Fraction(1, 2)))


def _tanh(x: Term) -> Term:
    top, bottom = Add((ONE, Mul((MINUS_ONE, _exp(x, -2))))), Add((ONE, _exp(x, -2)))
    return Mul((top, Pow(bottom, MINUS_ONE)))


def _pi(factor: Fraction | int = 1) -> Term:
    """A multiple of π = 4·atan 1."""
    return Mul((_num(4 * factor), Apply("atan", 0, ONE)))


def _atanh(x: Term) -> Term:
    """(log(1 + x) - log(1 - x))/2."""
    minus = Mul((MINUS_ONE, x))
    above, below = Apply("log", 0, Add((ONE, x))), Apply("log", 0, Add((ONE, minus)))
    return Mul((_num(Fraction(1, 2)), Add((above, Mul((MINUS_ONE, below))))))


def _special(name: str, x: Term) -> Term:
    return Apply(name, 0, x)


_FUNCTIONS: dict[str, Callable[[Term], Term]] = {
    "exp": lambda x: Apply("exp", 0, x),
    "log": lambda x: Apply("log", 0, x),
    "sin": lambda x: Apply("sin", 0, x),
    "cos": lambda x: Apply("cos", 0, x),
    "sqrt": lambda x: Pow(x, _num(Fraction(1, 2))),
    "abs": _abs,
    "tanh": _tanh,
    "sigmoid": lambda x: Pow(Add((ONE, _exp(x, -1))), MINUS_ONE),
    "relu": lambda x: Mul((_num(Fraction(1, 2)), Add((x, _abs(x))))),
    "softplus": lambda x: Apply("log", 0, Add((ONE, _exp(x)))),
    "tan": lambda x: Mul((Apply("sin", 0, x), Pow(Apply("cos", 0, x), MINUS_ONE))),
    "acos": lambda x: Add((_pi(Fraction(1, 2)), Mul((MINUS_ONE, Apply("asin", 0, x))))),
    "atanh": _atanh,
    "ceil": lambda x: Mul((MINUS_ONE, Apply("floor", 0, Mul((MINUS_ONE, x))))),
    **{name: partial(_special, name) for name in SPECIAL},
    "cosh": lambda x: Mul((_num(Fraction(1, 2)), Add((_exp(x), _exp(x, -1))))),
    "sinh": lambda x: Mul((_num(Fraction(1, 2)), Add((_exp(x), Mul((MINUS_ONE, _exp(x, -1))))))),
}


def pi() -> Term:
    """π, which is 4·atan 1."""
    return _pi()


#: The names of the known functions.
NAMES = frozenset(_FUNCTIONS)


def term(name: str, argument: Term) -> Term:
    """The function at an argument, as a term."""
    return _FUNCTIONS[name](argument)
