"""The rules that conclude from equations and inequalities. Each raises Rejected where it does not apply.

Every rule also leaves the conditions of definedness of all that it mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from lemmata.kernel.certificate import Combine, Congruence, InverseLaw, Monotone, Tangent, Use
from lemmata.kernel.composite import square
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment, Unfolding, difference, equivalent, instance
from lemmata.kernel.errors import IllFormed, Rejected
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.signs import Sign
from lemmata.kernel.substitute import Substitution, mentions, subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Call,
    Derivative,
    Expectation,
    Index,
    Inverse,
    Lambda,
    Mul,
    Natural,
    Num,
    Pow,
    Sum,
    Term,
)
from lemmata.kernel.values import sign_at_values, vanishes
from lemmata.kernel.wellformed import Scope, scope_of

HIDDEN = "the hole is below a derivative or a mean"


def require(condition: bool, message: str) -> None:
    """Raise Rejected unless the condition holds."""
    if not condition:
        raise Rejected(message)


def combine(env: Environment, claim: Statement, by: Combine) -> None:
    """Linear combination of premises.

        l1 R1 r1   ...   lk Rk rk      right - left  =  Σ_k Σ_indices c_k·(r_k - l_k) + s
        ---------------------------------------------------------------------------------
                                     left R right

    `=` needs every R_k to be `=`, and s = 0. `<=` needs c_k >= 0 where R_k is an inequality, and s >= 0.
    `<` needs besides s > 0, or a premise `<` with c_k > 0. `!=` needs one premise `!=`, not summed, with
    c_k != 0 and the others `=` and s = 0; or only `=` and s != 0. Signs must be manifest. The equation
    is decided by normal form, after unfolding the definitions named; an index over a numeric dimension may
    be looked at value by value, for the equation and for the sign of s (see `values`).
    """
    normalizer, unfolding = env.normalizer(claim.binders, by.facts), env.unfolding(by.unfold)
    require(claim.relation != "->", "a limit is no linear combination")
    scope = scope_of(env.context).bind(*claim.binders)
    scope.check(by.slack)
    parts = [_weighted(env, scope, use) for use in by.using]
    total = _total(claim, by, parts)
    message = "the two sides do not differ by what the premises give"
    # What is the same as written is not unfolded.
    plain = normalizer.is_zero(total if by.unfold else _with_normal_premises(env, claim, by, parts))
    require(plain or vanishes(normalizer, claim.binders, unfolding.apply(total)), message)
    _check_relation(env, claim, by, normalizer, unfolding)
    env.collect(Statement(claim.binders, "=", total, ZERO), by.facts, unfolding)
    for label in by.unfold:
        env.collect(env.premise(label), by.facts, unfolding)


def _weighted(env: Environment, scope: Scope, use: Use) -> Term:
    """Σ_indices c·(r - l) for one premise."""
    inner = scope.bind(*use.sums)
    inner.check(use.times)
    statement = instantiated(env, inner, use.premise, use.at)
    require(not statement.binders, f"the premise {use.premise} needs a value for {statement.binders}")
    return _summed(use, difference(statement.right, statement.left))


def _with_normal_premises(env: Environment, claim: Statement, by: Combine, parts: list[Term]) -> Term:
    """The total with those premises in normal form of which that spares work, as it is the same for all
    values of their binders: what is used more than once, and earlier steps, of which it is known."""
    used = Counter(use.premise for use in by.using)
    normal = (
        _weighted_normally(env, use, by.facts) if use.premise in env.proven or used[use.premise] > 1 else part
        for use, part in zip(by.using, parts, strict=True)
    )
    return _total(claim, by, normal)


def _weighted_normally(env: Environment, use: Use, facts: tuple[str, ...]) -> Term:
    premise = env.premise(use.premise)
    gained = env.normalizer(premise.binders, facts).normal(difference(premise.right, premise.left))
    return _summed(use, Substitution(env.fresh, indices=dict(use.at)).apply(gained))


def _summed(use: Use, gained: Term) -> Term:
    """Σ_indices c·gained."""
    term: Term = Mul((use.times, gained))
    for name, dim in use.sums:
        term = Sum(name, dim, term)
    return term


def _total(claim: Statement, by: Combine, parts: Iterable[Term]) -> Term:
    """right - left - s without what the premises give."""
    given = (Mul((MINUS_ONE, part)) for part in parts)
    return Add((difference(claim.right, claim.left), *given, Mul((MINUS_ONE, by.slack))))


def instantiated(
    env: Environment, scope: Scope, premise: str, at: tuple[tuple[str, Index], ...]
) -> Statement:
    """A premise at some values of its binders, each of which fits."""
    statement = env.premise(premise)
    sorts = dict(statement.binders)
    for name, index in at:
        require(
            name in sorts and scope.fits(index, sorts[name]), f"{premise} does not hold at {name} = {index}"
        )
    return instance(statement, at, env.fresh)


def _check_relation(
    env: Environment, claim: Statement, by: Combine, normalizer: Normalizer, unfolding: Unfolding
) -> None:
    """The conditions on relations, factors and slack."""
    relation = claim.relation
    used = [(use, env.premise(use.premise).relation) for use in by.using]
    if relation == "=":
        require(all(kind == "=" for _, kind in used), "an equation follows from equations only")
        require(by.slack == ZERO, "an equation leaves no slack")
        return
    factors = [(kind, unfolding.sign(use.times, normalizer), use) for use, kind in used if kind != "="]
    slack = sign_at_values(lambda term: unfolding.sign(term, normalizer), claim.binders, by.slack, env.fresh)
    if relation == "!=":
        _check_apart(factors, by.slack, slack)
    else:
        _check_order(relation == "<", factors, slack)


def _check_order(strict: bool, factors: list[tuple[str, Sign, Use]], slack: Sign) -> None:
    for kind, sign, use in factors:
        require(kind in ("<", "<="), f"no inequality follows from {use.premise}, which says `!=`")
        require(sign.nonnegative, f"the factor of {use.premise} is not known to be >= 0")
    require(slack.nonnegative, "the slack is not known to be >= 0")
    if strict:
        some = slack.positive or any(kind == "<" and sign.positive for kind, sign, _ in factors)
        require(some, "nothing makes the inequality strict")


def _check_apart(factors: list[tuple[str, Sign, Use]], slack_term: Term, slack: Sign) -> None:
    if factors:
        require(len(factors) == 1 and slack_term == ZERO, "`!=` follows from one `!=` and equations")
        ((kind, sign, use),) = factors
        require(
            kind in ("!=", "<") and not use.sums and sign.nonzero, f"the factor of {use.premise} may be 0"
        )
    else:
        require(slack.nonzero, "the difference is not known to be != 0")


def congruence(env: Environment, claim: Statement, by: Congruence) -> None:
    """Equals for equals in any place.

        l = r  for all i
        ----------------
        C[l] = C[r]

    The place is a hole with the indices i, not below a derivative's body (where i is no point but a
    neighbourhood) nor a mean (which needs all outcomes).
    """
    require(claim.relation == "=", "a congruence concludes an equation")
    scope = scope_of(env.context).bind(*claim.binders)
    premise = instantiated(env, scope, by.premise, by.at)
    require(premise.relation == "=", f"{by.premise} is no equation")
    require(
        not any(isinstance(sort, Natural) for _, sort in premise.binders), "the time of a premise is fixed"
    )
    require(by.hole not in scope.tensors, f"the hole {by.hole} has the name of a variable")
    axes = tuple(sort for _, sort in premise.binders)
    replace(scope, tensors={**scope.tensors, by.hole: axes}).check(by.template)
    require(
        not any(hides(part, by.hole) for part in subterms(by.template)),
        HIDDEN,
    )
    normalizer = env.normalizer(claim.binders, by.facts)
    for side, value in ((claim.left, premise.left), (claim.right, premise.right)):
        entries = Lambda(premise.binders, value)  # type: ignore[arg-type]
        filled = Substitution(env.fresh, tensors={by.hole: entries}).apply(by.template)
        require(
            normalizer.is_zero(difference(side, filled)),
            "the sides are not the template with its hole filled",
        )
        env.collect(Statement(claim.binders, "=", side, filled), by.facts)
    env.collect(premise, by.facts)


def hides(term: Term, hole: str) -> bool:
    """Whether the hole is below this derivative or this mean."""
    return isinstance(term, Derivative | Expectation) and mentions(term.body, hole)


def monotone(env: Environment, claim: Statement, by: Monotone) -> None:
    """An increasing function keeps the order.

    l R r
    -----------      R is <= or <; f is exp, log (0 < l) or the power p > 0 (0 <= l)
    f(l) R f(r)
    """
    premise = env.premise(by.premise)
    require(premise.relation in ("<=", "<"), f"{by.premise} is no inequality")
    sign = Unfolding(()).sign(premise.left, env.normalizer(premise.binders, by.facts))
    require(by.function in ("exp", "log", "power"), f"{by.function} is not known to be increasing")
    require(by.function != "log" or sign.positive, "the logarithm needs a left side which is > 0")
    require(
        by.function != "power" or (by.exponent > 0 and sign.nonnegative), "a power needs a left side >= 0"
    )
    left, right = (_increasing(by, side) for side in (premise.left, premise.right))
    built = Statement(premise.binders, premise.relation, left, right)
    same = equivalent(claim, built, env.normalizer(claim.binders, by.facts))
    require(same, "the claim is not the function of both sides")
    env.collect(claim, by.facts)
    env.collect(built, by.facts)


def tangent(env: Environment, claim: Statement, by: Tangent) -> None:
    """The exponential function lies above its tangent: 1 + u <= exp(u)."""
    scope_of(env.context).bind(*claim.binders).check(by.exponent)
    law = Statement(claim.binders, "<=", Add((ONE, by.exponent)), Apply("exp", 0, by.exponent))
    same = equivalent(claim, law, env.normalizer(claim.binders, by.facts))
    require(claim.relation == "<=" and same, "the claim is not 1 + u <= exp(u)")
    env.collect(claim, by.facts)
    env.collect(law, by.facts)


def _increasing(by: Monotone, side: Term) -> Term:
    return Pow(side, Num(by.exponent)) if by.function == "power" else Apply(by.function, 0, side)


def inverse_law(env: Environment, claim: Statement, by: InverseLaw) -> None:
    """Σ_k M[i,k]·inv(M)[k,j] = δ(i,j)   or   Σ_k inv(M)[i,k]·M[k,j] = δ(i,j), where det M != 0.

    Each of i, k and j may be several indices (see `composite`).
    """
    require(by.side in ("left", "right"), "the inverse stands on the left or on the right")
    matrix = square(_inverted(by.matrix), env.fresh)
    scope_of(env.context).check(matrix.inverse(*[tuple(Index("", 1) for _ in matrix.dims)] * 2))
    first, second = (matrix.inverse, matrix.entry) if by.side == "left" else (matrix.entry, matrix.inverse)
    law = matrix.identity(first, second)
    same = equivalent(claim, law, env.normalizer(claim.binders, by.facts))
    require(same, "the claim is not the law of the inverse")
    env.collect(claim, by.facts)
    env.collect(law, by.facts)


def _inverted(term: Term) -> Lambda:
    """The matrix of which a term is the inverse."""
    match term:
        case Inverse(row, column, dim, body):
            return Lambda(((row, dim), (column, dim)), body)
        case Call("inv", _, (tensor,)):
            return tensor
    raise IllFormed("the law of the inverse needs an inverse")
