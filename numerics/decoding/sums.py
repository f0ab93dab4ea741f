"""Log-probabilities added without error: rounded once, however many there are."""

from __future__ import annotations

from math import fsum
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from numerics.arrays import Floats
from numerics.errors import ArgumentError


def exact_sum(terms: Floats, dtype: DTypeLike) -> Any:
    """Σ terms, as if with infinite precision, rounded to the dtype (Shewchuk 1997). Raises ArgumentError.

    >>> import numpy as np
    >>> exact_sum(np.array([1e16, 1.0, -1e16]), np.float64)
    np.float64(1.0)
    """
    try:
        total = fsum(terms.tolist())
    except OverflowError:
        total = -np.inf
    if abs(total) > float(np.finfo(dtype).max) and np.all(np.isfinite(terms)):
        raise ArgumentError(f"the log-probability {total:.6g} of a sequence exceeds {np.dtype(dtype)}")
    return np.float64(total).astype(dtype)
