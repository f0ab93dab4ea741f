"""The rules of limits; in all of them the last binder of the claim, a natural number, grows."""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.certificate import Geometric, Quotient, Squeeze
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment, Unfolding, difference, equivalent, instance, speaks_of
from lemmata.kernel.errors import Rejected
from lemmata.kernel.rules import require
from lemmata.kernel.sign import Sign
from lemmata.kernel.substitute import free_indices
from lemmata.kernel.terms import ONE, ZERO, Add, Count, Index, Mul, Natural, Num, Pow, Term


def squeeze(env: Environment, claim: Statement, by: Squeeze) -> None:
    """What lies between its limit and a sequence with the same limit has that limit.

    L <= a(t)      a(t) <= b(t)      b(t) -> L
    ------------------------------------------      no hypothesis or definition speaks of t
                   a(t) -> L
    """
    require(claim.relation == "->" and len(claim.binders) == 1, "the rule concludes the limit of a number")
    growing = growing_over(env, claim, by.on)
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


def growing_over(env: Environment, claim: Statement, on: str) -> str:
    """The binder of a limit, for which a natural number of the context may be put: it has the same range, and
    nothing is assumed of it."""
    growing, sort = claim.binders[-1]
    minima = dict(env.context.naturals)
    require(on in minima and sort == Natural(minima[on]), f"the limit is not over the range of {on}")
    for label, statement in (*env.context.hypotheses, *env.context.definitions):
        require(not speaks_of(statement, on), f"{label} speaks of {on}, over which the limit is")
    return growing


def geometric(env: Environment, claim: Statement, by: Geometric) -> None:
    """t^k·q^t -> 0 for a natural number k and |q| < 1, which must be manifest; q does not speak of t."""
    require(claim.relation == "->" and claim.right == ZERO, "the rule concludes a limit of 0")
    growing = Index(claim.binders[-1][0])
    power = _without_count(claim.left, Count(growing))
    require(
        isinstance(power, Pow) and power.exponent == Count(growing),
        f"the left side is no power to the {growing}",
    )
    base = power.base if isinstance(power, Pow) else ZERO
    require(growing.name not in free_indices(base), f"the base speaks of {growing}")
    require(_is_small(env, claim, by, base), "the base is not known to lie between -1 and 1")
    env.collect(claim, by.facts)


def _without_count(term: Term, count: Count) -> Term:
    """p for t^k·p, where k is a natural number."""
    match term:
        case Mul((Pow(base, Num(k)), rest)) if base == count and k >= 0 and k.denominator == 1:
            return rest
    return term


def _is_small(env: Environment, claim: Statement, by: Geometric, base: Term) -> bool:
    """Whether 0 <= q < 1, -1 < q < 1 or q² < 1 is manifest."""
    normalizer, plain = env.normalizer(claim.binders, by.facts), Unfolding(())

    def sign(term: Term) -> Sign:
        return plain.sign(term, normalizer)

    above = sign(base).nonnegative or sign(Add((ONE, base))).positive
    within = above and sign(difference(ONE, base)).positive
    return within or sign(difference(ONE, Pow(base, Num(Fraction(2))))).positive


def quotient(env: Environment, claim: Statement, by: Quotient) -> None:
    """N(t)/D(t) -> n_d/d_d for polynomials with rational coefficients, where D has the degree d, and N has no
    larger one."""
    match claim.left, claim.right:
        case Mul((above, Pow(below, Num(power)))), Num(limit) if claim.relation == "->" and power == -1:
            growing = claim.binders[-1][0]
            top, bottom = (_coefficients(env, claim, part, Count(Index(growing))) for part in (above, below))
        case _:
            raise Rejected("the rule concludes the limit of a quotient")
    degree = max(bottom, default=-1)
    require(degree >= 0 and max(top, default=0) <= degree, "the denominator has a smaller degree")
    require(limit == top.get(degree, 0) / bottom[degree], "the limit is not the quotient of what leads")
    env.collect(claim)


def _coefficients(env: Environment, claim: Statement, term: Term, time: Count) -> dict[int, Fraction]:
    """The coefficients, none of which is 0, of a polynomial in t, by their degrees."""
    found: dict[int, Fraction] = {}
    for monomial, value in env.normalizer(claim.binders).poly(term).items():
        match monomial:
            case ():
                found[0] = value
            case ((base, Num(power)),) if base == time and power > 0 and power.denominator == 1:
                found[int(power)] = value
            case _:
                raise Rejected(f"a side of the quotient is no polynomial in {time.index}")
    return found
