"""A function grows where its derivative is not negative (the mean value theorem)."""

from __future__ import annotations

from lemmata.kernel.certificate import Increasing
from lemmata.kernel.context import Context, Statement, Variable
from lemmata.kernel.environment import Environment, equivalent, substituted
from lemmata.kernel.rules import require
from lemmata.kernel.substitute import Substitution, mentions
from lemmata.kernel.terms import ZERO, Add, Apply, Derivative, Lambda, Mul, Num, Pow, Ref, Sum, Term
from lemmata.kernel.wellformed import check_context, scope_of

#: The known functions which are continuous wherever they are defined.
CONTINUOUS = frozenset(
    ["exp", "log", "sin", "cos", "atan", "asin", "asinh", "acosh", "erf", "gamma", "lgamma", "cbrt"]
)


def check_increasing(env: Environment, claim: Statement, by: Increasing) -> tuple[Context, Statement]:
    """What is to be proved of the derivative, and in which context: for a number between the two ends.
    Raises Rejected where the claim does not compare two values of the function, or it may have a jump."""
    variable, at = by.variable, Ref(by.variable)
    require(claim.relation in ("<", "<=", "=") and not claim.binders, "the rule compares two numbers")
    scope = scope_of(env.context)
    scope.check(by.lower)
    scope.check(by.upper)
    require(variable not in scope.tensors, f"the name {variable} is used twice")
    inside = Context(
        env.context.dims,
        env.context.naturals,
        (*env.context.variables, Variable(variable)),
        env.context.functions,
        env.context.definitions,
        (
            *env.context.hypotheses,
            (by.above, Statement((), "<", by.lower, at)),
            (by.below, Statement((), "<", at, by.upper)),
        ),
        env.context.choices,
    )
    require(not {by.above, by.below} & env.proven.keys(), "a label is used twice")
    check_context(inside)
    scope_of(inside).check(by.function)
    require(is_continuous(by.function, variable), "the function is not known to be continuous")
    _check_ends(env, claim, by)
    bound = env.fresh.name()
    body = Substitution(env.fresh, tensors={variable: Lambda((), Ref(bound))}).apply(by.function)
    return inside, Statement((), claim.relation, ZERO, Derivative(bound, body, (), Lambda((), at)))


def _check_ends(env: Environment, claim: Statement, by: Increasing) -> None:
    """Raise Rejected unless the claim is f(a) R f(b), and a premise says a < b, or a <= b if R is not `<`."""
    normalizer = env.normalizer((), by.facts)
    general = Statement((), claim.relation, by.function, by.function)
    values = [
        substituted(general, Substitution(env.fresh, tensors={by.variable: Lambda((), end)}))
        for end in (by.lower, by.upper)
    ]
    compared = Statement((), claim.relation, values[0].left, values[1].right)
    require(equivalent(claim, compared, normalizer), "the claim does not compare the values at the two ends")
    ends, premise = Statement((), "<", by.lower, by.upper), env.premise(by.premise)
    weak = Statement((), "<=", by.lower, by.upper)
    known = [ends] if claim.relation == "<" else [ends, weak]
    require(any(equivalent(premise, end, normalizer) for end in known), f"{by.premise} is not what is needed")
    for statement in (claim, compared, premise):
        env.collect(statement, by.facts)


def is_continuous(term: Term, variable: str) -> bool:
    """Whether a term is built from functions that are continuous wherever they are defined."""
    if not mentions(term, variable):
        return True
    match term:
        case Ref():
            return True
        case Add(parts) | Mul(parts):
            return all(is_continuous(part, variable) for part in parts)
        case Pow(base, exponent):
            fixed = isinstance(exponent, Num) or not (
                mentions(base, variable) and mentions(exponent, variable)
            )
            return fixed and is_continuous(base, variable) and is_continuous(exponent, variable)
        case Sum(_, _, body):
            return is_continuous(body, variable)
        case Apply(function, 0, argument):
            return function in CONTINUOUS and is_continuous(argument, variable)
    return False
