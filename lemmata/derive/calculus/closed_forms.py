"""Primitives that are known in closed form: of exp(w), of powers of sin and cos, of powers of x² + c."""

from __future__ import annotations

from fractions import Fraction

from lemmata.derive.calculus.integrand import Coefficients, Integrand, minus, number, over
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Apply, Mul, Num, Pow, Term

_HALF = Num(Fraction(1, 2))


def times_exponential(f: Integrand, k: int, exp: Term, w: Coefficients) -> Term | None:
    """By parts: (x^j·exp w)' = (j·x^(j-1) + (w₁ + 2·w₂·x)·x^j)·exp w."""
    linear, square = w.get(1, ZERO), w.get(2)
    found: list[Term] = []
    for j in range(k + 1):
        power = Pow(f.x, number(j))
        if square is None:
            before = [minus(Mul((number(j), found[j - 1])))] if j else []
            found.append(over(Add((Mul((power, exp)), *before)), linear))
            continue
        if j == 0:
            start = gaussian(f, w)
            if start is None:
                return None
            found.append(start)
            continue
        parts = [Mul((Pow(f.x, number(j - 1)), exp)), minus(Mul((linear, found[j - 1])))]
        if j > 1:
            parts.append(minus(Mul((number(j - 1), found[j - 2]))))
        found.append(over(Add(tuple(parts)), Mul((number(2), square))))
    return found[k]


def gaussian(f: Integrand, w: Coefficients) -> Term | None:
    """∫ exp(-a·x² + b·x + c) = √(π/a)/2·exp(c + b²/4a)·erf(√a·x - b/(2√a))."""
    a, b, c = f.normalizer.normal(minus(w[2])), w.get(1, ZERO), w.get(0, ZERO)
    if f.sign(a) <= 0:
        return None
    root = Pow(a, _HALF)
    argument = Add((Mul((root, f.x)), minus(over(b, Mul((number(2), root))))))
    height = Apply("exp", 0, Add((c, over(Pow(b, number(2)), Mul((number(4), a))))))
    # √π/2 = √(atan 1)
    return Mul((over(Pow(Apply("atan", 0, ONE), _HALF), root), height, Apply("erf", 0, argument)))


def wave(f: Integrand, angle: Term, speed: Term, sines: int, cosines: int) -> Term | None:
    """∫ sin^m·cos = sin^(m+1)/(m+1);  ∫ sin^m = -sin^(m-1)·cos/m + (m-1)/m·∫ sin^(m-2)."""
    sin, cos = Apply("sin", 0, angle), Apply("cos", 0, angle)
    if cosines == 1:
        return over(Pow(sin, number(sines + 1)), Mul((number(sines + 1), speed)))
    if cosines:
        return None
    if sines == 0:
        return f.x
    last = over(Mul((MINUS_ONE, Pow(sin, number(sines - 1)), cos)), Mul((number(sines), speed)))
    if sines == 1:
        return last
    before = wave(f, angle, speed, sines - 2, 0)
    return None if before is None else Add((last, Mul((number(Fraction(sines - 1, sines)), before))))


def of_square(f: Integrand, a: Term, u: Term, c: Term, exponent: Term) -> Term | None:
    """(a·(u² + c))^p by u, where u' = 1."""
    sign, up = f.sign(c), f.sign(a)
    square = Add((Pow(u, number(2)), c))
    match exponent:
        case Num(value) if value == -1 and sign > 0:
            root = Pow(c, _HALF)
            return over(Apply("atan", 0, over(u, root)), Mul((a, root)))
        case Num(value) if value.denominator == 2 and up > 0:
            outside, root, inside = Pow(a, exponent), Pow(c, _HALF), Pow(square, _HALF)
            found = hyperbolic(u, c, root, inside, value) if sign > 0 else None
        case Num(value) if value.denominator == 2 and up < 0 and sign < 0:
            radius = f.normalizer.normal(minus(c))
            outside = Pow(f.normalizer.normal(minus(a)), exponent)
            inside = Pow(Add((radius, minus(Pow(u, number(2))))), _HALF)
            found = circular(u, radius, Pow(radius, _HALF), inside, value)
        case _:
            return None
    return None if found is None else Mul((outside, found))


def hyperbolic(u: Term, c: Term, root: Term, inside: Term, power: Fraction) -> Term | None:
    """(u² + c)^p for p = 1/2, -1/2, -3/2."""
    angle = Apply("asinh", 0, over(u, root))
    if power == Fraction(1, 2):
        return Mul((_HALF, Add((Mul((u, inside)), Mul((c, angle))))))
    if power == Fraction(-1, 2):
        return angle
    return over(u, Mul((c, inside))) if power == Fraction(-3, 2) else None


def circular(u: Term, c: Term, root: Term, inside: Term, power: Fraction) -> Term | None:
    """(c - u²)^p for p = 1/2, -1/2, -3/2."""
    angle = Apply("asin", 0, over(u, root))
    if power == Fraction(1, 2):
        return Mul((_HALF, Add((Mul((u, inside)), Mul((c, angle))))))
    if power == Fraction(-1, 2):
        return angle
    return over(u, Mul((c, inside))) if power == Fraction(-3, 2) else None
