"""Primitives: functions with a given derivative, by the methods of a first course.

A normal form is integrated term by term. What is found is a proposal: the kernel differentiates it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from lemmata.derive.calculus.closed_forms import of_square, times_exponential, wave
from lemmata.derive.calculus.integrand import Coefficients, Integrand, is_negative, minus, number, over, put
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, as_term
from lemmata.kernel.substitute import at_number, subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Apply, Mul, Num, Pow, Ref, Term


def primitive(normalizer: Normalizer, term: Term, variable: str) -> Term | None:
    """A function of the variable whose derivative is the term; None where no method is known."""
    return _Primitives(Integrand(normalizer, variable)).of(term)


@dataclass(frozen=True)
class _Primitives:
    f: Integrand

    def of(self, term: Term, depth: int = 8) -> Term | None:
        parts: list[Term] = []
        for monomial, value in self.f.normalizer.poly(term).items():
            moving = tuple(power for power in monomial if self.f.moves(*power))
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

    def power(self, powers: Monomial, depth: int) -> Term | None:
        """∫ x^p = x^(p+1)/(p+1), or log |x|."""
        if not powers:
            return self.f.x
        if len(powers) > 1 or powers[0][0] != self.f.x or self.f.moves(powers[0][1]):
            return None
        return self.power_of(self.f.x, powers[0][1])

    def power_of(self, base: Term, exponent: Term) -> Term:
        """A primitive of b^p as a function of b."""
        if exponent == MINUS_ONE:
            return Apply("log", 0, minus(base) if self.f.sign(base) < 0 else base)
        more = self.f.normalizer.normal(Add((exponent, ONE)))
        return over(Pow(base, more), more)

    def exponential(self, powers: Monomial, depth: int) -> Term | None:
        """x^k·exp(w), for a polynomial w of degree 1 or 2."""
        others, degree = self.f.without_x(powers), self.f.degree(powers)
        exponents = [self.f.exponent(base, e) for base, e in others]
        if degree is None or not exponents or any(w is None for w in exponents):
            return None
        w = Add(tuple(w for w in exponents if w is not None))
        found = self.f.coefficients(w, 2)
        if found is None or not (found.get(1) or found.get(2)):
            return None
        return times_exponential(self.f, degree, Apply("exp", 0, w), found)

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
        rest = self.of(Mul((first, self.f.slope(second))), depth - 1)
        return None if rest is None else Add((Mul((first, second)), minus(rest)))

    def trigonometric(self, powers: Monomial, depth: int) -> Term | None:
        """Powers of sin and cos of one linear angle, or one of them times a power of x."""
        others, degree = self.f.without_x(powers), self.f.degree(powers)
        if degree is None or not others:
            return None
        waves = [(b.function, b.argument, e) for b, e in others if isinstance(b, Apply)]
        if len(waves) < len(others) or any(w[0] not in ("sin", "cos") or w[1] != waves[0][1] for w in waves):
            return None
        angle = waves[0][1]
        speed = self.f.slope(angle)
        orders = {function: e.value for function, _, e in waves if isinstance(e, Num)}
        if self.f.moves(speed) or len(orders) < len(waves) or any(v % 1 or v < 0 for v in orders.values()):
            return None
        sines, cosines = int(orders.get("sin", 0)), int(orders.get("cos", 0))
        first = wave(self.f, angle, speed, sines, cosines)
        if degree == 0 or first is None:
            return first
        return self.by_parts(first, Pow(self.f.x, number(degree)), depth)

    def inner(self, powers: Monomial, depth: int) -> Term | None:
        """∫ c·b'·b^p as that of b^p, and ∫ c·u'·f(u) for some functions f."""
        for base, exponent in powers:
            if not isinstance(base, Add | Apply) or self.f.moves(exponent):
                continue
            rest = tuple(power for power in powers if power[0] != base)
            ratio = self.f.constant_ratio(as_term(rest, Fraction(1)), self.f.slope(base))
            if ratio is not None:
                return Mul((ratio, self.power_of(base, exponent)))
            if isinstance(base, Apply) and base.function in ("exp", "sin", "cos") and exponent == ONE:
                ratio = self.f.constant_ratio(as_term(rest, Fraction(1)), self.f.slope(base.argument))
                if ratio is not None:
                    return Mul((ratio, self.outer(base)))
        return None

    def outer(self, applied: Apply) -> Term:
        """A primitive of exp, sin or cos as a function of the argument."""
        match applied.function:
            case "sin":
                return minus(Apply("cos", 0, applied.argument))
            case "cos":
                return Apply("sin", 0, applied.argument)
        return applied

    def quadratic(self, powers: Monomial, depth: int) -> Term | None:
        """x^k·(a·x² + b·x + c)^p for some p, by what is known of x² + c."""
        others = self.f.without_x(powers)
        if len(others) != 1 or not isinstance(others[0][1], Num):
            return None
        (base, exponent), degree = others[0], self.f.degree(powers)
        found = self.f.coefficients(base, 2)
        if degree is None or found is None or 2 not in found:
            return None
        if degree >= 2:
            return self.lowered(base, exponent, degree, found, depth)
        a, b, c = found[2], found.get(1, ZERO), found.get(0, ZERO)
        middle = self.f.normalizer.normal(over(b, Mul((number(2), a))))
        u = Add((self.f.x, middle)) if middle != ZERO else self.f.x
        c = self.f.normalizer.normal(Add((over(c, a), minus(Pow(middle, number(2))))))
        if degree == 1:
            # x = u - middle
            square = Mul((number(Fraction(1, 2)), self.power_of(base, exponent), Pow(a, MINUS_ONE)))
            rest = self.quadratic(((base, exponent),), depth - 1) if middle != ZERO else ZERO
            return None if rest is None else Add((square, minus(Mul((middle, rest)))))
        return of_square(self.f, a, u, c, exponent)

    def lowered(
        self, base: Term, exponent: Term, degree: int, found: Coefficients, depth: int
    ) -> Term | None:
        """x^k·B^p = (x^(k-2)·B^(p+1) - x^(k-2)·(b·x + c)·B^p)/a for B = a·x² + b·x + c and p < 0."""
        if not isinstance(exponent, Num) or exponent.value > -1:
            return None
        lower = Pow(self.f.x, number(degree - 2))
        less = Add((Mul((found.get(1, ZERO), self.f.x)), found.get(0, ZERO)))
        higher = Pow(base, Num(exponent.value + 1))
        parts = Add((Mul((lower, higher)), Mul((MINUS_ONE, lower, less, Pow(base, exponent)))))
        return self.of(over(parts, found[2]), depth - 1)

    def pole_at_zero(self, powers: Monomial, depth: int) -> Term | None:
        """x^(-m)·B^p = (x^(-m)·B^(p+1) - x^(-m)·(B - c)·B^p)/c, where B is a polynomial with B(0) = c."""
        others, order = self.f.without_x(powers), dict(powers).get(self.f.x, ZERO)
        if len(others) != 1 or not is_negative(order) or not is_negative(others[0][1]):
            return None
        ((base, power),) = others
        found = self.f.coefficients(base, 4)
        if found is None or 0 not in found:
            return None
        c, pole = found[0], Pow(self.f.x, order)
        higher = Mul((pole, Pow(base, self.f.normalizer.normal(Add((power, ONE))))))
        rest = self.f.normalizer.normal(Add((base, minus(c))))
        parts = Add((higher, Mul((MINUS_ONE, pole, rest, Pow(base, power)))))
        return self.of(over(parts, c), depth - 1)

    def substituted(self, powers: Monomial, depth: int) -> Term | None:
        """∫ R(b^w) = ∫ R(u)/(log b·w'·u) du at u = b^w, for a linear w."""
        term = as_term(powers, Fraction(1))
        for part, speed in dict.fromkeys(self.exponentials(term)):
            u = f"{self.f.name}u"
            inner = put(term, part, Ref(u))
            if self.f.moves(speed, inner) or speed == ZERO:
                continue
            found = _Primitives(self.f.with_positive(u)).of(over(inner, Mul((speed, Ref(u)))), depth - 1)
            if found is not None:
                return at_number(found, u, part, self.f.normalizer.fresh)
        return None

    def shifted(self, powers: Monomial, depth: int) -> Term | None:
        """∫ f(x) = ∫ f((u - b)/a)/a du at u = a·x + b, where a broken power or a logarithm of u occurs."""
        term = as_term(powers, Fraction(1))
        for line in dict.fromkeys(self.lines(term)):
            found, u = self.f.coefficients(line, 1), f"{self.f.name}v"
            if found is None or 1 not in found:
                continue
            x = over(Add((Ref(u), minus(found.get(0, ZERO)))), found[1])
            inner = at_number(term, self.f.name, x, self.f.normalizer.fresh)
            whole = _Primitives(self.f.with_positive(u)).of(over(inner, found[1]), depth - 1)
            if whole is not None:
                return at_number(whole, u, line, self.f.normalizer.fresh)
        return None

    def lines(self, term: Term) -> Iterator[Term]:
        """The sums of which a broken power or the logarithm is taken."""
        for part in subterms(term):
            match part:
                case Pow(Add() as base, Num(value)) if value.denominator > 1 and self.f.moves(base):
                    yield base
                case Apply("log", 0, Add() as base) if self.f.moves(base):
                    yield base

    def exponentials(self, term: Term) -> Iterator[tuple[Term, Term]]:
        """The powers exp(w) and b^w which occur, each with w' or log b·w'."""
        for part in subterms(term):
            match part:
                case Apply("exp", 0, argument) if self.f.moves(argument):
                    yield part, self.f.slope(argument)
                case Pow(base, exponent) if self.f.moves(exponent) and self.f.sign(base) > 0:
                    yield part, self.f.normalizer.normal(Mul((self.f.slope(exponent), Apply("log", 0, base))))
