"""What is known of a theorem, worked out once."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from lemmata.derive import Theorem


@cache
def judged(theorem: Theorem) -> dict[str, Any]:
    """The record of a theorem."""
    return theorem.record()


def text_of_certificate(theorem: Theorem) -> str:
    return json.dumps(theorem.certificate())
