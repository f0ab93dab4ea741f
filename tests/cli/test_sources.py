"""Of which files a script consists."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lemmata.cli import sources
from lemmata.cli.sources import CHECKER, File, Sources
from tests.cli.projects import written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(
        tmp_path,
        {
            "one/__init__.py": "",
            "one/two/__init__.py": "from .three import number\n",
            "one/two/three.py": "def f():\n    from ..four import g\n    return g\n",
            "one/four.py": "import one.two\nimport five\n",
            "one/unused.py": "",
            "five.py": "from lemmata import calc\nimport os, json\nimport no_such_module\n",
            "broken.py": "def (:\n",
        },
    )
    return tmp_path


def names(folder: Path, text: str) -> set[str]:
    """The modules of a script with this text."""
    written(folder, {"script.py": text})
    return set(Sources().of(folder / "script.py"))


def test_imports_are_followed_through_packages_functions_and_circles(folder: Path) -> None:
    """Also those with dots in front. The package of a module runs when the module is imported."""
    found = names(folder, "import one.two\n")
    assert found == {"", "one", "one.two", "one.two.three", "one.four", "five"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {""}),
        ("from one import four\n", {"", "one", "one.four", "one.two", "one.two.three", "five"}),
        ("from five import calc\n", {"", "five"}),
        ("from one import *\n", {"", "one"}),
        ("def late():\n    import five\n", {"", "five"}),
        ("import os\nfrom lemmata.derive import theorem\n", {""}),
        ("import broken\n", {"", "broken"}),
        ("x = (1,\n", {""}),
    ],
)
def test_modules_of_a_script(text: str, found: set[str], folder: Path) -> None:
    assert names(folder, text) == found


def test_installed_package_counts_by_its_version(folder: Path) -> None:
    written(folder, {"script.py": "from numpy.linalg import norm\n"})
    found = Sources().of(folder / "script.py")
    assert found["numpy"] == File(sys.modules["numpy"].__version__)
    assert set(found) == {"", "numpy"}


def test_installed_package_without_a_version_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "INSTALLED", set(folder.parts))
    monkeypatch.syspath_prepend(folder)
    sources.released.cache_clear()
    assert names(folder, "import five\n") == {"", "five"}
    sources.released.cache_clear()


def test_file_is_known_by_what_it_says(folder: Path) -> None:
    written(folder, {"a.py": "x = 1\n", "b.py": "x = 1\n", "c.py": "x = 2\n"})
    first, second, third = (Sources().of(folder / name)[""].digest for name in ("a.py", "b.py", "c.py"))
    assert first == second != third


def test_file_is_read_once(folder: Path) -> None:
    """What a file says later is not what ran."""
    once, script = Sources(), folder / "five.py"
    before = once.of(script)
    script.write_text("import one\n")
    assert once.of(script) == before != Sources().of(script)


def test_each_file_of_the_checker_counts() -> None:
    found = Sources().checker
    assert {"kernel/check.py", "refute/search.py", "derive/kept.py", "cli/sources.py"} <= set(found)
    assert len(found) == len(list(CHECKER.rglob("*.py")))


def test_numerics_count_for_a_script_that_uses_them() -> None:
    found = Sources().of(CHECKER.parent / "proofs" / "weight_decay.py")
    assert {"numerics", "numerics.optimizers", "numerics.optimizers.momentum"} <= set(found)
    assert not any(name.startswith("lemmata") for name in found)
