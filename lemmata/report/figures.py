"""Figures as SVG: the same bytes for the same version of matplotlib, wherever they are drawn."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Protocol

from lemmata.report import words
from lemmata.report.record import FigureRecord

#: The style of every figure. Letters are drawn as shapes, so that no font is needed to see them; the colours
#: are those of Okabe and Ito (2008), which people with any colour vision can tell apart.
STYLE: dict[str, Any] = {
    "svg.hashsalt": "lemmata",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.grid": True,
    "grid.alpha": 0.25,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
#: Stands in the place of a figure which could not be drawn.
MISSING = (
    f"<!-- {words.WRITTEN} -->\n"
    '<svg xmlns="http://www.w3.org/2000/svg" width="460" height="60" viewBox="0 0 460 60">'
    '<text x="12" y="35" font-family="sans-serif" font-size="13">not drawn: it needs matplotlib, '
    "pip install &quot;lemmata[plots]&quot;</text></svg>\n"
)
_VERSION = re.compile(r"Matplotlib v([0-9.]+)")


class Drawable(Protocol):
    """A figure of a proof script."""

    @property
    def size(self) -> tuple[float, float]: ...
    @property
    def draw(self) -> Callable[[Any], object]: ...


def has_matplotlib() -> bool:
    """Whether the extra `plots` is installed."""
    return find_spec("matplotlib") is not None


def svg(figure: Drawable) -> str:
    """The figure as SVG."""
    from cycler import cycler
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    style: Any = {**STYLE, "axes.prop_cycle": cycler(color=COLOURS)}
    with rc_context(style):
        drawn = Figure(figsize=figure.size, layout="constrained")
        figure.draw(drawn.subplots())
        written = io.StringIO()
        drawn.savefig(written, format="svg", metadata={"Date": None})
    first, *rest = (line.rstrip() for line in written.getvalue().splitlines())
    return "\n".join([first, f"<!-- {words.WRITTEN} -->", *rest]) + "\n"


def version_of(text: str) -> str:
    """The version of matplotlib which drew an SVG, or nothing."""
    found = _VERSION.search(text)
    return found[1] if found else ""


def path_of(page: str, figure: FigureRecord) -> str:
    """Where a figure is, below the folder of the reports."""
    return f"figures/{page}-{figure['name']}.svg"
