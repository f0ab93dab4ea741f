"""Inequalities with an increasing function of both sides: f(l) R f(r), from l R r."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from lemmata.derive.equations import Workspace
from lemmata.kernel.certificate import Monotone, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import equivalent
from lemmata.kernel.substitute import subterms
from lemmata.kernel.terms import Apply, Num, Pow, Term

#: A function, and the exponent where it is a power.
Increasing = tuple[str, Fraction]


def by_monotonicity(
    workspace: Workspace, claim: Statement, known: Iterable[tuple[str, Statement]], label: str
) -> Step | None:
    """The claim from a known inequality, if it is that of one of the functions of which the claim speaks."""
    functions = dict.fromkeys((*_increasing(claim.left), *_increasing(claim.right)))
    for name, premise in known:
        for function, exponent in functions if premise.relation == claim.relation else ():
            left, right = (_applied(function, exponent, side) for side in (premise.left, premise.right))
            built = Statement(premise.binders, premise.relation, left, right)
            if equivalent(claim, built, workspace.normalizer):
                return Step(label, claim, Monotone(function, exponent, name, workspace.facts))
    return None


def inside(claim: Statement) -> Statement | None:
    """What a claim f(l) R f(r) says of l and r, where f is exp, log or the same power."""
    match claim.left, claim.right:
        case Apply(("exp" | "log") as name, 0, left), Apply(other, 0, right) if name == other:
            return Statement(claim.binders, claim.relation, left, right)
        case Pow(left, Num(value)), Pow(right, Num(exponent)) if value == exponent > 0:
            return Statement(claim.binders, claim.relation, left, right)
    return None


def _increasing(term: Term) -> Iterator[Increasing]:
    """The functions in a term of which the kernel knows that they are increasing."""
    for part in subterms(term):
        match part:
            case Apply(("exp" | "log") as name, 0, _):
                yield name, Fraction(1)
            case Pow(_, Num(value)) if value > 0:
                yield "power", value


def _applied(function: str, exponent: Fraction, side: Term) -> Term:
    return Pow(side, Num(exponent)) if function == "power" else Apply(function, 0, side)
