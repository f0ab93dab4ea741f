"""Inequalities between norms and maxima: the smaller side is made larger until it is the larger one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from lemmata.derive.larger import Larger, Move
from lemmata.derive.matrices.matrices import TWO
from lemmata.derive.names import written
from lemmata.derive.order import Order
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Combine, Monotone, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.substitute import freshened, subterms
from lemmata.kernel.terms import Apply, Call, Maximum, Num, Pow, Term

#: How many moves a chain has at most, and how many terms are looked at.
LARGEST_CHAIN, LARGEST_COUNT = 4, 80
_HALF = Fraction(1, 2)


def by_bounds(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims l <= r; None where none were found."""
    if claim.relation != "<=" or not any(map(_is_norm, (*subterms(claim.left), *subterms(claim.right)))):
        return None
    work = _Bounds(searcher, everything(searcher.context))
    return tuple(work.steps) if work.proved(claim, label) else None


def _is_norm(term: Term) -> bool:
    """A maximum, a norm of a matrix, or a root."""
    match term:
        case Maximum() | Call("opnorm" | "eigmax"):
            return True
        case Pow(_, Num(value)):
            return value.denominator == 2
    return False


class _Bounds(Order):
    """The tactics of order for maxima on the smaller side; then a chain."""

    def by_premises(self, claim: Statement, label: str) -> bool:
        if any(isinstance(part, Maximum) for part in subterms(claim.left)):
            return False
        normalizer = self.workspace(claim).normalizer
        if self.chained(normalizer, claim, label):
            return True
        for before, function, exponent in _before(normalizer, claim):
            if self.chained(normalizer, before, f"{label}b"):
                by = Monotone(function, exponent, f"{label}b", ())
                self.steps.append(Step(label, claim, by))
                return True
        return False

    def chained(self, normalizer: Normalizer, claim: Statement, label: str) -> bool:
        left, right = (written(side, self.names) for side in (claim.left, claim.right))
        found = chain(
            Larger(
                self.searcher.context, normalizer, self.names, replace(claim, left=left, right=right), label
            )
        )
        self.steps += found or ()
        return found is not None


def _before(normalizer: Normalizer, claim: Statement) -> Iterator[tuple[Statement, str, Fraction]]:
    """The same of the squares, or of the exponentials of both sides; the function which undoes that."""
    sides = (claim.left, claim.right)
    if all(normalizer.signs.of(side).nonnegative for side in sides):
        squares = (normalizer.normal(Pow(side, TWO)) for side in sides)
        yield Statement(claim.binders, "<=", *squares), "power", _HALF
    if any(isinstance(part, Apply) and part.function == "log" for side in sides for part in subterms(side)):
        powers = (normalizer.normal(Apply("exp", 0, side)) for side in sides)
        yield Statement(claim.binders, "<=", *powers), "log", Fraction(1)


def chain(larger: Larger) -> Proof | None:
    """Steps of which the last claims that the left side is at most the right one; breadth first."""
    claim, normalizer, names = larger.claim, larger.normalizer, larger.names
    seen: set[Term] = set()
    pending = [Move(claim.left, (), ())]
    for _ in range(LARGEST_CHAIN + 1):
        later: list[Move] = []
        for before in pending:
            place = normalizer.normal(before.larger)
            if place in seen or len(seen) > LARGEST_COUNT:
                continue
            seen.add(place)
            rest = normalizer.poly(difference(claim.right, before.larger))
            slack = normalizer.term(rest)
            if normalizer.signs.of(slack).nonnegative:
                by = Combine(before.uses, written(slack, names), (), ())
                return (*before.steps, Step(larger.label, claim, by))
            if larger.is_too_large(place):
                continue
            for move in larger.moves(freshened(names, place), ()):
                uses, steps = (*before.uses, *move.uses), (*before.steps, *move.steps)
                later.append(Move(move.larger, uses, steps))
        pending = later
    return None
