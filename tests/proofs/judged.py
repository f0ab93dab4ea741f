"""What is known of a theorem, worked out once."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from lemmata.derive import Theorem
from lemmata.derive.disproof import Disproof


@cache
def judged(theorem: Theorem | Disproof) -> dict[str, Any]:
    """The record of a theorem, or of a disproof."""
    return theorem.record()


def point(record: dict[str, Any]) -> tuple[dict[str, int], dict[str, str], tuple[str, str]]:
    """Where it fails: the sizes and times, the values, and both sides."""
    found = record["counterexample"]
    values = {value["name"]: value["text"] for value in found["values"]}
    return found["dims"], values, (found["left"], found["right"])


def sizes_and_times(record: dict[str, Any]) -> dict[str, int]:
    """Where it fails, but for the chosen indices, of which one is as small as another."""
    return {name: size for name, size in point(record)[0].items() if name[-1] not in "*′"}


def text_of_certificate(theorem: Theorem) -> str:
    return json.dumps(theorem.certificate())
