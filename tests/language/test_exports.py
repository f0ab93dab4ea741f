"""`lemmata` loads what is asked for, so that the kernel runs where SymPy is not installed."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import lemmata


def test_the_kernel_loads_neither_sympy_nor_numpy() -> None:
    code = "import lemmata.kernel.check, sys; sys.exit(bool({'sympy', 'numpy', 'flint'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_language_loads_without_sympy() -> None:
    code = "import lemmata, sys; lemmata.vector('u', 3).T @ lemmata.ones(3); sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", sorted(lemmata.__all__))
def test_every_exported_name_exists(name: str) -> None:
    assert getattr(lemmata, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'lemmata' has no attribute 'gradd'"):
        lemmata.gradd  # noqa: B018


def test_all_names_can_be_imported_at_once(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text("from lemmata import *\n", encoding="utf-8")
    assert set(lemmata.__all__) <= set(runpy.run_path(str(tmp_path / "script.py")))
