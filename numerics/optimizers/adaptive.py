"""Adam: steps that do not depend on the magnitude of the gradients."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.arrays import first_true
from numerics.errors import DegenerateError
from numerics.optimizers.rule import Rule
from numerics.optimizers.schedule import Rate, as_number, as_schedule


class Moments(NamedTuple):
    """What Adam remembers: the book's ŝ, and the root of its r̂, which neither overflows nor underflows.

    The book's s and r themselves are s = (1 - ρ1^t) `first` and r = (1 - ρ2^t) `root_second`².
    """

    first: NDArray[np.float64]
    root_second: NDArray[np.float64]


@dataclass(frozen=True)
class Adaptive:
    """The direction ŝ / (√r̂ + δ), or ŝ / √(r̂ + δ) where δ is inside the root."""

    rho1: float
    rho2: float
    delta: float
    inside: bool

    def start(self, theta: NDArray[np.float64]) -> Moments:
        """No gradients: both are zero."""
        return Moments(np.zeros_like(theta), np.zeros_like(theta))

    def step(
        self, memory: Moments, gradient: NDArray[np.float64], step: int
    ) -> tuple[NDArray[np.float64], Moments]:
        """Both averages take in the gradient. Raises DegenerateError where δ = 0 and all gradients were 0."""
        kept, new = mean_weights(self.rho1, step)
        first = np.asarray(kept * memory.first + new * gradient)
        kept, new = mean_weights(self.rho2, step)
        # √(kept r̂ + new g²), without the squares: they leave the floats long before g does
        root = np.asarray(np.hypot(math.sqrt(kept) * memory.root_second, math.sqrt(new) * gradient))
        return first / self._denominator(root, step), Moments(first, root)

    def _denominator(self, root: NDArray[np.float64], step: int) -> NDArray[np.float64]:
        if self.delta == 0 and not np.all(root):
            position = first_true(root == 0)
            where = ", ".join(map(str, position))
            raise DegenerateError(
                f"adam divides 0 by 0 at step {step}, at [{where}]: delta is 0, "
                "and so is the mean of the squared gradients; needed is a delta above 0",
                position,
            )
        whole: NDArray[np.float64] = (
            np.hypot(root, math.sqrt(self.delta)) if self.inside else root + self.delta
        )
        return whole


def mean_weights(rho: float, step: int) -> tuple[float, float]:
    """The weights of the mean so far and of the newest value, in the mean with weights ρ^(t-i).

    The book's s_t = ρ s_{t-1} + (1 - ρ) g_t and ŝ_t = s_t / (1 - ρ^t) are ŝ_t = Σ ρ^(t-i) g_i / Σ ρ^(t-i).
    So ŝ_t = kept ŝ_{t-1} + new g_t, where kept + new = 1; the first mean is the first value itself.
    """
    total = _total(rho, step)
    return rho * _total(rho, step - 1) / total, 1 / total


def _total(rho: float, terms: int) -> float:
    """1 + ρ + … + ρ^(terms - 1), also where ρ is so near to 1 that 1 - ρ^terms would lose its digits."""
    if terms == 0 or rho == 0:
        return float(terms > 0)
    log = math.log(rho)
    return math.expm1(terms * log) / math.expm1(log)


def adam(
    *,
    learning_rate: Rate = 0.001,
    rho1: float = 0.9,
    rho2: float = 0.999,
    delta: float = 1e-8,
    l2: float = 0.0,
    decoupled: Rate = 0.0,
) -> Rule[Moments]:
    """θ_t = θ_{t-1} - ε ŝ_t / (√r̂_t + δ) - λ θ_{t-1}, with δ outside the root.

    s_t = ρ1 s_{t-1} + (1 - ρ1) g_t and r_t = ρ2 r_{t-1} + (1 - ρ2) g_t², from zero; without their bias they
    are ŝ_t = s_t / (1 - ρ1^t) and r̂_t = r_t / (1 - ρ2^t). g_t is the gradient of L + γ‖θ‖², which is that of
    L plus 2γ θ_{t-1}. All is element by element.

    `learning_rate` is ε, the step size; `rho1` and `rho2` are the decay rates, in [0, 1); `delta` is δ, at
    least 0; `l2` is γ, and `decoupled` λ: the fraction of θ that is taken away each step, whatever the step
    size. ε and λ are rates: a number, one number a step, or a function of the step, which counts from 1.

    The two decays are not the same, for any choice of λ and γ: 2γθ is divided by √r̂ with the gradient it is
    part of, so weights with small gradients shrink faster; `decoupled` shrinks all by the same factor.

    In torch.optim.Adam, `weight_decay` is 2γ; in torch.optim.AdamW, `weight_decay` times `lr` is λ.

    Raises ArgumentError for an option outside its range. The steps raise DegenerateError where δ = 0 and
    every gradient of a weight so far is 0. Gradients whose squares are no floats are as good as others.

    >>> adam(learning_rate=0.5, delta=0.0).trajectory([3.0, -2.0], lambda theta: 1e200 * theta, 1)
    array([[ 3. , -2. ],
           [ 2.5, -1.5]])

    Source: Goodfellow, Bengio and Courville (2016), Deep Learning, Algorithm 8.7, after Kingma and Ba (2015);
    decoupled decay: Loshchilov and Hutter (2019), Decoupled weight decay regularization, Algorithm 2 with
    η_t = 1.
    """
    return _adam(learning_rate, _direction(rho1, rho2, delta, inside=False), l2, decoupled)


def adam_delta_inside(
    *,
    learning_rate: Rate = 0.001,
    rho1: float = 0.9,
    rho2: float = 0.999,
    delta: float = 1e-8,
    l2: float = 0.0,
    decoupled: Rate = 0.0,
) -> Rule[Moments]:
    """θ_t = θ_{t-1} - ε ŝ_t / √(r̂_t + δ) - λ θ_{t-1}: as `adam`, but with δ inside the root.

    This is another rule, not another name: for small gradients a δ inside acts as √δ outside does. Arguments,
    results and errors are those of `adam`.

    >>> inside, outside = adam_delta_inside(learning_rate=1.0, delta=9.0), adam(learning_rate=1.0, delta=9.0)
    >>> [float(rule.step(rule.start(0.0), 4.0).theta) for rule in (inside, outside)]
    [-0.8, -0.3076923076923077]

    Source: the update which defines Adam with weight decay in question 3.3 of the assignment; δ inside the
    root as in RMSProp, Goodfellow, Bengio and Courville (2016), Deep Learning, Algorithm 8.5.
    """
    return _adam(learning_rate, _direction(rho1, rho2, delta, inside=True), l2, decoupled)


def _direction(rho1: float, rho2: float, delta: float, *, inside: bool) -> Adaptive:
    return Adaptive(
        as_number("rho1", rho1, most=1),
        as_number("rho2", rho2, most=1),
        as_number("delta", delta),
        inside,
    )


def _adam(learning_rate: Rate, direction: Adaptive, l2: float, decoupled: Rate) -> Rule[Moments]:
    return Rule(
        direction,
        as_schedule("learning_rate", learning_rate),
        as_number("l2", l2),
        as_schedule("decoupled", decoupled),
    )
