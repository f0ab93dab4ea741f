"""The value of an expression, by the rules of matrices: NumPy arrays of two axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

import numpy as np
import scipy.linalg
import scipy.special

from lemmata.language.expr import Expr, Shape
from lemmata.language.products import factors
from tests.language.worlds import OUTCOMES, Array, World, called, elementwise, slope

Held = Mapping[tuple[str, int | None], Array]

KNOWN: dict[str, Callable[[Array], Array]] = {
    **{
        name: getattr(np, name)
        for name in ("exp", "log", "sin", "cos", "sqrt", "abs", "tanh", "cosh", "sinh")
    },
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    **{name: getattr(np, f"arc{name[1:]}") for name in ("asin", "acos", "atan", "asinh", "acosh", "atanh")},
    **{name: getattr(np, name) for name in ("tan", "cbrt", "sign", "floor", "ceil")},
    **{name: getattr(scipy.special, name) for name in ("erf", "gamma")},
    "lgamma": scipy.special.gammaln,
    "relu": lambda x: np.maximum(x, 0),
    "softplus": lambda x: np.log(1 + np.exp(x)),
}


@dataclass(frozen=True)
class Reading:
    """How an expression is read: the world, the places of indices, what is held, the outcome."""

    world: World
    places: Mapping[str, int] = field(default_factory=dict)
    held: Held = field(default_factory=dict)
    outcome: int = 0

    def of(self, e: Expr) -> Array:
        """The value, with one row and one column for a scalar."""
        found = getattr(self, f"_{e.head}")(e)
        return np.broadcast_to(found, self.sizes(e.shape))

    def sizes(self, shape: Shape) -> tuple[int, ...]:
        """Rows and columns; a dimension may be a product of others."""
        return tuple(prod(map(self.world.size, factors(dim))) for dim in shape)

    def number(self, e: Expr) -> float:
        return float(self.of(e)[0, 0])

    def place(self, place: tuple[str, int]) -> int:
        name, offset = place
        return offset + ({**self.world.times, **self.places}[name] if name else 0)

    def _number(self, e: Expr) -> Array:
        return np.array([[float(e.data)]])

    def _size(self, e: Expr) -> Array:
        return np.array([[float(self.world.sizes[e.data])]])

    def _time(self, e: Expr) -> Array:
        return np.array([[float(self.place((e.data[0], 0)))]])

    def _variable(self, e: Expr) -> Array:
        variable = e.data
        if (variable.name, None) in self.held:
            return self.held[variable.name, None]
        if variable.all is not None:
            return self.of(variable.all.statement.right)
        value = self.world.values[variable.name]
        value = value[self.outcome] if "random" in variable.properties else value
        return np.reshape(value, tuple(map(self.world.size, e.shape)))

    def _member(self, e: Expr) -> Array:
        family, place = e.args[0].data, self.place(e.data[0])
        if (family.name, place) in self.held:
            return self.held[family.name, place]
        if family.all is not None:
            ((name, _), _) = family.all.statement.left.data
            return replace(self, places={**self.places, name: place}).of(family.all.statement.right)
        if family.start is not None and place == 0:
            return self.of(family.start.statement.right)
        if family.step is not None and place > 0:
            ((name, _), _) = family.step.statement.left.data
            return replace(self, places={**self.places, name: place}).of(family.step.statement.right)
        first = place if family.over == "time" else place - 1
        return np.reshape(self.world.values[family.name][first], tuple(map(self.world.size, e.shape)))

    def _entry(self, e: Expr) -> Array:
        (inner,) = e.args
        places = iter(self.place(place) - 1 for place, _ in e.data)
        row, column = (0 if dim == 1 else next(places) for dim in inner.shape)
        return self.of(inner)[row : row + 1, column : column + 1]

    def _identity(self, e: Expr) -> Array:
        return np.eye(self.world.size(e.shape[0]))

    def _zeros(self, e: Expr) -> Array:
        return np.zeros((1, 1))

    def _ones(self, e: Expr) -> Array:
        return np.ones((1, 1))

    def _add(self, e: Expr) -> Array:
        return self.of(e.args[0]) + self.of(e.args[1])

    def _sub(self, e: Expr) -> Array:
        return self.of(e.args[0]) - self.of(e.args[1])

    def _neg(self, e: Expr) -> Array:
        return -self.of(e.args[0])

    def _mul(self, e: Expr) -> Array:
        return self.of(e.args[0]) * self.of(e.args[1])

    _hadamard = _mul

    def _hadamard_quotient(self, e: Expr) -> Array:
        return self.of(e.args[0]) / self.of(e.args[1])

    def _array(self, e: Expr) -> Array:
        return np.array(e.data, dtype=float)

    def _chosen(self, e: Expr) -> Array:
        return self.of(e.args[self.place(e.data[0]) - 1])

    def _div(self, e: Expr) -> Array:
        return self.of(e.args[0]) / self.number(e.args[1])

    def _matmul(self, e: Expr) -> Array:
        return self.of(e.args[0]) @ self.of(e.args[1])

    def _power(self, e: Expr) -> Array:
        return self.of(e.args[0]) ** self.number(e.args[1])

    def _matrix_power(self, e: Expr) -> Array:
        return np.linalg.matrix_power(self.of(e.args[0]), int(self.number(e.args[1])))

    def _transpose(self, e: Expr) -> Array:
        return self.of(e.args[0]).T

    def _inverse(self, e: Expr) -> Array:
        return np.linalg.inv(self.of(e.args[0]))

    def _det(self, e: Expr) -> Array:
        return np.linalg.det(self.of(e.args[0]))

    def _trace(self, e: Expr) -> Array:
        return np.trace(self.of(e.args[0]))

    def _norm(self, e: Expr) -> Array:
        return np.linalg.norm(self.of(e.args[0]))

    def _diag(self, e: Expr) -> Array:
        return np.diag(self.of(e.args[0])[:, 0])

    def _diagonal(self, e: Expr) -> Array:
        return np.diag(self.of(e.args[0]))[:, None]

    def _apply(self, e: Expr) -> Array:
        function = KNOWN[e.data] if isinstance(e.data, str) else elementwise(e.data.name)
        return function(self.of(e.args[0]))

    def _call(self, e: Expr) -> Array:
        outputs = self.world.size(e.shape[0])
        return called(e.data.name, [self.of(argument) for argument in e.args], outputs)[:, None]

    def _index_sum(self, e: Expr) -> Array:
        name, dim = e.data
        places = range(1, self.world.size(dim) + 1)
        return sum(replace(self, places={**self.places, name: place}).of(e.args[0]) for place in places)

    def _index_max(self, e: Expr) -> Array:
        name, dim = e.data
        places = range(1, self.world.size(dim) + 1)
        every = [replace(self, places={**self.places, name: place}).of(e.args[0]) for place in places]
        return np.max(every, axis=0)

    def _column(self, e: Expr) -> Array:
        name, dim = e.data
        places = range(1, self.world.size(dim) + 1)
        return np.vstack(
            [replace(self, places={**self.places, name: place}).of(e.args[0]) for place in places]
        )

    def _at_words(self, e: Expr) -> Array:
        inner, *words = e.args
        hot = iter(int(np.argmax(self.of(word))) for word in words)
        places = iter([next(hot) if place is None else self.place(place[0]) - 1 for place in e.data])
        row, column = (0 if dim == 1 else next(places) for dim in inner.shape)
        return self.of(inner)[row : row + 1, column : column + 1]

    def _pi(self, e: Expr) -> Array:
        return np.pi

    def _kron(self, e: Expr) -> Array:
        return np.kron(*map(self.of, e.args))

    def _vec(self, e: Expr) -> Array:
        return self.of(e.args[0]).reshape(-1, 1, order="F")

    def _natural_power(self, e: Expr) -> Array:
        return np.linalg.matrix_power(self.of(e.args[0]), int(self.number(e.args[1])))

    def _convolution(self, e: Expr) -> Array:
        body, pairs, *bases = e.args
        most, (left, right) = self.place(pairs.data[0]) - 1, map(self.of, bases)
        powers = np.linalg.matrix_power
        parts = [{0: powers(left, k), 1: powers(right, most - k)} for k in range(most + 1)]
        held = [
            {**self.held, **{("slot", number): value for number, value in part.items()}} for part in parts
        ]
        return sum((replace(self, held=inside).of(body) for inside in held), np.zeros(self.sizes(e.shape)))

    def _slot(self, e: Expr) -> Array:
        return self.held["slot", e.data]

    def _rank(self, e: Expr) -> Array:
        return np.linalg.matrix_rank(self.of(e.args[0]))

    def _pinv(self, e: Expr) -> Array:
        return np.linalg.pinv(self.of(e.args[0]))

    def _expm(self, e: Expr) -> Array:
        return scipy.linalg.expm(self.of(e.args[0]))

    def _directional(self, e: Expr) -> Array:
        body, by, direction = e.args
        return np.einsum("abcd,cd->ab", self.slopes(body, by), self.of(direction))

    def _opnorm(self, e: Expr) -> Array:
        return np.linalg.norm(self.of(e.args[0]), ord=2)

    def _eigmax(self, e: Expr) -> Array:
        """The largest xᵀA x over ‖x‖ = 1."""
        inner = self.of(e.args[0])
        return np.linalg.eigvalsh((inner + inner.T) / 2)[-1]

    def holding(self, by: Expr, value: Array) -> Reading:
        family = by if by.head == "variable" else by.args[0]
        place = None if by.head == "variable" else self.place(by.data[0])
        return replace(self, held={**self.held, (family.data.name, place): value})

    def slopes(self, body: Expr, by: Expr) -> Array:
        """[row of body, column of body, row of by, column of by]."""
        at = self.of(by)
        found = np.zeros((*self.sizes(body.shape), *at.shape))
        for entry in np.ndindex(*at.shape):
            found[:, :, *entry] = slope(lambda value: self.holding(by, value).of(body), at, entry)
        return found

    def _gradient(self, e: Expr) -> Array:
        return self.slopes(*e.args)[0, 0]

    def _diff(self, e: Expr) -> Array:
        return self.slopes(*e.args)[:, :, 0, 0]

    def _jacobian(self, e: Expr) -> Array:
        return self.slopes(*e.args)[:, 0, :, 0]

    def _hessian(self, e: Expr) -> Array:
        body, by = e.args
        at = self.of(by)

        def gradient(value: Array) -> Array:
            return self.holding(by, value).slopes(body, by)[0, 0][:, 0]

        return np.stack([slope(gradient, at, (k, 0)) for k in range(len(at))], axis=1)

    def _gradient_at(self, e: Expr) -> Array:
        at = self.of(e.args[0])
        found = [
            slope(lambda value: called(e.data.name, [value], 1)[0], at, k) for k in np.ndindex(*at.shape)
        ]
        return np.reshape(found, at.shape)

    def _expectation(self, e: Expr) -> Array:
        return sum(replace(self, outcome=k).of(e.args[0]) for k in range(OUTCOMES)) / OUTCOMES

    def _covariance(self, e: Expr) -> Array:
        x, y = ([replace(self, outcome=k).of(part) for k in range(OUTCOMES)] for part in e.args)
        means: list[Any] = [sum(part) / OUTCOMES for part in (x, y)]
        return sum((a - means[0]) @ (b - means[1]).T for a, b in zip(x, y, strict=True)) / OUTCOMES
