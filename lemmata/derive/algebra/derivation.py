"""How a polynomial follows from relations, where what was found on the way is kept: one combination of the
relations where that is short; else lemmas, each a combination of the relations and of lemmas before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lemmata.derive.algebra.poly import Poly, Proof, gathered, proof_around

#: The longest combination that is written as one, and the longest way that is no lemma of its own.
LARGEST_COMBINATION, LARGEST_DETOUR = 60, 2


@dataclass(frozen=True)
class Found:
    """What was found on the way: poly = Σ proof, of relations with smaller numbers."""

    poly: Poly
    proof: Proof


@dataclass(frozen=True)
class Derivation:
    """The lemmas by their numbers, the smallest first, and the combination of relations and lemmas."""

    lemmas: Mapping[int, Found]
    proof: Proof


def derivation(proof: Proof, found: Mapping[int, Found]) -> Derivation:
    """The shorter way to say that a polynomial is a combination of relations and of what was found."""
    whole = expanded(proof, found, LARGEST_COMBINATION)
    if whole is not None:
        return Derivation({}, whole)
    needed = _needed(proof, found)
    detours = {
        number: found[number]
        for number, times in needed.items()
        if times == 1 or len(found[number].proof) <= LARGEST_DETOUR
    }
    lemmas = {
        number: Found(found[number].poly, expanded(found[number].proof, detours) or ())
        for number in sorted(needed.keys() - detours.keys())
    }
    return Derivation(lemmas, expanded(proof, detours) or ())


def expanded(proof: Proof, found: Mapping[int, Found], most: int | None = None) -> Proof | None:
    """The combination without what was found; None where it gets longer than allowed."""
    while True:
        last = max((part.relation for part in proof if part.relation in found), default=None)
        if last is None:
            return proof
        kept = [part for part in proof if part.relation != last]
        for part in proof:
            if part.relation == last:
                kept += proof_around(found[last].proof, part.scalars, part.left, part.right, part.factor)
        proof = gathered(kept)
        if most is not None and len(proof) > most:
            return None


def _needed(proof: Proof, found: Mapping[int, Found]) -> Counter[int]:
    """What was found and is used, and how often."""
    times = Counter(part.relation for part in proof if part.relation in found)
    for number in sorted(found, reverse=True):
        if number in times:
            times.update(part.relation for part in found[number].proof if part.relation in found)
    return times
