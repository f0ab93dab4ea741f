"""Going on with a run which was cut off: what is in its file of results already."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import BinaryIO

from lemmata.claims.errors import NotResumable, WouldOverwrite
from lemmata.claims.judging import identity
from lemmata.claims.result import OUTCOMES, Result

#: A longer line was not written by us.
LONGEST_RESULT = 64_000_000  # bytes


def begun(path: str, resume: bool, claims: Iterator[object]) -> int:
    """How many results are in a file to which more are to be appended; 0 if it is not there.

    Args:
        path: the file. A last line which was cut off in the middle is taken away.
        resume: whether there may be results in it. They must be those of the first of the claims, by
            their ids.
        claims: as many are taken as there are results; without `Waiting` among them.

    Raises:
        OSError, WouldOverwrite, NotResumable.
    """
    if not os.path.exists(path) or not os.path.getsize(path):
        return 0
    if not resume:
        raise WouldOverwrite(f"{path}: is there and not empty; --resume goes on with it, or remove it first")
    with open(path, "r+b") as file:
        done, end = _complete(file, path, claims)
        file.truncate(end)
    return done


def _complete(file: BinaryIO, path: str, claims: Iterator[object]) -> tuple[int, int]:
    """How many complete lines there are in a file of results, and how many bytes."""
    done, end = 0, 0
    while (line := file.readline(LONGEST_RESULT)).endswith(b"\n"):
        done, end = done + 1, end + len(line)
        _check(line, f"{path}:{done}", claims)
    if len(line) == LONGEST_RESULT:
        raise NotResumable(f"{path}:{done + 1}: is not a result")
    return done, end


def _check(line: bytes, place: str, claims: Iterator[object]) -> None:
    """Raise NotResumable unless a line is the result of the next claim."""
    found = _id_of_result(line, place)
    try:
        wanted = _id_of_claim(next(claims))
    except StopIteration:
        raise NotResumable(f"{place}: there are more results here than claims are given") from None
    if found != wanted:
        raise NotResumable(
            f"{place}: is the result of the claim {found}, and the claim given there is {wanted}; "
            "these are not the results of these claims"
        )


def _id_of_result(line: bytes, place: str) -> str:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or "id" not in found or found.get("outcome") not in OUTCOMES:
        raise NotResumable(f"{place}: is not a result; lemmata goes on only with a file of results")
    return json.dumps(found["id"], ensure_ascii=False)


def _id_of_claim(claim: object) -> str:
    id = claim.id if isinstance(claim, Result) else identity(claim)
    return json.dumps(id, ensure_ascii=False)
