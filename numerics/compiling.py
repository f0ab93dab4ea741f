"""Whether numba is installed, and how its kernels are compiled. NumPy alone gives the same results, to the bit."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any


def has_numba() -> bool:
    """Whether the extra `fast` is installed."""
    return find_spec("numba") is not None


def compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel as machine code, compiled when it is first called, and kept on disk where that is allowed.

    Only the modules named `compiled` call this, and they are imported only where `has_numba()`.
    """
    from numba import njit

    try:
        return njit(cache=True)(kernel)
    except RuntimeError:  # numba found no folder it may write to
        return njit(kernel)
