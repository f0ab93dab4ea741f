"""Whether numba is installed, and how its kernels are compiled. NumPy alone gives the same bits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any


@cache
def has_numba() -> bool:
    """Whether the extra `fast` is installed."""
    return find_spec("numba") is not None


def compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel as machine code, compiled when it is first called, and kept on disk where that is allowed.

    What is kept is renewed when the file of the kernel changes, and not when that of one it calls does: touch
    the first after a change to the second. Only modules whose names begin with `compiled` call this, and they
    are imported only where `has_numba()`.
    """
    from numba import njit

    try:
        machine_code: Callable[..., Any] = njit(cache=True)(kernel)
    except RuntimeError:  # numba found no folder it may write to
        machine_code = njit(kernel)
    return machine_code


def inlined(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel, to be called by kernels only, in whose code it is put.

    A call counts the references to its arrays, which takes as long as a hundred elements.
    """
    from numba import njit

    machine_code: Callable[..., Any] = njit(inline="always")(kernel)
    return machine_code


#: Elementary steps below which NumPy alone is done before numba would have been loaded.
_WORTH_LOADING = 10**6


def use_numba(work: int) -> bool:
    """Whether a kernel should do these steps: numba is installed, and loaded or worth loading."""
    # In this order: looking for a package that is not loaded takes longer than a small array.
    return (work >= _WORTH_LOADING or "numba" in sys.modules) and has_numba()
