"""Means and variances over parts of a tensor: batch, layer and instance normalisation differ in the axes over
which they are taken (Ioffe and Szegedy, 2015; Ba, Kiros and Hinton, 2016; Ulyanov and others, 2016)."""

from fractions import Fraction

from lemmata import (
    array,
    calc,
    counterpart,
    define,
    dims,
    family,
    fro,
    had,
    index,
    matrix,
    norm,
    ones,
    theorem,
    total,
)
from numerics.normalization import moments

# B examples of C channels of F features: a family of matrices, X[b] has the channels as its rows.
B, C, F = dims("B C F")
b = index("b", B)
X = matrix("X", C, F, over=B)


def squares(deviation, features):
    """The sum of the squares over the features, for each channel."""
    return had(deviation, deviation) @ ones(features)


μ_instance = define("μ_instance", 1 / F * (X[b] @ ones(F)), over=b)
μ_layer = define("μ_layer", 1 / (C * F) * (ones(C).T @ X[b] @ ones(F)), over=b)
μ_batch = define("μ_batch", 1 / (B * F) * total(X[b] @ ones(F), b))
v_instance = define("v_instance", 1 / F * squares(X[b] - μ_instance[b] @ ones(F).T, F), over=b)
v_layer = define("v_layer", 1 / (C * F) * fro(X[b] - μ_layer[b] * ones(C, F)) ** 2, over=b)
v_batch = define("v_batch", 1 / (B * F) * total(squares(X[b] - μ_batch @ ones(F).T, F), b))

@theorem(μ_layer[b] == 1 / C * ones(C).T @ μ_instance[b])
def a():
    return calc(μ_layer[b]).eq(1 / C * ones(C).T @ μ_instance[b], by="definitions")

@theorem(μ_batch == 1 / B * total(μ_instance[b], b))
def a2():
    return calc(μ_batch).eq(1 / B * total(μ_instance[b], b), by="definitions")

@theorem(v_instance[b] == 1 / F * had(X[b], X[b])@ones(F) - had(μ_instance[b], μ_instance[b]))
def a3():
    return calc(v_instance[b]).eq(1 / F * had(X[b], X[b])@ones(F) - had(μ_instance[b], μ_instance[b]), by="definitions")

@theorem(v_layer[b] == 1 / C * (ones(C).T @ v_instance[b] + norm(μ_instance[b] - μ_layer[b]*ones(C))**2))
def a4():
    return calc(v_layer[b]).eq(1 / C * (ones(C).T @ v_instance[b] + norm(μ_instance[b] - μ_layer[b]*ones(C))**2), by="definitions")

@theorem(v_batch == 1 / B * total(v_instance[b] + had(μ_instance[b] - μ_batch,μ_instance[b] - μ_batch), b))
def a5():
    return calc(v_batch).eq(1 / B * total(v_instance[b] + had(μ_instance[b] - μ_batch,μ_instance[b] - μ_batch), b), by="definitions")
