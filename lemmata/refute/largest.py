"""Equations f(k) = max f between balls, which never tell that numbers are equal: f is smaller elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Add, Apply, Count, Delta, Index, Maximum, Mul, Pow, Ref, Sum
from lemmata.refute.evaluate import Env, Evaluator
from lemmata.refute.values import compare

#: What binds nothing.
_PLAIN = Add | Apply | Count | Delta | Mul | Pow | Ref


def is_largest(
    context: Context, statement: Statement, evaluator: Evaluator, at: Env, outcome: int | None
) -> bool:
    """Whether a statement says f(k) = max f of a chosen index k, and f is certainly smaller at all others."""
    taken = frozenset([*context.dims, *dict(context.naturals), *dict(context.choices), *at])
    sides = (statement.left, statement.right)
    for entry, maximum in (sides, sides[::-1]) if statement.relation == "=" else ():
        if not isinstance(maximum, Maximum) or maximum.index in taken:
            continue
        for name, dim in context.choices:
            if dim == maximum.dim and _alike(maximum.body, entry, {maximum.index: name}, taken):
                return _is_peak(maximum, evaluator, at, evaluator.instance.naturals[name], outcome)
    return False


def _alike(one: object, other: object, names: Mapping[str, str], taken: frozenset[str]) -> bool:
    """Whether two terms are the same, where `names` says what the indices of the first are in the second.
    What the second binds must not hide a name that is taken."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Index) and isinstance(other, Index):
        return names.get(one.name, one.name) == other.name and one.offset == other.offset
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(
            _alike(*pair, names, taken) for pair in zip(one, other, strict=True)
        )
    if isinstance(one, Sum | Maximum) and isinstance(other, Sum | Maximum):
        hidden = {one.index, other.index} & (taken | {*names, *names.values()})
        inner = {**names, one.index: other.index}
        return not hidden and one.dim == other.dim and _alike(one.body, other.body, inner, taken)
    if isinstance(one, _PLAIN):
        fields = type(one).__match_args__
        return all(_alike(getattr(one, field), getattr(other, field), names, taken) for field in fields)
    return one == other and not names.keys() & _words(one)


def _words(term: object) -> set[str]:
    """All words in a term, the names of its indices among them."""
    if isinstance(term, tuple):
        return {word for part in term for word in _words(part)}
    fields = getattr(term, "__match_args__", ())
    return {term} if isinstance(term, str) else {w for f in fields for w in _words(getattr(term, f))}


def _is_peak(maximum: Maximum, evaluator: Evaluator, at: Env, place: int, outcome: int | None) -> bool:
    """Whether the value at a place is larger than all others."""
    size = evaluator.instance.size(maximum.dim)
    values = [evaluator.at(maximum.body, {**at, maximum.index: i}, outcome) for i in range(1, size + 1)]
    others = values[: place - 1] + values[place:]
    return place <= size and all(compare("<", other, values[place - 1]) for other in others)
