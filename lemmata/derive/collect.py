"""Running a proof script and finding its theorems."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

from lemmata.derive.disproof import Disproof
from lemmata.derive.figure import Figure
from lemmata.derive.theorem import Theorem


def collect(path: str | Path) -> list[Theorem | Disproof]:
    """The theorems and disproofs which a proof script states, in the order of lines. This runs the script.

    A theorem that the script imports belongs to where it is stated.
    """
    return _own(path, Theorem | Disproof)


def figures(path: str | Path) -> list[Figure]:
    """The figures which a proof script draws, in the order of lines. This runs the script."""
    return _own(path, Figure)


def _folders(file: Path) -> list[Path]:
    """Where a script finds others: its folder, and the one above if it is a package."""
    packaged = (file.parent / "__init__.py").is_file()
    return [file.parent, file.parent.parent] if packaged else [file.parent]


def _own(path: str | Path, kind: Any) -> list[Any]:
    """What a script states of a kind, by line."""
    file = Path(path).resolve()
    folders = [str(folder) for folder in _folders(file)]
    sys.path[:0] = folders
    try:
        names = runpy.run_path(str(file))
    finally:
        for folder in folders:
            sys.path.remove(folder)
    found = {id(value): value for value in names.values() if isinstance(value, kind)}
    own = [stated for stated in found.values() if Path(stated.file).resolve() == file]
    return sorted(own, key=lambda stated: stated.line)
