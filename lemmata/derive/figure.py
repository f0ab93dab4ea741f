"""Figures: what a proof script draws beside its theorems. They show, and prove nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Figure:
    """A picture: `draw` is called with the axes of matplotlib; `size` is in inches."""

    name: str
    title: str
    caption: str
    source: str
    file: str
    line: int
    size: tuple[float, float]
    draw: Callable[[Any], object]


def figure(
    title: str, *, source: str = "", size: tuple[float, float] = (6.4, 3.6)
) -> Callable[[Callable[[Any], object]], Figure]:
    """Declare a figure; the decorated function draws on the axes it is given, its docstring is the caption.

    A script does not import matplotlib: the reports are whole without it, but for the pictures.

    >>> @figure("A parabola", source="question 0")
    ... def parabola(axes):
    ...     "It is smallest at 0."
    ...     axes.plot([-1, 0, 1], [1, 0, 1])
    >>> parabola.title, parabola.caption
    ('A parabola', 'It is smallest at 0.')
    """

    def decorated(draw: Callable[[Any], object]) -> Figure:
        caption = " ".join(inspect.cleandoc(draw.__doc__ or "").split())
        code = draw.__code__
        place = (code.co_filename, code.co_firstlineno)
        return Figure(draw.__name__, title, caption, source, *place, size, draw)

    return decorated
