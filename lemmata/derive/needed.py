"""The steps of a proof which its last step needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from lemmata.kernel.certificate import Proof


def needed(steps: Proof) -> Proof:
    """The steps without those which no other names, directly or not."""
    kept, wanted = [], {steps[-1].id}
    for step in reversed(steps):
        if step.id in wanted:
            kept.append(step)
            wanted |= set(_texts(step.by))
    return tuple(reversed(kept))


def _texts(part: object) -> Iterator[str]:
    """All texts in a justification, the labels of premises among them."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from _texts(inner)
    elif is_dataclass(part):
        for own in fields(part):
            yield from _texts(getattr(part, own.name))
