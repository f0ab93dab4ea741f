"""What holds of integers: the floor of a number, and that no integer lies between two neighbours."""

from __future__ import annotations

from lemmata.kernel.certificate import Discrete, Floor
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment, equivalent
from lemmata.kernel.rules import require
from lemmata.kernel.terms import ONE, Add, Apply
from lemmata.kernel.wellformed import scope_of


def floor_law(env: Environment, claim: Statement, by: Floor) -> None:
    """floor(u) <= u   and   u < floor(u) + 1."""
    scope_of(env.context).bind(*claim.binders).check(by.argument)
    whole = Apply("floor", 0, by.argument)
    laws = (
        Statement(claim.binders, "<=", whole, by.argument),
        Statement(claim.binders, "<", by.argument, Add((whole, ONE))),
    )
    normalizer = env.normalizer(claim.binders, by.facts)
    require(any(equivalent(claim, law, normalizer) for law in laws), "the claim is no law of the floor")
    env.collect(claim, by.facts)
    env.collect(laws[1], by.facts)


def discrete(env: Environment, claim: Statement, by: Discrete) -> None:
    """Integers which are not the same differ by 1 at least.

      l < r
    ----------      l and r are manifestly integers
    l + 1 <= r
    """
    premise = env.premise(by.premise)
    require(premise.relation == "<", f"{by.premise} does not say that a number is less than another")
    normalizer = env.normalizer(premise.binders, by.facts)
    sides = (premise.left, premise.right)
    require(all(map(normalizer.signs.integer, sides)), "the sides are not known to be integers")
    concluded = Statement(premise.binders, "<=", Add((premise.left, ONE)), premise.right)
    same = equivalent(claim, concluded, env.normalizer(claim.binders, by.facts))
    require(same, "the claim is not that the sides differ by 1 at least")
    env.collect(claim, by.facts)
    env.collect(premise, by.facts)
