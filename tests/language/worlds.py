"""Worlds in which expressions have values: sizes for the dimensions, numbers for the variables.

Derivatives are taken by central differences, means over three equally likely outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lemmata.kernel.context import Context, Variable
from lemmata.kernel.terms import Natural

OUTCOMES = 3
LATEST = 4
STEP = 1e-3

Array = Any


@dataclass(frozen=True)
class World:
    """Values for the names of a context; a family has its members along the first axis, a random variable
    its outcomes."""

    sizes: Mapping[str, int]
    times: Mapping[str, int]
    values: Mapping[str, Array]
    orders: Mapping[str, int] = field(default_factory=dict)

    def size(self, dim: object) -> int:
        return self.sizes[dim] if isinstance(dim, str) else int(str(dim))


def world_of(context: Context, sizes: Mapping[str, int], seed: int) -> World:
    """A world with small integers as values."""
    numbers = np.random.default_rng(seed)
    known = {dim: sizes.get(dim, 2) for dim in context.dims}
    values = {variable.name: _value(variable, known, numbers) for variable in context.variables}
    return World(known, {name: least + 2 for name, least in context.naturals}, values)


def _value(variable: Variable, sizes: Mapping[str, int], numbers: np.random.Generator) -> Array:
    first = (OUTCOMES,) if "random" in variable.properties else ()
    axes = tuple(_length(axis, sizes) for axis in variable.shape)
    value = numbers.integers(-3, 4, (*first, *axes)).astype(float)
    if "onehot" in variable.properties:
        return np.eye(axes[-1])[numbers.integers(axes[-1], size=axes[:-1])]
    if "positive" in variable.properties:
        value = np.abs(value) + 1
    if "symmetric" in variable.properties:
        value = value + value.T
    if "invertible" in variable.properties:
        value = value + 9 * np.eye(axes[0])
    return value


def _length(axis: object, sizes: Mapping[str, int]) -> int:
    if isinstance(axis, Natural):
        return LATEST
    return sizes[axis] if isinstance(axis, str) else int(str(axis))


def elementwise(name: str) -> Callable[[Array], Array]:
    """What an unknown element-wise function is here: a polynomial which is neither odd nor even."""
    return lambda x: x**3 / 7 - x**2 + len(name)


def called(name: str, arguments: list[Array], outputs: int) -> Array:
    """What an unknown function of tensors is here: a row of numbers, no two alike."""
    flat = np.concatenate([np.ravel(argument) * (1 + slot) for slot, argument in enumerate(arguments)])
    weights = 1 + np.arange(flat.size) / 2
    return np.array([np.sum(weights * np.sin(flat + k + len(name)) * flat) / 3 for k in range(outputs)])


def slope(function: Callable[[Array], Array], at: Array, entry: tuple[int, ...]) -> Array:
    """∂ function / ∂ at[entry]."""
    ahead, behind = np.array(at, dtype=float), np.array(at, dtype=float)
    ahead[entry] += STEP
    behind[entry] -= STEP
    return (function(ahead) - function(behind)) / (2 * STEP)
