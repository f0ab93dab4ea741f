"""A look at some points with floats, which spares the search for proofs of what is not so."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Add, Apply, Mul, Num, Pow, Ref, Term

#: At how many points it is looked, how far out, and by how much the sides may differ by rounding.
POINTS, FAR, TOLERANCE = 12, 3.0, 1e-7
Values = Mapping[str, float]
FUNCTIONS: dict[str, Callable[[float], float]] = {
    **{name: getattr(math, name) for name in ("exp", "log", "sin", "cos", "atan", "asin", "erf", "cbrt")},
    **{name: getattr(math, name) for name in ("asinh", "acosh", "gamma", "lgamma", "floor")},
    "sign": lambda x: float((x > 0) - (x < 0)),
}
_FAILURES = (ValueError, ZeroDivisionError, OverflowError, KeyError, TypeError)


def seems_false(context: Context, claim: Statement) -> bool:
    """Whether a claim fails, by more than floats err, at a point which the context allows."""
    random = Random(0)
    for _ in range(POINTS):
        try:
            at = _point(context, random)
            if at is not None and _fails(claim, at, TOLERANCE):
                return True
        except _FAILURES:
            continue
    return False


def _fails(said: Statement, at: Values, margin: float) -> bool:
    """Whether a statement does not hold at a point."""
    left, right = value(said.left, at), value(said.right, at)
    apart = margin * (1 + abs(left) + abs(right))
    match said.relation:
        case "<" | "<=":
            return left > right + apart
        case "=":
            return abs(left - right) > apart
    return False


def _point(context: Context, random: Random) -> Values | None:
    """A value for each number, between what the hypotheses say of it and the numbers before."""
    at: dict[str, float] = {}
    for variable in context.variables:
        if variable.shape != () or "integer" in variable.properties:
            continue
        low, high = (0.0 if variable.properties & {"positive", "nonnegative"} else -math.inf), math.inf
        for _, said in context.hypotheses:
            if said.relation in ("<", "<=") and not said.binders:
                if said.right == Ref(variable.name) and (known := _known(said.left, at)) is not None:
                    low = max(low, known)
                if said.left == Ref(variable.name) and (known := _known(said.right, at)) is not None:
                    high = min(high, known)
        bottom = low if low > -math.inf else min(high, FAR) - 2 * FAR
        top = high if high < math.inf else max(low, -FAR) + 2 * FAR
        at[variable.name] = random.uniform(bottom, top)
    allowed = not any(_fails(said, at, -TOLERANCE) for _, said in context.hypotheses if not said.binders)
    return at if allowed else None


def _known(term: Term, at: Values) -> float | None:
    try:
        return value(term, at)
    except _FAILURES:
        return None


def value(term: Term, at: Values) -> float:
    """The value of a term of numbers. Raises KeyError or TypeError where it is none."""
    match term:
        case Num(number):
            return float(number)
        case Ref(name, ()):
            return at[name]
        case Add(parts):
            return math.fsum(value(part, at) for part in parts)
        case Mul(factors):
            return math.prod(value(factor, at) for factor in factors)
        case Pow(base, exponent):
            return float(math.pow(value(base, at), value(exponent, at)))
        case Apply(function, 0, argument):
            return FUNCTIONS[function](value(argument, at))
    raise TypeError("no number")
