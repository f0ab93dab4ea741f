"""Claims and results as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lemmata.claims.lines import lines, numbered
from lemmata.claims.result import Result, invalid
from lemmata.claims.sources import Waiting
from lemmata.claims.strict import NotStrict, decoded

#: Bytes of a line; a longer one is not read.
LONGEST_LINE = 1_000_000


def claims_in(descriptor: int) -> Iterator[object]:
    """The claims on the lines of an open file. A blank line is passed over.

    Yields the JSON values of each; for a line which is not well-formed a `Result`, which is `invalid`; and
    `Waiting` while the next line is not there yet.
    """
    for number, line in numbered(lines(descriptor, LONGEST_LINE)):
        if isinstance(line, Waiting):
            yield line
        elif line.strip():
            yield claim_on(line, number)


def claim_on(line: bytes, number: int) -> object:
    """The claim on a line, which is the `number`-th; an `invalid` result for what is none.

    >>> claim_on(b'{"id": 1}', 1)
    {'id': 1}
    >>> claim_on(b'{"id": 1', 7).reason
    "line 7: is not JSON: Expecting ',' delimiter at character 9"
    """
    if len(line) > LONGEST_LINE:
        return _none(number, f"has more than {LONGEST_LINE} bytes, which is the most that is read")
    try:
        return decoded(line)
    except UnicodeDecodeError as error:
        return _none(number, f"byte {error.start + 1} is not UTF-8")
    except json.JSONDecodeError as error:
        return _none(number, f"is not JSON: {error.msg} at character {error.colno}")
    except NotStrict as error:
        return _none(number, str(error))


def _none(number: int, reason: str) -> Result:
    return invalid(None, f"line {number}: {reason}")


def line_of(result: Result) -> bytes:
    """A result as a line of JSON in UTF-8.

    >>> line_of(Result("γ", "proved")).decode()[:32]
    '{"id": "γ", "outcome": "proved",'
    """
    values = result.to_json()
    try:
        text = json.dumps(values, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:  # half of a pair of surrogates, which JSON can name and UTF-8 cannot write
        text = json.dumps(values, allow_nan=False).encode()
    return text + b"\n"
