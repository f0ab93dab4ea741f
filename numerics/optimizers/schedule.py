"""The numbers of an optimizer: options in an interval, and rates that may change from step to step."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from numbers import Real

import numpy as np

from numerics.errors import ArgumentError

#: A rate: the same at every step, or one number a step, or a function of the step, which counts from 1.
Rate = float | Iterable[float] | Callable[[int], float]


def as_number(name: str, value: object, *, most: float = math.inf, closed: bool = False) -> float:
    """The value as a float in [0, most), or in [0, most] where `closed`. Raises ArgumentError."""
    number = _as_float(value)
    if not (0 <= number < most or (closed and number == most)):
        bracket = "]" if closed else ")"
        raise ArgumentError(f"{name} is {value!r}; needed is a number in [0, {most:g}{bracket}")
    return number


def _as_float(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        return math.nan
    try:
        return float(value)
    except OverflowError:  # an integer or a fraction beyond the largest float
        return math.inf


@dataclass(frozen=True)
class Schedule:
    """A rate whose numbers have been checked; those of a function are checked when they are asked for."""

    name: str
    rate: float | tuple[float, ...] | Callable[[int], float]

    def at(self, step: int) -> float:
        """The rate of a step, counted from 1. Raises ArgumentError where there is none."""
        if isinstance(self.rate, float):
            return self.rate
        if not isinstance(self.rate, tuple):
            return as_number(f"{self.name} at step {step}", self.rate(step))
        if step > len(self.rate):
            raise ArgumentError(f"{self.name} has {len(self.rate)} values; needed is one for step {step}")
        return self.rate[step - 1]


def as_schedule(name: str, rate: Rate) -> Schedule:
    """The rate as a schedule: every number in [0, inf). Raises ArgumentError."""
    if callable(rate):
        return Schedule(name, rate)
    if isinstance(rate, np.ndarray):
        rate = rate.tolist()  # a number, where it has no axes
    if isinstance(rate, Iterable):
        values = (as_number(f"{name} at step {t}", value) for t, value in enumerate(rate, start=1))
        return Schedule(name, tuple(values))
    return Schedule(name, as_number(name, rate))
