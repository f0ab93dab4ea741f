"""Integrals by a primitive: F(b) - F(a), or the limits of F at the ends; by parts, if the rest is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from lemmata.derive.calculus.limits import limit_steps
from lemmata.derive.calculus.parts import given_integrals, parts
from lemmata.derive.calculus.primitives import primitive
from lemmata.derive.conditions import with_conditions
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Cases, Combine, Primitive, Proof, SplitIntegral, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment, difference
from lemmata.kernel.errors import KernelError
from lemmata.kernel.integrals import in_range
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.substitute import at_number, mentions, subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Derivative,
    Integral,
    Lambda,
    Limit,
    Mul,
    Num,
    Pow,
    Ref,
    Term,
)

#: A value, and the steps of which the last says that the integral has it.
Found = tuple[Term, Proof]


#: A term with values for the limits and integrals in it, and the steps which say so.
Inside = Callable[[Searcher, Term, str, int], Found]


def integral_steps(
    searcher: Searcher, integral: Integral, label: str, inside: Inside, depth: int
) -> Found | None:
    """What an integral is, and steps of which the last says so; None where none were found. `inside` finds
    what the limits and integrals in an integrand are."""
    try:
        return _Work(searcher, integral, label, inside, depth).found() if depth else None
    except KernelError:
        return None


@dataclass(frozen=True)
class _Work:
    searcher: Searcher
    integral: Integral
    label: str
    inside: Inside
    depth: int

    def again(self, searcher: Searcher, integral: Integral, name: str) -> Found | None:
        """What another integral is."""
        return integral_steps(searcher, integral, f"{self.label}{name}", self.inside, self.depth - 1)

    @property
    def environment(self) -> Environment:
        return self.searcher.environment()

    @property
    def normalizer(self) -> Normalizer:
        return self.environment.normalizer(())

    def found(self) -> Found | None:
        lower, upper = self.integral.lower, self.integral.upper
        if not (lower and upper):
            return self.by_range("inside")
        length = difference(upper[0], lower[0])
        signs = self.normalizer.signs
        known = [signs.of(side) | signs.of(self.normalizer.normal(side)) for side in (length, _minus(length))]
        if any(sign.nonnegative for sign in known):
            found = self.by_range("closed") or self.split()
            strict = any(sign.positive for sign in known)
            return found or (self.by_range("inside") if strict else None)
        return self.by_range("everywhere") or self.by_cases(lower[0], upper[0])

    def by_cases(self, lower: Term, upper: Term) -> Found | None:
        """The integral where lower <= upper, and where not."""
        on, other = Statement((), "<=", lower, upper), Statement((), "<", upper, lower)
        proofs: list[Found] = []
        for name, case in (("u", on), ("d", other)):
            inside = replace(self.searcher, context=self.searcher.context.assume(f"{self.label} case", case))
            found = self.again(inside, self.integral, name)
            if found is None:
                return None
            proofs.append(found)
        (value, first), (second_value, second) = proofs
        if not self.normalizer.is_zero(difference(value, second_value)):
            return None
        claim = Statement((), "=", self.integral, value)
        return value, (Step(self.label, claim, Cases(f"{self.label} case", on, first, second)),)

    def split(self) -> Found | None:
        """The sum over two ranges, between which something changes its sign of which the absolute value is
        taken."""
        for point in self.kinks():
            parts = (replace(self.integral, upper=(point,)), replace(self.integral, lower=(point,)))
            left = self.again(self.searcher, parts[0], "a")
            right = self.again(self.searcher, parts[1], "b") if left else None
            if left is None or right is None:
                continue
            (first, before), (second, after) = left, right
            value = written(self.normalizer.normal(Add((first, second))), self.searcher.names)
            both = Statement((), "=", self.integral, Add(parts))
            steps = (*before, *after, Step(f"{self.label}s", both, SplitIntegral(point)))
            used: list[tuple[str, Term]] = [(id, ONE) for id in (steps[-1].id, before[-1].id, after[-1].id)]
            return value, (*steps, self.concluded(value, used))
        return None

    def kinks(self) -> Iterator[Term]:
        """Where a linear argument of an absolute value or of a sign is 0, strictly inside the range."""
        x, (lower,), (upper,) = self.integral.variable, self.integral.lower, self.integral.upper
        signs = self.normalizer.signs
        for part in subterms(self.integral.body):
            inner = _kink(part)
            if inner is None:
                continue
            at_zero = at_number(inner, x, ZERO, self.searcher.names)
            slope = self.normalizer.normal(difference(at_number(inner, x, ONE, self.searcher.names), at_zero))
            root = self.normalizer.normal(Mul((MINUS_ONE, at_zero, Pow(slope, MINUS_ONE))))
            if slope == ZERO or mentions(root, x):
                continue
            lengths = (difference(root, lower), difference(upper, root))
            if all(signs.of(self.normalizer.normal(length)).positive for length in lengths):
                yield written(root, self.searcher.names)

    def concluded(self, value: Term, uses: list[tuple[str, Term]]) -> Step:
        """The step which puts equations together."""
        used = tuple(Use(label, (), (), factor) for label, factor in uses)
        return Step(self.label, Statement((), "=", self.integral, value), Combine(used, ZERO, (), ()))

    # -- by a primitive --------------------------------------------------------------------------------

    def by_range(self, where: str) -> Found | None:
        names = self.searcher.names
        x, label = names.name(), f"{self.label}p"
        by = Primitive(f"{self.label} range", x, ZERO, ZERO, where, (), ())
        inner = replace(self.searcher, context=in_range(self.environment, self.integral, by))
        integrand = written(at_number(self.integral.body, self.integral.variable, Ref(x), names), names)
        plain, steps = self.inside(inner, integrand, f"{self.label}e", self.depth - 1)
        normalizer = inner.environment().normalizer(())
        found = primitive(normalizer, plain, x)
        if found is not None:
            by = replace(by, primitive=written(normalizer.normal(found), names))
            return self.by_primitive(inner, by, integrand, label, steps, ())
        for name, known in given_integrals(self.searcher, self.integral):
            given = at_number(known.body, known.variable, Ref(x), names)
            split = parts(normalizer, plain, x, given)
            if split is not None:
                by = replace(by, primitive=written(split[0], names), rest=written(split[1], names))
                remainder = self.by_primitive(inner, by, integrand, label, steps, (name,))
                if remainder is not None:
                    return remainder
        return None

    def by_primitive(
        self,
        inner: Searcher,
        by: Primitive,
        integrand: Term,
        label: str,
        before: Proof,
        given: tuple[str, ...],
    ) -> Found | None:
        """The integral as F(b) - F(a), or by parts with what is given of the rest."""
        y = self.searcher.names.name()
        body = at_number(by.primitive, by.variable, Ref(y), self.searcher.names)
        slope = Derivative(y, body, (), Lambda((), Ref(by.variable)))
        goal = Statement((), "=", slope, difference(integrand, by.rest))
        proof = self.shown(inner, goal, f"{label}i", before)
        if proof is None:
            return None
        by = replace(by, proof=proof)
        ends = self.ends(by)
        if ends is None:
            return None
        terms, values, steps, uses = ends
        right: Term = difference(*terms)
        if by.rest != ZERO:
            right = Add((right, self.remainder(by)))
        step = Step(label, Statement((), "=", self.integral, right), by)
        total = [difference(*values)]
        for name in given:
            factor = by.rest.factors[0] if isinstance(by.rest, Mul) else ONE
            total.append(Mul((factor, self.environment.premise(name).right)))
            uses.append((name, factor))
        value = written(self.normalizer.normal(Add(tuple(total))), self.searcher.names)
        return value, (*steps, step, self.concluded(value, [(label, ONE), *uses]))

    def shown(self, inner: Searcher, goal: Statement, label: str, before: Proof) -> Proof | None:
        """Steps for the derivative of the primitive, with those for its conditions."""
        proven = {step.id: step.claim for step in before}
        facts = self.between(inner, label)
        given = {step.id: step.claim for step in facts}
        inner = replace(inner, proven={**inner.proven, **proven, **given})
        known = everything(inner.context)
        known = replace(known, premises=(*known.premises, *proven.items()), facts=tuple(given.items()))
        attempt = inner.prove(goal, replace(known, order=False), label)
        if attempt.steps is None:
            return None
        attempt = with_conditions(inner, attempt, known)
        proved = attempt.verdict is not None and attempt.verdict.outcome == "proved"
        return (*before, *facts, *attempt.steps) if proved and attempt.steps is not None else None

    def between(self, inner: Searcher, label: str) -> Proof:
        """0 R (x - a)·(b - x), for x in a range between numbers."""
        known = inner.context.hypotheses[len(self.searcher.context.hypotheses) :]
        if len(known) < 2:
            return ()
        (name, above), (_, below) = known
        factor = difference(below.right, below.left)
        product = Mul((difference(above.right, above.left), factor))
        claim = Statement((), above.relation, ZERO, product)
        return (Step(f"{label}f", claim, Combine((Use(name, (), (), factor),), ZERO, (), ())),)

    def ends(self, by: Primitive) -> tuple[list[Term], list[Term], Proof, list[tuple[str, Term]]] | None:
        """F at both ends (the upper one first), their values, and the steps which say what limits are."""
        names = self.searcher.names
        both = (self.integral.upper, self.integral.lower)
        if by.range != "inside":
            terms = [at_number(by.primitive, by.variable, end[0], names) for end in both]
            return terms, terms, (), []
        terms, values = [], []
        steps: Proof = ()
        uses: list[tuple[str, Term]] = []
        for end, side, sign in zip(both, self.sides(), (ONE, MINUS_ONE), strict=True):
            y = names.name()
            limit = Limit(y, at_number(by.primitive, by.variable, Ref(y), names), end, side)
            found = limit_steps(self.searcher, limit, f"{self.label}{'u' if sign == ONE else 'l'}")
            if found is None:
                return None
            terms.append(limit)
            values.append(found[0])
            steps = (*steps, *found[1])
            uses.append((found[1][-1].id, sign))
        return terms, values, steps, uses

    def sides(self) -> tuple[str, str]:
        """From which side the ends are reached, the upper one first."""
        lower, upper = self.integral.lower, self.integral.upper
        if lower and upper:
            signs = self.normalizer.signs
            length = difference(upper[0], lower[0])
            if not (signs.of(length) | signs.of(self.normalizer.normal(length))).positive:
                return "+", "-"
        return "-", "+"

    def remainder(self, by: Primitive) -> Term:
        """∫ of what is left by parts."""
        y = self.searcher.names.name()
        body = at_number(by.rest, by.variable, Ref(y), self.searcher.names)
        return Integral(y, body, self.integral.lower, self.integral.upper)


def _minus(term: Term) -> Term:
    return Mul((MINUS_ONE, term))


def _kink(term: Term) -> Term | None:
    """The x in (x²)^(1/2) or sign(x)."""
    match term:
        case Pow(Pow(inner, Num(square)), Num(root)) if square == 2 and root == Fraction(1, 2):
            return inner
        case Apply("sign", _, inner):
            return inner
    return None
