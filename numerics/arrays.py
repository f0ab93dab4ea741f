"""Arrays from outside: float16, float32 and float64 are taken as they are and never written to."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.errors import ArgumentError, ElementTypeError, NotFiniteError, ShapeError

#: An array of float16, float32 or float64.
Floats = NDArray[Any]

#: Bytes of a cache line, and of the widest vector of a processor.
_LINE = 64

_FLOATS = (np.float16, np.float32, np.float64)


def as_floats(name: str, values: ArrayLike, *, shape: tuple[int | None, ...] | None = None) -> Floats:
    """The values as an array of floats; integers and booleans become float64.

    `shape` may leave an extent open with None. Raises ElementTypeError, and ShapeError where it does not fit.
    """
    array = np.asarray(values)
    if array.dtype.kind in "iub":
        array = array.astype(np.float64)
    if array.dtype.type not in _FLOATS:
        raise ElementTypeError(f"{name}: elements are {array.dtype}; needed are float16, float32 or float64")
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if shape is not None:
        require_shape(name, array, shape)
    return array


def empty_aligned(shape: tuple[int, ...], dtype: np.dtype[Any]) -> Floats:
    """As `numpy.empty`, where no vector crosses a cache line: a kernel is up to a quarter faster."""
    size = prod(shape) * dtype.itemsize
    room = np.empty(size + _LINE, np.uint8)
    start = -room.ctypes.data % _LINE
    return room[start : start + size].view(dtype).reshape(shape)


def require_shape(name: str, array: NDArray[Any], shape: tuple[int | None, ...]) -> None:
    """Raises ShapeError unless the array has this shape, where None stands for any extent."""
    fits = array.ndim == len(shape) and all(
        s is None or s == n for s, n in zip(shape, array.shape, strict=True)
    )
    if not fits:
        wanted = ", ".join("any" if s is None else str(s) for s in shape)
        raise ShapeError(f"{name}: its shape is {array.shape}; needed is ({wanted})")


def first_true(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    """The index of the first True, in row-major order."""
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))


def require_finite(name: str, array: Floats) -> None:
    """Raises NotFiniteError at the first NaN or infinity."""
    _require(name, array, np.isfinite(array), "a finite number")


def require_log_probabilities(name: str, array: Floats) -> None:
    """Raises NotFiniteError at the first NaN or +inf; -inf, the logarithm of zero, is allowed."""
    with np.errstate(invalid="ignore"):
        _require(name, array, array < np.inf, "a finite number or -inf")


def _require(name: str, array: Floats, allowed: NDArray[np.bool_], needed: str) -> None:
    if not np.all(allowed):
        position = first_true(~allowed)
        raise NotFiniteError(
            f"{name}[{', '.join(map(str, position))}] is {array[position]}; needed is {needed}", position
        )


def as_count(name: str, value: object, *, least: int = 0) -> int:
    """A whole number of at least `least`. Raises ArgumentError."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ArgumentError(f"{name} is {value!r}; needed is a whole number of at least {least}")
    return int(value)
