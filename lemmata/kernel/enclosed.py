"""Inequalities of numbers, or of variables in a box, by intervals which enclose both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from lemmata.kernel.certificate import Enclosed
from lemmata.kernel.context import Statement
from lemmata.kernel.enclosure import Arithmetic, Interval, add, inverted, point, times
from lemmata.kernel.environment import Environment, difference
from lemmata.kernel.errors import Rejected
from lemmata.kernel.rules import require
from lemmata.kernel.substitute import Fresh
from lemmata.kernel.terms import Add, Apply, Count, Index, Mul, Num, Pow, Ref, Term

Box = Mapping[str, Interval]
#: The longest ends of intervals, in bits; how often a box is halved; and roots of which degree are taken.
LARGEST_BITS, LARGEST_DEPTH, LARGEST_DEGREE = 256, 40, 64
#: What a function counts for in the work of a check.
WORK = 10


def enclosed(env: Environment, claim: Statement, by: Enclosed) -> None:
    """An enclosure of r - l, at each part of a box, has the sign that is claimed.

    a_k <= x_k      x_k <= b_k
    --------------------------      r - l is enclosed by numbers >= 0 (> 0, != 0) on each part of the box
              l R r

    The a_k and b_k are numbers, and l and r have no variables but the x_k. The box is halved at its longest
    edge, as often as the step allows. There are no conditions, as an enclosure is found where all is defined.
    """
    require(claim.relation in ("<=", "<", "!=") and not claim.binders, "the rule compares two numbers")
    require(1 <= by.bits <= LARGEST_BITS and by.depth <= LARGEST_DEPTH, "the step asks for too much work")
    found = _Enclosing(Arithmetic(by.bits), env.fresh)
    box = {name: _edge(env, found, name, below, above) for name, below, above in by.box}
    _check_parts(found, claim, box, by.depth)


def _edge(env: Environment, found: _Enclosing, name: str, below: str, above: str) -> Interval:
    """Where a variable lies, by two premises."""
    least, most = env.premise(below), env.premise(above)
    for premise, side in ((least, least.right), (most, most.left)):
        bounds = premise.relation in ("<", "<=") and not premise.binders and side == Ref(name)
        require(bounds, f"the premises do not bound {name}")
    edge = Interval(found.of(least.left, {}).low, found.of(most.right, {}).high)
    require(edge.low <= edge.high, f"the bounds of {name} exclude each other")
    return edge


def _check_parts(found: _Enclosing, claim: Statement, box: Box, depth: int) -> None:
    """Raise Rejected unless the sign is right on the box, or on each of its halves."""
    try:
        value = found.of(difference(claim.right, claim.left), box)
        if {"<=": value.low >= 0, "<": value.low > 0, "!=": value.low > 0 or value.high < 0}[claim.relation]:
            return
        reason = Rejected("the enclosure is too wide to tell")
    except Rejected as error:
        reason = error
    longest = max(box, key=lambda name: box[name].width, default=None)
    if depth <= 0 or longest is None:
        raise reason
    edge = box[longest]
    middle = (edge.low + edge.high) / 2
    for half in (Interval(edge.low, middle), Interval(middle, edge.high)):
        _check_parts(found, claim, {**box, longest: half}, depth - 1)


@dataclass(frozen=True)
class _Enclosing:
    arithmetic: Arithmetic
    fresh: Fresh

    def of(self, term: Term, box: Box) -> Interval:
        """An interval with all values of a term on a box. Raises Rejected where a part may be undefined."""
        self.fresh.spend()
        round_ = self.arithmetic.rounded
        match term:
            case Num(value):
                return point(value)
            case Count(Index("", value)):
                return point(value)
            case Ref(name, ()) if name in box:
                return box[name]
            case Add(parts):
                total = point(0)
                for part in parts:
                    total = round_(add(total, self.of(part, box)))
                return total
            case Mul(factors):
                total = point(1)
                for factor in factors:
                    total = round_(times(total, self.of(factor, box)))
                return total
            case Pow(base, exponent):
                return self._power(self.of(base, box), exponent, box)
            case Apply(function, 0, argument):
                self.fresh.spend(WORK)
                return self._applied(function, self.of(argument, box))
        raise Rejected("there is no enclosure of what is no number")

    def _power(self, base: Interval, exponent: Term, box: Box) -> Interval:
        """b^n, b^(p/q) where b is not negative, and b^e = exp(e·log b) where b > 0."""
        known = self.arithmetic
        if isinstance(exponent, Num) and exponent.value.denominator <= LARGEST_DEGREE:
            power = exponent.value
            require(abs(power.numerator) <= LARGEST_BITS, "an exponent is too large for its enclosure")
            if power.denominator > 1:
                base = known.root(base, power.denominator)
            return known.whole_power(base, power.numerator)
        self.fresh.spend(2 * WORK)
        logarithm = known.increasing("log", base)
        return known.increasing("exp", known.rounded(times(self.of(exponent, box), logarithm)))

    def _applied(self, function: str, of: Interval) -> Interval:
        known = self.arithmetic
        match function:
            case "exp" | "log" | "atan" | "erf":
                return known.increasing(function, of)
            case "sin":
                return known.sine(of)
            case "cos":
                return known.cosine(of)
            case "cbrt":
                return known.cube_root(of)
            case "asin":
                return Interval(self._arcsine(of.low).low, self._arcsine(of.high).high)
            case "asinh":
                return Interval(self._area_sine(of.low).low, self._area_sine(of.high).high)
            case "floor":
                return Interval(Fraction(floor(of.low)), Fraction(floor(of.high)))
        raise Rejected(f"there is no enclosure of {function}")

    def _arcsine(self, x: Fraction) -> Interval:
        """asin x = atan(x/√(1 - x²)), and ±π/2 at ±1."""
        known, square = self.arithmetic, 1 - x * x
        if square < 0:
            raise Rejected("the argument of asin may be beyond 1 as far as its enclosure says")
        if square == 0:
            return known.rounded(times(point(x / 2), known.pi))
        root = known.root(point(square), 2)
        return known.increasing("atan", known.rounded(times(point(x), inverted(root))))

    def _area_sine(self, x: Fraction) -> Interval:
        """asinh x = log(x + √(x² + 1)), where x >= 0; it is odd."""
        if x < 0:
            return -self._area_sine(-x)
        root = self.arithmetic.root(point(x * x + 1), 2)
        return self.arithmetic.increasing("log", self.arithmetic.rounded(add(point(x), root)))
