"""What is integrated: a normal form, as a function of one variable, and small pieces of terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, as_term
from lemmata.kernel.substitute import mentions
from lemmata.kernel.terms import MINUS_ONE, ZERO, Add, Apply, Derivative, Lambda, Mul, Num, Pow, Ref, Term

#: The largest power of the variable in front of an exponential or a sine.
LARGEST_POWER = 12
#: Coefficients of 1, x, x², ...
Coefficients = Mapping[int, Term]


def number(value: int | Fraction) -> Term:
    return Num(Fraction(value))


def minus(term: Term) -> Term:
    return Mul((MINUS_ONE, term))


def over(top: Term, bottom: Term) -> Term:
    return Mul((top, Pow(bottom, MINUS_ONE)))


def is_negative(exponent: Term) -> bool:
    """Whether an exponent is a negative integer."""
    return isinstance(exponent, Num) and exponent.value < 0 and exponent.value.denominator == 1


def put(term: Term, old: Term, new: Term) -> Term:
    """The term with another in the place of one of its parts."""
    if term == old:
        return new
    match term:
        case Add(parts) | Mul(parts):
            return type(term)(tuple(put(part, old, new) for part in parts))
        case Pow(base, exponent):
            return Pow(put(base, old, new), put(exponent, old, new))
        case Apply():
            return replace(term, argument=put(term.argument, old, new))
    return term


@dataclass(frozen=True)
class Integrand:
    """Terms as functions of the variable `name`."""

    normalizer: Normalizer
    name: str

    @property
    def x(self) -> Term:
        return Ref(self.name)

    def moves(self, *terms: Term) -> bool:
        return any(mentions(term, self.name) for term in terms)

    def coefficients(self, term: Term, largest: int) -> Coefficients | None:
        """The coefficients of a polynomial in x."""
        found: dict[int, list[Term]] = {}
        for monomial, value in self.normalizer.poly(term).items():
            degree = dict(monomial).get(self.x, ZERO)
            rest = tuple(power for power in monomial if power[0] != self.x)
            whole = isinstance(degree, Num) and degree.value in range(largest + 1)
            if not whole or self.moves(*(part for power in rest for part in power)):
                return None
            found.setdefault(int(degree.value), []).append(as_term(rest, value))  # type: ignore[union-attr]
        return {degree: self.normalizer.normal(Add(tuple(parts))) for degree, parts in found.items()}

    def degree(self, powers: Monomial) -> int | None:
        """The k of x^k, where a product has no other power of x."""
        degree = dict(powers).get(self.x, ZERO)
        whole = isinstance(degree, Num) and degree.value in range(LARGEST_POWER + 1)
        return int(degree.value) if whole else None  # type: ignore[union-attr]

    def without_x(self, powers: Monomial) -> Monomial:
        return tuple(power for power in powers if power[0] != self.x)

    def sign(self, term: Term) -> int:
        """The sign, where it is manifest."""
        for sign, signed in ((1, term), (-1, minus(term))):
            known = self.normalizer.signs.of(self.normalizer.normal(signed))
            if known.positive:
                return sign
        return 0

    def slope(self, term: Term) -> Term:
        derivative = Derivative(self.name, term, (), Lambda((), self.x))
        return self.normalizer.normal(derivative)

    def exponent(self, base: Term, power: Term) -> Term | None:
        """The w for which b^e is exp(w)."""
        if isinstance(base, Apply) and base.function == "exp" and not self.moves(power):
            return Mul((power, base.argument))
        if not self.moves(base) and self.sign(base) > 0:
            return Mul((power, Apply("log", 0, base)))
        return None

    def constant_ratio(self, top: Term, bottom: Term) -> Term | None:
        """top/bottom, if it is without x."""
        if bottom == ZERO:
            return None
        found = self.normalizer.normal(over(top, bottom))
        return None if self.moves(found) else found

    def with_positive(self, name: str) -> Integrand:
        """The same for another variable, which is positive."""
        signs = self.normalizer.signs
        known = replace(signs, variables={**signs.variables, name: frozenset({"positive"})})
        return Integrand(self.normalizer.with_signs(known), name)
