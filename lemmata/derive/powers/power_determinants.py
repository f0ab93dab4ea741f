"""det X^e = (det X)^e for e = k + a number, by induction on k; and this differentiated by an entry of X."""

from __future__ import annotations

from dataclasses import replace

from lemmata.derive.powers.matrix_powers import MatrixPowers, combined
from lemmata.derive.powers.power_slopes import Lemma, Slopes, before
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Congruence, Differentiated, Proof, Step, Use
from lemmata.kernel.context import Statement, Variable
from lemmata.kernel.terms import (
    ZERO,
    Count,
    Derivative,
    Determinant,
    Index,
    Lambda,
    Mul,
    Natural,
    Pow,
    Ref,
    Term,
)

HOLE = "hole%"


def determinants(slopes: Slopes, e: Index) -> tuple[list[str], list[str]]:
    """The labels of both laws, and that of det X^e != 0, which gives their conditions; none where that is not
    found."""
    law, p = slopes.shown(_lemma(slopes), e), slopes.powers
    regular = None if law is None else _regular(slopes, e, law)
    if law is None or regular is None:
        return [], []
    r, s = p.indices(2)
    x = p.names.name()
    inside, sides = _of_any(slopes, e, x, (r, s))
    left, right = (Derivative(x, side, (r, s), p.matrix) for side in sides)
    claim = Statement(p.places(r, s), "=", left, right)
    moved = p.step(f"slope of determinant {e}", claim, Differentiated(inside, (regular,)))
    return [moved, law], [regular]


def _of_any(slopes: Slopes, e: Index, x: str, at: tuple[Index, Index]) -> tuple[Proof, tuple[Term, Term]]:
    """The first law for any matrix x, whatever the indices, and its sides."""
    p, context = slopes.powers, slopes.searcher.context
    (i, j), there = (
        p.indices(2),
        replace(context, variables=(*context.variables, Variable(x, (p.dim, p.dim)))),
    )
    any_ = MatrixPowers(Lambda(((i.name, p.dim), (j.name, p.dim)), Ref(x, (i, j))), p.names, f"{p.label}x ")
    free = Slopes(Searcher(there, names=p.names), any_)
    lemma = _lemma(free)
    law, said = free.shown(lemma, e), lemma.claim(e)
    last = replace(said, binders=p.places(*at))
    steps = () if law is None else (*any_.steps, Step(f"{any_.label}last", last, combined(free.of(law, []))))
    return steps, (said.left, said.right)


def _regular(slopes: Slopes, e: Index, law: str) -> str | None:
    """det X^e != 0, where det X != 0 is known."""
    p = slopes.powers
    claim = Statement((), "!=", _determinant(slopes, e), ZERO)
    inside = replace(slopes.searcher, proven={**slopes.searcher.proven, **p.proven})
    found = inside.prove(claim, Known(((law, p.proven[law]),)), f"{p.label}regular {e}").steps
    if found is None:
        return None
    p.steps += found
    p.proven |= {step.id: step.claim for step in found}
    return found[-1].id


def _determinant(slopes: Slopes, e: Index) -> Term:
    p = slopes.powers
    i, j = p.indices(2)
    return Determinant(i.name, j.name, p.dim, p.power(e, i, j))


def _product(slopes: Slopes) -> str:
    """det X^t = det X^(t-1) det X, for all t >= 1."""
    p = slopes.powers
    t, (i, j) = Index(p.names.name()), p.indices(2)
    first = slopes.powers.proven[slopes.right].binders[0][0]
    right = Mul((_determinant(slopes, before(t)), Determinant(i.name, j.name, p.dim, p.entry(i, j))))
    claim = Statement(((t.name, Natural(1)),), "=", _determinant(slopes, t), right)
    template = Determinant(i.name, j.name, p.dim, Ref(HOLE, (i, j)))
    return p.step("determinant", claim, Congruence(slopes.right, ((first, t),), HOLE, template, ()))


def _lemma(slopes: Slopes) -> Lemma:
    """det X^e = (det X)^e."""
    p = slopes.powers
    i, j = p.indices(2)
    whole, product = Determinant(i.name, j.name, p.dim, p.entry(i, j)), _product(slopes)

    def claim(e: Index) -> Statement:
        return Statement((), "=", _determinant(slopes, e), Pow(whole, Count(e)))

    def later(e: Index, known: str) -> tuple[Use, ...]:
        return slopes.of(product, [e]), Use(known, (), (), whole)

    return Lemma("determinants", 0, claim, later)
