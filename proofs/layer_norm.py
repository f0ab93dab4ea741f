"""The backward pass of layer normalisation, for a vector of any length (Ba, Kiros and Hinton, 2016)."""

from lemmata import calc, counterpart, define, dims, field, grad, norm, ones, scalar, sqrt, theorem, vector
from numerics.normalization import layer_norm, layer_norm_grad

(n,) = dims("n")
x, ε = vector("x", n), scalar("ε", positive=True)
L = field("L", n, order=1)
μ = define("μ", 1 / n * ones(n).T @ x)
v = define("v", 1 / n * norm(x - μ * ones(n)) ** 2)
z = define("x̂", (x - μ * ones(n)) / sqrt(v + ε))
g = grad(L, z)


def normalized(at):
    """The forward pass, of one example."""
    return layer_norm([at(x)], eps=at(ε))[0]


def backward(at):
    """The backward pass, from the gradient at x̂."""
    return layer_norm_grad([at(g)], [at(x)], eps=at(ε)).x[0]


@theorem(
    z == (x - 1 / n * (ones(n).T @ x) * ones(n)) / sqrt(v + ε),
    computed_by=counterpart(layer_norm, normalized),
)
def layer_normalization():
    """Layer normalisation takes away the mean of the features and divides by the root of their variance."""
    return calc(z).eq((x - 1 / n * (ones(n).T @ x) * ones(n)) / sqrt(v + ε), by="definitions")


@theorem(
    grad(L(z), x) == 1 / sqrt(v + ε) * (g - 1 / n * (ones(n).T @ g) * ones(n) - 1 / n * (z.T @ g) * z),
    computed_by=counterpart(layer_norm_grad, backward),
)
def layer_norm_gradient():
    """The gradient is centred, and what lies along x̂ is taken away; then it is scaled by 1/√(v + ε)."""
    return calc(grad(L(z), x)).eq(
        1 / sqrt(v + ε) * (g - 1 / n * (ones(n).T @ g) * ones(n) - 1 / n * (z.T @ g) * z), by="derivative"
    )
