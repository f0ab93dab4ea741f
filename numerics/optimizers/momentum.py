"""Stochastic gradient descent, with momentum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.errors import ArgumentError
from numerics.optimizers.rule import Rule
from numerics.optimizers.schedule import Rate, as_number, as_schedule


class Velocity(NamedTuple):
    """What SGD remembers: the weighted sum of the gradients so far, not multiplied by the learning rate."""

    velocity: NDArray[np.float64]


@dataclass(frozen=True)
class Momentum:
    """The direction v_t = μ v_{t-1} + (1 - τ) g_t from v_1 = g_1, or g_t + μ v_t in the form of Nesterov."""

    momentum: float
    dampening: float
    nesterov: bool

    def start(self, theta: NDArray[np.float64]) -> Velocity:
        """No velocity."""
        return Velocity(np.zeros_like(theta))

    def step(
        self, memory: Velocity, gradient: NDArray[np.float64], step: int
    ) -> tuple[NDArray[np.float64], Velocity]:
        """The first velocity is the gradient itself, without dampening."""
        velocity = gradient
        if self.momentum and step > 1:
            velocity = self.momentum * memory.velocity + (1 - self.dampening) * gradient
        direction = gradient + self.momentum * velocity if self.nesterov else velocity
        return direction, Velocity(np.asarray(velocity))


def sgd(
    *,
    learning_rate: Rate,
    momentum: float = 0.0,
    dampening: float = 0.0,
    nesterov: bool = False,
    l2: float = 0.0,
    decoupled: Rate = 0.0,
) -> Rule[Velocity]:
    """θ_t = θ_{t-1} - η v_t - λ θ_{t-1}, where v_1 = g_1 and v_t = μ v_{t-1} + (1 - τ) g_t.

    g_t is the gradient of L + γ‖θ‖², which is that of L plus 2γ θ_{t-1}. With `nesterov` the step is
    g_t + μ v_t in place of v_t.

    `learning_rate` is η, `momentum` μ in [0, 1], `dampening` τ in [0, 1], `l2` γ, and `decoupled` λ: the
    fraction of θ that is taken away each step, whatever the learning rate. η and λ are rates: a number, one
    number a step, or a function of the step, which counts from 1.

    The two decays are the same where μ = 0 and λ = 2ηγ. With momentum they differ from the second step on
    (with Nesterov's form from the first), because the velocity remembers 2γθ of the steps before.

    In torch.optim.SGD, `weight_decay` is 2γ. The velocity of Sutskever et al. is -η v_t, which is not the
    same where η changes; and with `nesterov`, θ_t is their look-ahead point, where they take the gradient.

    Raises ArgumentError for an option outside its range, for dampening without momentum, which would do
    nothing, and for Nesterov's form without momentum or with dampening, where it has no meaning.

    >>> rule = sgd(learning_rate=0.5, momentum=0.5)
    >>> rule.trajectory([4.0], lambda theta: theta, 3).ravel().tolist()
    [4.0, 2.0, 0.0, -1.0]
    >>> sgd(learning_rate=0.5, decoupled=0.25).trajectory([4.0], lambda theta: theta, 2).ravel().tolist()
    [4.0, 1.0, 0.25]

    Source: Sutskever, Martens, Dahl and Hinton (2013), On the importance of initialization and momentum in
    deep learning, equations (1)-(4); the first step and the dampening as in torch.optim.SGD; decoupled decay:
    Loshchilov and Hutter (2019), Decoupled weight decay regularization, Algorithm 1.
    """
    direction = Momentum(
        as_number("momentum", momentum, most=1, closed=True),
        as_number("dampening", dampening, most=1, closed=True),
        nesterov,
    )
    _require_meaning(direction)
    return Rule(
        direction,
        as_schedule("learning_rate", learning_rate),
        as_number("l2", l2),
        as_schedule("decoupled", decoupled),
    )


def _require_meaning(direction: Momentum) -> None:
    momentum, dampening = direction.momentum, direction.dampening
    if direction.nesterov and (momentum == 0 or dampening != 0):
        raise ArgumentError(
            f"nesterov with momentum {momentum} and dampening {dampening}; "
            "needed are a momentum above 0 and no dampening"
        )
    if dampening and not momentum:
        raise ArgumentError(f"dampening is {dampening} and momentum is 0; needed is a momentum above 0")
