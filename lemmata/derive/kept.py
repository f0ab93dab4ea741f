"""What is kept of a theorem from one run to the next, and how it becomes a record again.

Kept are the certificate, which was found by a search, and what the refuter and the counterparts saw. No
verdict is kept: the certificate is replayed on the derivation of the script, and the kernel judges it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from lemmata.derive.compile import Compiled
from lemmata.derive.errors import DerivationError
from lemmata.derive.record import Seen, record_of
from lemmata.derive.replay import replay
from lemmata.kernel import Checked, to_document, verify_document
from lemmata.kernel.certificate import Certificate
from lemmata.kernel.errors import KernelError
from lemmata.kernel.schema import certificates
from lemmata.language.errors import LanguageError
from lemmata.language.lower import lower_statement
from lemmata.refute import Attack
from lemmata.refute.counterpart import Comparison, Counterpart

if TYPE_CHECKING:
    from lemmata.derive.theorem import Theorem

TIMES = ("seconds", "kernel_seconds")
SeenT = TypeVar("SeenT", Attack, Comparison)


class Damaged(DerivationError):
    """What was kept is not what is kept of a theorem."""


def outline(theorem: Theorem) -> list[Any]:
    """What a theorem says, and with what it is compared, as plain JSON values."""
    said = certificates.write(
        Certificate(theorem.name, theorem.context, lower_statement(theorem.statement), ())
    )
    return [said, [[found.name, *map(str, found.given)] for found in theorem.counterparts]]


def kept(theorem: Theorem, record: Mapping[str, Any]) -> dict[str, Any] | None:
    """What may be kept of a theorem; None unless it is proved, its counterparts agree, and what is kept gives
    the same record again."""
    compiled = theorem.compiled
    if record["outcome"] != "proved" or compiled.certificate is None:
        return None
    found = {
        "certificate": to_document(compiled.certificate),
        "cross_check": record["cross_check"],
        "counterparts": record["counterparts"],
    }
    try:
        again = replace(
            replay(theorem, compiled.certificate), digest=compiled.digest, verdict=compiled.verdict
        )
        same = _without_times(record_of(theorem, again, seen(theorem, found), perf_counter()))
    except (DerivationError, LanguageError, KernelError):
        return None
    return found if same == _without_times(record) else None


def recalled(theorem: Theorem, values: object, checked: Checked) -> dict[str, Any] | None:
    """The record from what was kept; None where that is damaged, of another derivation, or not proved."""
    begun = perf_counter()
    try:
        compiled = judged(theorem, values, checked)
        found = record_of(theorem, compiled, seen(theorem, values), begun)
    except (DerivationError, LanguageError, KernelError, RecursionError):
        return None
    if found["outcome"] != "proved":
        return None
    theorem.take_over(compiled)
    return found


def judged(theorem: Theorem, values: object, checked: Checked) -> Compiled:
    """The derivation with the certificate that was kept, and the kernel's verdict on it."""
    begun = perf_counter()
    certificate, verdict = verify_document(part(values, "certificate"), checked)
    seconds = perf_counter() - begun
    compiled = replay(theorem, certificate)
    return replace(compiled, digest=verdict.digest, verdict=verdict, kernel_seconds=seconds)


def seen(theorem: Theorem, values: object) -> Seen:
    """What the refuter and the counterparts saw. Raises Damaged unless it is to the good of the theorem."""
    pairs = zip_equal(theorem.counterparts, part(values, "counterparts"))
    return Seen(attack_of(part(values, "cross_check")), tuple(comparison_of(c, v) for c, v in pairs))


def attack_of(values: object) -> Attack:
    """An attack which found nothing."""
    numbers = number(values, "instances"), words(values, "dims"), words(values, "method")
    return same(Attack(None, *numbers), values)


def comparison_of(counterpart: Counterpart, values: object) -> Comparison:
    """A comparison in which the function of the theorem agrees."""
    found = same(Comparison(counterpart.name, number(values, "instances"), words(values, "dims"), ""), values)
    if not found.agrees:
        raise Damaged(f"{counterpart.name} was not compared")
    return found


def part(values: object, name: str) -> Any:
    if not isinstance(values, dict) or name not in values:
        raise Damaged(f"there is no {name}")
    return values[name]


def number(values: object, name: str) -> int:
    found = part(values, name)
    if type(found) is not int or found < 0:
        raise Damaged(f"{name} is {found!r}; needed is a natural number")
    return found


def words(values: object, name: str) -> str:
    found = part(values, name)
    if not isinstance(found, str):
        raise Damaged(f"{name} is {found!r}; needed is text")
    return found


def same(found: SeenT, values: object) -> SeenT:
    """What was read, where nothing else was written."""
    if found.to_record() != values:
        raise Damaged(f"{values!r} says more than {found.to_record()!r}")
    return found


def zip_equal(counterparts: tuple[Counterpart, ...], values: object) -> Iterable[tuple[Counterpart, object]]:
    if not isinstance(values, list) or len(values) != len(counterparts):
        raise Damaged(f"the theorem has {len(counterparts)} counterparts")
    return zip(counterparts, values, strict=True)


def _without_times(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in TIMES}
