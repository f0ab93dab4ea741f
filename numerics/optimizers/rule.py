"""What all optimizers share: θ moves against a direction, with L2 regularization or weight decay, or both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.arrays import Floats, as_count, as_floats, require_finite
from numerics.optimizers.schedule import Schedule

#: What a direction remembers of the gradients before: a NamedTuple of float64 arrays of the shape of θ.
Memory = TypeVar("Memory", bound=tuple[NDArray[np.float64], ...])


class Direction(Protocol[Memory]):
    """How a step's direction comes from its gradient and the gradients before."""

    def start(self, theta: NDArray[np.float64]) -> Memory:
        """The memory before the first step."""

    def step(
        self, memory: Memory, gradient: NDArray[np.float64], step: int
    ) -> tuple[NDArray[np.float64], Memory]:
        """The direction of a step, which counts from 1, and the memory after it."""


class State(NamedTuple, Generic[Memory]):
    """Where an optimizer is; every array is read-only.

    `master` is θ in float64, on which the steps add up; `theta` is it, rounded to the element type that was
    given, and is where the gradient of the next step is to be taken. `steps` have been taken.
    """

    theta: Floats
    steps: int
    master: NDArray[np.float64]
    memory: Memory


@dataclass(frozen=True)
class Rule(Generic[Memory]):
    """θ_t = θ_{t-1} - η_t d_t - λ_t θ_{t-1}, where d_t comes from the gradient plus 2γ θ_{t-1}.

    Made by `sgd`, `adam` and `adam_delta_inside`. η is `learning_rate`, γ is `l2`, λ is `decoupled`. θ has
    any shape, and is float16, float32 or float64; all is computed in float64 and rounded at the end.
    """

    direction: Direction[Memory]
    learning_rate: Schedule
    l2: float
    decoupled: Schedule

    def start(self, theta: ArrayLike) -> State[Memory]:
        """The state before the first step, at a copy of θ.

        Raises ElementTypeError, and NotFiniteError with the position.

        >>> from numerics.optimizers import sgd
        >>> sgd(learning_rate=0.5).start([1.0, 2.0]).theta
        array([1., 2.])
        """
        array = as_floats("theta", theta)
        require_finite("theta", array)
        master = array.astype(np.float64)
        return self._state(array.dtype, 0, master, self.direction.start(master))

    def step(self, state: State[Memory], gradient: ArrayLike) -> State[Memory]:
        """The state after one more step; `gradient` is that of the loss at `state.theta`, and has its shape.

        Raises ElementTypeError, ShapeError, NotFiniteError for a gradient that is not finite (with the
        position) and for a step that leaves the floats, and ArgumentError where a schedule has no number for
        the step; all name the step.

        >>> from numerics.optimizers import sgd
        >>> rule = sgd(learning_rate=0.5, l2=0.25)
        >>> rule.step(rule.start([1.0, 2.0]), [1.0, 0.0]).theta
        array([0.25, 1.5 ])
        """
        step = state.steps + 1
        name = f"gradient of step {step}"
        given = as_floats(name, gradient, shape=state.theta.shape)
        require_finite(name, given)
        rate, decay = self.learning_rate.at(step), self.decoupled.at(step)
        with np.errstate(all="ignore"):  # what leaves the floats is found, and named, in the state
            whole = given.astype(np.float64, copy=False) + 2 * self.l2 * state.master
            direction, memory = self.direction.step(state.memory, whole, step)
            master = state.master - rate * direction - decay * state.master
        return self._state(state.theta.dtype, step, master, memory)

    def trajectory(self, theta: ArrayLike, gradient: Callable[[Floats], ArrayLike], steps: int) -> Floats:
        """θ_0, …, θ_steps, of shape (steps + 1, *θ.shape) and the element type of θ.

        `gradient` is the gradient of the loss as a function of θ, which it gets as a read-only array. Raises
        what `start` and `step` raise, and ArgumentError where `steps` is not a whole number.

        >>> from numerics.optimizers import sgd
        >>> sgd(learning_rate=0.25).trajectory(8.0, lambda theta: 2 * theta, 3)
        array([8., 4., 2., 1.])
        """
        count = as_count("steps", steps)
        state = self.start(theta)
        visited = np.empty((count + 1, *state.theta.shape), state.theta.dtype)
        visited[0] = state.theta
        for t in range(1, count + 1):
            state = self.step(state, gradient(state.theta))
            visited[t] = state.theta
        return visited

    def _state(
        self, dtype: np.dtype[np.floating], steps: int, master: NDArray[np.float64], memory: Memory
    ) -> State[Memory]:
        master = np.asarray(master)  # arithmetic turns an array without axes into a scalar
        with np.errstate(over="ignore", under="ignore"):
            theta = master.astype(dtype, copy=False)
        if steps:
            require_finite(f"theta in {dtype} after step {steps}", theta)
        for array in (theta, master, *memory):
            array.flags.writeable = False
        return State(theta, steps, master, memory)
