"""Normalization: the results, their gradients, and the moments they rest on.

y = batch_norm(x, gamma=gamma, beta=beta)          # or instance_norm, group_norm, layer_norm, rms_norm
batch_norm_grad(dy, x, gamma=gamma)                # the gradients of x, gamma and beta

running = running_moments(running, x, momentum=0.1, unbiased=True)
batch_norm(x, gamma=gamma, beta=beta, moments=running)

weight_norm(u, g, axes=1)                          # g u / ‖u‖
"""

from numerics.normalization.channels import (
    batch_norm,
    batch_norm_grad,
    group_norm,
    group_norm_grad,
    instance_norm,
    instance_norm_grad,
)
from numerics.normalization.elements import layer_norm, layer_norm_grad, rms_norm, rms_norm_grad
from numerics.normalization.moments import Moments, moments, running_moments
from numerics.normalization.task import Gradients
from numerics.normalization.weights import WeightGradients, weight_norm, weight_norm_grad

__all__ = [
    "Gradients",
    "Moments",
    "WeightGradients",
    "batch_norm",
    "batch_norm_grad",
    "group_norm",
    "group_norm_grad",
    "instance_norm",
    "instance_norm_grad",
    "layer_norm",
    "layer_norm_grad",
    "moments",
    "rms_norm",
    "rms_norm_grad",
    "running_moments",
    "weight_norm",
    "weight_norm_grad",
]
