"""Reading hypotheses about moments: E[x_i] = ..., E[x_i x_j] = ..., E[x_i x_j] − E[x_i] E[x_j] = ...

They are recognised by expanding the term into products of means; anything else is left to be checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from lemmata.kernel.context import Statement
from lemmata.kernel.terms import Add, Expectation, Mul, Num, Pow, Ref, Sort, Term

Factors = tuple[Term, ...]


@dataclass(frozen=True)
class Moment:
    """For all values of the binders: the mean of one entry, or of a product of two (less the product of
    their means, if it is `central`), is `value`."""

    binders: tuple[tuple[str, Sort], ...]
    entries: tuple[Ref, ...]
    central: bool
    value: Term


def moment_of(statement: Statement, random: frozenset[str]) -> Moment | None:
    """What a hypothesis says of one moment, if it is of such a form."""
    if statement.relation != "=":
        return None
    for side, value in ((statement.left, statement.right), (statement.right, statement.left)):
        found = _moment(side, random)
        if found is not None:
            entries, central = found
            return Moment(statement.binders, entries, central, value)
    return None


def _moment(side: Term, random: frozenset[str]) -> tuple[tuple[Ref, ...], bool] | None:
    terms = expanded(side)
    first = [entries for factor, means in terms if factor == 1 and (entries := _joint(means, random))]
    if len(first) != 1 or len(terms) > 2:
        return None
    entries = first[0]
    if len(terms) == 1:
        return entries, False
    products = [sorted(map(_mean_text, means)) for factor, means in terms if factor == -1]
    wanted = sorted(str((entry.name, entry.indices)) for entry in entries)
    return (entries, True) if len(entries) == 2 and products == [wanted] else None


def _joint(means: Factors, random: frozenset[str]) -> tuple[Ref, ...]:
    """The entries in a single mean of one or two entries of random variables; else nothing."""
    if len(means) != 1 or not isinstance(means[0], Expectation):
        return ()
    inside = expanded(means[0].body)
    if len(inside) != 1 or inside[0][0] != 1 or len(inside[0][1]) not in (1, 2):
        return ()
    entries = tuple(part for part in inside[0][1] if isinstance(part, Ref) and part.name in random)
    return entries if len(entries) == len(inside[0][1]) else ()


def _mean_text(mean: Term) -> str:
    if isinstance(mean, Expectation) and isinstance(mean.body, Ref):
        return str((mean.body.name, mean.body.indices))
    return ""


def expanded(term: Term) -> list[tuple[Fraction, Factors]]:
    """The term as a sum of products; squares are written as products, everything else is kept whole."""
    match term:
        case Num(value):
            return [(value, ())] if value else []
        case Add(parts):
            return [found for part in parts for found in expanded(part)]
        case Mul(parts):
            chosen = product(*map(expanded, parts))
            return [_joined(choice) for choice in chosen]
        case Pow(base, Num(exponent)) if exponent == 2:
            return expanded(Mul((base, base)))
    return [(Fraction(1), (term,))]


def _joined(choice: tuple[tuple[Fraction, Factors], ...]) -> tuple[Fraction, Factors]:
    factor = Fraction(1)
    factors: Factors = ()
    for scale, more in choice:
        factor, factors = factor * scale, (*factors, *more)
    return factor, factors


def position(entry: Ref, at: dict[str, int]) -> tuple[str, tuple[int, ...]]:
    """The variable and the numbers of its indices, for these values of the binders."""
    return entry.name, tuple(at.get(index.name, 0) + index.offset for index in entry.indices)
