"""A pytest plugin: `pytest proofs/` makes a test of each theorem and shows the false line.

A file is a proof script if it states a theorem (`@theorem` on a function of the module) and either
matches the option `lemmata_files` (default `proofs/*.py`) or is named on the command line. Files with
the names of ordinary tests (`python_files`) stay ordinary tests.
"""

from __future__ import annotations

import ast
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lemmata.report import text, words
from lemmata.report.record import Record

if TYPE_CHECKING:
    from lemmata.cli.scripts import Theorem


class NotProved(Exception):
    """A theorem is not proved; the record says why."""

    def __init__(self, record: Record) -> None:
        super().__init__(text.block(record))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("lemmata_files", "proof scripts to collect", type="args", default=["proofs/*.py"])


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """A proof script is collected by this plugin only, any other file by the others only."""
    others = yield
    return [ProofScript.from_parent(parent, path=file_path)] if is_proof_script(file_path, parent) else others


def is_proof_script(path: Path, parent: pytest.Collector) -> bool:
    """Is this file ours? Reads the file, does not run it."""
    if path.suffix != ".py" or matches(path, parent.config.getini("python_files")):
        return False
    wanted = parent.session.isinitpath(path) or matches(path, parent.config.getini("lemmata_files"))
    return wanted and states_theorem(path)


def matches(path: Path, patterns: Iterable[str]) -> bool:
    return any(path.match(pattern) for pattern in patterns)


def states_theorem(path: Path) -> bool:
    """Is there a function of the module decorated with `@theorem(...)` or `@lemmata.theorem(...)`?"""
    source = path.read_bytes()
    try:
        module = ast.parse(source)
    except SyntaxError:
        return b"@theorem" in source  # to be reported when it is collected
    functions = (node for node in module.body if isinstance(node, ast.FunctionDef))
    return any(named(decorator) == "theorem" for found in functions for decorator in found.decorator_list)


def named(decorator: ast.expr) -> str:
    """The last name of a decorator: `theorem` for `lemmata.theorem(...)`."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (
        called.attr
        if isinstance(called, ast.Attribute)
        else called.id
        if isinstance(called, ast.Name)
        else ""
    )


class ProofScript(pytest.File):
    """A proof script: it gives one test a theorem."""

    def collect(self) -> Iterable[TheoremTest]:
        from lemmata.cli import scripts
        from lemmata.cli.errors import BrokenScript

        try:
            found = scripts.theorems(self.path)
        except BrokenScript as error:
            raise self.CollectError(str(error)) from error
        for theorem in found:
            yield TheoremTest.from_parent(self, name=theorem.name, theorem=theorem)


class TheoremTest(pytest.Item):
    """A theorem as a test: it passes if the theorem is proved."""

    def __init__(self, *, theorem: Theorem, **others: Any) -> None:
        super().__init__(**others)
        self.theorem = theorem

    def runtest(self) -> None:
        from lemmata.cli import scripts

        record = scripts.record(self.theorem, self.path)
        if not words.is_upheld(record):
            raise NotProved(record)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The false line, with no traceback: how the checker got there does not matter."""
        from lemmata.cli.errors import BrokenScript, Disagreed

        if excinfo.errisinstance((NotProved, BrokenScript, Disagreed)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name
