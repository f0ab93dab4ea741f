"""Factoring: Σ c_k·s_k·M_k v as s·(Σ c_k·t_k·M_k) v, the form in which a gradient is read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lemmata.language.expr import SCALAR, Expr, number, same


@dataclass(frozen=True)
class Item:
    """A term of a sum: a number, powers of scalars, and a product of matrices that ends in a vector."""

    value: Fraction
    scalars: tuple[tuple[Expr, Fraction], ...]
    chain: tuple[Expr, ...]


def factored(expr: Expr) -> Expr | None:
    """A sum of vectors with its common scalar in front and its common vector behind, if it has them."""
    if expr.shape == SCALAR or expr.head not in ("add", "sub", "neg"):
        return None
    items = [item for sign, part in _terms(expr) for item in [_item(sign, part)]]
    vector = min(items, key=lambda item: len(item.chain)).chain[-1]
    ending = [_ending_in(item, vector) for item in items]
    if len(items) < 2 or any(item is None for item in ending):
        return None
    return _outside([item for item in ending if item is not None], vector)


def _terms(expr: Expr, sign: int = 1) -> list[tuple[int, Expr]]:
    if expr.head == "add":
        return [*_terms(expr.args[0], sign), *_terms(expr.args[1], sign)]
    if expr.head == "sub":
        return [*_terms(expr.args[0], sign), *_terms(expr.args[1], -sign)]
    if expr.head == "neg":
        return _terms(expr.args[0], -sign)
    return [(sign, expr)]


def _item(sign: int, expr: Expr) -> Item:
    value, scalars, chain = Fraction(sign), dict[Expr, Fraction](), list[Expr]()

    def visit(part: Expr, exponent: Fraction) -> None:
        nonlocal value
        if part.head == "number":
            value *= part.data**exponent
        elif part.head == "mul":
            for factor in part.args:
                visit(factor, exponent)
        elif part.head == "div":
            visit(part.args[0], exponent)
            visit(part.args[1], -exponent)
        elif part.head == "power" and part.args[1].head == "number":
            visit(part.args[0], exponent * part.args[1].data)
        elif part.shape == SCALAR:
            scalars[part] = scalars.get(part, Fraction(0)) + exponent
        else:
            chain.extend(_flat(part))

    visit(expr, Fraction(1))
    return Item(value, tuple(scalars.items()), tuple(chain))


def _flat(expr: Expr) -> list[Expr]:
    return [*_flat(expr.args[0]), *_flat(expr.args[1])] if expr.head == "matmul" else [expr]


def _ending_in(item: Item, vector: Expr) -> Item | None:
    """The item with its product ending in the vector; an inner product with it is opened for that."""
    if same(item.chain[-1], vector):
        return item
    for scalar, exponent in item.scalars:
        flat = _flat(scalar)
        if exponent == 1 and len(flat) > 1 and same(flat[-1], vector):
            rest = tuple(pair for pair in item.scalars if pair[0] is not scalar)
            return Item(item.value, rest, (*item.chain, *flat))
        if exponent == 1 and len(flat) == 2 and same(flat[0], vector.T):
            rest = tuple(pair for pair in item.scalars if pair[0] is not scalar)
            return Item(item.value, rest, (*item.chain, flat[1].T, vector))
    return None


def _outside(items: list[Item], vector: Expr) -> Expr:
    """The first item's scalars in front; what remains of the others stays inside."""
    first = min(items, key=lambda item: len(item.chain))
    common = {
        base: power
        for base, power in first.scalars
        if all(dict(item.scalars).get(base) is not None for item in items)
    }
    inside: Expr | None = None
    for item in sorted(items, key=lambda item: item is not first):
        powers = {base: power - common.get(base, Fraction(0)) for base, power in item.scalars}
        value = item.value / first.value
        part = scaled(abs(value), powers, product(item.chain[:-1], vector))
        if inside is None:
            inside = part if value > 0 else -part
        else:
            inside = inside + part if value > 0 else inside - part
    matrix = inside if inside is not None else number(1)
    front = scaled(abs(first.value), common, None)
    signed = -front if first.value < 0 else front
    one = signed.head == "number" and signed.data == 1
    return matrix @ vector if one else signed * matrix @ vector


def product(chain: tuple[Expr, ...], vector: Expr) -> Expr:
    """A product of matrices; without factors, the identity."""
    if not chain:
        return Expr("identity", (), (vector.shape[0], vector.shape[0]))
    result = chain[0]
    for factor in chain[1:]:
        result = result @ factor
    return result


def scaled(value: Fraction, powers: dict[Expr, Fraction], matrix: Expr | None) -> Expr:
    """A number and powers of scalars in front of a matrix, what is below the line below it."""
    above = [base**power if power != 1 else base for base, power in powers.items() if power > 0]
    below = [base ** (-power) if power != -1 else base for base, power in powers.items() if power < 0]
    if value.numerator != 1:
        above.insert(0, number(value.numerator))
    if value.denominator != 1:
        below.insert(0, number(value.denominator))
    top = _times(above)
    bottom = _times(below)
    if matrix is not None:
        whole = matrix if top is None else top * matrix
        return whole if bottom is None else whole / bottom
    top = number(1) if top is None else top
    return top if bottom is None else top / bottom


def _times(factors: list[Expr]) -> Expr | None:
    result: Expr | None = None
    for factor in factors:
        result = factor if result is None else result * factor
    return result
