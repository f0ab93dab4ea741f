"""A number is not 0, as it is the same as one of which this is given."""

from __future__ import annotations

from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Combine, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO


def by_same_number(searcher: Searcher, claim: Statement, known: Known, label: str) -> Proof | None:
    """Steps for t != 0, from l != r or l < r with t = l - r, or t = r - l."""
    if claim.relation != "!=" or claim.right != ZERO or claim.binders:
        return None
    for name, said in searcher.context.hypotheses:
        if said.relation not in ("!=", "<") or said.binders:
            continue
        apart = said.relation == "!="
        same = difference(said.left, said.right) if apart else difference(said.right, said.left)
        equation = f"{label}e"
        found = searcher.prove(Statement((), "=", claim.left, same), known, equation).steps
        if found is not None:
            uses = (Use(equation, (), (), ONE), Use(name, (), (), ONE if apart else MINUS_ONE))
            return (*found, Step(label, claim, Combine(uses, ZERO, (), ())))
    return None
