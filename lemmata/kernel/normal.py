"""The normal form: a sum of monomials with rational coefficients; two terms are equal where both are
defined when the difference of their normal forms is zero.

A monomial is a product of powers of *bases*. A base is an atom (an entry of a variable, a function of
a normal form, ...), a connected network `Σ_k A[i,k]·x[k]` in canonical labelling, or a sum that no
power law resolves. The laws used here hold wherever both sides of the equation to be decided are
defined; that they are is not decided here but by `conditions`.

    Σ_i δ(i,j) f(i) = f(j)            Σ_i 1 = n                 b^p·b^q = b^(p+q)      δ(1,i)·δ(2,i) = 0
    s^(e + k) = s^k·s^e for natural e and k > 0       (-1)^(2·e) = 1 for natural e       0^e = 0 for e > 0
    (a·b)^p = a^p·b^p  and  (b^p)^q = b^(p·q)   for integer q, or where the parts are known to be >= 0
    max_i max_j f = max_j max_i f     max_i c = c
    exp(a + b) = exp(a)·exp(b)        log(a·b) = log a + log b  where the parts are known to be > 0
                                      log(a·b + a·c) = log a + log(b + c)  where a is known to be > 0
    e^a/(1 + e^a) = 1 - 1/(1 + e^a)   1 + b^(-1) = b^(-1)·(b + 1)
    E[a·X + Y] = a·E[X] + E[Y]        for a without random variables
    ∫ (a·f + g) = a·∫ f + ∫ g         for a without the variable
    inv(A·B) = inv(B)·inv(A)    inv(Aᵀ) = inv(A)ᵀ    det(A·B) = det A·det B    det Aᵀ = det A
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import floor

from lemmata.kernel import clearing, composite, elementary, linear, means, networks, powers
from lemmata.kernel.canonical import Forms, require_unlabelled
from lemmata.kernel.derivative import differentiate
from lemmata.kernel.fingerprint import fingerprint
from lemmata.kernel.poly import (
    LARGEST_EXPANSION,
    UNIT,
    UNITY,
    Monomial,
    Poly,
    as_term,
    bounded,
    constant,
    is_modest,
    leftover,
    nested,
    times,
)
from lemmata.kernel.signs import Signs
from lemmata.kernel.substitute import (
    Fresh,
    Substitution,
    free_indices,
    freshened,
    nesting,
)
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    Dim,
    Expectation,
    Index,
    Integral,
    Inverse,
    Lambda,
    Limit,
    Maximum,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

#: A letter after all that names have.
LAST = "\U0010ffff"
_ONE: Poly = {(): UNITY}
#: No law changes these, unless they are raised to a power.
_SETTLED = frozenset({Ref, Sum, Inverse, Call, Delta, Count, Determinant, Expectation, Maximum, Apply})
#: Derivatives worked out, by the term and the names of the random variables.
Derivatives = dict[tuple[Derivative, frozenset[str]], Term]


class Normalizer:
    """Normal forms in one context. `signs` answers which bases are known to be >= 0 or != 0."""

    def __init__(self, signs: Signs, fresh: Fresh, derivatives: Derivatives | None = None) -> None:
        self.signs = signs
        self.fresh = fresh
        self._derivatives = {} if derivatives is None else derivatives
        self.symmetric = signs.symmetric
        self.forms = Forms(fresh, signs.symmetric)
        self._known: dict[Term, Poly] = {}
        self.matrices: dict[Term, linear.Reduced] = {}
        self._free: dict[Term, frozenset[str]] = {}
        self._order: dict[Term, int] = {}
        self._monomial_order: dict[Monomial, tuple[int, int]] = {}

    # -- from terms to polynomials and back ------------------------------------------------------

    def poly(self, term: Term) -> Poly:
        """The normal form of a term."""
        known = self._known.get(term)
        if known is None:
            self.fresh.spend()
            require_unlabelled(term)
            known = self._known[term] = self._poly(term)
        return known

    def is_zero(self, term: Term) -> bool:
        """Whether the normal form is 0, after multiplying out all denominators."""
        return not clearing.cleared(self, self.poly(term))

    def term(self, poly: Poly) -> Term:
        """A polynomial as a canonical term."""
        if not poly:
            return ZERO
        parts = [as_term(monomial, coefficient) for monomial, coefficient in poly.items()]
        return self.canonical(parts[0] if len(parts) == 1 else Add(tuple(parts)))

    def canonical(self, term: Term) -> Term:
        return self.forms.of(freshened(self.fresh, term) if nesting(term) else term)

    def normal(self, term: Term) -> Term:
        """The normal form as a canonical term."""
        return self.term(self.poly(term))

    def _poly(self, term: Term) -> Poly:
        match term:
            case Num(value):
                return constant(value)
            case Count(index):
                return self._count(index)
            case Ref(name, indices):
                return self.atom(Ref(name, tuple(sorted(indices))) if name in self.symmetric else term)
            case Delta(left, right):
                return self._delta(left, right)
            case Add(parts):
                return self.add(map(self.poly, parts))
            case Mul(parts):
                return self.product(map(self.poly, parts))
            case Pow(Pow(inner, Num(even)), Num(root)) if even % 2 == 0 and root % 1:
                return self._root(inner, even, root)
            case Pow(base, exponent):
                return self.power(self.poly(base), self.poly(exponent))
            case Sum():
                bound, body = networks.taken_apart(self, term)
                return self.add(
                    self.scale(networks.sum_over(self, bound, monomial), coefficient)
                    for monomial, coefficient in self.poly(body).items()
                )
            case Maximum():
                return self._maximum(term)
            case Apply(function, order, argument):
                return elementary.applied(self, function, order, argument)
            case Expectation(body):
                return means.mean(self, body)
            case Inverse():
                return linear.inverse(self, term)
            case Determinant():
                return linear.determinant(self, term)
            case Call(function, output, arguments, partials):
                renamed = (self.renamed(a.indices, a.body) for a in arguments)
                values = tuple(Lambda(names, self.normal(body)) for names, body in renamed)
                found = Call(function, output, values, partials)
                return self.atom(
                    composite.determinant(self, found) if function == "det" else self.canonical(found)
                )
            case Derivative():
                return self.poly(self.derivative(term))
            case Limit() | Integral():
                return self._below(term)

    def _below(self, term: Limit | Integral) -> Poly:
        """A limit or an integral of a normal form."""
        inside: Limit | Integral = freshened(self.fresh, term)  # type: ignore[assignment]
        body = self.poly(inside.body)
        if isinstance(term, Limit):
            at = tuple(map(self.normal, term.at))
            return self.atom(self.canonical(Limit(inside.variable, self.term(body), at, term.side)))
        ends = (tuple(map(self.normal, end)) for end in (term.lower, term.upper))
        return means.integral(self, body, Integral(inside.variable, ONE, *ends))

    def _root(self, inner: Term, even: Fraction, root: Fraction) -> Poly:
        """(x²)^(p/2) = x^p where x >= 0 is known, (-x)^p where x <= 0 is; before x² is multiplied out."""
        power = constant(even * root)
        if isinstance(inner, Add | Mul):
            minus = Mul((MINUS_ONE, inner))
            for side in (inner, minus):
                if self.signs.of(side).nonnegative:
                    return self.power(self.poly(side), power)
        return self.power(self.poly(Pow(inner, Num(even))), constant(root))

    def _maximum(self, term: Maximum) -> Poly:
        """max_i c = c, for each of the indices of nested maxima."""
        bound, inside = self.renamed(*nested(term, Maximum))
        poly = self.poly(inside)
        touched = frozenset[str]().union(*(self.touched(power) for monomial in poly for power in monomial))
        kept = [pair for pair in bound if pair[0] in touched]
        if not kept:
            return poly
        body = self.term(poly)
        for name, dim in kept:
            body = Maximum(name, dim, body)
        return self.atom(self.canonical(body))

    def renamed(
        self, indices: Iterable[tuple[str, Dim]], body: Term
    ) -> tuple[tuple[tuple[str, Dim], ...], Term]:
        """Bound indices with names that stand in their order after all others, whatever they were: so what a
        delta inside puts in the place of what does not depend on names."""
        new = [(old, f"{LAST}{place}{self.fresh.name()}", dim) for place, (old, dim) in enumerate(indices)]
        put = {old: Index(name) for old, name, _ in new}
        named = tuple((name, dim) for _, name, dim in new)
        return named, Substitution(self.fresh, indices=put).apply(body)

    def derivative(self, term: Derivative) -> Term:
        """The derivative worked out, once."""
        place = (term, self.signs.random)
        if place not in self._derivatives:
            self._derivatives[place] = differentiate(term, self.fresh, self.signs.random)
        return self._derivatives[place]

    def with_signs(self, signs: Signs) -> Normalizer:
        """Normal forms where something else is known of signs."""
        return Normalizer(signs, self.fresh, self._derivatives)

    def _count(self, index: Index) -> Poly:
        offset = constant(Fraction(index.offset))
        return self.add([self.atom(Count(Index(index.name))), offset]) if index.name else offset

    def _delta(self, left: Index, right: Index) -> Poly:
        if left.name == right.name:
            return constant(Fraction(left.offset == right.offset))
        return self.atom(Delta(*sorted((left, right))))

    # -- arithmetic --------------------------------------------------------------------------------

    def atom(self, base: Term) -> Poly:
        """A base which is in normal form, and so is known from now on."""
        known = self._known.get(base)
        if known is None:
            known = self._known[base] = {((base, ONE),): UNITY}
        return known

    def add(self, polys: Iterable[Poly]) -> Poly:
        total: Poly = {}
        for poly in polys:
            self.fresh.spend(len(poly))
            for monomial, coefficient in poly.items():
                known = total.get(monomial)
                total[monomial] = coefficient if known is None else bounded(known + coefficient)
        return {monomial: value for monomial, value in total.items() if value}

    def scale(self, poly: Poly, factor: Fraction) -> Poly:
        if factor is UNITY:
            return poly
        return {monomial: times(value, factor) for monomial, value in poly.items()} if factor else {}

    def product(self, polys: Iterable[Poly]) -> Poly:
        result: Poly | None = None
        for poly in polys:
            if result is None or result == _ONE:
                result = poly
                continue
            result = self.add(
                self.scale(self.times(first, second), times(a, b))
                for first, a in result.items()
                for second, b in poly.items()
            )
        return constant(UNITY) if result is None else result

    def times(self, first: Monomial, second: Monomial) -> Poly:
        """The product of two monomials: exponents of equal bases are added."""
        if not first or not second:
            return {first or second: UNITY}
        exponents: dict[Term, list[Term]] = {}
        for base, exponent in (*first, *second):
            exponents.setdefault(base, []).append(exponent)
        self.fresh.spend(len(exponents))
        return self.collect((base, self._total(parts)) for base, parts in exponents.items())

    def _total(self, exponents: list[Term]) -> Term:
        if len(exponents) == 1:
            return exponents[0]
        numbers = [exponent.value for exponent in exponents if isinstance(exponent, Num)]
        if len(numbers) == len(exponents):
            return Num(sum(numbers, Fraction(0)))
        return self.normal(Add(tuple(exponents)))

    def collect(self, raised: Iterable[tuple[Term, Term]]) -> Poly:
        """The product of powers of different bases; those which a law resolves are resolved."""
        kept: list[tuple[Term, Term]] = []
        resolved: list[Poly] = []
        for base, exponent in raised:
            simpler = None if exponent is ONE and type(base) in _SETTLED else self._resolve(base, exponent)
            if simpler is None:
                kept.append((base, exponent))
            else:
                resolved.append(simpler)
        deltas = [base for base, exponent in kept if isinstance(base, Delta) and exponent == ONE]
        if len(deltas) > 1 and _exclude_each_other(deltas):
            return {}
        for delta in deltas:
            if any(delta.right.name in self.touched(power) for power in kept if power[0] != delta):
                return self.product([self._equate(delta, kept), *resolved])
        if not resolved and (quotient := powers.divided(self, kept)) is not None:
            return quotient
        if len(kept) > 1:
            kept.sort(key=lambda power: self.order(power[0]))
        monomial = {tuple(kept): UNITY}
        return self.product([monomial, *resolved]) if resolved else monomial

    def _resolve(self, base: Term, exponent: Term) -> Poly | None:
        """base^exponent in a simpler form, where there is one."""
        if not isinstance(exponent, Num):
            return self._split(base, exponent)
        value = exponent.value
        if value == 0:
            return constant(UNITY)
        match base:
            case Delta() if value > 0 and value != 1:
                return self.atom(base)
            case Num(number) if number == 0:
                return {} if value > 0 else None
            case Num(number) if (value >= 1 or value < 0) and is_modest(number, floor(value)):
                return self.scale(leftover(base, value), number ** floor(value))
            case Add() if 1 <= value <= LARGEST_EXPANSION:
                return self.product([*[self.poly(base)] * floor(value), leftover(base, value)])
            case Apply("cos", _, angle) if value >= 2:
                one_less = self.add([constant(UNITY), self._square(Apply("sin", 0, angle))])
                return self.product([one_less, self._kept(base, value - 2)])
            case Apply("cbrt", _, cube) if value >= 3:
                return self.product([self.poly(cube), self._kept(base, value - 3)])
            case Mul() if value % 1 == 0:
                return self.power(self.poly(base), constant(value))
            case Pow(inner, Num(power)) if value % 1 == 0:
                return self.power(self.poly(inner), constant(power * value))
        return None

    def _kept(self, base: Term, value: Fraction) -> Poly:
        """b^value, of which no law is asked but those for what is larger."""
        return self.collect([(base, Num(value))])

    def _square(self, base: Term) -> Poly:
        """-b²."""
        return {((base, Num(Fraction(2))),): Fraction(-1)}

    def _split(self, base: Term, exponent: Term) -> Poly | None:
        """c^(e + k) = c^k·c^e for a number c != 0 and an integer k; (-1)^(2·e) = 1 for a natural number e."""
        if isinstance(base, Add):
            return powers.whole_part(self, base, exponent)
        if not isinstance(base, Num) or base.value == 0:
            return None
        poly = self.poly(exponent)
        if base == MINUS_ONE and (odd := powers.modulo_two(self, poly)) != poly:
            return self.power(constant(base.value), odd)
        whole = floor(poly.get(UNIT, Fraction(0)))
        if whole == 0 or not is_modest(base.value, whole):
            return None
        rest = self.term(self.add([poly, constant(Fraction(-whole))]))
        return self.scale(self.collect([(base, rest)]), base.value**whole)

    def _equate(self, delta: Delta, powers: list[tuple[Term, Term]]) -> Poly:
        """δ(i,j)·f(j) = δ(i,j)·f(i)."""
        put = Substitution(self.fresh, indices={delta.right.name: delta.left})
        others = [self.poly(put.apply(Pow(base, e))) for base, e in powers if base != delta]
        return self.product([self.atom(delta), *others])

    def power(self, base: Poly, exponent: Poly) -> Poly:
        return powers.power(self, base, exponent)

    # -- orders ------------------------------------------------------------------------------------

    def touched(self, power: tuple[Term, Term]) -> frozenset[str]:
        """The free indices of a power, in its base and in its exponent."""
        base, exponent = power
        return self.free(base) if isinstance(exponent, Num) else self.free(base) | self.free(exponent)

    def free(self, base: Term) -> frozenset[str]:
        if base not in self._free:
            self._free[base] = free_indices(base)
        return self._free[base]

    def order(self, base: Term) -> int:
        if base not in self._order:
            self._order[base] = fingerprint(base)
        return self._order[base]

    def monomial_order(self, monomial: Monomial) -> tuple[int, int]:
        """First without the names of free indices, so that renaming them changes nothing."""
        known = self._monomial_order.get(monomial)
        if known is None:
            term = as_term(monomial, UNITY)
            known = fingerprint(term, anonymous=True), fingerprint(term)
            self._monomial_order[monomial] = known
        return known


def _exclude_each_other(deltas: list[Delta]) -> bool:
    """Whether an index is to be two numbers at once, as by δ(1,i)·δ(2,i), which is 0."""
    numbers: dict[Index, int] = {}
    fixed = (delta for delta in deltas if not delta.left.name)
    return any(numbers.setdefault(delta.right, delta.left.offset) != delta.left.offset for delta in fixed)
