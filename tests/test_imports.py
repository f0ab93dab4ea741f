"""Who may import whom: the arrows of the design, and no cycle.

    kernel <- language <- refute <- derive <- proofs <- cli, kernel <- report <- cli, numerics <- proofs,
    derive <- claims <- cli

An arrow may be long: `derive` imports `kernel` too. The pytest plugin stands where `cli` stands. `lemmata`
itself loads its names when they are used, and imports nothing.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("lemmata", "proofs", "numerics")

#: package: what it may import of ours, besides itself, and of others, besides the standard library
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "lemmata": (set(), set()),
    "lemmata.kernel": (set(), set()),
    "lemmata.language": ({"lemmata.kernel"}, {"sympy"}),
    "lemmata.refute": ({"lemmata.kernel", "lemmata.language"}, {"flint", "numpy"}),
    "lemmata.derive": ({"lemmata.kernel", "lemmata.language", "lemmata.refute"}, {"numpy", "sympy"}),
    "lemmata.report": ({"lemmata.kernel"}, {"matplotlib", "cycler"}),
    "lemmata.claims": (
        {"lemmata.kernel", "lemmata.language", "lemmata.refute", "lemmata.derive"},
        {"distributed"},
    ),
    "lemmata.cli": (
        {"lemmata.kernel", "lemmata.derive", "lemmata.claims", "lemmata.report", "proofs"},
        set(),
    ),
    "lemmata.pytest_plugin": (
        {"lemmata.kernel", "lemmata.derive", "lemmata.report", "lemmata.cli", "proofs"},
        {"pytest"},
    ),
    "lemmata.__main__": ({"lemmata.cli"}, set()),
    "proofs": ({"lemmata", "lemmata.derive", "numerics"}, {"numpy"}),
    "numerics": (set(), {"numpy", "numba"}),
}

_TYPES = "for the type checker: the two know each other"
_PLOTS = "matplotlib is an extra"
_USE = "an operator or a printer of an expression, which itself is written with expressions"
_SYMPY = "loads SymPy, which is slow and which not everyone uses"
_PLUGIN = "pytest loads the plugin in every run, also where there are no proofs"

#: imports that are not at the top of a module, or for the type checker only: module, imported module, why
LATER: dict[tuple[str, str], str] = {
    ("lemmata.derive.gaps", "lemmata.derive.lines"): _TYPES,
    ("lemmata.kernel.clearing", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.composite", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.diagonal", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.definite", "lemmata.kernel.signs"): _TYPES,
    ("lemmata.kernel.elementary", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.special", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.trigonometry", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.unroll", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.claims.executors", "lemmata.claims.cluster"): "distributed is an extra",
    ("lemmata.cli.main", "lemmata.cli.claims"): "`lemmata verify` needs the kernel alone",
    ("lemmata.kernel.linear", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.means", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.networks", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.powers", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.kernel.values", "lemmata.kernel.normal"): _TYPES,
    ("lemmata.language.around", "lemmata.language.lower"): _TYPES,
    ("lemmata.language.calculus", "lemmata.language.lower"): _TYPES,
    ("lemmata.language.entries", "lemmata.language.lower"): _TYPES,
    ("lemmata.language.depend", "lemmata.language.declare"): _TYPES,
    ("lemmata.derive.theorem", "lemmata.derive.replay"): "a theorem is stated without being checked",
    ("lemmata.derive.order", "lemmata.derive.equations"): _TYPES,
    ("lemmata.derive.order", "lemmata.derive.search"): _TYPES,
    ("lemmata.derive.premises", "lemmata.derive.equations"): _TYPES,
    ("lemmata.derive.premises", "lemmata.derive.search"): _TYPES,
    ("lemmata.report.figures", "cycler"): _PLOTS,
    ("lemmata.report.figures", "matplotlib"): _PLOTS,
    ("lemmata.report.figures", "matplotlib.figure"): _PLOTS,
    ("lemmata.derive.record", "lemmata.derive.theorem"): _TYPES,
    ("lemmata.derive.kept", "lemmata.derive.theorem"): _TYPES,
    ("lemmata.derive.replay", "lemmata.derive.theorem"): _TYPES,
    ("lemmata.cli.cache", "lemmata.cli.scripts"): _TYPES,
    ("lemmata.language.expr", "lemmata.language.indexing"): _USE,
    ("lemmata.language.expr", "lemmata.language.show"): _USE,
    ("lemmata.language.expr", "lemmata.language.sympy_border"): _SYMPY,
    ("lemmata.derive.solve", "sympy"): _SYMPY,
    ("lemmata.derive.slacks.polynomials", "lemmata.derive.slacks.gram"): "it loads NumPy",
    ("lemmata.refute.counterpart", "lemmata.refute.point"): _TYPES,
    ("lemmata.derive.theorem", "lemmata.refute.point"): _TYPES,
    ("lemmata.derive.theorem", "lemmata.refute.compare"): "it loads NumPy",
    ("lemmata.derive.theorem", "lemmata.derive.record"): "a theorem is stated without being attacked",
    ("lemmata.derive.theorem", "lemmata.derive.kept"): "a theorem is stated without being checked",
    ("lemmata.cli.scripts", "lemmata.derive"): "`lemmata verify` needs the kernel alone",
    ("lemmata.cli.scripts", "lemmata.derive.collect"): "`lemmata verify` needs the kernel alone",
    ("lemmata.cli.main", "lemmata.cli.verify"): "the other commands do not need the kernel",
    ("numerics.compiling", "numba"): "numba is an extra, and slow to load",
    ("numerics.decoding.batch", "numerics.decoding.compiled"): "it loads numba",
    ("numerics.decoding.dense", "numerics.decoding.compiled"): "it loads numba",
    ("numerics.decoding.pruning", "numerics.decoding.compiled_pruning"): "it loads numba",
    ("numerics.decoding.selection", "numerics.decoding.compiled_selection"): "it loads numba",
    ("numerics.decoding.shortlists", "numerics.decoding.compiled_pruning"): "it loads numba",
    ("numerics.decoding.sparse", "numerics.decoding.compiled"): "it loads numba",
    ("numerics.normalization.task", "numerics.normalization.compiled"): "it loads numba",
    ("numerics.normalization.task", "numerics.normalization.compiled_gradients"): "it loads numba",
    ("lemmata.pytest_plugin", "lemmata.cli.scripts"): _PLUGIN,
    ("lemmata.pytest_plugin", "lemmata.cli.errors"): _PLUGIN,
}


@dataclass(frozen=True)
class Import:
    """A module that is imported, by whom, and whether at the top of it."""

    by: str
    module: str
    at_top: bool


def modules(root: Path) -> dict[str, Path]:
    """The modules of our packages by name; a package by the name of its folder."""
    found = {}
    for package in OURS:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(root: Path) -> Iterator[Import]:
    """Every import of every module of ours."""
    known = modules(root)
    for name, path in known.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for module in named(node, known):
                yield Import(name, module, node in tree.body)


def named(node: ast.AST, known: dict[str, Path]) -> Iterator[str]:
    """The modules that an import names; `from package import module` names the module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        if node.level:
            raise ValueError(f"line {node.lineno}: write the import in full, without dots in front")
        for alias in node.names:
            inside = f"{node.module}.{alias.name}"
            yield inside if inside in known else str(node.module)


def package(module: str) -> str:
    """The package a module belongs to: `lemmata.kernel` for `lemmata.kernel.terms`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "lemmata" else parts[0]


def wrong_arrows(root: Path) -> list[str]:
    """The imports that the design does not allow."""
    found = []
    for one in imports(root):
        here, there = package(one.by), package(one.module)
        ours, others = ALLOWED.get(here, (set(), set()))
        standard = there in sys.stdlib_module_names
        if not standard and there not in {here, *ours, *others}:
            found.append(f"{one.by} imports {one.module}")
    return sorted(set(found))


def cycles(root: Path) -> list[str]:
    """The modules which import themselves, by way of others, while they are being loaded."""
    arrows: dict[str, set[str]] = {}
    for one in imports(root):
        if one.at_top and one.module.split(".")[0] in OURS:
            arrows.setdefault(one.by, set()).add(one.module)
    return sorted(module for module in arrows if module in reached(arrows, module))


def reached(arrows: dict[str, set[str]], start: str) -> set[str]:
    """The modules to which some arrows lead."""
    found: set[str] = set()
    todo = list(arrows.get(start, ()))
    while todo:
        module = todo.pop()
        if module not in found:
            found.add(module)
            todo += arrows.get(module, ())
    return found


def later(root: Path) -> set[tuple[str, str]]:
    """The imports, other than of the standard library, which are not at the top of a module."""
    every = (one for one in imports(root) if not one.at_top)
    return {(o.by, o.module) for o in every if o.module.split(".")[0] not in sys.stdlib_module_names}


def test_no_import_goes_against_the_design() -> None:
    assert wrong_arrows(ROOT) == []


def test_every_package_of_ours_has_its_arrows() -> None:
    assert {package(module) for module in modules(ROOT)} == set(ALLOWED)


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert cycles(ROOT) == []


def test_imports_made_later_are_listed_with_a_reason() -> None:
    found = later(ROOT)
    assert sorted(found - set(LATER)) == []
    assert sorted(set(LATER) - found) == []


def test_kernel_imports_the_standard_library_only() -> None:
    of_kernel = {one.module.split(".")[0] for one in imports(ROOT) if package(one.by) == "lemmata.kernel"}
    assert of_kernel - {"lemmata"} <= set(sys.stdlib_module_names)


#: a file, its text, and what is found there
BROKEN = [
    ("lemmata/kernel/terms.py", "import sympy\n", ["lemmata.kernel.terms imports sympy"]),
    (
        "lemmata/kernel/terms.py",
        "from lemmata.language.expr import Expr\n",
        ["lemmata.kernel.terms imports lemmata.language.expr"],
    ),
    ("lemmata/kernel/terms.py", "import lemmata\n", ["lemmata.kernel.terms imports lemmata"]),
    (
        "lemmata/report/text.py",
        "def late():\n    from lemmata.derive import collect\n",
        ["lemmata.report.text imports lemmata.derive"],
    ),
    (
        "lemmata/derive/chain.py",
        "import proofs.recurrent\n",
        ["lemmata.derive.chain imports proofs.recurrent"],
    ),
    ("numerics/norms.py", "from lemmata import norm\n", ["numerics.norms imports lemmata"]),
    ("lemmata/refute/draw.py", "from lemmata.kernel.terms import Num\nimport flint\n", []),
    (
        "lemmata/fuzz/draw.py",
        "from lemmata.kernel.terms import Num\n",
        ["lemmata.fuzz.draw imports lemmata.kernel.terms"],
    ),
]


@pytest.mark.parametrize(("path", "text", "found"), BROKEN)
def test_wrong_arrow_is_found(path: str, text: str, found: list[str], tmp_path: Path) -> None:
    written(tmp_path, {path: text})
    assert wrong_arrows(tmp_path) == found


def test_cycle_is_found(tmp_path: Path) -> None:
    written(
        tmp_path,
        {
            "lemmata/kernel/__init__.py": "",
            "lemmata/kernel/a.py": "from lemmata.kernel import b\n",
            "lemmata/kernel/b.py": "from lemmata.kernel.c import x\n",
            "lemmata/kernel/c.py": "import lemmata.kernel.a\n",
            "lemmata/kernel/d.py": "import lemmata.kernel.a\n",
            "lemmata/kernel/e.py": "def late():\n    import lemmata.kernel.e\n",
        },
    )
    assert cycles(tmp_path) == ["lemmata.kernel.a", "lemmata.kernel.b", "lemmata.kernel.c"]
    assert later(tmp_path) == {("lemmata.kernel.e", "lemmata.kernel.e")}


def test_import_for_the_type_checker_counts_as_later(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from lemmata.kernel.b import B\n"
    written(tmp_path, {"lemmata/kernel/a.py": text, "lemmata/kernel/b.py": "import lemmata.kernel.a\n"})
    assert later(tmp_path) == {("lemmata.kernel.a", "lemmata.kernel.b")}
    assert cycles(tmp_path) == []


def written(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
