"""Claims with absolute values and signs, by cases; and what is known of u where |u| < c is given."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lemmata.derive.numbers.numbers import Goal, split_at
from lemmata.kernel.certificate import Cases, Combine, Monotone, Proof, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import Substitution, subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Apply, Derivative, Mul, Num, Pow, Ref, Term

#: How many numbers are told apart by their signs.
LARGEST_SPLIT = 2
_TWO = Num(Fraction(2))


def by_absolute(goal: Goal) -> Proof | None:
    """The claim where u <= 0 and where u > 0, for the first |u| or sign u in it of which no sign is known."""
    found = dict.fromkeys(_inner(goal))
    signs = goal.normalizer().signs
    for inner in sorted(found, key=lambda t: len(list(subterms(t)))) if len(found) <= LARGEST_SPLIT else ():
        sign, minus = signs.of(inner), signs.of(Mul((MINUS_ONE, inner)))
        if not (sign.nonnegative or minus.nonnegative):
            return split_at(goal, inner)
    return None


def _inner(goal: Goal) -> Iterator[Term]:
    """The numbers whose absolute values or signs are in a claim, or are after it is differentiated."""
    for side in (goal.claim.left, goal.claim.right):
        for part in subterms(side):
            if isinstance(part, Derivative):
                there = Substitution(goal.names, tensors={part.variable: part.at}).apply(part.body)
                yield from filter(None, map(absolute, subterms(there)))
            bound = {p.variable for p in subterms(side) if isinstance(p, Derivative)}
            found = absolute(part)
            if found is not None and not any(isinstance(p, Ref) and p.name in bound for p in subterms(found)):
                yield found


def absolute(term: Term) -> Term | None:
    """u in (u²)^(k/2) or sign(u)."""
    match term:
        case Pow(Pow(inner, Num(square)), Num(root)) if square % 2 == 0 and root.denominator == 2:
            return inner
        case Apply("sign", _, inner):
            return inner
    return None


def within(goal: Goal) -> Iterator[tuple[Statement, Proof]]:
    """u² R c², u R c and -c R u, where |u| R c is given."""
    for number, (label, said) in enumerate(goal.context.hypotheses):
        if said.relation not in ("<", "<=") or said.binders or not isinstance(said.left, Pow):
            continue
        inner = absolute(said.left)
        if inner is None or said.left.exponent != Num(Fraction(1, 2)):
            continue
        squares = Statement((), said.relation, Pow(inner, _TWO), Pow(said.right, _TWO))
        yield squares, (Step(f"{goal.label}q{number}", squares, Monotone("power", Fraction(2), label, ())),)
        minus = Mul((MINUS_ONE, inner))
        for sign, side in ((ONE, inner), (MINUS_ONE, minus)):
            name = f"{goal.label}{'p' if sign == ONE else 'm'}{number}"
            claim = Statement((), said.relation, side, said.right)
            proofs = []
            for case, slack in (("n", Mul((Num(Fraction(2)), minus))), ("p", Mul((Num(Fraction(2)), inner)))):
                same = (case == "p") == (sign == ONE)
                by = Combine((Use(label, (), (), ONE),), ZERO if same else slack, (), ())
                proofs.append((Step(f"{name}{case}", claim, by),))
            on = Statement((), "<=", inner, ZERO)
            yield claim, (Step(name, claim, Cases(f"{name}|", on, proofs[0], proofs[1])),)
