"""Inequalities by a slack which is manifestly not negative: a sum of squares, of centred ones, or of those of
Lagrange's identity. Where both sides are not negative, by the same of their squares."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.derive.slacks.centred import centred
from lemmata.derive.slacks.lagrange import cauchy
from lemmata.derive.slacks.pointwise import cleared, pointwise
from lemmata.derive.slacks.shifted import manifest
from lemmata.derive.slacks.squares import sum_of_squares
from lemmata.kernel.certificate import Combine, Monotone, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Poly
from lemmata.kernel.signs import Sign
from lemmata.kernel.terms import Natural, Num, Pow, Term
from lemmata.kernel.values import sign_at_values

_HALF, _TWO = Fraction(1, 2), Num(Fraction(2))


def by_slack(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims l <= r or l < r; None where none were found.

    Whether the slack is the difference of both sides is for the kernel to say.
    """
    if claim.relation not in ("<=", "<"):
        return None
    normalizer = searcher.workspace(claim, everything(searcher.context)).normalizer
    try:
        slack = _slack(searcher, normalizer, claim)
        if slack is not None:
            return (Step(label, claim, Combine((), slack, (), ())),)
        return _squared(searcher, normalizer, claim, label)
    except (Rejected, TooLarge):
        return None


def _slack(searcher: Searcher, normalizer: Normalizer, claim: Statement) -> Term | None:
    poly = normalizer.poly(difference(claim.right, claim.left))
    found = _simple(searcher, normalizer, poly, strictly=claim.relation == "<")
    if found is None:
        least = dict(searcher.context.naturals)
        least |= {name: sort.minimum for name, sort in claim.binders if isinstance(sort, Natural)}
        found = manifest(normalizer, poly, least, strictly=claim.relation == "<")
    if found is None and claim.relation == "<=":
        found = _composed(searcher, normalizer, poly)
    if found is None or not _is_enough(normalizer, claim, found):
        return None
    return written(found, searcher.names)


def _is_enough(normalizer: Normalizer, claim: Statement, slack: Term) -> bool:
    """Whether a slack is manifestly >= 0, or > 0 for `<`."""

    def sign(term: Term) -> Sign:
        return normalizer.signs.of(term) | normalizer.signs.of(normalizer.normal(term))

    known = sign_at_values(sign, claim.binders, slack, normalizer.fresh)
    return known.positive if claim.relation == "<" else known.nonnegative


def _simple(searcher: Searcher, normalizer: Normalizer, poly: Poly, *, strictly: bool) -> Term | None:
    found = sum_of_squares(normalizer, poly, strictly=strictly)
    return found or centred(normalizer, searcher.names, poly) or cauchy(normalizer, searcher.names, poly)


def _composed(searcher: Searcher, normalizer: Normalizer, poly: Poly) -> Term | None:
    """A slack over denominators, or below a sum."""

    def plain(poly: Poly) -> Term | None:
        if normalizer.signs.of(normalizer.term(poly)).nonnegative:
            return normalizer.term(poly)
        return _simple(searcher, normalizer, poly, strictly=False)

    def way(poly: Poly) -> Term | None:
        return plain(poly) or cleared(normalizer, poly, plain)

    return cleared(normalizer, poly, plain) or pointwise(normalizer, searcher.names, poly, way)


def _squared(searcher: Searcher, normalizer: Normalizer, claim: Statement, label: str) -> Proof | None:
    """l R r from l² R r², where l and r are not negative: l = √(l²)."""
    if not all(normalizer.signs.of(side).nonnegative for side in (claim.left, claim.right)):
        return None
    squared = replace(claim, left=Pow(claim.left, _TWO), right=Pow(claim.right, _TWO))
    slack = _slack(searcher, normalizer, squared)
    if slack is None:
        return None
    first = Step(f"{label}q", squared, Combine((), slack, (), ()))
    return first, Step(label, claim, Monotone("power", _HALF, first.id, ()))
