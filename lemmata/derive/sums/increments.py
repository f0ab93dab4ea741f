"""Inequalities of natural numbers by induction: both sides grow, the larger one by more.

l(n) <= r(n) follows from l(n-1) <= r(n-1), where (r - l)(n) - c·(r - l)(n-1) is manifestly >= 0 for a factor
c >= 0: 1, or the base of a power of n. It is seen where n is written as (n - k) + k, and n >= k.
"""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.derive.equations import equation, rewrite
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher, negated
from lemmata.derive.slacks.shifted import manifest
from lemmata.kernel.certificate import Combine, Proof, Step, Use
from lemmata.kernel.clearing import gathered
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.substitute import free_indices
from lemmata.kernel.terms import MINUS_ONE, ONE, Add, Count, Index, Mul, Term


def by_increments(
    searcher: Searcher, claim: Statement, before: tuple[str, Statement], on: str, label: str
) -> Proof | None:
    """Steps for an inequality from the one before; None where none were found."""
    if claim.relation not in ("<=", "<") or claim.binders:
        return None
    name, said = before
    known = everything(searcher.context)
    workspace = searcher.workspace(claim, known)
    normalizer, least = workspace.normalizer, dict(searcher.context.naturals)
    equations = [e for e in (equation(workspace, *premise) for premise in known.premises) if e is not None]
    now, then = difference(claim.right, claim.left), difference(said.right, said.left)
    try:
        for factor in _factors(normalizer, now, on):
            state = rewrite(workspace, normalizer.poly(Add((now, Mul((MINUS_ONE, factor, then))))), equations)
            slack = manifest(normalizer, gathered(normalizer, state.poly), least, strictly=False)
            if slack is not None:
                uses = (Use(name, (), (), written(factor, searcher.names)), *map(negated, state.uses))
                by = Combine(uses, written(slack, searcher.names), known.unfold, ())
                return (Step(label, claim, by),)
    except (Rejected, TooLarge):
        return None
    return None


def _factors(normalizer: Normalizer, term: Term, on: str) -> Iterator[Term]:
    """1, the bases of the powers of n, and n: those which are known to be >= 0."""
    time = Count(Index(on))
    found: dict[Term, None] = {ONE: None}
    for monomial in normalizer.poly(term):
        for base, exponent in monomial:
            if on in free_indices(exponent) and normalizer.poly(exponent).get(((time, ONE),)) == 1:
                found[base] = None
    found[time] = None
    yield from (factor for factor in found if normalizer.signs.of(factor).nonnegative)
