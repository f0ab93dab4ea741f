"""What is at most a norm that is 0 is 0: from f² <= N² and N = 0 follow f² = 0, f³ = 0 and f = ∛(f³) = 0."""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.derive.bounds import by_bounds
from lemmata.derive.matrices.matrices import TWO
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Between, Combine, Congruence, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.terms import ONE, ZERO, Apply, Call, Index, Maximum, Mul, Pow, Ref, Term


def by_vanishing(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims an equation whose sides differ by one product; None where none were
    found."""
    given = list(_vanishing(searcher)) if claim.relation == "=" else []
    if not given:
        return None
    normalizer = searcher.workspace(claim, everything(searcher.context)).normalizer
    poly = normalizer.poly(difference(claim.left, claim.right))
    if len(poly) != 1:
        return None
    f = written(normalizer.term(poly), searcher.names)
    for premise, norm in given:
        bound = Statement(claim.binders, "<=", Pow(f, TWO), Pow(norm, TWO))
        found = by_bounds(searcher, bound, f"{label}q")
        if found is not None:
            return (*found, *_steps(searcher, claim, f, Use(premise, (), (), norm), label))
    return None


def _vanishing(searcher: Searcher) -> Iterator[tuple[str, Term]]:
    """The hypotheses that a norm or a maximum is 0."""
    for name, given in searcher.context.hypotheses:
        norm = isinstance(given.left, Maximum | Call | Pow)
        if given.relation == "=" and given.right == ZERO and not given.binders and norm:
            yield name, given.left


def _steps(searcher: Searcher, claim: Statement, f: Term, vanishes: Use, label: str) -> Proof:
    """The steps from f² <= N² on."""
    at = tuple((name, Index(name)) for name, _ in claim.binders)
    square, cube, hole = Pow(f, TWO), Mul((f, f, f)), searcher.names.name()

    def says(left: Term, relation: str, right: Term) -> Statement:
        return Statement(claim.binders, relation, left, right)

    def used(step: str, factor: Term) -> Use:
        return Use(f"{label}{step}", at, (), factor)

    root = Apply("cbrt", 0, Ref(hole))
    return (
        Step(f"{label}a", says(square, "<=", ZERO), Combine((used("q", ONE), vanishes), ZERO, (), ())),
        Step(f"{label}b", says(ZERO, "<=", square), Combine((), square, (), ())),
        Step(f"{label}c", says(square, "=", ZERO), Between(f"{label}a", f"{label}b")),
        Step(f"{label}d", says(cube, "=", ZERO), Combine((used("c", f),), ZERO, (), ())),
        Step(f"{label}e", says(f, "=", ZERO), Congruence(f"{label}d", at, hole, root, ())),
        Step(label, claim, Combine((used("e", ONE),), ZERO, (), ())),
    )
