"""Claims and results as lines of JSON."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from typing import Any, NoReturn

from lemmata.claims.result import Result, invalid
from lemmata.claims.sources import Waiting

#: Limits of size, kept to before any work is done.
LONGEST_LINE = 1_000_000  # bytes
DEEPEST = 32  # objects and lists inside each other

_CHUNK = 65_536


def claims_in(descriptor: int) -> Iterator[object]:
    """The claims on the lines of an open file. A blank line is passed over.

    Yields the JSON values of each; for a line which is not well-formed a `Result`, which is `invalid`; and
    `Waiting` when the next line is not there yet.
    """
    for number, line in enumerate_lines(lines(descriptor, LONGEST_LINE)):
        if isinstance(line, Waiting):
            yield line
        elif line.strip():
            yield claim_on(line, number)


def enumerate_lines(found: Iterator[bytes | Waiting]) -> Iterator[tuple[int, bytes | Waiting]]:
    """Lines with their numbers, from 1."""
    number = 0
    for line in found:
        number += not isinstance(line, Waiting)
        yield number, line


def lines(descriptor: int, longest: int) -> Iterator[bytes | Waiting]:
    """The lines of an open file. Of one which is too long the first bytes are kept."""
    begun = b""
    for chunk in chunks(descriptor):
        if isinstance(chunk, Waiting):
            yield chunk
            continue
        *ended, rest = chunk.split(b"\n")
        for end in ended:
            yield _longer(begun, end, longest)
            begun = b""
        begun = _longer(begun, rest, longest)
    if begun:
        yield begun


def _longer(begun: bytes, more: bytes, longest: int) -> bytes:
    """A line with more of it, unless it is too long already."""
    return begun if len(begun) > longest else (begun + more)[: longest + 1]


def chunks(descriptor: int) -> Iterator[bytes | Waiting]:
    """The bytes of an open file as they come."""
    waiting = Waiting(descriptor)
    while True:
        while not waiting.over():
            yield waiting
        if not (chunk := os.read(descriptor, _CHUNK)):
            return
        yield chunk


class _Refused(ValueError):
    """JSON which Python would read, and we do not."""


def claim_on(line: bytes, number: int) -> object:
    """The claim on a line, which is the `number`-th; an `invalid` result for what is none.

    >>> claim_on(b'{"id": 1}', 1)
    {'id': 1}
    >>> claim_on(b'{"id": NaN}', 7).reason
    'line 7: NaN is no number of JSON'
    """
    if len(line.rstrip(b"\n")) > LONGEST_LINE:
        return invalid(
            None, f"line {number}: has more than {LONGEST_LINE} bytes, which is the most that is read"
        )
    try:
        return _read(line)
    except UnicodeDecodeError as error:
        return invalid(None, f"line {number}: byte {error.start + 1} is not UTF-8")
    except json.JSONDecodeError as error:
        return invalid(None, f"line {number}: is not JSON: {error.msg} at character {error.colno}")
    except RecursionError:
        return invalid(None, f"line {number}: {_TOO_DEEP}")
    except ValueError as error:
        return invalid(None, f"line {number}: {error}")


_TOO_DEEP = f"objects and lists stand in each other more than {DEEPEST} deep, which is the most that is read"


def _read(line: bytes) -> object:
    # utf-8-sig: some editors begin a file with a mark of the order of bytes
    found = _DECODER.decode(line.decode("utf-8-sig"))
    if _is_deeper(found, DEEPEST):
        raise _Refused(_TOO_DEEP)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, in which no key stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        left = dict(pairs)
        twice = next(key for key, _ in pairs if left.pop(key, _once) is _once)
        raise _Refused(f"the key {json.dumps(twice, ensure_ascii=False)} stands twice in an object")
    return found


def _no_number(name: str) -> NoReturn:
    raise _Refused(f"{name} is no number of JSON")


def _finite(digits: str) -> float:
    if math.isinf(value := float(digits)):
        raise _Refused(f"the number {digits} is too large")
    return value


def _whole(digits: str) -> int:
    try:
        return int(digits)
    except ValueError as error:  # Python's own limit, which keeps the time in bounds
        raise _Refused(f"a number has {len(digits.lstrip('-'))} digits, which are too many") from error


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite, parse_int=_whole
)


def _is_deeper(value: object, most: int) -> bool:
    """Whether more objects and lists stand in each other than `most`."""
    level = [value]
    for _ in range(most):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return any(isinstance(value, (dict, list)) for value in level)


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        return iter(value.values())
    return iter(value if isinstance(value, list) else ())


def line_of(result: Result) -> bytes:
    """A result as a line of JSON in UTF-8.

    >>> line_of(Result("γ", "proved", "exact"))[:40].decode()
    '{"id": "γ", "outcome": "proved", "eviden'
    """
    values = result.to_json()
    try:
        text = json.dumps(values, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:  # half of a pair of surrogates, which JSON can name and UTF-8 cannot write
        text = json.dumps(values, allow_nan=False).encode()
    return text + b"\n"
