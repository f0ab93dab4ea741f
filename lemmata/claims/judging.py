"""One claim judged in this process, and what is said when the judge raises an error."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from time import perf_counter

from lemmata.claims.result import Result

#: Judges a claim, given as JSON values, in some seconds.
Judge = Callable[[object, float], Result]

#: The judge by its name, so that it is loaded only where claims are judged.
JUDGE = "lemmata.claims.judge:judge"

LONGEST_MESSAGE = 500
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def loaded(name: str) -> Judge:
    """The judge of a name `module:function`."""
    module, _, function = name.partition(":")
    judge: Judge = getattr(import_module(module), function)
    return judge


def identity(claim: object) -> object:
    """The id of a claim; None where it has none.

    >>> identity({"id": 7, "claim": "1 == 1"}), identity("1 == 1")
    (7, None)
    """
    return claim.get("id") if isinstance(claim, dict) else None


def answer(judge: Judge, claim: object, seconds: float) -> Result:
    """What the judge says, with the time which it took. Raises what the judge raises.

    Also raises TypeError or ValueError for a result which is no JSON, so that it is found where the claim
    is known and not by whoever writes the result.
    """
    start = perf_counter()
    result = judge(claim, seconds)
    json.dumps(result.to_json(), allow_nan=False)
    return replace(result, seconds=round(perf_counter() - start, 6))


def broken(error: BaseException) -> str:
    """What is said of a claim at which the judge raised an error. Two runs say the same: no addresses."""
    if isinstance(error, RecursionError):
        return "the limit of Python on the depth of calls was reached (RecursionError)"
    said = ADDRESS.sub("", f"{type(error).__name__}: {error}".removesuffix(": "))[:LONGEST_MESSAGE]
    return f"this is a bug of lemmata: {said}{_place(error)}"


def _place(error: BaseException) -> str:
    """Where an error was raised, by the names of modules: the folders differ from machine to machine."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    lines = [line for _, line in traceback.walk_tb(error.__traceback__)]
    return f" (in {frames[-1].f_globals.get('__name__')}, line {lines[-1]})" if frames else ""
