"""The recurrent cell, with the activation applied to the state before or to the sum; its Jacobian over time.

h = states(x, h0, w, u, b, activation=tanh)     # (T + 1, B, n), h[0] is h0
jacobian(w, h, activation=tanh).log_norm()      # (B,), for any T
jacobian_bound(w, len(x), activation=tanh)      # δ^T
"""

from numerics.recurrent.activations import Activation, identity, relu, sigmoid, tanh
from numerics.recurrent.bound import JacobianBound, jacobian_bound
from numerics.recurrent.cell import activated_states, states
from numerics.recurrent.jacobian import Jacobian, activated_jacobian, jacobian

__all__ = [
    "Activation",
    "Jacobian",
    "JacobianBound",
    "activated_jacobian",
    "activated_states",
    "identity",
    "jacobian",
    "jacobian_bound",
    "relu",
    "sigmoid",
    "states",
    "tanh",
]
