"""The entries of derivatives and of means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lemmata.kernel import terms as t
from lemmata.kernel.terms import Term
from lemmata.language.around import Around, Key, Meaning, Place, entry, key_of, minus, summed
from lemmata.language.declare import Variable
from lemmata.language.depend import depends, members, unfolded_parts
from lemmata.language.errors import NotLowered
from lemmata.language.expr import SCALAR, Expr

if TYPE_CHECKING:
    from lemmata.language.lower import Lowering


def _gradient_at(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Call(e.data.name, (), (low.tensor(e.args[0], a),), ((0, entry(r, c)),))


def _derivative(low: Lowering, body: Expr, by: Expr, a: Around) -> tuple[str, Around]:
    """A new name for the variable of a derivative, and the surroundings in which it is held."""
    key = key_of(by)
    name = low.new("x")
    _check_seen(body, by, key)
    outer = a.unfolds

    def unfolds(expr: Expr) -> bool:
        return outer(expr) or depends(expr, key[0])

    return name, replace(a, held={**a.held, key: name}, unfolds=unfolds)


def _check_seen(body: Expr, by: Expr, key: Key) -> None:
    """What depends on the variable must be seen in the body: no recurrence, no sum may hide it."""
    name, place = key
    if members(body, name) - {place}:
        raise NotLowered(f"{body} has other members of {name} than {by}: hold them apart by other names")
    for part in unfolded_parts(body, name):
        family = part.args[0].data if part.head == "member" else None
        if family is not None and family.step and family.name != name and depends(part, name):
            raise NotLowered(f"{part} depends on {name} through its recurrence: unfold it first")
        if family is not None and family.all is not None and place is not None and depends(part, name):
            raise NotLowered(f"{part} depends on {name} through its definition: unfold it first")
        if part.head == "index_sum" and place is not None and place[0] == part.data[0]:
            raise NotLowered(f"{part} has an index {part.data[0]} of its own: give one of them another name")


def _gradient(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    body, by = e.args
    name, inner = _derivative(low, body, by, a)
    return t.Derivative(name, low.scalar(body, inner), entry(r, c), low.tensor(by, a))


def _jacobian(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    body, by = e.args
    name, inner = _derivative(low, body, by, a)
    return t.Derivative(name, low.lower(body, r, None, inner), entry(c), low.tensor(by, a))


def _diff(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    body, by = e.args
    name, inner = _derivative(low, body, by, a)
    return t.Derivative(name, low.lower(body, r, c, inner), (), low.tensor(by, a))


def _directional(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """Σ over the entries of X of ∂f/∂X[entry] H[entry]."""
    body, by, direction = e.args
    name, inner = _derivative(low, body, by, a)
    row, column = low.binders(by)
    partial = t.Derivative(name, low.lower(body, r, c, inner), entry(row, column), low.tensor(by, a))
    term: Term = t.Mul((partial, low.lower(direction, row, column, a)))
    for place, dim in ((column, by.shape[1]), (row, by.shape[0])):
        term = summed(place, dim, term)
    return term


def _hessian(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    body, by = e.args
    outer_name, outer = _derivative(low, body, by, a)
    name, inner = _derivative(low, body, by, outer)
    first = t.Derivative(name, low.scalar(body, inner), entry(r), low.tensor(by, outer))
    return t.Derivative(outer_name, first, entry(c), low.tensor(by, a))


def _in_mean(a: Around) -> Around:
    outer = a.unfolds

    def unfolds(expr: Expr) -> bool:
        return outer(expr) or depends(expr, None)

    return replace(a, unfolds=unfolds)


def _expectation(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    return t.Expectation(low.lower(e.args[0], r, c, _in_mean(a)))


def _covariance(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """E[x y] - E[x] E[y]."""
    (x, y), inside = e.args, _in_mean(a)
    first, second = low.lower(x, r, None, inside), low.lower(y, c, None, inside)
    means = t.Mul((t.Expectation(first), t.Expectation(second)))
    return t.Add((t.Expectation(t.Mul((first, second))), minus(means)))


def _real(low: Lowering, body: Expr, name: str, a: Around) -> tuple[str, Term]:
    """A new name for a real variable, and what is below it."""
    new, inner = _derivative(low, body, Expr("variable", (), SCALAR, Variable(name, SCALAR)), a)
    return new, low.scalar(body, inner)


def _limit(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    (body, point), (name, side) = e.args, e.data
    infinite = _infinity(point)
    if infinite:
        return t.Limit(*_real(low, body, name, a), (), "-" if infinite > 0 else "+")
    return t.Limit(*_real(low, body, name, a), (low.scalar(point, a),), side)


def _integral(low: Lowering, e: Expr, r: Place, c: Place, a: Around) -> Term:
    """An integral; one from +∞, or to -∞, is turned round."""
    body, first, last = e.args
    if _infinity(first) > 0 or _infinity(last) < 0:
        return minus(_integral(low, replace(e, args=(body, last, first)), r, c, a))
    lower, upper = (() if _infinity(end) else (low.scalar(end, a),) for end in (first, last))
    return t.Integral(*_real(low, body, e.data, a), lower, upper)


def _infinity(e: Expr) -> int:
    """1 for ∞, -1 for -∞, else 0."""
    if e.head == "neg":
        return -_infinity(e.args[0])
    return int(e.head == "infinity")


CALCULUS: dict[str, Meaning] = {
    "gradient": _gradient,
    "gradient_at": _gradient_at,
    "jacobian": _jacobian,
    "hessian": _hessian,
    "directional": _directional,
    "diff": _diff,
    "expectation": _expectation,
    "covariance": _covariance,
    "limit": _limit,
    "integral": _integral,
}
