"""Every normalization is one: of groups of slabs, where a slab is a run of elements next to one another.

An array is seen as `slabs` (A, G, B, S): group g is everything at [:, g, :, :], which is n = A B S elements.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from numerics.arrays import Floats
from numerics.errors import ArgumentError, ShapeError

#: Slabs shorter than this are joined by a copy where that makes one long slab of a group.
_SHORT = 16


@dataclass(frozen=True)
class Layout:
    """How arrays of `shape` are seen as slabs; `groups` is the shape of an array with one entry a group."""

    shape: tuple[int, ...]
    groups: tuple[int, ...]
    slabs: tuple[int, int, int, int]
    #: The order of the axes in which the slabs are contiguous.
    order: tuple[int, ...]

    @property
    def count(self) -> int:
        """The number of elements of a group."""
        a, _, b, s = self.slabs
        return a * b * s

    @property
    def _in_order(self) -> bool:
        return self.order == tuple(range(len(self.order)))

    def apart(self, x: Floats) -> Floats:
        """The slabs of an array: a view where its memory allows, otherwise a copy."""
        return np.ascontiguousarray(x if self._in_order else x.transpose(self.order)).reshape(self.slabs)

    def together(self, slabs: Floats) -> Floats:
        """The array, in row-major order, of which these are the slabs."""
        if self._in_order:
            return slabs.reshape(self.shape)
        moved = slabs.reshape([self.shape[i] for i in self.order])
        return np.ascontiguousarray(moved.transpose(np.argsort(self.order))).reshape(self.shape)

    def position(self, group: int) -> tuple[int, ...]:
        """The index of a group in an array of shape `groups`."""
        return tuple(int(i) for i in np.unravel_index(group, self.groups)) if self.groups else ()


def reduced_axes(name: str, x: Floats, axes: int | tuple[int, ...]) -> tuple[int, ...]:
    """The axes, counted from 0 and in ascending order. Raises ArgumentError."""
    given = tuple(axes) if isinstance(axes, tuple | list) else (axes,)
    for axis in given:
        whole = not isinstance(axis, bool) and isinstance(axis, int | np.integer)
        if not whole or not -x.ndim <= axis < x.ndim:
            raise ArgumentError(f"axes: {axis!r} is not an axis of {name}, whose shape is {x.shape}")
    if not given:
        raise ArgumentError(f"axes is empty; needed is at least one axis of {name}, whose shape is {x.shape}")
    found = tuple(sorted(int(axis) % x.ndim for axis in given))
    if len(set(found)) < len(found):
        raise ArgumentError(f"axes: {given} names an axis twice of {name}, whose shape is {x.shape}")
    return found


def over_axes(x: Floats, axes: tuple[int, ...]) -> Layout:
    """A group for each index of the axes which are not reduced over."""
    kept = tuple(i for i in range(x.ndim) if i not in axes)
    before = [i for i in axes if kept and i < kept[0]]
    after = [i for i in axes if kept and i > kept[-1]]
    length = prod(x.shape[i] for i in after)
    if not before or len(before) + len(after) < len(axes) or length < _SHORT:
        return over_elements(x, axes)
    groups = tuple(x.shape[i] for i in kept)
    slabs = (prod(x.shape[i] for i in before), prod(groups), 1, length)
    return _layout(x, groups, slabs, tuple(range(x.ndim)))


def over_elements(x: Floats, axes: tuple[int, ...]) -> Layout:
    """As `over_axes`, where every group is one slab, so that the slabs have their elements in common."""
    kept = tuple(i for i in range(x.ndim) if i not in axes)
    groups = tuple(x.shape[i] for i in kept)
    return _layout(x, groups, (1, prod(groups), 1, prod(x.shape[i] for i in axes)), kept + axes)


def over_channels(x: Floats, together: int) -> Layout:
    """A group for each example and each `together` channels; a slab is a channel of an example."""
    batch, channels = x.shape[:2]
    count = channels // together
    return _layout(x, (batch, count), (1, batch * count, together, prod(x.shape[2:])), tuple(range(x.ndim)))


def _layout(
    x: Floats, groups: tuple[int, ...], slabs: tuple[int, int, int, int], order: tuple[int, ...]
) -> Layout:
    layout = Layout(x.shape, groups, slabs, order)
    if layout.count == 0:
        raise ShapeError(f"x: its shape is {x.shape}, so a group has no element; needed is at least one")
    return layout
