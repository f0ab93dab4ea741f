"""A claim as it was sent: names with their shapes and properties, hypotheses, and what is to be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Limits of size, enforced before any work is done.
LARGEST_TEXT = 100_000
LARGEST_NUMBER_OF_NAMES = 100
LARGEST_NUMBER_OF_HYPOTHESES = 50

KEYS = ("id", "vars", "given", "claim")


class BadClaim(Exception):
    """A claim that is not of the form which is asked for."""


@dataclass(frozen=True)
class Declared:
    """What is said of a name: its shape, of positive integers and names of dimensions, and properties."""

    shape: tuple[str | int, ...]
    properties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A statement as text, with what its names stand for and the hypotheses under which it is claimed."""

    id: object
    declared: Mapping[str, Declared]
    given: tuple[str, ...]
    text: str


def claim_from(values: object) -> Claim:
    """A claim from JSON values. Raises BadClaim. Keys which are not of the form are passed over.

    >>> claim_from({"id": 1, "vars": {"x": {"shape": []}}, "claim": "x**2 >= 0"}).declared
    {'x': Declared(shape=(), properties=())}
    """
    if not isinstance(values, dict):
        raise BadClaim(f"a claim is an object with the keys {', '.join(KEYS)}; this is {_kind(values)}")
    text = values.get("claim")
    if not isinstance(text, str):
        raise BadClaim(f"the key `claim` needs a text; it is {_kind(text)}")
    declared = values.get("vars", {})
    if not isinstance(declared, dict):
        raise BadClaim(f"the key `vars` needs an object; it is {_kind(declared)}")
    given = values.get("given", [])
    if not isinstance(given, list) or not all(isinstance(part, str) for part in given):
        raise BadClaim("the key `given` needs a list of texts")
    if len(declared) > LARGEST_NUMBER_OF_NAMES or len(given) > LARGEST_NUMBER_OF_HYPOTHESES:
        raise BadClaim(
            f"{len(declared)} names and {len(given)} hypotheses; at most {LARGEST_NUMBER_OF_NAMES} and "
            f"{LARGEST_NUMBER_OF_HYPOTHESES} are read"
        )
    if (size := len(text) + sum(map(len, given))) > LARGEST_TEXT:
        raise BadClaim(f"{size} characters; at most {LARGEST_TEXT} are read")
    return Claim(
        values.get("id"), {n: _declared(n, said) for n, said in declared.items()}, tuple(given), text
    )


def _declared(name: str, said: object) -> Declared:
    """What is said of one name."""
    if not isinstance(said, dict):
        raise BadClaim(f"{name}: needs an object with the keys shape and is; it is {_kind(said)}")
    shape, properties = said.get("shape", []), said.get("is", [])
    if not isinstance(shape, list) or len(shape) > 2 or not all(map(_is_dimension, shape)):
        raise BadClaim(f"{name}: a shape is a list of at most two names of dimensions or positive integers")
    if not isinstance(properties, list) or not all(isinstance(part, str) for part in properties):
        raise BadClaim(f"{name}: the key `is` needs a list of properties")
    return Declared(tuple(shape), tuple(properties))


def _is_dimension(value: object) -> bool:
    if isinstance(value, str):
        return bool(value)
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _kind(value: object) -> str:
    """The kind of a JSON value, in words."""
    words = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "missing"}
    return words.get(type(value), "a number")
