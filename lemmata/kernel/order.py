"""The rules of order: maxima, one-hot vectors, equality from two inequalities, contradiction."""

from __future__ import annotations

from dataclasses import replace

from lemmata.kernel.certificate import Absurd, Attained, Between, EntryOfMaximum, Unit
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment, difference, equivalent, substituted
from lemmata.kernel.errors import Rejected
from lemmata.kernel.rules import HIDDEN, hides, require
from lemmata.kernel.substitute import Substitution, subterms
from lemmata.kernel.terms import Delta, Dim, Index, Lambda, Maximum, Natural, Ref
from lemmata.kernel.wellformed import scope_of

OPPOSED = {"<": "no number is less than itself", "!=": "no number differs from itself"}


def entry_of_maximum(env: Environment, claim: Statement, by: EntryOfMaximum) -> None:
    """No entry is larger than the largest.

    ---------------------------      k is an index of the dimension of i
    f[i := k]  <=  max_i f(i)
    """
    maximum = by.maximum
    if not isinstance(maximum, Maximum):
        raise Rejected("the rule needs a maximum")
    scope = scope_of(env.context).bind(*claim.binders)
    scope.check(maximum)
    require(scope.fits(by.at, maximum.dim), f"{by.at} is no index of the maximum")
    entry = Substitution(env.fresh, indices={maximum.index: by.at}).apply(maximum.body)
    _claims(env, claim, Statement(claim.binders, "<=", entry, maximum))


def attained(env: Environment, claim: Statement, by: Attained) -> None:
    """What holds of every entry holds of the largest, which is one of them.

    for all i:  φ[f(i)]
    -------------------      φ is a statement with a hole
      φ[max_i f(i)]
    """
    maximum = by.maximum
    if not isinstance(maximum, Maximum):
        raise Rejected("the rule needs a maximum")
    scope_of(env.context).bind(*claim.binders).check(maximum)
    entry = Substitution(env.fresh, indices={maximum.index: Index(by.index)}).apply(maximum.body)
    _generalised(env, claim, by, maximum.dim, Lambda((), entry), Lambda((), maximum))


def unit(env: Environment, claim: Statement, by: Unit) -> None:
    """What holds of every unit vector holds of a one-hot one.

    for all k:  φ[δ(., k)]
    ----------------------      φ is a statement with a hole; w is one-hot along its last axis
         φ[w[at, .]]
    """
    found = {variable.name: variable for variable in env.context.variables}.get(by.variable)
    if found is None or "onehot" not in found.properties:
        raise Rejected(f"{by.variable} is not one-hot")
    dim, entry = found.shape[-1], Index(env.fresh.name())
    if isinstance(dim, Natural):
        raise Rejected(f"{by.variable} has no axis along which it is one-hot")
    scope = scope_of(env.context).bind(*claim.binders)
    fits = len(by.at) == len(found.shape) - 1 and all(map(scope.fits, by.at, found.shape))
    require(fits, f"{by.variable} has no place {by.at}")
    axes = ((entry.name, dim),)
    units = Lambda(axes, Delta(entry, Index(by.index)))
    _generalised(env, claim, by, dim, units, Lambda(axes, Ref(by.variable, (*by.at, entry))))


def _generalised(
    env: Environment, claim: Statement, by: Attained | Unit, dim: Dim, each: Lambda, one: Lambda
) -> None:
    """Raise Rejected unless the claim is φ[one], and the premise says φ[each] for all indices.

    The hole is not below a derivative or a mean: for another point, or another outcome, it is another index.
    """
    premise = env.premise(by.premise)
    require(
        claim.relation != "->" and premise.relation == claim.relation, f"{by.premise} is another relation"
    )
    scope = scope_of(env.context).bind(*claim.binders)
    require(by.hole not in scope.tensors, f"the hole {by.hole} has the name of a variable")
    inside = replace(scope, tensors={**scope.tensors, by.hole: tuple(axis for _, axis in each.indices)})
    binders = ((by.index, dim), *claim.binders)
    scope.bind((by.index, dim))
    for template in (by.left, by.right):
        inside.check(template)
        require(not any(hides(part, by.hole) for part in subterms(template)), HIDDEN)
    for statement, known, value in (
        (Statement(binders, claim.relation, by.left, by.right), premise, each),
        (Statement(claim.binders, claim.relation, by.left, by.right), claim, one),
    ):
        filled = substituted(statement, Substitution(env.fresh, tensors={by.hole: value}))
        same = equivalent(filled, known, env.normalizer(filled.binders))
        require(same, "the statement is not the template with its hole filled")
        env.collect(filled)
        env.collect(known)


def between(env: Environment, claim: Statement, by: Between) -> None:
    """Two numbers neither of which is larger are equal.

    l <= r      r <= l
    ------------------
          l = r
    """
    require(claim.relation == "=", "the rule concludes an equation")
    for name, left, right in (
        (by.below, claim.left, claim.right),
        (by.above, claim.right, claim.left),
    ):
        needed = Statement(claim.binders, "<=", left, right)
        same = equivalent(needed, env.premise(name), env.normalizer(claim.binders))
        require(same, f"{name} is not what is needed")
        env.collect(needed)
        env.collect(env.premise(name))


def absurd(env: Environment, claim: Statement, by: Absurd) -> None:
    """Anything follows from what cannot be.

    l R r
    -----      R is < or !=, and l - r is 0
     any
    """
    premise = env.premise(by.premise)
    require(premise.relation in OPPOSED, f"{by.premise} contradicts nothing")
    normalizer = env.normalizer(premise.binders, by.facts)
    same = normalizer.is_zero(difference(premise.left, premise.right))
    require(same, f"{by.premise} is no contradiction: its sides are not the same")
    env.collect(premise, by.facts)
    env.collect(claim)


def _claims(env: Environment, claim: Statement, law: Statement) -> None:
    """Raise Rejected unless the claim says what the rule concludes."""
    require(equivalent(claim, law, env.normalizer(claim.binders)), "the claim is not what the rule concludes")
    env.collect(claim)
    env.collect(law)
