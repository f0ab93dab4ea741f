"""Means and variances over parts of a tensor: batch, layer and instance normalisation differ in the axes over
which they are taken (Ioffe and Szegedy, 2015; Ba, Kiros and Hinton, 2016; Ulyanov and others, 2016)."""

from collections import namedtuple

from lemmata import (
    calc,
    counterpart,
    define,
    dims,
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

#: A tensor of examples, channels and features has the axes 0, 1 and 2. The moments are taken over these:
INSTANCE, LAYER, BATCH = 2, (1, 2), (0, 2)

#: The means and (population) variances of each channel of each example, of each example, of each channel.
Parts = namedtuple(
    "Parts", "instance_mean instance_variance layer_mean layer_variance batch_mean batch_variance"
)


def squares(deviation, features):
    """The sum of the squares over the features, for each channel."""
    return had(deviation, deviation) @ ones(features)


def parts(X, b, B, C, F):
    """What the moments of a tensor are. It is a family of matrices: X[b] has a row for each channel."""
    μ_instance = define("μ_instance", X[b] @ ones(F) / F, over=b)
    μ_layer = define("μ_layer", ones(C).T @ X[b] @ ones(F) / (C * F), over=b)
    μ_batch = define("μ_batch", total(X[b] @ ones(F), b) / (B * F))
    v_instance = squares(X[b] - μ_instance[b] @ ones(F).T, F) / F
    v_layer = fro(X[b] - μ_layer[b] * ones(C, F)) ** 2 / (C * F)
    v_batch = total(squares(X[b] - μ_batch @ ones(F).T, F), b) / (B * F)
    return Parts(
        μ_instance,
        define("v_instance", v_instance, over=b, latex=r"\sigma^{2}_{\mathrm{instance}}"),
        μ_layer,
        define("v_layer", v_layer, over=b, latex=r"\sigma^{2}_{\mathrm{layer}}"),
        μ_batch,
        define("v_batch", v_batch, latex=r"\sigma^{2}_{\mathrm{batch}}"),
    )


def of_example(X, b, axes, part):
    """`moments` of a tensor, at the example of which the theorem speaks."""
    return counterpart(moments, lambda at: getattr(moments(at.members(X), axes), part)[at(b) - 1])


def of_all(X, axes, part):
    """`moments` of a tensor."""
    return counterpart(moments, lambda at: getattr(moments(at.members(X), axes), part))


B, C, F = dims("B C F")
b = index("b", B)
X = matrix("X", C, F, over=B)
μ_instance, v_instance, μ_layer, v_layer, μ_batch, v_batch = parts(X, b, B, C, F)


@theorem(
    v_instance[b] == 1 / F * had(X[b], X[b]) @ ones(F) - had(μ_instance[b], μ_instance[b]),
    source="question 4.1",
    computed_by=of_example(X, b, INSTANCE, "variance"),
)
def instance_variance_from_squares():
    """Instance normalisation: the moments of each channel of each example are taken over the features.

    The variance is the mean of the squares minus the square of the mean.
    """
    expanded = 1 / F * had(X[b], X[b]) @ ones(F) - 2 / F * had(X[b] @ ones(F), μ_instance[b])
    return (
        calc(v_instance[b])
        .eq(1 / F * squares(X[b] - μ_instance[b] @ ones(F).T, F), by=v_instance)
        .eq(expanded + had(μ_instance[b], μ_instance[b]), by="expanding")
        .eq(1 / F * had(X[b], X[b]) @ ones(F) - had(μ_instance[b], μ_instance[b]), by=μ_instance)
    )


@theorem(
    μ_layer[b] == 1 / C * ones(C).T @ μ_instance[b],
    source="question 4.1",
    computed_by=of_example(X, b, LAYER, "mean"),
)
def layer_mean_of_instance_means():
    """Layer normalisation: the mean of each example is taken over channels and features.

    It is the mean of the means of the channels.
    """
    return (
        calc(μ_layer[b])
        .eq(1 / (C * F) * (ones(C).T @ X[b] @ ones(F)), by=μ_layer)
        .eq(1 / C * ones(C).T @ μ_instance[b], by=μ_instance)
    )


@theorem(
    μ_batch == 1 / B * total(μ_instance[b], b),
    source="question 4.1",
    computed_by=of_all(X, BATCH, "mean"),
)
def batch_mean_of_instance_means():
    """Batch normalisation: the mean of each channel is taken over examples and features.

    It is the mean of the means of the channel in the examples.
    """
    return (
        calc(μ_batch)
        .eq(1 / (B * F) * total(X[b] @ ones(F), b), by=μ_batch)
        .eq(1 / B * total(μ_instance[b], b), by=μ_instance)
    )


@theorem(
    v_layer[b] == 1 / C * (ones(C).T @ v_instance[b] + norm(μ_instance[b] - μ_layer[b] * ones(C)) ** 2),
    source="question 4.1",
    computed_by=of_example(X, b, LAYER, "variance"),
)
def layer_variance_from_instances():
    """The variance of an example is that within its channels plus that between them.

    The mean of the variances of the channels, and the variance of their means: the law of total variance.
    """
    within, between = X[b] - μ_instance[b] @ ones(F).T, μ_instance[b] - μ_layer[b] * ones(C)
    return (
        calc(v_layer[b])
        .eq(1 / (C * F) * fro(within + between @ ones(F).T) ** 2, by=v_layer)
        .eq(1 / (C * F) * fro(within) ** 2 + 1 / C * norm(between) ** 2, by=μ_instance)
        .eq(1 / C * (ones(C).T @ v_instance[b] + norm(between) ** 2), by=v_instance)
    )


@theorem(
    v_batch == 1 / B * total(v_instance[b] + had(μ_instance[b] - μ_batch, μ_instance[b] - μ_batch), b),
    source="question 4.1",
    computed_by=of_all(X, BATCH, "variance"),
)
def batch_variance_from_instances():
    """The variance of a channel is that within the examples plus that between them."""
    within, between = X[b] - μ_instance[b] @ ones(F).T, μ_instance[b] - μ_batch
    return (
        calc(v_batch)
        .eq(1 / (B * F) * total(squares(within + between @ ones(F).T, F), b), by=v_batch)
        .eq(1 / (B * F) * total(squares(within, F) + F * had(between, between), b), by=μ_instance)
        .eq(1 / B * total(v_instance[b] + had(between, between), b), by=v_instance)
    )
