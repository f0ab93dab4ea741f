"""From a failure to the simplest: smaller sizes first, then simpler functions, then simpler numbers.

Simplicity is one stated order (`cost`): the sizes of the dimensions, the times, whether both sides are
exact, how often what is given for all times changes, then the numbers: 0, 1, −1, 2, ..., fractions last.
Every change is tried on the choices, the instance is built again with its hypotheses, and kept if the
statement certainly fails there too. What only the hypotheses speak of is made simpler as well: who reads a
counterexample checks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from random import Random

from lemmata.refute.build import build
from lemmata.refute.choices import Choice, Choices
from lemmata.refute.draw import size_of
from lemmata.refute.errors import NotAnInstance, OutOfWork
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.functions import UNIVARIATE
from lemmata.refute.instances import Instance
from lemmata.refute.judge import Failure, judge, sides
from lemmata.refute.problem import Problem
from lemmata.refute.satisfy import is_certain
from lemmata.refute.values import ONE, ZERO, Value, exact, fraction, is_exact, precision

#: The numbers which are tried, the simplest first.
SIMPLE: tuple[Value, ...] = (
    *map(exact, (0, 1, -1, 2, -2, 3, -3)),
    *(exact(Fraction(*parts)) for parts in ((1, 2), (-1, 2), (3, 2), (1, 3), (1, 4))),
)
#: How many new instances are drawn at each smaller size.
_REDRAWS = 48
#: Pairs of numbers are changed if there are at most so many.
_FEW = 6
_FEW_FILLED = 4
_FILLS = (ZERO, ONE, exact(2))
#: The work allowed to look at a failure again.
ENOUGH = 10**7


@dataclass(frozen=True)
class Found:
    """A failure, and the choices of the instance at which it was found."""

    dims: dict[str, int]
    naturals: dict[str, int]
    choices: Mapping[Choice, Value]
    instance: Instance
    failure: Failure


Cost = tuple[object, ...]


def shrink(problem: Problem, found: Found, meter: Meter) -> Found:
    """The simplest failure that greedy changes reach within the work allowed."""
    shrinker = _Shrinker(problem, found, meter)
    with suppress(OutOfWork):  # what was reached so far is a failure too
        shrinker.run()
    return shrinker.found


def retry(
    problem: Problem, dims: dict[str, int], naturals: dict[str, int], choices: Choices, meter: Meter
) -> Found | None:
    """The failure at the instance built from these choices, if there is an instance and a failure."""
    try:
        instance = build(problem, dims, naturals, choices, meter)
    except NotAnInstance:
        return None
    failure = judge(problem, instance, meter).failure
    if failure is None or not is_certain(problem, instance, meter):
        return None
    return Found(dims, naturals, choices.taken, instance, failure)


def cost(problem: Problem, found: Found) -> Cost:
    """How far from simple: this is the order in which failures are preferred."""
    exactly = all(bool(part.undefined) or is_exact(part.value) for part in found.failure.sides)
    sizes = tuple(found.dims.values())
    weights = sum(weight(choice, found.choices[choice]) for choice in used_choices(problem, found))
    times = sum(found.naturals.values()) + sum(found.failure.times)
    return (found.failure.kind, sum(sizes), sizes, times, not exactly, _changes(problem, found), weights)


def _changes(problem: Problem, found: Found) -> int:
    """How often the families of which hypotheses speak change from one time to the next."""
    instance = found.instance
    steps = (
        value != instance.tensors[name][entry[0] + 1, *entry[1:]]
        for name in instance.families & problem.given & set(instance.tensors)
        for entry, value in instance.tensors[name].items()
        if entry[0] < instance.tail
    )
    return sum(steps)


def weight(choice: Choice, value: Value) -> int:
    """0 for 0, 1 for 1, then the integers, then fractions; more for a later σ or a higher degree."""
    number = fraction(value)
    if choice[0] == "function":
        return 10 * int(number)
    size = 2 * abs(number.numerator) - (number > 0)
    if number.denominator > 1:
        size = 20 + abs(number.numerator) + number.denominator + (number < 0)
    return max(size, 0) * (len(choice[3]) if choice[0] == "coefficient" and choice[3] else 1)


def candidates(choice: Choice) -> tuple[Value, ...]:
    """What is tried for a choice, the simplest first."""
    return tuple(map(exact, range(len(UNIVARIATE)))) if choice[0] == "function" else SIMPLE


def used_choices(problem: Problem, found: Found) -> list[Choice]:
    """The choices which may matter: for what was looked at when both sides were evaluated, and for what the
    hypotheses speak of."""
    return mattering(used(problem, found), found.choices, problem.given)


def mattering(
    evaluator: Evaluator, choices: Iterable[Choice], given: frozenset[str] = frozenset()
) -> list[Choice]:
    """The choices for what an evaluation looked at, and for what is given."""
    names = {name for name, _ in evaluator.touched} | set(evaluator.applied) | given
    times = {(name, entry[0]) for name, entry in evaluator.touched if entry}

    def matters(choice: Choice) -> bool:
        if choice[0] == "entry" and choice[1] in evaluator.instance.families - given:
            return (choice[1], choice[2][0]) in times
        return choice[0] == "scale" or any(isinstance(part, str) and part in names for part in choice[1:])

    return [choice for choice in choices if matters(choice)]


def used(problem: Problem, found: Found) -> Evaluator:
    """The evaluation of both sides at the failure, which remembers what it looked at."""
    evaluator = Evaluator(found.instance, Meter(ENOUGH), problem.notes)
    with precision(found.failure.bits):
        sides(evaluator, problem.statement, found.failure.binders, found.failure.outcome)
    return evaluator


class _Shrinker:
    """A failure which only ever becomes simpler."""

    def __init__(self, problem: Problem, found: Found, meter: Meter) -> None:
        self.problem = problem
        self.found = found
        self.meter = meter
        self.cost = cost(problem, found)

    def run(self) -> None:
        self._smaller_dims()
        self._smaller_naturals()
        while (
            self._wholes()
            or self._singles()
            or self._swaps()
            or self._pairs()
            or self._smaller_dims()
            or self._smaller_naturals()
        ):
            pass

    def _accept(self, found: Found | None) -> bool:
        if found is None or (reached := cost(self.problem, found)) >= self.cost:
            return False
        self.found, self.cost = found, reached
        return True

    def _at(self, dims: dict[str, int], naturals: dict[str, int], choices: Choices) -> bool:
        return self._accept(retry(self.problem, dims, naturals, choices, self.meter))

    def _edit(self, changes: Mapping[Choice, Value]) -> bool:
        choices = Choices({**self.found.choices, **changes})
        return self._at(self.found.dims, self.found.naturals, choices)

    def _smaller_dims(self) -> bool:
        names, sizes = list(self.found.dims), tuple(self.found.dims.values())
        below = product(*(range(1, size + 1) for size in sizes))
        for smaller in sorted(below, key=lambda sizes: (sum(sizes), sizes)):
            dims = dict(zip(names, smaller, strict=True))
            if sum(smaller) < sum(sizes) and self._somewhere(dims, self._inside(dims)):
                return True
        return False

    def _inside(self, dims: dict[str, int]) -> dict[str, int]:
        """The times, and the chosen indices no further than these sizes."""
        chosen = {
            name: min(self.found.naturals[name], size_of(dim, dims))
            for name, dim in self.problem.context.choices
        }
        return {**self.found.naturals, **chosen}

    def _somewhere(self, dims: dict[str, int], naturals: dict[str, int]) -> bool:
        """Whether it fails at these sizes and times: with the numbers it has, or with newly drawn ones."""
        if self._at(dims, naturals, Choices(self.found.choices)):
            return True
        if any(self._at(dims, naturals, choices) for choices in self._fills()):
            return True
        return any(
            self._at(
                dims, self._elsewhere(dims, naturals, number), Choices(random=Random(number), rung=number)
            )
            for number in range(_REDRAWS)
        )

    def _elsewhere(self, dims: dict[str, int], naturals: dict[str, int], number: int) -> dict[str, int]:
        """The times, and chosen indices in every second draw newly chosen."""
        random = Random(number)
        chosen = {
            name: 1 + random.randrange(size_of(dim, dims)) for name, dim in self.problem.context.choices
        }
        return {**naturals, **chosen} if number % 2 else naturals

    def _fills(self) -> Iterator[Choices]:
        """Each variable all 0, all 1 or all 2, where there are few."""
        slots = [choice for choice in self.found.choices if choice[0] == "entry"]
        names = list(dict.fromkeys(choice[1] for choice in slots))
        for values in product(_FILLS, repeat=len(names)) if len(names) <= _FEW_FILLED else ():
            fill = dict(zip(names, values, strict=True))
            yield Choices({**self.found.choices, **{slot: fill[slot[1]] for slot in slots}})

    def _smaller_naturals(self) -> bool:
        changed = False
        choices = ((name, 1) for name, _ in self.problem.context.choices)
        for name, minimum in (*self.problem.context.naturals, *choices):
            for smaller in range(minimum, self.found.naturals[name]):
                naturals = {**self.found.naturals, name: smaller}
                if self._somewhere(self.found.dims, naturals):
                    changed = True
                    break
        return changed

    def _used(self) -> list[Choice]:
        return used_choices(self.problem, self.found)

    def _wholes(self) -> bool:
        """All numbers of one thing at once: all 0, all 1."""
        changed = False
        for kind, name in dict.fromkeys(choice[:2] for choice in self._used()):
            whole = [choice for choice in self.found.choices if choice[:2] == (kind, name)]
            changed |= any(self._edit(dict.fromkeys(whole, value)) for value in SIMPLE[:2])
        return changed

    def _singles(self) -> bool:
        changed = False
        for choice in self._used():
            now = weight(choice, self.found.choices[choice])
            simpler = (value for value in candidates(choice) if weight(choice, value) < now)
            changed |= any(self._edit({choice: value}) for value in simpler)
        return changed

    def _swaps(self) -> bool:
        """A coefficient moved to a term of lower degree of the same function."""
        coefficients = [choice for choice in self._used() if choice[0] == "coefficient" and choice[3]]
        return any(
            self._edit({high: ZERO, low: self.found.choices[high]})
            for high, low in product(coefficients, repeat=2)
            if high[:3] == low[:3] and len(high[3]) > len(low[3]) and self.found.choices[high] != 0
        )

    def _pairs(self) -> bool:
        """Two numbers at once, where there are few."""
        used = self._used()
        some = [c for c in used if self.found.choices[c] != 0 or (c[0] == "entry" and len(used) <= _FEW)]
        if len(some) > _FEW:
            return False
        return any(
            self._edit({first: one, second: other})
            for first, second in combinations(some, 2)
            for one, other in product(candidates(first)[:5], candidates(second)[:5])
            if weight(first, one) + weight(second, other) < self._weight(first) + self._weight(second)
        )

    def _weight(self, choice: Choice) -> int:
        return weight(choice, self.found.choices[choice])
