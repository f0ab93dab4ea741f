"""In which order instances are tried: their sizes, and from which pool their numbers are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

from lemmata.refute.draw import size_of
from lemmata.refute.problem import Problem

#: Of every eight instances: three of size 1, four of size 2 (some mixed), one of size 3.
_SIZE_OF_TURN = (0, 1, 0, 1, 2, 1, 0, 1)


@dataclass(frozen=True)
class Budget:
    """How hard to try: instances that satisfy the context, how often one is drawn for each of them, evaluated
    nodes, and the same for shrinking and for descending from the instances at which an inequality holds."""

    instances: int = 24
    tries: int = 12
    work: int = 200_000
    shrink_work: int = 400_000
    descent_work: int = 400_000
    largest_dim: int = 3

    @property
    def draws(self) -> int:
        """How many choices are drawn at most, of which some satisfy no hypothesis."""
        return self.tries * self.instances


@dataclass(frozen=True)
class Draw:
    """The sizes of one instance, and from which pool its numbers are drawn."""

    number: int
    dims: dict[str, int]
    naturals: dict[str, int]

    @property
    def rung(self) -> int:
        """Which pool comes first: each in turn, for every size."""
        return self.number + self.number // len(_SIZE_OF_TURN)


#: For what is proved, where only a mistake outside the kernel can be found, and for axioms.
BRIEF = Budget(descent_work=0)
#: For what is not proved, and may well be false.
THOROUGH = Budget(instances=120, work=800_000)


def schedule(problem: Problem, budget: Budget) -> Iterator[Draw]:
    """The sizes of the instances, in order: mostly small ones, each dimension up to the largest."""
    names = problem.context.dims
    by_size = [_sizes(len(names), size) for size in range(1, budget.largest_dim + 1)]
    for number in range(budget.draws):
        group = by_size[_SIZE_OF_TURN[number % len(_SIZE_OF_TURN)] % len(by_size)] if names else [()]
        sizes = group[number // len(_SIZE_OF_TURN) % len(group)]
        turn = number + number // len(_SIZE_OF_TURN)  # so that each size meets each time
        naturals = {
            name: minimum + (turn + place) % 4
            for place, (name, minimum) in enumerate(problem.context.naturals)
        }
        dims = dict(zip(names, sizes, strict=True))
        chosen = {
            name: 1 + Random(number * 1009 + place).randrange(size_of(dim, dims))
            for place, (name, dim) in enumerate(problem.context.choices)
        }
        yield Draw(number, dims, naturals | chosen)


def _sizes(count: int, largest: int) -> list[tuple[int, ...]]:
    """The sizes of so many dimensions whose largest is this: all equal first."""
    every = [sizes for sizes in product(range(1, largest + 1), repeat=count) if largest in sizes]
    return sorted(every, key=lambda sizes: (sizes != (largest,) * count, sum(sizes), sizes))
