"""Limits of continuous functions of sequences: sums, products, quotients, roots of what tends to a limit."""

from __future__ import annotations

from dataclasses import replace

from lemmata.kernel.certificate import Continuous
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment, difference, equivalent, instance
from lemmata.kernel.limits import growing_over
from lemmata.kernel.rules import require
from lemmata.kernel.substitute import Substitution, mentions
from lemmata.kernel.terms import Add, Apply, Index, Lambda, Mul, Natural, Num, Pow, Ref, Sum, Term
from lemmata.kernel.wellformed import scope_of

#: Known functions which are continuous where they are defined.
CONTINUOUS = frozenset(["exp", "log", "sin", "cos", "atan", "asin", "asinh", "acosh", "erf", "cbrt"])


def continuous(env: Environment, claim: Statement, by: Continuous) -> None:
    """A continuous function of sequences tends to its value at their limits.

    a(t) = C[u(t)]      u_k(t) -> l_k
    ---------------------------------      no hypothesis or definition speaks of t
             a(t) -> C[l]

    C is made of its holes and of what does not speak of t, by sums, products, sums over indices, powers with
    a rational number as exponent, and functions which are continuous where they are defined. C[u(t)] has to
    be defined for all t, and C[l] too.
    """
    require(claim.relation == "->", "the rule concludes a limit")
    growing = growing_over(env, claim, by.on)
    scope, entries = scope_of(env.context).bind(*claim.binders[:-1]), claim.binders[:-1]
    moving, resting = _sequences(env, by, growing)
    require(len(moving) == len(by.limits), "two holes have the same name")
    require(not moving.keys() & scope.tensors.keys(), "a hole has the name of a variable")
    axes = {name: tuple(dim for _, dim in tensor.indices) for name, tensor in moving.items()}
    replace(scope, tensors={**scope.tensors, **axes}).check(by.template)  # where the growing time is no name
    require(is_continuous(by.template, frozenset(moving)), "the template is not known to be continuous")
    path, end = (Substitution(env.fresh, tensors=t).apply(by.template) for t in (moving, resting))
    equation = instance(env.premise(by.equation), [(by.on, Index(growing))], env.fresh)
    normalizer = env.normalizer(claim.binders, by.facts)
    needed = Statement(entries, "=", claim.left, path)
    require(equivalent(needed, equation, normalizer), f"{by.equation} is not what is needed")
    require(normalizer.is_zero(difference(claim.right, end)), "the limit is not that of the template")
    for statement in (claim, Statement(claim.binders, "->", path, end), env.premise(by.equation)):
        env.collect(statement, by.facts)


def _sequences(env: Environment, by: Continuous, growing: str) -> tuple[dict[str, Lambda], dict[str, Lambda]]:
    """What is put into the holes: the sequences at t, and their limits."""
    moving, resting = {}, {}
    for hole, name in by.limits:
        premise = env.premise(name)
        require(premise.relation == "->", f"{name} is no limit")
        (time, _), entries = premise.binders[-1], premise.binders[:-1]
        require(not any(isinstance(sort, Natural) for _, sort in entries), f"{name} has another time")
        there = instance(premise, [(time, Index(growing))], env.fresh)
        moving[hole] = Lambda(entries, there.left)  # type: ignore[arg-type]
        resting[hole] = Lambda(entries, there.right)  # type: ignore[arg-type]
        env.collect(premise, by.facts)
    return moving, resting


def is_continuous(term: Term, holes: frozenset[str]) -> bool:
    """Whether a term is a continuous function of what is put into its holes, wherever it is defined."""
    if not any(mentions(term, hole) for hole in holes):
        return True
    match term:
        case Ref():
            return True
        case Add(parts) | Mul(parts):
            return all(is_continuous(part, holes) for part in parts)
        case Pow(base, Num()):
            return is_continuous(base, holes)
        case Sum(_, _, body):
            return is_continuous(body, holes)
        case Apply(function, 0, argument):
            return function in CONTINUOUS and is_continuous(argument, holes)
    return False
