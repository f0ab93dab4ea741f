"""The sets of arguments at a counterexample: the indices at which a number is largest."""

from __future__ import annotations

from lemmata.kernel.context import Context, Statement
from lemmata.refute.errors import CannotTell, OutOfWork, Undefined
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.problem import Problem
from lemmata.refute.shrink import ENOUGH, Found
from lemmata.refute.values import PRECISIONS, compare, precision


def arguments_at(context: Context, holds: Statement, index: str, found: Found) -> str | None:
    """The values of an index at which an equation holds whose right side is never smaller, as `{1, 2}`; None
    where it does not become certain."""
    evaluator = Evaluator(found.instance, Meter(ENOUGH), Problem(context, holds).notes)
    size = found.instance.size(dict(context.choices)[index])
    with precision(PRECISIONS[-1]):
        try:
            pairs = {
                place: tuple(
                    evaluator.at(side, {index: place}, found.failure.outcome)
                    for side in (holds.left, holds.right)
                )
                for place in range(1, size + 1)
            }
        except (CannotTell, OutOfWork, Undefined):
            return None
        known = {place: compare("<", *pair) for place, pair in pairs.items()}
    largest = [place for place, smaller in known.items() if smaller is not True]
    # The largest value is one of them, so that the only one which may be it is it.
    if len(largest) > 1 and any(known[place] is None for place in largest):
        return None
    return "{" + ", ".join(map(str, largest)) + "}"
