"""Means and integrals in the normal form: both are linear, and what is not random, or without the variable,
goes in front of them.

An integral that exists may so become a sum of those which do not. That does no harm: some linear function on
all functions is the integral where there is one, and for it the two are equal.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from lemmata.kernel import networks
from lemmata.kernel.poly import (
    UNITY,
    Monomial,
    Poly,
    as_term,
    constant,
)
from lemmata.kernel.substitute import mentions, outcome_depends
from lemmata.kernel.terms import (
    Expectation,
    Integral,
    Term,
)

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer


def mean(normalizer: Normalizer, body: Term) -> Poly:
    """E is linear; what is not random goes in front of it. Nothing that is assumed of a random
    variable at one outcome may be used under the mean."""
    inner = normalizer.with_signs(normalizer.signs.without_random())
    return normalizer.add(
        normalizer.scale(_mean_of(normalizer, monomial), coefficient)
        for monomial, coefficient in inner.poly(body).items()
    )


def integral(normalizer: Normalizer, body: Poly, over: Integral) -> Poly:
    """∫ of a polynomial, over the variable and the range of an integral."""
    return normalizer.add(
        normalizer.scale(_integral_of(normalizer, monomial, over), coefficient)
        for monomial, coefficient in body.items()
    )


def _integral_of(normalizer: Normalizer, monomial: Monomial, over: Integral) -> Poly:
    moving = tuple(power for power in monomial if any(mentions(part, over.variable) for part in power))
    fixed = tuple(power for power in monomial if power not in moving)
    inside = replace(over, body=as_term(moving, Fraction(1)))
    return normalizer.product([{fixed: UNITY}, normalizer.atom(normalizer.canonical(inside))])


def is_random(normalizer: Normalizer, power: tuple[Term, Term]) -> bool:
    return any(outcome_depends(part, normalizer.signs.random) for part in power)


def _mean_of(normalizer: Normalizer, monomial: Monomial) -> Poly:
    random = [power for power in monomial if is_random(normalizer, power)]
    fixed = tuple(power for power in monomial if power not in random)
    bound, factors = networks.opened(normalizer, random)
    return normalizer.product(
        [
            {fixed: UNITY},
            networks.contract(
                normalizer, bound, normalizer.add(map(partial(_pulled, normalizer), factors.items()))
            ),
        ]
    )


def _pulled(normalizer: Normalizer, item: tuple[Monomial, Fraction]) -> Poly:
    monomial, coefficient = item
    random = tuple(power for power in monomial if is_random(normalizer, power))
    fixed = tuple(power for power in monomial if not is_random(normalizer, power))
    mean = (
        normalizer.atom(normalizer.canonical(Expectation(as_term(random, Fraction(1)))))
        if random
        else constant(UNITY)
    )
    return normalizer.scale(normalizer.product([{fixed: UNITY}, mean]), coefficient)
