"""Codecs: how values are written as JSON, and read with every type and size checked.

A codec is a pair of functions. `read` raises IllFormed with the place of what does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from lemmata.kernel.errors import IllFormed, TooLarge

Json = Any

LARGEST_DEPTH = 150
LARGEST_COUNT = 100_000
LARGEST_NAME = 80
LARGEST_SOURCE = 200
LARGEST_NUMBER = 10**6
LARGEST_FRACTION = 100
#: New names of the kernel contain `#`, labels of a canonical form `·`.
RESERVED = frozenset("#·")
MARKS = frozenset("_%⊥'′\u0302\u0303\u0304")


class Reader:
    """Where a value stands, for messages, and the limits on depth and number of values."""

    def __init__(self) -> None:
        self.path: list[str | int] = []
        self.values = 0
        #: Equal terms are read as one object: what is worked out for one is known for all.
        self.shared: dict[Any, Any] = {}

    def at(self, place: str | int, codec: Codec, value: Json) -> Any:
        """Read a part of a value."""
        self.values += 1
        if len(self.path) > LARGEST_DEPTH or self.values > LARGEST_COUNT:
            raise TooLarge(f"a certificate has at most {LARGEST_COUNT} values, {LARGEST_DEPTH} deep")
        self.path.append(place)
        result = codec.read(value, self)
        self.path.pop()
        return result

    def fail(self, needed: str, found: Json) -> IllFormed:
        shown = repr(found)
        place = ".".join(map(str, self.path[:12])) or "the certificate"
        return IllFormed(f"{place}: needs {needed}, found {shown[:60]}{'...' if len(shown) > 60 else ''}")


@dataclass(frozen=True)
class Codec:
    """How one kind of value is written and read."""

    write: Callable[[Any], Json]
    read: Callable[[Json, Reader], Any]


def _plain(needed: str, fits: Callable[[Json], bool]) -> Codec:
    def read(value: Json, reader: Reader) -> Json:
        if not fits(value):
            raise reader.fail(needed, value)
        return value

    return Codec(lambda value: value, read)


def _is_text(value: Json) -> bool:
    if not isinstance(value, str) or not 0 < len(value) <= LARGEST_NAME:
        return False
    return value.isprintable() and not RESERVED & set(value)


def _is_name(value: Json) -> bool:
    """Letters, digits and marks, a letter first, a star last, so that a printed formula cannot be read in two
    ways."""
    plain = value.rstrip("*") if _is_text(value) else ""
    return plain[:1].isalpha() and all(letter.isalnum() or letter in MARKS for letter in plain)


def _is_source(value: Json) -> bool:
    """Who says so and where, or nothing; a source that could not be read would be none."""
    if not isinstance(value, str) or len(value) > LARGEST_SOURCE:
        return False
    return not value or (value.isprintable() and any(map(str.isalnum, value)))


def _is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


name = _plain(f"a name of at most {LARGEST_NAME} letters", _is_name)
label = _plain(f"a text of at most {LARGEST_NAME} letters", _is_text)
word = _plain("a text", lambda value: isinstance(value, str) and len(value) <= LARGEST_NAME)
source = _plain(
    f"nothing, or a printable text of at most {LARGEST_SOURCE} letters", lambda value: _is_source(value)
)
whole = _plain(f"an integer up to {LARGEST_NUMBER}", _is_whole)
natural = _plain("a natural number", lambda value: _is_whole(value) and value >= 0)
dim = _plain("a dimension", lambda value: _is_name(value) or (_is_whole(value) and value >= 1))


def _read_fraction(value: Json, reader: Reader) -> Fraction:
    if isinstance(value, str) and 0 < len(value) <= LARGEST_FRACTION and value.isascii():
        top, slash, bottom = value.partition("/")
        if (
            top.lstrip("-").isdigit()
            and len(top) - len(top.lstrip("-")) <= 1
            and (bottom.isdigit() or not slash)
            and (not slash or int(bottom))
        ):
            return Fraction(int(top), int(bottom or 1))
    raise reader.fail("a fraction such as '-3/2'", value)


fraction = Codec(str, _read_fraction)


def many(item: Codec) -> Codec:
    """A tuple of any length, as a list."""

    def read(value: Json, reader: Reader) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise reader.fail("a list", value)
        return tuple(reader.at(place, item, part) for place, part in enumerate(value))

    return Codec(lambda values: [item.write(value) for value in values], read)


def row(
    *items: Codec, build: Callable[..., Any] = lambda *parts: parts, parts: Callable[[Any], Any] = tuple
) -> Codec:
    """A list of fixed length."""

    def read(value: Json, reader: Reader) -> Any:
        if not isinstance(value, list) or len(value) != len(items):
            raise reader.fail(f"a list of length {len(items)}", value)
        return build(*(reader.at(k, item, v) for k, (item, v) in enumerate(zip(items, value, strict=True))))

    return Codec(lambda value: [item.write(v) for item, v in zip(items, parts(value), strict=True)], read)


def record(build: Callable[..., Any], **fields: Codec) -> Codec:
    """An object with exactly the named fields."""

    def write(value: Any) -> Json:
        return {key: codec.write(getattr(value, key)) for key, codec in fields.items()}

    def read(value: Json, reader: Reader) -> Any:
        if not isinstance(value, dict) or set(value) != set(fields):
            raise reader.fail(f"an object with the fields {', '.join(fields)}", value)
        return build(**{key: reader.at(key, codec, value[key]) for key, codec in fields.items()})

    return Codec(write, read)


def tagged(choices: Callable[[], Mapping[str, tuple[type, tuple[tuple[str, Codec], ...]]]]) -> Codec:
    """One of several classes, as a list: its tag, then its fields in order."""

    @cache
    def tags() -> Mapping[type, tuple[str, tuple[tuple[str, Codec], ...]]]:
        return {kind: (tag, fields) for tag, (kind, fields) in choices().items()}

    def write(value: Any) -> Json:
        known = tags().get(type(value))
        if known is None:
            raise IllFormed(f"{type(value).__name__} is not written in a certificate")
        tag, fields = known
        return [tag, *(codec.write(getattr(value, key)) for key, codec in fields)]

    def read(value: Json, reader: Reader) -> Any:
        known = choices()
        if not isinstance(value, list) or not value or not isinstance(value[0], str) or value[0] not in known:
            raise reader.fail(f"a list that begins with one of {', '.join(known)}", value)
        kind, fields = known[value[0]]
        if len(value) != len(fields) + 1:
            raise reader.fail(f"`{value[0]}` with {len(fields)} parts", value)
        parts = zip(fields, value[1:], strict=True)
        read = kind(**{key: reader.at(key, codec, part) for (key, codec), part in parts})
        return reader.shared.setdefault(read, read)

    return Codec(write, read)


def either(first: Codec, is_first: Callable[[Any], bool], second: Codec) -> Codec:
    """Two kinds of value, told apart by a test which fits both the value and its JSON."""
    return Codec(
        lambda value: (first if is_first(value) else second).write(value),
        lambda value, reader: (first if is_first(value) else second).read(value, reader),
    )
