"""Conditions: what must hold for a term to be defined.

    b^(-k)  needs b != 0          b^(p/q)  needs 0 <= b   (0 < b for a negative exponent)
    b^e     needs 0 < b unless e is manifestly a natural number      log b  needs 0 < b
    inv(M)  needs det M != 0      σ^(k)  needs σ to be k times differentiable
    ∂ pinv(M)  needs M to have full rank: det(M·Mᵀ) + det(Mᵀ·M) != 0
    E[f]    needs f to be a polynomial in the random variables, of a degree at most their moments
    ∂f      needs what f and its derivative need at the point (see `derivative`)
    ∂eigmax needs the largest eigenvalue to be a simple one (see `simple`)
    lim f   needs to exist, as a real number; so does ∫ f. What f needs is part of that.

Inside E[...] a condition must hold at every outcome, so no hypothesis on a random variable may give it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lemmata.kernel.context import Context, Statement
from lemmata.kernel.derivative import KNOWN_FUNCTIONS, ONCE, SMOOTH
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.signs import Sign
from lemmata.kernel.simple import simple
from lemmata.kernel.special import domain
from lemmata.kernel.substitute import (
    Fresh,
    Substitution,
    children,
    free_indices,
    is_total,
    outcome_depends,
    relabelled,
)
from lemmata.kernel.terms import (
    ZERO,
    Add,
    Apply,
    Call,
    Derivative,
    Determinant,
    Expectation,
    Integral,
    Inverse,
    Lambda,
    Limit,
    Maximum,
    Mul,
    Num,
    Pow,
    Ref,
    Sort,
    Sum,
    Term,
)

Binders = tuple[tuple[str, Sort], ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A statement that must hold (or a limit or an integral that must exist; or, where nothing can give it,
    words), perhaps under a mean."""

    statement: Statement | None
    words: str = ""
    in_mean: bool = False
    exists: Term | None = None


def conditions(context: Context, normalizer: Normalizer, statement: Statement) -> Iterator[Condition]:
    """The conditions of both sides, for all values of the binders."""
    collector = _Collector(context, normalizer, statement.binders)
    yield from collector.of(statement.left)
    yield from collector.of(statement.right)


def holds(condition: Condition, normalizer: Normalizer) -> bool:
    """Whether the condition is manifest, by declarations and by facts on signs."""
    if condition.statement is None or condition.statement.relation == "=":
        return False
    if condition.in_mean:
        normalizer = normalizer.with_signs(normalizer.signs.without_random())
    relation, left, right = condition.statement.relation, condition.statement.left, condition.statement.right
    term = left if relation == "!=" else right
    sign = normalizer.signs.of(term)
    if not _enough(relation, sign):
        sign = sign | normalizer.signs.of(normalizer.normal(term))
    return _enough(relation, sign)


def _enough(relation: str, sign: Sign) -> bool:
    return {"!=": sign.nonzero, "<=": sign.nonnegative, "<": sign.positive}[relation]


@dataclass(frozen=True)
class _Collector:
    context: Context
    normalizer: Normalizer
    binders: Binders
    in_mean: bool = False

    @property
    def fresh(self) -> Fresh:
        return self.normalizer.fresh

    def of(self, term: Term) -> Iterator[Condition]:
        self.fresh.spend()
        if is_total(term):
            return
        match term:
            case Pow(base, exponent):
                yield from self._power(base, exponent)
            case Apply("log", _, argument):
                yield self._must(ZERO, "<", argument)
            case Apply(function, order, argument):
                yield from self._order(function, order)
                for relation, term_there in domain(function, argument):
                    yield self._must(ZERO, relation, term_there)
            case Call():
                yield from self._order(term.function, len(term.partials))
                if term.function == ONCE and term.partials:
                    yield self._simple(term.arguments[0])
                if term.function == "inv":
                    yield self._must(Call("det", (), term.arguments), "!=", ZERO)
                for tensor in term.arguments:
                    yield from self._inside(tensor)
                return
            case Sum(index, dim, body) | Maximum(index, dim, body):
                yield from self._inside(Lambda(((index, dim),), body))
                return
            case Inverse(row, column, dim, body, _) | Determinant(row, column, dim, body):
                if isinstance(term, Inverse):
                    yield self._must(Determinant(row, column, dim, body), "!=", ZERO)
                yield from self._inside(Lambda(((row, dim), (column, dim)), body))
                return
            case Expectation(body):
                yield from self._moments(body)
                yield from replace(self, in_mean=True).of(body)
                return
            case Derivative(variable, body, _, at):
                yield from self.of(self.normalizer.derivative(term))
                yield from self.of(Substitution(self.fresh, tensors={variable: at}).apply(body))
                yield from self._inside(at)
                return
            case Limit() | Integral():
                yield Condition(None, "", self.in_mean, relabelled(term))
                for end in term.at if isinstance(term, Limit) else (*term.lower, *term.upper):
                    yield from self.of(end)
                return
        for child in children(term):
            yield from self.of(child)

    def _inside(self, tensor: Lambda) -> Iterator[Condition]:
        yield from replace(self, binders=(*self.binders, *tensor.indices)).of(tensor.body)

    def _must(self, left: Term, relation: str, right: Term) -> Condition:
        return Condition(Statement(self.binders, relation, left, right), "", self.in_mean)

    def _simple(self, matrix: Lambda) -> Condition:
        """That the largest eigenvalue of a matrix is a simple one."""
        rank, most = simple(matrix, self.fresh)
        free = free_indices(rank)
        used = tuple((name, sort) for name, sort in self.binders if name in free)
        return Condition(Statement(used, "=", rank, most), "", self.in_mean)

    def _power(self, base: Term, exponent: Term) -> Iterator[Condition]:
        if self.normalizer.signs.natural(exponent):
            return
        if not isinstance(exponent, Num):
            yield self._must(ZERO, "<", base)
        elif exponent.value.denominator > 1:
            yield self._must(ZERO, "<" if exponent.value < 0 else "<=", base)
        else:
            yield self._must(base, "!=", ZERO)

    def _order(self, name: str, order: int) -> Iterator[Condition]:
        known = {function.name: function.order for function in self.context.functions}
        if name not in KNOWN_FUNCTIONS | SMOOTH | {ONCE} and known.get(name, 0) < order:
            times = "differentiable" if order == 1 else f"{order} times differentiable"
            yield Condition(None, f"{name} {times}")

    def _moments(self, body: Term) -> Iterator[Condition]:
        degree = self._degree(body)
        random = self.normalizer.signs.random
        for variable in self.context.variables:
            if variable.name not in random or not outcome_depends(body, frozenset({variable.name})):
                continue
            if degree is None:
                yield Condition(None, f"the mean of a term which is no polynomial in {variable.name} exists")
            elif degree > variable.moments:
                yield Condition(None, f"{variable.name} has moments up to order {degree}")

    def _degree(self, term: Term) -> int | None:
        """The degree of a term as a polynomial in the random variables, if it is one."""
        random = self.normalizer.signs.random
        if not outcome_depends(term, random):
            return 0
        match term:
            case Ref():
                return 1
            case Mul(factors):
                degrees = [self._degree(factor) for factor in factors]
                return None if None in degrees else sum(d for d in degrees if d)
            case Pow(base, Num(value)) if value.denominator == 1 and 0 <= value <= 64:
                degree = self._degree(base)
                return None if degree is None else degree * int(value)
            case Sum(_, _, body):
                return self._degree(body)
            case Derivative():
                return self._degree(self.normalizer.derivative(term))
            case Add(parts):
                degrees = [self._degree(part) for part in parts]
                return None if None in degrees else max((d for d in degrees if d), default=0)
        return None
