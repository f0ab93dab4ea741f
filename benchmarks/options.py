"""What every table is asked for, and how results are checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np


class Options(NamedTuple):
    """How often each is timed; `quick` makes all inputs tiny, to see whether a table runs at all."""

    rounds: int = 7
    quick: bool = False


def must_agree(results: Mapping[str, object]) -> None:
    """Raises ValueError unless all results are the same array; None stands for nothing to compare."""
    arrays = {name: np.asarray(result) for name, result in results.items() if result is not None}
    (first, expected), *others = arrays.items()
    for name, array in others:
        if not np.array_equal(array, expected):
            raise ValueError(f"{name} and {first} do not give the same result")


def must_be_near(results: Mapping[str, object], tolerance: float) -> None:
    """The same for results which are rounded differently."""
    (first, expected), *others = results.items()
    for name, array in others:
        off = float(np.max(np.abs(np.asarray(array, float) - np.asarray(expected, float)), initial=0))
        if not off <= tolerance:
            raise ValueError(f"{name} and {first} differ by {off:.2g}, more than {tolerance:.2g}")
