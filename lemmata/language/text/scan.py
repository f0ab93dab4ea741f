"""The first look at a text: its letters and its size, before any work is done with it."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lemmata.language.errors import Unreadable

#: How long a text may be, how deeply bracketed, how many words it may have, and digits in a number.
LARGEST_TEXT = 20_000
LARGEST_DEPTH = 60
LARGEST_COUNT = 4_000
LARGEST_DIGITS = 400
#: How many signs may stand before one number, as in - - x.
LARGEST_RUN = 8

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<name>[^\W\d]\w*)
      | (?P<side>"[+-]"|'[+-]')
      | (?P<operator>=>|==|!=|<=|>=|\*\*|[-+*/@<>()\[\],.])""",
    re.VERBOSE,
)
_OPENING = {")": "(", "]": "["}
_HINTS = {
    "=": "write == for an equation, => for an implication",
    "^": "write ** for a power",
    "≤": "write <=",
    "≥": "write >=",
    "≠": "write !=",
    "ᵀ": "write .T for the transpose",
    "·": "write * or @",
    "−": "write - for the minus",
    "'": "write .T for the transpose, diff(f, x) for a derivative",
}


@dataclass(frozen=True)
class Token:
    """A word of a text, and where it stands."""

    kind: str
    text: str
    start: int

    @property
    def at(self) -> tuple[int, int]:
        return self.start, self.start + len(self.text)


def scan(text: str) -> tuple[Token, ...]:
    """The words of a text that is not too large. Raises Unreadable.

    >>> [token.text for token in scan("x**2 >= 0")]
    ['x', '**', '2', '>=', '0']
    """
    if len(text) > LARGEST_TEXT:
        raise Unreadable(f"the text has {len(text)} characters; at most {LARGEST_TEXT} are read", (0, 1))
    tokens = tuple(_tokens(text))
    if not tokens:
        raise Unreadable("the text is empty", (0, len(text)))
    if len(tokens) > LARGEST_COUNT:
        at = tokens[LARGEST_COUNT].at
        raise Unreadable(f"the text has {len(tokens)} words; at most {LARGEST_COUNT} are read", at)
    _check_brackets(tokens)
    _check_signs(tokens)
    return tokens


def _tokens(text: str) -> Iterator[Token]:
    place, before = 0, None
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            hint = _HINTS.get(text[place], "")
            message = f"{text[place]!r} has no meaning here{'; ' if hint else ''}{hint}"
            raise Unreadable(message, (place, place + 1))
        token = Token(found.lastgroup, found.group(), place)
        _check_word(token, before)
        if token.kind != "space":
            yield token
        place, before = found.end(), token


def _check_word(token: Token, before: Token | None) -> None:
    touching = before is not None and before.kind == "number" and token.kind in ("name", "number")
    if touching:
        raise Unreadable(f"the number {before.text} is followed by {token.text}; write *", token.at)  # type: ignore[union-attr]
    if token.kind == "number":
        whole, _, exponent = token.text.lower().partition("e")
        if len(whole) + abs(int(exponent[:6] or 0)) > LARGEST_DIGITS:
            raise Unreadable(f"a number has more than {LARGEST_DIGITS} digits", token.at)
    raised = [letter for letter in token.text if unicodedata.decomposition(letter).startswith("<super>")]
    if raised:
        at = token.start + token.text.index(raised[0])
        hint = "write .T for the transpose, ** for a power"
        raise Unreadable(f"{raised[0]!r} has no meaning here; {hint}", (at, at + 1))
    if token.kind == "name" and keyword.iskeyword(token.text) and token.text != "and":
        raise Unreadable(f"{token.text!r} cannot be a name", token.at)


def _check_brackets(tokens: tuple[Token, ...]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.text in ("(", "["):
            opened.append(token)
            if len(opened) > LARGEST_DEPTH:
                raise Unreadable(f"brackets are nested more than {LARGEST_DEPTH} deep", token.at)
        elif token.text in _OPENING and (not opened or opened.pop().text != _OPENING[token.text]):
            raise Unreadable(f"no bracket is open that {token.text} closes", token.at)
    if opened:
        raise Unreadable("this bracket is not closed", opened[-1].at)


def _check_signs(tokens: tuple[Token, ...]) -> None:
    run = 0
    for token in tokens:
        run = run + 1 if token.text in ("+", "-") else 0
        if run > LARGEST_RUN:
            raise Unreadable(f"more than {LARGEST_RUN} signs follow each other", token.at)
