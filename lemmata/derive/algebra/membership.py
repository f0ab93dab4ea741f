"""Whether a polynomial is a combination of others: Σ p_k · (l_k - r_k) · q_k, found by completion.

Each relation is used as a rule for its largest monomial; where two rules overlap, what both lead to differs
by a new relation. The cofactors are kept, so that an answer can be checked by expanding it, those of a new
relation with itself. (T. Mora 1986, C. Hofstadler, C. G. Raab and G. Regensburger 2019.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush

from lemmata.derive.algebra.derivation import Derivation, Found, derivation, expanded
from lemmata.derive.algebra.poly import (
    Cofactor,
    Monomial,
    Poly,
    Proof,
    Scalars,
    Word,
    added,
    around,
    gathered,
    over,
    proof_around,
    scalars_times,
)

#: Where a search gives up: rules, overlaps looked at, letters in a word, rewritings, and terms beside these.
LARGEST_RULES, LARGEST_OVERLAPS, LARGEST_WORD, LARGEST_WORK, LARGEST_LOAD = 80, 500, 14, 4_000, 10_000
#: Cofactors of one relation, and digits of a coefficient.
LARGEST_PROOF, LARGEST_BITS = 400, 200


class GaveUp(Exception):
    """The search reached one of its limits."""


@dataclass(frozen=True)
class Rule:
    """lead = -tail, as a combination of the relations."""

    lead: Monomial
    tail: Poly
    proof: Proof


@dataclass(frozen=True)
class _Place:
    """Where a rule applies in a monomial: scalars · left · lead · right."""

    rule: Rule
    scalars: Scalars
    left: Word
    right: Word


@dataclass(frozen=True)
class Order:
    """Longer words are larger, then those with more scalars. A letter that is defined by others is larger
    than all words, so that it is replaced; a unit, which is not 0, may be divided by."""

    defined: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()

    def __call__(self, monomial: Monomial) -> tuple[object, ...]:
        scalars, word = monomial
        heavy = sum(letter in self.defined for letter in word)
        powers = Fraction(0)
        for letter, exponent in scalars:
            heavy += letter in self.defined
            powers += abs(exponent)
        return heavy, len(word), powers, word, scalars


def membership(goal: Poly, relations: Sequence[Poly], order: Order) -> Derivation | None:
    """How the goal follows from the relations; None if that was not found."""
    try:
        return Completion(relations, order).proof_of(goal)
    except GaveUp:
        return None


class Completion:
    """The rules that some relations give, and those which follow from them as far as it went."""

    def __init__(self, relations: Sequence[Poly], order: Order) -> None:
        self.search = _Search(order, len(relations))
        # Letters that are equal come first, so that the others are not written with both.
        for number, relation in sorted(enumerate(relations), key=lambda pair: not _equates(pair[1])):
            self.search.add(relation, (Cofactor(Fraction(1), (), (), number, ()),))

    def proof_of(self, goal: Poly) -> Derivation | None:
        """How a goal follows. Raises GaveUp."""
        proof = self.search.proof_of(goal)
        return None if proof is None else derivation(proof, self.search.found)

    def shortened(self, poly: Poly, vanishing: Poly) -> tuple[Poly, Derivation | None]:
        """What a polynomial is, and how that follows, once another one is seen to be 0. Raises GaveUp."""
        if self.search.proof_of(vanishing) is None:
            return poly, None
        rest, proof = self.search.reduced(poly, ())
        return rest, derivation(negated(proof), self.search.found)

    def go_on(self, overlaps: int) -> None:
        """Look at some overlaps more."""
        for _ in range(overlaps):
            if not self.search.overlaps:
                return
            _, _, poly, reason = heappop(self.search.overlaps)
            self.search.add(poly, reason)

    def reduced(self, poly: Poly) -> tuple[Poly, Proof]:
        """What remains of a polynomial, and the cofactors of what was taken away."""
        rest, proof = self.search.reduced(poly, ())
        return rest, negated(expanded(proof, self.search.found, LARGEST_PROOF) or ())


def _equates(poly: Poly) -> bool:
    """Whether this says that two letters are the same."""
    return len(poly) == 2 and all(not scalars and len(word) == 1 for scalars, word in poly)


def negated(proof: Proof) -> Proof:
    return tuple(Cofactor(-p.factor, p.scalars, p.left, p.relation, p.right) for p in proof)


@dataclass
class _Search:
    order: Order
    count: int
    rules: list[Rule] = field(default_factory=list)
    overlaps: list[tuple[int, int, Poly, Proof]] = field(default_factory=list)
    #: The rules that are more than a multiple of one relation, by the numbers they have as relations.
    found: dict[int, Found] = field(default_factory=dict)
    work: int = 0
    load: int = 0
    looked: int = 0

    def proof_of(self, goal: Poly) -> Proof | None:
        """The goal is reduced again whenever there is a new rule."""
        rest, proof = self.reduced(goal, ())
        while rest:
            if not self.overlaps:
                return None
            if len(self.rules) > LARGEST_RULES or self.looked > LARGEST_OVERLAPS:
                raise GaveUp
            _, _, poly, reason = heappop(self.overlaps)
            if self.add(poly, reason):
                rest, proof = self.reduced(rest, proof)
        # What was subtracted on the way is what the goal was.
        return negated(gathered(proof))

    def add(self, poly: Poly, proof: Proof) -> bool:
        """A relation as a new rule, unless it follows from those there are."""
        rest, reason = self.reduced(poly, proof)
        if not rest:
            return False
        lead = max(rest, key=self.order)
        factor = 1 / rest[lead]
        units = tuple((letter, -e) for letter, e in lead[0] if letter in self.order.units)
        tail = around({m: value for m, value in rest.items() if m != lead}, units, (), (), factor)
        lead = (scalars_times(units, lead[0]), lead[1])
        rule = Rule(lead, tail, self.named({lead: Fraction(1), **tail}, units, factor, reason))
        self.rules.append(rule)
        for other in self.rules:
            self.overlap(rule, other)
            if other is not rule:
                self.overlap(other, rule)
        return True

    def named(self, poly: Poly, units: Scalars, factor: Fraction, reason: Proof) -> Proof:
        """The cofactors of a rule: of the relation that it is a multiple of, or of itself as a new one."""
        reason = tuple(proof_around(reason, units, (), (), factor))
        if len(reason) == 1:
            return reason
        number = self.count + len(self.rules)
        self.found[number] = Found(poly, reason)
        return (Cofactor(Fraction(1), (), (), number, ()),)

    def reduced(self, poly: Poly, proof: Proof) -> tuple[Poly, Proof]:
        """What remains of poly once no rule applies, with proof of `remainder = poly + Σ ...` added."""
        rest, steps = dict(poly), list(proof)
        pending = sorted(rest, key=self.order)
        while pending:
            monomial = pending.pop()
            value = rest.get(monomial)
            if not value:
                continue
            place = self.place(monomial)
            if place is None:
                continue
            self.spend(value, len(steps), len(rest))
            change = around(place.rule.tail, place.scalars, place.left, place.right, -value)
            del rest[monomial]
            rest = added(rest, change)
            steps += proof_around(place.rule.proof, place.scalars, place.left, place.right, -value)
            pending = sorted({*pending, *change}, key=self.order)
        return rest, gathered(steps)

    def spend(self, value: Fraction, steps: int, terms: int) -> None:
        self.work += 1
        self.load += terms
        large = max(value.numerator.bit_length(), value.denominator.bit_length()) > LARGEST_BITS
        if self.work > LARGEST_WORK or self.load > LARGEST_LOAD or steps > LARGEST_PROOF or large:
            raise GaveUp

    def place(self, monomial: Monomial) -> _Place | None:
        """The first rule that applies to a monomial, and where."""
        scalars, word = monomial
        for rule in self.rules:
            known, lead = rule.lead
            if not _divides(known, scalars):
                continue
            for start in range(len(word) - len(lead) + 1):
                if word[start : start + len(lead)] == lead:
                    return _Place(rule, over(scalars, known), word[:start], word[start + len(lead) :])
        return None

    def overlap(self, first: Rule, second: Rule) -> None:
        """The differences where the end of one lead is the beginning of another, or one is in another."""
        a, b = first.lead[0], second.lead[0]
        if not second.lead[1] and not {letter for letter, _ in a} & {letter for letter, _ in b}:
            return
        for left, right in _overlaps(first.lead[1], second.lead[1], same=first is second):
            both = _least(a, b)
            length = len(left) + len(second.lead[1]) + len(right[1])
            if length > LARGEST_WORD:
                continue
            self.looked += 1
            ends = ((over(both, a), (), right[0]), (over(both, b), left, right[1]))
            (s, u, v), (t, x, y) = ends
            poly = added(around(first.tail, s, u, v, Fraction(1)), around(second.tail, t, x, y, Fraction(-1)))
            proof = gathered(
                (
                    *proof_around(first.proof, s, u, v, Fraction(1)),
                    *proof_around(second.proof, t, x, y, Fraction(-1)),
                )
            )
            if len(proof) <= LARGEST_PROOF:
                heappush(self.overlaps, (length, self.looked, poly, proof))


def _overlaps(first: Word, second: Word, *, same: bool) -> Iterator[tuple[Word, tuple[Word, Word]]]:
    """first · v = x · second · y: pairs of x and of (v, y). With y, second is inside of first; a word without
    letters is, of which only the scalars matter, at its beginning."""
    if not second:
        if not same:
            yield (), ((), first)
        return
    for shared in range(1, min(len(first), len(second)) + (not same)):
        if first[len(first) - shared :] == second[:shared] and shared < len(second):
            yield first[: len(first) - shared], (second[shared:], ())
    if same or len(second) > len(first):
        return
    for start in range(len(first) - len(second) + 1):
        if first[start : start + len(second)] == second:
            yield first[:start], ((), first[start + len(second) :])


def _divides(known: Scalars, scalars: Scalars) -> bool:
    exponents = dict(scalars)
    return all(exponents.get(letter, Fraction(0)) >= exponent for letter, exponent in known)


def _least(first: Scalars, second: Scalars) -> Scalars:
    """The least common multiple."""
    exponents = dict(first)
    for letter, exponent in second:
        exponents[letter] = max(exponents.get(letter, exponent), exponent)
    return tuple(sorted(exponents.items()))
