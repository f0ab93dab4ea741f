"""Of which files a proof script consists: itself, and what it imports, directly and through others.

Imports are read, not run; those inside functions count too. A name which is put together while a script runs
(`importlib.import_module(f"...")`) is not seen.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

#: The checker, which counts as a whole: each theorem may depend on any of its files.
CHECKER = Path(__file__).resolve().parents[1]
#: Folders of packages that are installed: those which have a version are known by it.
INSTALLED = {"site-packages", "dist-packages"}


class File(NamedTuple):
    """A file: the digest of what it says, when it was changed, and the modules which it imports."""

    digest: str
    changed: float
    imports: tuple[str, ...]


class Sources:
    """Reads files, each once. Raises OSError for one that cannot be read."""

    def __init__(self) -> None:
        self._files: dict[Path, File] = {}

    def checker(self) -> dict[str, File]:
        """The files of the checker itself."""
        return {str(path.relative_to(CHECKER)): self.file(path) for path in CHECKER.rglob("*.py")}

    def of(self, script: Path) -> dict[str, File]:
        """The files of a script by their modules, itself by the empty name; an installed package by its version."""
        found = {"": self.file(script)}
        todo = [*found[""].imports]
        while todo:
            name = todo.pop()
            if name in found or _known(name):
                continue
            release = _release(name)
            path = None if release else _path(name, str(script.parent))
            if release:
                found[name] = File(release, 0.0, ())
            elif path:
                found[name] = self.file(path, name)
                todo += found[name].imports
        return found

    def file(self, path: Path, module: str = "") -> File:
        if path not in self._files:
            said = path.read_bytes()
            imports = tuple(_imports(said, _package(path, module))) if path.suffix == ".py" else ()
            digest = hashlib.sha256(said).hexdigest()
            self._files[path] = File(digest, path.stat().st_mtime, imports)
        return self._files[path]


def _known(name: str) -> bool:
    """Whether a module is accounted for already: by the version of Python, or with the checker."""
    top = name.partition(".")[0]
    return top in sys.stdlib_module_names or top == CHECKER.name


def _release(name: str) -> str:
    """The version of the installed package to which a module belongs; empty where there is none."""
    top = name.partition(".")[0]
    path = _path(top, "")
    if path is None or not INSTALLED & set(path.parts):
        return ""
    try:
        return version(top)
    except PackageNotFoundError:
        return str(getattr(sys.modules.get(top), "__version__", ""))


def _path(name: str, folder: str) -> Path | None:
    """The file of a module; None for what is no module, or has no file."""
    module = sys.modules.get(name)
    if module is not None:
        file = getattr(module, "__file__", None)
        return Path(file) if file else None
    where = _folders(name.rpartition(".")[0], folder)
    spec = PathFinder.find_spec(name, where) if where else None
    return Path(spec.origin) if spec and spec.origin else None


def _folders(package: str, folder: str) -> list[str]:
    """Where the modules of a package are looked for; those of no package, beside the script and on `sys.path`."""
    if not package:
        return [folder, *sys.path] if folder else sys.path
    if package in sys.modules:
        return list(getattr(sys.modules[package], "__path__", ()))
    spec = PathFinder.find_spec(package, _folders(package.rpartition(".")[0], folder))
    return list(spec.submodule_search_locations or ()) if spec else []


def _package(path: Path, module: str) -> str:
    """The package in which a module is, from which imports with dots in front are read."""
    return module if path.name == "__init__.py" else module.rpartition(".")[0]


def _imports(said: bytes, package: str) -> Iterator[str]:
    """The modules that a file may import, with the packages in which they are."""
    try:
        tree = ast.parse(said)
    except (SyntaxError, ValueError):  # it is told when it runs
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from _with_packages(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                module = ".".join([*above, *([module] if module else [])])
            yield from _with_packages(f"{module}.{alias.name}" for alias in node.names)


def _with_packages(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        parts = name.split(".")
        yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))
