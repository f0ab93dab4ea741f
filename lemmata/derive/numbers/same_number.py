"""A number is not 0, as it is the same as one of which this is given, or the square of it."""

from __future__ import annotations

from dataclasses import replace

from lemmata.derive.search import Known, Searcher
from lemmata.kernel.certificate import Combine, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Mul


def by_same_number(searcher: Searcher, claim: Statement, known: Known, label: str) -> Proof | None:
    """Steps for t != 0, from t = u or t = u², where u is the difference of l and r, and l != r or l < r is
    given."""
    if claim.relation != "!=" or claim.right != ZERO or claim.binders:
        return None
    for _, said in searcher.context.hypotheses:
        if said.relation not in ("!=", "<") or said.binders:
            continue
        apart = said.relation == "!="
        number = difference(said.left, said.right) if apart else difference(said.right, said.left)
        for same, by in ((number, known), (Mul((number, number)), replace(known, premises=()))):
            equation = Statement((), "=", claim.left, same)
            found = searcher.prove(equation, by, f"{label}e").steps
            if found is not None:
                last = Combine((Use(f"{label}e", (), (), ONE),), Mul((MINUS_ONE, same)), (), ())
                return (*found, Step(label, claim, last))
    return None
