"""A stand-in for tensorgrad: tensors with named edges that are numbers, whose derivatives are differences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: The values of variables which are not the usual ones.
World = Mapping[str, Array]

SIZES = {"n": 3, "m": 2, "p": 4}
STEP = 1e-3


@dataclass
class Tensor:
    """The sizes of its edges, and its numbers in their order."""

    shape: dict[str, Any]
    value: Callable[[World], Array]

    @property
    def edges(self) -> Any:
        return self.shape.keys()

    def rename(self, **names: str) -> Tensor:
        found = {names.get(edge, edge): size for edge, size in self.shape.items()}
        assert len(found) == len(self.shape)
        return Tensor(found, self.value)

    def __matmul__(self, other: Tensor) -> Tensor:
        return joined((self, other), self.edges ^ other.edges)

    def __mul__(self, other: Any) -> Tensor:
        return joined((self, made(other)), [*self.edges, *(made(other).edges - self.edges)])

    def __add__(self, other: Any) -> Tensor:
        ones = Ones(**{**self.shape, **made(other).shape})
        left, right = self * ones, (made(other) * ones)
        return Tensor(left.shape, lambda world: left.value(world) + in_order(right, left.shape).value(world))

    __radd__ = __add__

    def __neg__(self) -> Tensor:
        return self * -1

    def __sub__(self, other: Tensor) -> Tensor:
        return self + -other

    def __truediv__(self, other: int) -> Tensor:
        return self * (1 / other)

    def full_simplify(self) -> Tensor:
        return Zero(**self.shape) if np.allclose(self.value({}), 0, atol=1e-4) else self

    def is_isomorphic(self, other: Tensor, match_edges: bool) -> bool:
        return False


def made(value: Any) -> Tensor:
    return value if isinstance(value, Tensor) else Tensor({}, lambda world: np.array(float(value)))


def size(dim: Any) -> int:
    return SIZES[dim.name]


def joined(tensors: Iterable[Tensor], kept: Iterable[str]) -> Tensor:
    """The products of entries, summed over all edges but those which are kept."""
    known, kept = list(tensors), list(kept)
    shape = {edge: dim for tensor in known for edge, dim in tensor.shape.items()}
    number = {edge: place for place, edge in enumerate(shape)}
    axes = [[number[edge] for edge in tensor.shape] for tensor in known]

    def value(world: World) -> Array:
        parts = [part for tensor, own in zip(known, axes, strict=True) for part in (tensor.value(world), own)]
        return np.asarray(np.einsum(*parts, [number[edge] for edge in kept]))

    return Tensor({edge: shape[edge] for edge in kept}, value)


def in_order(tensor: Tensor, edges: Iterable[str]) -> Tensor:
    return joined([tensor], edges)


class Zero(Tensor):
    def __init__(self, **shape: Any) -> None:
        super().__init__(shape, lambda world: np.zeros([size(dim) for dim in shape.values()]))


class Variable(Tensor):
    """Numbers which are always the same for the same name."""

    def __init__(self, name: str, **shape: Any) -> None:
        self.name = name
        dims = [size(dim) for dim in shape.values()]
        self.numbers = np.random.default_rng(crc32(name.encode())).uniform(0.5, 1.5, dims)
        super().__init__(shape, lambda world: world.get(name, self.numbers))

    def with_symmetries(self, edges: str) -> Variable:
        found = Variable(self.name, **self.shape)
        found.numbers = self.numbers + self.numbers.T
        return found


def Ones(**shape: Any) -> Tensor:
    return Tensor(shape, lambda world: np.ones([size(dim) for dim in shape.values()]))


def Delta(dim: Any, *edges: str) -> Tensor:
    def value(world: World) -> Array:
        if not edges:
            return np.array(float(size(dim)))
        found = np.zeros([size(dim)] * len(edges))
        found[(np.arange(size(dim)),) * len(edges)] = 1
        return found

    return Tensor(dict.fromkeys(edges, dim), value)


def Derivative(tensor: Tensor, by: Variable, names: dict[str, str]) -> Tensor:
    """Differences with respect to each entry."""

    def value(world: World) -> Array:
        at = by.value(world)
        found = np.zeros([*tensor.value(world).shape, *at.shape])
        for place in product(*map(range, at.shape)):
            change = np.zeros_like(at)
            change[place] = STEP
            ahead, behind = (tensor.value({**world, by.name: at + sign * change}) for sign in (1, -1))
            found[(..., *place)] = (ahead - behind) / (2 * STEP)
        return found

    return Tensor({**tensor.shape, **{names[edge]: dim for edge, dim in by.shape.items()}}, value)


def each(function: Callable[[Array], Array]) -> Callable[[Tensor], Tensor]:
    return lambda tensor: Tensor(tensor.shape, lambda world: function(tensor.value(world)))


def inverse(matrix: Tensor, edges: set[str]) -> Tensor:
    """As tensorgrad has it: the edges of one name cancel."""
    assert edges == set(matrix.edges)
    return Tensor(matrix.shape, lambda world: np.linalg.inv(matrix.value(world)).T)


def det(matrix: Tensor, edges: set[str]) -> Tensor:
    assert edges == set(matrix.edges)
    return Tensor({}, lambda world: np.asarray(np.linalg.det(matrix.value(world))))


FUNCTIONS = SimpleNamespace(
    sum=lambda tensor, edges: joined([tensor], [edge for edge in tensor.edges if edge not in edges]),
    pow=lambda tensor, power: each(lambda x: x ** float(power))(tensor),
    exp=each(np.exp),
    log=each(np.log),
    sqrt=each(np.sqrt),
    abs=each(np.abs),
    tanh=each(np.tanh),
    sigmoid=each(lambda x: 1 / (1 + np.exp(-x))),
    inverse=inverse,
    det=det,
)

TENSORS = SimpleNamespace(
    Tensor=made,
    Variable=Variable,
    Delta=Delta,
    Zero=Zero,
    Ones=Ones,
    Derivative=Derivative,
    function=lambda name, shape, given: each(np.arctan)(given[0]),
    functions=FUNCTIONS,
)
