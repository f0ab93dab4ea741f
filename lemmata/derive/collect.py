"""Running a proof script and finding its theorems."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from lemmata.derive.disproof import Disproof
from lemmata.derive.theorem import Theorem


def collect(path: str | Path) -> list[Theorem | Disproof]:
    """The theorems and disproofs which a proof script states, in the order of lines. This runs the script.

    A theorem that the script imports belongs to where it is stated.
    """
    file = Path(path).resolve()
    folder = str(file.parent)
    sys.path.insert(0, folder)
    try:
        names = runpy.run_path(str(file))
    finally:
        sys.path.remove(folder)
    found = {id(value): value for value in names.values() if isinstance(value, Theorem | Disproof)}
    own = [theorem for theorem in found.values() if Path(theorem.file).resolve() == file]
    return sorted(own, key=lambda theorem: theorem.line)
