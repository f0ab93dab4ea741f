"""Primitives: functions with a given derivative, by the methods of a first course.

A normal form is integrated term by term. What is found is a proposal: the kernel differentiates it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, as_term
from lemmata.kernel.substitute import at_number, mentions, subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Derivative,
    Lambda,
    Mul,
    Num,
    Pow,
    Ref,
    Term,
)

#: The largest power of the variable in front of an exponential or a sine.
LARGEST_POWER = 12
_HALF = Num(Fraction(1, 2))
#: Coefficients of 1, x, x², ...
Coefficients = dict[int, Term]


def primitive(normalizer: Normalizer, term: Term, variable: str) -> Term | None:
    """A function of the variable whose derivative is the term; None where no method is known."""
    return _Primitives(normalizer, variable).of(term)


def _number(value: int | Fraction) -> Term:
    return Num(Fraction(value))


def _minus(term: Term) -> Term:
    return Mul((MINUS_ONE, term))


def _over(top: Term, bottom: Term) -> Term:
    return Mul((top, Pow(bottom, MINUS_ONE)))


@dataclass(frozen=True)
class _Primitives:
    normalizer: Normalizer
    name: str

    @property
    def x(self) -> Term:
        return Ref(self.name)

    def moves(self, *terms: Term) -> bool:
        return any(mentions(term, self.name) for term in terms)

    def of(self, term: Term, depth: int = 8) -> Term | None:
        parts: list[Term] = []
        for monomial, value in self.normalizer.poly(term).items():
            moving = tuple(power for power in monomial if self.moves(*power))
            fixed = tuple(power for power in monomial if power not in moving)
            found = self.of_product(moving, depth)
            if found is None:
                return None
            parts.append(Mul((as_term(fixed, value), found)))
        return Add(tuple(parts))

    def of_product(self, powers: Monomial, depth: int) -> Term | None:
        """A primitive of a product of powers, each of which moves."""
        if depth < 0:
            return None
        methods: tuple[Callable[[Monomial, int], Term | None], ...] = (
            self.power,
            self.exponential,
            self.logarithm,
            self.trigonometric,
            self.inner,
            self.quadratic,
            self.pole_at_zero,
            self.substituted,
            self.shifted,
        )
        for method in methods:
            found = method(powers, depth)
            if found is not None:
                return found
        return None

    # -- what a product is made of ---------------------------------------------------------------------

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
        for sign, signed in ((1, term), (-1, _minus(term))):
            known = self.normalizer.signs.of(self.normalizer.normal(signed))
            if known.positive:
                return sign
        return 0

    def slope(self, term: Term) -> Term:
        derivative = Derivative(self.name, term, (), Lambda((), self.x))
        return self.normalizer.normal(derivative)

    # -- the methods -------------------------------------------------------------------------------------

    def power(self, powers: Monomial, depth: int) -> Term | None:
        """∫ x^p = x^(p+1)/(p+1), or log |x|."""
        if not powers:
            return self.x
        if len(powers) > 1 or powers[0][0] != self.x or self.moves(powers[0][1]):
            return None
        return self.power_of(self.x, powers[0][1])

    def power_of(self, base: Term, exponent: Term) -> Term:
        """A primitive of b^p as a function of b."""
        if exponent == MINUS_ONE:
            return Apply("log", 0, _minus(base) if self.sign(base) < 0 else base)
        more = self.normalizer.normal(Add((exponent, ONE)))
        return _over(Pow(base, more), more)

    def exponential(self, powers: Monomial, depth: int) -> Term | None:
        """x^k·exp(w), for a polynomial w of degree 1 or 2."""
        others, degree = self.without_x(powers), self.degree(powers)
        exponents = [self.exponent(base, e) for base, e in others]
        if degree is None or not exponents or any(w is None for w in exponents):
            return None
        w = Add(tuple(w for w in exponents if w is not None))
        found = self.coefficients(w, 2)
        if found is None or not (found.get(1) or found.get(2)):
            return None
        return self.times_exponential(degree, Apply("exp", 0, w), found)

    def exponent(self, base: Term, power: Term) -> Term | None:
        """The w for which b^e is exp(w)."""
        if isinstance(base, Apply) and base.function == "exp" and not self.moves(power):
            return Mul((power, base.argument))
        if not self.moves(base) and self.sign(base) > 0:
            return Mul((power, Apply("log", 0, base)))
        return None

    def times_exponential(self, k: int, exp: Term, w: Coefficients) -> Term | None:
        """By parts: (x^j·exp w)' = (j·x^(j-1) + (w₁ + 2·w₂·x)·x^j)·exp w."""
        linear, square = w.get(1, ZERO), w.get(2)
        found: list[Term] = []
        for j in range(k + 1):
            power = Pow(self.x, _number(j))
            if square is None:
                before = [_minus(Mul((_number(j), found[j - 1])))] if j else []
                found.append(_over(Add((Mul((power, exp)), *before)), linear))
                continue
            if j == 0:
                start = self.gaussian(w)
                if start is None:
                    return None
                found.append(start)
                continue
            parts = [Mul((Pow(self.x, _number(j - 1)), exp)), _minus(Mul((linear, found[j - 1])))]
            if j > 1:
                parts.append(_minus(Mul((_number(j - 1), found[j - 2]))))
            found.append(_over(Add(tuple(parts)), Mul((_number(2), square))))
        return found[k]

    def gaussian(self, w: Coefficients) -> Term | None:
        """∫ exp(-a·x² + b·x + c) = √(π/a)/2·exp(c + b²/4a)·erf(√a·x - b/(2√a))."""
        a, b, c = self.normalizer.normal(_minus(w[2])), w.get(1, ZERO), w.get(0, ZERO)
        if self.sign(a) <= 0:
            return None
        root = Pow(a, _HALF)
        argument = Add((Mul((root, self.x)), _minus(_over(b, Mul((_number(2), root))))))
        height = Apply("exp", 0, Add((c, _over(Pow(b, _number(2)), Mul((_number(4), a))))))
        # √π/2 = √(atan 1)
        return Mul((_over(Pow(Apply("atan", 0, ONE), _HALF), root), height, Apply("erf", 0, argument)))

    def logarithm(self, powers: Monomial, depth: int) -> Term | None:
        """x^p·log(b·x)^k by parts."""
        logs = [(b, e) for b, e in powers if isinstance(b, Apply) and b.function == "log"]
        if len(logs) != 1 or not isinstance(logs[0][1], Num) or logs[0][1].value not in range(1, 5):
            return None
        others = tuple(power for power in powers if power != logs[0])
        first = self.of_product(others, depth - 1)
        return None if first is None else self.by_parts(first, Pow(*logs[0]), depth)

    def by_parts(self, first: Term, second: Term, depth: int) -> Term | None:
        """∫ F'·g = F·g - ∫ F·g'."""
        rest = self.of(Mul((first, self.slope(second))), depth - 1)
        return None if rest is None else Add((Mul((first, second)), _minus(rest)))

    def trigonometric(self, powers: Monomial, depth: int) -> Term | None:
        """Powers of sin and cos of one linear angle, or one of them times a power of x."""
        others, degree = self.without_x(powers), self.degree(powers)
        if degree is None or not others:
            return None
        waves = [(b.function, b.argument, e) for b, e in others if isinstance(b, Apply)]
        if len(waves) < len(others) or any(w[0] not in ("sin", "cos") or w[1] != waves[0][1] for w in waves):
            return None
        angle = waves[0][1]
        speed = self.slope(angle)
        orders = {function: e.value for function, _, e in waves if isinstance(e, Num)}
        if self.moves(speed) or len(orders) < len(waves) or any(v % 1 or v < 0 for v in orders.values()):
            return None
        sines, cosines = int(orders.get("sin", 0)), int(orders.get("cos", 0))
        first = self.wave(angle, speed, sines, cosines)
        if degree == 0 or first is None:
            return first
        return self.by_parts(first, Pow(self.x, _number(degree)), depth)

    def wave(self, angle: Term, speed: Term, sines: int, cosines: int) -> Term | None:
        """∫ sin^m·cos = sin^(m+1)/(m+1);  ∫ sin^m = -sin^(m-1)·cos/m + (m-1)/m·∫ sin^(m-2)."""
        sin, cos = Apply("sin", 0, angle), Apply("cos", 0, angle)
        if cosines == 1:
            return _over(Pow(sin, _number(sines + 1)), Mul((_number(sines + 1), speed)))
        if cosines:
            return None
        if sines == 0:
            return self.x
        last = _over(Mul((MINUS_ONE, Pow(sin, _number(sines - 1)), cos)), Mul((_number(sines), speed)))
        if sines == 1:
            return last
        before = self.wave(angle, speed, sines - 2, 0)
        return None if before is None else Add((last, Mul((_number(Fraction(sines - 1, sines)), before))))

    def inner(self, powers: Monomial, depth: int) -> Term | None:
        """∫ c·b'·b^p as that of b^p, and ∫ c·u'·f(u) for some functions f."""
        for base, exponent in powers:
            if not isinstance(base, Add | Apply) or self.moves(exponent):
                continue
            rest = tuple(power for power in powers if power[0] != base)
            ratio = self.constant_ratio(as_term(rest, Fraction(1)), self.slope(base))
            if ratio is not None:
                return Mul((ratio, self.power_of(base, exponent)))
            if isinstance(base, Apply) and base.function in ("exp", "sin", "cos") and exponent == ONE:
                ratio = self.constant_ratio(as_term(rest, Fraction(1)), self.slope(base.argument))
                if ratio is not None:
                    return Mul((ratio, self.outer(base)))
        return None

    def outer(self, applied: Apply) -> Term:
        """A primitive of exp, sin or cos as a function of the argument."""
        match applied.function:
            case "sin":
                return _minus(Apply("cos", 0, applied.argument))
            case "cos":
                return Apply("sin", 0, applied.argument)
        return applied

    def constant_ratio(self, top: Term, bottom: Term) -> Term | None:
        """top/bottom, if it is without x."""
        if bottom == ZERO:
            return None
        found = self.normalizer.normal(_over(top, bottom))
        return None if self.moves(found) else found

    def quadratic(self, powers: Monomial, depth: int) -> Term | None:
        """x^k·(a·x² + b·x + c)^p for some p, by what is known of x² + c."""
        others = self.without_x(powers)
        if len(others) != 1 or not isinstance(others[0][1], Num):
            return None
        (base, exponent), degree = others[0], self.degree(powers)
        found = self.coefficients(base, 2)
        if degree is None or found is None or 2 not in found:
            return None
        if degree >= 2:
            return self.lowered(base, exponent, degree, found, depth)
        a, b, c = found[2], found.get(1, ZERO), found.get(0, ZERO)
        middle = self.normalizer.normal(_over(b, Mul((_number(2), a))))
        u = Add((self.x, middle)) if middle != ZERO else self.x
        c = self.normalizer.normal(Add((_over(c, a), _minus(Pow(middle, _number(2))))))
        if degree == 1:
            # x = u - middle
            square = Mul((_number(Fraction(1, 2)), self.power_of(base, exponent), Pow(a, MINUS_ONE)))
            rest = self.quadratic(((base, exponent),), depth - 1) if middle != ZERO else ZERO
            return None if rest is None else Add((square, _minus(Mul((middle, rest)))))
        return self.of_square(a, u, c, exponent)

    def lowered(
        self, base: Term, exponent: Term, degree: int, found: Coefficients, depth: int
    ) -> Term | None:
        """x^k·B^p = (x^(k-2)·B^(p+1) - x^(k-2)·(b·x + c)·B^p)/a for B = a·x² + b·x + c and p < 0."""
        if not isinstance(exponent, Num) or exponent.value > -1:
            return None
        lower = Pow(self.x, _number(degree - 2))
        less = Add((Mul((found.get(1, ZERO), self.x)), found.get(0, ZERO)))
        higher = Pow(base, Num(exponent.value + 1))
        parts = Add((Mul((lower, higher)), Mul((MINUS_ONE, lower, less, Pow(base, exponent)))))
        return self.of(_over(parts, found[2]), depth - 1)

    def of_square(self, a: Term, u: Term, c: Term, exponent: Term) -> Term | None:
        """(a·(u² + c))^p by u, where u' = 1."""
        sign, up = self.sign(c), self.sign(a)
        square = Add((Pow(u, _number(2)), c))
        match exponent:
            case Num(value) if value == -1 and sign > 0:
                root = Pow(c, _HALF)
                return _over(Apply("atan", 0, _over(u, root)), Mul((a, root)))
            case Num(value) if value.denominator == 2 and up > 0:
                outside, root, inside = Pow(a, exponent), Pow(c, _HALF), Pow(square, _HALF)
                found = self.hyperbolic(u, c, root, inside, value) if sign > 0 else None
            case Num(value) if value.denominator == 2 and up < 0 and sign < 0:
                radius = self.normalizer.normal(_minus(c))
                outside = Pow(self.normalizer.normal(_minus(a)), exponent)
                inside = Pow(Add((radius, _minus(Pow(u, _number(2))))), _HALF)
                found = self.circular(u, radius, Pow(radius, _HALF), inside, value)
            case _:
                return None
        return None if found is None else Mul((outside, found))

    def hyperbolic(self, u: Term, c: Term, root: Term, inside: Term, power: Fraction) -> Term | None:
        """(u² + c)^p for p = 1/2, -1/2, -3/2."""
        angle = Apply("asinh", 0, _over(u, root))
        if power == Fraction(1, 2):
            return Mul((_HALF, Add((Mul((u, inside)), Mul((c, angle))))))
        if power == Fraction(-1, 2):
            return angle
        return _over(u, Mul((c, inside))) if power == Fraction(-3, 2) else None

    def circular(self, u: Term, c: Term, root: Term, inside: Term, power: Fraction) -> Term | None:
        """(c - u²)^p for p = 1/2, -1/2, -3/2."""
        angle = Apply("asin", 0, _over(u, root))
        if power == Fraction(1, 2):
            return Mul((_HALF, Add((Mul((u, inside)), Mul((c, angle))))))
        if power == Fraction(-1, 2):
            return angle
        return _over(u, Mul((c, inside))) if power == Fraction(-3, 2) else None

    def pole_at_zero(self, powers: Monomial, depth: int) -> Term | None:
        """x^(-m)·B^p = (x^(-m)·B^(p+1) - x^(-m)·(B - c)·B^p)/c, where B is a polynomial with B(0) = c."""
        others, order = self.without_x(powers), dict(powers).get(self.x, ZERO)
        if len(others) != 1 or not _is_negative(order) or not _is_negative(others[0][1]):
            return None
        ((base, power),) = others
        found = self.coefficients(base, 4)
        if found is None or 0 not in found:
            return None
        c, pole = found[0], Pow(self.x, order)
        higher = Mul((pole, Pow(base, self.normalizer.normal(Add((power, ONE))))))
        rest = self.normalizer.normal(Add((base, _minus(c))))
        parts = Add((higher, Mul((MINUS_ONE, pole, rest, Pow(base, power)))))
        return self.of(_over(parts, c), depth - 1)

    def substituted(self, powers: Monomial, depth: int) -> Term | None:
        """∫ R(b^w) = ∫ R(u)/(log b·w'·u) du at u = b^w, for a linear w."""
        term = as_term(powers, Fraction(1))
        for part, speed in dict.fromkeys(self.exponentials(term)):
            u = f"{self.name}u"
            inner = _put(term, part, Ref(u))
            if self.moves(speed, inner) or speed == ZERO:
                continue
            found = self.over(u).of(_over(inner, Mul((speed, Ref(u)))), depth - 1)
            if found is not None:
                return at_number(found, u, part, self.normalizer.fresh)
        return None

    def shifted(self, powers: Monomial, depth: int) -> Term | None:
        """∫ f(x) = ∫ f((u - b)/a)/a du at u = a·x + b, where a broken power or a logarithm of u occurs."""
        term = as_term(powers, Fraction(1))
        for line in dict.fromkeys(self.lines(term)):
            found, u = self.coefficients(line, 1), f"{self.name}v"
            if found is None or 1 not in found:
                continue
            x = _over(Add((Ref(u), _minus(found.get(0, ZERO)))), found[1])
            inner = at_number(term, self.name, x, self.normalizer.fresh)
            whole = self.over(u).of(_over(inner, found[1]), depth - 1)
            if whole is not None:
                return at_number(whole, u, line, self.normalizer.fresh)
        return None

    def over(self, u: str) -> _Primitives:
        """The same with a positive variable."""
        signs = self.normalizer.signs
        known = replace(signs, variables={**signs.variables, u: frozenset({"positive"})})
        return _Primitives(self.normalizer.with_signs(known), u)

    def lines(self, term: Term) -> Iterator[Term]:
        """The sums of which a broken power or the logarithm is taken."""
        for part in subterms(term):
            match part:
                case Pow(Add() as base, Num(value)) if value.denominator > 1 and self.moves(base):
                    yield base
                case Apply("log", 0, Add() as base) if self.moves(base):
                    yield base

    def exponentials(self, term: Term) -> Iterator[tuple[Term, Term]]:
        """The powers exp(w) and b^w which occur, each with w' or log b·w'."""
        for part in subterms(term):
            match part:
                case Apply("exp", 0, argument) if self.moves(argument):
                    yield part, self.slope(argument)
                case Pow(base, exponent) if self.moves(exponent) and self.sign(base) > 0:
                    yield part, self.normalizer.normal(Mul((self.slope(exponent), Apply("log", 0, base))))


def _is_negative(exponent: Term) -> bool:
    """Whether an exponent is a negative integer."""
    return isinstance(exponent, Num) and exponent.value < 0 and exponent.value.denominator == 1


def _put(term: Term, old: Term, new: Term) -> Term:
    """The term with another in the place of one of its parts."""
    if term == old:
        return new
    match term:
        case Add(parts) | Mul(parts):
            return type(term)(tuple(_put(part, old, new) for part in parts))
        case Pow(base, exponent):
            return Pow(_put(base, old, new), _put(exponent, old, new))
        case Apply():
            return replace(term, argument=_put(term.argument, old, new))
    return term
