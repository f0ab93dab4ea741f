"""The value of a term of the kernel: a number, entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import scipy.linalg

from lemmata.kernel.context import Context
from lemmata.kernel.terms import (
    Add,
    Apply,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    Expectation,
    Index,
    Inverse,
    Lambda,
    Maximum,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)
from tests.language.as_matrices import KNOWN as AS_NUMPY
from tests.language.worlds import OUTCOMES, Array, World, called, elementwise, slope

KNOWN = {"exp": np.exp, "log": np.log, "sin": np.sin, "cos": np.cos}


#: Known functions of a matrix.
OF_MATRICES: dict[str, Callable[[Array], Any]] = {
    "opnorm": lambda A: np.linalg.svd(A, compute_uv=False)[0],
    "eigmax": lambda A: np.linalg.eigvalsh((A + A.T) / 2)[-1],
    "rank": np.linalg.matrix_rank,
    "pinv": np.linalg.pinv,
    "expm": scipy.linalg.expm,
}


@dataclass(frozen=True)
class Entries:
    """How a term is read: the context, the world, the values of indices, bound tensors, the outcome."""

    context: Context
    world: World
    indices: Mapping[str, int] = field(default_factory=dict)
    tensors: Mapping[str, Array] = field(default_factory=dict)
    outcome: int = 0

    def at(self, index: Index) -> int:
        known = {**self.world.sizes, **self.world.times, **self.indices}
        return index.offset + (known[index.name] if index.name else 0)

    def bind(self, *pairs: tuple[str, int]) -> Entries:
        return replace(self, indices={**self.indices, **dict(pairs)})

    def of(self, term: Term) -> float:
        match term:
            case Num(value):
                return float(value)
            case Count(index):
                return float(self.at(index))
            case Delta(left, right):
                return float(self.at(left) == self.at(right))
            case Ref():
                return self.ref(term)
            case Add(parts):
                return sum(map(self.of, parts))
            case Mul(parts):
                return float(np.prod([self.of(part) for part in parts]))
            case Pow(base, exponent):
                return float(np.float64(self.of(base)) ** self.of(exponent))
            case Sum(index, dim, body):
                return sum(self.bind((index, k)).of(body) for k in self.range(dim))
            case Maximum(index, dim, body):
                return max(self.bind((index, k)).of(body) for k in self.range(dim))
            case Call(name, output, (tensor,), ()) if name in OF_MATRICES:
                found = OF_MATRICES[name](self.tensor(tensor))
                return float(found[tuple(self.at(index) - 1 for index in output)] if output else found)
            case Call("matrix_power", (exponent, row, column), (tensor,), ()):
                found = np.linalg.matrix_power(self.tensor(tensor), self.at(exponent))
                return float(found[self.at(row) - 1, self.at(column) - 1])
            case Apply(name, 0, argument):
                return float(KNOWN.get(name, AS_NUMPY.get(name, elementwise(name)))(self.of(argument)))
            case Inverse(row, column, dim, body, (i, j)):
                inverse = np.linalg.inv(self.tensor(Lambda(((row, dim), (column, dim)), body)))
                return float(inverse[self.at(i) - 1, self.at(j) - 1])
            case Determinant(row, column, dim, body):
                return float(np.linalg.det(self.tensor(Lambda(((row, dim), (column, dim)), body))))
            case Call():
                return self.call(term)
            case Derivative(variable, body, wrt, at):
                entry = tuple(self.at(index) - 1 for index in wrt)
                bound = self.tensors
                return slope(
                    lambda value: replace(self, tensors={**bound, variable: value}).of(body),
                    self.tensor(at),
                    entry,
                )
            case Expectation(body):
                return sum(replace(self, outcome=k).of(body) for k in range(OUTCOMES)) / OUTCOMES
        raise ValueError(f"no value for {term}")

    def range(self, dim: object) -> range:
        return range(1, self.world.size(dim) + 1)

    def tensor(self, tensor: Lambda) -> Array:
        names = [name for name, _ in tensor.indices]
        found = np.zeros([self.world.size(dim) for _, dim in tensor.indices])
        for entry in np.ndindex(*found.shape):
            places = zip(names, (place + 1 for place in entry), strict=True)
            found[entry] = self.bind(*places).of(tensor.body)
        return found

    def ref(self, term: Ref) -> float:
        entry = tuple(map(self.at, term.indices))
        if term.name in self.tensors:
            return float(self.tensors[term.name][tuple(k - 1 for k in entry)])
        for _, statement in self.context.definitions:
            left = statement.left
            if isinstance(left, Ref) and left.name == term.name:
                fixed = [(i.offset, k) for i, k in zip(left.indices, entry, strict=True) if not i.name]
                step = statement.binders and not isinstance(statement.binders[0][1], str | int)
                if all(one == other for one, other in fixed) and not (step and entry[0] == 0):
                    names = [i.name for i in left.indices]
                    return self.bind(*zip(names, entry, strict=True)).of(statement.right)
        return float(self.given(term.name, entry))

    def given(self, name: str, entry: tuple[int, ...]) -> float:
        (variable,) = (v for v in self.context.variables if v.name == name)
        first = (self.outcome,) if "random" in variable.properties else ()
        counted = [k - isinstance(axis, str | int) for k, axis in zip(entry, variable.shape, strict=True)]
        return float(self.world.values[name][(*first, *counted)])

    def call(self, term: Call) -> float:
        arguments = [self.tensor(argument) for argument in term.arguments]
        (function,) = (f for f in self.context.functions if f.name == term.function)
        outputs = self.world.size(function.output[0]) if function.output else 1
        output = self.at(term.output[0]) - 1 if term.output else 0
        if not term.partials:
            return float(called(term.function, arguments, outputs)[output])
        ((slot, entry),) = term.partials

        def value(argument: Array) -> float:
            return float(
                called(term.function, [*arguments[:slot], argument, *arguments[slot + 1 :]], outputs)[output]
            )

        return slope(value, arguments[slot], tuple(self.at(index) - 1 for index in entry))
