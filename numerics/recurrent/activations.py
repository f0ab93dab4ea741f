"""Activations: a function of each element, its derivative, and the bound γ of the derivative."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from numerics.arrays import Floats
from numerics.errors import ArgumentError


@dataclass(frozen=True)
class Activation:
    """σ and σ', both functions of an array, element by element, with |σ'(x)| ≤ γ for all x.

    `gamma` is γ. Raises ArgumentError where γ is not a number above 0. The cell calls both with float64.

    >>> Activation("halved", lambda x: x / 2, lambda x: np.full_like(x, 0.5), gamma=0.5).gamma
    0.5
    """

    name: str
    value: Callable[[Floats], Floats]
    derivative: Callable[[Floats], Floats]
    gamma: float

    def __post_init__(self) -> None:
        if not 0 < self.gamma < math.inf:
            raise ArgumentError(f"gamma of {self.name} is {self.gamma!r}; needed is a number in (0, inf)")


def _sigmoid(x: Floats) -> Floats:
    small = np.exp(-np.abs(x))  # e^-|x| does not overflow
    whole: Floats = np.where(np.asarray(x) >= 0, 1, small) / (1 + small)
    return whole


def _sigmoid_derivative(x: Floats) -> Floats:
    return _sech_squared(np.asarray(x) / 2) / 4


def _sech_squared(x: Floats) -> Floats:
    """1 / cosh²: it has all its digits where 1 - tanh² has none, is never above 1, and does not overflow."""
    small = np.exp(-np.abs(x))
    square: Floats = (2 * small / (1 + small**2)) ** 2
    return square


def _relu(x: Floats) -> Floats:
    return np.maximum(x, np.zeros_like(x))


def _relu_derivative(x: Floats) -> Floats:
    return np.greater(x, 0).astype(np.asarray(x).dtype)


#: The hyperbolic tangent; γ = 1. The derivative falls below the least float near |x| = 373.
tanh = Activation("tanh", np.tanh, _sech_squared, 1.0)

#: 1 / (1 + e^-x); γ = 1/4. The derivative falls below the least float near |x| = 745.
sigmoid = Activation("sigmoid", _sigmoid, _sigmoid_derivative, 0.25)

#: max(x, 0); γ = 1. There is no derivative at 0: the one given is 0.
relu = Activation("relu", _relu, _relu_derivative, 1.0)

#: x; γ = 1.
identity = Activation("identity", np.positive, np.ones_like, 1.0)
