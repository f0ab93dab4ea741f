"""One statement judged from Python: as text, as a relation of SymPy, or as a statement of this language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from time import perf_counter
from typing import Any

from lemmata.claims.judge import answered, judge
from lemmata.claims.question import Clock, Question
from lemmata.claims.result import Result, invalid
from lemmata.language.errors import LanguageError
from lemmata.language.expr import Statement
from lemmata.language.sympy_border import statement_from_sympy


def check(
    statement: object,
    *,
    given: Iterable[object] = (),
    vars: Mapping[str, Mapping[str, Any]] | None = None,
    timeout: float | None = None,
) -> Result:
    """What is to be said of a statement under hypotheses.

    Args:
        statement: a text (its names are declared in `vars`, as in the JSON form of claims), a relation of
            SymPy (a symbol is a real number, whose assumptions count; write `evaluate=False`), or a statement
            such as `x.T @ x >= 0` of declared variables.
        given: what is assumed, in the same form.
        vars: the shape and the properties of each name of a text.
        timeout: seconds; looked at between one way to decide and the next. For texts of strangers use
            `check_many`, which judges in a process with limits that hold.

    Returns:
        The result; what cannot be read is `invalid`.

    Raises:
        MemoryError, RecursionError: for a statement which is too large for this process.

    >>> check("(x + 1)**2 == x**2 + 2*x + 1", vars={"x": {"shape": []}}).outcome
    'proved'
    >>> import sympy
    >>> x = sympy.Symbol("x")
    >>> check(sympy.Eq(x / x, 1, evaluate=False)).outcome
    'proved'
    >>> check(sympy.Eq(sympy.sqrt(x**2), x, evaluate=False)).counterexample["values"]
    {'x': '-1'}
    """
    if isinstance(statement, str):
        claim = {"id": None, "vars": dict(vars or {}), "given": list(given), "claim": statement}
        return judge(claim, timeout)
    begun = perf_counter()
    try:
        said = _statement(statement)
        hypotheses = tuple((f"given {n}", _statement(part)) for n, part in enumerate(given, 1))
    except LanguageError as error:
        return invalid(None, str(error))
    result = answered(None, Question((said,), hypotheses), Clock(timeout))
    return replace(result, seconds=round(perf_counter() - begun, 6))


def _statement(value: object) -> Statement:
    return value if isinstance(value, Statement) else statement_from_sympy(value)
