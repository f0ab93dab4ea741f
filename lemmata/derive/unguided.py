"""Proofs that nobody wrote: each tactic looks for a shape of its own, and the first that finds steps wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lemmata.derive.calculus.reals import Values, by_reals
from lemmata.derive.casework import by_cases
from lemmata.derive.conditions import informed
from lemmata.derive.inductions import by_inductions, induction, plain
from lemmata.derive.matrices.carried import by_equal_matrices
from lemmata.derive.matrices.diagonal_entries import by_diagonal_entries
from lemmata.derive.matrices.eigenvalue_slopes import by_eigenvalue_slopes
from lemmata.derive.matrices.kronecker import by_kronecker
from lemmata.derive.matrices.laws import laws_for
from lemmata.derive.matrices.norms import by_norms
from lemmata.derive.matrices.rank_one import by_rank_one
from lemmata.derive.matrices.systems import by_system
from lemmata.derive.numbers.scalars import by_scalars
from lemmata.derive.powers.power_derivatives import by_power_derivatives
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.derive.slacks.slack import by_slack
from lemmata.derive.slacks.squared import by_squares_of_premises
from lemmata.derive.slacks.tangents import by_tangents
from lemmata.derive.sums.closing import by_closed_forms
from lemmata.derive.written_out import by_entries
from lemmata.kernel.certificate import Proof
from lemmata.kernel.context import Statement
from lemmata.kernel.errors import Rejected, TooLarge

Tactic = Callable[[Searcher, Statement, str], Proof | None]


def unguided(
    searcher: Searcher, claim: Statement, label: str = "s1", values: Values | None = None
) -> Proof | None:
    """Steps of which the last claims the statement; None if none were found."""
    if claim.relation == "->":
        return plain(searcher, claim, label) or by_cases(searcher, claim, label)
    found = by_reals(searcher, claim, label, values)
    for tactic in TACTICS:
        found = found or tactic(searcher, claim, label)
    return found


def _by_squares(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    return by_squares_of_premises(searcher, claim, everything(searcher.context), label)


def _by_equal_matrices(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    return by_equal_matrices(searcher, claim, everything(searcher.context), label)


def _by_closed_forms(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    return by_closed_forms(searcher, claim, label, induction, plain)


def _by_laws(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """The claim from laws of ranks and of eigenvalues, with cases of signs."""
    try:
        laws = tuple(laws_for(searcher, claim, label))
    except (Rejected, TooLarge):
        return None
    if not laws:
        return None
    context = searcher.context
    for law in laws:
        context = context.assume(law[-1].id, law[-1].claim)
    inside = replace(searcher, context=context)
    found = plain(inside, claim, label) or by_cases(inside, claim, label)
    facts = tuple(law[-1].id for law in laws)
    steps = tuple(informed(step, facts) for step in found or ())
    return (*(step for law in laws for step in law), *steps) if steps else None


#: In this order: what is told at a glance to apply or not, then inductions and cases, which ask others.
TACTICS: tuple[Tactic, ...] = (
    by_power_derivatives,
    by_eigenvalue_slopes,
    by_slack,
    by_tangents,
    by_norms,
    _by_squares,
    by_scalars,
    _by_equal_matrices,
    by_diagonal_entries,
    by_entries,
    by_rank_one,
    by_kronecker,
    by_system,
    by_inductions,
    _by_closed_forms,
    _by_laws,
    by_cases,
)
