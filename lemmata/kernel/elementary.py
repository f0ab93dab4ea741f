"""Known functions in the normal form: exp and log here, the others in files of their own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from lemmata.kernel import diagonal, powers, special, trigonometry
from lemmata.kernel.poly import (
    FACTORING,
    UNITY,
    Monomial,
    Poly,
    prime_factors,
)
from lemmata.kernel.terms import ONE, Apply, Determinant, Num, Term

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer


def applied(normalizer: Normalizer, function: str, order: int, argument: Term) -> Poly:
    poly = normalizer.poly(argument)
    laws: dict[str, Callable[[Poly], Poly | None]] = {
        "exp": partial(_exp, normalizer),
        "log": partial(_log, normalizer),
        "sin": partial(trigonometry.sine, normalizer),
        "cos": partial(trigonometry.cosine, normalizer),
        **{name: partial(special.applied, normalizer, name) for name in special.SPECIAL},
    }
    known = laws[function](poly) if function in laws else None
    return normalizer.atom(Apply(function, order, normalizer.term(poly))) if known is None else known


def _exp(normalizer: Normalizer, poly: Poly) -> Poly:
    """exp(Σ c·m) = Π exp(m)^c."""
    return normalizer.product(_exp_of(normalizer, monomial, value) for monomial, value in poly.items())


def _exp_of(normalizer: Normalizer, monomial: Monomial, value: Fraction) -> Poly:
    """exp(c·m·log b) = b^(c·m)."""
    logs = [base for base, exponent in monomial if isinstance(base, Apply) and base.function == "log"]
    if len(logs) == 1 and (logs[0], ONE) in monomial:
        rest = tuple(power for power in monomial if power[0] is not logs[0])
        return normalizer.power(normalizer.poly(logs[0].argument), {rest: value})
    return normalizer.collect([(Apply("exp", 0, normalizer.term({monomial: UNITY})), Num(value))])


def _log(normalizer: Normalizer, poly: Poly) -> Poly | None:
    """log(c·Π b^e) = log c + Σ e·log b, where every b is known to be positive; of a sum, for the powers
    of what is positive that are common to its terms."""
    if len(poly) > 1:
        return _log_of_sum(normalizer, poly)
    if not poly:
        return None
    ((monomial, value),) = poly.items()
    if value <= 0 or not all(normalizer.signs.of(base).positive for base, _ in monomial):
        return None
    normalizer.fresh.spend(FACTORING)
    numbers = [*prime_factors(value.numerator), *((p, -k) for p, k in prime_factors(value.denominator))]
    logs = [
        normalizer.scale(normalizer.atom(Apply("log", 0, Num(Fraction(p)))), Fraction(k)) for p, k in numbers
    ]
    return normalizer.add(
        [*logs, *(normalizer.product([normalizer.poly(e), _log_of(normalizer, b)]) for b, e in monomial)]
    )


def _log_of_sum(normalizer: Normalizer, poly: Poly) -> Poly | None:
    """log(c·b^e·s) = log c + e·log b + log s, for a number c > 0, where b is known to be positive."""
    content = abs(poly[min(poly, key=normalizer.monomial_order)])
    if content != 1:
        parts = (Num(content), normalizer.term(normalizer.scale(poly, 1 / content)))
        return normalizer.add(normalizer.poly(Apply("log", 0, part)) for part in parts)
    common = powers.common_positive(normalizer, poly)
    if not common:
        return None
    rest = powers.without(normalizer, poly, common)
    inside = normalizer.add(
        normalizer.product([normalizer.poly(exponent), _log_of(normalizer, base)])
        for base, exponent in common
    )
    known = _log(normalizer, rest) if len(rest) == 1 else None
    outside = normalizer.atom(Apply("log", 0, normalizer.term(rest))) if known is None else known
    return normalizer.add([inside, outside])


def _log_of(normalizer: Normalizer, base: Term) -> Poly:
    if isinstance(base, Apply) and base.function == "exp":
        return normalizer.poly(base.argument)
    known = diagonal.logarithm(normalizer, base) if isinstance(base, Determinant) else None
    return normalizer.atom(Apply("log", 0, base)) if known is None else known
