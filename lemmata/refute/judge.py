"""Whether a statement holds at an instance: certainly not, as far as can be seen, or no answer."""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.kernel.context import Statement
from lemmata.kernel.terms import Natural
from lemmata.refute.cycles import round_of_times
from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.instances import Instance
from lemmata.refute.problem import Problem
from lemmata.refute.satisfy import places
from lemmata.refute.values import PRECISIONS, Value, agree, compare, is_exact, precision

#: A statement about all times is evaluated at so many, from the first.
_TIMES = 4


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
    """A limit can be told where all that its sides look at goes round for ever."""
    statement, evaluator = problem.statement, Evaluator(instance, meter, problem.notes)
    *others, (growing, _) = statement.binders
    unclear = Judgement(None, False, 0)
    if others or problem.counts_time or problem.random:
        return unclear
    times, bits = round_of_times(problem, evaluator) or range(0), 0
    for time in times:
        left, right = sides(evaluator, statement, {growing: time}, None)
        agrees = _verdict("=", left, right)
        if agrees is None or left is None or right is None:
            return unclear
        bits = bits if _is_rational(left) and _is_rational(right) else PRECISIONS[0]
        if not agrees:
            return Judgement(Failure({growing: time}, None, left, right, PRECISIONS[0], (time,)), False, bits)
    return Judgement(None, bool(times), bits)


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
