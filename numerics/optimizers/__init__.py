"""Gradient descent: SGD with momentum and Adam, each with L2 regularization and with decoupled weight decay.

rule = sgd(learning_rate=0.1, momentum=0.9)
state = rule.start(theta)                      # a step over a state
state = rule.step(state, gradient_at(state.theta))
rule.trajectory(theta, gradient_at, steps)     # or all of them, (steps + 1, *theta.shape)
"""

from numerics.optimizers.adaptive import Moments, adam, adam_delta_inside
from numerics.optimizers.momentum import Velocity, sgd
from numerics.optimizers.rule import Rule, State
from numerics.optimizers.schedule import Rate

__all__ = ["Moments", "Rate", "Rule", "State", "Velocity", "adam", "adam_delta_inside", "sgd"]
