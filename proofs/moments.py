"""Means and variances over parts of a tensor: batch, layer and instance normalisation differ in the axes
over which they are taken (Ioffe and Szegedy, 2015; Ba, Kiros and Hinton, 2016; Ulyanov and others, 2016)."""

from lemmata import define, dims, had, index, matrix, ones, total

B, C, F = dims("B C F")
b = index("b", B)
X = matrix("X", C, F, over=B)

# A tensor of B examples, C channels and F features is a family of matrices: X[b] has the channels as rows.
instance_mean = define("μ_instance", 1 / F * (X[b] @ ones(F)), over=b)
layer_mean = define("μ_layer", 1 / (C * F) * (ones(C).T @ X[b] @ ones(F)), over=b)
batch_mean = define("μ_batch", 1 / (B * F) * total(X[b] @ ones(F), b))

deviation = X[b] - instance_mean[b] @ ones(F).T
instance_variance = define("σ²_instance", 1 / F * had(deviation, deviation) @ ones(F), over=b)
