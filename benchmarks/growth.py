"""How time and memory of the searches grow with the length, the vocabulary and the beam.

For each a power law is fitted: measured cost ≈ constant · size^exponent, beside the exponent of the theorem.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.chains import dirichlet, level_chain
from benchmarks.options import Options
from benchmarks.table import Case, Figure, Table
from benchmarks.timing import Run, fastest
from benchmarks.viterbi_dense import decoded, missing_numba
from numerics.decoding import beam_search, exhaustive, markov_model, select_top


class Growth(NamedTuple):
    """What is run at growing sizes, and the powers of the size which the theorems give time and memory."""

    sizes: Sequence[int]
    run: Callable[[int], Run]
    time: float
    memory: float | None = None


#: The costs at growing sizes.
Measured = dict[int, float]


def table(options: Options) -> Table:
    return Table(
        "How the searches grow",
        "The exponent e of cost ≈ c · size^e, fitted to CPU times and to the most memory that is allocated "
        "at once during a call, beside those of the theorems (1 for M log M). The measured ones are smaller "
        "where the cost of the call itself shows, and greater where the arrays outgrow a cache.",
        {name: case(growth, options.rounds) for name, growth in growths(options.quick).items()},
        missing_numba(),
    )


def case(growth: Growth, rounds: int) -> Case:
    """The fitted exponents beside those of the theorems."""
    found = {
        "from": Figure(growth.sizes[0], ""),
        "to": Figure(growth.sizes[-1], ""),
        "time, theorem": Figure(growth.time, ""),
        "time, measured": Figure(exponent(times(growth, rounds)), ""),
    }
    if growth.memory is None:
        return found
    return found | {
        "memory, theorem": Figure(growth.memory, ""),
        "memory, measured": Figure(exponent(memories(growth)), ""),
    }


def exponent(costs: Mapping[int, float]) -> float:
    """The slope of log cost over log size, by least squares.

    >>> round(exponent({10: 300.0, 20: 1200.0, 40: 4800.0}), 9)
    2.0
    """
    slope, _ = np.polyfit(np.log(list(costs)), np.log(list(costs.values())), 1)
    return float(slope)


def times(growth: Growth, rounds: int) -> Measured:
    """Seconds of a run at each size."""
    runs = {str(size): growth.run(size) for size in growth.sizes}
    seconds = fastest(runs, rounds, lambda results: None)
    return {size: max(seconds[str(size)], 1e-9) for size in growth.sizes}


def memories(growth: Growth) -> Measured:
    """The most bytes allocated at once in a run at each size, beside its arguments."""
    found = {}
    for size in growth.sizes:
        run = growth.run(size)
        run()  # what is loaded at the first call is not counted
        tracemalloc.start()
        run()
        found[size] = float(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return found


def growths(quick: bool) -> dict[str, Growth]:
    """Each search with one size growing and the others fixed; the longest run takes about a second."""

    def sizes(least: int, number: int = 4) -> Sequence[int]:
        return [(2 if quick else least) * 2**power for power in range(number)]

    words, width = (20, 2) if quick else (40000, 10)
    return {
        "all sequences of 4 words, N": Growth(sizes(8, 3), lambda n: _exhaustive(n, 4), 4),
        "viterbi, T": Growth(sizes(500), lambda steps: _viterbi(words // 160 or 4, steps), 1, 1),
        "viterbi, N": Growth(sizes(250), lambda n: _viterbi(n, 100), 2, 1),
        "beam_search, T": Growth(sizes(20), lambda steps: _beam(words, width, steps), 1),
        "beam_search, N": Growth(sizes(words), lambda n: _beam(n, width, 10), 1, 1),
        "beam_search, B": Growth(sizes(width), lambda b: _beam(words, b, 10), 1, 1),
        "choice by selection, M": Growth(sizes(10**6), partial(_choice, choose=_selected), 1),
        "choice by sorting, M": Growth(sizes(10**6), partial(_choice, choose=_sorted), 1),
    }


def _exhaustive(words: int, steps: int) -> Run:
    model = markov_model(dirichlet(words), dirichlet(words)[0])
    return lambda: exhaustive(model, steps)


def _viterbi(words: int, steps: int) -> Run:
    return partial(decoded, level_chain(words, steps))


def _beam(words: int, width: int, steps: int) -> Run:
    """With a model that costs as little as it can: it has its answers already."""
    answers = np.random.default_rng(0).normal(0, 1, (width, words))
    answers -= np.logaddexp.reduce(answers, axis=1, keepdims=True)
    return lambda: beam_search(lambda prefixes: answers[: len(prefixes)], width, steps)


def _choice(size: int, choose: Callable[[NDArray[Any]], object]) -> Run:
    return partial(choose, np.random.default_rng(0).normal(0, 1, size))


def _selected(scores: NDArray[Any]) -> object:
    return select_top(scores[None], 10)


def _sorted(scores: NDArray[Any]) -> object:
    return np.argsort(-scores)[:10]


def growth_of_time(axes: Any) -> None:
    """CPU times of the searches as one size grows, both as multiples of the first, and the powers fitted to
    them."""
    for name, growth in growths(quick=False).items():
        measured = times(growth, Options().rounds)
        size = np.array(list(measured)) / growth.sizes[0]
        cost = np.array(list(measured.values()))
        (drawn,) = axes.loglog(size, cost / cost[0], "o", markersize=4)
        power = exponent(measured)
        axes.loglog(size, size**power, color=drawn.get_color(), label=f"{name}: {power:.2f}")
    axes.set_xlabel("size, as a multiple of the first")
    axes.set_ylabel("time, as a multiple of the first")
    axes.legend(frameon=False, fontsize=8)
