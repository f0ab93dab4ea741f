"""Results in the dtype of the input; what does not fit there is an error, and never an infinity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from numerics.arrays import Floats, first_true, require_finite
from numerics.errors import ArgumentError


def may_exceed(dtype: np.dtype[Any], largest: tuple[float, float], count: int) -> bool:
    """Whether gamma z + beta may leave the dtype, where z is one of `count` elements of mean square 1."""
    gamma, beta = largest
    return gamma * count**0.5 + beta >= float(np.finfo(dtype).max) or gamma >= 2.0**400


def rounded(name: str, values: Floats, dtype: np.dtype[Any], inputs: Mapping[str, Floats] | None) -> Floats:
    """The values in the dtype; with `inputs`, they are searched for what is not finite.

    Raises NotFiniteError where one of the inputs is not, and ArgumentError where the values alone are not.
    """
    with np.errstate(over="ignore"):
        found = values.astype(dtype, copy=False)
    if inputs is None:
        return found
    beyond = ~np.isfinite(found)
    if beyond.any():
        for other, given in inputs.items():
            require_finite(other, given)
        position = first_true(beyond)
        raise ArgumentError(f"{name} at {position} exceeds {dtype}")
    return found
