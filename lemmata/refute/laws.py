"""Random vectors with given means and covariances, as exact finite laws.

A coordinate z with mean 0 and variance d takes the value a with probability d/(a² + d), and −d/a else
(skewed, unless a² = d). Independent coordinates mapped by x = μ + L z, where L·diag(d)·Lᵀ is the wanted
covariance, have exactly that mean and covariance, and all probabilities and values are rational. A
random common scale makes coordinates dependent, though they stay uncorrelated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from lemmata.refute.choices import Choices
from lemmata.refute.errors import NotAnInstance
from lemmata.refute.functions import Entry
from lemmata.refute.instances import Outcome
from lemmata.refute.linear import Rows, cholesky
from lemmata.refute.values import ONE, ZERO, Value, exact

Coordinate = tuple[str, Entry]

#: More coordinates than this have too many outcomes.
MOST_COORDINATES = 6

_SKEWS = (ONE, exact(2), ONE / 2, exact(3))
_SCALES = (ONE, exact(2))
_VARIANCES = (ONE, exact(2), ONE / 2, exact(4))
_COVARIANCES = (ONE / 2, ZERO, -ONE / 2, ZERO, ONE / 4)


@dataclass(frozen=True)
class Wanted:
    """The means and the covariances which are given; the others are free."""

    means: dict[Coordinate, Value]
    covariances: dict[tuple[Coordinate, Coordinate], Value]


def draw_law(coordinates: list[Coordinate], wanted: Wanted, choices: Choices) -> tuple[Outcome, ...]:
    """The outcomes of a law with these moments; NotAnInstance if there is none."""
    if len(coordinates) > MOST_COORDINATES:
        raise NotAnInstance(f"{len(coordinates)} random coordinates have too many outcomes")
    mean = [_mean(coordinate, wanted, choices) for coordinate in coordinates]
    factors = cholesky(_covariance(coordinates, wanted, choices))
    if factors is None:
        raise NotAnInstance("the covariances drawn are not those of a law")
    lower, variances = factors
    axes = [
        two_points(variance, choices.take(("skew", *coordinate), _SKEWS) or ONE)
        for coordinate, variance in zip(coordinates, variances, strict=True)
    ]
    scales = _common_scale(choices) if len(coordinates) > 1 else [(ONE, ONE)]
    return tuple(
        _outcome(coordinates, mean, lower, atoms, scale) for scale in scales for atoms in product(*axes)
    )


def _common_scale(choices: Choices) -> list[tuple[Value, Value]]:
    """A random r > 0 with E[r²] = 1, by which all coordinates are multiplied: uncorrelated coordinates
    stay so, but they are not independent."""
    point = choices.take(("scale", "law"), _SCALES) or ONE
    return (
        [(abs(value), chance) for value, chance in two_points(ONE, point)] if point != ONE else [(ONE, ONE)]
    )


def two_points(variance: Value, point: Value) -> list[tuple[Value, Value]]:
    """Values and probabilities with mean 0 and this variance; `point` is one of the values."""
    if variance == 0:
        return [(ZERO, ONE)]
    first = variance / (point * point + variance)
    return [(point, first), (-variance / point, ONE - first)]


def _mean(coordinate: Coordinate, wanted: Wanted, choices: Choices) -> Value:
    if coordinate in wanted.means:
        return wanted.means[coordinate]
    return choices.take(("mean", *coordinate))


def _covariance(coordinates: list[Coordinate], wanted: Wanted, choices: Choices) -> Rows:
    def entry(row: int, column: int) -> Value:
        if row < column:
            row, column = column, row
        pair = (coordinates[row], coordinates[column])
        for known in (pair, pair[::-1]):
            if known in wanted.covariances:
                return wanted.covariances[known]
        pool = _VARIANCES if row == column else _COVARIANCES
        return choices.take(("covariance", *pair[0], *pair[1]), pool)

    size = range(len(coordinates))
    return [[entry(row, column) for column in size] for row in size]


def _outcome(
    coordinates: list[Coordinate],
    mean: list[Value],
    lower: Rows,
    atoms: Iterable[tuple[Value, Value]],
    scale: tuple[Value, Value],
) -> Outcome:
    radius, probability = scale
    z: list[Value] = []
    for value, chance in atoms:
        probability = probability * chance
        z.append(value * radius)
    tensors: dict[str, dict[Entry, Value]] = {}
    for (name, position), centre, row in zip(coordinates, mean, lower, strict=True):
        tensors.setdefault(name, {})[position] = centre + sum(
            (factor * value for factor, value in zip(row, z, strict=True)), ZERO
        )
    return Outcome(probability, tensors)
