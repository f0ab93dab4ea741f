"""JSON as its standard has it (RFC 8259): no NaN, no key twice, and nothing too large or too deep."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

#: Objects and lists inside each other.
DEEPEST = 32


class NotStrict(ValueError):
    """JSON which Python would read, and we do not."""


def decoded(line: bytes) -> object:
    """The values which a line of JSON stands for. A mark of the order of bytes is passed over.

    Raises UnicodeDecodeError, json.JSONDecodeError, and NotStrict.

    >>> decoded(b'{"id": 1}')
    {'id': 1}
    >>> decoded(b'{"id": NaN}')
    Traceback (most recent call last):
    ...
    lemmata.claims.strict.NotStrict: NaN is no number of JSON
    """
    try:
        found = _DECODER.decode(line.decode("utf-8-sig"))
    except RecursionError as error:
        raise _too_deep() from error
    if _is_deeper(found, DEEPEST):
        raise _too_deep()
    return found


def _too_deep() -> NotStrict:
    return NotStrict(
        f"objects and lists stand in each other more than {DEEPEST} deep, which is the most that is read"
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, in which no key stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = json.dumps(_first_twice([key for key, _ in pairs]), ensure_ascii=False)
        raise NotStrict(f"the key {twice} stands twice in an object")
    return found


def _first_twice(keys: list[str]) -> str:
    left = dict.fromkeys(keys)
    return next(key for key in keys if left.pop(key, key) is not None)


def _no_number(name: str) -> NoReturn:
    raise NotStrict(f"{name} is no number of JSON")


def _finite(digits: str) -> float:
    if math.isinf(value := float(digits)):
        raise NotStrict(f"the number {digits} is too large")
    return value


def _whole(digits: str) -> int:
    try:
        return int(digits)
    except ValueError as error:  # Python's own limit, which keeps the time in bounds
        raise NotStrict(f"a number has {len(digits.lstrip('-'))} digits, which are too many") from error


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
