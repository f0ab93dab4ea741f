"""How a term behaves as a positive variable tends to 0: its limit, and its sign from some point on.

What is said holds of a term which is defined for all values of the variable that are small enough; that it
is has to be seen otherwise (see `real_limits`). A limit is a term without the variable, +∞ or -∞; some terms
are only known to stay bounded. Nothing is searched for: the known functions are continuous,

    c + ∞ = ∞      c·∞ = ±∞ for c != 0      1/0 = ±∞ and 1/∞ = 0      b^e = exp(e·log b)
    exp(-∞) = 0    log 0 = -∞               0·(what is bounded) = 0   u^p·exp(-u) -> 0 as u -> ∞
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from lemmata.kernel.environment import Unfolding, difference
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.odd import ODD
from lemmata.kernel.poly import as_term
from lemmata.kernel.signs import Sign
from lemmata.kernel.substitute import mentions, subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Apply, Mul, Num, Pow, Ref, Sum, Term

FINITE, INFINITE, BOUNDED, UNKNOWN = "finite", "infinite", "bounded", "unknown"
#: Known functions which are continuous wherever they are defined, and their limits at +∞; those of odd
#: functions at -∞ are the opposite.
CONTINUOUS = frozenset(["exp", "sin", "cos", "atan", "asin", "asinh", "acosh", "erf", "cbrt"])
GROWING = frozenset(["exp", "log", "asinh", "acosh", "cbrt", "floor"])
_HALF_PI = Mul((Num(Fraction(2)), Apply("atan", 0, ONE)))


@dataclass(frozen=True)
class Germ:
    """A limit: `value` where it is finite, `sign` where it is infinite."""

    kind: str
    value: Term = ZERO
    sign: int = 0

    @property
    def is_bounded(self) -> bool:
        return self.kind in (FINITE, BOUNDED)


NO_GERM = Germ(UNKNOWN)


@dataclass
class Germs:
    """The behaviour of terms as `variable`, which the normal forms know to be positive, tends to 0. Of some
    terms the limit is known already."""

    normalizer: Normalizer
    variable: str
    known: Sequence[tuple[Term, Term]] = ()
    _found: dict[Term, Germ] = field(default_factory=dict)

    def of(self, term: Term) -> Germ:
        """The limit of a term."""
        if term not in self._found:
            self.normalizer.fresh.spend()
            self._found[term] = self._of(term)
        return self._found[term]

    def sign(self, term: Term) -> int:
        """1 or -1 where a term is positive, or negative, from some point on; else 0."""
        found = self._manifest(term)
        if found or not mentions(term, self.variable):
            return found
        match term:
            case Add(parts):
                found = self._common(map(self.sign, parts)) or self._lowest(term)
            case Mul(parts):
                found = prod(map(self.sign, parts))
            case Pow(base, Num(value)) if value.denominator == 1:
                found = self.sign(base) ** abs(value.numerator)
            case Apply(function, 0, argument) if function in ODD or self._is_small_sine(term):
                found = self.sign(argument)
        if found:
            return found
        limit = self.of(term)
        return self._manifest(limit.value) if limit.kind == FINITE else limit.sign

    def _lowest(self, term: Term) -> int:
        """The sign of the coefficient of the lowest power, in a sum of powers of the variable."""
        h, parts = Ref(self.variable), dict[Fraction, list[Term]]()
        for monomial, value in self.normalizer.poly(term).items():
            order = dict(monomial).get(h, ZERO)
            rest = as_term(tuple(power for power in monomial if power[0] != h), value)
            if mentions(rest, self.variable) or not isinstance(order, Num):
                return 0
            parts.setdefault(order.value, []).append(rest)
        return self._manifest(Add(tuple(parts[min(parts)]))) if parts else 0

    def _manifest(self, term: Term) -> int:
        """The sign, where it is manifest."""
        if self._known_sign(term).positive:
            return 1
        return -1 if self._known_sign(Mul((MINUS_ONE, term))).positive else 0

    def _known_sign(self, term: Term) -> Sign:
        return Unfolding(()).sign(term, self.normalizer)

    def _is_small_sine(self, term: Apply) -> bool:
        return term.function == "sin" and self._is_zero(self.of(term.argument))

    def _common(self, signs: Iterable[int]) -> int:
        """The sign which all of them have."""
        found = set(signs)
        return found.pop() if len(found) == 1 else 0

    def _is_zero(self, germ: Germ) -> bool:
        return germ.kind == FINITE and self.normalizer.is_zero(germ.value)

    def _of(self, term: Term) -> Germ:
        if not mentions(term, self.variable):
            return Germ(FINITE, term)
        for body, value in self.known:
            if self.normalizer.is_zero(difference(term, body)):
                return Germ(FINITE, value)
        match term:
            case Ref():
                return Germ(FINITE, ZERO)
            case Add(parts):
                return self._sum(term, [self.of(part) for part in parts])
            case Mul(factors):
                return self._product(factors, [self.of(factor) for factor in factors])
            case Pow(base, exponent) if mentions(exponent, self.variable):
                return self.of(Apply("exp", 0, Mul((exponent, Apply("log", 0, base)))))
            case Pow(base, exponent):
                return self._power(base, exponent, self.of(base))
            case Sum(index, dim, body):
                inner = self.of(body)
                return Germ(FINITE, Sum(index, dim, inner.value)) if inner.kind == FINITE else NO_GERM
            case Apply(function, 0, argument):
                return self._applied(function, argument, self.of(argument))
        return NO_GERM

    def _sum(self, term: Term, germs: list[Germ]) -> Germ:
        signs = {germ.sign for germ in germs if germ.kind == INFINITE}
        if any(germ.kind == UNKNOWN for germ in germs) or len(signs) > 1:
            return Germ(BOUNDED) if self._is_fractional(term) else NO_GERM
        if signs:
            return Germ(INFINITE, sign=signs.pop())
        if all(germ.kind == FINITE for germ in germs):
            return Germ(FINITE, Add(tuple(germ.value for germ in germs)))
        return Germ(BOUNDED)

    def _is_fractional(self, term: Term) -> bool:
        """Whether a term is u - ⌊u⌋."""
        floors = (part for part in subterms(term) if isinstance(part, Apply) and part.function == "floor")
        return any(
            self.normalizer.is_zero(difference(term, difference(floor.argument, floor))) for floor in floors
        )

    def _product(self, factors: tuple[Term, ...], germs: list[Germ]) -> Germ:
        infinite = [germ.kind == INFINITE for germ in germs]
        if all(germ.is_bounded for germ in germs):
            if all(germ.kind == FINITE for germ in germs):
                return Germ(FINITE, Mul(tuple(germ.value for germ in germs)))
            return Germ(FINITE, ZERO) if any(map(self._is_zero, germs)) else Germ(BOUNDED)
        if any(infinite):
            away = (self._away_from_zero(germ) for germ in germs)
            sign = prod(away)
            if sign:
                return Germ(INFINITE, sign=sign)
        return Germ(FINITE, ZERO) if self._is_dominated(factors) else NO_GERM

    def _away_from_zero(self, germ: Germ) -> int:
        """The sign of a limit which is not 0."""
        if germ.kind == FINITE:
            return self._manifest(germ.value)
        return germ.sign

    def _is_dominated(self, factors: tuple[Term, ...]) -> bool:
        """Whether a product is u^p·exp(-u), where u tends to ∞."""
        if len(factors) != 2:
            return False
        for power, other in (factors, factors[::-1]):
            base, exponent = (power.base, power.exponent) if isinstance(power, Pow) else (power, ONE)
            if isinstance(other, Apply) and other.function == "exp" and not mentions(exponent, self.variable):
                opposite = self.normalizer.is_zero(Add((base, other.argument)))
                if opposite and self.of(base) == Germ(INFINITE, sign=1):
                    return True
        return False

    def _power(self, base: Term, exponent: Term, limit: Germ) -> Germ:
        """A power with a fixed exponent: of what is >= 0 unless the exponent is an integer."""
        natural = self.normalizer.signs.natural(exponent)
        whole = natural or (isinstance(exponent, Num) and exponent.value.denominator == 1)
        rises = self._manifest(exponent)
        if self._is_zero(limit) and rises > 0:
            return Germ(FINITE, ZERO)
        if limit.kind == FINITE:
            if natural or self._manifest(limit.value) > 0 or (whole and self._manifest(limit.value)):
                return Germ(FINITE, Pow(limit.value, exponent))
            if isinstance(exponent, Num) and exponent.value > 0:
                return Germ(FINITE, Pow(limit.value, exponent))
            return self._pole(base, exponent) if self._is_zero(limit) and rises < 0 else NO_GERM
        if limit.kind == INFINITE and rises < 0:
            return Germ(FINITE, ZERO)
        if limit.kind == INFINITE and rises > 0 and (limit.sign > 0 or isinstance(exponent, Num)):
            return Germ(INFINITE, sign=self._parity(limit.sign, exponent))
        return Germ(BOUNDED) if limit.kind == BOUNDED and natural else NO_GERM

    def _pole(self, base: Term, exponent: Term) -> Germ:
        """A negative power of what tends to 0; if even, it is +∞."""
        if not isinstance(exponent, Num) or exponent.value.denominator > 1 or exponent.value % 2 == 0:
            return Germ(INFINITE, sign=1)
        sign = self.sign(base)
        return Germ(INFINITE, sign=sign) if sign else NO_GERM

    def _parity(self, sign: int, exponent: Term) -> int:
        odd = isinstance(exponent, Num) and exponent.value % 2 != 0
        return sign if odd else 1

    def _applied(self, function: str, argument: Term, limit: Germ) -> Germ:
        if function == "sign":
            sign = self.sign(argument)
            return Germ(FINITE, Num(Fraction(sign))) if sign else Germ(BOUNDED)
        if limit.kind == FINITE:
            return self._at_number(function, limit)
        if limit.kind == INFINITE:
            return self._at_infinity(function, limit.sign)
        if function in ("sin", "cos", "atan", "erf") or (function == "exp" and limit.kind == BOUNDED):
            return Germ(BOUNDED)
        return NO_GERM

    def _at_number(self, function: str, limit: Germ) -> Germ:
        """A function near a number; the logarithm near 0 and the gamma function near positive numbers."""
        if function in CONTINUOUS:
            return Germ(FINITE, Apply(function, 0, limit.value))
        if function in ("log", "gamma", "lgamma") and self._manifest(limit.value) > 0:
            return Germ(FINITE, Apply(function, 0, limit.value))
        if function == "log" and self._is_zero(limit):
            return Germ(INFINITE, sign=-1)
        return Germ(BOUNDED) if function == "floor" else NO_GERM

    def _at_infinity(self, function: str, sign: int) -> Germ:
        if function == "exp" and sign < 0:
            return Germ(FINITE, ZERO)
        if function in GROWING:
            return Germ(INFINITE, sign=sign)
        if function in ("atan", "erf"):
            value = _HALF_PI if function == "atan" else ONE
            return Germ(FINITE, Mul((Num(Fraction(sign)), value)))
        return Germ(BOUNDED) if function in ("sin", "cos") else NO_GERM
