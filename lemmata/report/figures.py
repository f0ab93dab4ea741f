"""Figures as SVG, and as PDF for LaTeX: the same bytes for the same version of matplotlib, wherever drawn."""

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
    "pdf.fonttype": 3,
    "pdf.compression": 0,  # compressed bytes are not the same in every library that compresses
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
#: The SVG of a figure which could not be drawn.
MISSING = (
    f"<!-- {words.WRITTEN} -->\n"
    '<svg xmlns="http://www.w3.org/2000/svg" width="460" height="60" viewBox="0 0 460 60">'
    '<text x="12" y="35" font-family="sans-serif" font-size="13">not drawn: it needs matplotlib, '
    "pip install &quot;lemmata[plots]&quot;</text></svg>\n"
).encode()
_VERSION = re.compile(rb"Matplotlib v([0-9.]+)")

SUFFIXES = (".svg", ".pdf")


class Drawable(Protocol):
    """A figure of a proof script."""

    @property
    def size(self) -> tuple[float, float]: ...
    @property
    def draw(self) -> Callable[[Any], object]: ...


def has_matplotlib() -> bool:
    """Whether the extra `plots` is installed."""
    return find_spec("matplotlib") is not None


def drawn(figure: Drawable) -> dict[str, bytes]:
    """The files of a figure by their suffix; nothing but `STYLE` changes how it looks.

    Raises what the figure and matplotlib raise; ModuleNotFoundError without matplotlib.
    """
    from cycler import cycler
    from matplotlib import style
    from matplotlib.figure import Figure

    settings: Any = {**STYLE, "axes.prop_cycle": cycler(color=COLOURS)}
    with style.context(settings, after_reset=True):
        picture = Figure(figsize=figure.size, layout="constrained")
        figure.draw(picture.subplots())
        svg, pdf = io.StringIO(), io.BytesIO()
        picture.savefig(svg, format="svg", metadata={"Date": None})
        picture.savefig(pdf, format="pdf", metadata={"CreationDate": None, "Subject": words.WRITTEN})
    first, *rest = (line.rstrip() for line in svg.getvalue().splitlines())
    text = "\n".join([first, f"<!-- {words.WRITTEN} -->", *rest]) + "\n"
    return {".svg": text.encode(), ".pdf": pdf.getvalue()}


def version_of(picture: bytes) -> str:
    """The version of matplotlib which drew a picture, or nothing."""
    found = _VERSION.search(picture)
    return found[1].decode() if found else ""


def path_of(page: str, figure: FigureRecord) -> str:
    """Where the files of a figure are, below the folder of the reports, without their suffix."""
    return f"figures/{page}-{figure['name']}"
