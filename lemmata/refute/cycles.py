"""When recurrences repeat themselves: from then on they do so for ever, and a few times stand for all."""

from __future__ import annotations

from lemmata.kernel.terms import Natural
from lemmata.refute.draw import entries_of
from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.functions import Entry
from lemmata.refute.instances import Instance
from lemmata.refute.problem import Problem
from lemmata.refute.values import Value, is_exact

#: So many steps the recurrences may take until they repeat themselves.
_PATIENCE = 12
#: Numbers of more bits than this are taken to grow for ever.
_MOST_BITS = 256

State = dict[tuple[str, Entry], Value]


def settled(problem: Problem, instance: Instance) -> int:
    """A time from which a term about families says the same for ever: all that it looks at is constant from
    `tail` on, and it looks back by no more than all offsets together."""
    return instance.tail + 1 + problem.offsets


def round_of_times(problem: Problem, evaluator: Evaluator) -> range | None:
    """Times which the recurrences go through again and again; None where that is not seen.

    A step looks back by no more than all offsets together. Where the states over such a stretch of time are
    those over a later one, exactly, all states after them are the same too, since the families are constant
    there; unless a step counts the time. From `reach` later on no term looks back beyond that.
    """
    if problem.recurrences_count_time or not all(map(problem.is_sequence, problem.recurrent)):
        return None
    reach = problem.offsets
    start = settled(problem, evaluator.instance)
    states: list[State] = []
    for time in range(start + reach + 1 + _PATIENCE):
        state = _state(problem, evaluator, time)
        if state is None:
            return None
        if time < start:
            continue
        states.append(state)
        last = states[len(states) - 1 - reach :]
        for first in range(len(states) - 1 - reach):
            if states[first : first + reach + 1] == last:
                period = len(states) - 1 - reach - first
                begin = start + first + reach
                return range(begin, begin + period)
    return None


def _state(problem: Problem, evaluator: Evaluator, time: int) -> State | None:
    """The values of all recurrences at a time, if they are exact, and not too long."""
    found: State = {}
    for name in sorted(problem.recurrent):
        shape = problem.variables[name].shape
        if not shape or not isinstance(shape[0], Natural):
            continue
        for entry in entries_of(shape[1:], evaluator.instance.dims, 0):
            try:
                value = evaluator.entry(name, (time, *entry))
            except (Undefined, CannotTell):
                return None
            if not is_exact(value) or max(value.p.bit_length(), value.q.bit_length()) > _MOST_BITS:
                return None
            found[name, entry] = value
    return found
