"""Inequalities between exponentials, or logarithms, by their tangents: exp(v) >= exp(z)·(1 + v - z).

With v = log b, that is log b <= log z + b/z - 1. So for a difference Σ_k c_k·exp(v_k) + ..., or one with
- Σ_k c_k·log b_k, where the c_k are not negative, a point z is looked for at which the tangents give all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from lemmata.derive.names import Names, written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.derive.slacks.gibbs import differences
from lemmata.kernel.certificate import Combine, Proof, Step, Tangent, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.errors import Rejected, TooLarge
from lemmata.kernel.facts import variables
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly, as_term
from lemmata.kernel.substitute import Substitution, free_indices
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Apply, Dim, Index, Mul, Pow, Sum, Term

#: How many curves are looked at.
LARGEST = 8
#: At how many points it is tried to show that what the tangents leave is not negative, and not just zero.
LARGEST_TRIES = 2


@dataclass(frozen=True)
class Curve:
    """c·exp(v), or -c·log b with v = log b; summed over the places of a dimension, or alone."""

    dim: Dim | None
    exponent: Term
    factor: Term


#: A curve, the exponent of its tangent, and the factor that is taken with.
_Tangent = tuple[Curve, Term, Term]
Taken = tuple[list[_Tangent], Poly]


def by_tangents(searcher: Searcher, claim: Statement, label: str) -> Proof | None:
    """Steps of which the last claims l <= r or l < r; None where none were found."""
    if claim.relation not in ("<=", "<"):
        return None
    normalizer = searcher.workspace(claim, everything(searcher.context)).normalizer
    search = _Search(searcher, normalizer, claim, label, Index(searcher.names.name()))
    try:
        return search.by(_exponential) or search.by(_logarithm) or search.by_weights()
    except (Rejected, TooLarge):
        return None


@dataclass(frozen=True)
class Kind:
    """How the curves of a kind are found, with which sign, in how many ways a term may be one, and what the
    tangent at z is taken with."""

    split: Callable[[Monomial], tuple[Term, Monomial] | None]
    sign: int
    ways: int
    weight: Callable[[Term], Term]


@dataclass(frozen=True)
class _Search:
    searcher: Searcher
    normalizer: Normalizer
    claim: Statement
    label: str
    place: Index

    @property
    def names(self) -> Names:
        return self.searcher.names

    def by(self, kind: Kind) -> Proof | None:
        poly = self.normalizer.poly(difference(self.claim.right, self.claim.left))
        found = self.curves(poly, kind)
        exponents = [curve.exponent for curve in found]
        tries: list[Taken] = []
        for curves in (found, list(map(_turned, found)))[: kind.ways] if len(found) <= LARGEST else ():
            used = [c for c in curves if variables(c.exponent) and self.is_nonnegative(c.factor)]
            points = (ZERO, *exponents, self.balance(curves, used)) if used else ()
            tries += filter(None, (self.at(poly, used, point, kind) for point in points))
        return self.left_over(tries)

    def left_over(self, tries: list[Taken]) -> Proof | None:
        """The steps for one of some ways to take tangents, which leaves what is not negative."""
        for tangents, rest in tries:
            if self.is_nonnegative(slack := self.normalizer.term(rest)):
                return self.steps(tangents, slack)
        shortest = sorted(tries, key=lambda taken: len(taken[1]))
        ways = [("=", shortest)] if self.claim.relation == "<=" else []
        for relation, taken in (*ways, (self.claim.relation, shortest[:LARGEST_TRIES])):
            for tangents, rest in taken:
                proof = self.shown(relation, self.normalizer.term(rest))
                if proof is not None:
                    return self.steps(tangents, ZERO, proof)
        return None

    def by_weights(self) -> Proof | None:
        """Gibbs' inequality: the tangents at 0 of exp(-d), with the weights as factors."""
        poly = self.normalizer.poly(difference(self.claim.right, self.claim.left))
        for dim, weight, apart in differences(self.normalizer, self.place, poly):
            curve = Curve(dim, Mul((MINUS_ONE, apart)), weight)
            taken = self.at(poly, [curve], ZERO, _logarithm)
            proof = None if taken is None else self.left_over([taken])
            if proof is not None:
                return proof
        return None

    def balance(self, curves: list[Curve], used: list[Curve]) -> Term:
        """The point z at which Σ c_k·(v_k - z), over the curves that are used, is Σ c_k·v_k over all."""
        weight = Pow(Add(tuple(self.summed(curve, curve.factor) for curve in used)), MINUS_ONE)
        others = (curve for curve in curves if curve not in used)
        parts = (self.summed(curve, Mul((curve.factor, curve.exponent))) for curve in others)
        return Mul((MINUS_ONE, weight, Add((ZERO, *parts))))

    def curves(self, poly: Poly, kind: Kind) -> list[Curve]:
        """The curves among the terms, those with the same exponent together."""
        found: dict[tuple[Dim | None, frozenset[tuple[Monomial, Fraction]]], Curve] = {}
        for monomial, value in poly.items():
            for dim, exponent, rest in self.parts(monomial, kind):
                key = (dim, frozenset(self.normalizer.poly(exponent).items()))
                before = found[key].factor if key in found else ZERO
                factor = Add((before, as_term(rest, kind.sign * value)))
                found[key] = Curve(dim, exponent, factor)
        return list(found.values())

    def parts(self, monomial: Monomial, kind: Kind) -> Iterator[tuple[Dim | None, Term, Monomial]]:
        """A product as a curve times other factors, or as a sum of such."""
        alone = kind.split(monomial)
        if alone is not None:
            yield None, *alone
            return
        for power in monomial:
            base, exponent = power
            if not isinstance(base, Sum) or isinstance(base.body, Sum) or exponent != ONE:
                continue
            others = tuple(other for other in monomial if other is not power)
            body = Substitution(self.normalizer.fresh, indices={base.index: self.place}).apply(base.body)
            inside = list(self.normalizer.poly(body))
            split = kind.split(inside[0]) if len(inside) == 1 else None
            if split is not None:
                yield base.dim, split[0], (*others, *split[1])

    def at(self, poly: Poly, curves: list[Curve], point: Term, kind: Kind) -> Taken | None:
        """The tangents at one point, and what they leave of a polynomial; None where there are none."""
        tangents: list[_Tangent] = []
        for curve in curves:
            exponent = Add((curve.exponent, Mul((MINUS_ONE, point))))
            local = curve.dim is None and self.place.name in free_indices(exponent)
            if not local and self.normalizer.poly(exponent):
                tangents.append((curve, exponent, Mul((curve.factor, kind.weight(point)))))
        if not tangents:
            return None
        given = [self.summed(curve, Mul((factor, _gap(exponent)))) for curve, exponent, factor in tangents]
        terms = (self.normalizer.term(poly), *(Mul((MINUS_ONE, gap)) for gap in given))
        return tangents, self.normalizer.poly(Add(terms))

    def shown(self, relation: str, slack: Term) -> Proof | None:
        """Steps of which the last claims that what the tangents leave is zero, or not negative."""
        left = Statement(self.claim.binders, relation, ZERO, written(slack, self.names))
        known = replace(everything(self.searcher.context), order=relation != "=")
        return self.searcher.prove(left, known, f"{self.label}r").steps

    def is_nonnegative(self, term: Term) -> bool:
        signs = self.normalizer.signs
        return (signs.of(term) | signs.of(self.normalizer.normal(term))).nonnegative

    def summed(self, curve: Curve, term: Term) -> Term:
        return term if curve.dim is None else Sum(self.place.name, curve.dim, term)

    def steps(self, tangents: list[_Tangent], slack: Term, before: Proof = ()) -> Proof:
        """A step for each tangent, and one which combines them, and the last of those before."""
        steps = list(before)
        used = [Use(step.id, _same(step.claim), (), ONE) for step in before[-1:]]
        for number, (curve, exponent, factor) in enumerate(tangents):
            sums = () if curve.dim is None else ((self.place.name, curve.dim),)
            u = written(exponent, self.names)
            stated = Statement((*self.claim.binders, *sums), "<=", Add((ONE, u)), Apply("exp", 0, u))
            steps.append(Step(f"{self.label}t{number}", stated, Tangent(u, ())))
            used.append(Use(steps[-1].id, _same(stated), sums, written(factor, self.names)))
        last = Step(self.label, self.claim, Combine(tuple(used), written(slack, self.names), (), ()))
        return (*steps, last)


def _turned(curve: Curve) -> Curve:
    """c·log b as a curve with v = log(1/b)."""
    return replace(curve, exponent=Mul((MINUS_ONE, curve.exponent)), factor=Mul((MINUS_ONE, curve.factor)))


def _same(statement: Statement) -> tuple[tuple[str, Index], ...]:
    """Each binder for itself."""
    return tuple((name, Index(name)) for name, _ in statement.binders)


def _gap(exponent: Term) -> Term:
    """exp(u) - 1 - u."""
    return Add((Apply("exp", 0, exponent), MINUS_ONE, Mul((MINUS_ONE, exponent))))


def _split_exponential(monomial: Monomial) -> tuple[Term, Monomial] | None:
    """exp(v)·rest; None where no exponential is a factor."""
    exponents: list[Term] = []
    rest = []
    for base, exponent in monomial:
        if isinstance(base, Apply) and base.function == "exp" and base.order == 0:
            exponents.append(Mul((exponent, base.argument)))
        else:
            rest.append((base, exponent))
    return (Add(tuple(exponents)), tuple(rest)) if exponents else None


def _split_logarithm(monomial: Monomial) -> tuple[Term, Monomial] | None:
    """log b·rest; None where not exactly one logarithm is a factor."""
    logs = [base for base, exponent in monomial if isinstance(base, Apply) and base.function == "log"]
    rest = tuple(power for power in monomial if power[0] not in logs)
    return (logs[0], rest) if len(logs) == 1 and len(rest) + 1 == len(monomial) else None


_exponential = Kind(_split_exponential, 1, 1, lambda point: Apply("exp", 0, point))
_logarithm = Kind(_split_logarithm, -1, 2, lambda point: ONE)
