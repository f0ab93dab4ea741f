"""Means in the normal form: E is linear, and what is not random goes in front of it."""

from __future__ import annotations

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
from lemmata.kernel.substitute import outcome_depends
from lemmata.kernel.terms import (
    Expectation,
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
