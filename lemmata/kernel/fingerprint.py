"""Numbers that order terms, the same in every process.

A number decides nothing but an order: two terms that share one by chance could only be taken for different
ones, never for the same.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from lemmata.kernel.terms import Index, Remembering, Term, keep

#: A Mersenne prime, as large as Python's own hashes.
_PRIME = 2**61 - 1


def fingerprint(term: Term, anonymous: bool = False) -> int:
    """A number that orders terms, independent of the names of bound indices if the term is canonical;
    if `anonymous`, of the names of free indices too."""
    return _key(term, anonymous)


def number(*parts: object) -> int:
    """A number for some values, the same in every process (Python's hash of text is not)."""
    return hash(tuple(map(_code, parts)))


def _code(part: object) -> int:
    match part:
        case str():
            return _of_text(part)
        case int():
            return part if part >= 0 else _PRIME - part
        case Index():
            return hash((_of_text(part.name), _code(part.offset)))
        case tuple():
            return hash(tuple(map(_code, part)))
    if type(part) is Fraction:  # to ask for a subclass is slow
        return hash((_code(part.numerator), part.denominator))
    return _key(part, False)  # type: ignore[arg-type]


@lru_cache(10_000)
def tag(*words: str | int) -> int:
    """The number of some words, once."""
    return number(*words)


@lru_cache(10_000)
def _of_text(text: str) -> int:
    return int.from_bytes(text.encode(), "big") % _PRIME


def _key(node: Remembering, anonymous: bool) -> int:
    """A number for a term, remembered with it; if anonymous, without the names of its free indices."""
    known = node._anonymous if anonymous else node._key
    if known is None:
        fields = (getattr(node, name) for name in type(node).__match_args__)  # type: ignore[attr-defined]
        parts = (_anonymous(part) if anonymous else _code(part) for part in fields)
        found = hash((_code(type(node).__name__), *parts))
        known = keep(node, "_anonymous" if anonymous else "_key", found)
    return known


def _anonymous(part: object) -> int:
    match part:
        case Index(name, offset):
            return hash((_of_text(name) if name.startswith("·") else 0, _code(offset)))
        case tuple():
            return hash(tuple(map(_anonymous, part)))
        case str() | int():
            return _code(part)
    return _code(part) if type(part) is Fraction else _key(part, True)  # type: ignore[arg-type]
