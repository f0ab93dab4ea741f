"""What all declarations of a script have in common: hypotheses, words, and where they stand."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from lemmata.derive.errors import DerivationError
from lemmata.language.expr import Statement


def statement_of(what: str, statement: object) -> Statement:
    """What is declared. Raises DerivationError for what is no statement."""
    if not isinstance(statement, Statement):
        raise DerivationError(f"{what}({statement!r}): needs a statement such as `a == b`")
    return statement


def hypotheses_of(given: Iterable[object]) -> tuple[Statement, ...]:
    """The hypotheses of a declaration. Raises DerivationError for what is no statement."""
    hypotheses = tuple(given)
    for hypothesis in hypotheses:
        if not isinstance(hypothesis, Statement):
            raise DerivationError(f"given={hypothesis!r}: a hypothesis is a statement such as `u != 0`")
    return tuple(said for said in hypotheses if isinstance(said, Statement))


def words_of(function: Callable[..., Any]) -> tuple[str, str]:
    """The title and the description in the docstring of the decorated function."""
    title, _, description = inspect.cleandoc(function.__doc__ or "").partition("\n")
    return title.strip(), description.strip()


def place_of(function: Callable[..., Any]) -> tuple[str, int]:
    """The file and the line of the decorated function."""
    return function.__code__.co_filename, function.__code__.co_firstlineno
