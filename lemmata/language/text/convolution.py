"""Sums over all pairs of powers whose exponents have one sum: Σ f(X^r, Y^(k-1-r)) over r = 0..k-1.

Where f is linear in each of the two powers, it is f applied to Σ X^r ⊗ Y^(k-1-r) = C[k], with C[0] = 0 and
C[s] = C[s-1] (I ⊗ Y) + X^(s-1) ⊗ I.
"""

from __future__ import annotations

from collections.abc import Callable

from lemmata.language.build import kron
from lemmata.language.depend import times_in
from lemmata.language.errors import NotLowered
from lemmata.language.expr import Expr, number, rebuilt, same, subexpressions, zeros_like

#: Makes the family with this start and this step.
Recurrence = Callable[[Expr, Expr, Callable[[Expr], Expr]], Expr]

#: A sum of times and a number: how often each occurs, the number at the empty name.
Linear = dict[str, int]

#: Whose value is linear in its only argument.
_LINEAR = ("neg", "transpose", "trace", "vec", "diag", "diagonal", "index_sum")
_PRODUCTS = ("mul", "matmul", "hadamard", "kron")


def natural_power(base: Expr, exponent: Expr) -> Expr:
    """A square matrix to a natural number, which is a time and a number."""
    return Expr("natural_power", (base, exponent), base.shape)


def has_two_powers(part: Expr) -> bool:
    """Whether something is raised to more than a time and a number."""
    return any(inner.head == "matrix_power_of" for inner in subexpressions(part))


def convolution(part: Expr, time: Expr, first: int, last: Expr, count: Expr, recurrence: Recurrence) -> Expr:
    """Σ over r = first..last of a part which speaks of r, written as time + first - 1, as X^(r-first) and
    Y^(last-r) only. Raises NotLowered for others."""
    name = time.data[0]
    forth, end = {name: 1, "": -1}, _linear(last)
    back = None if end is None else _plus(end, {name: 1, "": first - 1}, -1)
    body, bases = part, []
    for slot, (head, exponent) in enumerate((("natural_power", forth), ("matrix_power_of", back))):
        base = _base(part, head, exponent)
        bases.append(base)
        body = _with_slot(body, head, exponent, Expr("slot", (base,), base.shape, slot))
    if has_two_powers(body) or name in times_in(body) or _degrees(body) != (1, 1):
        raise NotLowered(f"{part}: what is summed is no product of two powers")
    left, right = bases
    pairs = kron(left, right)
    one = [Expr("identity", (), base.shape) for base in bases]
    earlier = time - number(1)
    family = recurrence(
        pairs,
        zeros_like(pairs.shape),
        lambda before: before @ kron(one[0], right) + kron(natural_power(left, earlier), one[1]),
    )
    return Expr("convolution", (body, family[count], left, right), body.shape)


def _base(part: Expr, head: str, exponent: Linear | None) -> Expr:
    """The one matrix which has this exponent."""
    found = [e.args[0] for e in subexpressions(part) if _is_power(e, head, exponent)]
    if not found or not all(same(base, found[0]) for base in found):
        raise NotLowered(f"{part}: two powers are needed whose exponents have one sum")
    return found[0]


def _is_power(expr: Expr, head: str, exponent: Linear | None) -> bool:
    return expr.head == head and exponent is not None and _linear(expr.args[1]) == exponent


def _with_slot(expr: Expr, head: str, exponent: Linear | None, slot: Expr) -> Expr:
    if _is_power(expr, head, exponent):
        return slot
    return rebuilt(expr, lambda part: _with_slot(part, head, exponent, slot))


def _degrees(expr: Expr) -> tuple[int, int] | None:
    """How often each of the two powers is a factor of each term; None where this is no polynomial in them."""
    if expr.head == "slot":
        return (1, 0) if expr.data == 0 else (0, 1)
    if not any(part.head == "slot" for part in subexpressions(expr)):
        return (0, 0)
    parts = [_degrees(part) for part in expr.args]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if expr.head in ("add", "sub") and known[0] == known[1]:
        return known[0]
    if expr.head in _LINEAR or (expr.head == "div" and known[1] == (0, 0)):
        return known[0]
    return (sum(p for p, _ in known), sum(q for _, q in known)) if expr.head in _PRODUCTS else None


def _linear(expr: Expr) -> Linear | None:
    if expr.head == "number" and expr.data.denominator == 1:
        return _plus({}, {"": int(expr.data)}, 1)
    if expr.head == "time":
        return {expr.data[0]: 1}
    if expr.head not in ("add", "sub"):
        return None
    left, right = map(_linear, expr.args)
    if left is None or right is None:
        return None
    return _plus(left, right, 1 if expr.head == "add" else -1)


def _plus(left: Linear, right: Linear, sign: int) -> Linear:
    """left ± right."""
    found = {name: left.get(name, 0) + sign * right.get(name, 0) for name in {*left, *right}}
    return {name: value for name, value in found.items() if value}
