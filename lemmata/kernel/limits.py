"""The rules of limits; in all of them the last binder of the claim, a natural number, grows."""

from __future__ import annotations

from lemmata.kernel.certificate import Geometric, Squeeze
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment, Unfolding, difference, equivalent, instance, speaks_of
from lemmata.kernel.rules import require
from lemmata.kernel.substitute import free_indices
from lemmata.kernel.terms import ONE, ZERO, Count, Index, Natural, Pow


def squeeze(env: Environment, claim: Statement, by: Squeeze) -> None:
    """What lies between its limit and a sequence with the same limit has that limit.

    L <= a(t)      a(t) <= b(t)      b(t) -> L
    ------------------------------------------      no hypothesis or definition speaks of t
                   a(t) -> L
    """
    require(claim.relation == "->" and len(claim.binders) == 1, "the rule concludes the limit of a number")
    ((growing, sort),) = claim.binders
    minima = dict(env.context.naturals)
    require(by.on in minima and sort == Natural(minima[by.on]), f"the limit is not over the range of {by.on}")
    for label, statement in (*env.context.hypotheses, *env.context.definitions):
        require(not speaks_of(statement, by.on), f"{label} speaks of {by.on}, over which the limit is")
    below, above = (
        instance(env.premise(p), [(by.on, Index(growing))], env.fresh) for p in (by.below, by.above)
    )
    limit = env.premise(by.limit)
    for name, found, needed in (
        (by.below, below, Statement((), "<=", claim.right, claim.left)),
        (by.above, above, Statement((), "<=", claim.left, above.right)),
        (by.limit, limit, Statement(claim.binders, "->", above.right, claim.right)),
    ):
        same = equivalent(needed, found, env.normalizer(claim.binders))
        require(same, f"{name} is not what is needed")
        env.collect(env.premise(name))
        env.collect(Statement(claim.binders, needed.relation, needed.left, needed.right))
    env.collect(claim)


def geometric(env: Environment, claim: Statement, by: Geometric) -> None:
    """q^t -> 0 for 0 <= q < 1, both of which must be manifest; q does not speak of t."""
    require(claim.relation == "->" and claim.right == ZERO, "the rule concludes a limit of 0")
    growing = Index(claim.binders[-1][0])
    base = claim.left.base if isinstance(claim.left, Pow) else ZERO
    require(claim.left == Pow(base, Count(growing)), f"the left side is no power to the {growing}")
    require(growing.name not in free_indices(base), f"the base speaks of {growing}")
    normalizer, plain = env.normalizer(claim.binders, by.facts), Unfolding(())
    require(plain.sign(base, normalizer).nonnegative, "the base is not known to be >= 0")
    require(plain.sign(difference(ONE, base), normalizer).positive, "the base is not known to be < 1")
    env.collect(claim, by.facts)
