"""Of which files a proof script consists: itself, and what it imports, directly and through others.

Imports are read, not run; those inside functions count too. A name which is put together while a script runs
(`importlib.import_module(f"...")`) is not seen.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

#: The checker, which counts as a whole: each theorem may depend on any of its files.
CHECKER = Path(__file__).resolve().parents[1]
#: Where installed packages are; those which have a version are known by it.
INSTALLED = {"site-packages", "dist-packages"}


class File(NamedTuple):
    """The digest of what a file says (of an installed package its version), and when it was changed."""

    digest: str
    changed: float = 0.0


class Sources:
    """Reads each file once, as what it says later is not what ran.

    Raises OSError where a file cannot be read.
    """

    def __init__(self) -> None:
        self._scripts: dict[Path, dict[str, File]] = {}
        self._read: dict[Path, tuple[File, tuple[str, ...]]] = {}

    @cached_property
    def checker(self) -> dict[str, File]:
        """The files of the checker itself."""
        return {path.relative_to(CHECKER).as_posix(): file(path) for path in CHECKER.rglob("*.py")}

    def of(self, script: Path) -> dict[str, File]:
        """The files of a script by the names of their modules, itself by the empty name."""
        if script not in self._scripts:
            self._scripts[script] = self._followed(script)
        return self._scripts[script]

    def _followed(self, script: Path) -> dict[str, File]:
        found: dict[str, File] = {}
        todo = [("", script)]
        while todo:
            module, path = todo.pop()
            found[module], imports = self._file(path, module)
            for name in imports:
                top = name.partition(".")[0]
                if name in found or accounted_for(top):
                    continue
                if released(top):
                    found[top] = File(released(top))
                else:
                    todo += [(name, there) for there in located(name, script.parent)]
        return found

    def _file(self, path: Path, module: str) -> tuple[File, tuple[str, ...]]:
        if path not in self._read:
            self._read[path] = file(path), tuple(imported(path, module)) if path.suffix == ".py" else ()
        return self._read[path]


def file(path: Path) -> File:
    return File(hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime)


def accounted_for(package: str) -> bool:
    """Whether a package is known by the version of Python, or counts with the checker."""
    return package in sys.stdlib_module_names or package == CHECKER.name


@cache
def released(package: str) -> str:
    """The version of an installed package; empty where there is none."""
    if not any(INSTALLED & set(path.parts) for path in located(package)):
        return ""
    try:
        return version(package)
    except PackageNotFoundError:
        return str(getattr(sys.modules.get(package), "__version__", ""))


def located(module: str, folder: Path | None = None) -> list[Path]:
    """The file of a module; none for what is no module, or a folder only."""
    if module in sys.modules:
        origin = getattr(sys.modules[module], "__file__", None)
    else:
        spec = PathFinder.find_spec(module, folders(module.rpartition(".")[0], folder))
        origin = spec.origin if spec else None
    return [Path(origin)] if origin else []


def folders(package: str, folder: Path | None) -> list[str]:
    """Where the modules of a package are; those of none are beside the script, or on `sys.path`."""
    if not package:
        return [*([str(folder)] if folder else []), *sys.path]
    if package in sys.modules:
        return list(getattr(sys.modules[package], "__path__", ()))
    spec = PathFinder.find_spec(package, folders(package.rpartition(".")[0], folder))
    return list(spec.submodule_search_locations or ()) if spec else []


def imported(path: Path, module: str) -> Iterator[str]:
    """The modules that a file may import, and the packages in which they are."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):  # running it tells
        return
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from with_packages(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            inside = ".".join([*above, *([node.module] if node.module else [])])
            yield from with_packages(f"{inside}.{alias.name}" for alias in node.names)


def with_packages(names: Iterable[str]) -> Iterator[str]:
    """`a`, `a.b` and `a.b.c` for `a.b.c`."""
    for name in names:
        parts = name.split(".")
        yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))
