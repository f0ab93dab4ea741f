"""tensorgrad: whether it simplifies the difference of both sides to zero, or both sides to one tensor.

A matrix is a tensor whose edges are called r and c, its rows and columns; a dimension that is 1 has no edge.
An index of an entry is an edge of its own name, which products share and a sum contracts. Symmetric
variables have tensorgrad's symmetry; it is told nothing else of a variable.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from fractions import Fraction
from functools import reduce
from itertools import count
from typing import Any

import sympy

from benchmarks.peers_of_claims.asking import NotSaid, Peer
from lemmata.language.expr import SCALAR, Expr, Shape

Tensor = Any
Meaning = Callable[..., Tensor]


def equal(module: Any, left: Expr, right: Expr) -> bool:
    """Whether the difference becomes its zero, or both sides are isomorphic with their edges."""
    words = Words(module)
    one, other = words.tensor(left), words.tensor(right)
    if isinstance((one - other).full_simplify(), module.Zero):
        return True
    return bool(one.full_simplify().is_isomorphic(other.full_simplify(), match_edges=True))


class Words:
    """Says expressions in the words of the module tensorgrad."""

    def __init__(self, module: Any) -> None:
        self.tg, self.f = module, module.functions
        self.fresh = (f"k{number}" for number in count())

    def tensor(self, expr: Expr) -> Tensor:
        """The expression as a tensor. Raises NotSaid where tensorgrad has no word for it."""
        if expr.head in BINDING:
            return BINDING[expr.head](self, expr)
        meaning = MEANINGS.get(expr.head)
        if meaning is None:
            raise NotSaid(f"tensorgrad has no word for {expr.head}")
        return meaning(self, expr, *map(self.tensor, expr.args))

    def edges(self, shape: Shape) -> dict[str, Any]:
        return {edge: self.size(dim) for edge, dim in zip("rc", shape, strict=True) if dim != 1}

    def size(self, dim: str | int) -> Any:
        if isinstance(dim, int):
            raise NotSaid(f"tensorgrad's dimensions have names, not {dim}")
        return sympy.Symbol(dim)

    def joined(self, left: Tensor, right: Tensor, over: AbstractSet[str] = frozenset()) -> Tensor:
        """The products of entries, with other edges that both have kept, summed over some."""
        if set(left.edges) & set(right.edges) == over:
            return left @ right
        return self.f.sum(left * right, set(over)) if over else left * right

    def variable(self, expr: Expr) -> Tensor:
        if expr.head != "variable" or expr.data.over is not None or expr.data.definitions:
            raise NotSaid(f"{expr} is no variable that tensorgrad has a word for")
        found = self.tg.Variable(expr.data.name, **self.edges(expr.shape))
        return found.with_symmetries("r c") if "symmetric" in expr.data.properties else found

    def transposed(self, tensor: Tensor) -> Tensor:
        return tensor.rename(**{a: b for a, b in ("rc", "cr") if a in tensor.edges})


def _matmul(w: Words, e: Expr, left: Tensor, right: Tensor) -> Tensor:
    if e.args[0].shape[1] == 1:
        return w.joined(left, right)
    k = next(w.fresh)
    return w.joined(left.rename(c=k), right.rename(r=k), {k})


def _power(w: Words, e: Expr, base: Tensor, exponent: Tensor) -> Tensor:
    value = _number(e.args[1])
    return w.f.pow(base, int(value) if value.denominator == 1 else value)


def _number(expr: Expr) -> Fraction:
    """The value of an exponent, for which -1/2 is written with a minus and a quotient."""
    if expr.head == "number":
        return Fraction(expr.data)
    if expr.head == "neg":
        return -_number(expr.args[0])
    if expr.head == "div":
        return _number(expr.args[0]) / _number(expr.args[1])
    raise NotSaid(f"tensorgrad's exponents are numbers, not {expr}")


def _matrix_power(w: Words, e: Expr, base: Tensor, exponent: Tensor) -> Tensor:
    factors = [e.args[0]] * int(e.args[1].data)
    return w.tensor(reduce(lambda a, b: a @ b, factors) if factors else Expr("identity", (), e.shape))


def _trace(w: Words, e: Expr, matrix: Tensor) -> Tensor:
    if e.args[0].shape == SCALAR:
        return matrix
    return w.joined(matrix, w.tg.Delta(matrix.shape["r"], "r", "c"), {"r", "c"})


def _norm(w: Words, e: Expr, value: Tensor) -> Tensor:
    if e.args[0].shape == SCALAR:
        return w.f.abs(value)
    return w.f.sqrt(w.f.sum(w.f.pow(value, 2), set(value.edges) & set("rc")))


def _inverse(w: Words, e: Expr, matrix: Tensor) -> Tensor:
    """In tensorgrad the edges of one name cancel: its inverse is the transposed one."""
    return w.f.pow(matrix, -1) if e.shape == SCALAR else w.transposed(w.f.inverse(matrix, {"r", "c"}))


def _det(w: Words, e: Expr, matrix: Tensor) -> Tensor:
    return matrix if e.args[0].shape == SCALAR else w.f.det(matrix, {"r", "c"})


def _diag(w: Words, e: Expr, vector: Tensor) -> Tensor:
    if e.shape == SCALAR:
        return vector
    k = next(w.fresh)
    return vector.rename(r=k) @ w.tg.Delta(vector.shape["r"], k, "r", "c")


def _diagonal(w: Words, e: Expr, matrix: Tensor) -> Tensor:
    if e.shape == SCALAR:
        return matrix
    j, k = next(w.fresh), next(w.fresh)
    return matrix.rename(r=j, c=k) @ w.tg.Delta(matrix.shape["r"], j, k, "r")


def _apply(w: Words, e: Expr, value: Tensor) -> Tensor:
    if not isinstance(e.data, str):
        if e.data.times:
            raise NotSaid(f"the derivative {e.data} of a function that is not known")
        return w.tg.function(e.data.name, {}, (value,))
    if e.data not in FUNCTIONS:
        raise NotSaid(f"tensorgrad has no word for {e.data}")
    return FUNCTIONS[e.data](w.f, value)


def _entry(w: Words, e: Expr, matrix: Tensor) -> Tensor:
    """The edges are renamed to the indices; one that occurs twice is a diagonal."""
    edges = [edge for edge, dim in zip("rc", e.args[0].shape, strict=True) if dim != 1]
    for edge, (place, sort) in zip(edges, e.data, strict=True):
        if place[1] or not isinstance(sort, tuple) or place[0] != sort[0]:
            raise NotSaid(f"tensorgrad has no word for the entry {e}")
        k, index = next(w.fresh), f"index_{place[0]}"
        delta = w.tg.Delta(matrix.shape[edge], k, index)
        matrix = w.joined(matrix.rename(**{edge: k}), delta, {k})
    return matrix


def _index_sum(w: Words, e: Expr, body: Tensor) -> Tensor:
    index = f"index_{e.data[0]}"
    if index not in body.edges:
        return body @ w.tg.Delta(w.size(e.data[1]))
    return w.f.sum(body, {index})


def _gradient(w: Words, e: Expr) -> Tensor:
    """Of a scalar, and a Jacobian, whose columns are those of the variable."""
    body, by = e.args
    names = {"r": "c"} if e.head == "jacobian" else {"r": "r", "c": "c"}
    return w.tg.Derivative(w.tensor(body), w.variable(by), {k: names[k] for k in w.edges(by.shape)})


def _hessian(w: Words, e: Expr) -> Tensor:
    body, by = e.args
    found, edges = w.tensor(body), w.edges(by.shape)
    for name in "rc":
        found = w.tg.Derivative(found, w.variable(by), {k: name for k in edges})
    return found


def _directional(w: Words, e: Expr) -> Tensor:
    body, by, direction = e.args
    names = {edge: next(w.fresh) for edge in w.edges(by.shape)}
    derivative = w.tg.Derivative(w.tensor(body), w.variable(by), names)
    along = w.tensor(direction).rename(**names)
    return w.joined(derivative, along, set(names.values()))


FUNCTIONS: dict[str, Callable[[Any, Tensor], Tensor]] = {
    **{
        name: (lambda f, x, name=name: getattr(f, name)(x))
        for name in ("exp", "log", "sqrt", "abs", "sign", "tanh", "sigmoid", "relu", "erf")
    },
    "softplus": lambda f, x: f.log(1 + f.exp(x)),
    "cosh": lambda f, x: (f.exp(x) + f.exp(-x)) / 2,
    "sinh": lambda f, x: (f.exp(x) - f.exp(-x)) / 2,
}

#: What differentiates: the variable is not said as an argument is.
BINDING: dict[str, Meaning] = {
    **dict.fromkeys(("gradient", "jacobian", "diff"), _gradient),
    "hessian": _hessian,
    "directional": _directional,
}

MEANINGS: dict[str, Meaning] = {
    "variable": lambda w, e: w.variable(e),
    "number": lambda w, e: w.tg.Tensor(int(e.data) if e.data.denominator == 1 else e.data),
    "size": lambda w, e: w.tg.Delta(w.size(e.data)),
    "identity": lambda w, e: w.tg.Delta(w.size(e.shape[0]), "r", "c"),
    "zeros": lambda w, e: w.tg.Zero(**w.edges(e.shape)),
    "ones": lambda w, e: w.tg.Ones(**w.edges(e.shape)),
    "add": lambda w, e, a, b: a + b,
    "sub": lambda w, e, a, b: a - b,
    "neg": lambda w, e, a: -a,
    "mul": lambda w, e, a, b: w.joined(a, b),
    "div": lambda w, e, a, b: w.joined(a, w.f.pow(b, -1)),
    "matmul": _matmul,
    "hadamard": lambda w, e, a, b: w.joined(a, b),
    "hadamard_quotient": lambda w, e, a, b: w.joined(a, w.f.pow(b, -1)),
    "power": _power,
    "matrix_power": _matrix_power,
    "transpose": lambda w, e, a: w.transposed(a),
    "inverse": _inverse,
    "trace": _trace,
    "det": _det,
    "diag": _diag,
    "diagonal": _diagonal,
    "norm": _norm,
    "apply": _apply,
    "entry": _entry,
    "index_sum": _index_sum,
}

TENSORGRAD = Peer("tensorgrad", "tensorgrad", equal)
