"""Templates that rise or fall: T[l] <= T[r] or T[r] <= T[l] from l <= r, and l = r from T[l] = T[r].

A template is a term with a hole. What it does is read off its shape, from the inside out: sums, multiples,
odd powers, reciprocals, and exp, log and powers, which the kernel knows to be increasing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from lemmata.derive.names import written
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Between, Combine, Injective, Monotone, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.signs import Sign
from lemmata.kernel.substitute import Substitution, mentions
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Index,
    Lambda,
    Mul,
    Num,
    Pow,
    Ref,
    Sort,
    Term,
)

Binders = tuple[tuple[str, Sort], ...]


@dataclass(frozen=True)
class Bound:
    """A step low <= high for a template; whether low is the template at the smaller value."""

    step: str
    low: Term
    high: Term
    rises: bool

    def turned(self, step: str, low: Term, high: Term) -> Bound:
        return Bound(step, low, high, not self.rises)

    def kept(self, step: str, low: Term, high: Term) -> Bound:
        return Bound(step, low, high, self.rises)


@dataclass
class Rising:
    """What is said of templates with one hole for all values of some indices; the steps are collected."""

    searcher: Searcher
    normalizer: Normalizer
    facts: tuple[str, ...]
    binders: Binders
    hole: str
    label: str
    steps: list[Step] = field(default_factory=list)

    def at(self, template: Term, value: Term) -> Term:
        put = Substitution(self.searcher.names, tensors={self.hole: Lambda((), value)})
        return written(put.apply(template), self.searcher.names)

    def varies(self, term: Term) -> bool:
        return mentions(term, self.hole)

    def sign(self, term: Term) -> Sign:
        return self.normalizer.signs.of(self.normalizer.normal(term))

    # -- inequalities ------------------------------------------------------------------------------

    def through(self, template: Term, known: Bound) -> Bound | None:
        """What is known of the hole, for a template; None where it is not seen to rise or to fall."""
        match template:
            case Ref(name) if name == self.hole:
                return known
            case Add(parts):
                return self._sum(parts, known)
            case Mul(parts):
                return self._multiple(parts, known)
            case Apply(("exp" | "log") as name, 0, argument):
                return self._increasing(self.through(argument, known), name, Fraction(1))
            case Pow(base, Num(exponent)) if self.varies(base):
                return self._power(self.through(base, known), exponent)
        return None

    def _sum(self, parts: tuple[Term, ...], known: Bound) -> Bound | None:
        found = [self.through(part, known) for part in parts if self.varies(part)]
        bounds = [bound for bound in found if bound is not None]
        if len(bounds) < len(found) or len({bound.rises for bound in bounds}) != 1:
            return None
        rest = tuple(part for part in parts if not self.varies(part))
        low, high = (
            Add((*rest, *sides)) for sides in zip(*((bound.low, bound.high) for bound in bounds), strict=True)
        )
        step = self.combined(low, high, *(self.use(bound.step) for bound in bounds))
        return bounds[0].kept(step, low, high)

    def _multiple(self, parts: tuple[Term, ...], known: Bound) -> Bound | None:
        varying = [part for part in parts if self.varies(part)]
        if len(varying) != 1:
            return None
        factor = Mul(tuple(part for part in parts if part is not varying[0]))
        bound = self.through(varying[0], known)
        if bound is None:
            return None
        low, high = (Mul((factor, side)) for side in (bound.low, bound.high))
        if self.sign(factor).nonnegative:
            return bound.kept(self.combined(low, high, self.use(bound.step, factor)), low, high)
        negated = Mul((MINUS_ONE, factor))
        if self.sign(negated).nonnegative:
            return bound.turned(self.combined(high, low, self.use(bound.step, negated)), high, low)
        return None

    def _increasing(self, bound: Bound | None, name: str, exponent: Fraction) -> Bound | None:
        needed: Callable[[Sign], bool] = {
            "exp": lambda sign: True,
            "log": lambda sign: sign.positive,
            "power": lambda sign: sign.nonnegative,
        }[name]
        if bound is None or not needed(self.sign(bound.low)):
            return None
        low, high = (_applied(name, exponent, side) for side in (bound.low, bound.high))
        by = Monotone(name, exponent, bound.step, self.facts)
        step = self.step(Statement(self.binders, "<=", low, high), by)
        return bound.kept(step, low, high)

    def _power(self, bound: Bound | None, exponent: Fraction) -> Bound | None:
        if bound is None or not exponent:
            return None
        if exponent < 0:
            return self._reciprocal(bound if exponent == -1 else self._power(bound, -exponent))
        if self.sign(bound.low).nonnegative:
            return self._increasing(bound, "power", exponent)
        if exponent.denominator > 1 or exponent % 2 == 0:
            return None
        low, high = (Pow(side, Num(exponent)) for side in (bound.low, bound.high))
        factor = _of_odd_powers(bound.low, bound.high, int(exponent) // 2)
        return bound.kept(self.combined(low, high, self.use(bound.step, factor)), low, high)

    def _reciprocal(self, bound: Bound | None) -> Bound | None:
        if bound is None or not self.sign(bound.low).positive:
            return None
        low, high = (Pow(side, MINUS_ONE) for side in (bound.high, bound.low))
        return bound.turned(self.combined(low, high, self.use(bound.step, Mul((low, high)))), low, high)

    # -- equations ---------------------------------------------------------------------------------

    def undone(self, template: Term, known: Bound, equal: str) -> str | None:
        """The step that low = high, from low <= high and the step that the template takes one value at both;
        None where it is not undone."""
        match template:
            case Ref(name) if name == self.hole:
                return equal
            case Add(parts):
                return self._sum_undone([part for part in parts if self.varies(part)], known, equal)
            case Mul(parts):
                varying = [part for part in parts if self.varies(part)]
                factor = Mul(tuple(part for part in parts if not self.varies(part)))
                return self._inside(varying[0], known, equal, Pow(factor, MINUS_ONE))
            case Apply(("exp" | "log" | "cbrt") as name, 0, argument):
                return self._injective(argument, known, equal, name, Fraction(1))
            case Pow(base, Num(exponent)) if exponent > 0:
                return self._injective(base, known, equal, "power", exponent)
            case Pow(base, Num(exponent)) if self.varies(base):
                power = base if exponent == -1 else Pow(base, Num(-exponent))
                both = (self.at(power, side) for side in (known.low, known.high))
                return self._inside(power, known, equal, Mul((MINUS_ONE, *both)))
        return None

    def _inside(self, part: Term, known: Bound, equal: str, times: Term) -> str | None:
        """By the equation of a part, which is a multiple of that which is known."""
        by = Combine((self.use(equal, times),), ZERO, (), self.facts)
        return self.undone(part, known, self.step(self.equation(part, known), by))

    def _sum_undone(self, parts: list[Term], known: Bound, equal: str) -> str | None:
        """Where no term of a sum falls and the sum stays the same, the first stays the same, too."""
        first, *others = (self.through(part, known) for part in parts)
        if first is None or None in others:
            return None
        if not others:
            return self._inside(parts[0], known, equal, ONE)
        uses = [self.use(other.step) for other in others if other is not None]
        turned = self.combined(
            first.high, first.low, *uses, self.use(equal, MINUS_ONE if first.rises else ONE)
        )
        order = (first.step, turned) if first.rises else (turned, first.step)
        return self.undone(parts[0], known, self.step(self.equation(parts[0], known), Between(*order)))

    def equation(self, template: Term, known: Bound) -> Statement:
        """That a template takes one value at both."""
        return Statement(self.binders, "=", self.at(template, known.low), self.at(template, known.high))

    def _injective(self, inner: Term, known: Bound, equal: str, name: str, exponent: Fraction) -> str | None:
        step = self.step(self.equation(inner, known), Injective(name, exponent, equal, self.facts))
        return self.undone(inner, known, step)

    # -- steps -------------------------------------------------------------------------------------

    def use(self, step: str, times: Term = ONE) -> Use:
        at = tuple((name, Index(name)) for name, _ in self.binders)
        return Use(step, at, (), written(times, self.searcher.names))

    def combined(self, low: Term, high: Term, *uses: Use) -> str:
        return self.step(Statement(self.binders, "<=", low, high), Combine(uses, ZERO, (), self.facts))

    def step(self, claim: Statement, by: Combine | Monotone | Injective | Between) -> str:
        """A new step; its name."""
        self.steps.append(Step(f"{self.label}{len(self.steps)}", claim, by))
        return self.steps[-1].id


def _applied(name: str, exponent: Fraction, side: Term) -> Term:
    return Pow(side, Num(exponent)) if name == "power" else Apply(name, 0, side)


def _of_odd_powers(low: Term, high: Term, half: int) -> Term:
    """(h^(2m+1) - l^(2m+1))/(h - l), as half of h^(2m) + l^(2m) + (h + l)²·Σ_s h^(2(m-1-s))·l^(2s)."""
    whole = (Pow(side, Num(Fraction(2 * half))) for side in (low, high))
    mixed = (
        Mul((Pow(high, Num(Fraction(2 * (half - 1 - s)))), Pow(low, Num(Fraction(2 * s)))))
        for s in range(half)
    )
    square = Pow(Add((low, high)), Num(Fraction(2)))
    return Mul((Num(Fraction(1, 2)), Add((*whole, Mul((square, Add(tuple(mixed))))))))
