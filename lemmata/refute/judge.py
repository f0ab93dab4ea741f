"""Whether a statement holds at an instance: certainly not, as far as can be seen, or no answer."""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.kernel.context import Statement
from lemmata.kernel.terms import Natural
from lemmata.refute.draw import entries_of
from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.functions import Entry
from lemmata.refute.instances import Instance
from lemmata.refute.problem import Problem
from lemmata.refute.satisfy import places, settled
from lemmata.refute.values import PRECISIONS, Value, agree, compare, is_exact, precision

#: A statement about all times is evaluated at so many, from the first.
_TIMES = 4
#: So many steps a recurrence may take until it repeats itself.
_PATIENCE = 12


@dataclass(frozen=True)
class Side:
    """One side of a statement at a point: its value, or what is undefined in it."""

    value: Value = None
    undefined: str = ""


@dataclass(frozen=True)
class Failure:
    """Where a statement certainly fails: the values of its binders, the outcome, both sides, the bits."""

    binders: dict[str, int]
    outcome: int | None
    left: Side
    right: Side
    bits: int
    times: tuple[int, ...] = ()

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.left, self.right

    @property
    def kind(self) -> str:
        return "undefined" if self.left.undefined or self.right.undefined else "differs"


@dataclass(frozen=True)
class Judgement:
    """The first failure; or whether all was seen to agree, and with how many bits (0: all was exact)."""

    failure: Failure | None
    agrees: bool
    bits: int


def judge(problem: Problem, instance: Instance, meter: Meter) -> Judgement:
    """The statement at every value of its binders (and every outcome, if it speaks of one)."""
    statement = problem.statement
    if statement.relation == "->":
        return _judge_limit(problem, instance, meter)
    evaluators: dict[int, Evaluator] = {}
    clear, most = True, 0
    for at, outcome in places(problem, statement, instance, last_time(statement)):
        for bits in PRECISIONS:
            evaluator = evaluators.setdefault(bits, Evaluator(instance, meter, problem.notes))
            with precision(bits):
                left, right = sides(evaluator, statement, at, outcome)
                found = _verdict(statement.relation, left, right)
            if found is not None:
                break
        if found is False and left is not None and right is not None:
            times = tuple(at[name] for name, sort in statement.binders if isinstance(sort, Natural))
            used = 0 if _is_rational(left) and _is_rational(right) else bits
            return Judgement(Failure(at, outcome, left, right, bits, times), False, max(most, used))
        clear = clear and found is True
        most = max(most, 0 if _is_rational(left) and _is_rational(right) else bits)
    return Judgement(None, clear, most)


def _judge_limit(problem: Problem, instance: Instance, meter: Meter) -> Judgement:
    """A limit can be told where all that its left side looks at stays the same for ever: the families do from
    `tail` on, and a recurrence once it repeats itself exactly, if its step does not count the time."""
    statement, evaluator = problem.statement, Evaluator(instance, meter, problem.notes)
    *others, (growing, _) = statement.binders
    unclear = Judgement(None, False, 0)
    if others or problem.counts_time or problem.random:
        return unclear
    start = settled(problem, instance)
    for time in range(start, start + _PATIENCE):
        states = [_state(problem, evaluator, time + later) for later in (0, 1)]
        if None in states:
            return unclear
        if states[0] == states[1]:
            at = {growing: time + 1 + problem.offsets}
            left, right = sides(evaluator, statement, at, None)
            if not (_is_rational(left) and _is_rational(right)) or left is None or right is None:
                return unclear
            same = not (left.undefined or right.undefined) and left.value == right.value
            failure = None if same else Failure(at, None, left, right, PRECISIONS[0], tuple(at.values()))
            return Judgement(failure, same, 0)
    return unclear


def _state(problem: Problem, evaluator: Evaluator, time: int) -> dict[tuple[str, Entry], Value] | None:
    """The values of all recurrences at a time, if they are exact."""
    found: dict[tuple[str, Entry], Value] = {}
    for name in sorted(problem.recurrent):
        shape = problem.variables[name].shape
        if not shape or not isinstance(shape[0], Natural):
            continue
        for entry in entries_of(shape[1:], evaluator.instance.dims, 0):
            try:
                value = evaluator.entry(name, (time, *entry))
            except (Undefined, CannotTell):
                return None
            if not is_exact(value):
                return None
            found[name, entry] = value
    return found


def last_time(statement: Statement) -> int:
    """The last time at which a statement about all times is evaluated."""
    starts = [sort.minimum for _, sort in statement.binders if isinstance(sort, Natural)]
    return max(starts, default=0) + _TIMES - 1


def sides(
    evaluator: Evaluator, statement: Statement, at: dict[str, int], outcome: int | None
) -> tuple[Side | None, Side | None]:
    """Both sides at a point; None where nothing certain can be said."""
    found: list[Side | None] = []
    for term in (statement.left, statement.right):
        try:
            found.append(Side(evaluator.at(term, at, outcome)))
        except Undefined as error:
            found.append(Side(undefined=error.what))
        except CannotTell:
            found.append(None)
    return found[0], found[1]


def _verdict(relation: str, left: Side | None, right: Side | None) -> bool | None:
    """True: holds as far as can be seen. False: certainly does not. None: more bits may tell."""
    if left is None or right is None:
        return None
    if left.undefined or right.undefined:
        return False
    found = compare(relation, left.value, right.value)
    if found is None and relation in ("=", "<=") and agree(left.value, right.value):
        return True
    return found


def _is_rational(found: Side | None) -> bool:
    return found is not None and (bool(found.undefined) or is_exact(found.value))
