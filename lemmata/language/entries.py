"""The entries of matrices: sums, products, inverses, functions, families."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from lemmata.kernel import terms as t
from lemmata.kernel.terms import Index, Term
from lemmata.language import functions
from lemmata.language.around import (
    Around,
    Meaning,
    Place,
    deltas,
    entry,
    index_at,
    key_of,
    minus,
    number,
    one,
    summed,
)
from lemmata.language.build import wide_pinv
from lemmata.language.errors import NotLowered
from lemmata.language.expr import SCALAR, Expr
from lemmata.language.indexing import time_of
from lemmata.language.products import factors, is_product

if TYPE_CHECKING:
    from lemmata.language.lower import Lowering


def _number(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return number(e.data)


def _pi(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return functions.pi()


def _count(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Count(Index(e.data if e.head == "size" else e.data[0]))


def _index(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    raise NotLowered(f"{e} is an index, not a number")


def _variable(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    key = key_of(e)
    family = e if e.head == "variable" else e.args[0]
    if key in a.held:
        return t.Ref(a.held[key], entry(r, c))
    definition = family.data.all
    if definition is not None and a.unfolds(e):
        return low.lower(definition.statement.right, r, c, _inside(e, a))
    if e.head == "variable" and family.data.over is not None:
        raise NotLowered(f"{e} is a family; name one member, such as {e}[t]")
    first = (index_at(e.data[0], a),) if e.head == "member" else ()
    return t.Ref(family.data.name, (*first, *entry(r, c)))


def _inside(e: Expr, a: Around) -> Around:
    """The surroundings of what defines e: the index of a family means the place of this member."""
    if e.head != "member":
        return a
    (own, _), _ = e.args[0].data.all.statement.left.data
    return replace(a, indices={**a.indices, own: index_at(e.data[0], a)})


def _entry(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    places = iter(index_at(place, a) for place, _ in e.data)
    row, column = (None if dim == 1 else next(places) for dim in e.args[0].shape)
    return low.lower(e.args[0], row, column, a)


def _identity(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.ONE if r is None or c is None else deltas(r, c)


def _add(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    time = _shifted_time(e, a)
    return time or t.Add(tuple(low.lower(part, r, c, a) for part in e.args))


def _shifted_time(e: Expr, a: Around) -> Term | None:
    """`t - 1` as a natural number where t >= 1, not as a difference of two numbers."""
    place = time_of(e)
    return t.Count(index_at(place, a)) if place is not None and place[0] else None


def _sub(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    left, right = (low.lower(part, r, c, a) for part in e.args)
    return _shifted_time(e, a) or t.Add((left, minus(right)))


def _neg(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return minus(low.lower(e.args[0], r, c, a))


def _mul(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    parts = (low.scalar(x, a) if x.shape == SCALAR else low.lower(x, r, c, a) for x in e.args)
    return t.Mul(tuple(parts))


def _div(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    top, bottom = e.args
    return t.Mul((low.lower(top, r, c, a), t.Pow(low.scalar(bottom, a), t.MINUS_ONE)))


def _matmul(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    left, right = e.args
    if left.shape[1] == 1:
        return t.Mul((low.lower(left, r, None, a), low.lower(right, None, c, a)))
    k = low.place(left.shape[1])
    return summed(k, left.shape[1], t.Mul((low.lower(left, r, k, a), low.lower(right, k, c, a))))


def _hadamard(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Mul(tuple(low.lower(part, r, c, a) for part in e.args))


def _hadamard_quotient(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    top, bottom = (low.lower(part, r, c, a) for part in e.args)
    return t.Mul((top, t.Pow(bottom, t.MINUS_ONE)))


def _array(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """Numbers written out: Σ over the entries that are not 0 of value · δ(r, row) · δ(c, column)."""
    found = [
        t.Mul((number(value), *at))
        for i, row in enumerate(e.data, 1)
        for j, value in enumerate(row, 1)
        if value and (at := _at((r, i), (c, j))) is not None
    ]
    return t.Add(tuple(found)) if found else t.ZERO


def _chosen(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """One of some members written out: Σ_k δ(b, k) · (member k)."""
    at = index_at(e.data[0], a)
    parts = enumerate((low.lower(member, r, c, a) for member in e.args), 1)
    return t.Add(tuple(t.Mul((*found, part)) for k, part in parts if (found := _at((at, k))) is not None))


def _at(*pairs: tuple[Place, int]) -> tuple[Term, ...] | None:
    """Deltas which say that places are numbers; None where a place is certainly another number."""
    found: list[Term] = []
    for place, number_ in pairs:
        index = None if place is None else one(place)
        if index is not None and index.name:
            found.append(t.Delta(index, Index("", number_)))
        elif index is not None and index.offset != number_:
            return None
    return tuple(found)


def _power(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """A power of a scalar. ‖x‖^(2k) is (Σ x²)^k, which has a derivative where ‖x‖ has none."""
    base, exponent = e.args
    even = exponent.head == "number" and (exponent.data / 2).denominator == 1
    if even and base.head == "norm":
        total = squares(low, base.args[0], a)
        return total if exponent.data == 2 else t.Pow(total, number(exponent.data / 2))
    return t.Pow(low.scalar(base, a), low.scalar(exponent, a))


def _matrix_power(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    base, exponent = e.args
    times_ = int(exponent.data)
    if times_ == 0:
        return _identity(low, e, r, c, a)
    product = base
    for _ in range(times_ - 1):
        product = product @ base
    return low.lower(product, r, c, a)


def _natural_power(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    base, exponent = e.args
    place = time_of(exponent)
    if place is None or not place[0] or any(dim == 1 or is_product(dim) for dim in base.shape):
        raise NotLowered(f"{e}: a natural power is known of matrices with rows and columns only")
    return t.Call("matrix_power", (index_at(place, a), *entry(r, c)), (low.tensor(base, a),))


def _convolution(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """Σ f(P, Q) = Σ_pquv (Σ P ⊗ Q)[pu, qv] · f(e_p e_qᵀ, e_u e_vᵀ), as f is linear in P and in Q."""
    body, pairs, left, right = e.args
    (p, q), (u, v) = low.binders(left), low.binders(right)
    units = {"0 row": one(p), "0 column": one(q), "1 row": one(u), "1 column": one(v)}
    inner = low.lower(body, r, c, replace(a, indices={**a.indices, **units}))
    term: Term = t.Mul((low.lower(pairs, entry(p, u), entry(q, v), a), inner))
    for place, dim in zip((v, u, q, p), (*right.shape[::-1], *left.shape[::-1]), strict=True):
        term = summed(place, dim, term)
    return term


def _slot(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """One of the two factors of a convolution: the matrix with one 1."""
    row, column = (a.indices[f"{e.data} {axis}"] for axis in ("row", "column"))
    return t.Mul((deltas(r, row), deltas(c, column)))


def _transpose(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return low.lower(e.args[0], c, r, a)


def _inverse(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    (matrix,) = e.args
    if r is None or c is None:
        return t.Pow(low.scalar(matrix, a), t.MINUS_ONE)
    if is_product(matrix.shape[0]):
        return t.Call("inv", (*entry(r), *entry(c)), (low.tensor(matrix, a),))
    i, j = one(low.place(matrix.shape[0])), one(low.place(matrix.shape[0]))
    return t.Inverse(i.name, j.name, matrix.shape[0], low.lower(matrix, i, j, a), (one(r), one(c)))


def _det(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    (matrix,) = e.args
    if matrix.shape == SCALAR:
        return low.scalar(matrix, a)
    if is_product(matrix.shape[0]):
        return t.Call("det", (), (low.tensor(matrix, a),))
    i, j = one(low.place(matrix.shape[0])), one(low.place(matrix.shape[0]))
    return t.Determinant(i.name, j.name, matrix.shape[0], low.lower(matrix, i, j, a))


def _trace(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    (matrix,) = e.args
    if matrix.shape == SCALAR:
        return low.scalar(matrix, a)
    k = low.place(matrix.shape[0])
    return summed(k, matrix.shape[0], low.lower(matrix, k, k, a))


def _norm(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Pow(squares(low, e.args[0], a), number(Fraction(1, 2)))


def squares(low: Lowering, e: Expr, a: Around) -> Term:
    """The sum of the squares of all entries."""
    tensor = low.tensor(e, a)
    term: Term = t.Pow(tensor.body, number(2))
    for name, dim in reversed(tensor.indices):
        term = t.Sum(name, dim, term)
    return term


def _diag(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    value = low.lower(e.args[0], r, None, a)
    return value if r is None or c is None else t.Mul((deltas(r, c), value))


def _diagonal(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return low.lower(e.args[0], r, r, a)


def _kron(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """(A ⊗ B)[ik, jl] = A[i,j] B[k,l]."""
    left, right = e.args
    rows, columns = (_split(place, left.shape[axis], right.shape[axis]) for axis, place in enumerate((r, c)))
    return t.Mul((low.lower(left, rows[0], columns[0], a), low.lower(right, rows[1], columns[1], a)))


def _vec(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """vec(A)[ji] = A[i,j]: the columns one below the other."""
    (matrix,) = e.args
    column, row = _split(r, matrix.shape[1], matrix.shape[0])
    return low.lower(matrix, row, column, a)


def _split(place: Place, first: str | int, second: str | int) -> tuple[Place, Place]:
    """The place in a product of two dimensions as a place in each of them."""
    indices, count = entry(place), len(factors(first))
    return _joined(indices[:count]), _joined(indices[count:])


def _joined(indices: tuple[Index, ...]) -> Place:
    return indices[0] if len(indices) == 1 else indices or None


def _zeros(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.ZERO


def _ones(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.ONE


def _apply(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    argument = low.lower(e.args[0], r, c, a)
    return (
        functions.term(e.data, argument)
        if isinstance(e.data, str)
        else t.Apply(e.data.name, e.data.times, argument)
    )


def _call(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Call(e.data.name, entry(r, c), tuple(low.tensor(x, a) for x in e.args))


def _over_index(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    name, dim = e.data
    k = Index(low.new())
    inner = replace(a, indices={**a.indices, name: k})
    body = low.lower(e.args[0], r, c, inner)
    return t.Sum(k.name, dim, body) if e.head == "index_sum" else t.Maximum(k.name, dim, body)


def _column(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    indices = a.indices if r is None else {**a.indices, e.data[0]: one(r)}
    return low.scalar(e.args[0], replace(a, indices=indices))


def _pinv(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    wide = wide_pinv(e.args[0])
    return _matrix_norm(low, e, r, c, a) if wide is None else low.lower(wide, r, c, a)


def _matrix_norm(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    if any(dim == 1 or is_product(dim) for dim in e.args[0].shape):
        raise NotLowered(f"{e}: {e.head} is known of matrices with rows and columns only")
    return t.Call(e.head, entry(r, c), (low.tensor(e.args[0], a),))


def _at_words(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """An entry at words: Σ over the places of words, each weighted by its one-hot entry."""
    base, *words = e.args
    remaining = iter(words)
    bound: list[tuple[str, str | int, Term]] = []
    places: list[Place] = []
    for dim, place in zip(_wide(base), e.data, strict=True):
        if place is not None:
            places.append(index_at(place[0], a))
            continue
        k = Index(low.new())
        bound.append((k.name, dim, low.lower(next(remaining), k, None, a)))
        places.append(k)
    found = iter(places)
    row, column = (None if dim == 1 else next(found) for dim in base.shape)
    term: Term = t.Mul((*(weight for _, _, weight in bound), low.lower(base, row, column, a)))
    for name, dim, _ in reversed(bound):
        term = t.Sum(name, dim, term)
    return term


def _wide(expr: Expr) -> list[str | int]:
    return [dim for dim in expr.shape if dim != 1]


MATRICES: dict[str, Meaning] = {
    "number": _number,
    "pi": _pi,
    "size": _count,
    "time": _count,
    "index": _index,
    "variable": _variable,
    "member": _variable,
    "entry": _entry,
    "identity": _identity,
    "zeros": _zeros,
    "ones": _ones,
    "add": _add,
    "sub": _sub,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "matmul": _matmul,
    "hadamard": _hadamard,
    "hadamard_quotient": _hadamard_quotient,
    "array": _array,
    "chosen": _chosen,
    "power": _power,
    "matrix_power": _matrix_power,
    "natural_power": _natural_power,
    "convolution": _convolution,
    "slot": _slot,
    "transpose": _transpose,
    "inverse": _inverse,
    "det": _det,
    "trace": _trace,
    "norm": _norm,
    "kron": _kron,
    "vec": _vec,
    "diag": _diag,
    "diagonal": _diagonal,
    "apply": _apply,
    "call": _call,
    "index_sum": _over_index,
    "index_max": _over_index,
    "column": _column,
    "opnorm": _matrix_norm,
    "eigmax": _matrix_norm,
    "rank": _matrix_norm,
    "pinv": _pinv,
    "expm": _matrix_norm,
    "at_words": _at_words,
    "choice": _index,
}
