"""The point of a counterexample, written down, and looked at again.

What is written down is only where to look: whether the statement fails there is worked out anew.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from lemmata.kernel.context import Context, Statement
from lemmata.refute.choices import Choice, Choices
from lemmata.refute.errors import OutOfWork
from lemmata.refute.evaluate import Meter
from lemmata.refute.present import present
from lemmata.refute.problem import Problem
from lemmata.refute.search import Attack
from lemmata.refute.shrink import ENOUGH, Found, retry
from lemmata.refute.values import PRECISIONS, Value, exact, fraction, precision

#: Dimensions and times of a counterexample are small.
_LARGEST_DIM, _LARGEST_TIME = 6, 40
_RATIONAL = re.compile(r"-?[0-9]{1,300}(/[1-9][0-9]{0,299})?", re.ASCII)


def written(found: Found) -> dict[str, Any]:
    """The sizes, the times and the numbers from which the instance is built, as JSON values."""
    choices = [[choice, str(fraction(value))] for choice, value in found.choices.items()]
    return {"dims": found.dims, "naturals": found.naturals, "choices": choices}


def look_again(context: Context, statement: Statement, point: object) -> Attack | None:
    """The counterexample at a point that was written down; None where that is no counterexample."""
    problem = Problem(context, statement)
    read = _read(problem, point)
    if read is None or problem.unsupported or problem.unsettled:
        return None
    dims, naturals, choices = read
    with precision(PRECISIONS[0]):
        try:
            found = retry(problem, dims, naturals, Choices(choices), Meter(ENOUGH))
            return None if found is None else Attack(present(problem, found), 0, "", "", found=found)
        except OutOfWork:
            return None


def _read(
    problem: Problem, point: object
) -> tuple[dict[str, int], dict[str, int], dict[Choice, Value]] | None:
    """What was written down, if it is that; and if the sizes and times are those of the context."""
    if not isinstance(point, dict) or set(point) != {"dims", "naturals", "choices"}:
        return None
    lowest = {**dict(problem.context.naturals), **dict.fromkeys((n for n, _ in problem.context.choices), 1)}
    dims = _numbers(point["dims"], dict.fromkeys(problem.context.dims, 1), _LARGEST_DIM)
    naturals = _numbers(point["naturals"], lowest, _LARGEST_TIME)
    choices = _choices(point["choices"])
    return None if dims is None or naturals is None or choices is None else (dims, naturals, choices)


def _numbers(values: object, lowest: dict[str, int], largest: int) -> dict[str, int] | None:
    if not isinstance(values, dict) or set(values) != set(lowest):
        return None
    if not all(type(n) is int and lowest[name] <= n <= largest for name, n in values.items()):
        return None
    return dict(values)


def _choices(values: object) -> dict[Choice, Value] | None:
    """Numbers by what they are for; what they are for is a name that is looked up, and nothing else."""
    if not isinstance(values, list):
        return None
    found: dict[Choice, Value] = {}
    for pair in values:
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not isinstance(pair[1], str):
            return None
        choice, number = _choice(pair[0]), pair[1]
        if not isinstance(choice, tuple) or not _RATIONAL.fullmatch(number):
            return None
        found[choice] = exact(Fraction(number))
    return found


def _choice(part: object) -> object:
    """Lists as tuples; else as it is, if it is text or a whole number."""
    if isinstance(part, list | tuple):
        return tuple(map(_choice, part))
    return part if type(part) in (str, int) else None
