"""Products of pseudo-inverses with a determinant that is not 0, as another product is their inverse.

pinv(A)ᵀ·pinv(A) · A·Aᵀ = I        where A has full row rank
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from lemmata.derive.conditions import closed, informed, with_conditions
from lemmata.derive.search import Attempt, Known, Searcher
from lemmata.derive.words import Words
from lemmata.kernel.certificate import OneSided, Proof, Step
from lemmata.kernel.conditions import Condition
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import ZERO
from lemmata.language.around import ALONE
from lemmata.language.build import pinv
from lemmata.language.expr import Expr, subexpressions
from lemmata.language.lower import Lowering, lower, lower_statement

#: Finds steps of which the last claims that a difference is 0.
Prover = Callable[[Expr, Statement, str], Proof | None]


def with_regular_products(
    searcher: Searcher, attempt: Attempt, known: Known, words: Words, prove: Prover
) -> Attempt:
    """The attempt with steps for the conditions it misses by which such a product is to be regular."""
    proofs = tuple(_regular_products(attempt, words, prove))
    if not proofs or attempt.steps is None:
        return attempt
    facts = tuple((steps[-1].id, steps[-1].claim) for steps in proofs)
    told = tuple(informed(step, tuple(label for label, _ in facts)) for step in attempt.steps)
    more = replace(known, facts=(*known.facts, *facts))
    found = with_conditions(searcher, replace(attempt, steps=told), more)
    steps = (*(step for proof in proofs for step in proof), *(found.steps or ()))
    given = {**searcher.proven, **dict(known.facts)}
    return replace(found, steps=steps, verdict=closed(searcher.context, given, steps, told[-1].claim))


def _regular_products(attempt: Attempt, words: Words, prove: Prover) -> Iterator[Proof]:
    """Steps of which the last claims det(M) != 0, for the products M with pseudo-inverses."""
    missing = attempt.verdict.missing if attempt.verdict is not None else ()
    matrices = dict.fromkeys(m for m in (_matrix(condition, words) for condition in missing) if m is not None)
    for number, matrix in enumerate(matrices):
        other = turned_round(matrix)
        if other is not None and attempt.steps:
            label = f"{attempt.steps[-1].id}r{number}"
            law = matrix @ other == Expr("identity", (), matrix.shape)
            steps = prove(law.left - law.right, lower_statement(law), label)
            by = OneSided(label, *(Lowering().tensor(part, ALONE) for part in (matrix, other)))
            claim = Statement((), "!=", lower(Expr("det", (matrix,))), ZERO)
            if steps is not None:
                yield (*steps, Step(f"{label}n", claim, by))


def _matrix(condition: Condition, words: Words) -> Expr | None:
    """The matrix with a pseudo-inverse in it of which a condition says det(M) != 0 or det(M) > 0."""
    said = words.statement(condition.statement) if condition.statement is not None else None
    if said is None or said.left.head != "det":
        return None
    (matrix,) = said.left.args
    return matrix if any(part.head == "pinv" for part in subexpressions(matrix)) else None


def turned_round(expr: Expr) -> Expr | None:
    """The product of the pseudo-inverses of the factors, the last one first; None for what is no product."""
    match expr.head:
        case "pinv":
            return expr.args[0]
        case "variable" if 1 not in expr.shape:
            return pinv(expr)
        case "transpose":
            found = turned_round(expr.args[0])
            return None if found is None else found.T
        case "matmul":
            first, second = map(turned_round, expr.args)
            return None if first is None or second is None else second @ first
    return None
